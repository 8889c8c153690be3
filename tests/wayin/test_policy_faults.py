"""What in a policy cannot stand is told by file, line, column and remedy, before anything else."""

import shutil
from pathlib import Path

import pytest

from scripts import doctor, load
from scripts.places import SEEDS, CannotRunError
from scripts.policy import faults
from scripts.policy.checks import CHECKS
from scripts.policy.declared import declared_seeds
from scripts.policy.faults import faults_of, stop_on_faults
from scripts.proposal.policy import read_policy
from tests.wayin import salesforce

SHIPPED = sorted(path.parent.name for path in SEEDS.glob("*/lifecycle_stages.csv"))
STAGES = (
    "subscriber, lead, mql, sal, sql, opportunity, customer, recycled, disqualified, closed_lost"
)
TEAMS = "marketing, sales_development, sales, customer_success, operations"
OPEN = "; until somebody knows, take the row out"


# Seed, what is pasted, column, what is wrong with its last row.
WRONG_ANSWERS = [
    ("value_mappings", "lifecycle_stage,hubspot,MQL 1,mqll,,,", "value",
     f"'mqll' is no lifecycle stage; lifecycle_stages.csv has {STAGES}; did you mean mql?"),
    ("value_mappings", "lifecycle_stage,hubspot,MQL 2,?,,,", "value",
     f"'?' is not answered: it may be what lifecycle_stages.csv has: {STAGES}{OPEN}"),
    # A lead status may be called anything, but not a question mark.
    ("value_mappings", "lead_status,hubspot,Neu 3,?,,,", "value",
     f"'?' is not answered: put the answer in its place{OPEN}"),
    ("value_mappings", "lead_status,hubspot,Neu 4,new,acept,,", "decision",
     "'acept' is none of accept, recycle, disqualify; did you mean accept?"),
    ("value_mappings", "lifecycle_stage,hubspot,MQL 5,mql,accept,,", "",
     "it is not so that only a status decides (decision is null or concept = 'lead_status')"),
    ("value_mappings", "lifecycle_stage,hubspot,MQL 6,,,,", "value",
     "it is empty, and must be filled"),
    ("value_mappings", "lifecycle_stage,any,new,lead,,,\nlifecycle_stage,any,NEW,mql,,,", "",
     "the same concept, source_system and source_value as in line {above}, in force on the same"
     " day: one must go, or end (valid_to) where the other begins (valid_from)"),
    ("value_mappings", "lifecycle_stage,hubspot,MQL 7,mql,,2026-02-01,2026-01-01", "valid_to",
     "it is not after valid_from, and is the first day without it"),
    ("value_mappings", "lifecycle_stage,hubspot,MQL 8,mql,,01.02.2026,", "valid_from",
     "'01.02.2026' is not a date such as 2026-06-30"),
    ("team_mappings", "hubspot,Vertrieb Nord,?", "team",
     f"'?' is not answered: it may be {TEAMS}{OPEN}"),
    ("lead_sources", "oominfo 9,oominfo,?,true,false,,", "lead_source_group",
     f"'?' is not answered: put the answer in its place{OPEN}"),
    ("lead_sources", "oominfo 10,oominfo,other,?,false,,", "is_valid",
     f"'?' is not answered: it may be true or false{OPEN}"),
    ("lifecycle_transitions", "sal,lead,sales|operatoins,any,true,,", "owner_team",
     f"'operatoins' is none of {TEAMS}, or several with | between them;"
     " did you mean operations?"),
    ("field_mappings", "hubspot,contact,champion,champion_confirmed,,false,", "concept",
     "'champion_confirmed' is no concept; qualification_points.csv has authority_confirmed,"
     " budget_confirmed, need_confirmed, timing_confirmed; did you mean timing_confirmed?"),
    ("deal_pipelines", "hubspot,a,A,new_business\nhubspot,A,A,renewal", "",
     "the same source_system and pipeline as in line {above}: one of the two must go"),
    ("reasons", "late,Late,lost\nlate,Later,lost", "",
     "the same reason_code as in line {above}: one of the two must go"),
]  # fmt: skip


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of b2b, where policies are looked for."""
    monkeypatch.setattr(faults, "SEEDS", tmp_path)
    monkeypatch.setattr(doctor, "SEEDS", tmp_path)
    return shutil.copytree(SEEDS / "b2b", tmp_path / "acme")


def paste(policy: Path, seed: str, *rows: str) -> int:
    """Put rows at the end of a seed; returns the line of the first."""
    path = policy / f"{seed}.csv"
    before = path.read_text(encoding="utf-8")
    path.write_text(before + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return before.count("\n") + 1


@pytest.mark.parametrize("name", SHIPPED)
def test_policies_that_ship_have_no_fault(name: str) -> None:
    assert faults_of(SEEDS / name) == []


def test_every_kind_of_test_that_is_declared_is_known() -> None:
    declared = [test for seed in declared_seeds().values() for test in seed.tests]
    assert len(declared) > 100
    assert {test.kind for test in declared} <= set(CHECKS)


def test_a_wrong_answer_is_told_with_what_to_do(policy: Path) -> None:
    expected = []
    for seed, row, column, said in WRONG_ANSWERS:
        line = paste(policy, seed, row) + row.count("\n")
        of_column = f", column {column}" if column else ""
        said = said.replace("{above}", str(line - 1))
        expected.append(f"{policy / f'{seed}.csv'} line {line}{of_column}: {said}")
    assert sorted(map(str, faults_of(policy))) == sorted(expected)


def test_a_question_mark_that_the_crm_says_itself_is_no_open_question(policy: Path) -> None:
    paste(policy, "value_mappings", "lead_status,hubspot,?,new,,,")
    paste(policy, "deal_stages", "hubspot,?,?,?,open,,,")
    assert faults_of(policy) == []


def test_lines_are_counted_as_an_editor_counts_them(policy: Path) -> None:
    path = policy / "team_mappings.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    told = [header, 'hubspot,"Vertrieb\nNord",sales', "", "hubspot,Vertrieb Süd,sals", *rows]
    path.write_text("\ufeff" + "\r\n".join(told), encoding="utf-8")
    assert [(fault.line, fault.column) for fault in faults_of(policy)] == [(5, "team")]


def test_a_file_that_cannot_be_read_is_told_alone(policy: Path) -> None:
    paste(policy, "value_mappings", "lifecycle_stage,hubspot,MQL neu,mqll,,,")
    (policy / "holidays.csv").unlink()
    (policy / "reasons.csv").write_bytes(
        "reason_code,label,reason_route\nx,für,lost\n".encode("cp1252")
    )
    comma = paste(policy, "deal_pipelines", "hubspot,7,Neukunden, Bestand,new_business")
    (policy / "segments.csv").write_text("segment;priority\nall;1\n", encoding="utf-8")
    (policy / "team_mappings.csv").write_text(
        'source_system,source_team,team\nhubspot,"Sales,sales\n', encoding="utf-8"
    )
    assert [str(fault).replace(f"{policy}/", "") for fault in faults_of(policy)] == [
        f"deal_pipelines.csv line {comma}: 5 cells, and the header has 4: a cell with a comma in it"
        " stands in double quotes",
        "holidays.csv: it is missing, every policy has it: copy that of seeds/b2b",
        "reasons.csv: it is not in UTF-8: save it as CSV in UTF-8",
        "segments.csv line 1: its header lacks segment, priority, country, industry,"
        " employee_count_min, employee_count_max, its cells must stand with commas between them",
        "team_mappings.csv line 2: no row of a CSV file: unexpected end of data",
    ]


def test_a_long_list_of_faults_is_cut(policy: Path) -> None:
    paste(policy, "team_mappings", *(f"hubspot,Team {n},?" for n in range(25)))
    with pytest.raises(CannotRunError) as stopped:
        stop_on_faults("acme")
    first, *more, last = str(stopped.value).splitlines()
    assert first == f"25 things in {policy} cannot stand, and a build stops there:"
    assert (len(more), last) == (20, "  … and 5 more")


def test_the_doctor_tells_them_too(
    policy: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(doctor, "read_policy", lambda name: read_policy(name, tmp_path))
    files = salesforce.write(
        tmp_path / "files",
        {"records": [{"record_id": "1", "record_type": "contact", "lifecycle_stage": "lead"}]},
    )
    warehouse = tmp_path / "crm.duckdb"
    assert load.main(["open", str(files), "--warehouse", str(warehouse)]) == 0
    line = paste(policy, "team_mappings", "hubspot,Vertrieb,?")
    assert doctor.main(["--warehouse", str(warehouse), "--policy", "acme"]) == 1
    assert f"team_mappings.csv line {line}, column team: '?' is not" in capsys.readouterr().out


def test_a_misspelt_policy_is_told_with_those_that_are_there(policy: Path) -> None:
    with pytest.raises(CannotRunError, match=r"^no policy at .*acmee; there are: acme$"):
        stop_on_faults("acmee")
