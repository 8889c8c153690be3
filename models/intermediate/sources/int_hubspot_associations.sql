-- One row per HubSpot contact that a deal, a form or an engagement speaks of.

with

deal_contacts as (

    select * from {{ ref('stg_hubspot__deal_contacts') }}

),

form_submissions as (

    select * from {{ ref('stg_hubspot__form_submissions') }}

),

engagement_contacts as (

    select * from {{ ref('stg_hubspot__engagement_contacts') }}

),

-- The plain union drops repetitions.
associations as (

    select record_id from deal_contacts
    union
    select record_id from form_submissions
    union
    select record_id from engagement_contacts

)

select * from associations
