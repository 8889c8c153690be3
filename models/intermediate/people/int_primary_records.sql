-- One row per person, with the record that speaks for it: the live one that carried the
-- current stage, else the earliest live one, else the earliest.

with

records as (

    select * from {{ ref('int_person_records') }}

),

visits as (

    select * from {{ ref('int_stage_visits') }}
    where is_open

),

ranked as (

    select
        records.*,
        row_number() over (
            partition by records.person_key
            order by
                records.is_live desc,
                case when visits.record_id = records.record_id then 0 else 1 end,
                records.is_merged_away asc,
                records.created_at asc nulls last,
                records.record_id asc
        ) as record_number
    from records
    left join visits on records.person_key = visits.person_key

)

select * from ranked
where record_number = 1
