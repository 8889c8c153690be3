-- One row per Salesforce lead status.

with

landed as (

    select * from {{ source('salesforce', 'lead_status') }}
    qualify {{ is_newest_salesforce_row() }}

),

lead_statuses as (

    select
        {{ salesforce_id_18('id') }} as lead_status_id,
        coalesce(nullif(trim(api_name), ''), nullif(trim(master_label), ''))
            as lead_status_value,
        nullif(trim(master_label), '') as label,
        sort_order,
        coalesce(is_converted, false) and not coalesce(_fivetran_deleted, false)
            as is_converted,
        coalesce(is_default, false) as is_default
    from landed

)

select * from lead_statuses
