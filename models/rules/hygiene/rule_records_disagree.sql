-- One row per live person whose stage more than one record tells, judged for their
-- disagreement (HY11).

with

comparisons as (

    select * from {{ ref('int_stage_comparisons') }}

),

people as (

    select * from {{ ref('int_people') }}
    where not is_deleted

),

limits as (

    select * from {{ ref('int_thresholds_scoped') }}
    where rule_code = 'HY11' and threshold_name = 'disagreement_days'

),

build as (

    select * from {{ ref('int_as_of') }}

),

-- The difference that has stood longest speaks for the person.
longest as (

    select *
    from comparisons
    qualify
        row_number() over (
            partition by person_key
            order by
                is_different desc, differs_from asc, record_id asc, other_record_id asc
        ) = 1

),

measured as (

    select
        longest.*,
        build.as_of,
        coalesce(limits.threshold_value, 0) as allowed_days,
        {{ seconds_between('longest.differs_from', 'build.as_of') }}
        / 86400 as differing_days
    from longest
    cross join build
    inner join people on longest.person_key = people.person_key
    left join limits
        on
            people.lifecycle_stage = limits.lifecycle_stage
            and coalesce(people.lead_source_group, '') = limits.lead_source_group
            and coalesce(people.segment, '') = limits.segment
            and build.as_of >= limits.valid_from
            and build.as_of < limits.valid_to

),

judged as (

    select
        person_key as subject_key,
        case
            when not is_different or differing_days = allowed_days then 'passed'
            when differing_days < allowed_days then 'not_judged'
            else 'broken'
        end as verdict,
        case when is_different and differing_days < allowed_days then 'not_due' end
            as reason,
        as_of as judged_at,
        differs_from as occurred_at,
        case
            when is_different and differing_days > allowed_days
                then
                    record_id || ' says ' || lifecycle_stage || ' since '
                    || {{ readable_time('held_from') }} || ', ' || other_record_id
                    || ' says ' || other_stage || ' since '
                    || {{ readable_time('other_held_from') }} || ': for '
                    || {{ number_over('differing_days', 'allowed_days') }} || ' days ('
                    || {{ readable_number('allowed_days') }} || ' allowed)'
        end as evidence
    from measured

)

select * from judged
