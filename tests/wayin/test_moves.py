"""Which moves tell where a stage stands, and what is said where none does."""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import duckdb
import pytest

from scripts.proposal.counts import ValueUse
from scripts.proposal.findings import Finding
from scripts.proposal.moves import moves, observed_order
from scripts.proposal.policy import read_policy
from scripts.proposal.stages import value_findings

FIELD = ("crm", "contact", "stage")
USE = ValueUse(*FIELD, "", None, 1, 1, 1, None, None, None, None, None, None)
KNOWN = ("lead", "mql", "sal", "opportunity", "disqualified")


def found(histories: Mapping[Sequence[str], int]) -> Finding:
    """What is proposed for the value `x`, which so many records held in so many histories."""
    with contextlib.closing(duckdb.connect()) as connection:
        connection.execute(
            "create table landed_changes (source_system text, object_type text, field text,"
            " record_id text, old_value text, value text, changed_at timestamp)"
        )
        rows = [
            (*FIELD, f"{number}/{copy}", None, value, f"2026-01-01 00:{minute:02}:00")
            for number, (history, copies) in enumerate(histories.items())
            for copy in range(copies)
            for minute, value in enumerate(history)
        ]
        connection.executemany("insert into landed_changes values (?, ?, ?, ?, ?, ?, ?)", rows)
        order = observed_order(connection, [FIELD])
        uses = [replace(USE, value=value) for value in (*KNOWN, "x")]
        all_found = value_findings(
            "lifecycle_stage", uses, read_policy("b2b"), moves(connection, [FIELD]), order
        )
    assert [one.source_value for one in all_found if one.needs_decision] == ["x"]
    return all_found[-1]


@pytest.mark.parametrize(
    ("around", "proposal", "confidence"),
    [
        ({("lead", "mql", "x", "mql", "sal"): 20}, "mql", 0.1),
        ({("lead", "mql", "x", "mql"): 5, ("lead", "x", "lead"): 15}, "lead", 0.1),
        ({("lead", "mql", "x", "mql"): 10, ("lead", "x", "lead"): 10}, "", 0.0),
        ({("lead", "y", "x", "y", "sal"): 20}, "", 0.0),
    ],
)
def test_a_stage_between_equal_values_is_told_no_place_by_its_moves(
    around: Mapping[Sequence[str], int], proposal: str, confidence: float
) -> None:
    unknown = found(around)
    assert (unknown.proposal, unknown.confidence) == (proposal, confidence)
    assert unknown.basis == (
        "lies between equal values in all 20 stays: its moves tell no direction"
    )
    assert unknown.row is not None
    assert unknown.row["value"] == "?"


def test_only_moves_that_tell_a_direction_place_a_stage() -> None:
    """Forty stays within opportunity do not outweigh the six between sal and opportunity."""
    unknown = found({
        ("lead", "opportunity", "x", "opportunity"): 40,
        ("sal", "x", "opportunity"): 5,
        ("opportunity", "x", "sal"): 1,
    })  # fmt: skip
    assert (unknown.proposal, unknown.confidence) == ("sql", 0.41)
    assert unknown.basis == (
        "its place among known stages fits 10 of 12 moves that tell a direction"
    )


def test_a_stay_at_the_end_tells_a_direction() -> None:
    unknown = found({("lead", "x"): 1, ("mql", "x", "mql"): 3})
    assert unknown.basis == "its place among known stages fits 1 of 1 move that tells a direction"


def test_a_stage_without_moves_is_not_known() -> None:
    unknown = found({("lead", "mql"): 1})
    assert (unknown.proposal, unknown.basis) == ("", "not known")
