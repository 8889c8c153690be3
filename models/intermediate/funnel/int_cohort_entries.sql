-- One row per person and funnel stage: the first entry neither inferred nor bulk.

with

stage_visits as (

    select * from {{ ref('int_stage_visits') }}
    where not is_start_inferred and not is_bulk and not is_restored

),

visit_cohorts as (

    select * from {{ ref('int_visit_cohorts') }}

),

stages as (

    select * from {{ ref('int_funnel_stages') }}

),

absences as (

    select * from {{ ref('int_person_absences') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

numbered as (

    select
        stage_visits.*,
        row_number() over (
            partition by stage_visits.person_key, stage_visits.lifecycle_stage
            order by stage_visits.valid_from asc, stage_visits.visit_key asc
        ) as entry_number
    from stage_visits

),

-- Leaving the funnel does not end the watch over somebody; a deletion that stands does.
deletions as (

    select
        person_key,
        max(absent_from) as deleted_at
    from absences
    where absent_to is null
    group by person_key

),

entries as (

    select
        numbered.visit_key,
        numbered.person_key,
        numbered.person_id,
        numbered.lifecycle_stage,
        stages.stage_role,
        visit_cohorts.lead_source_group,
        visit_cohorts.segment,
        stages.stage_rank,
        numbered.valid_from as entered_at,
        least(coalesce(deletions.deleted_at, as_of.as_of), as_of.as_of)
            as watched_until
    from numbered
    cross join as_of
    inner join stages
        on numbered.lifecycle_stage = stages.lifecycle_stage
    inner join visit_cohorts
        on numbered.visit_key = visit_cohorts.visit_key
    left join deletions
        on numbered.person_key = deletions.person_key
    where numbered.entry_number = 1

)

select * from entries
