"""The reports say what the marts say, to people and to machines, and nothing else gets in."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scripts import places, report
from scripts.outcomes import CheckRun, Outcome, write_check_run
from scripts.reporting.facts import Facts, read_facts
from scripts.reporting.junit import tolerance_outcomes
from scripts.reporting.notice import mark_outdated
from scripts.reporting.records import first_records
from scripts.reporting.wording import not_judged_reason
from scripts.sightings import record_sightings
from scripts.summary import one_screen
from tests.checks.small_warehouse import AS_OF, execute, make_warehouse

CHECKS = [
    Outcome("marts.dim_people", "one row per person", "passed"),
    Outcome("marts.dim_people", "has rows", "failed", "unexpected: 0 \x00\x1b[31m"),
    Outcome("marts.dim_people", "can be checked", "error", "no such <table>"),
    Outcome("raw_meta.loads", "on time", "warned", "late"),
]
GREEN = "update marts.fct_rule_results set status = 'green', budget_rate = 0"


class Elements(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_warehouse(tmp_path_factory.mktemp("report") / "crm.duckdb")


@pytest.fixture(scope="module")
def facts(warehouse: Path) -> Facts:
    return read_facts(warehouse)


@pytest.fixture(scope="module")
def reports(facts: Facts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    report.write_reports(facts, CHECKS, folder)
    return folder


@pytest.fixture(scope="module")
def page(reports: Path) -> str:
    return (reports / "index.html").read_text(encoding="utf-8")


def test_each_headline_has_its_numerator_and_denominator(facts: Facts) -> None:
    counts = {
        headline.title: (headline.numerator, headline.denominator) for headline in facts.headlines
    }
    assert counts == {
        "Stage completeness": (3, 4),
        "Stage aging": (1, 3),
        "MQL acceptance": (6, 8),
        "Rejection reasons": (3, 5),
        "Opportunity creation": (2, 4),
    }


def test_no_reason_given_is_not_counted_as_a_reason(facts: Facts) -> None:
    codes = [row["reason_code"] for row in facts.reasons]
    notes = {headline.title: headline.note for headline in facts.headlines}
    assert codes == ["no_budget", "none"]
    assert notes["Rejection reasons"] == "1 different reason given"


def test_a_headline_without_its_field_says_so_and_is_no_share(tmp_path: Path) -> None:
    path = make_warehouse(tmp_path / "crm.duckdb")
    execute(path, "delete from marts.funnel_rejection_reasons where reason_code <> 'none'")
    execute(path, "update marts.funnel_stage_completeness set with_valid_stage_count = 0")
    execute(path, "update marts.funnel_stage_completeness set unmapped_count = 0")
    said = {headline.title: headline.said for headline in read_facts(path).headlines}
    assert said["Rejection reasons"].startswith("no field with rejection reasons has landed")
    assert said["Stage completeness"].startswith("no field with lifecycle stages has landed")
    # Where the field is there and nobody fills it in, that is what the headline says.
    for concept in ("rejection_reason", "lifecycle_stage"):
        execute(
            path,
            "insert into marts.fct_source_fields (source_system, concept, filled_count,"
            f" change_count) values ('hubspot', '{concept}', 1, 0)",
        )
    said = {headline.title: headline.said for headline in read_facts(path).headlines}
    assert said["Rejection reasons"].startswith("2 of ")
    assert said["Stage completeness"].startswith("0 of 4 people")


def test_a_headline_about_a_stage_that_is_not_active_says_that_there_is_none(
    tmp_path: Path,
) -> None:
    path = make_warehouse(tmp_path / "crm.duckdb")
    sql = "stage_role = 'sql', label = 'SQL'"
    execute(path, f"update marts.dim_stages set {sql} where stage_role = 'sal'")
    notes = {}
    for is_active in ("true", "false"):
        execute(path, f"update marts.dim_stages set is_active = {is_active}")
        notes[is_active] = {
            headline.title: headline.note for headline in read_facts(path).headlines
        }
    lacking = "the policy has no stage of role {}".format
    assert notes["true"]["Opportunity creation"] == "only those whose 90 days have passed"
    assert notes["false"]["Opportunity creation"] == lacking("sql")
    assert notes["true"]["MQL acceptance"].endswith("still undecided")
    assert notes["false"]["MQL acceptance"] == lacking("mql")


def test_headlines_of_a_period_say_since_when_they_count(facts: Facts) -> None:
    dated = {headline.title for headline in facts.headlines if "since Jun 2025" in headline.of_what}
    assert dated == {"MQL acceptance", "Rejection reasons", "Opportunity creation"}


def test_a_median_is_over_the_stays_that_the_aging_mart_counts(facts: Facts) -> None:
    stays = {
        stage["lifecycle_stage"]: (stage["completed_count"], stage["completed_days_median"])
        for stage in facts.stages
    }
    assert (stays["lead"], stays["mql"]) == ((2, 4.0), (1, None))


def test_who_was_not_judged_is_counted_by_the_reason_that_was_theirs(
    facts: Facts, page: str
) -> None:
    counts = {
        row["reason"]: (row["not_judged_count"], row["rule_counts"]) for row in facts.not_judged
    }
    assert counts == {"evidence_undated": (8, "EX03 6, EN06 2"), "start_unknown": (3, "EN06 3")}
    # A rule with several reasons says for how many its main one is true.
    assert re.findall(r'">(\d+)<br><span class="note">(.{10})', page[page.index("What it asks") :])[
        :2
    ] == [("5", "3 of them:"), ("6", "only today")]


def test_reasons_are_true_of_every_rule_that_gives_them() -> None:
    """HY08 does not know a team, not a change; TM03 stops for handoffs that were withdrawn."""
    ended, unknown = (not_judged_reason(code) for code in ("subject_ended", "actor_unknown"))
    assert all(word in ended for word in ("withdrawn", "bypassed", "cleared", "deleted"))
    assert "change" not in unknown
    assert "team" in unknown


def test_a_rate_over_nobody_is_no_rate(warehouse: Path, tmp_path: Path) -> None:
    empty = tmp_path / "crm.duckdb"
    empty.write_bytes(warehouse.read_bytes())
    execute(empty, "delete from marts.funnel_opportunity_creation")
    headline = read_facts(empty).headlines[-1]
    assert (headline.rate, headline.denominator) == (None, 0)
    # The screen has one line for each: there a count of nobody would hide the reason.
    assert " 0 of 0 " not in one_screen(read_facts(empty), [])


def test_every_mart_may_be_empty(warehouse: Path, tmp_path: Path) -> None:
    empty = tmp_path / "crm.duckdb"
    empty.write_bytes(warehouse.read_bytes())
    for table in [
        "dim_people",
        "dim_rules",
        "dim_stages",
        "fct_rule_results",
        "fct_rule_violations",
        "fct_stage_visits",
        "funnel_cohorts",
        "funnel_mql_acceptance",
        "funnel_opportunity_creation",
        "funnel_rejection_reasons",
        "funnel_stage_aging",
        "funnel_stage_completeness",
    ]:
        execute(empty, f"delete from marts.{table}")
    nothing = read_facts(empty)
    assert report.write_reports(nothing, [], tmp_path / "reports")
    assert one_screen(nothing, [])


def test_the_page_needs_no_script_and_no_network(page: str) -> None:
    for tag, attributes in Elements(page).found:
        assert tag not in ("script", "link", "iframe", "img", "object", "base", "form")
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("src", "href", "xlink:href"):
            target = attributes.get(name) or "#"
            assert target.startswith("#") or (tag == "a" and target == "https://crm.example/1")
    assert "@import" not in page
    assert not re.search(r"url\((?!#)", page)


def test_crm_text_is_escaped_and_a_script_link_is_no_link(page: str) -> None:
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page
    assert "javascript:" not in page
    assert "\x07" not in page


def test_every_picture_is_one_image_to_a_screen_reader(page: str) -> None:
    pictures = [attributes for tag, attributes in Elements(page).found if tag == "svg"]
    assert len(pictures) == 5
    assert all(picture["role"] == "img" and picture["aria-label"] for picture in pictures)
    ids = [attributes["id"] for _, attributes in Elements(page).found if attributes.get("id")]
    assert len(ids) == len(set(ids))


def test_refused_lines_and_addresses_stay_out_of_the_reports(reports: Path) -> None:
    for name in ("index.html", "summary.md", "junit.xml"):
        assert "@example.com" not in (reports / name).read_text(encoding="utf-8")


def test_demo_data_say_so_and_own_data_do_not(warehouse: Path, page: str, tmp_path: Path) -> None:
    own = tmp_path / "crm.duckdb"
    own.write_bytes(warehouse.read_bytes())
    execute(own, "update raw_meta.loads set method = 'hubspot:files'")
    report.write_reports(read_facts(own), [], tmp_path)
    assert "DEMO DATA" in page
    for name in ("index.html", "summary.md"):
        assert "DEMO DATA" not in (tmp_path / name).read_text(encoding="utf-8")


def test_junit_tells_failure_error_and_warning_apart(reports: Path) -> None:
    root = ElementTree.parse(reports / "junit.xml").getroot()
    found = {
        (case.get("classname"), case.get("name")): [child.tag for child in case]
        for case in root.iter("testcase")
    }
    assert found == {
        ("marts.dim_people", "one row per person"): [],
        ("marts.dim_people", "has rows"): ["failure"],
        ("marts.dim_people", "can be checked"): ["error"],
        ("raw_meta.loads", "on time"): ["system-out"],
        ("tolerances", "EN06 MQL that does not fit"): ["failure"],
        ("tolerances", "EX03 No reason"): [],
    }
    messages = [failure.get("message") for failure in root.iter("failure")]
    assert "unexpected: 0 [31m" in messages


@pytest.mark.parametrize(
    ("mode", "gate", "status"),
    [
        ("warn", "warn", "failed"),
        ("enforce", "warn", "failed"),
        ("warn", "enforce", "warned"),
        ("enforce", "enforce", "failed"),
        ("enforce", "never", "warned"),
    ],
)
def test_the_gate_says_which_modes_turn_red(
    facts: Facts, mode: str, gate: str, status: str
) -> None:
    rule = {**facts.over_tolerance[0], "mode": mode}
    (outcome,) = tolerance_outcomes([rule], report.GATES[gate])
    assert outcome.status == status
    assert "6 of 20" in outcome.message


@pytest.mark.parametrize(
    ("status", "mode", "expected"),
    [
        ("amber", "enforce", "warned"),
        ("green", "warn", "passed"),
        ("not_judged", "observe", "skipped"),
    ],
)
def test_a_tolerance_that_is_not_red_never_fails(
    facts: Facts, status: str, mode: str, expected: str
) -> None:
    rule = {**facts.over_tolerance[0], "status": status, "mode": mode}
    (outcome,) = tolerance_outcomes([rule], report.GATES["warn"])
    assert outcome.status == expected


def test_an_annotation_cannot_be_ended_by_crm_text() -> None:
    line = report.annotation(Outcome("a", "b: c, d", "failed", "50 %\n::error::forged\x1b"))
    assert line == "::error title=a%3A b%3A c%2C d::50 %25%0A::error::forged"


def test_in_actions_the_summary_is_appended_and_red_is_annotated(
    facts: Facts,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    step = tmp_path / "step.md"
    step.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(step))
    report.write_reports(facts, CHECKS, tmp_path)
    said = capsys.readouterr().out
    assert step.read_text(encoding="utf-8").startswith("before\n# CRM lifecycle")
    assert len(re.findall("^::error ", said, re.MULTILINE)) == 3
    assert len(re.findall("^::warning ", said, re.MULTILINE)) == 1


@pytest.fixture
def run_report(
    tmp_path: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., int]:
    """Run the command on a copy of the warehouse, changed by a statement."""

    def run(statement: str = GREEN, dbt: str = "pass", checked: str = "r", ran: str = "r") -> int:
        copy = tmp_path / "crm.duckdb"
        copy.write_bytes(warehouse.read_bytes())
        execute(copy, statement)
        execute(copy, "insert into raw_meta.dbt_runs values (1, 'r', 'build', now())")
        result = {
            "unique_id": "test.crm_lifecycle.a.b",
            "status": dbt,
            "message": "m",
            "execution_time": 1,
        }
        monkeypatch.setattr(places, "TARGET", tmp_path / "target")
        monkeypatch.setattr(report, "TARGET", tmp_path / "target")
        monkeypatch.setattr(places, "REPORTS", tmp_path / "reports")
        run_of = CheckRun(str(copy), AS_OF, (), checked)
        write_check_run(run_of, tmp_path / "target" / "crm" / "expectations.json")
        results = {"metadata": {"invocation_id": ran}, "results": [result]}
        (tmp_path / "target" / "run_results.json").write_text(json.dumps(results))
        return report.main(["--warehouse", str(copy)])

    return run


def test_exit_0_where_all_is_well(run_report: Callable[..., int]) -> None:
    assert run_report() == 0


def test_exit_1_over_tolerance(run_report: Callable[..., int]) -> None:
    assert run_report("select 1") == 1


@pytest.mark.parametrize("status", ["fail", "error"])
def test_exit_1_where_a_dbt_test_failed(run_report: Callable[..., int], status: str) -> None:
    assert run_report(dbt=status) == 1


def test_exit_0_where_a_dbt_test_only_warns(run_report: Callable[..., int]) -> None:
    assert run_report(dbt="warn") == 0


def test_exit_2_without_marts(run_report: Callable[..., int]) -> None:
    assert run_report("drop table marts.dim_rules") == 2


def test_exit_2_where_another_build_was_checked(run_report: Callable[..., int]) -> None:
    assert run_report(checked="another") == 2


def test_exit_2_where_dbt_last_ran_on_another_warehouse(run_report: Callable[..., int]) -> None:
    """dbt by itself has one place for its results, whatever the warehouse."""
    assert run_report(ran="another") == 2


def test_exit_2_without_a_warehouse(tmp_path: Path) -> None:
    assert report.main(["--warehouse", str(tmp_path / "absent.duckdb")]) == 2


def test_old_reports_say_that_they_are_old_and_only_once(reports: Path, tmp_path: Path) -> None:
    for name in ("index.html", "summary.md"):
        (tmp_path / name).write_text((reports / name).read_text(encoding="utf-8"), encoding="utf-8")
    mark_outdated(tmp_path, "first <failure>.")
    mark_outdated(tmp_path, "second failure.")
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    for text in (page, summary):
        assert "second failure. What follows is from an earlier build." in text
        assert "first" not in text.partition("headlines")[0]
    assert page.count('class="notice"') == 1
    assert summary.count("earlier build") == 1
    assert "# CRM lifecycle" in summary


def test_unmapped_values_head_the_summary_with_a_row_to_paste(facts: Facts) -> None:
    lines = one_screen(replace(facts, empty_roles=[]), CHECKS).splitlines()
    assert lines[4] == "  3 values are not mapped by the policy yet:"
    assert lines[5].split() == ["lifecycle_stage", "warm", "9", "records,", "1", "today"]
    assert lines[6] == "    seeds/b2b/value_mappings.csv: lifecycle_stage,hubspot,warm,?,,,"
    assert next(number for number, line in enumerate(lines) if "median days" in line) > 8


@pytest.mark.parametrize(
    ("concept", "ever", "today", "said"),
    [
        ("lead_status", 1, 0, "1 record, 0 today"),
        ("team", 2, 2, "2 users, 2 today"),
        ("team", 1, 1, "1 user, 1 today"),
        ("deal_stage", 1200, 3, "1,200 deals, 3 today"),
        ("change_source", 7, 0, "7 records"),
    ],
)
def test_an_unmapped_value_says_who_is_given_it(
    facts: Facts, concept: str, ever: int, today: int, said: str
) -> None:
    row = {
        **facts.unmapped[0],
        "concept": concept,
        "record_count": ever,
        "current_record_count": today,
    }
    screen = one_screen(replace(facts, unmapped=[row]), CHECKS)
    (line,) = [line for line in screen.splitlines() if line.startswith(f"  {concept} ")]
    assert line.partition("warm")[2].strip() == said


def test_nothing_is_said_of_unmapped_values_where_there_are_none(
    warehouse: Path, tmp_path: Path
) -> None:
    mapped = tmp_path / "crm.duckdb"
    mapped.write_bytes(warehouse.read_bytes())
    execute(mapped, "delete from marts.fct_unmapped_values")
    facts = read_facts(mapped)
    assert "not mapped" not in one_screen(facts, CHECKS)
    report.write_reports(facts, CHECKS, tmp_path)
    assert "unmapped-title" not in (tmp_path / "index.html").read_text()
    assert "Unmapped" not in (tmp_path / "summary.md").read_text()


def test_unmapped_values_stand_on_the_page_and_in_the_summary_file(
    reports: Path, page: str
) -> None:
    assert page.index("unmapped-title") < page.index("headlines-title")
    assert "lifecycle_stage,hubspot,warm,?,,," in page
    assert '<td class="n">9 records</td><td class="n">1</td>' in page
    assert "<b>hot</b>" not in page
    summary = (reports / "summary.md").read_text()
    assert "| warm | lifecycle stage | 9 records | 1 | value_mappings.csv |" in summary
    assert "`lifecycle_stage,hubspot,warm,?,,,`" in summary


def test_the_summary_fits_one_screen(facts: Facts) -> None:
    lines = one_screen(facts, CHECKS).splitlines()
    assert len(lines) <= 50
    assert max(len(line) for line in lines) <= 100
    assert "4 checks of the data, 2 red, 1 with a warning" in "\n".join(lines)


def test_the_summaries_say_how_many_records_the_newest_loads_rejected(
    facts: Facts, reports: Path
) -> None:
    said = "1 record rejected by the newest load of hubspot"
    assert f"  {said}: file, line and reason in raw_meta.rejects" in one_screen(facts, CHECKS)
    assert f"- **{said}**" in (reports / "summary.md").read_text()
    older = {**facts.loads[0], "rejected_count": 7}
    newest = {**facts.loads[0], "rejected_count": 0}
    other = {**facts.loads[0], "source": "open", "rejected_count": 1200}
    screen = one_screen(replace(facts, loads=[newest, older, other]), CHECKS)
    assert screen.count("rejected by") == 1
    assert "1,200 records rejected by the newest load of open" in screen


def test_what_failed_has_its_first_records_with_links_and_the_sql(
    warehouse: Path, tmp_path: Path
) -> None:
    many = tmp_path / "crm.duckdb"
    many.write_bytes(warehouse.read_bytes())
    # Twelve leading violations of a rule that is red.
    execute(
        many,
        """
        insert into marts.fct_rule_violations by name
        select 'y' || i as violation_id, 'EN06' as rule_code, 'open' as state, true as is_leading,
            'seen ' || i as evidence, 'hubspot:contact:' || i as record_id,
            'https://crm.example/c/' || i as crm_url, timestamp '2026-01-01' as occurred_at
        from range(12) as numbers (i)
        """,
    )
    report.write_reports(read_facts(many), CHECKS, tmp_path)
    root = ElementTree.parse(tmp_path / "junit.xml").getroot()
    (body,) = [case.text for case in root.iter("failure") if case.text and "EN06" in case.text]
    records, _, query = body.partition("\n\n")
    lines = records.splitlines()
    assert len(lines) == 11
    assert lines[0] == "hubspot:contact:2 · entered MQL with fit 1 of 3 · https://crm.example/1"
    assert lines[-1] == "and 4 more"
    assert "javascript" not in body
    assert query.startswith("select * from marts.fct_rule_violations\nwhere rule_code = 'EN06'")


def test_amber_is_a_test_that_passed_and_says_so(warehouse: Path, tmp_path: Path) -> None:
    """Readers of JUnit count skipped as not run; amber was run."""
    amber = tmp_path / "crm.duckdb"
    amber.write_bytes(warehouse.read_bytes())
    execute(amber, "update marts.fct_rule_results set status = 'amber', budget_rate = 0.1")
    report.write_reports(read_facts(amber), [], tmp_path)
    root = ElementTree.parse(tmp_path / "junit.xml").getroot()
    assert not list(root.iter("skipped")) + list(root.iter("failure"))
    said = [case.text or "" for case in root.iter("system-out")]
    assert len(said) == 2
    assert all(text.startswith("warning: 10.0 % of the last judged are broken") for text in said)


def test_records_at_fault_are_told_without_names_and_addresses() -> None:
    rows = [{"person_id": "p1", "email": "a@example.com", "full_name": "A", "is_open": True}] * 11
    lines = first_records(rows)
    assert lines == ["person_id p1; is_open True"] * 10 + ["and 1 more"]


def test_the_reports_say_what_has_changed_since_the_last_run(
    warehouse: Path, tmp_path: Path
) -> None:
    path = tmp_path / "crm.duckdb"
    path.write_bytes(warehouse.read_bytes())
    record_sightings(path)
    assert "since the last run" not in one_screen(read_facts(path), [])
    execute(path, "delete from marts.fct_rule_violations where violation_id = 'x2'")
    record_sightings(path)
    facts = read_facts(path)
    report.write_reports(facts, [], tmp_path)
    said = "0 new, 1 repaired or gone, 1 unchanged since the last run"
    assert f"  {said}" in one_screen(facts, [])
    for name in ("index.html", "summary.md", "junit.xml"):
        assert said in (tmp_path / name).read_text(encoding="utf-8")


def test_a_run_that_stands_for_another_moment_says_nothing_of_changes(
    warehouse: Path, tmp_path: Path
) -> None:
    """After a plain `dbt build` the newest run is not of these marts."""
    path = tmp_path / "crm.duckdb"
    path.write_bytes(warehouse.read_bytes())
    record_sightings(path)
    record_sightings(path)
    execute(path, "update intermediate.int_as_of set as_of = timestamp '2026-07-01'")
    assert read_facts(path).changes["new_count"] is None


@pytest.mark.parametrize(
    ("matured", "said"), [(10, "30.0 %"), (7, "7 of 10 due"), (0, "0 of 10 due")]
)
def test_a_cohort_has_a_rate_once_everybody_in_it_is_due(
    warehouse: Path, tmp_path: Path, matured: int, said: str
) -> None:
    path = tmp_path / "crm.duckdb"
    path.write_bytes(warehouse.read_bytes())
    execute(path, "delete from marts.funnel_cohorts where cohort_on = '2026-03-01'")
    execute(
        path,
        "insert into marts.funnel_cohorts (cohort_on, from_stage, to_stage, window_days,"
        " entered_count, matured_count, converted_count)"
        f" values ('2026-03-01', 'lead', 'mql', 90, 10, {matured}, {min(matured, 3)})",
    )
    report.write_reports(read_facts(path), [], tmp_path)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    cohorts = page[page.index('id="cohorts-title"') : page.index('id="not-judged-title"')]
    march = cohorts[cohorts.index("Mar 2026") :].partition("</tr>")[0]
    assert said in march
    assert march.count(" %") == (matured == 10)


def test_a_month_of_handoffs_has_a_rate_once_all_are_due(facts: Facts, tmp_path: Path) -> None:
    month = {**facts.acceptance[0], "offered_count": 147, "matured_count": 23}
    report.write_reports(replace(facts, acceptance=[month]), [], tmp_path)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "23 of 147 due" in page[page.index('id="handoffs-title"') :]


def test_every_report_names_policy_zone_sources_and_warehouse(
    facts: Facts, reports: Path, page: str
) -> None:
    read_by = f"policy b2b, dates in Europe/Amsterdam, {facts.warehouse}"
    sources = "hubspot as of 2026-06-30 14:00"
    for text in (one_screen(facts, []), page, (reports / "summary.md").read_text()):
        assert read_by in text
        assert sources in text
    suites = ElementTree.parse(reports / "junit.xml").getroot().iter("testsuite")
    for suite in suites:
        told = {one.get("name"): one.get("value") for one in suite.iter("property")}
        assert told["policy"] == "b2b"
        assert told["time_zone"] == "Europe/Amsterdam"
        assert told["sources"] == sources
        assert told["warehouse"] == facts.warehouse


def test_a_role_that_nobody_was_ever_in_heads_the_reports(warehouse: Path, tmp_path: Path) -> None:
    """A rate of 0 % for want of a mapping must not look like a no of sales."""
    path = tmp_path / "crm.duckdb"
    path.write_bytes(warehouse.read_bytes())
    execute(path, "delete from marts.dim_stages where stage_role = 'customer'")
    facts = read_facts(path)
    assert [row["stage_role"] for row in facts.empty_roles] == ["sal"]
    report.write_reports(facts, [], tmp_path)
    said = "mapped to Sales accepted lead (role sal)"
    assert said in " ".join(one_screen(facts, []).split()).split("median days")[0]
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert page.index(said) < page.index("headlines-title")
    assert said in (tmp_path / "summary.md").read_text(encoding="utf-8")
    # One record that was there is enough, also where another record is the person's.
    execute(path, "insert into marts.fct_record_stage_visits (lifecycle_stage) values ('sal')")
    assert read_facts(path).empty_roles == []
