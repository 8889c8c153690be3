-- One row per finding, with the finding that leads it (itself where none does).
-- A leader may itself have yielded, in chains of any length.

with recursive

findings as (

    select * from {{ ref('int_findings') }}

),

leaders as (

    select * from {{ ref('int_finding_leaders') }}

),

-- A union without repetitions ends, however long the chains, also where they are rings.
walked as (

    select
        violation_id,
        leader_id
    from leaders

    union

    select
        walked.violation_id,
        leaders.leader_id
    from walked
    inner join leaders on walked.leader_id = leaders.violation_id

),

-- The one that yields to none; where findings yield to each other, the first by its id.
ended as (

    select
        walked.violation_id,
        coalesce(
            min(case when leaders.violation_id is null then walked.leader_id end),
            min(walked.leader_id)
        ) as cause_id
    from walked
    left join leaders on walked.leader_id = leaders.violation_id
    group by walked.violation_id

),

causes as (

    select
        findings.violation_id,
        coalesce(ended.cause_id, findings.violation_id) as cause_id,
        coalesce(ended.cause_id = findings.violation_id, true) as is_leading
    from findings
    left join ended on findings.violation_id = ended.violation_id

)

select * from causes
