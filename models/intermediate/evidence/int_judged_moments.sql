-- One row per moment at which evidence is read: entry and exit of each visit, and
-- as_of for each person.

with

visits as (

    select * from {{ ref('int_stage_visits') }}

),

cycles as (

    select * from {{ ref('int_person_cycles') }}
    where is_current

),

build as (

    select * from {{ ref('int_as_of') }}

),

moments as (

    select
        visit_key,
        person_key,
        coalesce(entry_cycle_number, 1) as cycle_number,
        'entry' as moment_kind,
        valid_from as judged_at
    from visits

    union all

    select
        visit_key,
        person_key,
        coalesce(exit_cycle_number, entry_cycle_number, 1),
        'exit',
        valid_to
    from visits
    where valid_to is not null

    union all

    select
        null,
        cycles.person_key,
        cycles.cycle_number,
        'as_of',
        build.as_of
    from cycles
    cross join build

)

select * from moments
