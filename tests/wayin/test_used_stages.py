"""The moves that are allowed once stages that nothing means are out of the model."""

from collections.abc import Sequence

import pytest

from scripts.policy.files import SeedRow
from scripts.proposal.counts import ValueUse
from scripts.proposal.findings import Finding, Question, value_finding
from scripts.proposal.policy import read_policy
from scripts.proposal.stages import with_used_stages
from scripts.proposal.words import Match

STAGES = [row["lifecycle_stage"] for row in read_policy("b2b")["lifecycle_stages"].rows]
Moves = set[tuple[str, str]]


def meaning(stage: str) -> Finding:
    use = ValueUse(
        "hubspot", "contact", "lifecyclestage", stage, None, 9, 9, 9, None, None, None, None,
        None, None,
    )  # fmt: skip
    row = {"source_system": "hubspot", "source_value": stage, "value": stage}
    return value_finding(
        Question("value_mappings", "lifecycle_stage"), use, Match(stage, 1, ""), row
    )


def moves_without(*unused: str) -> Moves:
    """The moves of b2b where no value means these stages."""
    findings = [meaning(stage) for stage in STAGES if stage not in unused]
    policy, found = with_used_stages(read_policy("b2b"), findings, is_new=False)
    assert set(found) == set(unused)
    return ends(policy["lifecycle_transitions"].rows)


def ends(rows: Sequence[SeedRow]) -> Moves:
    return {(row["from_stage"], row["to_stage"]) for row in rows}


BEFORE = ends(read_policy("b2b")["lifecycle_transitions"].rows)


@pytest.mark.parametrize(
    ("unused", "added"),
    [
        (("recycled",), set()),
        (("recycled", "sql", "subscriber"), {("sal", "opportunity")}),
        (("closed_lost", "disqualified"), set()),
        (("sal",), {("mql", "sql")}),
        (("sal", "sql"), {("mql", "opportunity")}),
        # Who lost or left still comes back, and no further than to the next stage.
        (("mql",), {("lead", "sal"), ("none", "sal"), ("subscriber", "sal"), ("recycled", "sal"),
                    ("closed_lost", "sal"), ("subscriber", "recycled")}),
        # What ended an opportunity now ends what came before it.
        (("opportunity",), {("sql", "closed_lost"), ("sql", "customer"),
                            ("closed_lost", "customer")}),
    ],
)  # fmt: skip
def test_moves_are_joined_forward_through_stages_of_the_funnel(
    unused: tuple[str, ...], added: Moves
) -> None:
    kept = {move for move in BEFORE if not set(move) & set(unused)}
    assert moves_without(*unused) == kept | added


def test_every_stage_that_is_left_can_still_be_entered() -> None:
    for stage in STAGES:
        moves = moves_without(stage)
        assert {end for _, end in moves} == {*STAGES} - {stage}
