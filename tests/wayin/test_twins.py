"""Two fields of one concept: the one that says the same in other words is no question."""

from pathlib import Path

import pytest

from scripts import init, load
from scripts.proposal.findings import Finding
from tests.wayin import salesforce

STAGES = ("lead", "mql", "sql", "customer")
LABELS = ("Interessent", "MQL", "Vertriebsqualifiziert", "Kunde")


def fields_asked(tmp_path: Path, second: list[str]) -> list[Finding]:
    records = [
        {
            "record_id": str(number),
            "record_type": "contact",
            "lifecycle_stage": STAGES[number % 4],
            "lead_stage": label,
        }
        for number, label in enumerate(second)
    ]
    files = salesforce.write(tmp_path / "files", {"records": records})
    warehouse = tmp_path / "crm.duckdb"
    assert load.main(["open", str(files), "--name", "own", "--warehouse", str(warehouse)]) == 0
    proposal = init.propose_policy(warehouse, [])
    return [found for found in proposal.undecided if found.seed == "field_mappings"]


@pytest.mark.parametrize(
    "second",
    [
        [LABELS[number % 4] for number in range(40)],
        [STAGES[number % 4].upper() for number in range(40)],
        # A label somebody wrote wrongly makes it no other field.
        [LABELS[(number + (number == 7)) % 4] for number in range(40)],
    ],
)
def test_the_label_twin_of_a_mapped_field_is_not_asked(tmp_path: Path, second: list[str]) -> None:
    assert fields_asked(tmp_path, second) == []


def test_a_field_that_says_something_else_is_a_question_without_an_answer(tmp_path: Path) -> None:
    (asked,) = fields_asked(tmp_path, [LABELS[number // 10] for number in range(40)])
    assert (asked.field, asked.proposal) == ("lead_stage", "lifecycle_stage")
    assert (asked.row or {})["concept"] == "?"
