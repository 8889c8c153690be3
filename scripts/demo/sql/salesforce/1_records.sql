-- What was written to leads and contacts in Salesforce, value by value.

-- A lead is born with what its person held; from then on Salesforce is written to.
create or replace table salesforce_values as
with born as (
    select
        given.person_id,
        given.name,
        max_by(given.value, given.changed_at) as value,
        any_value(sides.lead_created_at) as changed_at
    from given
    inner join sides on given.person_id = sides.person_id
    inner join salesforce_fields on given.name = salesforce_fields.name
    where given.changed_at <= sides.lead_created_at
    group by given.person_id, given.name
),

written as (
    select person_id, name, value, changed_at, 'birth' as actor,
        cast(null as bigint) as user_id
    from born
    union all
    select writes.person_id, writes.name, writes.value, writes.changed_at, writes.actor,
        writes.user_id
    from writes
    inner join sides on writes.person_id = sides.person_id
    inner join salesforce_fields on writes.name = salesforce_fields.name
    where writes.crm = 'salesforce' and writes.changed_at > sides.lead_created_at
),

spelled as (
    select
        written.person_id,
        written.name,
        case
            when written.value = '' then null
            when written.name = 'hubspot_owner_id'
                then salesforce_id('005', cast(written.value as bigint) - 7000000)
            else coalesce(salesforce_stages.salesforce_value, written.value)
        end as value,
        written.changed_at,
        written.actor,
        written.user_id
    from written
    left join salesforce_stages on written.value = salesforce_stages.hubspot_value
),

followed as (
    select *, lag(value) over (partition by person_id, name order by changed_at) as old_value
    from spelled
)

select
    followed.*,
    case
        when followed.actor = 'birth' then 'birth'
        when followed.changed_at > sides.converted_at then 'contact'
        else 'lead'
    end as written_to
from followed
inner join sides on followed.person_id = sides.person_id
where followed.actor = 'birth' or followed.value is distinct from followed.old_value;

-- What the lead holds at its end, and what the contact holds today.
create or replace table salesforce_current as
select
    person_id,
    record.object_type,
    max_by(value, changed_at) filter (where name = 'lifecyclestage') as lifecycle_stage,
    max_by(value, changed_at) filter (where name = 'hs_lead_status') as lead_status,
    max_by(value, changed_at) filter (where name = 'hubspot_owner_id') as owner_id,
    -- a cleared value is no value
    nullif(max_by(coalesce(value, ''), changed_at) filter (where name = 'rejection_reason'),
        '') as rejection_reason,
    nullif(max_by(coalesce(value, ''), changed_at) filter (where name = 'budget_confirmed'),
        '') as budget_confirmed,
    nullif(max_by(coalesce(value, ''), changed_at) filter (
        where name = 'authority_confirmed'), '') as authority_confirmed,
    nullif(max_by(coalesce(value, ''), changed_at) filter (where name = 'need_confirmed'),
        '') as need_confirmed,
    nullif(max_by(coalesce(value, ''), changed_at) filter (where name = 'timing_confirmed'),
        '') as timing_confirmed,
    max(changed_at) as last_changed_at
from salesforce_values
cross join (values ('lead'), ('contact')) as record (object_type)
where record.object_type = 'contact' or written_to <> 'contact'
group by person_id, record.object_type;
