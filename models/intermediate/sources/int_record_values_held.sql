-- One row per record or deal that held any concept at as_of, with the concepts that
-- records and deals share as columns.

with

concepts as (

    select * from {{ ref('int_record_concepts_at_as_of') }}
    where applies_to is null

),

{% set text_columns = {
    'email': 'email',
    'phone': 'phone',
    'company': 'company_record_id',
    'company_name': 'company_name',
    'job_title': 'job_title',
    'country': 'country',
    'industry': 'industry',
    'owner': 'owner_id',
    'lead_source': 'lead_source_value',
    'campaign': 'campaign_id',
    'lifecycle_stage': 'lifecycle_stage_value',
    'lead_status': 'lead_status_value',
    'rejection_reason': 'rejection_reason_value',
    'nurture_decision': 'nurture_decision',
    'deal_stage': 'deal_stage_value',
    'pipeline': 'pipeline',
} %}
{% set boolean_columns = {
    'email_opt_in': 'has_email_opt_in',
} %}
held as (

    select
        record_id,
        object_type,
        {% for concept, column in text_columns.items() %}
        max(value) filter (where concept = '{{ concept }}') as {{ column }},
        {% endfor %}
        {% for concept, column in boolean_columns.items() %}
        cast(max(value) filter (where concept = '{{ concept }}') as boolean)
            as {{ column }},
        {% endfor %}
        cast(max(value) filter (where concept = 'employee_count') as bigint)
            as employee_count,
        try_cast(
            round(
                cast(max(value) filter (where concept = 'annual_revenue') as double)
                * 100
            ) as bigint
        ) as annual_revenue_cents,
        try_cast(
            round(cast(max(value) filter (where concept = 'amount') as double) * 100)
            as bigint
        ) as amount_cents
    from concepts
    group by record_id, object_type

)

select * from held
