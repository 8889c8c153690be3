-- One row per row of Salesforce's field history, and per stage entry it leaves out.
{{ config(materialized='view') }} -- read once

with

lead_changes as (

    select * from {{ ref('stg_salesforce__lead_changes') }}

),

contact_changes as (

    select * from {{ ref('stg_salesforce__contact_changes') }}

),

account_changes as (

    select * from {{ ref('stg_salesforce__account_changes') }}

),

opportunity_changes as (

    select * from {{ ref('stg_salesforce__opportunity_changes') }}

),

stage_entries as (

    select * from {{ ref('int_salesforce_stage_entries') }}

),

unioned as (

    select
        'lead' as object_type,
        *
    from lead_changes
    union all
    select
        'contact' as object_type,
        *
    from contact_changes
    union all
    select
        'company' as object_type,
        *
    from account_changes
    union all
    select
        'deal' as object_type,
        *
    from opportunity_changes

),

changes as (

    select
        object_type,
        record_id,
        source_field,
        data_type,
        old_value,
        new_value,
        changed_by_id,
        changed_at
    from unioned
    where not is_deleted
    union all
    select
        'deal' as object_type,
        deal_id,
        'StageName' as source_field,
        'DynamicEnum' as data_type,
        old_value,
        new_value,
        changed_by_id,
        changed_at
    from stage_entries

)

select * from changes
