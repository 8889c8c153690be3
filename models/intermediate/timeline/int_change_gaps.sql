-- One row per change whose old value is not what the history had made it.

with

changes as (

    select * from {{ ref('int_changes_mapped') }}

),

lagged as (

    select
        *,
        lag(source_value) over in_order as value_before,
        -- date fields tell of some stages only
        coalesce(lag(known_by = 'stage_date') over in_order, false) as is_dated_before,
        lag(changed_at) over in_order as changed_before_at
    from changes
    window in_order as (
        partition by record_key, concept
        order by changed_at, source_value nulls first, change_key
    )

),

suspects as (

    select * from lagged
    where
        old_source_value is not null
        and changed_before_at is not null
        and not is_dated_before
        and lower(trim(old_source_value)) is distinct from lower(trim(value_before))

),

moments_before as (

    select
        suspects.change_key,
        max(changes.changed_at) as moment_before_at
    from suspects
    inner join changes
        on
            suspects.record_key = changes.record_key
            and suspects.concept = changes.concept
            and suspects.changed_at > changes.changed_at
    group by suspects.change_key

)

select suspects.change_key
from suspects
inner join moments_before on suspects.change_key = moments_before.change_key
-- values of one moment have no order of their own: any of them explains the old value,
-- and a change that lands neither value may have made anything
where not exists (
    select 1 from changes
    where
        changes.record_key = suspects.record_key
        and changes.concept = suspects.concept
        and changes.change_key <> suspects.change_key
        and changes.changed_at in (
            suspects.changed_at, moments_before.moment_before_at
        )
        and (
            lower(trim(changes.source_value)) = lower(trim(suspects.old_source_value))
            or (changes.source_value is null and changes.old_source_value is null)
        )
)
