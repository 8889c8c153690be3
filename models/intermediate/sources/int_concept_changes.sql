-- One row per landed and dated change of a field that carries a concept, those after
-- as_of too.

with

landed as (

    select * from {{ ref('int_changes_landed') }}

),

field_mappings as (

    select * from {{ ref('int_field_mappings') }}

),

user_names as (

    select * from {{ ref('int_user_names') }}

),

read as (

    select
        landed.source_system,
        landed.object_type,
        landed.record_id,
        field_mappings.concept,
        landed.source_field,
        {{ concept_value('field_mappings', 'landed.old_value') }} as old_value,
        {{ concept_value('field_mappings', 'landed.new_value') }} as new_value,
        case
            when field_mappings.concept = 'owner' then trim(landed.new_value)
        end as told_owner,
        landed.changed_by_id,
        landed.change_source,
        landed.changed_at,
        landed.known_by,
        landed.changed_after
    from landed
    inner join field_mappings
        on
            landed.source_system = field_mappings.source_system
            and landed.object_type = field_mappings.object_type
            and landed.source_field = field_mappings.source_field
    where landed.changed_at is not null

),

-- Who is told by name or address is the one that users know by it.
changes as (

    select
        read.source_system,
        read.object_type,
        read.record_id,
        read.concept,
        read.source_field,
        coalesce(old_owners.user_id, read.old_value) as old_value,
        coalesce(new_owners.user_id, read.new_value) as new_value,
        case
            when new_owners.user_id is null and read.new_value like '%:named-%'
                then read.told_owner
        end as owner_name,
        coalesce(actors.user_id, read.changed_by_id) as changed_by_id,
        read.change_source,
        read.changed_at,
        read.known_by,
        read.changed_after
    from read
    left join user_names as old_owners on read.old_value = old_owners.named_id
    left join user_names as new_owners on read.new_value = new_owners.named_id
    left join user_names as actors on read.changed_by_id = actors.named_id

)

select * from changes
