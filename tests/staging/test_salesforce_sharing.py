"""Activities shared by several people, and sales processes kept in record types, in Salesforce."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.compiled import CompiledModels
from tests.pipeline import PROJECT, Pipeline

SEEDS = PROJECT / "seeds" / "b2b"
AS_OF = "2026-03-31 18:00:00"
NEW, RENEWAL, UNNAMED = "0121G000000aBcD", "0121G000000efGhQAI", "0121G000000ZZZZ"
DECLINED = "003000000000003AAA"
FILES = {
    "lead": [
        {"id": "00Q000000000001AAA", "is_converted": "true", "created_date": "2026-01-05"}
        | {"converted_contact_id": "003000000000001AAA", "converted_date": "2026-01-09"}
    ],
    "contact": [
        {"id": f"00300000000000{number}AAA", "account_id": "", "last_name": name}
        | {"created_date": "2026-01-05"}
        for number, name in enumerate(("Ann", "Ben", "Cleo"), start=1)
    ],
    "task": [
        {"id": "00T_call", "who_id": "003000000000001AAA", "task_subtype": "Call"}
        | {"is_closed": "true", "completed_date_time": "2026-02-02 10:00:00"}
    ],
    # The call was with a lead, its contact and another one; the account is what it was about.
    "TaskRelation": [
        {"Id": f"0RT_{number}", "TaskId": "00T_call", "RelationId": related, "IsWhat": is_what}
        for number, (related, is_what) in enumerate(
            (
                ("003000000000001AAA", "false"),
                ("00Q000000000001AAA", "false"),
                ("003000000000002AAA", "false"),
                ("001000000000009AAA", "true"),
            )
        )
    ],
    "event": [
        {"id": "00U_meeting", "who_id": "003000000000002AAA"}
        | {"start_date_time": "2026-02-03 10:00:00"},
        {"id": "00U_copy", "who_id": "003000000000002AAA", "is_child": "true"}
        | {"start_date_time": "2026-02-03 10:00:00"},
    ],
    "event_relation": [
        {"id": f"0RE_{number}", "event_id": "00U_meeting", "relation_id": related}
        | {"status": status, "is_what": "false"}
        for number, (related, status) in enumerate(
            (
                ("003000000000002AAA", "Accepted"),
                ("003000000000001AAA", "New"),
                (DECLINED, "Declined"),
                ("005000000000001AAA", "Accepted"),
            )
        )
    ],
    "opportunity": [
        {"id": f"006_{name}", "stage_name": "Proposal/Price Quote", "close_date": "2026-06-30"}
        | {"is_won": "false", "is_closed": "false", "created_date": "2026-02-01"}
        | {"type": "New Business", "record_type_id": record_type}
        for name, record_type in (("new", NEW), ("renewal", RENEWAL), ("unnamed", UNNAMED))
    ],
    "record_type": [
        {"id": f"{NEW}QAU", "sobject_type": "Opportunity", "name": "New business"},
        {"id": RENEWAL, "sobject_type": "Opportunity", "name": "Renewals"},
    ],
}
Row = dict[str, str]


def write(path: Path, rows: list[Row]) -> Path:
    """Write rows as a CSV file."""
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path


def seed(name: str) -> list[Row]:
    """The rows of a seed of the policy b2b."""
    with (SEEDS / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CompiledModels]:
    """The files landed, under a policy that takes record types for pipelines."""
    folder = tmp_path_factory.mktemp("sharing")
    raw = folder / "raw"
    raw.mkdir()
    for table, rows in FILES.items():
        write(raw / f"{table}.csv", rows)
    crm = Pipeline(folder)
    crm.load("salesforce", raw, "--as-of", AS_OF)
    fields = [row for row in seed("field_mappings") if row["source_field"] != "Type"]
    own = {"source_system": "salesforce", "object_type": "deal", "is_optional": "false"}
    fields.append(own | {"source_field": "RecordTypeId", "concept": "pipeline"})
    pipelines = [*seed("deal_pipelines")]
    for value, kind in ((f"{NEW}QAU", "new_business"), (RENEWAL, "renewal")):
        pipelines.append({"source_system": "salesforce", "pipeline": value, "pipeline_kind": kind})
    # One stage means an offer in one process, and nothing yet in the other.
    stage = {"source_system": "salesforce", "deal_stage": "Proposal/Price Quote"}
    stages = [*seed("deal_stages"), stage | {"pipeline": RENEWAL, "deal_role": "open"}]
    wanted = ["int_person_activities", "int_people", "int_deals", "fct_unmapped_values"]
    models = CompiledModels(wanted, as_of=AS_OF, landed=crm.warehouse)
    models.fill_seed("field_mappings", write(folder / "field_mappings.csv", fields))
    models.fill_seed("deal_pipelines", write(folder / "deal_pipelines.csv", pipelines))
    models.fill_seed("deal_stages", write(folder / "deal_stages.csv", stages))
    models.run()
    yield models
    models.close()


def test_a_shared_activity_is_one_of_each_person(models: CompiledModels) -> None:
    """Pitfall 48: a lead and its contact are one person, two entries in calendars one meeting."""
    found = models.rows(
        "select split_part(primary_record_id, ':', 3), split_part(activity_id, ':', 3)"
        " from intermediate.int_person_activities"
        " inner join intermediate.int_people using (person_key) order by all"
    )
    assert found == [
        ("003000000000001AAA", "00T_call"),
        ("003000000000001AAA", "00U_meeting"),
        ("003000000000002AAA", "00T_call"),
        ("003000000000002AAA", "00U_meeting"),
    ]


def test_a_sales_process_kept_in_record_types_is_a_pipeline(models: CompiledModels) -> None:
    """Its id in 18 characters, in opportunities, in `deal_pipelines` and in `deal_stages`."""
    found = models.rows(
        "select split_part(deal_id, ':', 3), pipeline, pipeline_kind, deal_role"
        " from intermediate.int_deals order by 1"
    )
    assert found == [
        ("006_new", f"{NEW}QAU", "new_business", "offer"),
        ("006_renewal", RENEWAL, "renewal", "open"),
        ("006_unnamed", f"{UNNAMED}QA4", "new_business", "offer"),
    ]


def test_a_record_type_that_the_policy_does_not_name_is_listed(models: CompiledModels) -> None:
    unnamed = "select source_value from marts.fct_unmapped_values where concept = 'pipeline'"
    assert models.rows(unnamed) == [(f"{UNNAMED}QA4",)]
