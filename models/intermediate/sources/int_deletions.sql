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

versions as (

    select * from {{ ref('int_record_versions') }}
    where is_current

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
        cast(null as varchar) as old_value,
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
        old_value,
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

-- The record's own flag, for those that were deleted and came back in one moment.
flags as (

    select
        record_id,
        bool_or(is_deleted) as is_deleted
    from versions
    group by record_id

),

moments as (

    select
        record_id,
        changed_at,
        min(new_value) <> max(new_value) as is_tie,
        count(old_value) > 0 as has_old_value,
        min(new_value) as one_value
    from not_merged
    group by record_id, changed_at

),

-- Old values tell that one undid the other: the record is what it was before. Without
-- them its flag tells how the moment ended; where nobody tells, it was deleted last.
ends as (

    select
        moments.record_id,
        moments.changed_at,
        case
            when not moments.is_tie then moments.one_value
            when moments.has_old_value then null
            when coalesce(flags.is_deleted, true) then 'true'
            else 'false'
        end as end_value
    from moments
    left join flags on moments.record_id = flags.record_id

),

numbered as (

    select
        *,
        count(end_value) over (
            partition by record_id order by changed_at
            rows between unbounded preceding and current row
        ) as end_number
    from ends

),

ended as (

    select
        record_id,
        changed_at,
        coalesce(
            max(end_value) over (partition by record_id, end_number), 'false'
        ) as end_value
    from numbered

),

settled as (

    select not_merged.*
    from not_merged
    inner join ended
        on
            not_merged.record_id = ended.record_id
            and not_merged.changed_at = ended.changed_at
            and not_merged.new_value = ended.end_value

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
    from settled
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
