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

settings as (

    select * from {{ ref('stg_meta__settings') }}
    where setting = 'portal'

),

landed as (

    select portal_id from owners
    union all
    select portal_id from forms
    union all
    select portal_id from deals
    union all
    select setting_value as portal_id from settings

),

portals as (

    select
        'https://app.hubspot.com/contacts/' || max(portal_id) || '/record/'
            as record_url
    from landed

)

select * from portals
