"""The models without dbt's cost: compiled once, then run as plain SQL in a DuckDB in memory.

A `dbt build` of a handful of rows takes most of a minute, nearly all of it dbt's own. Tests
that need many small builds take the SQL that dbt compiled and run it themselves:

    models = CompiledModels(["fct_stage_visits"], as_of="2026-06-30 18:00:00")
    models.insert("raw_open.records", [{"record_id": "1", "record_type": "contact"}])
    models.note_load("open", method="open:files", extracted_at="2026-06-30 18:00:00")
    models.run()
    models.rows("select * from marts.fct_stage_visits")

What is the same as in a build: the SQL, the order, seeds with their declared types, raw
tables as `prepare_warehouse` makes them, data tests where they are asked for (`failing_tests`,
or `failures` for a singular one). What is not: contracts and the order of a mart's columns. A
project whose policy differs needs no other compilation, since no model reads a seed while it is
compiled; the as-of moment and the time zone are put into the SQL at each run.
`dbt compile` opens no database here (`--no-populate-cache --no-introspect`).

`CompiledModels(…, landed=file)` takes its raw rows from a file that the real loader has filled,
which stays as it is; `tests.pipeline.Pipeline.run_models` does so, and `take` does it again with
another file. Views are tables here, since planning views of views costs more than filling them,
and a second `run` fills again, by plans that are kept, what rests on rows that changed. So name
what a test reads, and let the tests of a module share one `CompiledModels`.
"""

import fcntl
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

from scripts.places import PROJECT
from scripts.raw_contract import literal, quoted
from scripts.warehouse import prepare_warehouse

# Where dbt puts what it compiled, and the manifest with it.
COMPILED = PROJECT / "target" / "tests" / "compiled"
# What a landed file is called while its rows are taken.
LANDED = "landed"
# Looking for common parts of a landed view, a union of very many selects, is most of its cost.
UNHELPFUL_OPTIMIZERS = "common_subexpressions,common_subplan,expression_rewriter"
# A plan that is kept may not rest on what the tables held when it was made.
UNKEPT_OPTIMIZERS = "compressed_materialization,statistics_propagation"
# The database's name in the compiled SQL: the stem of the file dbt believes in.
CATALOG = "crm"
AS_OF = "@as_of@"
TIME_ZONE = "@time_zone@"
# What the timelines, the people and their records are read from.
HISTORY_MARTS = (
    "bridge_person_records",
    "fct_deal_stage_visits",
    "fct_owner_visits",
    "fct_stage_transitions",
    "fct_stage_visits",
    "fct_status_visits",
    "int_change_fates",
)

# Marts say when a finding was first seen and a source loaded; nothing else depends on the run.
RUN_DEPENDENT = {"first_seen_at", "is_new", "last_loaded_at"}

Row = Mapping[str, object]


@dataclass(frozen=True)
class Model:
    """One compiled model, seed or data test."""

    name: str
    kind: str
    schema: str
    sql: str
    depends_on: tuple[str, ...]
    sources: tuple[str, ...]
    column_types: Mapping[str, str]

    @property
    def relation(self) -> str:
        """The quoted name in SQL."""
        return quoted(CATALOG, self.schema, self.name)


@cache
def compiled_project() -> dict[str, Model]:
    """All models, seeds and data tests by name, compiled where the project has changed."""
    COMPILED.mkdir(parents=True, exist_ok=True)
    stamp = COMPILED / "compiled_from.txt"
    # Of several pytest workers one compiles, and the others wait for it.
    with (COMPILED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        digest = _digest_of_project()
        if not stamp.exists() or stamp.read_text() != digest:
            stamp.unlink(missing_ok=True)
            _compile(COMPILED)
            stamp.write_text(digest)
        manifest = json.loads((COMPILED / "manifest.json").read_text())
    nodes = manifest["nodes"]
    sources = {
        name: f"{source['schema']}.{source['identifier']}"
        for name, source in manifest["sources"].items()
    }
    wanted = ("model", "seed", "test")
    models = [
        _model(node, nodes, sources) for node in nodes.values() if node["resource_type"] in wanted
    ]
    return {model.name: model for model in models}


def _digest_of_project() -> str:
    digest = hashlib.md5(usedforsecurity=False)
    folders = [PROJECT / "models", PROJECT / "macros"]
    files = [file for folder in folders for file in folder.rglob("*.*")]
    files += [PROJECT / "dbt_project.yml", *(PROJECT / "tests").glob("*.sql")]
    for file in sorted(files):
        digest.update(str(file.relative_to(PROJECT)).encode() + file.read_bytes())
    return digest.hexdigest()


def _compile(place: Path) -> None:
    environment = os.environ | {
        "LIFECYCLE_WAREHOUSE": str(place / f"{CATALOG}.duckdb"),
        "LIFECYCLE_POLICY": "b2b",
        "LIFECYCLE_AS_OF": AS_OF,
        "LIFECYCLE_TIMEZONE": TIME_ZONE,
        "DBT_TARGET_PATH": str(place),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    # As in scripts/transform.py: garbage is looked for rarely, and no log is written.
    runner = "import gc; gc.set_threshold(200_000, 50, 1000); from dbt.cli.main import cli; cli()"
    quiet = ["--quiet", "--log-level-file", "none"]
    options = ["--no-populate-cache", "--no-introspect", "--indirect-selection", "empty"]
    selection = ["--select", "resource_type:model", "resource_type:test"]
    result = subprocess.run(
        [sys.executable, "-c", runner, *quiet, "compile", *options, *selection],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-2000:]


def _model(node: dict[str, Any], nodes: dict[str, Any], sources: Mapping[str, str]) -> Model:
    parents = node["depends_on"].get("nodes", [])
    return Model(
        name=node["name"],
        kind=node["resource_type"],
        schema=node["schema"],
        sql=node.get("compiled_code") or "",
        depends_on=tuple(nodes[parent]["name"] for parent in parents if parent in nodes),
        sources=tuple(sources[parent] for parent in parents if parent in sources),
        column_types=node["config"].get("column_types") or {},
    )


def upstream(project: Mapping[str, Model], wanted: Iterable[str]) -> list[Model]:
    """The wanted models and all they are made of, each after what it reads."""
    ordered: dict[str, Model] = {}

    def visit(name: str) -> None:
        if name not in ordered:
            for parent in project[name].depends_on:
                visit(parent)
            ordered[name] = project[name]

    for name in wanted:
        visit(name)
    return list(ordered.values())


class CompiledModels:
    """The wanted models, and what they are made of, under one policy in one database."""

    def __init__(
        self,
        wanted: Sequence[str] = HISTORY_MARTS,
        *,
        policy: str | Path = "b2b",
        as_of: str = "",
        time_zone: str = "UTC",
        landed: Path | None = None,
        open_sources: Sequence[str] = ("open",),
    ) -> None:
        """Take the raw rows of a file, or make raw tables, also for the named open sources.

        `policy` is a folder of `seeds/` or any folder of seeds, `as_of` as in `LIFECYCLE_AS_OF`;
        empty is the newest load. Where there is neither file nor open source, `take` comes before
        `run`.
        """
        self.as_of = as_of
        self.time_zone = time_zone
        self._project = compiled_project()
        self._models = upstream(self._project, wanted)
        self.connection: DuckDBPyConnection = duckdb.connect()
        self.connection.execute("set TimeZone = 'UTC'")
        # Where tables are tiny, and where each core has its own tests, a second one only costs.
        self.connection.execute("set threads = 1")
        self.connection.execute(f"attach ':memory:' as {CATALOG}")
        self.connection.execute(f"use {CATALOG}")
        self._taken: set[str] = set()
        if landed is not None:
            self.take(landed)
        for name in open_sources if landed is None else ():
            prepare_warehouse(self.connection, name)
        for schema in sorted({model.schema for model in self._models if model.kind != "test"}):
            self.connection.execute(f"create schema if not exists {quoted(schema)}")
        # What held rows when it was made last, and what rests on a seed filled since.
        self._filled: set[str] = set()
        self._tables: set[str] = set()
        self._plans: set[str] = set()
        self._refilled: set[str] = set()
        self._seeded: set[str] = set()
        for model in self._models:
            if model.kind == "seed":
                self.fill_seed(model.name, PROJECT / "seeds" / policy / f"{model.name}.csv")

    def stand_at(self, as_of: str) -> None:
        """Take another as-of moment; the next `run` makes all anew, since SQL holds the moment."""
        self.as_of = as_of
        self._plans.clear()
        self._tables.clear()

    def fill_seed(self, name: str, file: Path) -> None:
        """Load one seed from a CSV file, with the types that the project declares."""
        seed = self._project[name]
        with file.open(encoding="utf-8") as lines:
            header = lines.readline().strip().split(",")
        types = {column: seed.column_types[column] for column in header}
        columns = ", ".join(f"{literal(column)}: {literal(kind)}" for column, kind in types.items())
        rows = (
            f"select * from read_csv({literal(str(file))}, header = true, auto_detect = false,"
            f" columns = {{{columns}}})"
        )
        # A new table would make every plan anew.
        if name in self._seeded:
            self.connection.execute(f"truncate {seed.relation}")
            self.connection.execute(f"insert into {seed.relation} by name {rows}")
        else:
            self.connection.execute(f"create or replace table {seed.relation} as {rows}")
        self._seeded.add(name)
        self._refilled.add(name)

    def insert(self, table: str, rows: Sequence[Row]) -> None:
        """Put rows into a raw table (`raw_open.records`); what a row does not name is null."""
        if not rows:
            return
        names = list(dict.fromkeys(name for row in rows for name in row))
        listed = ", ".join(quoted(name) for name in names)
        holes = ", ".join("?" for _ in names)
        line = f"({holes})"
        relation = quoted(*table.split("."))
        for start in range(0, len(rows), 500):
            part = rows[start : start + 500]
            values = [row.get(name) for row in part for name in names]
            self.connection.execute(
                f"insert into {relation} ({listed}) values {', '.join([line] * len(part))}", values
            )

    def note_load(self, source: str, *, method: str, extracted_at: str, load_id: str = "a") -> None:
        """Write the row that a load of the source leaves in `raw_meta.loads`."""
        load = {
            "load_id": load_id,
            "source": source,
            "method": method,
            "status": "loaded",
            "started_at": extracted_at,
            "finished_at": extracted_at,
            "extracted_at": extracted_at,
        }
        self.insert("raw_meta.loads", [load])

    def empty(self) -> None:
        """Take all rows out of the raw tables."""
        for table in self._raw_tables_with_rows():
            self.connection.execute(f"truncate {quoted(*table.split('.'))}")

    def _raw_tables_with_rows(self) -> set[str]:
        tables = self.connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables()"
            f" where database_name = '{CATALOG}' and starts_with(schema_name, 'raw_')"
            " and estimated_size > 0"
        ).fetchall()
        return {table for (table,) in tables}

    def take(self, file: Path) -> None:
        """Take the raw rows of a file that the loader has filled, in place of those before."""
        self.connection.execute(f"attach {literal(str(file))} as {LANDED} (read_only)")
        self.connection.execute(f"set disabled_optimizers = '{UNHELPFUL_OPTIMIZERS}'")
        for source in sorted({source for model in self._models for source in model.sources}):
            schema, table = source.split(".")
            taken, landed = quoted(schema, table), quoted(LANDED, schema, table)
            if source in self._taken:
                self.connection.execute(f"truncate {taken}")
                self.connection.execute(f"insert into {taken} by name from {landed}")
            else:
                self.connection.execute(f"create schema if not exists {quoted(schema)}")
                self.connection.execute(f"create table {taken} as from {landed}")
                self._taken.add(source)
        self.connection.execute("reset disabled_optimizers")
        self.connection.execute(f"detach {LANDED}")

    def run(self) -> None:
        """Make all wanted models from what the raw tables hold, where rows came or went."""
        with_rows = self._raw_tables_with_rows()
        changed = self._refilled | with_rows | (self._filled - self._project.keys())
        changed |= {view for view, tables in self._raw_views().items() if tables & changed}
        self._filled = with_rows | (self._filled & self._project.keys())
        self._refilled = set()
        for model in self._models:
            inputs = {*model.depends_on, *model.sources}
            if model.kind != "model" or (model.name in self._tables and not inputs & changed):
                continue
            if self._fill(model):
                changed.add(model.name)

    def _fill(self, model: Model) -> bool:
        """Make one table or fill it again; whether rows came or went."""
        sql = self._filled_in(model.sql)
        plan = quoted(f"fill {model.name}")
        if model.name not in self._tables:
            filling = f"create or replace table {model.relation} as {sql}"
        else:
            filling = f"execute {plan}"
            if model.name not in self._plans:
                self.connection.execute(f"set disabled_optimizers = '{UNKEPT_OPTIMIZERS}'")
                self.connection.execute(
                    f"prepare {plan} as insert into {model.relation} by name {sql}"
                )
                self.connection.execute("reset disabled_optimizers")
                self._plans.add(model.name)
            self.connection.execute(f"truncate {model.relation}")
        self._tables.add(model.name)
        (count,) = self.connection.execute(filling).fetchall()[0]
        had_rows = model.name in self._filled
        self._filled.discard(model.name)
        if count:
            self._filled.add(model.name)
        return bool(count) or had_rows

    def _raw_views(self) -> dict[str, set[str]]:
        """The relations that each view over the raw tables names."""
        views = self.connection.execute(
            "select schema_name || '.' || view_name, sql from duckdb_views()"
            f" where database_name = '{CATALOG}' and starts_with(schema_name, 'raw_')"
        ).fetchall()
        names = {
            view: {
                f"{schema}.{table}" for schema, table in re.findall(r'(raw_\w+)"?\."?(\w+)', sql)
            }
            for view, sql in views
        }
        # A view of views rests on their tables.
        for view in names:
            for _ in range(3):
                names[view] |= {table for name in names[view] for table in names.get(name, ())}
        return names

    def _filled_in(self, sql: str) -> str:
        return sql.replace(AS_OF, self.as_of).replace(TIME_ZONE, self.time_zone)

    def failing_tests(self) -> list[str]:
        """The names of the data tests that fail, of all that read only what has been made."""
        names = {model.name for model in self._models}
        tests = [model for model in self._project.values() if model.kind == "test"]
        return [
            test.name
            for test in tests
            if names.issuperset(test.depends_on)
            and self.rows(f"select 1 from ({self._filled_in(test.sql)}) limit 1")
        ]

    def failures(self, test: str) -> list[tuple[Any, ...]]:
        """The rows that a singular test of `tests/*.sql` complains about.

        Name it among the wanted models, so that what it reads is made.
        """
        return self.connection.execute(self._filled_in(self._project[test].sql)).fetchall()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self.connection.execute(query).fetchall()

    def records(self, query: str) -> list[dict[str, Any]]:
        """The rows of a query, each by the names of its columns."""
        cursor = self.connection.execute(query)
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def close(self) -> None:
        """Let go of the database."""
        self.connection.close()


def digests(connection: DuckDBPyConnection) -> dict[str, str]:
    """The md5 of every mart that has been made, its rows in the order of their own text."""
    marts = connection.execute(
        "select table_name, list(column_name order by column_name)"
        " from information_schema.columns"
        " where table_schema = 'marts' and table_catalog = current_database()"
        " group by table_name order by table_name"
    ).fetchall()
    found = {}
    for mart, names in marts:
        stated = (name for name in names if name not in RUN_DEPENDENT)
        cells = ", ".join(f"coalesce(cast({name} as varchar), '-')" for name in stated)
        rows = connection.execute(
            "select md5(string_agg(line, chr(10) order by line))"
            f" from (select concat_ws('|', {cells}) as line from marts.{mart})"
        ).fetchall()
        found[str(mart)] = str(rows[0][0])
    return found


if __name__ == "__main__":
    compiled_project()
