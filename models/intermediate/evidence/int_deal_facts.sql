-- One row per deal, fact (open, offer, paused, won, lost, undated) and unbroken
-- stretch of time in which it held, and in which it held beyond doubt.

with

stays as (

    select
        *,
        lag(deal_role) over (partition by deal_id order by valid_from) as role_before,
        max(coalesce(valid_to, timestamp '9999-12-31')) over (partition by deal_id)
            as ends_at
    from {{ ref('int_deal_stage_roles') }}

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
