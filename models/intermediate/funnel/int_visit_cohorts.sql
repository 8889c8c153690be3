-- One row per stage visit, with the source group and segment it is counted under:
-- those at its entry where they are dated, else today's.

with

stage_visits as (

    select * from {{ ref('int_stage_visits') }}

),

person_values as (

    select * from {{ ref('int_person_values') }}
    where attribute = 'lead_source' and is_known

),

lead_sources as (

    select * from {{ ref('int_lead_sources') }}

),

people as (

    select * from {{ ref('int_people') }}

),

entries as (

    -- the value at entry: stretches of one person do not overlap
    select
        stage_visits.visit_key,
        lower(trim(person_values.value)) as source_value_key
    from stage_visits
    inner join person_values
        on
            stage_visits.person_key = person_values.person_key
            and stage_visits.valid_from >= person_values.valid_from
            and stage_visits.valid_from < person_values.valid_to

),

cohorts as (

    select
        stage_visits.visit_key,
        stage_visits.person_key,
        case
            when entries.visit_key is not null
                then coalesce(lead_sources.lead_source_group, 'unknown')
            else coalesce(people.lead_source_group, 'unknown')
        end as lead_source_group,
        coalesce(people.segment, 'unknown') as segment
    from stage_visits
    left join people
        on stage_visits.person_key = people.person_key
    left join entries
        on stage_visits.visit_key = entries.visit_key
    left join lead_sources
        on entries.source_value_key = lead_sources.source_value_key

)

select * from cohorts
