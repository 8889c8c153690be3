-- One row per record and timeline concept that has a landed change: its first.
-- Within the first moment, the change whose old value no other change there made.

with

changes as (

    select * from {{ ref('int_landed_changes') }}
    where concept <> 'is_deleted'

),

first_moments as (

    select * from changes
    qualify changed_at = min(changed_at) over (partition by record_key, concept)

),

chained as (

    select distinct one.change_key  -- distinct: several may lead to it
    from first_moments as one
    inner join first_moments as before
        on
            one.record_key = before.record_key
            and one.concept = before.concept
            and (
                one.old_value = before.new_value
                -- set after a clear of what was there
                or (
                    one.old_value is null
                    and before.new_value is null
                    and before.old_value is not null
                )
            )

),

numbered as (

    select
        first_moments.*,
        row_number() over (
            partition by first_moments.record_key, first_moments.concept
            order by
                chained.change_key is not null,
                first_moments.old_value is not null,
                first_moments.change_key
        ) as change_number
    from first_moments
    left join chained on first_moments.change_key = chained.change_key

)

select * from numbered
where change_number = 1
