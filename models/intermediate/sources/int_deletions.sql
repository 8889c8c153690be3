-- One row per moment a record or deal was deleted or came back, none after as_of.

with

dated as (

    select * from {{ ref('int_deletions_dated') }}

),

changes as (

    select * from {{ ref('int_changes_by_concept') }}

),

merged_away as (

    select * from {{ ref('int_record_merges') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

unioned as (

    select
        source_system,
        object_type,
        record_id,
        'is_deleted' as source_field,
        case when is_deleted then 'true' else 'false' end as new_value,
        cast(null as varchar) as changed_by_id,
        cast(null as varchar) as change_source,
        changed_at,
        known_by,
        changed_after
    from dated
    union all
    select
        source_system,
        object_type,
        record_id,
        source_field,
        coalesce(lower(new_value), 'false') as new_value,
        changed_by_id,
        change_source,
        changed_at,
        known_by,
        changed_after
    from changes
    where concept = 'is_deleted'

),

-- Merging a record away is not a deletion.
not_merged as (

    select unioned.*
    from unioned
    inner join as_of on unioned.changed_at <= as_of.as_of
    left join merged_away on unioned.record_id = merged_away.record_id
    where merged_away.record_id is null

),

-- A deletion that is told twice happened once.
deletions as (

    select
        source_system,
        object_type,
        record_id,
        source_field,
        new_value,
        changed_by_id,
        change_source,
        changed_at,
        known_by,
        changed_after
    from not_merged
    qualify
        new_value is distinct from lag(new_value, 1, 'false') over (
            partition by record_id
            order by
                changed_at,
                new_value,
                known_by,
                changed_by_id nulls last,
                change_source nulls last,
                source_field,
                changed_after
        )

)

select * from deletions
