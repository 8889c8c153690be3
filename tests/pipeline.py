"""What tests need to run the pipeline as a user does: load files, build, read marts."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tests.compiled import CompiledModels, compiled_project, digests

PROJECT = Path(__file__).resolve().parents[1]
SHARED_DATA = PROJECT.parent / "shared" / "data"

Run = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Pipeline:
    """One warehouse under one policy, in a folder of its own."""

    folder: Path
    policy: str = "b2b"
    as_of: str = ""

    @property
    def warehouse(self) -> Path:
        """The DuckDB file."""
        return self.folder / "warehouse.duckdb"

    @property
    def workplace(self) -> Path:
        """Where dbt works: one place a policy, so that it parses the project once."""
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        return PROJECT / "target" / "tests" / f"{worker}-{self.policy}"

    def run(self, *arguments: str, warehouse: Path | None = None) -> Run:
        """Run a module of the environment with this pipeline's settings."""
        environment = os.environ | {
            "LIFECYCLE_WAREHOUSE": str(warehouse or self.warehouse),
            "LIFECYCLE_POLICY": self.policy,
            "LIFECYCLE_AS_OF": self.as_of,
            "LIFECYCLE_TIMEZONE": "UTC",
            "DBT_TARGET_PATH": str(self.workplace / "target"),
            "DBT_LOG_PATH": str(self.workplace / "logs"),
        }
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=PROJECT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def load(self, source: str, data: Path, *options: str) -> None:
        """Land a folder; fails with the loader's own words."""
        result = self.run("-m", "scripts.load", source, str(data), *options)
        assert result.returncode == 0, result.stdout + result.stderr

    def build(self, *options: str, data_tests: bool = True) -> None:
        """`dbt build` without unit tests; fails with dbt's own words.

        Another path of the warehouse would make dbt parse everything again, so the file
        is built in the workplace, under its own name: views know their catalog by it.
        """
        without = ["unit_test"] if data_tests else ["unit_test", "test"]
        arguments = ["--quiet", "build", "--exclude-resource-type", *without, *options]
        place = self.workplace / "building" / self.warehouse.name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(self.warehouse, place)
        try:
            runner = "from dbt.cli.main import cli; cli()"
            result = self.run("-c", runner, *arguments, warehouse=place)
        finally:
            shutil.move(place, self.warehouse)
        assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-2000:]

    def run_models(self, wanted: Sequence[str] = (), seeds: Path | None = None) -> None:
        """All marts by dbt's SQL without dbt: no tests, no contracts, a tenth of the time.

        `wanted` names models to make, and what they are made of, in place of all marts; `seeds`
        is a folder of seeds to take in place of the policy's.
        """
        project = compiled_project().values()
        marts = [
            model.name for model in project if model.kind == "model" and model.schema == "marts"
        ]
        models = CompiledModels(
            wanted or marts,
            policy=seeds or self.policy,
            as_of=self.as_of,
            warehouse=self.warehouse,
            threads=2,
        )
        models.run()
        models.close()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """The rows of a query over the warehouse."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute(query).fetchall()

    def digests(self) -> dict[str, str]:
        """The md5 of every mart, its rows in the order of their own text."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return digests(connection)
