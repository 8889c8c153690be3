-- One row per person in the funnel with a won deal, judged for being a customer
-- (AL01).

with

people as (

    select * from {{ ref('int_people') }}
    where not is_deleted and not is_off_funnel and stage_rank is not null

),

evidence as (

    select * from {{ ref('int_person_evidence') }}
    where won_deal_count > 0

),

rules as (

    select * from {{ ref('int_rules_in_force') }}
    where rule_code = 'AL01'

),

limits as (

    select * from {{ ref('int_thresholds_scoped') }}
    where rule_code = 'AL01' and threshold_name = 'grace_days'

),

stages as (

    select * from {{ ref('int_policy_stages') }}

),

build as (

    select * from {{ ref('int_as_of') }}

),

customer_stages as (

    select
        stages.stage_rank as customer_rank,
        stages.label as customer_label
    from stages
    cross join build
    where
        stages.stage_role = 'customer'
        and build.as_of >= stages.valid_from
        and build.as_of < stages.valid_to

),

measured as (

    select
        people.person_key,
        stages.label as stage_label,
        customer_stages.customer_label,
        evidence.deal_id,
        coalesce(limits.threshold_value, 0) as grace_days,
        people.stage_rank < customer_stages.customer_rank as is_below,
        evidence.won_at,
        evidence.surely_won_at,
        evidence.contract_signed_at,
        evidence.won_and_signed_at,
        build.as_of,
        evidence.won_and_signed_at is not null
        and {{ seconds_between('evidence.won_and_signed_at', 'build.as_of') }}
        > coalesce(limits.threshold_value, 0) * 86400 as is_late
    from people
    cross join build
    cross join rules
    cross join customer_stages
    inner join evidence on people.person_key = evidence.person_key
    left join stages
        on
            people.lifecycle_stage = stages.lifecycle_stage
            and build.as_of >= stages.valid_from
            and build.as_of < stages.valid_to
    left join limits
        on
            people.lifecycle_stage = limits.lifecycle_stage
            and coalesce(people.lead_source_group, '') = limits.lead_source_group
            and coalesce(people.segment, '') = limits.segment
            and build.as_of >= limits.valid_from
            and build.as_of < limits.valid_to
    where rules.evidence_scope <> 'person' or not evidence.is_evidence_from_account

),

judged as (

    select
        person_key as subject_key,
        case when is_below and is_late then 'broken' else 'passed' end as verdict,
        cast(null as varchar) as reason,
        as_of as judged_at,
        won_and_signed_at as occurred_at,
        case
            when is_below and is_late
                then
                    'deal ' || deal_id || ' won '
                    || {{ readable_day('won_at', 'won_at < surely_won_at') }}
                    || coalesce(
                        ', contract signed '
                        || {{ readable_day(
                            'contract_signed_at',
                            'contract_signed_at = '
                            ~ local_midnight(local_date('contract_signed_at'))
                        ) }},
                        ''
                    )
                    || ', and the stage is still ' || stage_label || ' after '
                    || {{ number_over(
                        seconds_between('won_and_signed_at', 'as_of') ~ ' / 86400',
                        'grace_days'
                    ) }} || ' days (' || {{ readable_number('grace_days') }}
                    || ' allowed), not ' || customer_label
        end as evidence
    from measured

)

select * from judged
