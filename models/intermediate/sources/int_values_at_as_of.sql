-- One row per record or deal and concept that changed after as_of, with what it held at
-- as_of: what the last change by then had made it, else what the first one after it
-- tells as its old value.

with

changes as (

    select * from {{ ref('int_concept_changes') }}

),

observed as (

    select * from {{ ref('int_observed_changes') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

unioned as (

    select
        source_system,
        object_type,
        record_id,
        concept,
        source_field,
        old_value,
        new_value,
        changed_at
    from changes
    where concept <> 'is_deleted'
    union all
    select
        source_system,
        object_type,
        record_id,
        concept,
        source_field,
        old_value,
        new_value,
        changed_at
    from observed

),

moments as (

    select
        unioned.*,
        unioned.changed_at > as_of.as_of as is_later
    from unioned
    cross join as_of

),

later as (

    select * from moments
    where is_later
    qualify
        changed_at = min(changed_at) over (partition by record_id, concept)

),

-- Of several changes in one moment the first is the one whose old value none of them
-- wrote.
written as (

    -- distinct: rows of a history repeat
    select distinct
        record_id,
        concept,
        new_value
    from later

),

first_later as (

    select
        later.source_system,
        later.object_type,
        later.record_id,
        later.concept,
        later.source_field,
        later.old_value
    from later
    left join written
        on
            later.record_id = written.record_id
            and later.concept = written.concept
            and later.old_value = written.new_value
    qualify
        row_number() over (
            partition by later.record_id, later.concept
            order by
                written.record_id is not null,
                later.old_value nulls last,
                later.source_field nulls last
        ) = 1

),

earlier as (

    select
        moments.record_id,
        moments.concept,
        moments.source_field,
        moments.new_value
    from moments
    inner join first_later
        on
            moments.record_id = first_later.record_id
            and moments.concept = first_later.concept
    where not moments.is_later
    qualify
        row_number() over (
            partition by moments.record_id, moments.concept
            order by
                moments.changed_at desc,
                moments.new_value asc nulls last,
                moments.source_field asc nulls last
        ) = 1

),

then_held as (

    select
        first_later.source_system,
        first_later.object_type,
        first_later.record_id,
        first_later.concept,
        case
            when earlier.record_id is not null then earlier.source_field
            else first_later.source_field
        end as source_field,
        case
            when earlier.record_id is not null then earlier.new_value
            else first_later.old_value
        end as value
    from first_later
    left join earlier
        on
            first_later.record_id = earlier.record_id
            and first_later.concept = earlier.concept

)

select * from then_held
