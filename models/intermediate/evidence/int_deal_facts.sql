-- One row per deal, fact (open, offer, paused, won, lost, undated) and unbroken
-- stretch of time in which it held.

with

stays as (

    select * from {{ ref('int_deal_stage_roles') }}

),

-- what came before a closing or a pause without a date may have been either
undated_deals as (

    select deal_id
    from stays
    where is_undated and deal_role in ('won', 'lost', 'paused')

),

facts as (

    select
        stays.deal_id,
        case
            when
                undated_deals.deal_id is not null and not stays.is_undated
                then 'undated'
            else stays.deal_role
        end as fact,
        stays.valid_from,
        stays.valid_to
    from stays
    left join undated_deals on stays.deal_id = undated_deals.deal_id

),

spread as (

    select
        deal_id,
        fact,
        valid_from,
        valid_to
    from facts
    where fact <> 'open'

    union all

    -- an offer is out on a deal that is open
    select
        deal_id,
        'open',
        valid_from,
        valid_to
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
        case when count(valid_to) = count(*) then max(valid_to) end as valid_to
    from numbered
    group by deal_id, fact, stretch_number

)

select * from stretches
