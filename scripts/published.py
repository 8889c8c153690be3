"""What each published version said, kept when the next one replaces it.

Three tables of `raw_meta`, written after a successful build:

- `rule_results_published`: each rule of each run, and how many of its violations were new,
  repaired (or gone) and unchanged since the run before. With none before, these are empty.
- `violations_published`: the violations of the last run, which the next one is compared with.
- `funnel_published`: the numbers of the funnel marts as they first stood once their period was
  over and everybody in it was due. What is there is never changed: later numbers of the same
  period can be told from what was said first.
"""

from datetime import datetime

from duckdb import DuckDBPyConnection

from scripts.warehouse import prepare_meta

# One row a violation, and one a rule with what became of its violations since the last run.
_CHANGES = """
    with now as (
        select violation_id, rule_code, state from marts.fct_rule_violations
    ),
    compared as (
        select
            coalesce(now.rule_code, last_run.rule_code) as rule_code,
            last_run.violation_id is null as is_new,
            last_run.state <> 'repaired'
            and (now.violation_id is null or now.state = 'repaired') as is_repaired,
            now.violation_id is null as is_gone
        from now
        full join raw_meta.violations_published as last_run
            on now.violation_id = last_run.violation_id
    )
    select rule_code,
        count(*) filter (where is_new) as new_count,
        count(*) filter (where is_repaired) as repaired_count,
        count(*) filter (where not is_new and not is_repaired and not is_gone) as unchanged_count
    from compared
    group by rule_code
"""
_RULE_RESULTS = f"""
    insert into raw_meta.rule_results_published by name
    with changes as ({_CHANGES}),
    runs as (
        select coalesce(max(run_number), 0) as last_run_number
        from raw_meta.rule_results_published
    )
    select
        runs.last_run_number + 1 as run_number,
        $policy as policy,
        results.rule_code,
        results.status,
        results.subject_count,
        results.judged_count,
        results.passed_count,
        results.broken_count,
        results.not_judged_count,
        results.excepted_count,
        case when runs.last_run_number > 0
            then coalesce(changes.new_count, 0) end as new_count,
        case when runs.last_run_number > 0
            then coalesce(changes.repaired_count, 0) end as repaired_count,
        case when runs.last_run_number > 0
            then coalesce(changes.unchanged_count, 0) end as unchanged_count,
        moment.as_of,
        $published_at as published_at
    from marts.fct_rule_results as results
    cross join intermediate.int_as_of as moment
    cross join runs
    left join changes on results.rule_code = changes.rule_code
"""
_VIOLATIONS = """
    insert into raw_meta.violations_published by name
    select violation_id, rule_code, state from marts.fct_rule_violations
"""

# Each funnel mart in one long shape: what it counts by, and a numerator of a denominator. Where
# members become due one by one, a period counts once all of them are (`due_count` of `all_count`).
_FUNNEL_NUMBERS = """
    select 'funnel_cohorts' as mart, 'month' as period_kind, cohort_on as period_on,
        from_stage, to_stage, lead_source_group, '' as reason_code, window_days,
        sum(converted_count) as numerator, sum(matured_count) as denominator,
        sum(entered_count) as all_count, sum(matured_count) as due_count
    from marts.funnel_cohorts
    group by all
    union all by name
    select 'funnel_mql_acceptance' as mart, period_kind, period_on, lead_source_group,
        sum(accepted_count) as numerator, sum(matured_count) as denominator,
        sum(offered_count) as all_count, sum(matured_count) as due_count
    from marts.funnel_mql_acceptance
    group by all
    union all by name
    select 'funnel_opportunity_creation' as mart, period_kind, period_on, lead_source_group,
        window_days, sum(with_opportunity_count) as numerator, sum(matured_count) as denominator,
        sum(sql_count) as all_count, sum(matured_count) as due_count
    from marts.funnel_opportunity_creation
    group by all
    union all by name
    select 'funnel_rejection_reasons' as mart, period_kind, period_on,
        lifecycle_stage as from_stage, lead_source_group, reason_code,
        sum(rejection_count) as numerator, sum(all_rejection_count) as denominator,
        0 as all_count, 0 as due_count
    from marts.funnel_rejection_reasons
    group by all
    union all by name
    select 'funnel_stage_completeness' as mart, period_kind, period_on,
        with_valid_stage_count as numerator, people_count as denominator,
        0 as all_count, 0 as due_count
    from marts.funnel_stage_completeness
"""
_FUNNEL_KEY = (
    "mart, period_kind, period_on, from_stage, to_stage, lead_source_group, reason_code,"
    " window_days"
)
_FUNNEL = f"""
    insert into raw_meta.funnel_published by name
    with numbers as ({_FUNNEL_NUMBERS}),
    -- Empty text, not null, where a mart does not count by something: these are keys.
    keyed as (
        select mart, period_kind, period_on,
            coalesce(from_stage, '') as from_stage, coalesce(to_stage, '') as to_stage,
            coalesce(lead_source_group, '') as lead_source_group,
            coalesce(reason_code, '') as reason_code, coalesce(window_days, 0) as window_days,
            cast(numerator as bigint) as numerator, cast(denominator as bigint) as denominator
        from numbers
        where all_count = due_count
    ),
    today as (
        select as_of, cast(timezone(time_zone, timezone('UTC', as_of)) as date) as as_of_on
        from intermediate.int_as_of
    )
    select keyed.*, $policy as policy, today.as_of as first_as_of
    from keyed
    cross join today
    anti join raw_meta.funnel_published as kept using ({_FUNNEL_KEY})
    where case keyed.period_kind
            when 'week' then keyed.period_on + interval 7 day
            else keyed.period_on + interval 1 month
        end <= today.as_of_on
"""


def keep_published(connection: DuckDBPyConnection, policy: str, published_at: datetime) -> None:
    """Keep what the marts of an open warehouse say now; `published_at` is UTC by the clock."""
    prepare_meta(connection)
    named = {"policy": policy}
    connection.execute(_RULE_RESULTS, {**named, "published_at": published_at})
    connection.execute("delete from raw_meta.violations_published")
    connection.execute(_VIOLATIONS)
    connection.execute(_FUNNEL, named)
