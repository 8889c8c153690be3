"""The views dbt reads: `raw_<source>_all`, one per contract table, over every shape it landed in.

For a contract table there are
- `raw_<source>_all.<table>`: the newest version of each key, in the contract's columns;
- `raw_<source>_all_history.<table>`: the versions it superseded (in a schema of its own, because
  Salesforce has objects named `<table>_history`; the open format keeps `<table>_history`);
- `raw_<source>_all.<table>_fields`, where the contract says `has_fields`: one row per key and
  landed field that is not empty, `field` in key form (`scripts/field_names.py`).
`_seen_at` is the moment from which a version was seen: the `extracted_at` of the load that brought
it, or when the connector saw it first, where it keeps versions itself. What the files of the newest
row did not have is carried over from those that had it (`scripts/carried.py`).
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from duckdb import DuckDBPyConnection

from scripts.carried import Landings, lacking, with_carried
from scripts.field_names import field_key
from scripts.raw_contract import HISTORY_COLUMNS, LOAD_COLUMNS, Table, literal, quoted

# Columns of connectors and of the loader, which are no fields of the CRM.
_NO_FIELDS = (
    "_fivetran_",
    "_load",
    "_seen_",
    "_superseded_",
    "_dlt_",
    "_airbyte_",
    "_ab_",
    "_sdc_",
)
# When a connector saw that a row had been deleted; empty while it is there.
DELETION_STAMPS = ("_ab_cdc_deleted_at", "_sdc_deleted_at")
_TABLE = re.compile(r'"(raw_[^"]+)"\."([^"]+)"')
View = tuple[str, str]
Present = dict[tuple[str, str], dict[str, str]]


@dataclass(frozen=True)
class Shape:
    """Where rows of one contract table lie, and how to read them there.

    `current` and `history` are SQL relations with the loader's columns; `columns` gives the SQL
    of each contract column in its type, `fields` the SQL of each CRM field as text. `today` gives
    the columns that are read otherwise in a current row than in a superseded version. `loads`
    brought the rows; `gaps` and `field_gaps` are those, by column and by field, whose files did
    not have it.
    """

    current: str
    history: str
    columns: Mapping[str, str]
    fields: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    today: Mapping[str, str] = field(default_factory=dict)
    loads: tuple[str, ...] = ()
    gaps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    field_gaps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def current_columns(self) -> dict[str, str]:
        """The SQL of each contract column in a current row."""
        return {**self.columns, **self.today}


def landed_as_declared(
    present: Present, source: str, table: Table, constants: Mapping[str, str] | None = None
) -> Shape:
    """The shape of `raw_<source>.<table>`, whose columns are the contract's and whatever else."""
    fields: dict[str, list[str]] = {}
    for name in present[f"raw_{source}", table.name]:
        key = crm_field(table, name)
        if key:
            fields.setdefault(key, []).append(as_text(quoted(name)))
    landed = present[f"raw_{source}", table.name]
    today = {}
    if table.kind == "state" and {"_fivetran_active", "_fivetran_deleted"} <= {*landed}:
        # In history mode a row whose newest version is over was deleted.
        is_over = "not try_cast(_fivetran_active as boolean)"
        today["_fivetran_deleted"] = f"case when {is_over} then true else _fivetran_deleted end"
    current = quoted(f"raw_{source}", table.name)
    if table.is_link:
        flag = today.get("_fivetran_deleted", "_fivetran_deleted")
        current = f"(select * from {current} where not coalesce({flag}, false))"
    columns = {column.name: quoted(column.name) for column in table.columns}
    stamps = [quoted(stamp) for stamp in DELETION_STAMPS if stamp in landed]
    for flag in ("is_deleted", "_fivetran_deleted"):
        if stamps and flag in columns and table.kind == "state":
            is_stamped = f"coalesce({', '.join(stamps)}) is not null"
            columns[flag] = f"case when {is_stamped} then true else {columns[flag]} end"
            break
    return Shape(
        current=current,
        history=quoted(f"raw_{source}_history", table.name),
        columns=columns,
        fields={key: first_of(cells) for key, cells in sorted(fields.items())},
        constants=constants or {},
        today=today,
    )


def with_gaps(
    connection: DuckDBPyConnection, landings: Landings, source: str, table: Table, shape: Shape
) -> Shape:
    """The shape, with the columns that some of its loads did not have."""
    landed = landings.get((source, table.name), {})
    if table.kind != "state" or len(landed) < 2:
        return shape
    current, every = (
        {str(load_id) for (load_id,) in connection.execute(query).fetchall()}
        for query in (
            f"select distinct _load_id from {shape.current}",
            f"select _load_id from {shape.current} union select _load_id from {shape.history}",
        )
    )
    never = (*table.identity, table.modified_at or "")
    return replace(
        shape,
        loads=tuple(sorted(every)),
        gaps=lacking(shape.columns, landed, current, every, never),
        field_gaps=lacking(shape.fields, landed, current, every, ()),
    )


def crm_field(table: Table, column_name: str) -> str | None:
    """The CRM's field that a column of a contract table holds, in key form; None for none."""
    if column_name in table.keys or is_no_field(column_name):
        return None
    named = next((column.field for column in table.columns if column.name == column_name), None)
    return field_key(named or column_name.removeprefix("property_")) or None


def is_no_field(column_name: str) -> bool:
    """Whether a column is a connector's or the loader's, and no field of the CRM."""
    return column_name.startswith(_NO_FIELDS)


def as_text(cell: str) -> str:
    """SQL: a cell as text, null where it is empty."""
    return f"nullif(cast({cell} as varchar), '')"


def first_of(cells: Sequence[str]) -> str:
    """SQL: the first cell that is not empty, of columns that hold one field."""
    return cells[0] if len(cells) == 1 else f"coalesce({', '.join(cells)})"


def view_queries(source: str, table: Table, shapes: Sequence[Shape]) -> dict[View, str]:
    """The views of one contract table over the shapes it landed in, at least one, and their SQL."""
    schema = f"raw_{source}_all"
    queries = {
        (schema, table.name): _current(table, shapes),
        (f"{schema}_history", table.name): _history(table, shapes),
    }
    if source == "open":
        queries[schema, f"{table.name}_history"] = _history(table, shapes)
    if table.has_fields:
        queries[schema, f"{table.name}_fields"] = _current_fields(table, shapes)
        queries[f"{schema}_history", f"{table.name}_fields"] = _history_fields(table, shapes)
    return queries


def make_views(
    connection: DuckDBPyConnection, queries: Mapping[View, str], present: Present
) -> None:
    """Make the views that are missing or outdated.

    A view's comment holds the digest of what it was made from, its query and the columns of the
    tables that the query names, so that a load makes those again for which it brought another kind
    of data.
    """
    rows = connection.execute(
        """
        select schema_name, view_name, comment from duckdb_views()
        where database_name = current_database() and starts_with(schema_name, 'raw_')
        """
    ).fetchall()
    there = {(schema, name): comment for schema, name, comment in rows}
    for schema in sorted({schema for schema, _ in queries}):
        connection.execute(f"create schema if not exists {quoted(schema)}")
    for view, query in queries.items():
        basis = [(table, present.get(table)) for table in sorted(set(_TABLE.findall(query)))]
        digest = hashlib.md5(f"{basis}{query}".encode(), usedforsecurity=False).hexdigest()
        if there.get(view) != digest:
            connection.execute(f"create or replace view {quoted(*view)} as {query}")
            connection.execute(f"comment on view {quoted(*view)} is {literal(digest)}")


def _select(shape: Shape, relation: str, columns: Mapping[str, str], extra: Sequence[str]) -> str:
    listed = [f"{literal(value)} as {quoted(name)}" for name, value in shape.constants.items()]
    listed += [f"{cell} as {quoted(name)}" for name, cell in columns.items()]
    return f"select {', '.join([*listed, *extra])} from {relation}"


def _are_apart(shapes: Sequence[Shape]) -> bool:
    """Whether no key can stand in two of the shapes: one shape, or sources of their own."""
    return len(shapes) == 1 or bool(shapes[0].constants)


def _window(table: Table) -> str:
    """SQL: of rows with one key, the newest first; of one event, the first seen."""
    keys = ", ".join(quoted(column) for column in table.identity)
    if table.kind == "change":
        return f"(partition by {keys} order by _seen_at, _shape)"
    # A shape that does not tell when a row was modified tells at least when it was seen.
    stamp = f"coalesce({quoted(table.modified_at)}, _seen_at) desc, " if table.modified_at else ""
    return f"(partition by {keys} order by {stamp}_seen_at desc, _loaded_at desc, _shape)"


def _rows(table: Table, shapes: Sequence[Shape], part: str, with_fields: bool = False) -> list[str]:
    """SQL: the rows of each shape in the contract's columns, or its keys and every field."""
    selects = []
    for number, shape in enumerate(shapes):
        columns = shape.current_columns if part == "current" else dict(shape.columns)
        if with_fields:
            needed = {*table.identity, table.modified_at}
            columns = {name: cell for name, cell in columns.items() if name in needed}
            columns |= {f"field {name}": cell for name, cell in shape.fields.items()}
        extra = [*LOAD_COLUMNS, f"{number} as _shape"]
        selects.append(_select(shape, getattr(shape, part), columns, extra))
    return selects


def _ranked(table: Table, shapes: Sequence[Shape], with_fields: bool = False) -> str:
    """SQL: the current rows of all shapes, with `_rank` 1 for the one that holds a key."""
    return f"""
        select
            *, row_number() over {_window(table)} as _rank,
            first_value(_load_id) over {_window(table)} as _superseded_by,
            first_value(_loaded_at) over {_window(table)} as _superseded_at
        from ({" union all by name ".join(_rows(table, shapes, "current", with_fields))})
    """


def _newest(table: Table, shapes: Sequence[Shape], with_fields: bool = False) -> str:
    """SQL: the row that holds each key, of shapes that are not apart, and what it carries over."""
    if len(shapes) == 1:
        held = _rows(table, shapes, "current", with_fields)[0]
    else:
        held = (
            f"select * exclude (_rank, {', '.join(HISTORY_COLUMNS)}) "
            f"from ({_ranked(table, shapes, with_fields)}) where _rank = 1"
        )
    gaps = [_gaps(shapes, number, with_fields) for number in range(len(shapes))]
    if not any(gaps):
        return f"select * exclude (_shape) from ({held})"
    versions = [
        select
        for part in ("current", "history")
        for select in _rows(table, shapes, part, with_fields)
    ]
    return with_carried(held, versions, table.identity, table.modified_at, gaps)


def _gaps(shapes: Sequence[Shape], number: int, with_fields: bool) -> Mapping[str, tuple[str, ...]]:
    """What one of several shapes does not tell, by the name it has in the union of them all."""
    shape = shapes[number]
    if not with_fields:
        return shape.gaps
    every = sorted({name for one in shapes for name in one.fields})
    silent = dict(shape.field_gaps)
    if len(shapes) > 1 and shape.loads:
        silent |= {name: shape.loads for name in every if name not in shape.fields}
    return {f"field {name}": loads for name, loads in silent.items()}


def _current(table: Table, shapes: Sequence[Shape]) -> str:
    if not _are_apart(shapes):
        return _newest(table, shapes)
    return " union all ".join(
        f"from ({_newest(table, [shape])})"
        if shape.gaps
        else _select(shape, shape.current, shape.current_columns, list(LOAD_COLUMNS))
        for shape in shapes
    )


def _history(table: Table, shapes: Sequence[Shape]) -> str:
    columns = [*LOAD_COLUMNS, *HISTORY_COLUMNS]
    kept = " union all ".join(
        _select(shape, shape.history, shape.columns, columns) for shape in shapes
    )
    if _are_apart(shapes) or table.kind == "change":
        return kept
    # A current row of one shape that a newer row of another stands before is a version too.
    return f"""
        {kept} union all by name
        select * exclude (_rank, _shape) from ({_ranked(table, shapes)}) where _rank > 1
    """


def _current_fields(table: Table, shapes: Sequence[Shape]) -> str:
    if not _are_apart(shapes):
        return _unpivoted_rows(table, shapes, _newest(table, shapes, with_fields=True), ())
    return " union all ".join(
        _unpivoted_rows(table, [shape], _newest(table, [shape], with_fields=True), ())
        if shape.field_gaps
        else _unpivoted(table, [shape], "current", ())
        for shape in shapes
    )


def _history_fields(table: Table, shapes: Sequence[Shape]) -> str:
    stamps: tuple[str, ...] = ("_load_id", "_seen_at")
    kept = _unpivoted(table, shapes, "history", stamps, with_modified=True)
    if _are_apart(shapes):
        return kept
    modified = quoted(table.modified_at) if table.modified_at else "cast(null as timestamp)"
    stamps += (f"{modified} as _modified_at",)
    outdated = f"select * from ({_ranked(table, shapes, with_fields=True)}) where _rank > 1"
    return f"{kept} union all {_unpivoted_rows(table, shapes, outdated, stamps)}"


def _unpivoted(
    table: Table,
    shapes: Sequence[Shape],
    part: str,
    stamps: Sequence[str],
    with_modified: bool = False,
) -> str:
    def modified(shape: Shape) -> list[str]:
        stamp = shape.columns[table.modified_at] if table.modified_at else "cast(null as timestamp)"
        return [f"{stamp} as _modified_at"] if with_modified else []

    # One scan of two columns a field: a third of what unpivot costs, and a filter on field prunes.
    selects = [
        _select(
            shape,
            getattr(shape, part),
            {key: shape.columns[key] for key in table.keys},
            [f"{literal(name)} as field", f"{cell} as value", *stamps, *modified(shape)],
        )
        + f" where {cell} is not null"
        for shape in shapes
        for name, cell in shape.fields.items()
    ]
    return " union all ".join(selects)


def _unpivoted_rows(table: Table, shapes: Sequence[Shape], rows: str, stamps: Sequence[str]) -> str:
    keys = ", ".join(quoted(key) for key in (*shapes[0].constants, *table.keys))
    extra = "".join(f", {stamp}" for stamp in stamps)
    selects = [
        f"select {keys}, {literal(name)} as field, {cell} as value{extra} "
        f"from chosen where {cell} is not null"
        for name in sorted({name for shape in shapes for name in shape.fields})
        for cell in [quoted(f"field {name}")]
    ]
    return f"""
        select * from (
            with chosen as materialized ({rows})
            {" union all ".join(selects)}
        )
    """
