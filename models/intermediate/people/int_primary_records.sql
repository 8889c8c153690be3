-- One row per person, with the record that speaks for it: the live one that carried the
-- current stage or took in what carried it, else the earliest live one, else the
-- earliest.

with

records as (

    select * from {{ ref('int_person_records') }}

),

visits as (

    select * from {{ ref('int_stage_visits') }}
    where is_open

),

survivors as (

    select * from {{ ref('int_record_survivors') }}

),

carriers as (

    select
        visits.person_key,
        visits.record_id,
        coalesce(survivors.survivor_id, visits.record_id) as carrier_id
    from visits
    left join survivors on visits.record_id = survivors.record_id

),

ranked as (

    select
        records.*,
        row_number() over (
            partition by records.person_key
            order by
                records.is_live desc,
                case
                    when
                        records.is_live and carriers.carrier_id = records.record_id
                        then 0
                    when carriers.record_id = records.record_id then 1
                    else 2
                end,
                records.is_merged_away asc,
                records.created_at asc nulls last,
                records.record_id asc
        ) as record_number
    from records
    left join carriers on records.person_key = carriers.person_key

)

select * from ranked
where record_number = 1
