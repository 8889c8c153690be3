-- One row per deal that was merged away, with the deal it is now, at the end of the
-- chain.

with recursive

merged_away as (

    select
        record_id,
        survivor_id
    from {{ ref('int_record_merges') }}
    where object_type = 'deal'

),

-- A union without repetitions ends, however long the chains, also where they are rings.
walked as (

    select
        record_id,
        survivor_id
    from merged_away

    union

    select
        walked.record_id,
        merged_away.survivor_id
    from walked
    inner join merged_away on walked.survivor_id = merged_away.record_id

),

-- Of deals that name each other the first by id stays.
ends as (

    select
        walked.record_id,
        coalesce(
            min(walked.survivor_id) filter (where merged_away.record_id is null),
            min(walked.survivor_id)
        ) as survivor_id
    from walked
    left join merged_away on walked.survivor_id = merged_away.record_id
    group by walked.record_id

)

select * from ends
where record_id <> survivor_id
