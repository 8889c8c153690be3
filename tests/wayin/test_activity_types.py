"""Types of activity: which `init` knows by their words, which it asks, as the build does."""

import re
from pathlib import Path

import pytest

from scripts import init, load
from scripts.proposal.findings import Finding
from scripts.proposal.policy import pasted, write_policy
from scripts.proposal.propose import Proposal
from scripts.proposal.telling import as_screen
from tests.compiled import CompiledModels
from tests.wayin import salesforce

LEAD = salesforce.lead_id(1)
UNKNOWN = {("pipe", "Kaffeeklatsch"), ("pipe", "Demo"), ("salesforce", "golf round")}


def open_files(folder: Path) -> Path:
    """Six types in the open format: one as in `b2b`, three of other words, two to decide."""
    types = [
        ("Anruf", "inbound"),
        ("Anruf", "outbound"),
        ("anruf", ""),
        ("EmailClick", "inbound"),
        ("Demo request", ""),
        ("Demo", ""),
        ("Kaffeeklatsch", ""),
        ("call", "outbound"),
    ]
    activities = [
        {
            "activity_id": str(number),
            "record_id": "1",
            "activity_type": kind,
            "direction": direction,
            "occurred_at": f"2026-01-{number + 5:02}T09:00:00Z",
        }
        for number, (kind, direction) in enumerate(types)
    ]
    people = [
        {"record_id": number, "record_type": "contact", "lifecycle_stage": "lead"}
        for number in "1234"
    ]
    changes = [
        {
            "change_id": value,
            "entity_type": "contact",
            "entity_id": "1",
            "field": "lifecycle_stage",
            "new_value": value,
            "change_source": "workflow",
            "changed_at": "2026-01-05T09:00:00Z",
        }
        for value in ("lead", "mql", "sql")
    ]
    tables = {"records": people, "activities": activities, "changes": changes}
    return salesforce.write(folder, tables)


def salesforce_files(folder: Path) -> Path:
    """A call by subtype, an unknown type, and what is no activity of a person."""
    done = {"who_id": LEAD, "is_closed": "true", "created_date": salesforce.stamp(1)}
    return salesforce.write(
        folder,
        {
            "lead": [{"id": LEAD, "status": "New", "created_date": salesforce.stamp(0)}],
            "task": [
                {**done, "id": "00T000000000001AAA", "type": "Golf round"},
                {**done, "id": "00T000000000002AAA", "type": "Rest", "task_subtype": "Call"},
                {**done, "id": "00T000000000003AAA", "type": "Planned", "is_closed": "false"},
                {**done, "id": "00T000000000004AAA", "type": "Hidden", "call_type": "Internal"},
                {**done, "id": "00T000000000005AAA", "type": "Nobody's", "who_id": ""},
            ],
            "event": [{**done, "id": "00U000000000001AAA", "type": "Lunch"}],
        },
    )


def hubspot_files(folder: Path) -> Path:
    call = {"engagement_id": "1", "property_hs_timestamp": "2026-01-05 09:00:00"}
    return salesforce.write(
        folder,
        {
            "contact": [{"id": "1", "property_lifecyclestage": "lead"}],
            "engagement_call": [call],
            "engagement_contact": [{"engagement_id": "1", "contact_id": "1"}],
        },
    )


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("activities")
    file = folder / "crm.duckdb"
    loads = [
        ["open", str(open_files(folder / "open")), "--name", "pipe"],
        ["salesforce", str(salesforce_files(folder / "salesforce"))],
        ["hubspot", str(hubspot_files(folder / "hubspot"))],
    ]
    for arguments in loads:
        assert load.main([*arguments, "--warehouse", str(file)]) == 0
    return file


@pytest.fixture(scope="module")
def proposal(warehouse: Path) -> Proposal:
    return init.propose_policy(warehouse, [])


def found(proposal: Proposal, value: str) -> list[Finding]:
    return [
        one
        for one in proposal.findings
        if one.concept == "activity_type" and one.source_value == value
    ]


def test_types_are_asked_that_the_build_would_find_unmapped(
    warehouse: Path, proposal: Proposal, tmp_path: Path
) -> None:
    write_policy(proposal.policy, tmp_path / "acme")
    models = CompiledModels(
        ["int_activities_unioned", "int_known_values"],
        as_of="2026-06-30 18:00:00",
        policy=tmp_path / "acme",
        landed=warehouse,
    )
    models.run()
    unmapped = models.rows("""
        select source_system, min(activity_type), count(*), count(distinct record_id)
        from intermediate.int_activities_unioned as activities
        where (source_system, lower(trim(activity_type))) not in (
            select (source_system, source_value_key) from intermediate.int_known_values
            where concept = 'activity_type'
        )
        group by source_system, lower(trim(activity_type))
    """)
    models.close()
    asked = [one for one in proposal.undecided if one.concept == "activity_type"]
    assert {(one.source_system, one.source_value) for one in asked} == UNKNOWN
    assert set(unmapped) == {
        (one.source_system, one.source_value, one.row_count, one.record_count) for one in asked
    }
    (row,) = (one.row for one in asked if one.source_value == "Kaffeeklatsch")
    pasted_row = pasted(proposal.policy["activity_types"], row or {})
    assert pasted_row == "pipe,Kaffeeklatsch,%,any,50,?,0,false,false,false,,"


def test_a_type_that_a_word_tells_is_worth_what_the_known_type_is(proposal: Proposal) -> None:
    every, inbound = (one.row or {} for one in found(proposal, "Anruf"))
    assert (every["direction"], every["signal"], every["is_sales"]) == (
        "any",
        "sales_touch",
        "true",
    )
    assert (inbound["direction"], inbound["points"]) == ("inbound", "20")
    assert [(one.row_count, one.basis) for one in found(proposal, "Anruf")] == [
        (3, "known word: call"),
        (1, "known word: call"),
    ]
    (click,) = found(proposal, "EmailClick")
    assert click.row is not None
    assert (click.is_written, click.row["signal"], click.row["points"]) == (True, "response", "5")
    (request,) = found(proposal, "Demo request")
    assert request.row is not None
    assert (request.row["signal"], request.row["is_decisive"]) == ("conversion", "true")


def test_a_type_that_the_policy_knows_gets_no_row_of_its_own(proposal: Proposal) -> None:
    (call,) = [one for one in found(proposal, "call") if one.source_system == "pipe"]
    assert (call.basis, call.needs_decision) == ("known id", False)
    rows = proposal.policy["activity_types"].rows
    assert [row["source_system"] for row in rows if row["activity_type"] == "call"] == ["any"] * 2


def test_who_has_an_activity_of_a_type_to_decide_is_counted(proposal: Proposal) -> None:
    # The person of the open-format source and the lead, of six people.
    assert (proposal.undecided_people_count, proposal.people_count) == (2, 6)


def test_a_type_whose_rows_have_ended_is_asked_again(warehouse: Path, proposal: Proposal) -> None:
    seed = proposal.policy["activity_types"]
    ended = [
        {**row, "valid_to": "2026-01-07" if row["activity_type"] == "EmailClick" else ""}
        for row in seed.rows
    ]
    own = {**proposal.policy, "activity_types": seed.with_rows(ended)}
    again = init.propose_policy(warehouse, ["pipe"], own)
    (click,) = found(again, "EmailClick")
    assert click.basis == "known word: email_click"
    assert found(again, "Anruf")[0].basis == "decided before"


def test_kinds_of_change_are_counted_by_change(proposal: Proposal) -> None:
    screen = as_screen(proposal, "acme", is_dry=True)
    assert re.search(r"^Kinds of change.* sure   changes   last used$", screen, re.MULTILINE)
    assert re.search(r"^  workflow +automation +1.00 +3  2026-01-05$", screen, re.MULTILINE)
