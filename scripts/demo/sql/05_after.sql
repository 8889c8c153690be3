-- What follows cycle {cycle}: who comes back, who is put away for good.

create or replace table after_{cycle} as
with ended as (
    select
        cycle_{cycle}.*,
        case
            when cycle_result = 'recycled' then cycle_ended_at
            when
                cycle_result = 'closed_lost'
                and coalesce(rule_code, '') not in ('MV02', 'EX07')
                and chance(person_id, 'lost nurtured {cycle}') < 0.2
                then date_trunc('day', cycle_ended_at) + to_days(cast(
                    40 + floor(chance(person_id, 'lost pause {cycle}') * 60) as integer))
                    + to_seconds(10800 + person_id % 3600)
        end as recycled_at
    from cycle_{cycle}
),

routed as (
    select
        *,
        case
            when variant in (
                'disqualified_to_recycled', 'disqualified_to_lead', 'lost_to_opportunity')
                then variant
            when variant = 'lost_to_mql' then 'mql'
            when recycled_at is null then
                case when
                    cycle_result = 'closed_lost' and {cycle} < 3
                    and chance(person_id, 'lost returns {cycle}') < 0.08 then 'mql' end
            when {cycle} >= 3 then 'disqualified'
            when is_fitting and chance(person_id, 'returns {cycle}') < 0.13 then 'mql'
            when chance(person_id, 'looks again {cycle}') < 0.58 then 'lead'
            else 'disqualified'
        end as next_kind
    from ended
)

select
    *,
    case
        when next_kind is null then null
        when variant = 'disqualified_to_recycled' then after_work(
            greatest(cycle_ended_at + interval 5 day,
                getvariable('as_of') - interval 120 day),
            floor(chance(person_id, 'plant moment') * 500000))
        when variant in (
            'disqualified_to_lead', 'lost_to_opportunity', 'lost_to_mql')
            then after_work(
                greatest(cycle_ended_at + interval 5 day,
                    getvariable('as_of') - interval 60 day),
                floor(chance(person_id, 'plant moment') * 500000))
        when next_kind = 'disqualified' then after_work(
            recycled_at + to_days(cast(
                105 + floor(chance(person_id, 'put away {cycle}') * 55) as integer)),
            floor(chance(person_id, 'put away time {cycle}') * 28800))
        else buyer_moment(
            coalesce(recycled_at, cycle_ended_at) + to_days(cast(
                15 + floor(chance(person_id, 'back after {cycle}') * 135) as integer)),
            coalesce(recycled_at, cycle_ended_at) + interval 2 day,
            person_id, 'back {cycle}')
    end as next_at
from routed;

create or replace table entries_{next_cycle} as
select
    person_id,
    next_kind as entry_kind,
    next_at
    + to_seconds(20 + cast(floor(chance(person_id, 'back run {cycle}') * 160) as bigint))
        as entered_at,
    next_at as converted_at
from after_{cycle}
where next_kind in ('lead', 'mql') and next_at <= getvariable('as_of');
