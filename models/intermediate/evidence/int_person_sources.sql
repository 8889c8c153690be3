-- One row per person and stretch of time with one original source, or with an unknown
-- one.

with

person_values as (

    select * from {{ ref('int_person_values') }}
    where attribute = 'lead_source'

),

lead_sources as (

    select
        *,
        coalesce({{ local_midnight('valid_from') }}, timestamp '1900-01-01')
            as in_force_from,
        coalesce({{ local_midnight('valid_to') }}, timestamp '9999-12-31')
            as in_force_to
    from {{ ref('lead_sources') }}

),

sources as (

    -- a source counts as valid in the stretches in which the policy says so
    select
        person_values.person_key,
        person_values.value as lead_source_value,
        case when person_values.is_known then 'source_valid' else 'source_unknown' end
            as fact,
        greatest(
            person_values.valid_from,
            coalesce(lead_sources.in_force_from, person_values.valid_from)
        ) as valid_from,
        least(
            person_values.valid_to,
            coalesce(lead_sources.in_force_to, person_values.valid_to)
        ) as valid_to
    from person_values
    left join lead_sources
        on
            lower(trim(person_values.value)) = lower(trim(lead_sources.source_value))
            and lead_sources.is_valid
    where lead_sources.source_value is not null or not person_values.is_known

)

select * from sources
where valid_from < valid_to
