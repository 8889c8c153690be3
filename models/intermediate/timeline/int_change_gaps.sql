-- One row per change whose old value is not what the history had made it.

with

changes as (

    select * from {{ ref('int_changes_mapped') }}

),

lagged as (

    select
        *,
        lag(source_value) over in_order as value_before,
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
        and lower(trim(old_source_value)) is distinct from lower(trim(value_before))

)

select suspects.change_key
from suspects
-- values of one moment have no order of their own: any of them explains the old value
where not exists (
    select 1 from changes
    where
        changes.record_key = suspects.record_key
        and changes.concept = suspects.concept
        and changes.changed_at in (suspects.changed_at, suspects.changed_before_at)
        and lower(trim(changes.source_value)) = lower(trim(suspects.old_source_value))
)
