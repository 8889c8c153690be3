-- One row per Salesforce calendar event, invitees' copies and deleted ones kept.

with

landed as (

    select * from {{ source('salesforce', 'event') }}
    qualify {{ is_newest_salesforce_row() }}

),

events as (

    select
        {{ salesforce_id('activity', 'id') }} as activity_id,
        {{ salesforce_person_id('who_id') }} as record_id,
        {{ salesforce_what_id('what_id') }} as deal_id,
        {{ salesforce_user_id('owner_id') }} as owner_id,
        {{ salesforce_user_id('created_by_id') }} as created_by_id,
        nullif(trim(type), '') as event_type,
        coalesce(is_child, false) as is_child,
        coalesce(is_deleted, false) or coalesce(_fivetran_deleted, false) as is_deleted,
        coalesce(start_date_time, activity_date_time, activity_date) as starts_at,
        created_date as created_at,
        coalesce(last_modified_date, system_modstamp) as updated_at
    from landed

)

select * from events
