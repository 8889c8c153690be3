"""Salesforce tables as Fivetran and dlt land them, through the loader and staging."""

import shutil

import pytest

from tests.compiled import CompiledModels
from tests.pipeline import SHARED_DATA, Pipeline

FIVETRAN = SHARED_DATA / "fivetran_salesforce"
DLT = SHARED_DATA / "dlt_landed"
pytestmark = pytest.mark.skipif(
    not FIVETRAN.is_dir(), reason="the tables lie outside the project (../shared/data)"
)
# Views of staging by the raw table each reads.
STAGED = {
    "leads": "lead",
    "contacts": "contact",
    "accounts": "account",
    "opportunities": "opportunity",
    "tasks": "task",
    "events": "event",
    "users": "user",
    "user_roles": "user_role",
    "orders": "order",
}
WANTED = ("bridge_person_records", "int_deals_unioned", "int_activities_unioned")


def staged(crm: Pipeline) -> CompiledModels:
    """The models that rest on Salesforce's staging, over what has landed."""
    project_views = [f"stg_salesforce__{view}" for view in STAGED]
    return crm.run_models([*WANTED, *project_views, "stg_salesforce__contact_changes"])


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Fivetran's tables, landed."""
    crm = Pipeline(tmp_path_factory.mktemp("fivetran_salesforce"))
    crm.load("salesforce", FIVETRAN)
    return crm


@pytest.fixture(scope="module")
def fivetran(landed: Pipeline) -> CompiledModels:
    """Fivetran's tables, landed and read."""
    return staged(landed)


@pytest.fixture(scope="module")
def dlt(tmp_path_factory: pytest.TempPathFactory) -> CompiledModels:
    """dlt's tables, landed and read."""
    folder = tmp_path_factory.mktemp("dlt_salesforce")
    files = folder / "files"
    files.mkdir()
    for file in DLT.glob("sf__*.csv"):
        shutil.copy(file, files)
    crm = Pipeline(folder)
    crm.load("salesforce", files)
    return staged(crm)


def test_nothing_of_fivetran_is_rejected(landed: Pipeline) -> None:
    assert landed.rows("select * from raw_meta.rejects") == []


@pytest.mark.parametrize("view", sorted(STAGED))
def test_every_row_of_fivetran_is_staged_once(
    landed: Pipeline, fivetran: CompiledModels, view: str
) -> None:
    staged_rows = fivetran.rows(f"select count(*) from staging.stg_salesforce__{view}")
    landed_rows = landed.rows(f'select count(*) from raw_salesforce_all."{STAGED[view]}"')
    assert staged_rows == landed_rows != [(0,)]


def test_history_mode_copies_are_no_field_history(fivetran: CompiledModels) -> None:
    """`sf_contact_history_data.csv` holds versions of contacts, not changes of fields."""
    assert fivetran.rows("select * from staging.stg_salesforce__contact_changes") == []


def test_a_converted_lead_without_its_contact_goes_on_standing(fivetran: CompiledModels) -> None:
    """Pitfall 16: the contact is not landed, and the winner does not vanish."""
    lead = fivetran.rows(
        "select lead_status_value, is_converted from staging.stg_salesforce__leads"
    )
    assert lead == [("Converted", True)]
    assert fivetran.rows(
        "select is_deleted, merged_into_record_id from intermediate.int_records_unioned"
        " where object_type = 'lead'"
    ) == [(False, None)]


def test_closed_deals_are_told_by_their_flags(fivetran: CompiledModels) -> None:
    assert (
        fivetran.rows(
            "select deals.deal_id from intermediate.int_deals_unioned as deals"
            " inner join staging.stg_salesforce__opportunities as landed using (deal_id)"
            " where deals.is_closed is distinct from landed.is_closed"
            " or deals.is_won is distinct from landed.is_won"
        )
        == []
    )


def test_done_tasks_are_activities_of_their_contact(fivetran: CompiledModels) -> None:
    """Pitfall 48: one row per activity, however many objects it is about."""
    done = fivetran.rows(
        "select count(*) from staging.stg_salesforce__tasks"
        " where is_closed and record_id is not null"
    )
    activities = fivetran.rows(
        "select count(*), count(distinct activity_id) from intermediate.int_activities_unioned"
        " where activity_id like 'salesforce:activity:00T%'"
    )
    assert activities == [(done[0][0], done[0][0])] != [(0, 0)]


def test_rows_that_dlt_appended_are_versions_of_one_deal(dlt: CompiledModels) -> None:
    """Pitfall 2: the newest version speaks, its day of closing has no time."""
    assert dlt.rows("select deal_id, is_closed, is_won from intermediate.int_deals_unioned") == [
        ("salesforce:deal:006", True, True)
    ]
    assert dlt.rows(
        "select deal_stage_value, cast(close_date_at as varchar)"
        " from staging.stg_salesforce__opportunities"
    ) == [("Closed Won", "2024-05-01 00:00:00")]


def test_a_day_of_conversion_is_read_from_text(dlt: CompiledModels) -> None:
    assert dlt.rows(
        "select record_id, cast(converted_on as varchar), cast(created_at as varchar)"
        " from staging.stg_salesforce__leads"
    ) == [("salesforce:lead:00Q1", "2024-02-03", "2024-01-01 10:00:00")]
