-- What was written where: sales gives its values in Salesforce once the person is there,
-- everybody else in HubSpot, and the sync writes them to the other CRM a little later.

create or replace table given as
with joined as (
    select
        person_changes.*,
        sides.side,
        sides.lead_created_at,
        sides.variant,
        salesforce_fields.name is not null and person_changes.name <> 'hubspot_owner_id'
            as is_synced,
        case
            when sides.side <> 'both' then sides.side
            when
                person_changes.actor = 'user'
                and person_changes.user_id // 100000 in (12, 13, 14)
                and salesforce_fields.name is not null
                and person_changes.changed_at > sides.lead_created_at + interval 20 minute
                then 'salesforce'
            else 'hubspot'
        end as crm
    from person_changes
    inner join sides on person_changes.person_id = sides.person_id
    left join salesforce_fields on person_changes.name = salesforce_fields.name
)

select
    *,
    -- a plant lets the sync forget the last stage, or write it a week late
    case
        when name <> 'lifecyclestage' or next_changed_at is not null then synced_as_usual_at
        when variant = 'never_written_back' then null
        when variant = 'written_back_late' then synced_as_usual_at + interval 7 day
        else synced_as_usual_at
    end as copied_at
from (
    select
        *,
        synced_at(person_id, changed_at) as synced_as_usual_at,
        lead(changed_at) over (partition by person_id, name order by changed_at)
            as next_changed_at
    from joined
);

create or replace table copies as
select
    person_id,
    case crm when 'hubspot' then 'salesforce' else 'hubspot' end as crm,
    name,
    value,
    copied_at as changed_at,
    'sync' as actor,
    cast(null as bigint) as user_id
from given
where
    side = 'both' and is_synced
    and copied_at < coalesce(next_changed_at, 'infinity')
    and copied_at <= getvariable('as_of');

-- The assignment rule of each CRM gives the owner at the same time.
create or replace table owner_copies as
select person_id, 'salesforce' as crm, name, value, changed_at, 'workflow' as actor,
    cast(null as bigint) as user_id
from given
where side = 'both' and name = 'hubspot_owner_id';

create or replace table writes as
select person_id, crm, name, value, changed_at, actor, user_id from given
union all
from copies
union all
from owner_copies;
