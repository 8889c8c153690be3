-- One row per value that somebody or something gave a property of a person, in HubSpot's words.

create or replace table person_changes as
with staged as (
    select
        true_visits.person_id,
        'lifecyclestage' as name,
        case when people.variant = 'value_shouted' and true_visits.is_last
            then upper(stage_values.crm_value) else stage_values.crm_value end as value,
        true_visits.valid_from as changed_at,
        true_visits.actor,
        true_visits.user_id
    from true_visits
    inner join stage_values on true_visits.stage = stage_values.stage
    inner join people on true_visits.person_id = people.person_id
),

-- Plants that touch the field after the last stage was reached.
touched as (
    select true_visits.person_id, people.variant, true_visits.valid_from,
        halfway(true_visits.valid_from) as touched_at
    from true_visits
    inner join people on true_visits.person_id = people.person_id
    where
        true_visits.is_last
        and people.variant in (
            'stage_cleared', 'stage_cleared_300', 'value_other', 'stage_is_status',
            'status_is_stage', 'status_shared_word', 'owner_carer', 'owner_developer')
),

restaged as (
    select person_id, 'lifecyclestage' as name,
        case variant when 'value_other' then 'other' when 'stage_is_status' then 'IN_PROGRESS'
            else '' end as value,
        touched_at as changed_at, 'user' as actor, marketer(person_id) as user_id
    from touched
    where variant in ('stage_cleared', 'stage_cleared_300', 'value_other', 'stage_is_status')
    union all
    select person_id, 'lifecyclestage', 'lead', touched_at + interval 300 second, 'user',
        marketer(person_id)
    from touched
    where variant = 'stage_cleared_300'
),

owned as (
    select person_id, 'hubspot_owner_id' as name,
        cast(owner_user_id + 7000000 as varchar) as value, moved_at as changed_at,
        'workflow' as actor, cast(null as bigint) as user_id
    from owners_given
    where owner_user_id is distinct from previous_user_id
    union all
    select person_id, 'hubspot_owner_id',
        cast(7000000 + case variant when 'owner_carer' then carer(person_id)
            else developer(person_id, 1) end as varchar),
        touched_at, 'user', ops_member(person_id)
    from touched
    where variant in ('owner_carer', 'owner_developer')
),

statuses as (
    -- Who skips the acceptance does not record it in the status either.
    select true_visits.person_id, 'hs_lead_status' as name,
        case true_visits.stage when 'lead' then 'NEW' when 'mql' then 'OPEN'
            when 'sal' then 'IN_PROGRESS' when 'sql' then 'CONNECTED'
            when 'opportunity' then 'OPEN_DEAL' when 'customer' then 'CONNECTED'
            when 'recycled' then 'BAD_TIMING' else 'UNQUALIFIED' end as value,
        true_visits.valid_from as changed_at, true_visits.actor, true_visits.user_id
    from true_visits
    inner join people on true_visits.person_id = people.person_id
    where
        true_visits.stage <> 'subscriber'
        and not (
            coalesce(people.variant = 'implicit', false)
            and people.plant_cycle = true_visits.cycle and true_visits.stage = 'sql')
    union all
    select person_id, 'hs_lead_status', 'IN_PROGRESS', decided_at - interval 1 second,
        'user', developer_id
    from plan
    where variant = 'status_first' and mql_result = 'sal'
    union all
    select person_id, 'hs_lead_status',
        case variant when 'status_is_stage' then 'marketingqualifiedlead'
            else 'disqualified' end, touched_at, 'user', marketer(person_id)
    from touched
    where variant in ('status_is_stage', 'status_shared_word')
),

reasons as (
    select person_id, 'rejection_reason' as name, reason as value,
        case when is_bent then moved_at + to_seconds(plant_seconds) else moved_at end
            as changed_at, actor, user_id
    from reasons_given
    where not coalesce(is_bent and variant = 'reason_never', false)
    union all
    -- A return wipes the old reason.
    select visits.person_id, 'rejection_reason', '', visits.valid_from, 'workflow', null
    from true_visits as visits
    inner join true_visits as before
        on visits.person_id = before.person_id
        and visits.visit_number = before.visit_number + 1
    left join plan
        on before.person_id = plan.person_id and before.cycle = plan.cycle
    where before.stage in ('recycled', 'closed_lost', 'disqualified')
        and visits.stage not in ('recycled', 'closed_lost', 'disqualified')
        and not coalesce(plan.variant = 'reason_never', false)
),

points as (
    select confirmed.person_id, point.name, 'true' as value,
        confirmed.valid_from
        - to_seconds(60 + cast(floor(chance(confirmed.person_id, point.name) * 500) as bigint))
            as changed_at,
        'user' as actor, seller(confirmed.person_id, confirmed.cycle) as user_id
    from true_visits as confirmed
    cross join (values ('budget_confirmed'), ('authority_confirmed'), ('need_confirmed'),
        ('timing_confirmed')) as point (name)
    where
        confirmed.stage = 'sql'
        and point.name is distinct from case confirmed.person_id % 3
            when 0 then 'budget_confirmed' when 1 then 'timing_confirmed' end
    union all
    -- What was confirmed for one purchase says nothing about the next.
    select recycled.person_id, point.name, '', recycled.valid_from + interval 60 second,
        'workflow', null
    from true_visits as recycled
    inner join plan
        on recycled.person_id = plan.person_id and recycled.cycle = plan.cycle
    cross join (values ('budget_confirmed'), ('authority_confirmed'), ('need_confirmed'),
        ('timing_confirmed')) as point (name)
    where
        recycled.stage = 'recycled' and plan.sal_result = 'sql'
        and recycled.valid_from + interval 60 second <= getvariable('as_of')
        and point.name is distinct from case recycled.person_id % 3
            when 0 then 'budget_confirmed' when 1 then 'timing_confirmed' end
),

described as (
    select people.person_id, property.name, property.value,
        people.created_at
        + to_seconds(case
            when property.name = 'hs_analytics_source'
                and people.rule_code = 'EN03' then people.plant_seconds
            when property.name = 'industry' and people.variant in ('fit_901', 'fit_900')
                then date_diff('second', people.created_at, plan.mql_at)
                    + people.plant_seconds
            else 0 end) as changed_at,
        case people.channel when 'sales' then 'user' when 'import' then 'import'
            else 'form' end as actor,
        case when plan.person_id % 3 = 0 then plan.seller_id else plan.developer_id end
            as user_id
    from people
    inner join plan on people.person_id = plan.person_id and plan.cycle = 1
    cross join lateral (values
        ('hs_analytics_source',
            case when people.variant is distinct from 'source_never'
                then people.source_value end),
        ('country', people.country), ('industry', people.industry),
        ('numemployees', cast(people.employee_count as varchar)),
        ('jobtitle', people.job_title), ('hs_email_optout', 'false')
    ) as property (name, value)
    where property.value is not null
),

together as (
    from staged
    union all by name from restaged
    union all by name from owned
    union all by name from statuses
    union all by name from reasons
    union all by name from points
    union all by name from described
)

select * from together
where changed_at <= getvariable('as_of');
