"""What all tests share: the order of the files, and one thread for each worker's DuckDB."""

import os
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

# They come first, so that no core waits for another at the end.
LONGEST = (
    "tests/reference/test_equality.py",
    "tests/bpic2012/test_real_log.py",
    "tests/load/test_kill.py",
    "tests/checks/test_expectations.py",
    "tests/properties/test_loading.py",
    "tests/demo/test_planted_breaches.py",
    "tests/load/test_shapes.py",
    "tests/load/test_versions.py",
    "tests/checks/test_build.py",
    "tests/demo/test_generate.py",
    "tests/load/test_bad_records.py",
    "tests/properties/test_histories.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the longest files before all others, each file in its own order."""
    places = {file: place for place, file in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.nodeid.split("::")[0], len(LONGEST)))


@pytest.fixture(scope="session", autouse=True)
def one_thread() -> Iterator[None]:
    """Each core has tests of its own: a second thread would only cost."""
    connect = duckdb.connect

    def connect_alone(*arguments: Any, **named: Any) -> duckdb.DuckDBPyConnection:
        named["config"] = {"threads": 1, **(named.get("config") or {})}
        return connect(*arguments, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duckdb, "connect", connect_alone)
        yield


@pytest.fixture(autouse=True)
def same_variables() -> Iterator[None]:
    """Commands put what a warehouse remembers into the environment: not for other tests."""
    kept = {name: value for name, value in os.environ.items() if name.startswith("LIFECYCLE_")}
    yield
    for name in [name for name in os.environ if name.startswith("LIFECYCLE_")]:
        del os.environ[name]
    os.environ.update(kept)
