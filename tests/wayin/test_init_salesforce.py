"""What `init` makes of Salesforce, wherever an organisation keeps its stage."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import init, load
from scripts.proposal.propose import Proposal
from scripts.proposal.telling import as_screen
from tests.wayin import salesforce


def proposal_for(files: Callable[[Path], Path], place: Path) -> Proposal:
    warehouse = place / "crm.duckdb"
    arguments = ["salesforce", str(files(place / "files")), "--warehouse", str(warehouse)]
    assert load.main(arguments) == 0
    return init.propose_policy(warehouse, ["salesforce"])


def mapped(proposal: Proposal, concept: str) -> dict[str, str]:
    return {
        row["source_value"]: row["value"]
        for row in proposal.policy["value_mappings"].rows
        if row["concept"] == concept and row["source_system"] == "salesforce"
    }


def fields(proposal: Proposal, concept: str) -> list[tuple[str, str, str]]:
    return [
        (row["object_type"], row["source_field"].lower(), row["applies_to"])
        for row in proposal.policy["field_mappings"].rows
        if row["concept"] == concept and row["source_system"] == "salesforce"
    ]


@pytest.fixture(scope="module")
def custom(tmp_path_factory: pytest.TempPathFactory) -> Proposal:
    return proposal_for(salesforce.with_custom_field, tmp_path_factory.mktemp("custom"))


def test_a_stage_field_of_their_own_is_found_by_name_and_values(custom: Proposal) -> None:
    assert fields(custom, "lifecycle_stage") == [("lead", "lifecycle_phase_c", "")]
    assert fields(custom, "lead_status") == [("lead", "status", "")]
    assert mapped(custom, "lifecycle_stage") == {
        word: stage for stage, word in salesforce.GERMAN.items()
    }
    assert custom.undecided == []


def test_stages_are_ordered_as_records_moved(custom: Proposal) -> None:
    order = custom.orders["salesforce"]
    assert order.values == tuple(word.lower() for word in salesforce.GERMAN.values())
    assert order.ties == ()


def test_a_stage_that_no_value_means_leaves_a_funnel_that_hangs_together(custom: Proposal) -> None:
    stages = custom.policy["lifecycle_stages"].rows
    active = {row["lifecycle_stage"] for row in stages if row["is_active"] == "true"}
    assert active == set(salesforce.PATH)
    moves = {
        (row["from_stage"], row["to_stage"]) for row in custom.policy["lifecycle_transitions"].rows
    }
    assert {("none", "lead"), ("lead", "mql"), ("mql", "sal"), ("opportunity", "customer")} <= moves
    assert not {stage for move in moves for stage in move} - active - {"none"}


def test_test_owners_and_the_own_domain_are_left_out(custom: Proposal) -> None:
    left_out = {(row["field"], row["pattern"]) for row in custom.policy["record_exclusions"].rows}
    assert ("email_domain", "ownfirm.example") in left_out
    assert ("owner_id", "salesforce:user:005000000000001AAA") in left_out
    assert not [pattern for field, pattern in left_out if pattern.endswith("000000000AAA")]


def test_users_that_are_no_people_are_kinds_of_change(tmp_path: Path) -> None:
    """By name, login, type or share of the work; what only hints at it is a question."""
    proposal = proposal_for(salesforce.with_jobs, tmp_path)
    found = {
        finding.source_value: (finding.proposal, finding.needs_decision, finding.record_count)
        for finding in proposal.findings
        if finding.concept == "change_source"
    }
    assert found == {
        "Ada Berg": ("", True, 34),
        "Marketo Sync": ("propagated", False, 3),
        "Dataloader User": ("bulk", False, 3),
        "Acme Integration": ("automation", True, 3),
        "Max Mustermann": ("automation", True, 3),
        "Guest": ("", True, 6),
        "HubSpot Integration": ("propagated", False, 3),
    }
    assert proposal.writers == {"salesforce": 5}
    rows = proposal.policy["change_sources"].rows
    written = {row["change_source"] for row in rows if row["source_system"] == "salesforce"}
    assert written >= {"Marketo Sync", "Dataloader User", "HubSpot Integration"}
    assert not written & {"Ada Berg", "Acme Integration", "Max Mustermann", "Guest"}
    said = as_screen(proposal, "acme", is_dry=True)
    assert "5 users who wrote changes in salesforce taken for people" in said
    assert "    salesforce,Ada Berg,?\n      Ada Berg: wrote " in said
    assert "Kim Roth" not in said


def test_one_user_who_does_all_the_work_is_a_person(custom: Proposal) -> None:
    assert [found for found in custom.findings if found.concept == "change_source"] == []
    assert custom.writers == {"salesforce": 1}


def test_a_status_that_holds_stages_is_the_stage(tmp_path: Path) -> None:
    proposal = proposal_for(salesforce.with_stage_in_status, tmp_path)
    assert fields(proposal, "lifecycle_stage") == [("lead", "status", "")]
    assert fields(proposal, "lead_status") == []
    assert mapped(proposal, "lifecycle_stage") == {
        word: stage for stage, word in salesforce.IN_STATUS.items()
    }


def test_dates_of_stages_are_mapped_and_other_dates_are_not(tmp_path: Path) -> None:
    proposal = proposal_for(salesforce.with_dates, tmp_path)
    assert fields(proposal, "stage_date") == [
        ("lead", "mql_date_c", "mql"),
        ("lead", "sql_date_c", "sql"),
    ]
    known = {
        row["source_value"]
        for row in proposal.policy["value_mappings"].rows
        if row["concept"] == "lifecycle_stage" and row["source_system"] in ("any", "salesforce")
    }
    assert {"mql", "sql"} <= known


def test_several_sources_share_one_policy(tmp_path: Path) -> None:
    warehouse = tmp_path / "crm.duckdb"
    tables = salesforce.with_custom_field(tmp_path / "salesforce")
    records = [
        {
            "record_id": str(number),
            "record_type": "contact",
            "lifecycle_stage": stage,
            "their_number": salesforce.lead_id(number),
        }
        for number, stage in enumerate(("Lead", "Kunde", "Zwischenstufe", "Lead", "MQL"))
    ]
    other = salesforce.write(tmp_path / "open", {"records": records})
    for source in (["salesforce", str(tables)], ["open", str(other), "--name", "pipedrive"]):
        assert load.main([*source, "--warehouse", str(warehouse)]) == 0
    proposal = init.propose_policy(warehouse, ["salesforce", "pipedrive"])
    assert "any" not in {
        row["source_system"]
        for row in proposal.policy["value_mappings"].rows
        if row["concept"] == "lifecycle_stage"
    }
    assert set(mapped(proposal, "lifecycle_stage")) == set(salesforce.GERMAN.values())
    assert [found.source_value for found in proposal.undecided] == ["Zwischenstufe"]
    assert proposal.undecided_people_count == 1
    ids = [row for row in proposal.policy["field_mappings"].rows if row["concept"] == "crm_id"]
    assert ("pipedrive", "contact", "their_number", "salesforce:lead") in {
        (row["source_system"], row["object_type"], row["source_field"], row["applies_to"])
        for row in ids
    }


def test_a_status_in_the_stage_field_is_a_fault_and_no_question(tmp_path: Path) -> None:
    records = [
        {"record_id": str(number), "record_type": "contact", "lifecycle_stage": stage}
        for number, stage in enumerate(("lead", "mql", "customer", "in_progress"))
    ]
    files = salesforce.write(tmp_path / "open", {"records": records})
    assert load.main(["open", str(files), "--warehouse", str(tmp_path / "crm.duckdb")]) == 0
    proposal = init.propose_policy(tmp_path / "crm.duckdb", ["open"])
    found = next(found for found in proposal.findings if found.source_value == "in_progress")
    assert found.basis == "a lead status in the wrong field"
    assert proposal.undecided == []
    assert "in_progress" not in {
        row["source_value"]
        for row in proposal.policy["value_mappings"].rows
        if row["concept"] == "lifecycle_stage"
    }
