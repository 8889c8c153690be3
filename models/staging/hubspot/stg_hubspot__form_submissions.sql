-- One row per HubSpot form submitted by a contact.

with

landed as (

    select * from {{ source('hubspot', 'contact_form_submission') }}

),

form_submissions as (

    select
        nullif(trim(conversion_id), '') as submission_id,
        {{ hubspot_id('contact', 'contact_id') }} as record_id,
        nullif(trim(form_id), '') as form_id,
        nullif(trim(title), '') as page_title,
        nullif(trim(page_url), '') as page_url,
        timestamp as occurred_at
    from landed

)

select * from form_submissions
