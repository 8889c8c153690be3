-- One row per person whose cycle number {cycle} begins: every planned step of it, also those
-- that the as-of moment will cut off. A plant bends one step; what follows is planned from it.

create or replace table cycle_{cycle} as
with begun as (
    select
        entries_{cycle}.person_id,
        {cycle} as cycle,
        entries_{cycle}.entry_kind,
        entries_{cycle}.entered_at,
        entries_{cycle}.converted_at as entry_converted_at,
        natural_people.is_fitting,
        natural_people.quality,
        plants.rule_code,
        plants.variant,
        coalesce(plants.variant in ('window_out', 'window_in'), false) as interest_window,
        coalesce(plants.seconds, 0) as plant_seconds,
        developer(entries_{cycle}.person_id, {cycle}) as developer_id,
        seller(entries_{cycle}.person_id, {cycle}) as seller_id
    from entries_{cycle}
    inner join natural_people on entries_{cycle}.person_id = natural_people.person_id
    left join plants
        on entries_{cycle}.person_id = plants.person_id and plants.cycle = {cycle}
),

as_leads as (
    select
        *,
        case
            when entry_kind = 'lead' then entered_at
            when entry_kind = 'subscriber' and chance(person_id, 'wakes {cycle}') < 0.6
                then buyer_moment(
                    entered_at + to_days(cast(
                        3 + floor(chance(person_id, 'wake day {cycle}') * 90) as integer)),
                    entered_at, person_id, 'wake {cycle}')
        end as lead_at
    from begun
),

lead_decided as (
    select
        *,
        case
            when entry_kind = 'mql' then 'mql'
            when lead_at is null then 'stay'
            when rule_code in (
                'TM01', 'HY01', 'HY02', 'HY03', 'HY04', 'HY08', 'HY12', 'HY13', 'MV09')
                then 'stay'
            when is_fitting and chance(person_id, 'qualifies {cycle}') < 0.27 * quality
                then 'mql'
            when chance(person_id, 'lead refused {cycle}') < 0.14 then 'disqualified'
            else 'recycled'
        end as lead_result
    from as_leads
),

qualified as (
    select
        *,
        case
            when lead_result <> 'mql' then null
            when entry_kind = 'mql' then entry_converted_at
            else buyer_moment(
                lead_at + to_days(case when interest_window then 100 else 0 end)
                + to_hours(cast(floor(24 * least(
                    -18 * ln(1 - chance(person_id, 'ripens {cycle}')), 75)) as integer)),
                lead_at, person_id, 'ripe {cycle}')
        end as converted_at,
        case lead_result
            when 'disqualified' then after_work(lead_at,
                7200 + floor(chance(person_id, 'lead refusal {cycle}') * 400000))
            when 'recycled' then
                date_trunc('day', lead_at) + to_days(cast(
                    72 + floor(chance(person_id, 'stale {cycle}') * 14) as integer))
                + to_seconds(7200 + person_id % 3600)
        end as lead_ended_at,
        case
            when variant in ('score_55', 'score_60') then 'score'
            when variant in ('window_out', 'window_in') then 'window'
            when entry_kind = 'mql' or rule_code = 'EN07' then 'decisive'
            when chance(person_id, 'interest {cycle}') < 0.55 then 'decisive'
            else 'score'
        end as interest_kind
    from lead_decided
),

offered as (
    select
        *,
        case
            -- The workflow runs a moment after the form; a plant may let it run before.
            when variant in ('interest_901', 'interest_900') then converted_at
            else converted_at
                + to_seconds(20 + cast(floor(chance(person_id, 'run {cycle}') * 160) as bigint))
        end as mql_at,
        case
            when lead_result <> 'mql' then null
            when chance(person_id, 'accepted {cycle}') < 0.60 + 0.15 * quality then 'sal'
            when chance(person_id, 'refused {cycle}') < 0.55 then 'recycled'
            else 'disqualified'
        end as mql_result
    from qualified
),

decided as (
    select
        *,
        case
            when mql_at is null then null
            when variant in ('mql_one_second', 'lead_to_sal')
                then mql_at + to_seconds(1)
            when rule_code = 'TM03' then after_work(mql_at, plant_seconds)
            else after_work(mql_at,
                1200 + floor(50000 * pow(chance(person_id, 'decides {cycle}'), 1.1)))
        end as decided_at
    from offered
),

worked as (
    select
        *,
        case when mql_result = 'sal' then case
            when variant in ('withdrawn', 'status_first') then 'recycled'
            when chance(person_id, 'confirmed {cycle}') < 0.64 then 'sql'
            when chance(person_id, 'dropped {cycle}') < 0.6 then 'recycled'
            else 'disqualified'
        end end as sal_result,
        case
            when mql_result <> 'sal' then null
            when variant in ('withdrawn', 'status_first')
                then date_trunc('day', decided_at) + interval 75 day
                    + to_seconds(7200 + person_id % 3600)
            when variant in ('implicit', 'one_second_sal') then decided_at + to_seconds(1)
            else after_work(decided_at, 14400
                + floor(160000 * pow(chance(person_id, 'confirms {cycle}'), 1.3)))
        end as sal_ended_at
    from decided
),

confirmed as (
    select
        *,
        case when sal_result = 'sql' then case
            when chance(person_id, 'opens {cycle}') < 0.74 then 'opportunity'
            when chance(person_id, 'let go {cycle}') < 0.65 then 'recycled'
            else 'disqualified'
        end end as sql_result,
        case when sal_result = 'sql' then after_work(sal_ended_at, 14400
            + floor(330000 * pow(chance(person_id, 'opening {cycle}'), 1.3)))
        end as sql_ended_at
    from worked
),

pursued as (
    select
        *,
        case when sql_result = 'opportunity' then case
            when rule_code in ('AL01', 'AL06') then 'stay'
            when chance(person_id, 'wins {cycle}') < 0.6 then 'customer'
            when chance(person_id, 'loses {cycle}') < 0.76 then 'closed_lost'
            when chance(person_id, 'pauses {cycle}') < 0.75 then 'recycled'
            else 'disqualified'
        end end as opportunity_result,
        case when sql_result = 'opportunity' then after_work(sql_ended_at, 28800 * 8
            + floor(28800 * 58 * pow(chance(person_id, 'closing {cycle}'), 1.2)))
        end as opportunity_ended_at
    from confirmed
)

select
    *,
    case
        when opportunity_result is not null then opportunity_result
        when sql_result is not null then sql_result
        when sal_result is not null then sal_result
        when mql_result is not null and lead_result = 'mql' then mql_result
        else lead_result
    end as cycle_result,
    case
        when opportunity_result = 'stay' then null
        when opportunity_result is not null then opportunity_ended_at
        when sql_result is not null then sql_ended_at
        when sal_result is not null then sal_ended_at
        when lead_result = 'mql' then decided_at
        else lead_ended_at
    end as cycle_ended_at
from pursued;
