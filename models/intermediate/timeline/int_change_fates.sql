-- One row per stage change of a person's records, with what became of it.

with

changes as (

    select * from {{ ref('int_person_changes_counted') }}

),

ordered as (

    select * from {{ ref('int_changes_ordered') }}
    where concept = 'person_stage'

),

settled as (

    select * from {{ ref('int_changes_settled') }}
    where concept = 'person_stage'

),

starts as (

    select * from {{ ref('int_visit_starts') }}
    where concept = 'person_stage'

),

transitions as (

    select * from {{ ref('int_stage_transitions') }}

),

judged as (

    select
        changes.change_key,
        changes.person_key,
        changes.record_id,
        case
            when changes.fate <> 'counted' then changes.fate
            when transitions.change_key is not null then 'transition'
            when starts.change_key is not null and starts.stated_value = 'unmapped'
                then 'unmapped_visit'
            when starts.change_key is not null and starts.value_before = 'unmapped'
                then 'unmapped_cleared'
            -- the same value again after a hole starts a visit through its transition
            when ordered.is_interruption or settled.change_key is null
                then 'interruption'
            -- what resumes a stay is counted with the interruption it ends
            when settled.is_standing and settled.is_after_interruption
                then 'interruption'
            when settled.is_standing and settled.stated_value is null
                then 'already_empty'
            when settled.is_standing then 'touch'
            else 'undone_in_its_moment'
        end as fate,
        changes.changed_at
    from changes
    left join ordered on changes.change_key = ordered.change_key
    left join settled on changes.change_key = settled.change_key
    left join starts on changes.change_key = starts.change_key
    left join transitions on changes.change_key = transitions.change_key

)

select * from judged
