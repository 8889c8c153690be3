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

landed as (

    select * from {{ ref('int_changes_unioned') }}
    where concept = 'lifecycle_stage' and object_type in ('contact', 'lead')

),

records as (

    select * from {{ ref('int_timeline_records') }}

),

landed_keys as (

    select coalesce(max(change_key), 0) as last_key
    from {{ ref('int_landed_changes') }}

),

-- What is dated before as_of on a record that was created after it moves nobody yet.
not_there as (

    select
        landed_keys.last_key + row_number() over (
            order by
                landed.record_id, landed.changed_at, landed.new_value nulls first,
                landed.old_value nulls first, landed.changed_by_id nulls first,
                landed.change_source nulls first, landed.source_field, landed.known_by
        ) as change_key,
        cast(null as bigint) as person_key,
        landed.record_id,
        'record_not_there' as fate,
        landed.changed_at
    from landed
    cross join landed_keys
    left join records on landed.record_id = records.record_id
    where records.record_id is null

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

),

fates as (

    select * from judged
    union all
    select * from not_there

)

select * from fates
