-- One row per Salesforce task, deleted ones kept.

with

landed as (

    select * from {{ source('salesforce', 'task') }}
    qualify {{ is_newest_salesforce_row() }}

),

tasks as (

    select
        {{ salesforce_id('activity', 'id') }} as activity_id,
        {{ salesforce_person_id('who_id') }} as record_id,
        {{ salesforce_what_id('what_id') }} as deal_id,
        {{ salesforce_user_id('owner_id') }} as owner_id,
        {{ salesforce_user_id('created_by_id') }} as created_by_id,
        nullif(trim(type), '') as task_type,
        nullif(trim(task_subtype), '') as task_subtype,
        nullif(trim(status), '') as task_status,
        nullif(trim(call_type), '') as call_type,
        nullif(trim(call_disposition), '') as outcome,
        is_closed,
        coalesce(is_deleted, false) or coalesce(_fivetran_deleted, false) as is_deleted,
        activity_date as due_at,
        completed_date_time as completed_at,
        created_date as created_at,
        coalesce(last_modified_date, system_modstamp) as updated_at
    from landed

)

select * from tasks
