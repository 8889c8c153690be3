-- One row per person, with the facts that fit and segment are judged on: the primary
-- record's own, else its company's.

with

primary_records as (

    select * from {{ ref('int_primary_records') }}

),

companies as (

    select * from {{ ref('int_records_unioned') }}
    where object_type = 'company'

),

segments as (

    select * from {{ ref('segments') }}

),

attributes as (

    select
        primary_records.person_key,
        coalesce(primary_records.country, companies.country) as country,
        coalesce(primary_records.industry, companies.industry) as industry,
        primary_records.job_title,
        coalesce(primary_records.employee_count, companies.employee_count)
            as employee_count,
        coalesce(primary_records.annual_revenue_cents, companies.annual_revenue_cents)
            as annual_revenue_cents
    from primary_records
    left join companies on primary_records.company_record_id = companies.record_id

),

matched as (

    select
        attributes.*,
        segments.segment,
        row_number() over (
            partition by attributes.person_key
            order by segments.priority nulls last, segments.segment
        ) as segment_number
    from attributes
    left join segments
        on
            (
                segments.country is null
                or lower(attributes.country) = lower(segments.country)
            )
            and (
                segments.industry is null
                or lower(attributes.industry) = lower(segments.industry)
            )
            and (
                segments.employee_count_min is null
                or attributes.employee_count >= segments.employee_count_min
            )
            and (
                segments.employee_count_max is null
                or attributes.employee_count <= segments.employee_count_max
            )

)

select
    person_key,
    country,
    industry,
    job_title,
    coalesce(segment, 'unknown') as segment,
    employee_count,
    annual_revenue_cents
from matched
where segment_number = 1
