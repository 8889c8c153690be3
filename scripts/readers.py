"""One reader per format: each gives the cells of a file as text, with line and raw record.

The reading is SQL over DuckDB's own readers; the only thing Python sees is the header.
"""

from dataclasses import dataclass

import duckdb
from duckdb import DuckDBPyConnection

from scripts.csv_records import fields, find_records, read_header, read_lines
from scripts.headers import bind
from scripts.landing_folder import LandingFile
from scripts.raw_contract import LoadError, Table, literal, quoted
from scripts.text_files import BAD_BYTE, TextFile

# A whole double prints as 77.0 or 1e+16; as long as a double holds it exactly it is an integer.
_EXACT_DOUBLE = 9007199254740992


@dataclass(frozen=True)
class Reading:
    """A file as cells.

    `cells` is a SQL relation (line_number, raw, problem, c0, c1, …): one row per record, the
    cells as text in the order of `header` and null where empty, `problem` null unless the
    record as a whole is unreadable. `names` gives each header name as the table spells it.
    """

    file_name: str
    names: tuple[str, ...]
    cells: str


def read_text(
    connection: DuckDBPyConnection, landing: LandingFile, file: TextFile, table: Table
) -> Reading:
    """Read a CSV or JSON-lines file. Raises `LoadError` where its header does not do."""
    read_lines(connection, file)
    if landing.file_format == "jsonl":
        return _read_json_lines(connection, file, table)
    return _read_csv(connection, file, table)


def _read_csv(connection: DuckDBPyConnection, file: TextFile, table: Table) -> Reading:
    header = read_header(connection, file)
    names = bind(f"{file.name} line {header.line_number}", header.names, table)
    find_records(connection, file, header)
    listed = ", ".join(f"nullif(f[{i + 1}], '') as c{i}" for i in range(len(names)))
    count = len(names)
    cells = f"""
        select
            line_number, raw,
            case
                {_when_not_text(file)}
                when is_malformed then 'text stands beside a quoted cell, or a quote is not closed'
                when len(f) <> {count} then 'has ' || len(f) || ' cells, the header has {count}'
            end as problem,
            {listed}
        from (
            select line_number, raw, is_malformed, {fields(file, header.delimiter)} as f
            from file_records
        )
    """
    return Reading(file.name, names, cells)


def _read_json_lines(connection: DuckDBPyConnection, file: TextFile, table: Table) -> Reading:
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
    names = bind(f"{file.name}", spelled, table)
    shape = "{" + ", ".join(_json_text(name) + ': "VARCHAR"' for name in spelled) + "}"
    ids = {column.name for column in table.columns if column.is_id}
    listed = ", ".join(
        _json_cell(spelling, is_id=name in ids) + f" as c{i}"
        for i, (spelling, name) in enumerate(zip(spelled, names, strict=True))
    )
    cells = f"""
        select
            line_number, raw,
            case
                {_when_not_text(file)}
                when not is_object then 'is not a JSON object'
                when contains(raw, '\\u0000') then 'holds a NUL character'
                when len(list_distinct(json_keys(case when is_object then raw end)))
                    < len(json_keys(case when is_object then raw end)) then 'names a key twice'
            end as problem,
            {listed}
        from (
            select
                *, from_json(case when is_object then raw end, {literal(shape)}) as f,
                regexp_matches(raw, ':\\s*[-+]?[0-9.]+[eE]') as has_exponent
            from file_records
        )
    """
    return Reading(file.name, names, cells)


def _when_not_text(file: TextFile) -> str:
    if not file.is_marked:
        return ""
    return f"when contains(raw, {literal(BAD_BYTE)}) then 'holds bytes that are not text'"


def _json_text(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _json_cell(spelling: str, is_id: bool) -> str:
    cell = f"nullif(f.{quoted(spelling)}, '')"
    if not is_id:
        return cell
    # A number in scientific notation is judged as it was written, not as JSON understood it.
    pattern = literal(f'"{spelling}"\\s*:\\s*([-+]?[0-9.]+[eE][-+]?[0-9]+)')
    written = f"nullif(regexp_extract(raw, {pattern}, 1), '')"
    signed = f"regexp_replace({written}, '[eE]\\+?([0-9])', 'e+\\1')"
    return f"coalesce(case when has_exponent then {signed} end, {cell})"


def read_parquet(connection: DuckDBPyConnection, landing: LandingFile, table: Table) -> Reading:
    """Read a Parquet file; its line numbers are record numbers."""
    path = literal(str(landing.path))
    try:
        described = connection.execute(f"describe select * from read_parquet({path})").fetchall()
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise LoadError(f"{landing.name} cannot be read as Parquet ({reason})") from error
    names = bind(landing.name, [str(row[0]) for row in described], table)
    columns = ", ".join(quoted(str(row[0])) for row in described)
    rows = f"""
        select file_row_number + 1 as line_number, {columns}
        from read_parquet({path}, file_row_number = true)
    """
    return Reading(landing.name, names, _typed_cells(described, rows))


def read_relation(
    connection: DuckDBPyConnection, landing: LandingFile, relation: str, table: Table
) -> Reading:
    """Read a table of the warehouse's own database; its line numbers are row numbers."""
    described = connection.execute(f"describe {relation}").fetchall()
    names = bind(landing.name, [str(row[0]) for row in described], table)
    rows = f"select row_number() over () as line_number, * from {relation}"
    return Reading(landing.name, names, _typed_cells(described, rows))


def with_stated(reading: Reading, table: Table) -> Reading:
    """The reading with the columns whose value the file's name or header tells."""
    listed = ", ".join(
        f"{literal(value)} as c{len(reading.names) + number}"
        for number, (_, value) in enumerate(table.stated)
    )
    if not listed:
        return reading
    names = (*reading.names, *(name for name, _ in table.stated))
    return Reading(reading.file_name, names, f"select *, {listed} from ({reading.cells})")


def _typed_cells(described: list[tuple[object, ...]], rows: str) -> str:
    """SQL: typed columns as the cells of a reading."""
    listed = ", ".join(
        f"nullif({_typed_cell(str(row[0]), str(row[1]))}, '') as c{i}"
        for i, row in enumerate(described)
    )
    return f"""
        select
            line_number,
            cast(to_json(struct_pack({_packed(described)})) as varchar) as raw,
            cast(null as varchar) as problem,
            {listed}
        from ({rows})
    """


def _packed(described: list[tuple[object, ...]]) -> str:
    return ", ".join(f"{quoted(str(row[0]))} := {quoted(str(row[0]))}" for row in described)


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
