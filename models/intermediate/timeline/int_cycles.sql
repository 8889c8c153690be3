-- One row per person and cycle; the first has no start, so that what led to the first
-- stage counts in it.

with

transitions as (

    select * from {{ ref('int_stage_transitions') }}

),

starts as (

    select
        person_key,
        1 as cycle_number,
        cast(null as timestamp) as starts_at
    from transitions
    where movement = 'created'

    union all

    select
        person_key,
        cycle_number + 1,
        transitioned_at
    from transitions
    where is_to_off_funnel and movement not in ('created', 'restored')

),

bounded as (

    select
        person_key,
        cycle_number,
        starts_at,
        lead(starts_at) over (partition by person_key order by cycle_number) as ends_at
    from starts

)

select * from bounded
