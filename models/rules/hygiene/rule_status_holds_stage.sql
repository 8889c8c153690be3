-- One row per record with a lead status, judged for holding a lifecycle stage in it
-- (HY04).

with

held_values as (

    select * from {{ ref('int_held_values') }}
    where concept = 'lead_status'

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

judged as (

    select
        held_values.record_key as subject_key,
        case when held_values.is_known_stage then 'broken' else 'passed' end as verdict,
        cast(null as varchar) as reason,
        as_of.as_of as judged_at,
        held_values.held_from as occurred_at,
        case
            when held_values.is_known_stage
                then
                    'the status field holds "' || held_values.source_value || '" since '
                    || {{ readable_time('held_values.held_from') }}
                    || ', which is a lifecycle stage'
        end as evidence
    from held_values
    cross join as_of

)

select * from judged
