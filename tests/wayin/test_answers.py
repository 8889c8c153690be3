"""Answers that cannot stand: an update of a policy asks them again, and says where they are."""

import shutil
from pathlib import Path

import pytest

from scripts import init, load
from scripts.policy.faults import faults_of
from scripts.proposal.policy import write_policy
from tests.wayin import salesforce

STAGES = ("Lead", "MQL", "Angenommen", "Opportunity", "Customer")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Salesforce with a stage, a status and a source that no word tells."""
    place = tmp_path_factory.mktemp("landed")
    cells = {
        number: {
            "lifecycle_phase_c": STAGES[number % len(STAGES)],
            "status": ("Zwischenstand", "Working - Contacted")[number % 2],
            "lead_source": "oominfo",
            "mql_date_c": "2026-01-05",
        }
        for number in range(salesforce.LEADS)
    }
    tables = {"lead": salesforce.leads(cells), "user": salesforce.users()}
    files = salesforce.write(place / "files", {**tables, "user_role": salesforce.roles()})
    arguments = ["salesforce", str(files), "--warehouse", str(place / "crm.duckdb")]
    assert load.main(arguments) == 0
    return place / "crm.duckdb"


@pytest.fixture(scope="module")
def policy(warehouse: Path) -> Path:
    """What is proposed for it."""
    proposal = init.propose_policy(warehouse, [])
    assert {found.source_value for found in proposal.undecided} == {
        "Angenommen",
        "Zwischenstand",
        "oominfo",
    }
    write_policy(proposal.policy, warehouse.parent / "seeds" / "acme")
    assert faults_of(warehouse.parent / "seeds" / "acme") == []
    return warehouse.parent / "seeds" / "acme"


@pytest.fixture
def seeds(policy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of policies with that one."""
    monkeypatch.setattr(init, "SEEDS", tmp_path / "seeds")
    monkeypatch.setattr(init, "REPORTS", tmp_path / "reports")
    shutil.copytree(policy, tmp_path / "seeds" / "acme")
    return tmp_path / "seeds"


@pytest.fixture
def update(warehouse: Path) -> list[str]:
    return ["acme", "--warehouse", str(warehouse), "--update"]


def paste(seeds: Path, seed: str, *rows: str) -> None:
    path = seeds / "acme" / f"{seed}.csv"
    path.write_text(path.read_text("utf-8") + "".join(f"{row}\n" for row in rows), "utf-8")


def line_of(seeds: Path, seed: str, row: str) -> int:
    return (seeds / "acme" / f"{seed}.csv").read_text("utf-8").splitlines().index(row) + 1


def test_an_answer_that_cannot_stand_is_told_with_its_line_and_asked_again(
    seeds: Path, update: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = {
        "value_mappings": [
            "lead_status,salesforce,Zwischenstand,?,,,",
            "lifecycle_stage,salesforce,Angenommen,sall,,,",
            "rejection_reason,salesforce,Kein Bedarf,no_interest,,,",
        ],
        "lead_sources": ["oominfo,oominfo,?,true,false,,"],
        "team_mappings": ["salesforce,Vertrieb Nord,?"],
    }
    for seed, rows in wrong.items():
        paste(seeds, seed, *rows)
    assert init.main(update) == 1
    said = capsys.readouterr().out
    assert "make build" not in said
    assert "nothing needs a person" not in said
    assert f"5 things in {seeds / 'acme'} cannot stand, and a build stops there:" in said
    for seed, rows in wrong.items():
        for row in rows:
            line = line_of(seeds, seed, row)
            told = [one for one in said.splitlines() if f"{seed}.csv line {line}, column" in one]
            assert len(told) == 1, row
            # It is asked there, and not once more with a row to paste.
            assert row.rpartition(",?")[0] + ",?" not in said.partition("cannot stand")[2]
    assert " of contacts; unmapped until " not in said
    report = (seeds.parent / "reports" / "init-acme.csv").read_text("utf-8")
    for value in ("Zwischenstand", "Angenommen", "oominfo"):
        (asked,) = [line for line in report.splitlines() if f",{value},," in line]
        assert "decided before" not in asked
        assert ",true," in asked


def test_a_question_mark_gives_way_to_what_is_known(
    seeds: Path, update: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = seeds / "acme" / "value_mappings.csv"
    known = "lifecycle_stage,salesforce,Customer,customer,,,"
    before = path.read_text("utf-8")
    path.write_text(before.replace(known, known.replace(",customer,", ",?,")), "utf-8")
    assert path.read_text("utf-8") != before
    assert init.main(update) == 0
    assert path.read_text("utf-8") == before
    assert "cannot stand" not in capsys.readouterr().out


def test_a_date_of_a_stage_that_nothing_means_is_a_question(
    seeds: Path, update: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = seeds / "acme" / "field_mappings.csv"
    date = "salesforce,lead,mql_date_c,stage_date,MQL,false,"
    assert date in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace("MQL", "mqlx"), "utf-8")
    assert init.main(update) == 0
    said = capsys.readouterr().out
    assert date.replace("MQL", "?") in said
    assert "no row of value_mappings says what mqlx means in salesforce" in said
    path.write_text(path.read_text("utf-8").replace("mqlx", "mql"), "utf-8")
    assert init.main(update) == 0
    assert "stage_date" not in capsys.readouterr().out.partition("field_mappings.csv")[2]


def test_a_dry_run_tells_the_lines_of_the_policy_as_it_stands(
    seeds: Path, update: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    row = "lifecycle_stage,salesforce,Angenommen,sall,,,"
    paste(seeds, "value_mappings", row)
    before = line_of(seeds, "value_mappings", row)
    assert init.main([*update, "--dry-run"]) == 1
    assert f"value_mappings.csv line {before}, column value: 'sall'" in capsys.readouterr().out
    assert line_of(seeds, "value_mappings", row) == before


def test_a_policy_that_cannot_be_read_is_not_updated(
    seeds: Path, update: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = seeds / "acme" / "lifecycle_stages.csv"
    path.write_text(path.read_text("utf-8").replace("lead,lead,2,", "lead,lead,two,"), "utf-8")
    before = path.read_bytes()
    assert init.main(update) == 2
    line = 1 + before.decode().split("lead,lead,two,")[0].count("\n")
    assert f"lifecycle_stages.csv line {line}, column rank: 'two' is" in capsys.readouterr().err
    assert path.read_bytes() == before
