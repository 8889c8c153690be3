-- One row per HubSpot form submitted by a contact, with the name of the form.

with

form_submissions as (

    select * from {{ ref('stg_hubspot__form_submissions') }}

),

forms as (

    select * from {{ ref('stg_hubspot__forms') }}

),

held as (

    select * from {{ ref('int_record_concepts') }}
    where
        source_system = 'hubspot'
        and object_type = 'contact'
        and concept = 'email'

),

-- Of several contacts with one address, the first by id: they are one person.
contacts as (

    select
        value as email,
        min(record_id) as record_id
    from held
    group by value

),

named as (

    select
        'hubspot:form_submission:' || form_submissions.submission_id as activity_id,
        case
            when form_submissions.email is null then form_submissions.record_id
            else contacts.record_id
        end as record_id,
        coalesce(forms.form_name, form_submissions.page_title, form_submissions.form_id)
            as asset,
        form_submissions.occurred_at
    from form_submissions
    left join forms on form_submissions.form_id = forms.form_id
    left join contacts on form_submissions.email = contacts.email
    where form_submissions.email is null or contacts.record_id is not null

)

select * from named
