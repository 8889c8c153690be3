-- Where does the funnel leak: out of which stage do people fall, and how long did they
-- sit there before?
-- Asked by: whoever wonders which step to work on first.
-- Reads: every stay that has ended, bulk moves and unknown starts left out, by stage:
-- how it ended, and how long those stayed who moved on and those who fell out.

with

visits as (

    select * from {{ ref('fct_stage_visits') }}
    where not is_open and not is_bulk and not is_start_inferred

),

stages as (

    select * from {{ ref('dim_stages') }}

),

ended as (

    select
        stages.lifecycle_stage,
        stages.stage_rank,
        visits.stay_days,
        coalesce(next_stages.stage_rank > stages.stage_rank, false) as is_forward,
        coalesce(next_stages.stage_rank < stages.stage_rank, false) as is_backward,
        next_stages.lifecycle_stage is not null and next_stages.stage_rank is null
            as is_off_funnel
    from visits
    inner join stages
        on visits.lifecycle_stage = stages.lifecycle_stage
    left join stages as next_stages
        on visits.next_lifecycle_stage = next_stages.lifecycle_stage
    where stages.stage_rank is not null

)

select
    lifecycle_stage,
    count(*) as ended_count,
    count(*) filter (where is_forward) as forward_count,
    count(*) filter (where is_backward) as backward_count,
    count(*) filter (where is_off_funnel) as off_funnel_count,
    round(count(*) filter (where is_off_funnel) / count(*), 3) as loss_rate,
    round(median(stay_days) filter (where is_forward), 1) as days_median_of_forward,
    round(median(stay_days) filter (where is_off_funnel), 1) as days_median_of_lost
from ended
group by lifecycle_stage, stage_rank
order by stage_rank asc
