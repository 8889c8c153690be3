"""A desk to load at: files in a folder, a warehouse beside it, and what became of them."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from scripts.load import main

PROJECT = Path(__file__).resolve().parents[2]
SHARED_DATA = PROJECT.parent / "shared" / "data"
# When a load ran is not what it landed.
CLOCK_COLUMNS = {"_loaded_at", "_superseded_at", "started_at", "finished_at", "set_at"}


@dataclass(frozen=True)
class Outcome:
    """How one run of the loader ended."""

    code: int
    out: str
    err: str


class Desk:
    """One folder of files and one warehouse; loads run in this process."""

    def __init__(self, home: Path, template: Path, capsys: Any) -> None:
        self.home = home
        self.capsys = capsys
        self.template = template
        self.file = home / "warehouse.duckdb"
        self._reading: duckdb.DuckDBPyConnection | None = None
        shutil.copy(template, self.warehouse)

    @property
    def warehouse(self) -> Path:
        """The file; who asks for it finds it closed."""
        if self._reading:
            self._reading.close()
        self._reading = None
        return self.file

    def put(self, name: str, content: str | bytes, folder: str = "files") -> Path:
        """Write a file into a folder of the desk; text as UTF-8."""
        path = self.home / folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def load(self, source: str = "open", *options: str, folder: str = "files") -> Outcome:
        """Run the loader on a folder of the desk; it bears all rejects unless told otherwise."""
        self.capsys.readouterr()
        if "--max-rejects" not in options:
            options = (*options, "--max-rejects", "100")
        code = main([source, str(self.home / folder), "--warehouse", str(self.warehouse), *options])
        printed = self.capsys.readouterr()
        return Outcome(code, printed.out, printed.err)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the warehouse."""
        # Opening the file costs more than most questions: it stays open until it is loaded again.
        if self._reading is None:
            self._reading = duckdb.connect(str(self.warehouse), read_only=True)
        return self._reading.execute(query).fetchall()

    def execute(self, statement: str) -> None:
        """Change the warehouse behind the loader's back."""
        with duckdb.connect(str(self.warehouse)) as connection:
            connection.execute(statement)

    def value(self, query: str) -> Any:
        """Ask the warehouse for one value."""
        return self.rows(query)[0][0]

    def rejects(self) -> list[tuple[Any, ...]]:
        """File, line, column, reason and raw text of what was rejected."""
        return self.rows(
            "select file_name, line_number, column_name, error, raw_line from raw_meta.rejects "
            "order by 1, 2, 3"
        )

    def records_accounted_for(self, table: str) -> int:
        """Landed rows and distinct rejected records of an open-format table."""
        landed: int = self.value(f"select count(*) from raw_open.{table}")
        rejected: int = self.value(
            "select count(distinct (file_name, line_number)) from raw_meta.rejects "
            f"where table_name = '{table}'"
        )
        return landed + rejected

    def contents(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every raw table, in an order of its own, without the clock."""
        return contents_of(self.warehouse)


def _raw_tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    columns = connection.execute(
        "select schema_name, table_name, list(column_name order by column_index) "
        "from duckdb_columns() semi join duckdb_tables() using (schema_name, table_name) "
        "where starts_with(schema_name, 'raw_') group by all"
    ).fetchall()
    return [
        (schema, table, ", ".join(f'"{name}"' for name in names if name not in CLOCK_COLUMNS))
        for schema, table, names in columns
    ]


def contents_of(warehouse: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every raw table of a warehouse, sorted, without the clock."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = {}
        for schema, table, kept in _raw_tables(connection):
            rows = connection.execute(f'select {kept} from "{schema}"."{table}"').fetchall()
            found[f"{schema}.{table}"] = sorted(rows, key=repr)
        return found


def digest_of(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, int | None]]:
    """Row count and a sum of row hashes of every raw table that holds rows, without the clock."""
    holding = {
        f"{schema}.{table}"
        for schema, table in connection.execute(
            "select schema_name, table_name from duckdb_tables() where estimated_size > 0"
        ).fetchall()
    }
    selects = [
        f'select \'{schema}.{table}\', count(*), sum(hash({kept})) from "{schema}"."{table}"'
        for schema, table, kept in _raw_tables(connection)
        if f"{schema}.{table}" in holding
    ]
    rows = connection.execute(" union all ".join(selects)).fetchall()
    return {name: (count, digest) for name, count, digest in rows if count}
