-- One row per source system, object type and source field that carries a concept.

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
        lower(trim(field_mappings.source_field)) as source_field,
        case field_mappings.concept
            when 'email_optout' then 'email_opt_in'
            else field_mappings.concept
        end as concept,
        case
            when field_mappings.concept = 'owner' and sources.source_kind = 'hubspot'
                then sources.source_system || ':owner:'
            when field_mappings.concept = 'owner' then sources.source_system || ':user:'
            when field_mappings.concept = 'company'
                then sources.source_system || ':company:'
            else ''
        end as value_prefix,
        field_mappings.source_system = 'any' as is_general,
        field_mappings.concept = 'email_optout' as is_negated,
        cast(field_mappings.coverage_from as timestamp) as stated_coverage_from
    from sources
    inner join field_mappings
        on field_mappings.source_system in (sources.source_system, 'any')

),

-- A source's own row wins over the one for any source.
own_first as (

    select
        source_system,
        object_type,
        source_field,
        concept,
        value_prefix,
        is_negated,
        stated_coverage_from
    from spread
    qualify
        row_number() over (
            partition by source_system, object_type, source_field
            order by is_general, concept
        ) = 1

)

select * from own_first
