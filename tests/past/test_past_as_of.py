"""A build as of an earlier moment knows what held then, and nothing that came later."""

import csv
from datetime import datetime
from pathlib import Path

import pytest

from tests.compiled import CompiledModels
from tests.pipeline import Pipeline

Table = list[dict[str, str]]

RECORDS: Table = [
    {"record_id": name, "record_type": "contact", "created_at": created_at}
    | {"lifecycle_stage": "customer", "owner_id": "u2", "email": f"{name}@{name}.example"}
    | {"lead_status": "open", "lead_source": "web"}
    for name, created_at in {
        "told": "2026-01-02T09:00:00Z",
        "untold": "2026-01-01T09:00:00Z",
        "tracked": "2026-01-01T09:00:00Z",
        "unborn": "2026-03-10T09:00:00Z",
    }.items()
]
CHANGES: Table = [
    {"entity_type": kind, "entity_id": name, "field": field, "old_value": old, "new_value": new}
    | {"changed_at": f"2026-{day}T09:00:00Z", "changed_by": "u1", "change_source": "user"}
    for kind, name, field, old, new, day in [
        ("contact", "tracked", "lifecycle_stage", "", "lead", "01-01"),
        ("contact", "tracked", "owner_id", "", "u1", "01-01"),
        ("contact", "tracked", "lifecycle_stage", "lead", "customer", "03-01"),
        ("contact", "tracked", "owner_id", "u1", "u2", "03-01"),
        ("contact", "told", "lifecycle_stage", "lead", "customer", "03-02"),
        ("contact", "told", "owner_id", "u1", "u2", "03-02"),
        ("contact", "untold", "lifecycle_stage", "", "lead", "02-01"),
        ("contact", "untold", "owner_id", "", "u1", "02-01"),
        ("contact", "unborn", "lifecycle_stage", "", "lead", "03-05"),
        ("contact", "purged", "lifecycle_stage", "", "lead", "03-05"),
        ("deal", "never landed", "deal_stage", "", "open", "01-05"),
        ("deal", "d1", "deal_stage", "open", "won", "03-04"),
    ]
]
DEALS: Table = [
    {"deal_id": name, "pipeline": "new", "deal_stage": "won", "amount": "10", "currency": "EUR"}
    | {"created_at": "2026-01-03T09:00:00Z", "closed_at": closed_at, "lost_reason": ""}
    | {"is_closed": "true", "is_won": "true", "company_id": "no such company"}
    for name, closed_at in {"d1": "2026-03-04T09:00:00Z", "d2": ""}.items()
]
USERS: Table = [
    {"user_id": name, "full_name": name, "team": "Sales", "is_active": "true"}
    for name in ("u1", "u2")
]
TABLES = {
    "records": RECORDS,
    "changes": [{"change_id": f"c{place}"} | change for place, change in enumerate(CHANGES)],
    "deals": DEALS,
    "users": USERS,
    "deal_contacts": [
        {"deal_id": "d1", "record_id": name, "is_primary": "true"}
        for name in ("told", "unborn", "no such record")
    ],
    "activities": [
        {"activity_id": f"a{place}", "record_id": name, "deal_id": deal, "activity_type": "call"}
        | {"direction": "inbound", "occurred_at": "2026-01-04T09:00:00Z", "actor_id": "nobody"}
        for place, (name, deal) in enumerate(
            [("unborn", ""), ("no such record", ""), ("told", "no such deal")]
        )
    ],
    "documents": [
        {"document_id": f"q{place}", "deal_id": deal, "document_type": "quote", "status": "sent"}
        | {"sent_at": "2026-01-06T09:00:00Z", "signed_at": ""}
        for place, deal in enumerate(["d1", "no such deal"])
    ],
}


def build(folder: Path, as_of: str, tables: dict[str, Table] = TABLES) -> CompiledModels:
    """All models over the tables as of a moment; every data test holds."""
    files = folder / "files"
    files.mkdir()
    for name, rows in tables.items():
        with (files / f"{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    pipeline = Pipeline(folder, as_of=as_of)
    pipeline.load("open", files)
    return pipeline.run_models(data_tests=True)


@pytest.fixture(scope="module")
def in_january(tmp_path_factory: pytest.TempPathFactory) -> CompiledModels:
    return build(tmp_path_factory.mktemp("january"), "2026-01-15T00:00:00")


@pytest.fixture(scope="module")
def in_march(tmp_path_factory: pytest.TempPathFactory) -> CompiledModels:
    return build(tmp_path_factory.mktemp("march"), "2026-03-07T00:00:00")


def test_stage_and_owner_are_what_the_first_later_change_found(in_january: CompiledModels) -> None:
    stays = in_january.rows(
        "select split_part(record_id, ':', 3), lifecycle_stage, is_start_inferred, valid_from"
        " from marts.fct_stage_visits order by 1"
    )
    assert stays == [
        ("told", "lead", False, datetime(2026, 1, 2, 9)),
        ("tracked", "lead", False, datetime(2026, 1, 1, 9)),
    ]
    owners = in_january.rows(
        "select split_part(primary_record_id, ':', 3), owner_id from marts.dim_people order by 1"
    )
    assert owners == [("told", "open:user:u1"), ("tracked", "open:user:u1"), ("untold", None)]


def test_a_status_without_a_history_is_not_known(in_january: CompiledModels) -> None:
    assert not in_january.rows("select * from marts.fct_status_visits")


def test_deals_are_as_open_as_they_were(in_january: CompiledModels) -> None:
    deals = in_january.rows(
        "select deal_id, deal_stage, deal_role, closed_at from marts.fct_deals order by 1"
    )
    # d2's flag has no date, and its stage no change: won as long as it is tracked.
    assert deals[0] == ("open:deal:d1", "open", "open", None)


def test_a_change_before_its_record_has_a_fate(in_march: CompiledModels) -> None:
    fates = in_march.rows(
        "select split_part(record_id, ':', 3), fate from intermediate.int_change_fates"
        " where record_id like '%unborn' or record_id like '%purged' order by 1"
    )
    assert fates == [("purged", "transition"), ("unborn", "record_not_there")]
    people = in_march.rows("select split_part(primary_record_id, ':', 3) from marts.dim_people")
    assert sorted(name for (name,) in people) == ["purged", "told", "tracked", "untold"]
