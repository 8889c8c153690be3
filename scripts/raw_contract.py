"""The raw contract: which tables and columns a source lands, as its sources YAML declares them.

dbt, the loader and the expectation suites read the same files,
`models/staging/<source>/_<source>__sources.yml`; nothing is declared twice.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from scripts.places import PROJECT, CannotRunError

SOURCES = ("hubspot", "salesforce", "open")
# _seen_at: from when the version was seen, the extracted_at of the load that brought it.
LOAD_COLUMNS = {"_load_id": "varchar", "_loaded_at": "timestamp", "_seen_at": "timestamp"}
HISTORY_COLUMNS = {"_superseded_by": "varchar", "_superseded_at": "timestamp"}

# Names that hold an id. source_id is HubSpot's free text about what wrote a value.
_ID_NAME = re.compile(
    r"(^|_)(v?ids?|guid)$|^vid_|(company|owner|object)ids?$|(^|_)(created|changed)_by$"
)
# The C reader, where it is built in, is ten times faster and just as safe.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOT_IDS = frozenset({"source_id"})


class LoadError(CannotRunError):
    """Nothing can be loaded; the message is one line for a person, and the exit code is 2."""


@dataclass(frozen=True)
class Column:
    """A declared column; `event_if` is the boolean that makes its time an event ('' = always).

    `field` is the CRM's own name of the field, where the column is not called so. Of a connector's
    column, `role` is `id`, `ids` or `text` where the name does not say so; `has_epoch`: its times
    may be milliseconds since 1970. `is_day`: a date alone is that day, in no time zone. Where there
    are `values`, it holds one of these words or nothing.
    """

    name: str
    data_type: str
    event_if: str | None = None
    field: str | None = None
    role: str = ""
    has_epoch: bool = False
    is_day: bool = False
    values: tuple[str, ...] = ()

    @property
    def is_id(self) -> bool:
        """Whether its values are ids: text, never a number in scientific notation."""
        if self.role:
            return self.role in ("id", "ids")
        is_named_so = bool(_ID_NAME.search(self.name)) and self.name not in _NOT_IDS
        return self.data_type == "varchar" and is_named_so

    @property
    def is_list(self) -> bool:
        """Whether a cell may hold several ids, parted by semicolons or commas."""
        return self.role == "ids" or self.name.lower().endswith("ids")


@dataclass(frozen=True)
class Table:
    """A declared raw table; rows with equal `keys` and `distinct_by` are versions of one thing.

    `has_fields` says that any field of its rows may be mapped to a concept. A table of another
    `connector` than the contract's has columns of the connector's own, whose names begin with
    `technical`; of equal versions the greatest by `seen_by` stays. `is_versions`: the file holds
    versions of the table's rows, each from its `_fivetran_start`. `is_observed`: what matters is
    when a row was seen, so an identical row that comes again is a version, too. `is_labels`: its
    rows only add labels to values, so a load goes on without them. `is_link`: they say that two
    things belong together, and one that is flagged as deleted is seen no more. `aliases` are other
    names of columns, each with the declared one; `renames` are what one file calls its columns,
    each with what it is, and `stated` values that its name or header tells for columns it does
    not have. `said` is what a person is told
    of it; `noted_as` and `noted_keys` (SQL) are the contract's table and keys, where they differ.
    """

    name: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...] = ()
    distinct_by: tuple[str, ...] = ()
    modified_at: str | None = None
    kind: str = "state"
    has_fields: bool = False
    connector: str = ""
    technical: str | None = None
    seen_by: str | None = None
    is_versions: bool = False
    is_observed: bool = False
    is_labels: bool = False
    is_link: bool = False
    aliases: tuple[tuple[str, str], ...] = ()
    renames: tuple[tuple[str, str], ...] = ()
    stated: tuple[tuple[str, str], ...] = ()
    said: str = ""
    noted_as: str = ""
    noted_keys: tuple[str, ...] = ()

    @property
    def identity(self) -> tuple[str, ...]:
        """What tells rows apart: the required keys, then columns that may be empty."""
        return (*self.keys, *self.distinct_by)

    def types(self) -> dict[str, str]:
        """Type by column name, in declared order."""
        return {column.name: column.data_type for column in self.columns}


@dataclass(frozen=True)
class Contract:
    """The tables of one source by name, and the schema dbt reads them from."""

    source: str
    schema: str
    tables: dict[str, Table]


@cache
def read_contract(source: str) -> Contract:
    """The contract of a source, or of `meta` (the loader's own tables)."""
    path = PROJECT / "models" / "staging" / source / f"_{source}__sources.yml"
    declaration = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    declared = next(entry for entry in declaration["sources"] if entry["name"] == source)
    tables = [_table(entry) for entry in declared["tables"]]
    return Contract(source, declared["schema"], {table.name: table for table in tables})


def _meta(entry: dict[str, Any]) -> dict[str, Any]:
    meta: dict[str, Any] = entry.get("config", {}).get("meta", {})
    return meta


def _table(entry: dict[str, Any]) -> Table:
    meta = _meta(entry)
    return Table(
        name=entry["name"],
        columns=tuple(_column(column) for column in entry["columns"]),
        keys=tuple(meta.get("keys", ())),
        distinct_by=tuple(meta.get("distinct_by", ())),
        modified_at=meta.get("modified_at"),
        kind=meta.get("kind", "state"),
        has_fields=meta.get("has_fields", False),
        is_observed=meta.get("is_observed", False),
        is_labels=meta.get("is_labels", False),
        is_link=meta.get("is_link", False),
    )


def _column(entry: dict[str, Any]) -> Column:
    meta = _meta(entry)
    event_if = "" if meta.get("is_event") else None
    if meta.get("is_event_when_closed"):
        event_if = meta["closed_column"]
    values = tuple(meta.get("values", ()))
    return Column(
        entry["name"],
        entry["data_type"],
        event_if,
        meta.get("field"),
        is_day=bool(meta.get("is_day")),
        values=values,
    )


def quoted(*names: str) -> str:
    """A (dotted) SQL identifier."""
    return ".".join('"' + name.replace('"', '""') + '"' for name in names)


def literal(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"
