-- One row per load, table and column that its files had.

with

landed as (

    select * from {{ source('meta', 'load_columns') }}

),

load_columns as (

    select
        load_id,
        source as source_system,
        table_name,
        column_name,
        {{ field_key('field') }} as source_field
    from landed

)

select * from load_columns
