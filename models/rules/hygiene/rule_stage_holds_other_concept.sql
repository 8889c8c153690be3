-- One row per record with a stage value, judged for holding a lead status or a deal
-- stage in its stage field (HY03).

with

held_values as (

    select * from {{ ref('int_held_values') }}
    where concept = 'lifecycle_stage'

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

judged as (

    select
        held_values.record_key as subject_key,
        case
            when held_values.is_known_status or held_values.is_known_deal_stage
                then 'broken'
            else 'passed'
        end as verdict,
        cast(null as varchar) as reason,
        as_of.as_of as judged_at,
        held_values.held_from as occurred_at,
        case
            when held_values.is_known_status or held_values.is_known_deal_stage
                then
                    'the stage field holds "' || held_values.source_value || '" since '
                    || {{ readable_time('held_values.held_from') }} || ', which is '
                    || case
                        when not held_values.is_known_deal_stage then 'a lead status'
                        when not held_values.is_known_status then 'a deal stage'
                        else 'a lead status and a deal stage'
                    end
        end as evidence
    from held_values
    cross join as_of

)

select * from judged
