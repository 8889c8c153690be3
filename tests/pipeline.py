"""What tests need to run the pipeline as a user does: load files, make marts of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scripts import load
from tests.compiled import CATALOG, CompiledModels, compiled_project

PROJECT = Path(__file__).resolve().parents[1]
SHARED_DATA = PROJECT.parent / "shared" / "data"


@dataclass(frozen=True)
class Pipeline:
    """One warehouse under one policy, in a folder of its own."""

    folder: Path
    policy: str = "b2b"
    as_of: str = ""

    @property
    def warehouse(self) -> Path:
        """The DuckDB file."""
        return self.folder / f"{CATALOG}.duckdb"

    def load(self, source: str, data: Path, *options: str) -> None:
        """Land a folder; where that fails, the loader's own words are on stderr."""
        assert load.main([source, str(data), *options, "--warehouse", str(self.warehouse)]) == 0

    def run_models(
        self, wanted: Sequence[str] = (), seeds: Path | None = None, data_tests: bool = False
    ) -> CompiledModels:
        """All models over what has landed, by dbt's SQL without dbt.

        `wanted` names models to make, and what they are made of, in place of all; `seeds` is a
        folder of seeds to take in place of the policy's. Fails where a data test does, if asked.
        """
        project = compiled_project().values()
        models = CompiledModels(
            wanted or [model.name for model in project if model.kind != "test"],
            policy=seeds or self.policy,
            as_of=self.as_of,
            landed=self.warehouse,
        )
        models.run()
        failing = models.failing_tests() if data_tests else []
        assert not failing, failing
        return models

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """The rows of a query over what has landed."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute(query).fetchall()
