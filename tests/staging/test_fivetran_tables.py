"""HubSpot tables as Fivetran lands them, through the loader, staging and everything."""

import json
from collections.abc import Iterator

import pytest

from tests.compiled import COMPILED, CompiledModels
from tests.pipeline import SHARED_DATA, Pipeline

TABLES = SHARED_DATA / "fivetran_hubspot"
pytestmark = pytest.mark.skipif(
    not TABLES.is_dir(), reason="Fivetran's tables lie outside the project (../shared/data)"
)


@pytest.fixture(scope="module")
def crm(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """The tables landed."""
    pipeline = Pipeline(tmp_path_factory.mktemp("fivetran"))
    pipeline.load("hubspot", TABLES)
    return pipeline


@pytest.fixture(scope="module")
def fivetran(crm: Pipeline) -> CompiledModels:
    """The tables landed and built."""
    return crm.run_models(data_tests=True)


def staged() -> Iterator[tuple[str, str]]:
    """Each HubSpot staging view that reads one raw table, and that table."""
    manifest = json.loads((COMPILED / "manifest.json").read_text())
    for node in manifest["nodes"].values():
        if node["resource_type"] == "model" and node["name"].startswith("stg_hubspot__"):
            sources = [manifest["sources"][name] for name in node["depends_on"]["nodes"]]
            if len(sources) == 1:
                yield node["name"], f"{sources[0]['schema']}.{sources[0]['identifier']}"


def test_nothing_is_rejected(crm: Pipeline) -> None:
    assert crm.rows("select * from raw_meta.rejects") == []


def test_every_staging_view_returns_its_rows(crm: Pipeline, fivetran: CompiledModels) -> None:
    views = list(staged())
    assert len(views) > 25
    landed = " union all ".join(
        f"select '{view}', (select count(*) from {table})" for view, table in views
    )
    staging = " union all ".join(
        f"select '{view}', (select count(*) from staging.{view})" for view, _ in views
    )
    counts = sorted(crm.rows(landed))
    assert sorted(fivetran.rows(staging)) == counts
    assert sum(count != 0 for _, count in counts) > 20


def test_people_without_a_stage_are_found(fivetran: CompiledModels) -> None:
    """The tables have no lifecycle field: nobody has a stage, and HY01 says so."""
    people = fivetran.rows("select count(*) from marts.dim_people where not is_deleted")
    assert people != [(0,)]
    assert fivetran.rows("select count(lifecycle_stage) from marts.dim_people") == [(0,)]
    assert (
        fivetran.rows("select broken_count from marts.fct_rule_results where rule_code = 'HY01'")
        == people
    )
