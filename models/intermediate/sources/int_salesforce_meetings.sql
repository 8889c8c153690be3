-- One row per Salesforce calendar event and lead or contact, however many calendars it
-- is in.
{{ config(materialized='view') }} -- read once

with

events as (

    select * from {{ ref('stg_salesforce__events') }}
    where not is_deleted

),

-- Every invitee has a copy, and nothing says whose copy it is but who, what and when.
meetings as (

    select
        activity_id,
        record_id,
        deal_id,
        case
            when lower(event_type) in ('call', 'email') then lower(event_type)
            else 'meeting'
        end as activity_type,
        'outbound' as direction,
        event_type as asset,
        coalesce(owner_id, created_by_id) as actor_id,
        starts_at as occurred_at
    from events
    qualify
        row_number() over (
            partition by coalesce(record_id, deal_id, activity_id), starts_at
            order by is_child, activity_id
        ) = 1

)

select * from meetings
