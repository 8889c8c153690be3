-- One row per person and cycle; a person who never had a stage is in the first.

with

people as (

    select * from {{ ref('int_people') }}

),

cycles as (

    select * from {{ ref('int_cycles') }}

),

person_cycles as (

    select
        people.person_key,
        coalesce(cycles.cycle_number, 1) as cycle_number,
        coalesce(people.cycle_number, 1)
        = coalesce(cycles.cycle_number, 1) as is_current,
        -- what led to the first stage counts, however long ago it was
        case
            when coalesce(cycles.cycle_number, 1) = 1 then timestamp '1900-01-01'
            else cycles.starts_at
        end as starts_at,
        coalesce(cycles.ends_at, timestamp '9999-12-31') as ends_at
    from people
    left join cycles on people.person_key = cycles.person_key

)

select * from person_cycles
