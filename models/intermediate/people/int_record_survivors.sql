-- One row per contact, lead or company that was merged away or converted, with what it
-- is now, at the end of the chain.

with recursive

merged_away as (

    select
        record_id,
        survivor_id
    from {{ ref('int_record_merges') }}
    where object_type <> 'deal'

),

-- Two records that name each other as survivor make no endless way.
walked as (

    select
        record_id,
        survivor_id,
        1 as step
    from merged_away

    union all

    select
        walked.record_id,
        merged_away.survivor_id,
        walked.step + 1
    from walked
    inner join merged_away
        on
            walked.survivor_id = merged_away.record_id
            and walked.record_id <> merged_away.survivor_id
    where walked.step < 50

),

survivors as (

    select
        record_id,
        survivor_id
    from walked
    qualify row_number() over (partition by record_id order by step desc) = 1

)

select * from survivors
