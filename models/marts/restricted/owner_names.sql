-- One row per owner whose name or address a source tells.

with

owners as (

    select * from {{ ref('dim_owners') }}

),

owner_names as (

    select * from {{ ref('int_owner_names') }}

),

named as (

    select
        owners.owner_id,
        owner_names.owner_name as name,
        owner_names.email
    from owners
    inner join owner_names on owners.owner_id = owner_names.owner_id
    where owner_names.owner_name is not null or owner_names.email is not null

)

select * from named
