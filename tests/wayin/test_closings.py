"""What deals say of the stage they stand in: open, won, lost, or nothing."""

from pathlib import Path

import pytest

from scripts import init, load
from scripts.proposal.closings import StageUse, roles_of
from scripts.proposal.propose import Proposal
from tests.wayin import salesforce

BESIDE = {
    "first": StageUse(2, 3, 4, 20),
    "second": StageUse(2, 1, 4, 10),
    "third": StageUse(1, 5, 2, 0),
}
MOVED = {
    "first": StageUse(20, 0, 0, 80),
    "second": StageUse(10, 1, 2, 70),
    "signed": StageUse(0, 40, 0, 1),
    "gone": StageUse(0, 0, 37, 0),
}


def roles(uses: dict[str, StageUse]) -> dict[str, str | None]:
    return {
        stage: told.role.value if told.role.is_sure else None
        for stage, told in roles_of(uses).items()
    }


def test_stages_in_which_deals_stand_open_or_go_on_are_open() -> None:
    assert roles(BESIDE) == dict.fromkeys(BESIDE, "open")
    assert roles(MOVED) == {"first": "open", "second": "open", "signed": "won", "gone": "lost"}


@pytest.mark.parametrize(
    "unclear",
    [
        StageUse(3, 0, 37, 0),  # open deals stand in it, and lost ones gather there
        StageUse(0, 20, 20, 0),  # one stage for every end
        StageUse(0, 0, 0, 0, unsaid_count=40),  # closed, and nobody says how
        StageUse(1, 0, 60, 0),  # one open deal may be a slip: a person knows
    ],
)
def test_what_is_unclear_is_a_question_without_an_answer(unclear: StageUse) -> None:
    assert roles({**MOVED, "gone": unclear})["gone"] is None


def test_a_last_stage_is_told_by_when_its_deals_closed() -> None:
    uses = {"first": StageUse(0, 0, 4, 8), "second": StageUse(0, 0, 4, 4)}
    assert roles({**uses, "last": StageUse(0, 0, 4, closed_later_count=4)})["last"] == "open"
    assert roles({**uses, "pool": StageUse(0, 0, 4, closed_later_count=0)})["pool"] is None


def proposed(
    tmp_path: Path, deals: list[dict[str, str]], changes: list[dict[str, str]]
) -> Proposal:
    records = [{"record_id": "1", "record_type": "contact", "lifecycle_stage": "lead"}]
    tables = {"records": records, "deals": deals, **({"changes": changes} if changes else {})}
    files = salesforce.write(tmp_path / "files", tables)
    warehouse = tmp_path / "crm.duckdb"
    assert load.main(["open", str(files), "--name", "own", "--warehouse", str(warehouse)]) == 0
    return init.propose_policy(warehouse, [])


def deal_rows(proposal: Proposal) -> dict[str, str]:
    return {
        found.source_value: (found.row or {})["deal_role"]
        for found in proposal.findings
        if found.seed == "deal_stages"
    }


def test_a_status_beside_the_stage_leaves_every_stage_open(tmp_path: Path) -> None:
    names = ("Eins", "Zwei", "Drei")
    deals = [
        {
            "deal_id": f"d{number}",
            "pipeline": "Sales",
            "deal_stage": names[number % 3],
            "is_closed": "false" if number % 4 == 0 else "true",
            "is_won": "true" if number % 4 == 1 else "false",
            "created_at": "2026-01-06T10:00:00Z",
        }
        for number in range(36)
    ]
    assert deal_rows(proposed(tmp_path, deals, [])) == dict.fromkeys(names, "open")


def test_stages_that_deals_went_through_and_closed_in_are_open(tmp_path: Path) -> None:
    names = ("Eins", "Zwei", "Drei")
    deals, changes = [], []
    for number in range(9):
        deals.append({
            "deal_id": f"d{number}",
            "deal_stage": names[number % 3],
            "is_closed": "true",
            "is_won": "false",
            "created_at": "2026-01-01T09:00:00Z",
            "closed_at": "2026-07-01T09:00:00Z",
        })  # fmt: skip
        for step in range(number % 3 + 1):
            changes.append({
                "change_id": f"c{number}{step}",
                "entity_type": "deal",
                "entity_id": f"d{number}",
                "field": "deal_stage",
                "old_value": names[step - 1] if step else "",
                "new_value": names[step],
                "changed_at": f"2026-0{step + 1}-01T10:00:00Z",
            })  # fmt: skip
    assert deal_rows(proposed(tmp_path, deals, changes)) == dict.fromkeys(names, "open")


def test_a_label_that_its_deals_contradict_is_a_question(tmp_path: Path) -> None:
    deals = [
        {
            "deal_id": f"d{number}",
            "deal_stage": "Verloren",
            "is_closed": str(number % 2 == 0).lower(),
            "is_won": "false",
        }
        for number in range(8)
    ]
    assert deal_rows(proposed(tmp_path, deals, [])) == {"Verloren": "?"}
