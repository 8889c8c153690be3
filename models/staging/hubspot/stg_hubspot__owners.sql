-- One row per HubSpot owner.

with

landed as (

    select * from {{ source('hubspot', 'owner') }}

),

owners as (

    select
        {{ hubspot_user_id('owner', 'owner_id') }} as owner_id,
        {{ hubspot_user_id('user', 'active_user_id') }} as user_id,
        nullif(lower(trim(email)), '') as email,
        nullif(trim(first_name), '') as first_name,
        nullif(trim(last_name), '') as last_name,
        nullif(trim(type), '') as owner_type,
        nullif(trim(portal_id), '') as portal_id,
        coalesce(is_active, true)
        and not coalesce(_fivetran_deleted, false) as is_active,
        created_at,
        updated_at
    from landed

),

-- One name may be written in several ways.
newest as (

    select *
    from owners
    qualify
        row_number() over (
            partition by owner_id
            order by updated_at desc nulls last, email asc nulls last, is_active desc
        ) = 1

)

select * from newest
