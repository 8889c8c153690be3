"""Questions that are filled in: taken over, refused by their line, or told no for good."""

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from scripts import init, load
from scripts.remembered import settings_of
from tests.wayin import salesforce

STAGES = ("lead", "mql", "Zwischenstufe", "customer")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An own CRM with a stage that no word tells, and more teams than a screen can show."""
    place = tmp_path_factory.mktemp("landed")
    tables = {
        "records": [
            {
                "record_id": str(number),
                "record_type": "contact",
                "created_at": "2026-01-05T10:00:00Z",
                "lifecycle_stage": STAGES[number % len(STAGES)],
            }
            for number in range(40)
        ],
        "users": [
            {"user_id": f"u{number}", "full_name": f"User {number}", "team": f"Zelle {number}x"}
            for number in range(449)
        ],
    }
    files = salesforce.write(place / "files", tables)
    arguments = ["open", str(files), "--name", "own", "--warehouse", str(place / "crm.duckdb")]
    assert load.main(arguments) == 0
    return place / "crm.duckdb"


@pytest.fixture
def seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where policies and reports go."""
    monkeypatch.setattr(init, "SEEDS", tmp_path / "seeds")
    monkeypatch.setattr(init, "REPORTS", tmp_path / "reports")
    return tmp_path / "seeds"


def asked(seeds: Path) -> list[dict[str, str]]:
    text = (seeds / "acme" / "QUESTIONS.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def fill_in(seeds: Path, answers: Mapping[str, str], mark: str = ",") -> None:
    """As a spreadsheet writes it."""
    rows = asked(seeds)
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), delimiter=mark, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(
        {**row, "answer": answers.get(row["in_the_crm"], row["answer"])} for row in rows
    )
    (seeds / "acme" / "QUESTIONS.csv").write_text(file.getvalue(), "utf-8-sig", newline="")


def seed_lines(seeds: Path, seed: str) -> list[str]:
    return (seeds / "acme" / f"{seed}.csv").read_text("utf-8").splitlines()


def test_a_long_list_is_cut_and_the_stages_come_last(
    warehouse: Path, seeds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init.main(["acme", "--warehouse", str(warehouse)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) < 80
    assert "    … 445 more in QUESTIONS.csv" in lines
    assert lines.index("    own,Zelle 0x,?") < lines.index(
        "    lifecycle_stage,own,Zwischenstufe,?,,,"
    )
    assert "450 questions (1 lifecycle stages, 449 teams)" in "\n".join(lines[-8:])
    assert len(asked(seeds)) == 450
    assert asked(seeds)[0]["in_the_crm"] == "Zwischenstufe"
    assert all("?" in row["row"].split(",") for row in asked(seeds))


@pytest.mark.parametrize("mark", [",", ";"])
def test_answers_become_rows_and_a_no_is_asked_no_more(
    warehouse: Path, seeds: Path, capsys: pytest.CaptureFixture[str], mark: str
) -> None:
    arguments = ["acme", "--warehouse", str(warehouse)]
    assert init.main(arguments) == 0
    teams = {f"Zelle {number}x": "ignore" for number in range(1, 449)}
    fill_in(seeds, {"Zwischenstufe": "SQL", "Zelle 0x": "sales", **teams}, mark)
    for _ in range(2):
        capsys.readouterr()
        assert init.main([*arguments, "--update"]) == 0
        said = capsys.readouterr().out
        assert "nothing needs a person" in said
        assert "lifecycle_stage,own,Zwischenstufe,sql,,," in seed_lines(seeds, "value_mappings")
        assert "own,Zelle 0x,sales" in seed_lines(seeds, "team_mappings")
        assert not [line for line in seed_lines(seeds, "team_mappings") if "Zelle 1x" in line]
        assert {row["answer"] for row in asked(seeds)} == {"ignore"}
    # Four stages are meant: the others are out of the model, and the screen says so.
    (told,) = [line for line in said.splitlines() if line.startswith("no value means")]
    assert {"subscriber", "sal", "opportunity"} <= set(re.findall(r"\w+", told))


def test_an_answer_that_cannot_stand_is_refused_by_its_line_and_kept(
    warehouse: Path, seeds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["acme", "--warehouse", str(warehouse)]
    assert init.main(arguments) == 0
    fill_in(seeds, {"Zwischenstufe": "sall", "Zelle 0x": "sales"})
    capsys.readouterr()
    assert init.main([*arguments, "--update"]) == 1
    said = capsys.readouterr().out
    assert "QUESTIONS.csv line 2, column answer: 'sall' is" in said
    assert "did you mean sal?" in said
    assert "make build" not in said.partition("next:")[2]
    assert "own,Zelle 0x,sales" in seed_lines(seeds, "team_mappings")
    assert not [line for line in seed_lines(seeds, "value_mappings") if "Zwischenstufe" in line]
    assert [row["answer"] for row in asked(seeds) if row["in_the_crm"] == "Zwischenstufe"] == [
        "sall"
    ]


@pytest.mark.parametrize("word", ["no", "none", "ignore"])
def test_a_no_pasted_into_a_seed_is_kept(
    warehouse: Path, seeds: Path, capsys: pytest.CaptureFixture[str], word: str
) -> None:
    arguments = ["acme", "--warehouse", str(warehouse)]
    assert init.main(arguments) == 0
    path = seeds / "acme" / "value_mappings.csv"
    path.write_text(path.read_text("utf-8") + f"lifecycle_stage,own,Zwischenstufe,{word},,,\n")
    (seeds / "acme" / "notes.md").write_text("ours")
    for _ in range(2):
        capsys.readouterr()
        assert init.main([*arguments, "--update"]) == 0
        said = capsys.readouterr().out
        assert "Zwischenstufe,?" not in said
        assert not [line for line in seed_lines(seeds, "value_mappings") if "Zwischenst" in line]
    assert (seeds / "acme" / "notes.md").read_text() == "ours"


def test_the_warehouse_remembers_the_policy(
    warehouse: Path, seeds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init.main(["acme", "--warehouse", str(warehouse), "--dry-run"]) == 0
    before = settings_of(warehouse).get("policy")
    assert init.main(["acme", "--warehouse", str(warehouse)]) == 0
    assert (before, settings_of(warehouse)["policy"]) in [(None, "acme"), ("acme", "acme")]
    assert "make build SOURCE=open DATA=… NAME=own" in capsys.readouterr().out
