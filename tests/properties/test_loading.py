"""However often and in however many deliveries rows are loaded, the histories are the same bytes.

Random people in three CRMs, written as files and landed by the real loader.
"""

import shutil
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.warehouse import open_warehouse, prepare_warehouse
from tests.pipeline import Pipeline
from tests.properties.files import as_delivered, dealt, write_files
from tests.properties.random_crm import OPEN, tables_of
from tests.properties.small_crm import EXTRACTED_AT, SEEDS, Seeds, SmallCrm, people_of
from tests.properties.things import Tables

MakePipeline = Callable[[], Pipeline]


@pytest.fixture(scope="module")
def crm(tmp_path_factory: pytest.TempPathFactory) -> SmallCrm:
    return SmallCrm(tmp_path_factory.mktemp("policies"))


@pytest.fixture(scope="module")
def new_pipeline(tmp_path_factory: pytest.TempPathFactory) -> MakePipeline:
    """Warehouses into which nothing has been loaded: prepared once, since that is dear."""
    prepared = Pipeline(tmp_path_factory.mktemp("prepared"))
    connection = open_warehouse(prepared.warehouse)
    prepare_warehouse(connection, OPEN)
    connection.close()

    def new() -> Pipeline:
        pipeline = Pipeline(tmp_path_factory.mktemp("warehouse"))
        shutil.copy(prepared.warehouse, pipeline.warehouse)
        return pipeline

    return new


@settings(max_examples=min(settings().max_examples, 30))
@given(
    seeds=SEEDS,
    count=st.integers(2, 4),
    chance=st.integers(0, 10**6),
)
def test_one_load_and_many_tell_the_same_histories(
    crm: SmallCrm, new_pipeline: MakePipeline, seeds: Seeds, count: int, chance: int
) -> None:
    """One delivery; the same once more; the rows of each table dealt to several deliveries, in
    any order and some of them twice."""
    tables = as_delivered(tables_of([thing for things in people_of(seeds) for thing in things]))
    whole = new_pipeline()
    deliver(tables, tables, whole)
    once = crm.tell_landed(whole.warehouse)
    assert crm.models.rows("select count(*) > 50 from marts.fct_stage_transitions") == [(True,)]
    loads = whole.rows("select count(*) from raw_meta.loads")
    deliver(tables, tables, whole)
    assert whole.rows("select count(*) from raw_meta.loads") == loads
    parts = new_pipeline()
    for part in dealt(tables, count, Random(chance)):
        deliver(part, tables, parts)
    assert crm.tell_landed(parts.warehouse) == once


def deliver(part: Tables, tables: Tables, pipeline: Pipeline) -> None:
    """Load rows of some tables, one source after the other, as one extraction."""
    folder = pipeline.folder / str(len(list(pipeline.folder.iterdir())))
    for source, files in sorted(write_files(part, tables, folder).items()):
        named = ["open", "--name", source] if source == OPEN else [source]
        pipeline.load(named[0], files, *named[1:], "--as-of", EXTRACTED_AT)
    rejected = pipeline.rows("select file_name, line_number, error from raw_meta.rejects")
    assert not rejected


def test_a_delivery_that_lacks_rows_tells_other_histories(
    crm: SmallCrm, new_pipeline: MakePipeline
) -> None:
    """The comparison sees what a load brings."""
    people = people_of([(number, 5) for number in range(40)])
    tables = as_delivered(tables_of([thing for things in people for thing in things]))
    half, other = dealt(tables, 2, Random(1))
    pipeline = new_pipeline()
    deliver(half, tables, pipeline)
    before = crm.tell_landed(pipeline.warehouse)
    deliver(other, tables, pipeline)
    after = crm.tell_landed(pipeline.warehouse)
    assert {mart for mart in before if before[mart] != after[mart]} >= {
        "fct_stage_transitions",
        "fct_stage_visits",
        "fct_status_visits",
        "fct_owner_visits",
    }
