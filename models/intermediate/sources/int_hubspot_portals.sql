-- One row per build: the HubSpot account that record URLs need (exactly one row).

with

owners as (

    select * from {{ ref('stg_hubspot__owners') }}

),

forms as (

    select * from {{ ref('stg_hubspot__forms') }}

),

deals as (

    select * from {{ ref('stg_hubspot__deals') }}

),

landed as (

    select portal_id from owners
    union all
    select portal_id from forms
    union all
    select portal_id from deals

),

portals as (

    select
        'https://app.hubspot.com/contacts/' || max(portal_id) || '/record/'
            as record_url
    from landed

)

select * from portals
