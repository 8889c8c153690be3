-- Landed changes of a person's stage without exactly one fate, and fates that the marts
-- do not bear out.

with

landed as (

    select distinct
        record_id,
        source_field,
        old_value,
        new_value,
        changed_by_id,
        change_source,
        changed_at,
        known_by
    from {{ ref('int_changes_unioned') }}
    where
        concept = 'lifecycle_stage'
        and object_type in ('contact', 'lead')

),

fates as (

    select * from {{ ref('int_change_fates') }}

),

-- synthetic creations have negative keys
fates_per_record as (

    select
        record_id,
        count(*) filter (where change_key > 0) as fate_count
    from fates
    group by record_id

),

landed_per_record as (

    select
        record_id,
        count(*) as landed_count
    from landed
    group by record_id

),

moves as (

    select
        count(*) as move_count,
        count(distinct change_key) as moving_change_count
    from {{ ref('int_stage_transitions') }}
    where change_key is not null

),

told as (

    select
        (
            select count(*) from fates
            where fate = 'transition'
        ) as transition_count,
        (
            select count(*) from fates
            where fate = 'touch'
        ) as touch_count,
        (select coalesce(sum(touch_count), 0) from {{ ref('fct_stage_visits') }})
            as counted_touch_count

)

select
    coalesce(landed_per_record.record_id, fates_per_record.record_id) as about,
    landed_per_record.landed_count as expected_count,
    fates_per_record.fate_count as found_count
from landed_per_record
full join fates_per_record
    on landed_per_record.record_id = fates_per_record.record_id
where
    coalesce(landed_per_record.landed_count, 0)
    <> coalesce(fates_per_record.fate_count, 0)

union all

select
    'transitions of changes',
    told.transition_count,
    moves.move_count
from told
cross join moves
where
    told.transition_count <> moves.move_count
    or moves.move_count <> moves.moving_change_count

union all

select
    'touches of visits',
    touch_count,
    counted_touch_count
from told
where touch_count <> counted_touch_count
