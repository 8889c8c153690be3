"""What the doctor knows, sees and says."""

import csv
from pathlib import Path

import pytest

from scripts import doctor, load
from scripts.diagnosis.answers import CONNECTORS
from scripts.diagnosis.checks import CHECKS
from scripts.diagnosis.knowledge import read_knowledge
from scripts.places import PROJECT
from scripts.proposal.landed import KINDS
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


def test_an_empty_place_cannot_be_diagnosed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doctor.main(["--warehouse", str(tmp_path / "none.duckdb")]) == 2
    assert "make build" in capsys.readouterr().err


def said_of(said: str, title: str) -> str:
    """The answer on the line of a headline or rule."""
    line = next(line for line in said.splitlines() if line.strip().startswith(title))
    return next(word for word in line.split() if word in ("yes", "partly", "no"))
