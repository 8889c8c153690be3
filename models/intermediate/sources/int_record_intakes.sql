-- One row per contact, lead or company that was merged away or converted and a record
-- that took it in, directly or through others, with when.

with recursive

merged_away as (

    select
        record_id,
        survivor_id,
        merged_at
    from {{ ref('int_record_merges') }}
    where object_type <> 'deal' and record_id <> survivor_id

),

-- Records that name each other as survivors make no endless way.
walked as (

    select
        record_id,
        survivor_id,
        merged_at as taken_in_at,
        '|' || record_id || '|' || survivor_id || '|' as way,
        1 as step
    from merged_away

    union all

    select
        walked.record_id,
        merged_away.survivor_id,
        -- unknown is the way of which one step is
        case
            when walked.taken_in_at >= merged_away.merged_at then walked.taken_in_at
            when walked.taken_in_at is not null then merged_away.merged_at
        end,
        walked.way || merged_away.survivor_id || '|',
        walked.step + 1
    from walked
    inner join merged_away on walked.survivor_id = merged_away.record_id
    where position('|' || merged_away.survivor_id || '|' in walked.way) = 0

)

select
    record_id,
    survivor_id,
    step,
    taken_in_at
from walked
