"""An organisation keeps its stage in a field, in the status or in dates: policy alone decides."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.compiled import CompiledModels
from tests.pipeline import PROJECT, Pipeline

SEEDS = PROJECT / "seeds" / "b2b"
AS_OF = "2026-03-10 18:00:00"
# One lead that says the same in three ways.
LEAD = {
    "id": "00Q_three_ways",
    "status": "Qualified",
    "lifecycle_stage_c": "Sales Accepted",
    "mql_date_c": "2026-03-03",
    "sal_date_c": "2026-03-04",
    "created_date": "2026-03-02 09:00:00",
}
MOVES = [
    ("Status", "Open - Not Contacted", "Working - Contacted", "2026-03-03 10:00:00"),
    ("Status", "Working - Contacted", "Qualified", "2026-03-04 11:00:00"),
    ("Lifecycle_Stage__c", "Inquiry", "Marketing Qualified", "2026-03-03 10:00:00"),
    ("Lifecycle_Stage__c", "Marketing Qualified", "Sales Accepted", "2026-03-04 11:00:00"),
]
STATUSES = {"Open - Not Contacted": "lead", "Working - Contacted": "mql", "Qualified": "sal"}
TOLD = [
    ("lead", "2026-03-02 09:00:00"),
    ("mql", "2026-03-03 10:00:00"),
    ("sal", "2026-03-04 11:00:00"),
]
Row = dict[str, str]


def write(path: Path, rows: list[Row]) -> Path:
    """Write rows as a CSV file."""
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def seed(name: str) -> list[Row]:
    """The rows of a seed of the policy b2b."""
    with (SEEDS / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def own_fields(concept: str, fields: dict[str, str]) -> list[Row]:
    """The field mappings of b2b, with these fields and what they apply to for a lead's stage."""
    kept = [
        row
        for row in seed("field_mappings")
        if (row["source_system"], row["object_type"]) != ("salesforce", "lead")
        or (
            row["concept"] not in ("lifecycle_stage", "stage_date", concept)
            and row["source_field"] not in fields
        )
    ]
    own = {"source_system": "salesforce", "object_type": "lead", "concept": concept}
    return [
        *kept,
        *(
            dict.fromkeys(kept[0], "")
            | own
            | {"source_field": field, "applies_to": value, "is_optional": "false"}
            for field, value in fields.items()
        ),
    ]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CompiledModels]:
    """One lead and its history, landed."""
    folder = tmp_path_factory.mktemp("three_ways")
    landed = folder / "landed"
    landed.mkdir()
    write(landed / "lead.csv", [LEAD])
    history = [
        {
            "id": f"017_{number}",
            "lead_id": LEAD["id"],
            "field": field,
            "data_type": "DynamicEnum",
            "old_value": old,
            "new_value": new,
            "created_date": at,
        }
        for number, (field, old, new, at) in enumerate(MOVES)
    ]
    write(landed / "lead_history.csv", history)
    pipeline = Pipeline(folder)
    pipeline.load("salesforce", landed, "--as-of", AS_OF)
    models = CompiledModels(["fct_stage_visits"], as_of=AS_OF, landed=pipeline.warehouse)
    yield models
    models.close()


def stays(models: CompiledModels) -> list[tuple[object, ...]]:
    """The stages of the one person, and since when."""
    models.run()
    return models.rows(
        "select lifecycle_stage, cast(valid_from as varchar) from marts.fct_stage_visits order by 2"
    )


def test_the_stage_is_in_a_field_of_its_own(models: CompiledModels) -> None:
    models.fill_seed("field_mappings", SEEDS / "field_mappings.csv")
    models.fill_seed("value_mappings", SEEDS / "value_mappings.csv")
    assert stays(models) == TOLD


def test_the_stage_is_in_the_status(models: CompiledModels, tmp_path: Path) -> None:
    mapped = [
        dict.fromkeys(seed("value_mappings")[0], "")
        | {"concept": "lifecycle_stage", "source_system": "salesforce"}
        | {"source_value": status, "value": stage}
        for status, stage in STATUSES.items()
    ]
    fields = own_fields("lifecycle_stage", {"Status": ""})
    models.fill_seed("field_mappings", write(tmp_path / "field_mappings.csv", fields))
    values = [*seed("value_mappings"), *mapped]
    models.fill_seed("value_mappings", write(tmp_path / "value_mappings.csv", values))
    assert stays(models) == TOLD


def test_the_stage_is_in_dates_only(models: CompiledModels, tmp_path: Path) -> None:
    dates = {"MQL_Date__c": "Marketing Qualified", "SAL_Date__c": "Sales Accepted"}
    fields = own_fields("stage_date", dates)
    models.fill_seed("field_mappings", write(tmp_path / "field_mappings.csv", fields))
    models.fill_seed("value_mappings", SEEDS / "value_mappings.csv")
    assert stays(models) == [("mql", "2026-03-03 00:00:00"), ("sal", "2026-03-04 00:00:00")]
