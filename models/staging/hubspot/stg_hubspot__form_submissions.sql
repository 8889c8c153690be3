-- One row per HubSpot form submitted by a contact.

with

landed as (

    select * from {{ source('hubspot', 'contact_form_submission') }}

),

form_submissions as (

    select
        nullif(trim(conversion_id), '') as submission_id,
        -- an export names who submitted by address only, of which no id may be made
        case
            when contact_id like 'email:%'
                then 'hubspot:contact:' || {{ named_user_key('contact_id', true) }}
            else {{ hubspot_id('contact', 'contact_id') }}
        end as record_id,
        case
            when contact_id like 'email:%'
                then nullif(lower(trim(substr(contact_id, 7))), '')
        end as email,
        nullif(trim(form_id), '') as form_id,
        nullif(trim(title), '') as page_title,
        nullif(trim(page_url), '') as page_url,
        timestamp as occurred_at
    from landed

)

select * from form_submissions
