-- The moves of every person, in order, as planned up to the as-of moment.

create or replace table plan as
select * from cycle_1
union all
select * from cycle_2
union all
select * from cycle_3;

create or replace table plan_after as
select * from after_1
union all
select * from after_2
union all
select * from after_3;

create or replace table planned_moves as
with first_stages as (
    select
        plan.person_id, 1 as cycle, plan.entered_at as moved_at,
        plan.entry_kind as stage,
        case people.channel when 'sales' then 'user' when 'import' then 'import'
            else 'form' end as actor,
        case when plan.person_id % 3 = 0 then plan.seller_id else plan.developer_id end
            as user_id
    from plan
    inner join people on plan.person_id = people.person_id
    where plan.cycle = 1 and coalesce(plan.variant, '') <> 'never_staged'
),

leads as (
    select person_id, cycle, lead_at as moved_at, 'lead' as stage, 'form' as actor,
        cast(null as bigint) as user_id
    from plan
    where lead_at is not null and not (cycle = 1 and entry_kind = 'lead')
),

mqls as (
    select person_id, cycle, mql_at as moved_at, 'mql' as stage, 'workflow' as actor,
        cast(null as bigint) as user_id
    from plan
    where mql_at is not null and coalesce(variant, '') <> 'lead_to_sal'
),

accepted as (
    select person_id, cycle, decided_at as moved_at, 'sal' as stage,
        case variant when 'auto_sal' then 'workflow' when 'mobile_sal' then 'mobile'
            else 'user' end as actor,
        case when variant in ('seller_to_sal', 'one_second_sal') then seller_id
            else developer_id end as user_id
    from plan
    where
        mql_result = 'sal'
        and coalesce(variant, '') not in ('implicit', 'withdrawn', 'status_first')
),

withdrawn as (
    select person_id, cycle, decided_at as moved_at, 'lead' as stage, 'user' as actor,
        marketer(person_id) as user_id
    from plan
    where mql_result = 'sal' and variant in ('withdrawn', 'status_first')
),

confirmed as (
    select person_id, cycle, sal_ended_at as moved_at, 'sql' as stage, 'user' as actor,
        case
            when variant = 'developer_to_sql' then developer_id
            when
                rule_code is null and chance(person_id, 'confirmed by') < 0.1
                and sal_ended_at < getvariable('extracted_before_at')
                then team_changer()
            else seller_id
        end as user_id
    from plan
    where sal_result = 'sql'
),

opened as (
    select person_id, cycle, sql_ended_at as moved_at, 'opportunity' as stage,
        case
            when
                rule_code is distinct from 'EN10'
                and chance(person_id, 'opened by ' || cycle) < 0.5
                then 'workflow'
            else 'user'
        end as actor,
        seller_id as user_id
    from plan
    where sql_result = 'opportunity'
),

ended as (
    select person_id, cycle, cycle_ended_at as moved_at, cycle_result as stage,
        case
            when lead_result = 'recycled' or variant in ('withdrawn', 'status_first')
                then 'workflow'
            when cycle_result = 'customer' and rule_code is distinct from 'EN12'
                and chance(person_id, 'won by') < 0.6 then 'workflow'
            else 'user'
        end as actor,
        case
            when lead_result = 'disqualified' then ops_member(person_id)
            when mql_result <> 'sal' then developer_id
            when sal_result <> 'sql' then developer_id
            else seller_id
        end as user_id
    from plan
    where cycle_result <> 'stay'
),

nurtured as (
    select person_id, cycle, recycled_at as moved_at, 'recycled' as stage,
        'workflow' as actor, cast(null as bigint) as user_id
    from plan_after
    where cycle_result = 'closed_lost' and recycled_at is not null
),

put_away as (
    select person_id, cycle, next_at as moved_at, 'disqualified' as stage,
        'user' as actor, ops_member(person_id) as user_id
    from plan_after
    where next_kind = 'disqualified'
),

planted as (
    select person_id, cycle, next_at as moved_at,
        case next_kind when 'disqualified_to_recycled' then 'recycled'
            when 'disqualified_to_lead' then 'lead' else 'opportunity' end as stage,
        'user' as actor,
        case when next_kind = 'lost_to_opportunity' then seller_id
            else ops_member(person_id) end as user_id
    from plan_after
    where next_kind in (
        'disqualified_to_recycled', 'disqualified_to_lead', 'lost_to_opportunity')
),

together as (
    from first_stages
    union all by name from leads
    union all by name from mqls
    union all by name from accepted
    union all by name from withdrawn
    union all by name from confirmed
    union all by name from opened
    union all by name from ended
    union all by name from nurtured
    union all by name from put_away
    union all by name from planted
)

select * from together
where moved_at <= getvariable('as_of');

-- The true stays. A clear that lasts ends a stay; one that is mended at once does not.
create or replace table true_visits as
with numbered as (
    select
        planned_moves.*,
        lead(moved_at) over person as next_moved_at,
        row_number() over person as visit_number,
        row_number() over (partition by person_id order by moved_at desc) as from_last
    from planned_moves
    window person as (partition by person_id order by moved_at)
)

select
    numbered.person_id,
    numbered.cycle,
    numbered.visit_number,
    numbered.stage,
    numbered.actor,
    numbered.user_id,
    numbered.moved_at as valid_from,
    case
        when numbered.next_moved_at is not null then numbered.next_moved_at
        when people.variant in ('stage_cleared', 'value_other', 'stage_is_status')
            then halfway(numbered.moved_at)
    end as valid_to,
    numbered.from_last = 1 as is_last
from numbered
inner join people on numbered.person_id = people.person_id;
