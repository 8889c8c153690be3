-- One row per person, with what its records say together: source and campaign come from
-- the earliest-created record that has one.

with

records as (

    select * from {{ ref('int_person_records') }}

),

activities as (

    select
        record_id,
        max(occurred_at) as last_activity_at
    from {{ ref('int_activities_unioned') }}
    group by record_id

),

ordered as (

    select
        records.*,
        activities.last_activity_at,
        row_number() over (
            partition by records.person_key
            order by
                records.lead_source_value is null,
                records.created_at nulls last, records.record_id
        ) as source_number,
        row_number() over (
            partition by records.person_key
            order by
                records.campaign_id is null,
                records.created_at nulls last, records.record_id
        ) as campaign_number
    from records
    left join activities on records.record_id = activities.record_id

),

gathered as (

    select
        person_key,
        max(case when source_number = 1 then lead_source_value end)
            as lead_source_value,
        max(case when campaign_number = 1 then campaign_id end) as campaign_id,
        count(*) as record_count,
        bool_or(email is not null) as has_email,
        coalesce(bool_or(has_email_opt_in), false) as has_email_opt_in,
        not bool_or(is_live) as is_deleted,
        min(created_at) as created_at,
        max(last_activity_at) as last_activity_at
    from ordered
    group by person_key

)

select * from gathered
