-- One row per record and field (lifecycle stage, lead status) that holds a value, with
-- what else the policy knows that value as.

with

visits as (

    select * from {{ ref('int_visits') }}
    where is_open and concept in ('record_stage', 'account_stage', 'lead_status')

),

records as (

    select * from {{ ref('int_timeline_records') }}
    where not is_deleted

),

known as (

    select * from {{ ref('int_known_values') }}
    where concept in ('lifecycle_stage', 'lead_status', 'deal_stage')

),

build as (

    select * from {{ ref('int_as_of') }}

),

held as (

    select
        visits.record_key,
        records.source_system,
        case
            when visits.concept = 'lead_status' then 'lead_status'
            else 'lifecycle_stage'
        end as concept,
        visits.source_value,
        lower(trim(visits.source_value)) as source_value_key,
        visits.mapped_value = 'unmapped' as is_unmapped,
        visits.valid_from as held_from
    from visits
    inner join records on visits.record_key = records.record_key

),

known_today as (

    -- distinct: a stretch of time that ended may be known twice
    select distinct
        known.concept,
        known.source_system,
        known.source_value_key
    from known
    inner join build
        on known.valid_from <= build.as_of and known.valid_to > build.as_of

),

compared as (

    select
        held.record_key,
        held.concept,
        held.source_value,
        count(*) over same_value - 1 as other_record_count,
        held.is_unmapped,
        held.is_unmapped and stages.concept is not null as is_known_stage,
        held.is_unmapped and statuses.concept is not null as is_known_status,
        held.is_unmapped and deal_stages.concept is not null as is_known_deal_stage,
        held.held_from
    from held
    {% for concept, alias in {
        'lifecycle_stage': 'stages',
        'lead_status': 'statuses',
        'deal_stage': 'deal_stages',
    }.items() %}
    left join known_today as {{ alias }}
        on
            held.concept <> {{ alias }}.concept
            and {{ alias }}.concept = '{{ concept }}'
            and held.source_system = {{ alias }}.source_system
            and held.source_value_key = {{ alias }}.source_value_key
    {% endfor %}
    window same_value as (
        partition by held.source_system, held.concept, held.source_value_key
    )

)

select * from compared
