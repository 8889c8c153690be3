-- One row per contact, lead or company that was merged away or converted, with what it
-- is now, at the end of the chain.

with

intakes as (

    select * from {{ ref('int_record_intakes') }}

),

survivors as (

    select
        record_id,
        survivor_id
    from intakes
    qualify row_number() over (partition by record_id order by step desc) = 1

)

select * from survivors
