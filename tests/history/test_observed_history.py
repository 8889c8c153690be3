"""History that no CRM told: seen between two loads, or written in a date field.

Each test lands a few rows as a user does and fills all marts anew, so that every one of them is
also a full refresh.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.compiled import CompiledModels
from tests.pipeline import Pipeline

READ = (
    "fct_rule_results",
    "fct_source_fields",
    "fct_stage_transitions",
    "fct_stage_visits",
    "fct_status_visits",
    "funnel_stage_aging",
    "int_stage_dates",
)
STAGES = """
    select record_id, lifecycle_stage, is_observed, is_start_inferred,
        cast(entered_after_at as varchar), cast(valid_from as varchar)
    from marts.fct_stage_visits order by record_id, visit_number
"""
MOVES = """
    select movement, is_observed, cast(changed_after_at as varchar),
        cast(transitioned_at as varchar)
    from marts.fct_stage_transitions where movement <> 'created' order by transitioned_at
"""
STATUSES = """
    select lead_status, is_observed, cast(valid_from as varchar)
    from marts.fct_status_visits order by record_id, visit_number
"""
CONTACT = (
    "id,property_createdate,property_lastmodifieddate,property_lifecyclestage,"
    "property_hs_lead_status,property_hs_v2_date_entered_lead,"
    "property_hs_v2_date_entered_marketingqualifiedlead\n"
)
CHANGES = "contact_id,name,value,timestamp,source,source_id\n"
RECORDS = "record_id,record_type,created_at,lifecycle_stage,lead_status\n"

Land = Callable[..., None]
Tell = Callable[[], CompiledModels]


@pytest.fixture(scope="module")
def models() -> Iterator[CompiledModels]:
    """What is read here, asked on the last day of March."""
    made = CompiledModels(READ, as_of="2026-03-31 18:00:00", open_sources=())
    yield made
    made.close()


@pytest.fixture
def crm(tmp_path: Path) -> Pipeline:
    """An empty warehouse."""
    return Pipeline(tmp_path)


@pytest.fixture
def tell(crm: Pipeline, models: CompiledModels) -> Tell:
    """Make the marts anew of all that has landed."""

    def tell_all() -> CompiledModels:
        models.take(crm.warehouse)
        models.run()
        return models

    return tell_all


@pytest.fixture
def land(crm: Pipeline, tmp_path: Path) -> Land:
    """Land files of one moment: `land("hubspot", "2026-01-10", contact="…")`, and flags of it."""

    def land_files(source: str, moment: str, *flags: str, **files: str) -> None:
        folder = tmp_path / moment
        folder.mkdir(exist_ok=True)
        for table, content in files.items():
            (folder / f"{table}.csv").write_text(content, encoding="utf-8")
        crm.load(source, folder, "--as-of", moment, *flags)

    return land_files


def test_a_change_between_two_loads_is_observed_with_its_window(tell: Tell, land: Land) -> None:
    land("open", "2026-01-10", records=RECORDS + "1,contact,2026-01-02,lead,new\n")
    land("open", "2026-01-17", records=RECORDS + "1,contact,2026-01-02,mql,new\n")
    told = tell()
    assert told.rows(STAGES) == [
        ("open:contact:1", "lead", False, True, None, "2026-01-02 00:00:00"),
        ("open:contact:1", "mql", True, False, "2026-01-10 00:00:00", "2026-01-17 00:00:00"),
    ]
    assert told.rows(
        "select to_stage, movement, is_observed, cast(changed_after_at as varchar)"
        " from marts.fct_stage_transitions order by transitioned_at"
    ) == [
        ("lead", "created", False, None),
        ("mql", "advanced", True, "2026-01-10 00:00:00"),
    ]


def test_what_the_connector_saw_go_and_come_back_has_a_window(tell: Tell, land: Land) -> None:
    """Pitfall 21: HubSpot does not say when; a sync is knowledge time."""
    header = CONTACT.replace("\n", ",_fivetran_deleted,_fivetran_synced\n")
    unchanged = "1,2026-01-02 08:00:00,2026-01-03,lead,,,,"
    land("hubspot", "2026-01-10", contact=f"{header}{unchanged}false,2026-01-09 22:00:00\n")
    land("hubspot", "2026-01-17", contact=f"{header}{unchanged}true,2026-01-16 22:00:00\n")
    land("hubspot", "2026-01-24", contact=f"{header}{unchanged}false,2026-01-23 22:00:00\n")
    told = tell()
    assert told.rows(MOVES) == [
        ("deleted", True, "2026-01-10 00:00:00", "2026-01-16 22:00:00"),
        ("restored", True, "2026-01-17 00:00:00", "2026-01-23 22:00:00"),
    ]
    assert told.rows(STAGES) == [
        ("hubspot:contact:1", "lead", False, True, None, "2026-01-02 08:00:00"),
        ("hubspot:contact:1", "lead", True, False, "2026-01-17 00:00:00", "2026-01-23 22:00:00"),
    ]


def test_a_deletion_that_a_later_version_takes_back_stays_history(tell: Tell, land: Land) -> None:
    header = RECORDS.replace("\n", ",is_deleted,deleted_at\n")
    lead = "1,contact,2026-01-02,lead,new"
    land("open", "2026-01-10", records=f"{header}{lead},true,2026-01-08 09:00:00\n")
    land("open", "2026-01-17", records=f"{header}{lead},false,\n")
    assert tell().rows(MOVES) == [
        ("deleted", False, None, "2026-01-08 09:00:00"),
        ("restored", True, "2026-01-10 00:00:00", "2026-01-17 00:00:00"),
    ]


def test_what_a_complete_load_misses_went_after_it_was_last_seen(tell: Tell, land: Land) -> None:
    two = "1,contact,2026-01-02,lead,new\n2,contact,2026-01-02,lead,new\n"
    land("open", "2026-01-10", records=RECORDS + two)
    land("open", "2026-01-17", "--complete", records=RECORDS + two[: len(two) // 2])
    land("open", "2026-01-24", records=RECORDS + two)
    told = tell()
    assert told.rows(MOVES) == [
        ("deleted", True, "2026-01-10 00:00:00", "2026-01-17 00:00:00"),
        ("restored", True, "2026-01-17 00:00:00", "2026-01-24 00:00:00"),
    ]
    assert told.rows(
        "select change_count, observed_change_count from marts.fct_source_fields"
        " where concept = 'is_deleted' and object_type = 'contact'"
    ) == [(0, 2)]


def test_a_column_that_a_file_does_not_have_clears_nothing(tell: Tell, land: Land) -> None:
    land("open", "2026-01-10", records=RECORDS + "1,contact,2026-01-02,lead,new\n")
    land("open", "2026-01-17", records="record_id,record_type,phone\n1,contact,123\n")
    land("open", "2026-01-24", records=RECORDS + "1,contact,2026-01-02,mql,new\n")
    told = tell()
    assert [row[1] for row in told.rows(STAGES)] == ["lead", "mql"]
    assert told.rows(STATUSES) == [("new", False, "2026-01-02 00:00:00")]


def test_what_history_tells_is_never_observed_too(tell: Tell, land: Land) -> None:
    created = "1,lifecyclestage,lead,2026-01-02 08:00:00,FORM,\n"
    qualified = "1,lifecyclestage,marketingqualifiedlead,2026-01-12 09:00:00,CRM_UI,\n"
    land(
        "hubspot",
        "2026-01-10",
        contact=CONTACT + "1,2026-01-02 08:00:00,2026-01-03,lead,,,\n",
        contact_property_history=CHANGES + created,
    )
    land(
        "hubspot",
        "2026-01-17",
        contact=CONTACT + "1,2026-01-02 08:00:00,2026-01-15,marketingqualifiedlead,,,\n",
        contact_property_history=CHANGES + created + qualified,
    )
    told = tell()
    assert told.rows(STAGES) == [
        ("hubspot:contact:1", "lead", False, False, None, "2026-01-02 08:00:00"),
        ("hubspot:contact:1", "mql", False, False, None, "2026-01-12 09:00:00"),
    ]


def test_a_field_that_is_no_longer_tracked_goes_on_observed(tell: Tell, land: Land) -> None:
    """Pitfall 11: no rows may mean no tracking; coverage is per field, status is not stage (41)."""
    created = (
        "1,lifecyclestage,lead,2026-01-02 08:00:00,FORM,\n"
        "1,hs_lead_status,NEW,2026-01-02 08:00:00,FORM,\n"
    )
    tracked = "1,hs_lead_status,OPEN,2026-01-16 09:00:00,CRM_UI,\n"
    land(
        "hubspot",
        "2026-01-10",
        contact=CONTACT + "1,2026-01-02 08:00:00,2026-01-03,lead,NEW,,\n",
        contact_property_history=CHANGES + created,
    )
    land(
        "hubspot",
        "2026-01-17",
        contact=CONTACT + "1,2026-01-02 08:00:00,2026-01-15,marketingqualifiedlead,OPEN,,\n",
        contact_property_history=CHANGES + created + tracked,
    )
    told = tell()
    assert told.rows(STAGES)[1] == (
        *("hubspot:contact:1", "mql", True, False, "2026-01-10 00:00:00", "2026-01-15 00:00:00"),
    )
    assert [row[1:] for row in told.rows(STATUSES)] == [
        (False, "2026-01-02 08:00:00"),
        (False, "2026-01-16 09:00:00"),
    ]


def test_a_purge_in_the_source_takes_no_transition_away(tell: Tell, land: Land) -> None:
    """Pitfall 10: history kept for 18 months only; a full refresh later tells the same."""
    old = "1,lifecyclestage,lead,2024-01-02 08:00:00,FORM,\n"
    new = "1,lifecyclestage,marketingqualifiedlead,2026-01-12 09:00:00,CRM_UI,\n"
    state = CONTACT + "1,2024-01-02 08:00:00,2026-01-12 09:00:00,marketingqualifiedlead,,,\n"
    land("hubspot", "2026-01-13", contact=state, contact_property_history=CHANGES + old + new)
    told = tell()
    moves = "select * from marts.fct_stage_transitions order by transition_id"
    before = told.rows(moves)
    assert len(before) == 2
    land("hubspot", "2026-02-13", contact=state, contact_property_history=CHANGES + new)
    told = tell()
    assert told.rows(moves) == before


def test_date_fields_make_inferred_stays_in_order(tell: Tell, land: Land) -> None:
    """Pitfalls 29 and 37: filled in after the fact, and today's value has the last word."""
    land(
        "hubspot",
        "2026-03-01",
        contact=CONTACT
        + "1,2026-01-02 08:00:00,2026-02-20 10:00:00,customer,,2026-01-05 09:00:00,2026-01-20\n",
    )
    told = tell()
    assert told.rows(STAGES) == [
        ("hubspot:contact:1", "lead", False, True, None, "2026-01-05 09:00:00"),
        ("hubspot:contact:1", "mql", False, True, None, "2026-01-20 00:00:00"),
        (
            "hubspot:contact:1",
            "customer",
            True,
            False,
            "2026-01-20 00:00:00",
            "2026-02-20 10:00:00",
        ),
    ]
    judged = told.rows(
        "select sum(judged_count), sum(broken_count) from marts.fct_rule_results"
        " where rule_code in ('EN06', 'EN07')"
    )
    assert judged == [(0, 0)]
    excluded = "select sum(excluded_count) from marts.funnel_stage_aging"
    assert told.rows(excluded) == [(3,)]


def test_an_edited_date_is_kept_apart_from_history(tell: Tell, land: Land) -> None:
    """Pitfall 36: before the creation, after as_of or later than history, it makes no stay."""
    land(
        "hubspot",
        "2026-03-01",
        contact=CONTACT
        + "1,2026-01-02 08:00:00,2026-02-20,marketingqualifiedlead,,2025-12-01,2026-02-01\n"
        + "2,2026-01-02 08:00:00,2026-02-20,lead,,2026-12-01,\n",
        contact_property_history=CHANGES
        + "1,lifecyclestage,lead,2026-01-02 08:00:00,FORM,\n"
        + "1,lifecyclestage,marketingqualifiedlead,2026-01-12 09:00:00,CRM_UI,\n"
        + "2,lifecyclestage,lead,2026-01-02 08:00:00,FORM,\n",
    )
    told = tell()
    assert [(str(row[0])[-1], *row[1:4]) for row in told.rows(STAGES)] == [
        ("1", "lead", False, False),
        ("1", "mql", False, False),
        ("2", "lead", False, False),
    ]
    assert told.rows(
        "select record_id, stage_value, is_used from intermediate.int_stage_dates order by all"
    ) == [
        ("hubspot:contact:1", "lead", False),
        ("hubspot:contact:1", "marketingqualifiedlead", False),
        ("hubspot:contact:2", "lead", False),
    ]
