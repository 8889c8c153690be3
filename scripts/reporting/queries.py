"""The report's questions to the marts. Definitions stand in the marts, not here."""

AS_OF = "select as_of, time_zone from intermediate.int_as_of"

# The loader marks demo data, and never lets it meet own data in one file.
IS_DEMO = "select coalesce(bool_or(method like '%:demo'), false) as is_demo from raw_meta.loads"

# Whatever the marts stand on: each source, and the moment that its newest load stands for.
SOURCES = """
    select source, max(extracted_at) as extracted_at
    from raw_meta.loads group by source order by source
"""
# Stages of the funnel that the policy has and that nobody was ever in, on any record.
EMPTY_ROLES = """
    select stages.stage_role, min(stages.label) as label
    from marts.dim_stages as stages
    where stages.is_active and stages.stage_rank is not null
        and stages.stage_role in ('lead', 'mql', 'sal', 'sql', 'opportunity', 'customer')
        and exists (select 1 from marts.dim_people)
    group by stages.stage_role, stages.stage_rank
    having not bool_or(
        stages.lifecycle_stage in (select lifecycle_stage from marts.fct_record_stage_visits)
        or stages.lifecycle_stage in (select lifecycle_stage from marts.fct_stage_visits)
    )
    order by stages.stage_rank
"""

# Concepts that any record or change of a source holds, however it is called there.
LANDED_CONCEPTS = """
    select distinct concept from marts.fct_source_fields
    where filled_count > 0 or change_count > 0
"""
LABELS = """
    select stage_role, label from marts.dim_stages where stage_role is not null and is_active
"""

# The mission's five measurements, each as numerator and denominator.
# `period` is the first month that counts: a year of whole months before the as-of moment.
COMPLETENESS = """
    select with_valid_stage_count as numerator, people_count as denominator,
        missing_count, unmapped_count
    from marts.funnel_stage_completeness where period_kind = 'week'
    order by period_on desc limit 1
"""
AGING = """
    select sum(aging.overdue_count) as numerator, sum(aging.open_count) as denominator
    from marts.funnel_stage_aging as aging
    inner join marts.dim_stages as stages on aging.lifecycle_stage = stages.lifecycle_stage
    where stages.max_days is not null
"""
ACCEPTANCE = """
    select sum(accepted_count) as numerator, sum(matured_count) as denominator,
        sum(pending_count) as pending_count
    from marts.funnel_mql_acceptance
    where period_kind = 'month' and period_on >= $period
"""
REASONS = """
    select reason_code, sum(rejection_count) as rejection_count,
        sum(sum(rejection_count)) over () as total_count,
        sum(only_in_notes_count) as only_in_notes_count
    from marts.funnel_rejection_reasons
    where period_kind = 'month' and period_on >= $period
    group by reason_code order by rejection_count desc, reason_code
"""
OPPORTUNITIES = """
    select sum(with_opportunity_count) as numerator, sum(matured_count) as denominator
    from marts.funnel_opportunity_creation
    where period_kind = 'month' and window_days = 90 and period_on >= $period
"""
ACCEPTANCE_BY_MONTH = """
    select period_on, sum(accepted_count) as accepted_count,
        sum(matured_count) as matured_count, sum(offered_count) as offered_count,
        sum(pending_count) as pending_count
    from marts.funnel_mql_acceptance
    where period_kind = 'month' and period_on >= $period
    group by period_on order by period_on
"""

# What the policy does not know yet; the most used first. Nobody's address is among them.
UNMAPPED = """
    select source_system, concept, seed, source_value, source_label, suggested_row,
        record_count, current_record_count, first_used_at, last_used_at
    from marts.fct_unmapped_values
    order by record_count desc, concept, source_system, source_value
"""

# Funnel stages by rank, then those off the funnel. Which stays have a length to count is said in
# int_timed_stays, for the aging mart too, whose medians by team cannot be put together.
STAGES = """
    with reached as (
        select lifecycle_stage, count(distinct person_id) as reached_count
        from marts.fct_stage_visits group by lifecycle_stage
    ),
    recorded as (
        select lifecycle_stage, count(*) as people_count
        from marts.dim_people where not is_deleted group by lifecycle_stage
    ),
    stays as (
        select lifecycle_stage, count(*) as completed_count,
            median(stay_days) filter (where is_timed) as completed_days_median
        from intermediate.int_timed_stays
        where not is_open
        group by lifecycle_stage
    ),
    aging as (
        select lifecycle_stage, sum(open_count) as open_count,
            sum(overdue_count) as overdue_count
        from marts.funnel_stage_aging group by lifecycle_stage
    ),
    steps as (
        select cohorts.from_stage, cohorts.to_stage,
            sum(cohorts.matured_count) as matured_count,
            sum(cohorts.converted_count) as converted_count
        from marts.funnel_cohorts as cohorts
        inner join marts.dim_stages as stages on cohorts.to_stage = stages.lifecycle_stage
        where cohorts.window_days = 90
        group by cohorts.from_stage, cohorts.to_stage, stages.stage_rank
        qualify row_number() over (
            partition by cohorts.from_stage order by stages.stage_rank nulls last
        ) = 1
    )
    select stages.lifecycle_stage, stages.label, stages.stage_rank, stages.max_days,
        stages.owner_team,
        coalesce(reached.reached_count, 0) as reached_count,
        coalesce(recorded.people_count, 0) as people_count,
        coalesce(stays.completed_count, 0) as completed_count, stays.completed_days_median,
        coalesce(aging.open_count, 0) as open_count,
        coalesce(aging.overdue_count, 0) as overdue_count,
        steps.to_stage, steps.matured_count, steps.converted_count,
        steps.converted_count / nullif(steps.matured_count, 0) as conversion_rate
    from marts.dim_stages as stages
    left join reached on stages.lifecycle_stage = reached.lifecycle_stage
    left join recorded on stages.lifecycle_stage = recorded.lifecycle_stage
    left join stays on stages.lifecycle_stage = stays.lifecycle_stage
    left join aging on stages.lifecycle_stage = aging.lifecycle_stage
    left join steps on stages.lifecycle_stage = steps.from_stage
    -- a stage that the policy has switched off shows only where somebody was in it
    where stages.is_active or reached.reached_count > 0 or recorded.people_count > 0
    order by stages.stage_rank nulls last, stages.label
"""
AGING_BY_TEAM = """
    select stages.label, stages.max_days, aging.owner_team, aging.open_count,
        aging.open_days_median, aging.open_days_p90, aging.overdue_count,
        aging.completed_count, aging.completed_days_median, aging.completed_days_p90,
        aging.excluded_count
    from marts.funnel_stage_aging as aging
    inner join marts.dim_stages as stages on aging.lifecycle_stage = stages.lifecycle_stage
    where aging.open_count > 0
    order by stages.stage_rank nulls last, stages.label, aging.owner_team
"""
RULES = """
    select rules.rule_code, rules.title, rules.family, rules.severity, rules.mode,
        rules.owner_team, rules.reason, rules.remedy, rules.subject_type,
        results.subject_count, results.judged_count, results.broken_count, results.broken_rate,
        results.not_judged_count, results.main_not_judged_reason, results.excepted_count,
        reasons.not_judged_count as main_reason_count,
        results.evidence_coverage_rate, results.amber_rate, results.red_rate, results.status,
        results.budget_judged_count, results.budget_broken_count, results.budget_rate,
        results.budget_from_on,
        coalesce(findings.open_count, 0) as open_count,
        coalesce(findings.leading_count, 0) as leading_count
    from marts.dim_rules as rules
    inner join marts.fct_rule_results as results on rules.rule_code = results.rule_code
    left join (
        select rule_code, count(*) filter (where is_leading) as leading_count,
            count(*) filter (where state = 'open' and is_leading) as open_count
        from marts.fct_rule_violations group by rule_code
    ) as findings on rules.rule_code = findings.rule_code
    left join intermediate.int_rule_unjudged_reasons as reasons
        on results.rule_code = reasons.rule_code
        and results.main_not_judged_reason = reasons.reason
    order by case results.status
            when 'red' then 1 when 'amber' then 2 when 'green' then 3 else 4
        end,
        results.broken_rate desc nulls last, rules.rule_code
"""

# What the run that published these marts said of the one before it.
LAST_RUN = """
    select runs.rule_code, runs.new_count, runs.repaired_count, runs.unchanged_count
    from raw_meta.rule_results_published as runs
    inner join intermediate.int_as_of as moment on runs.as_of = moment.as_of
    where runs.run_number = (select max(run_number) from raw_meta.rule_results_published)
"""
HAS_RUNS = """
    select count(*) > 0 as has_runs from duckdb_tables()
    where schema_name = 'raw_meta' and table_name = 'rule_results_published'
"""
# The newest of each rule that is over its amber bound; open ones first.
FIRST_VIOLATIONS = """
    select violations.rule_code, violations.evidence, violations.crm_url,
        coalesce(violations.record_id, violations.deal_id, violations.person_id,
            violations.subject_id) as record_id
    from marts.fct_rule_violations as violations
    inner join marts.fct_rule_results as results on violations.rule_code = results.rule_code
    where violations.is_leading and results.status in ('red', 'amber')
    qualify row_number() over (
        partition by violations.rule_code
        order by violations.state = 'open' desc, violations.occurred_at desc,
            violations.violation_id
    ) <= 10
    order by violations.rule_code, violations.state = 'open' desc, violations.occurred_at desc,
        violations.violation_id
"""

# Only what somebody can act on, each cause once, and a few of each rule. Quarterly questions
# about the stage model are no one's work for the day.
WORKLIST = """
    with worklist as (
        select coalesce(violations.owner_team, rules.owner_team, 'nobody') as team,
            violations.*, rules.title
        from marts.fct_rule_violations as violations
        inner join marts.dim_rules as rules on violations.rule_code = rules.rule_code
        where violations.state = 'open' and violations.is_leading
            and violations.is_repairable and rules.family <> 'stage_model'
            and violations.mode <> 'off'
    ),
    numbered as (
        select *,
            row_number() over (
                partition by team, rule_code order by occurred_at desc, violation_id
            ) as number_in_rule,
            count(*) over (partition by team) as team_count
        from worklist
    )
    select team, rule_code, title, severity, evidence, remedy, occurred_at, is_new, crm_url,
        coalesce(record_id, deal_id, person_id, subject_id) as record_id,
        team_count
    from numbered
    where number_in_rule <= $rule_limit
    qualify row_number() over (
        partition by team
        order by case severity when 'high' then 1 when 'medium' then 2 else 3 end,
            rule_code, number_in_rule
    ) <= $team_limit
    order by team_count desc, team,
        case severity when 'high' then 1 when 'medium' then 2 else 3 end,
        rule_code, number_in_rule
"""
COHORTS = """
    with steps as (
        select cohorts.cohort_on, from_stages.label as from_label, to_stages.label as to_label,
            from_stages.stage_rank as from_rank, to_stages.stage_rank as to_rank,
            sum(cohorts.entered_count) as entered_count,
            sum(cohorts.matured_count) as matured_count,
            sum(cohorts.converted_count) as converted_count
        from marts.funnel_cohorts as cohorts
        inner join marts.dim_stages as from_stages
            on cohorts.from_stage = from_stages.lifecycle_stage
        inner join marts.dim_stages as to_stages
            on cohorts.to_stage = to_stages.lifecycle_stage
        where cohorts.window_days = 90 and cohorts.cohort_on >= $period
        group by all
    )
    select *, converted_count / nullif(matured_count, 0) as conversion_rate from steps
    qualify to_rank = min(to_rank) over (partition by from_rank)
    order by cohort_on, from_rank
"""
NOT_JUDGED = """
    select reason, sum(not_judged_count) as not_judged_count,
        string_agg(
            rule_code || ' ' || not_judged_count, ', ' order by not_judged_count desc, rule_code
        ) as rule_counts
    from intermediate.int_rule_unjudged_reasons
    group by reason
    order by not_judged_count desc, reason
"""
LOADS = """
    select source, method, status, file_count, row_count, rejected_count, extracted_at,
        finished_at, message
    from raw_meta.loads
    qualify row_number() over (partition by source order by finished_at desc) <= 5
    order by source, finished_at desc
"""
REJECTS = """
    select source, table_name, file_name, column_name, error, count(*) as reject_count,
        min(line_number) as first_line_number
    from raw_meta.rejects
    group by source, table_name, file_name, column_name, error
    order by reject_count desc, source, table_name, file_name, column_name, error
    limit 20
"""
