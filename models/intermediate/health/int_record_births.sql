-- One row per record or deal, with when it, or the first of those merged into it, was
-- created.

with

records as (

    select * from {{ ref('int_timeline_records') }}

),

merged_away as (

    select * from {{ ref('int_record_merges') }}

),

-- A survivor holds the history of what it took in, and of what that had taken in.
taken_in as (

    select
        record_id as survivor_id,
        record_id
    from records
    union
    select
        survivor_id,
        record_id
    from merged_away
    union
    select
        second_steps.survivor_id,
        first_steps.record_id
    from merged_away as first_steps
    inner join merged_away as second_steps
        on first_steps.survivor_id = second_steps.record_id

),

births as (

    select
        survivors.record_key,
        survivors.record_id,
        bool_and(records.created_at is not null) as is_known,
        min(records.created_at) as born_at
    from taken_in
    inner join records as survivors on taken_in.survivor_id = survivors.record_id
    left join records on taken_in.record_id = records.record_id
    group by survivors.record_key, survivors.record_id

)

select * from births
