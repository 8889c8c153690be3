-- One row per load.

with

landed as (

    select * from {{ source('meta', 'loads') }}

),

loads as (

    select
        load_id,
        source as source_system,
        split_part(method, ':', 1) as source_kind,
        method as load_method,
        status as load_status,
        message,
        file_count,
        row_count,
        rejected_count,
        started_at,
        finished_at,
        extracted_at
    from landed

)

select * from loads
