-- One row per deal, fact of new business (open, offer, paused, won, lost, undated) and
-- unbroken stretch of time in which it held, and in which it held beyond doubt.

with

roles as (

    select * from {{ ref('int_deal_stage_roles') }}

),

pipelines as (

    select * from {{ ref('int_deal_pipelines') }}

),

settings as (

    select creation_window_seconds * interval '1' second as settling_time
    from {{ ref('int_settings') }}

),

settled as (

    select
        roles.*,
        case
            when roles.valid_to <= roles.valid_from + settings.settling_time
                then roles.valid_from
            else roles.valid_from + settings.settling_time
        end as settled_at
    from roles
    cross join settings

),

-- a deal that changes pipeline and stage has both a moment later
pieces as (

    select
        settled.deal_id,
        settled.deal_role,
        settled.is_before_undated,
        pipelines.pipeline_kind = 'new_business' as is_proving,
        case
            when pipelines.valid_from <= settled.settled_at then settled.valid_from
            else pipelines.valid_from
        end as valid_from,
        case
            when pipelines.is_current then settled.valid_to
            when settled.valid_to < pipelines.valid_to then settled.valid_to
            else pipelines.valid_to
        end as valid_to,
        settled.sure_from
    from settled
    inner join pipelines
        on
            settled.deal_id = pipelines.deal_id
            and settled.settled_at < pipelines.valid_to
            and coalesce(settled.valid_to > pipelines.valid_from, true)

),

followed as (

    select
        *,
        max(coalesce(valid_to, timestamp '9999-12-31')) over (partition by deal_id)
            as ends_at,
        lead(is_proving) over in_order as is_proving_next,
        lead(valid_from) over in_order as next_from
    from pieces
    window in_order as (partition by deal_id order by valid_from)

),

-- Only new business proves stages, and what was won or lost as new business stays so
-- when the deal moves to another pipeline.
stays as (

    select
        deal_id,
        deal_role,
        is_before_undated,
        valid_from,
        case
            when
                deal_role in ('won', 'lost') and not is_proving_next
                and next_from = valid_to
                then
                    nullif(
                        coalesce(lead(valid_from) over in_order, ends_at),
                        timestamp '9999-12-31'
                    )
            else valid_to
        end as valid_to,
        greatest(sure_from, valid_from) as sure_from,
        ends_at,
        lag(deal_role) over in_order as role_before
    from followed
    where is_proving
    window in_order as (partition by deal_id order by valid_from)

),

facts as (

    select
        deal_id,
        case when is_before_undated then 'undated' else deal_role end as fact,
        valid_from,
        valid_to,
        sure_from,
        valid_to as sure_to
    from stays

    union all

    -- A closing with a day: it is proved from the day's start, and what it ends, or
    -- what began that very day, may have lasted to the day's end.
    select
        deal_id,
        case when role_before in ('offer', 'paused') then role_before else 'open' end,
        valid_from,
        least(sure_from, ends_at) as valid_to,
        valid_from as sure_from,
        valid_from as sure_to
    from stays
    where sure_from > valid_from and coalesce(role_before <> deal_role, true)

),

spread as (

    select * from facts
    where fact <> 'open'

    union all

    -- an offer is out on a deal that is open
    select
        deal_id,
        'open',
        valid_from,
        valid_to,
        sure_from,
        sure_to
    from facts
    where fact in ('open', 'offer')

),

marked as (

    select
        *,
        case
            when valid_from <= max(coalesce(valid_to, timestamp '9999-12-31')) over (
                partition by deal_id, fact order by valid_from
                rows between unbounded preceding and 1 preceding
            ) then 0
            else 1
        end as starts_stretch
    from spread

),

numbered as (

    select
        *,
        sum(starts_stretch) over (
            partition by deal_id, fact order by valid_from
            rows between unbounded preceding and current row
        ) as stretch_number
    from marked

),

stretches as (

    select
        deal_id,
        fact,
        min(valid_from) as valid_from,
        case when count(valid_to) = count(*) then max(valid_to) end as valid_to,
        min(sure_from) as sure_from,
        case when count(sure_to) = count(*) then max(sure_to) end as sure_to
    from numbered
    group by deal_id, fact, stretch_number

)

select * from stretches
