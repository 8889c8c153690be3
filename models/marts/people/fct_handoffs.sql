-- One row per handoff: a person offered to sales as a marketing qualified lead.

with

as_of as (

    select * from {{ ref('int_as_of') }}

),

handoffs as (

    select * from {{ ref('int_handoffs') }}

),

listed as (

    select
        handoff_id,
        person_id,
        -- A handoff is its visit: the two ids are one.
        handoff_id as visit_id,
        owner_id,
        decided_by_id,
        decided_transition_id,
        owner_team,
        decision,
        accepted_via,
        accepted_by_kind,
        reason_code,
        owner_change_count,
        hours_to_owner,
        hours_to_decision,
        working_hours_to_decision,
        working_hours_unassigned,
        hours_to_first_action,
        offered_at,
        assigned_at,
        decided_at,
        first_action_at
    from handoffs

),

as_known as (

    select
        listed.*,
        as_of.as_of
    from listed
    cross join as_of

)

select * from as_known
