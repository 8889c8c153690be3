-- One row per Salesforce calendar event and record that shares it, deleted ones kept.

with

landed as (

    select * from {{ source('salesforce', 'event_relation') }}
    qualify {{ is_newest_salesforce_row() }}

),

event_relations as (

    select
        {{ salesforce_id_18('id') }} as relation_id,
        {{ salesforce_id('activity', 'event_id') }} as activity_id,
        {{ salesforce_person_id('relation_id') }} as record_id,
        nullif(trim(status), '') as invitation_status,
        coalesce(is_what, false) as is_what,
        coalesce(is_deleted, false) or coalesce(_fivetran_deleted, false) as is_deleted,
        created_date as created_at,
        coalesce(last_modified_date, system_modstamp) as updated_at
    from landed

)

select * from event_relations
