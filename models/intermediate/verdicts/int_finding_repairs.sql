-- One row per finding that was put right later, with the moment where it is known.

with

findings as (

    select * from {{ ref('int_findings') }}
    where is_repairable

),

handoffs as (

    select * from {{ ref('int_handoffs') }}

),

stage_visits as (

    select * from {{ ref('int_stage_visits') }}

),

deal_moments as (

    select * from {{ ref('int_person_deal_moments') }}

),

people as (

    select * from {{ ref('int_people') }}

),

reasons_filled as (

    select
        findings.violation_id,
        handoffs.reason_filled_at as repaired_at
    from findings
    inner join handoffs
        on findings.subject_key = handoffs.handoff_key
    where findings.rule_code = 'EX03' and handoffs.reason_filled_at is not null

),

deals_added as (

    select
        findings.violation_id,
        min(
            case
                when findings.rule_code = 'EN12' then deal_moments.won_at
                else deal_moments.opened_at
            end
        ) as repaired_at
    from findings
    inner join stage_visits
        on findings.subject_key = stage_visits.visit_key
    inner join deal_moments
        on stage_visits.person_key = deal_moments.person_key
    where
        (findings.rule_code = 'EN10' and deal_moments.opened_at > findings.judged_at)
        or (findings.rule_code = 'EN12' and deal_moments.won_at > findings.judged_at)
    group by findings.violation_id

),

sources_filled as (

    select
        findings.violation_id,
        cast(null as timestamp) as repaired_at
    from findings
    inner join stage_visits
        on findings.subject_key = stage_visits.visit_key
    inner join people
        on stage_visits.person_key = people.person_key
    where findings.rule_code = 'EN03' and people.is_valid_lead_source

),

repairs as (

    select
        violation_id,
        repaired_at
    from reasons_filled
    union all
    select
        violation_id,
        repaired_at
    from deals_added
    union all
    select
        violation_id,
        repaired_at
    from sources_filled

)

select * from repairs
