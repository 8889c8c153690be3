-- One row per HubSpot form submitted by a contact, with the name of the form.

with

form_submissions as (

    select * from {{ ref('stg_hubspot__form_submissions') }}

),

forms as (

    select * from {{ ref('stg_hubspot__forms') }}

),

named as (

    select
        'hubspot:form_submission:' || form_submissions.submission_id as activity_id,
        form_submissions.record_id,
        coalesce(forms.form_name, form_submissions.page_title, form_submissions.form_id)
            as asset,
        form_submissions.occurred_at
    from form_submissions
    left join forms on form_submissions.form_id = forms.form_id

)

select * from named
