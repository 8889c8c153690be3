-- One row per landed change that says what the value was before, and is not the first
-- of its field on its record, with whether the history had ever made it so.

with

changes as (

    select * from {{ ref('int_landed_changes') }}
    where concept <> 'is_deleted' and known_by = 'history'

),

creations as (

    select * from {{ ref('int_creation_changes') }}

),

first_changes as (

    select * from {{ ref('int_first_changes') }}

),

made as (

    select
        record_key,
        concept,
        lower(trim(new_value)) as value_key,
        changed_at
    from changes
    where new_value is not null
    union all
    select
        record_key,
        concept,
        lower(trim(source_value)),
        changed_at
    from creations

),

first_made as (

    select
        record_key,
        concept,
        value_key,
        min(changed_at) as made_at
    from made
    group by record_key, concept, value_key

),

-- a change that lands neither value happened, and nobody knows to what
first_unknown as (

    select
        record_key,
        concept,
        min(changed_at) as made_at
    from changes
    where old_value is null and new_value is null
    group by record_key, concept

),

linked as (

    select
        changes.change_key,
        changes.record_key,
        changes.record_id,
        changes.concept,
        changes.source_field,
        changes.old_value,
        changes.new_value,
        row_number() over (
            partition by
                changes.record_key, changes.concept, changes.changed_at,
                changes.new_value
            order by changes.change_key
        ) as moment_position,
        coalesce(first_made.made_at < changes.changed_at, false)
        -- values of one moment have no order of their own
        or coalesce(
            first_made.made_at = changes.changed_at
            and lower(trim(changes.new_value)) is distinct from first_made.value_key,
            false
        )
        or coalesce(first_unknown.made_at <= changes.changed_at, false) as is_explained,
        changes.changed_at
    from changes
    left join first_changes on changes.change_key = first_changes.change_key
    left join first_made
        on
            changes.record_key = first_made.record_key
            and changes.concept = first_made.concept
            and lower(trim(changes.old_value)) = first_made.value_key
    left join first_unknown
        on
            changes.record_key = first_unknown.record_key
            and changes.concept = first_unknown.concept
    where changes.old_value is not null and first_changes.change_key is null

)

select * from linked
