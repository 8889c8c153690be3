"""One reader per format: each gives the cells of a file as text, with line and raw record.

The reading is SQL over DuckDB's own readers; the only thing Python sees is the header.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
from duckdb import DuckDBPyConnection

from scripts.csv_records import fields, find_records, read_header, read_lines
from scripts.headers import Bound, bind
from scripts.hints import Hints, plain
from scripts.landing_folder import LandingFile
from scripts.nested import json_cells, json_shape, json_text, unnested
from scripts.raw_contract import Column, LoadError, Table, literal, quoted
from scripts.text_files import BAD_BYTE, TextFile

# A whole double prints as 77.0 or 1e+16; as long as a double holds it exactly it is an integer.
_EXACT_DOUBLE = 9007199254740992


@dataclass(frozen=True)
class Reading:
    """A file as cells.

    `cells` is a SQL relation (line_number, raw, problem, c0, c1, …): one row per record, the
    cells as text in the order of `names` and null where empty, `problem` null unless the
    record as a whole is unreadable. `names` are the columns as the table spells them. A column
    that stands there in several spellings has more cells, c0_1, …; `spellings` are how many.
    """

    file_name: str
    names: tuple[str, ...]
    cells: str
    spellings: tuple[int, ...] = ()

    def others(self, position: int) -> list[str]:
        """The further cells of a column."""
        count = self.spellings[position] if position < len(self.spellings) else 1
        return [f"c{position}_{number}" for number in range(1, count)]


def _reading(
    file_name: str, bound: Bound, cells: Sequence[str], relation: str, prefix: str
) -> Reading:
    """The reading of `relation`, whose columns by position of the header have the SQL `cells`."""
    listed = ", ".join(
        f"{cells[place]} as c{i}" + (f"_{number}" if number else "")
        for i, places in enumerate(bound.places)
        for number, place in enumerate(places)
    )
    spellings = tuple(len(places) for places in bound.places)
    return Reading(file_name, bound.names, f"select {prefix}, {listed} {relation}", spellings)


def _column_of(bound: Bound, table: Table) -> list[Column]:
    """By position of the header, the column that stands there."""
    declared = {column.name: column for column in table.columns}
    columns: dict[int, Column] = {}
    for name, places in zip(bound.names, bound.places, strict=True):
        columns |= dict.fromkeys(places, declared.get(name, Column(name, "text")))
    return [columns[position] for position in range(len(columns))]


def read_text(
    connection: DuckDBPyConnection,
    landing: LandingFile,
    file: TextFile,
    table: Table,
    hints: Hints,
) -> Reading:
    """Read a CSV or JSON-lines file. Raises `LoadError` where its header does not do."""
    read_lines(connection, file)
    if landing.file_format == "jsonl":
        return _read_json_lines(connection, file, table, hints)
    return _read_csv(connection, file, table, hints)


def _read_csv(
    connection: DuckDBPyConnection, file: TextFile, table: Table, hints: Hints
) -> Reading:
    header = read_header(connection, file)
    find_records(connection, file, header)
    relation = f"""
        from (
            select line_number, raw, is_malformed, {fields(file, header.delimiter)} as f
            from file_records
        )
    """
    texts = [f"nullif(f[{i + 1}], '')" for i in range(len(header.names))]
    spelled, texts, relation = unnested(connection, file.name, header.names, texts, relation)
    bound = bind(f"{file.name} line {header.line_number}", spelled, table)
    cells = [
        plain(column, text, hints)
        for column, text in zip(_column_of(bound, table), texts, strict=True)
    ]
    count = len(header.names)
    problem = f"""
        case
            {_when_not_text(file)}
            when is_malformed then 'text stands beside a quoted cell, or a quote is not closed'
            when len(f) <> {count} then 'has ' || len(f) || ' cells, the header has {count}'
        end as problem
    """
    return _reading(file.name, bound, cells, relation, f"line_number, raw, {problem}")


def _read_json_lines(
    connection: DuckDBPyConnection, file: TextFile, table: Table, hints: Hints
) -> Reading:
    connection.execute(
        """
        create or replace temp table json_records as
        select
            line_number,
            line as raw,
            coalesce(
                case when json_valid(line) then json_type(line) = 'OBJECT' end, false
            ) as is_object
        from file_lines
        where trim(line) <> ''
        """
    )
    connection.execute("create or replace temp view file_records as from json_records")
    header = connection.execute(
        """
        select name from (
            select unnest(json_keys(raw)) as name from file_records where is_object
        )
        group by name order by name
        """
    ).fetchall()
    if not header:
        raise LoadError(f"{file.name} holds no JSON object: write one object a line")
    spelled = [name for (name,) in header]
    shape = json_shape(spelled)
    relation = f"""
        from (
            select
                *, from_json(case when is_object then raw end, {literal(shape)}) as f,
                regexp_matches(raw, ':\\s*[-+]?[0-9.]+[eE]') as has_exponent
            from file_records
        )
    """
    texts = json_cells("f", "raw", spelled)
    spelled, texts, relation = unnested(connection, file.name, spelled, texts, relation)
    bound = bind(f"{file.name}", spelled, table)
    cells = []
    for name, column, text in zip(spelled, _column_of(bound, table), texts, strict=True):
        if column.is_id:
            cells.append(_as_written(name, text))
            continue
        path = literal("$." + json_text(name))
        is_number = f"coalesce(json_type(raw, {path}) <> 'VARCHAR', false)"
        cells.append(plain(column, text, hints, is_number))
    problem = f"""
        case
            {_when_not_text(file)}
            when not is_object then 'is not a JSON object'
            when contains(raw, '\\u0000') then 'holds a NUL character'
            when len(list_distinct(json_keys(case when is_object then raw end)))
                < len(json_keys(case when is_object then raw end)) then 'names a key twice'
        end as problem
    """
    return _reading(file.name, bound, cells, relation, f"line_number, raw, {problem}")


def _when_not_text(file: TextFile) -> str:
    if not file.is_marked:
        return ""
    return f"when contains(raw, {literal(BAD_BYTE)}) then 'holds bytes that are not text'"


def _as_written(spelling: str, cell: str) -> str:
    """SQL: an id, judged as it was written, not as JSON understood it: 1e5 is no id."""
    pattern = literal(f'"{spelling}"\\s*:\\s*([-+]?[0-9.]+[eE][-+]?[0-9]+)')
    written = f"nullif(regexp_extract(raw, {pattern}, 1), '')"
    signed = f"regexp_replace({written}, '[eE]\\+?([0-9])', 'e+\\1')"
    return f"coalesce(case when has_exponent then {signed} end, {cell})"


def read_parquet(
    connection: DuckDBPyConnection, landing: LandingFile, table: Table, hints: Hints
) -> Reading:
    """Read a Parquet file; its line numbers are record numbers."""
    path = literal(str(landing.path))
    try:
        described = connection.execute(f"describe select * from read_parquet({path})").fetchall()
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise LoadError(f"{landing.name} cannot be read as Parquet ({reason})") from error
    columns = ", ".join(quoted(str(row[0])) for row in described)
    rows = f"""
        select file_row_number + 1 as line_number, {columns}
        from read_parquet({path}, file_row_number = true)
    """
    return _read_typed(connection, landing.name, described, rows, table, hints)


def read_relation(
    connection: DuckDBPyConnection,
    landing: LandingFile,
    relation: str,
    table: Table,
    hints: Hints,
) -> Reading:
    """Read a table of the warehouse's own database; its line numbers are row numbers."""
    described = connection.execute(f"describe {relation}").fetchall()
    rows = f"select row_number() over () as line_number, * from {relation}"
    return _read_typed(connection, landing.name, described, rows, table, hints)


def _read_typed(
    connection: DuckDBPyConnection,
    file_name: str,
    described: Sequence[tuple[object, ...]],
    rows: str,
    table: Table,
    hints: Hints,
) -> Reading:
    """Typed columns as the cells of a reading; only text is put in its plain form."""
    written = [str(row[0]) for row in described]
    types = {str(row[0]): str(row[1]) for row in described}
    texts = [f"nullif({_typed_cell(name, types[name])}, '')" for name in written]
    names, texts, relation = unnested(connection, file_name, written, texts, f"from ({rows})")
    bound = bind(file_name, names, table)
    cells = []
    for name, column, text in zip(names, _column_of(bound, table), texts, strict=True):
        kind = types.get(name, "VARCHAR")
        is_text = kind == "VARCHAR"
        is_moment = kind.startswith("TIMESTAMP") and "TIME ZONE" not in kind
        told = hints if is_text else Hints(has_zone=hints.has_zone and is_moment)
        cells.append(plain(column, text, told))
    packed = ", ".join(f"{quoted(name)} := {quoted(name)}" for name in written)
    raw = f"cast(to_json(struct_pack({packed})) as varchar) as raw"
    prefix = f"line_number, {raw}, cast(null as varchar) as problem"
    return _reading(file_name, bound, cells, relation, prefix)


def with_stated(reading: Reading, table: Table) -> Reading:
    """The reading with the columns whose value the file's name or header tells."""
    listed = ", ".join(
        f"{literal(value)} as c{len(reading.names) + number}"
        for number, (_, value) in enumerate(table.stated)
    )
    if not listed:
        return reading
    names = (*reading.names, *(name for name, _ in table.stated))
    cells = f"select *, {listed} from ({reading.cells})"
    return Reading(reading.file_name, names, cells, reading.spellings)


def _typed_cell(name: str, data_type: str) -> str:
    cell = quoted(name)
    if data_type in ("DOUBLE", "FLOAT"):
        return f"""
            case
                when {cell} = trunc({cell}) and abs({cell}) < {_EXACT_DOUBLE}
                    then cast(cast({cell} as bigint) as varchar)
                else cast({cell} as varchar)
            end"""
    if data_type.startswith(("STRUCT", "MAP", "UNION")) or data_type.endswith("]"):
        return f"cast(to_json({cell}) as varchar)"
    return f"cast({cell} as varchar)"
