-- One row per HubSpot engagement and associated company.

with

landed as (

    select * from {{ source('hubspot', 'engagement_company') }}

),

engagement_companies as (

    -- distinct: an association has a row for each of its labels
    select distinct
        {{ hubspot_id('engagement', 'engagement_id') }} as engagement_id,
        {{ hubspot_id('company', 'company_id') }} as company_record_id
    from landed

)

select * from engagement_companies
