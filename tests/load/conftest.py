"""Fixtures of the loader's tests."""

from pathlib import Path
from typing import Any

import pytest

from scripts.warehouse import open_warehouse, prepare_warehouse
from tests.load.desk import Desk


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with every declared table and no row."""
    path = tmp_path_factory.mktemp("template") / "warehouse.duckdb"
    connection = open_warehouse(path)
    prepare_warehouse(connection)
    connection.close()
    return path


@pytest.fixture
def desk(tmp_path: Path, template: Path, capsys: Any) -> Desk:
    """A desk with an empty warehouse."""
    return Desk(tmp_path, template, capsys)
