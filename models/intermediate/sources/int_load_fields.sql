-- One row per load, kind of record and field that the load's files had.

with

load_columns as (

    select
        load_id,
        source_system,
        table_name as raw_object_type,
        source_field
    from {{ ref('stg_meta__load_columns') }}
    where source_field is not null

),

-- distinct: each kind of record has many mapped fields
people_and_companies as (

    select distinct object_type
    from {{ ref('field_mappings') }}
    where object_type <> 'deal'

),

-- Union takes rows once: several columns may hold one field.
load_fields as (

    select
        load_id,
        source_system,
        case raw_object_type
            when 'account' then 'company'
            when 'opportunity' then 'deal'
            when 'deals' then 'deal'
            else raw_object_type
        end as object_type,
        source_field
    from load_columns
    where raw_object_type <> 'records'
    union
    select
        load_columns.load_id,
        load_columns.source_system,
        people_and_companies.object_type,
        load_columns.source_field
    from load_columns
    cross join people_and_companies
    where load_columns.raw_object_type = 'records'

)

select * from load_fields
