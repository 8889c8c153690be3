-- One row per field that carries a concept, with how many records of its kind hold it.

with

field_mappings as (

    select * from {{ ref('int_field_mappings') }}

),

fields as (

    select * from {{ ref('int_fields_landed') }}

),

landed_columns as (

    select * from {{ ref('stg_meta__landed_columns') }}

),

records as (

    select
        source_system,
        object_type
    from {{ ref('int_records_landed') }}
    union all
    select
        source_system,
        'deal' as object_type
    from {{ ref('int_deals_landed') }}

),

record_counts as (

    select
        source_system,
        object_type,
        count(*) as record_count
    from records
    group by source_system, object_type

),

fills as (

    select
        source_system,
        object_type,
        source_field,
        count(*) as filled_count
    from fields
    group by source_system, object_type, source_field

),

kinds as (

    -- distinct: a kind of record has many fields
    select distinct object_type from field_mappings

),

columns_by_kind as (

    -- distinct: a field may land in two columns
    select distinct
        landed_columns.source_system,
        kinds.object_type,
        landed_columns.source_field
    from landed_columns
    inner join kinds
        on
            landed_columns.table_name in (kinds.object_type, kinds.object_type || 's')
            or (kinds.object_type = 'company' and landed_columns.table_name = 'account')
            or (
                kinds.object_type = 'deal'
                and landed_columns.table_name like 'opportunit%'
            )
            or (kinds.object_type <> 'deal' and landed_columns.table_name = 'records')
    where landed_columns.source_field is not null

)

-- distinct: a field that holds several stages' dates carries one concept
select distinct
    field_mappings.source_system,
    field_mappings.object_type,
    field_mappings.source_field,
    field_mappings.concept,
    coalesce(record_counts.record_count, 0) as record_count,
    coalesce(fills.filled_count, 0) as filled_count,
    columns_by_kind.source_field is not null
    or fills.source_field is not null as is_landed,
    field_mappings.stated_coverage_from is not null as is_coverage_stated
from field_mappings
left join record_counts
    on
        field_mappings.source_system = record_counts.source_system
        and field_mappings.object_type = record_counts.object_type
left join fills
    on
        field_mappings.source_system = fills.source_system
        and field_mappings.object_type = fills.object_type
        and field_mappings.source_field = fills.source_field
left join columns_by_kind
    on
        field_mappings.source_system = columns_by_kind.source_system
        and field_mappings.object_type = columns_by_kind.object_type
        and field_mappings.source_field = columns_by_kind.source_field
