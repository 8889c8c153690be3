-- One row per Salesforce calendar event and lead or contact, however many calendars it
-- is in.

with

events as (

    select * from {{ ref('stg_salesforce__events') }}
    where not is_deleted

),

people as (

    select * from {{ ref('int_salesforce_activity_people') }}

),

-- Every invitee has a copy, and nothing says whose copy it is but who, what and when.
meetings as (

    select
        events.activity_id,
        people.record_id,
        events.deal_id,
        case
            when lower(events.event_type) in ('call', 'email')
                then lower(events.event_type)
            else 'meeting'
        end as activity_type,
        'outbound' as direction,
        events.event_type as asset,
        coalesce(events.owner_id, events.created_by_id) as actor_id,
        events.starts_at as occurred_at
    from events
    left join people on events.activity_id = people.activity_id
    qualify
        row_number() over (
            partition by
                coalesce(people.record_id, events.deal_id, events.activity_id),
                events.starts_at
            order by events.is_child, events.activity_id
        ) = 1

)

select * from meetings
