-- One row per finding, with the finding that leads it (itself where none does).
-- A leader may itself have yielded: the catalogue's longest chain is three rules.

with

findings as (

    select * from {{ ref('int_findings') }}

),

leaders as (

    select * from {{ ref('int_finding_leaders') }}

),

causes as (

    select
        findings.violation_id,
        coalesce(
            second_leaders.leader_id, first_leaders.leader_id, findings.violation_id
        ) as cause_id,
        first_leaders.leader_id is null as is_leading
    from findings
    left join leaders as first_leaders
        on findings.violation_id = first_leaders.violation_id
    left join leaders as second_leaders
        on first_leaders.leader_id = second_leaders.violation_id

)

select * from causes
