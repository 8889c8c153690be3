-- How many working hours do MQLs wait, team by team, and how many of those hours did
-- nobody even own the lead?
-- Asked by: the head of sales development, when staffing the week.
-- Reads: decided handoffs by the team of the owner at the offer and by month. The sum
-- is the waiting that leads went through, the median what one lead can expect.

with

handoffs as (

    select
        *,
        coalesce(owner_team, 'unassigned') as team,
        cast(date_trunc('month', offered_at) as date) as offered_in
    from {{ ref('fct_handoffs') }}
    where decision in ('accepted', 'rejected_recycled', 'rejected_disqualified')

)

select
    offered_in,
    team,
    count(*) as decided_count,
    round(sum(working_hours_to_decision), 1) as working_hours_waited,
    round(median(working_hours_to_decision), 1) as working_hours_median,
    round(sum(working_hours_unassigned), 1) as working_hours_unassigned,
    count(*) filter (where owner_change_count > 0) as changed_hands_count,
    count(*) filter (
        where first_action_at is null or first_action_at > decided_at
    ) as decided_unseen_count
from handoffs
group by offered_in, team
order by offered_in asc, team asc
