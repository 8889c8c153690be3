-- One row per record or deal that was merged away, with what it went into (one step).

with

told as (

    select * from {{ ref('int_merges_told') }}

),

-- A survivor lists those its losers had taken in: all the ways end at one record, the
-- newest merge is the last step.
one_survivor as (

    select
        source_system,
        object_type,
        record_id,
        survivor_id,
        link_kind,
        merged_at
    from told
    qualify
        row_number() over (
            partition by record_id
            order by merged_at desc nulls last, survivor_id asc
        ) = 1

)

select * from one_survivor
