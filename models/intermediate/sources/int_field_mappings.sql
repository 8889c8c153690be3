-- One row per source system, object type, source field and concept it carries.

with

sources as (

    select * from {{ ref('int_sources') }}

),

field_mappings as (

    select * from {{ ref('field_mappings') }}

),

spread as (

    select
        sources.source_system,
        field_mappings.object_type,
        {{ field_key('field_mappings.source_field') }} as source_field,
        case field_mappings.concept
            when 'email_optout' then 'email_opt_in'
            else field_mappings.concept
        end as concept,
        case
            when field_mappings.concept = 'crm_id'
                then lower(trim(field_mappings.applies_to))
            else trim(field_mappings.applies_to)
        end as applies_to,
        case
            when field_mappings.concept = 'owner' and sources.source_kind = 'hubspot'
                then sources.source_system || ':owner:'
            when field_mappings.concept = 'owner' then sources.source_system || ':user:'
            when field_mappings.concept = 'company'
                then sources.source_system || ':company:'
            when field_mappings.concept = 'crm_id'
                then lower(trim(field_mappings.applies_to)) || ':'
            else ''
        end as value_prefix,
        sources.source_kind,
        field_mappings.source_system = 'any' as is_general,
        field_mappings.concept = 'email_optout' as is_negated,
        field_mappings.is_optional
        or field_mappings.source_system = 'any' as is_optional,
        cast(field_mappings.coverage_from as timestamp) as stated_coverage_from
    from sources
    inner join field_mappings
        on field_mappings.source_system in (sources.source_system, 'any')

),

judged as (

    select
        *,
        case
            when concept = 'owner' and source_kind in ('hubspot', 'salesforce')
                then source_kind || '_user'
            when concept = 'owner' then 'user'
            when value_prefix like 'hubspot:%' then 'hubspot_id'
            when value_prefix like 'salesforce:%' then 'salesforce_id'
            when source_kind = 'salesforce' and source_field = 'record_type_id'
                then 'salesforce_id'
            when value_prefix <> '' then 'id'
            when
                concept in ('email_opt_in', 'is_deleted')
                or concept like '%_confirmed'
                then 'truth'
            when concept = 'employee_count' then 'count'
            when concept in ('annual_revenue', 'amount', 'score') then 'number'
            when concept = 'email' then 'email'
            else 'text'
        end as value_kind,
        bool_or(not is_general) over (
            partition by source_system, object_type, concept
        ) as is_own_concept,
        bool_or(not is_general) over (
            partition by source_system, object_type, source_field
        ) as is_own_field
    from spread

),

-- A source's own rows for a concept, or for a field, win over those for any source.
own_first as (

    select
        source_system,
        object_type,
        source_field,
        concept,
        applies_to,
        value_kind,
        value_prefix,
        is_negated,
        is_optional,
        count(*) over (
            partition by source_system, object_type, concept, applies_to
        ) > 1 as is_shared,
        stated_coverage_from
    from judged
    where not is_general or not (is_own_concept or is_own_field)

)

select * from own_first
