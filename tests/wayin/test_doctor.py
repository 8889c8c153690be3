"""What the doctor knows, sees and says."""

import csv
from pathlib import Path

import duckdb
import pytest

from scripts import doctor, load, places
from scripts.diagnosis.answers import CONNECTORS, Answer
from scripts.diagnosis.checks import CHECKS
from scripts.diagnosis.knowledge import read_knowledge
from scripts.places import PROJECT
from scripts.proposal.landed import KINDS
from scripts.proposal.policy import read_policy
from scripts.reporting.facts import Headline
from tests.checks.small_warehouse import make_warehouse
from tests.wayin import salesforce

SEEDS = PROJECT / "seeds"


def land(files: Path, place: Path, source: str = "salesforce") -> Path:
    warehouse = place / "crm.duckdb"
    assert load.main([source, str(files), "--warehouse", str(warehouse)]) == 0
    return warehouse


def test_every_rule_of_every_policy_is_known() -> None:
    codes = set()
    for path in SEEDS.glob("*/rules.csv"):
        with path.open(newline="", encoding="utf-8") as file:
            codes |= {row["rule_code"] for row in csv.DictReader(file)}
    assert len(codes) >= 20
    assert codes <= set(read_knowledge().rules)


def test_every_headline_of_the_report_is_known(tmp_path: Path) -> None:
    from scripts.reporting.facts import read_facts

    shown: tuple[Headline, ...] = read_facts(make_warehouse(tmp_path / "crm.duckdb")).headlines
    known = {question.title for question in read_knowledge().headlines}
    assert {headline.title for headline in shown} | {"Cohorts"} == known


def test_every_fact_is_needed_looked_for_and_told_how_to_get() -> None:
    knowledge = read_knowledge()
    asked = [*knowledge.headlines, *knowledge.rules.values()]
    needed = {fact for question in asked for fact in (*question.needs, *question.better_with)}
    assert needed == set(knowledge.facts)
    for fact in knowledge.facts.values():
        assert fact.check in CHECKS
        assert set(fact.unlock) | set(fact.excused) == set(KINDS)
        for told in fact.unlock.values():
            assert isinstance(told, str) or set(told) == set(CONNECTORS)


def test_a_history_that_has_not_landed_locks_what_needs_it_and_says_how_to_get_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = tmp_path / "files"
    records = [{"record_id": "1", "record_type": "contact", "lifecycle_stage": "lead"}]
    salesforce.write(files, {"records": records})
    assert doctor.main(["--warehouse", str(land(files, tmp_path, "open"))]) == 1
    said = capsys.readouterr().out
    assert said_of(said, "Stage completeness") == "yes"
    assert said_of(said, "Stage aging") == "no"
    assert said_of(said, "TM01") == "no"
    assert "no history of the lifecycle stage" in said
    assert "open: file changes, field lifecycle_stage, columns entity_id, new_value" in said


def test_what_has_landed_unlocks_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = tmp_path / "files"
    records = [{"record_id": "1", "record_type": "contact", "lifecycle_stage": "lead"}]
    change = {
        "change_id": "1",
        "entity_type": "contact",
        "entity_id": "1",
        "field": "lifecycle_stage",
        "new_value": "lead",
        "changed_at": "2026-01-05T09:00:00Z",
    }
    salesforce.write(files, {"records": records, "changes": [change]})
    doctor.main(["--warehouse", str(land(files, tmp_path, "open"))])
    said = capsys.readouterr().out
    assert said_of(said, "Stage aging") == "partly"
    assert said_of(said, "TM01") == "yes"
    assert said_of(said, "MV05") == "no"
    assert "no author of stage changes" in said


def test_a_salesforce_without_tracking_is_told_where_to_switch_it_on(tmp_path: Path) -> None:
    diagnosis = doctor.diagnose(land(salesforce.with_dates(tmp_path / "files"), tmp_path), "b2b")
    told = " ".join(step for _, _, steps in diagnosis.steps for step in steps)
    assert "Set History Tracking" in told
    assert "salesforce, fivetran" in told
    assert "salesforce, dlt" not in told


def test_what_a_crm_cannot_have_locks_nothing(tmp_path: Path) -> None:
    files = tmp_path / "files"
    contact = {"id": "1", "property_lifecyclestage": "lead", "property_createdate": "2026-01-05"}
    moved = {"contact_id": "1", "name": "lifecyclestage", "value": "lead", "source": "CRM_UI"}
    salesforce.write(
        files,
        {
            "contact": [contact],
            "contact_property_history": [{**moved, "timestamp": "2026-01-05 09:00:00"}],
        },
    )
    diagnosis = doctor.diagnose(land(files, tmp_path, "hubspot"), "b2b")
    answers = {answer.question.code: answer for answer in diagnosis.rules}
    assert answers["MV08"].answer == "never"
    assert answers["MV08"].reasons == ("HubSpot does not tell the value before a change",)
    assert "MV08" not in {code for _, codes, _ in diagnosis.steps for code in codes}


ACCOUNT = {"id": "001000000000001AAA", "industry": "Retail", "number_of_employees": "80"}
BUYER = {"id": "003000000000001AAA", "title": "CFO", "mailing_country": "France"}


@pytest.mark.parametrize(
    ("account", "reasons"),
    [
        (ACCOUNT, ()),
        (
            {**ACCOUNT, "number_of_employees": ""},
            ("{}: 75 % of salesforce (short of employee count)",),
        ),
        ({**ACCOUNT, "id": "001000000000002AAA"}, ("{}: 50 % of salesforce (short of {})",)),
    ],
    ids=["full", "with a gap", "of somebody else"],
)
def test_what_the_account_says_of_a_person_counts_as_in_the_models(
    tmp_path: Path, account: salesforce.Row, reasons: tuple[str, ...]
) -> None:
    # An id of 15 characters is the same account.
    contact = {**BUYER, "account_id": ACCOUNT["id"][:15]}
    files = salesforce.write(tmp_path / "files", {"account": [account], "contact": [contact]})
    answer = rule_of(doctor.diagnose(land(files, tmp_path), "b2b"), "EN06")
    fit = "country, industry, employees and job title"
    assert tuple(reason for reason in answer.reasons if reason.startswith(fit)) == tuple(
        reason.format(fit, "industry, employee count") for reason in reasons
    )


def test_a_company_stands_in_for_its_people_in_the_open_format_too(tmp_path: Path) -> None:
    told = {"country": "France", "industry": "Retail", "employee_count": "80"}
    records = [
        {"record_id": "1", "record_type": "contact", "company_id": "9", "job_title": "CFO"},
        {"record_id": "9", "record_type": "company", **told},
    ]
    files = salesforce.write(tmp_path / "files", {"records": records})
    diagnosis = doctor.diagnose(land(files, tmp_path, "open"), "b2b")
    assert "fit" not in rule_of(diagnosis, "EN06").missing
    assert "lead_source" in rule_of(diagnosis, "EN03").missing


def test_a_value_whose_past_is_unknown_judges_no_entry(tmp_path: Path) -> None:
    held = {"lifecycle_stage": "lead", "lead_source": "Web"}
    moment = {"entity_type": "contact", "entity_id": "1", "changed_at": "2026-01-05T09:00:00Z"}
    changes = [
        {"change_id": field, "field": field, "new_value": value, **moment}
        for field, value in held.items()
    ]
    said = {}
    for name, told in {"undated": changes[:1], "dated": changes}.items():
        records = [{"record_id": "1", "record_type": "contact", **held}]
        files = salesforce.write(tmp_path / name / "files", {"records": records, "changes": told})
        diagnosis = doctor.diagnose(land(files, tmp_path / name, "open"), "b2b")
        answer = rule_of(diagnosis, "EN03")
        said[name] = (answer.answer, answer.missing)
    assert said == {"undated": ("no", ("lead_source_history",)), "dated": ("yes", ())}


@pytest.mark.parametrize(("created", "answer"), [("2026-01-06", "yes"), ("2026-01-05", "partly")])
def test_who_came_after_the_first_change_and_never_moved_has_a_history(
    tmp_path: Path, created: str, answer: str
) -> None:
    fields = {"lifecycle_stage_c": "Lead", "created_date": f"{created} 09:00:00"}
    leads = [{"id": salesforce.lead_id(number), **fields} for number in range(4)]
    moved = {"id": "017000000000001AAA", "lead_id": leads[0]["id"], "new_value": "Lead"}
    moved |= {"field": "Lifecycle_Stage__c", "created_date": "2026-01-06 09:00:00"}
    files = salesforce.write(tmp_path / "files", {"lead": leads, "lead_history": [moved]})
    assert rule_of(doctor.diagnose(land(files, tmp_path), "b2b"), "TM01").answer == answer


@pytest.mark.parametrize(
    ("types", "answer", "reason"),
    [
        (("call",) * 3, "no", "none of open (no type among them is a sign of interest)"),
        (("W_Nabellen", "w_nabellen", "form_submission"), "partly", "33 % of open (1 activity"),
        (("W_Nabellen", "W_Bellen", "call"), "no", "none of open (2 activity types without a"),
        (("form_submission", "call", "call"), "yes", ""),
    ],
)
def test_activities_of_unknown_types_are_no_evidence_of_interest(
    tmp_path: Path, types: tuple[str, ...], answer: str, reason: str
) -> None:
    activities = [
        {"activity_id": str(number), "activity_type": kind, "occurred_at": "2026-01-06T09:00:00Z"}
        | {"record_id": "1", "direction": "outbound"}
        for number, kind in enumerate(types)
    ]
    moved = {"entity_type": "contact", "entity_id": "1", "changed_at": "2026-01-05T09:00:00Z"}
    tables = {
        "records": [{"record_id": "1", "record_type": "contact", "lifecycle_stage": "lead"}],
        "changes": [{"change_id": "1", "field": "lifecycle_stage", "new_value": "lead", **moved}],
        "activities": activities,
    }
    files = salesforce.write(tmp_path / "files", tables)
    diagnosis = doctor.diagnose(land(files, tmp_path, "open"), "b2b")
    found = rule_of(diagnosis, "EN07")
    assert found.answer == answer
    assert reason in " ".join(found.reasons)
    told = " ".join(step for fact, _, steps in diagnosis.steps for step in steps)
    assert ("seeds/NAME/activity_types.csv" in told) == (answer != "yes")
    assert ("lists them with rows to paste" in told) == ("without" in " ".join(found.reasons))


def test_a_headline_about_a_stage_that_the_policy_has_not_is_answered_with_no(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [{"record_id": "1", "record_type": "contact", "lifecycle_stage": "lead"}]
    warehouse = land(salesforce.write(tmp_path / "files", {"records": records}), tmp_path, "open")
    policy = read_policy("b2b")
    stages = policy["lifecycle_stages"]
    inactive = [
        {**row, "is_active": "false" if row["stage_role"] == "sql" else "true"}
        for row in stages.rows
    ]
    own = {**policy, "lifecycle_stages": stages.with_rows(inactive)}
    monkeypatch.setattr(doctor, "read_policy", lambda name: own)
    reasons = {
        answer.question.code: answer.reasons
        for answer in doctor.diagnose(warehouse, "b2b").headlines
        if answer.answer == "no"
    }
    assert reasons["opportunity_creation"] == ("the policy has no stage of role sql",)
    assert reasons["mql_acceptance"] == (
        "no history of the lifecycle stage",
        "no author of stage changes",
        "no lead status",
    )


def test_where_a_build_left_many_unjudged_it_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records = [{"record_id": "1", "record_type": "contact", "lifecycle_stage": "lead"}]
    files = salesforce.write(tmp_path / "files", {"records": records})
    warehouse = land(files, tmp_path, "open")
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("""
            create schema marts;
            create table marts.fct_rule_results as
            from (values ('AL06', 674, 1936, 'stage_not_in_policy'), ('HY02', 90, 100, 'not_due'))
                as told (rule_code, judged_count, subject_count, main_not_judged_reason)
        """)
    doctor.main(["--warehouse", str(warehouse)])
    said = capsys.readouterr().out
    assert "674 of 1,936 judged" in said
    assert "the others, or most of them: the stage is off the funnel" in " ".join(said.split())
    assert "90 of 100 judged" in said
    assert "has not come yet" not in said


def test_an_empty_place_cannot_be_diagnosed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doctor.main(["--warehouse", str(tmp_path / "none.duckdb")]) == 2
    assert "make build" in capsys.readouterr().err


def rule_of(diagnosis: doctor.Diagnosis, code: str) -> Answer:
    return next(answer for answer in diagnosis.rules if answer.question.code == code)


def said_of(said: str, title: str) -> str:
    """The answer on the line of a headline or rule."""
    line = next(line for line in said.splitlines() if line.strip().startswith(title))
    return next(word for word in line.split() if word in ("yes", "partly", "no"))


def test_a_load_that_failed_is_told_and_the_demo_is_not_spoken_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its first load left no file, a later one left what had landed before."""
    own, demo = tmp_path / "crm.duckdb", tmp_path / "demo.duckdb"
    monkeypatch.delenv("LIFECYCLE_WAREHOUSE", raising=False)
    monkeypatch.setattr(places, "OWN_WAREHOUSE", own)
    monkeypatch.setattr(places, "DEMO_WAREHOUSE", demo)
    files = salesforce.write(
        tmp_path / "files", {"records": [{"record_id": "1", "record_type": "contact"}]}
    )
    assert load.main(["open", str(files), "--warehouse", str(demo)]) == 0
    assert load.main(["open", str(tmp_path / "none"), "--warehouse", str(own)]) == 2
    capsys.readouterr()
    assert doctor.main([]) == 2
    told = capsys.readouterr().err
    assert "nothing has landed in" in told
    assert "none is not a folder" in told
    # What lands first makes the note obsolete, what fails next is told beside what there is.
    assert load.main(["open", str(files), "--warehouse", str(own)]) == 0
    doctor.main([])
    assert "load failed" not in capsys.readouterr().out
    assert load.main(["open", str(tmp_path / "none"), "--warehouse", str(own)]) == 2
    doctor.main([])
    told = capsys.readouterr().out
    assert "the last load failed, so this is what landed before it" in told
    assert "crm.duckdb" in told
    # A build lands in a copy, and what fails there is about the file itself.
    own.unlink()
    copy = tmp_path / ".building" / "crm.duckdb"
    assert load.main(["open", str(tmp_path / "nil"), "--warehouse", str(copy)]) == 2
    capsys.readouterr()
    assert doctor.main([]) == 2
    assert "nil is not a folder" in capsys.readouterr().err
