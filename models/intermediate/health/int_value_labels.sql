-- One row per source, concept and source value that the source itself has a label for.

with

options as (

    select * from {{ ref('stg_hubspot__property_options') }}

),

field_mappings as (

    select * from {{ ref('int_field_mappings') }}

),

deal_stages as (

    select * from {{ ref('stg_hubspot__deal_pipeline_stages') }}

),

pipelines as (

    select * from {{ ref('stg_hubspot__deal_pipelines') }}

),

record_types as (

    select * from {{ ref('stg_salesforce__record_types') }}

),

told as (

    select
        field_mappings.source_system,
        field_mappings.concept,
        options.option_value as source_value,
        options.label
    from options
    inner join field_mappings
        on
            field_mappings.source_system = 'hubspot'
            and lower(options.object_type) in (
                field_mappings.object_type, field_mappings.object_type || 's'
            )
            and lower(options.source_field) = field_mappings.source_field
    union all
    select
        'hubspot',
        'deal_stage',
        deal_stage_value,
        label
    from deal_stages
    union all
    select
        'hubspot',
        'pipeline',
        pipeline,
        label
    from pipelines
    union all
    select
        field_mappings.source_system,
        field_mappings.concept,
        record_types.record_type_id,
        record_types.record_type_name
    from record_types
    inner join field_mappings
        on
            field_mappings.source_system = 'salesforce'
            and field_mappings.object_type = 'deal'
            and field_mappings.source_field = 'record_type_id'

)

select
    source_system,
    concept,
    lower(trim(source_value)) as source_value_key,
    min(label) as label
from told
where nullif(trim(source_value), '') is not null and label is not null
group by source_system, concept, lower(trim(source_value))
