-- One row per load, kind of record and field that the load's files had.

with

load_columns as (

    select * from {{ ref('stg_meta__load_columns') }}
    where source_field is not null

),

object_tables (table_name, object_type) as (

    values
    ('account', 'company'),
    ('company', 'company'),
    ('contact', 'contact'),
    ('deal', 'deal'),
    ('deals', 'deal'),
    ('lead', 'lead'),
    ('opportunity', 'deal'),
    ('records', 'company'),
    ('records', 'contact'),
    ('records', 'lead')

),

-- distinct: several columns may hold one field
load_fields as (

    select distinct
        load_columns.load_id,
        load_columns.source_system,
        object_tables.object_type,
        load_columns.source_field
    from load_columns
    inner join object_tables on load_columns.table_name = object_tables.table_name

)

select * from load_fields
