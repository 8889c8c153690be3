"""HubSpot and Salesforce of one company in one proposal: each its own lists, the known meanings."""

import contextlib
import csv
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from scripts import generate, init, load
from scripts.proposal.landed import read_landed
from scripts.proposal.policy import SEEDS, Policy, read_policy
from scripts.proposal.reading import open_reading
from scripts.proposal.writers import change_writers
from tests.wayin.shuffled import UNKNOWN_IN_DEMO

CRMS = ("hubspot", "salesforce")
# For each seed, the column that holds the value of the CRM, and the one that holds its meaning.
MEANS = {
    "value_mappings": ("source_value", "value"),
    "deal_stages": ("deal_stage", "deal_role"),
    "deal_pipelines": ("pipeline", "pipeline_kind"),
    "lead_sources": ("source_value", "lead_source_group"),
    "change_sources": ("change_source", "actor_kind"),
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both CRMs of a small company, landed as its own data."""
    folder = tmp_path_factory.mktemp("company")
    assert generate.main([str(folder / "files"), "--contacts", "150", "--breaches", "0"]) == 0
    for crm in CRMS:
        arguments = [crm, str(folder / "files" / crm), "--as-of", "2026-06-30T18:00:00Z"]
        assert load.main([*arguments, "--warehouse", str(folder / "crm.duckdb")]) == 0
    return folder / "crm.duckdb"


def meaning(policy: Policy, found: dict[str, str]) -> set[str]:
    """What a policy says of a value that a CRM holds; a row of the CRM's own goes first."""
    column, means = MEANS[found["seed"]]
    rows = [
        row
        for row in policy[found["seed"]].rows
        if row[column].lower() == found["source_value"].lower()
        and row.get("concept", found["concept"]) == found["concept"]
        and row.get("source_system", "any") in (found["source_system"], "any")
    ]
    own = [row for row in rows if row.get("source_system") == found["source_system"]]
    return {row[means] for row in own or rows}


def test_users_of_a_sync_or_a_job_are_told_without_a_policy_that_names_them(
    warehouse: Path,
) -> None:
    policy = read_policy("b2b", SEEDS)
    seed = policy["change_sources"]
    with contextlib.closing(duckdb.connect(str(warehouse), read_only=True)) as connection:
        open_reading(connection, [read_landed(connection, "salesforce")])
        found, people = change_writers(connection, [], {"change_sources": replace(seed, rows=())})
    named = {row["change_source"]: row["actor_kind"] for row in seed.rows}
    told = {finding.source_value: finding.proposal for finding in found if finding.is_written}
    assert told == {name: named[name] for name in ("HubSpot Integration", "Data Loader")}
    assert {finding.source_value for finding in found} - told.keys() == {"AutomatedProcess"}
    assert people["salesforce"] > 5


@pytest.mark.parametrize("crms", [("salesforce",), CRMS], ids="+".join)
def test_the_proposal_means_what_the_policy_that_knows_these_crms_means(
    warehouse: Path,
    crms: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(init, "SEEDS", tmp_path)
    monkeypatch.setattr(init, "REPORTS", tmp_path)
    sources = [option for crm in crms for option in ("--source", crm)]
    assert init.main(["mine", *sources, "--warehouse", str(warehouse)]) == 0
    said = capsys.readouterr().out
    has_both = len(crms) == 2
    # Of two CRMs each has its own lists and its own order.
    assert ("Lifecycle stages, salesforce" in said) == has_both
    assert ("seen order of stages in hubspot: " in said) == has_both
    with (tmp_path / "init-mine.csv").open(newline="", encoding="utf-8") as report:
        found = [row for row in csv.DictReader(report) if row["seed"] in MEANS]
    assert {row["source_system"] for row in found} == set(crms)
    asked = {row["source_value"] for row in found if row["needs_decision"] == "true"}
    assert asked <= set(UNKNOWN_IN_DEMO)
    proposed, known = read_policy("mine", tmp_path), read_policy("b2b", SEEDS)
    told = [row for row in found if row["source_value"] not in UNKNOWN_IN_DEMO]
    assert len(told) > 40
    users = {row["source_value"] for row in told if row["field"] == "created_by_id"}
    assert users == {"AutomatedProcess", "Data Loader", "HubSpot Integration"}
    assert {(row["seed"], row["source_value"]): meaning(proposed, row) for row in told} == {
        (row["seed"], row["source_value"]): meaning(known, row) for row in told
    }
