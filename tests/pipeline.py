"""What tests need to run the pipeline as a user does: load files, build, read marts."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scripts import load
from tests.compiled import CATALOG, CompiledModels, compiled_project, digests

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
    ) -> None:
        """All models by dbt's SQL without dbt: no contracts, a tenth of the time.

        `wanted` names models to make, and what they are made of, in place of all; `seeds` is a
        folder of seeds to take in place of the policy's. Fails where a data test does, if asked.
        """
        project = compiled_project().values()
        models = CompiledModels(
            wanted or [model.name for model in project if model.kind != "test"],
            policy=seeds or self.policy,
            as_of=self.as_of,
            warehouse=self.warehouse,
            threads=2,
        )
        models.run()
        failing = models.failing_tests() if data_tests else []
        models.close()
        assert not failing, failing

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """The rows of a query over the warehouse."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute(query).fetchall()

    def digests(self) -> dict[str, str]:
        """The md5 of every mart, its rows in the order of their own text."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return digests(connection)
