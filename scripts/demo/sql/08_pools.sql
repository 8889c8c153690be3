-- What can be planted: each breach beside its near-miss, and the people whose story allows it.
-- The weight says how much more often than others the company gets something wrong.

create or replace table pairs as
select * from (values
    (1, 'AL01', 1, 'won_3_days_1_second', 259201, 'won_3_days', 259200),
    (2, 'AL06', 1, 'lost_still_open_stage', 0, 'lost_one_of_two', 0),
    (3, 'EX07', 1, 'deal_lost_901', 901, 'deal_lost_900', 900),
    (4, 'EX07', 1, 'deal_left_open', 0, 'deal_lost_same_second', 0),
    (5, 'MV02', 1, 'lost_to_opportunity', 0, 'lost_to_mql', 0),
    (6, 'EN12', 1, 'won_901', 901, 'won_900', 900),
    (7, 'EN10', 1, 'deal_901', 901, 'deal_900', 900),
    (8, 'EX03', 2, 'reason_late', 86401, 'reason_at_bound', 86400),
    (9, 'EX03', 2, 'reason_never', 0, 'reason_at_bound', 86400),
    (10, 'EN07', 1, 'window_out', 0, 'window_in', 1),
    (11, 'EN07', 1, 'score_55', 0, 'score_60', 0),
    (12, 'EN07', 1, 'interest_901', 901, 'interest_900', 900),
    (13, 'EN06', 1, 'fit_901', 901, 'fit_900', 900),
    (14, 'EN06', 1, 'size_19', 19, 'size_20', 20),
    (15, 'EX02', 1, 'implicit', 0, 'one_second_sal', 0),
    (16, 'EX02', 1, 'withdrawn', 0, 'status_first', 0),
    (17, 'MV04', 1, 'developer_to_sql', 0, 'seller_to_sal', 0),
    (18, 'MV05', 1, 'auto_sal', 0, 'mobile_sal', 0),
    (19, 'MV02', 1, 'lead_to_sal', 0, 'mql_one_second', 0),
    (20, 'TM03', 2.5, 'decided_late', 57601, 'decided_at_bound', 57600),
    (21, 'MV01', 1, 'disqualified_to_recycled', 0, 'disqualified_to_lead', 0),
    (22, 'TM01', 1, 'lead_90_days_1_second', 7776001, 'lead_90_days', 7776000),
    (23, 'HY01', 1, 'stage_cleared', 0, 'stage_cleared_300', 300),
    (24, 'HY01', 1, 'never_staged', 0, 'stage_cleared_300', 300),
    (25, 'HY02', 1, 'value_other', 0, 'value_shouted', 0),
    (26, 'HY08', 1, 'owner_carer', 0, 'owner_developer', 0),
    (27, 'EN03', 0.5, 'source_late', 901, 'source_at_bound', 900),
    (28, 'EN03', 0.5, 'source_never', 0, 'source_at_bound', 900),
    (29, 'HY03', 0.5, 'stage_is_status', 0, 'value_shouted', 0),
    (30, 'HY04', 0.5, 'status_is_stage', 0, 'status_shared_word', 0),
    (31, 'HY11', 1, 'never_written_back', 0, 'written_back_late', 0),
    (32, 'HY12', 0.5, 'twin_alive', 0, 'twin_merged', 0),
    (33, 'HY13', 0.5, 'record_differs', 0, 'record_shouted', 0),
    (34, 'MV08', 0.5, 'row_missing', 0, 'row_present', 0),
    (35, 'MV09', 0.5, 'moved_before_creation', 61, 'moved_at_creation', 60),
    (36, 'HY11', 0.2, 'lead_made_3_days_1_minute', 259260, 'lead_made_3_days', 259200),
    (37, 'AL01', 1, 'signed_4_days', 864000, 'signed_2_days', 864000)
) as pair (
    pair_number, rule_code, weight, breach_variant, breach_seconds, near_variant, near_seconds);

create or replace table stories as
with counted as (
    select
        person_id,
        count(*) filter (where stage = 'mql') as mql_count,
        count(*) filter (where stage = 'lead') as lead_count,
        max(stage) filter (where is_last) as current_stage,
        max(valid_from) as last_moved_at
    from true_visits
    group by person_id
)

select
    plan.*,
    people.channel,
    people.created_at,
    counted.* exclude (person_id),
    plan.cycle = 1 and plan.entry_kind = 'lead' and people.channel = 'form' as is_plain_lead,
    -- the sync works, and made a lead of this person
    plan.cycle = 1
    and plan.mql_result = 'sal'
    and plan.decided_at > plan.mql_at + interval 1 hour
    and plan.mql_at > getvariable('connected_at')
    and plan.mql_at not between getvariable('outage_from') - interval 1 day
    and getvariable('outage_to') as is_in_both,
    coalesce(plan.cycle_ended_at, 'infinity') as ends_at,
    getvariable('as_of') - interval 10 day as latest_at
from plan
inner join people on plan.person_id = people.person_id
inner join counted on plan.person_id = counted.person_id;

create or replace table pools as
with matches as (
    select
        stories.person_id,
        stories.cycle,
        case
            when is_plain_lead and lead_at < latest_at
                and coalesce(mql_at, lead_ended_at, 'infinity') > getvariable('as_of')
                then [
                    'TM01', 'HY01', 'HY02', 'HY03', 'HY04', 'HY08', 'HY12', 'HY13', 'MV09'
                ] else [] end
        || case
            when is_in_both and decided_at < latest_at and last_moved_at < latest_at
                then ['never_written_back'] else [] end
        || case
            when current_stage in ('sql', 'opportunity') and not is_in_both
                and last_moved_at < latest_at
                then ['lead_made_3_days_1_minute'] else [] end
        || case
            when is_in_both and sql_result = 'opportunity' and sql_ended_at < latest_at
                then ['MV08'] else [] end
        || case
            when current_stage = 'opportunity' and sql_ended_at < latest_at + interval 5 day
                and ends_at > getvariable('as_of') and sql_result = 'opportunity'
                then ['AL06'] || case when is_in_both
                    then ['won_3_days_1_second'] else [] end
                || case when is_in_both and sql_ended_at < latest_at - interval 3 day
                    then ['signed_4_days'] else [] end
                else [] end
        || case when is_plain_lead and lead_at < latest_at then ['source_late'] else [] end
        || case
            when is_plain_lead and current_stage <> 'lead' and lead_count = 1
                then ['source_never'] else [] end
        || case
            when cycle = 1 and decided_at < latest_at and mql_count = 1
                and current_stage <> 'mql' then ['EN06'] else [] end
        || case
            when is_plain_lead and decided_at < latest_at and current_stage <> 'mql'
                then ['score_55', 'interest_901'] else [] end
        || case
            when is_plain_lead and decided_at < latest_at and current_stage <> 'mql'
                and created_at > getvariable('starts_at') + interval 100 day
                then ['window_out'] else [] end
        || case when sql_result = 'opportunity' and sql_ended_at < latest_at
            then ['EN10'] else [] end
        || case when opportunity_result = 'customer' and ends_at < latest_at
            then ['EN12'] else [] end
        || case when mql_result = 'sal' and decided_at < latest_at
            then ['withdrawn', 'seller_to_sal'] else [] end
        || case when mql_result = 'sal' and decided_at < latest_at and current_stage <> 'sal'
            then ['auto_sal'] else [] end
        || case when mql_result = 'sal' and decided_at < latest_at and cycle = 1
            then ['lead_to_sal'] else [] end
        || case when sal_result = 'sql' and sal_ended_at < latest_at
            then ['implicit', 'developer_to_sql'] else [] end
        || case when mql_result in ('recycled', 'disqualified') and decided_at < latest_at
            then ['EX03'] else [] end
        || case when mql_result is not null and decided_at < latest_at
            then ['TM03'] else [] end
        || case when opportunity_result = 'closed_lost' and ends_at < latest_at
            then ['EX07'] else [] end
        || case
            when opportunity_result = 'closed_lost' and cycle < 3
                and ends_at < latest_at - interval 20 day
                then ['lost_to_opportunity'] else [] end
        || case
            when cycle_result = 'disqualified' and ends_at < latest_at - interval 20 day
                then ['MV01'] else [] end
            as pool_names
    from stories
),

named as (
    select person_id, cycle, unnest(pool_names) as pool_name from matches
),

-- A pool is named by its rule where all pairs of the rule share it, else by the breach.
paired as (
    select pairs.pair_number, 'breach' as kind, named.person_id, named.cycle
    from pairs
    inner join named on named.pool_name in (pairs.rule_code, pairs.breach_variant)
    union all
    select pairs.pair_number, 'near_miss' as kind, named.person_id, named.cycle
    from pairs
    inner join named
        on named.pool_name = case when pairs.near_variant = 'seller_to_sal'
            then pairs.near_variant end
        or pairs.near_variant <> 'seller_to_sal'
        and named.pool_name in (pairs.rule_code, pairs.breach_variant)
)

-- Whoever could carry one of the scarce plants is left for it as long as others do.
select
    paired.*,
    pairs.rule_code,
    row_number() over (
        partition by paired.pair_number, paired.kind
        order by
            paired.person_id in (select person_id from named where pool_name = 'AL06')
            and pairs.rule_code not in ('AL01', 'AL06'),
            chance(paired.person_id, 'plant ' || paired.pair_number), paired.person_id
    ) as preference
from paired
inner join pairs on paired.pair_number = pairs.pair_number;
