-- Which team puts right what it can, how fast, and what is left lying?
-- Asked by: operations, for the monthly meeting on data quality.
-- Reads: findings that can be repaired and that lead (one fault counts once), by rule
-- and by the team of the owner. Days to repair run from the fault to the moment it was
-- put right, where the CRM tells it.

with

violations as (

    select
        *,
        coalesce(owner_team, 'unassigned') as team,
        {{ seconds_between('occurred_at', 'repaired_at') }} / 86400 as days_to_repair
    from {{ ref('fct_rule_violations') }}
    where is_repairable and is_leading

),

rules as (

    select * from {{ ref('dim_rules') }}

)

select
    violations.rule_code,
    rules.title,
    violations.team,
    count(*) filter (where violations.state = 'repaired') as repaired_count,
    count(*) filter (where violations.state = 'open') as open_count,
    count(*) filter (where violations.state = 'historical') as too_late_count,
    round(median(violations.days_to_repair), 1) as days_to_repair_median,
    min(violations.occurred_at) filter (
        where violations.state = 'open'
    ) as oldest_open_at
from violations
inner join rules
    on violations.rule_code = rules.rule_code
group by violations.rule_code, rules.title, violations.team
order by open_count desc, violations.rule_code asc, violations.team asc
