-- One row per HubSpot form.

with

landed as (

    select * from {{ source('hubspot', 'form') }}

),

forms as (

    select
        nullif(trim(guid), '') as form_id,
        nullif(trim(name), '') as form_name,
        nullif(trim(form_type), '') as form_type,
        nullif(trim(portal_id), '') as portal_id,
        coalesce(_fivetran_deleted, false) as is_deleted,
        created_at,
        updated_at
    from landed

)

select * from forms
