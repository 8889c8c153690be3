-- One row per Salesforce lead status.

with

landed as (

    select * from {{ source('salesforce', 'lead_status') }}
    -- an id of 15 characters and the same in 18 are one row: the newest version
    qualify
        row_number() over (
            partition by {{ salesforce_id_18('id') }}
            order by
                system_modstamp desc nulls last,
                _loaded_at desc nulls last,
                id desc
        ) = 1

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
