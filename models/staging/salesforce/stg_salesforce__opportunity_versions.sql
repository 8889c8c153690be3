-- One row per superseded version of a Salesforce opportunity.

with

landed as (

    select * from {{ source('salesforce_history', 'opportunity') }}

),

opportunity_versions as (

    select
        {{ salesforce_id('deal', 'id') }} as deal_id,
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

select * from opportunity_versions
