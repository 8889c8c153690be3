-- One row per superseded version of a Salesforce account.

with

landed as (

    select * from {{ source('salesforce_history', 'account') }}

),

account_versions as (

    select
        {{ salesforce_id('company', 'id') }} as record_id,
        {{ salesforce_id('company', 'master_record_id') }} as master_record_id,
        coalesce(is_deleted, false) or coalesce(_fivetran_deleted, false) as is_deleted,
        case when is_deleted then coalesce(last_modified_date, system_modstamp) end
            as deleted_at,
        coalesce(last_modified_date, system_modstamp) as updated_at,
        system_modstamp as modified_at,
        _fivetran_synced as synced_at,
        _load_id as load_id,
        _seen_at as seen_at
    from landed

)

select * from account_versions
