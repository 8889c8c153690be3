-- One row per source, raw table and column that any load had.

with

landed as (

    select * from {{ source('meta', 'landed_columns') }}

),

landed_columns as (

    select
        source as source_system,
        table_name,
        column_name,
        field as source_field
    from landed

)

select * from landed_columns
