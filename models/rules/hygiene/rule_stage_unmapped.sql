-- One row per record with a stage value, judged for a value nobody has mapped (HY02).

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
        case when held_values.is_unmapped then 'broken' else 'passed' end as verdict,
        cast(null as varchar) as reason,
        as_of.as_of as judged_at,
        held_values.held_from as occurred_at,
        case
            when held_values.is_unmapped
                then
                    'holds the stage "' || held_values.source_value || '" since '
                    || {{ readable_time('held_values.held_from') }}
                    || ', a value the policy has not mapped'
                    || case held_values.other_record_count
                        when 0 then ''
                        when 1 then ', like one other record'
                        else
                            ', like ' || cast(
                                held_values.other_record_count as varchar
                            ) || ' other records'
                    end
        end as evidence
    from held_values
    cross join as_of

)

select * from judged
