"""CSV files as records: DuckDB reads the lines, SQL finds records and cells, all at once.

Lines are read instead of DuckDB's own CSV columns so that every record keeps its physical line
and its raw text, whatever stands in it (and it is no slower). The dialect is RFC 4180: double
quotes, a quote inside quotes doubled, line ends inside quotes kept; between cells stand commas, or
the semicolons, tabs or bars by which the header is parted.
"""

import csv
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from scripts.delimiters import delimiter_of, stated_delimiter
from scripts.raw_contract import LoadError, literal
from scripts.text_files import BAD_BYTE, CARRIAGE_RETURN, LONGEST_LINE, NO_DELIMITER, TextFile

_INSIDE = '(?:[^"]|"")*'


@dataclass(frozen=True)
class Header:
    """The first line with names: where it stands, its cells, and what parts cells."""

    line_number: int
    names: list[str]
    delimiter: str


class _Lines:
    """What a line is, by pattern: when it starts outside quotes, and inside."""

    def __init__(self, delimiter: str) -> None:
        part = f"[{delimiter}]"
        cell = f'(?:"{_INSIDE}"|[^"{delimiter}][^{delimiter}]*)?'
        self.closed = f"{cell}(?:{part}{cell})*"
        self.opens = f'(?:{cell}{part})*"{_INSIDE}'
        self.stays_inside = _INSIDE
        self.closes = f'{_INSIDE}"(?:{part}{cell})*'
        self.reopens = f'{_INSIDE}"(?:{part}{cell})*{part}"{_INSIDE}'


def read_lines(connection: DuckDBPyConnection, file: TextFile) -> None:
    """Make the temporary table `file_lines(line_number, line)`; an empty line is null."""
    line = f"replace(line, {literal(CARRIAGE_RETURN)}, chr(13))" if file.is_marked else "line"
    long_lines = f", max_line_size = {LONGEST_LINE + 2}, buffer_size = {4 * LONGEST_LINE}"
    connection.execute(
        f"""
        create or replace temp table file_lines as
        select
            row_number() over () as line_number, {line} as line
        from read_csv(
            {literal(str(file.readable))}, columns = {{'line': 'varchar'}}, header = false,
            auto_detect = false, delim = {literal(NO_DELIMITER)}, quote = '', escape = '',
            comment = '', compression = '{"gzip" if file.is_gzipped else "none"}'
            {long_lines if file.has_long_lines else ""}
        )
        """
    )
    connection.execute("update file_lines set line = ltrim(line, chr(65279)) where line_number = 1")


def read_header(connection: DuckDBPyConnection, file: TextFile) -> Header:
    """The header: the first line that is not empty, after one that only states the delimiter."""
    found = connection.execute(
        "select line_number, line from file_lines where line is not null order by 1 limit 2"
    ).fetchall()
    if not found:
        raise LoadError(f"{file.name} holds only empty lines: it needs a header line")
    stated = stated_delimiter(found[0][1])
    if stated and len(found) > 1:
        found = found[1:]
    line_number, line = found[0]
    where = f"{file.name} line {line_number}"
    if BAD_BYTE in line:
        raise LoadError(f"{where}: the header is not UTF-8 text: save the file as UTF-8")
    if line.count('"') % 2:
        raise LoadError(f"{where}: a quote in the header is not closed")
    delimiter = stated or delimiter_of(line)
    names = [name.strip() for name in next(csv.reader([line], delimiter=delimiter))]
    return Header(line_number, names, delimiter)


def find_records(connection: DuckDBPyConnection, file: TextFile, header: Header) -> None:
    """Make the temporary view `file_records(line_number, raw, is_malformed)`.

    `line_number` is where the record begins. Raises `LoadError` where a quote that is never
    closed swallows lines: what follows it cannot be told apart.
    """
    spans_lines = False
    lines = _Lines(header.delimiter)
    if file.has_quotes:
        spans_lines = connection.execute(
            f"""
            select count(*) > 0 from file_lines
            where contains(line, '"') and not regexp_full_match(line, {literal(lines.closed)})
            """
        ).fetchone() != (False,)
    if spans_lines:
        _find_records_over_lines(connection, header.line_number, lines)
        _refuse_swallowed_lines(connection, file)
    else:
        connection.execute(
            f"""
            create or replace temp view file_records as
            select line_number, line as raw, false as is_malformed
            from file_lines
            where line is not null and line_number > {header.line_number}
            """
        )


def _find_records_over_lines(
    connection: DuckDBPyConnection, header_line: int, lines: _Lines
) -> None:
    # Each line maps the state before it (outside or inside quotes) to the state after it. Lines
    # without a quote keep it; most with quotes either set it or swap it. So the state after a
    # line is what the last setting line set, swapped once for every swapping line since.
    connection.execute(
        f"""
        create or replace temp table spanning_records as
        with shaped as (
            select
                line_number,
                coalesce(line, '') as line,
                contains(line, '"') as has_quotes,
                has_quotes and regexp_full_match(line, {literal(lines.opens)}) as opens,
                has_quotes and not opens
                    and regexp_full_match(line, {literal(lines.closed)}) as closed,
                has_quotes and regexp_full_match(line, {literal(lines.stays_inside)}) as stays,
                has_quotes and not stays
                    and regexp_full_match(line, {literal(lines.reopens)}) as reopens,
                has_quotes and not stays and not reopens
                    and regexp_full_match(line, {literal(lines.closes)}) as closes,
                stays or reopens as ends_inside_from_inside,
                coalesce(has_quotes and opens = ends_inside_from_inside, false) as sets_state,
                coalesce(has_quotes and opens and not ends_inside_from_inside, false) as swaps
            from file_lines
            where line_number > {header_line}
        ),
        numbered as (
            select *, count(*) filter (where sets_state) over (order by line_number) as run
            from shaped
        ),
        ended as (
            select
                *,
                (
                    max(cast(sets_state and opens as integer)) over (partition by run)
                    + sum(cast(swaps as integer)) over (partition by run order by line_number)
                ) % 2 = 1 as ends_inside
            from numbered
        ),
        begun as (
            select *, lag(ends_inside, 1, false) over (order by line_number) as begins_inside
            from ended
        ),
        judged as (
            select
                *,
                max(case when not begins_inside then line_number end)
                    over (order by line_number) as record_line,
                coalesce(has_quotes, false) and case
                    when begins_inside then not (stays or reopens or closes)
                    else not (opens or closed)
                end as is_malformed
            from begun
        )
        select
            record_line as line_number,
            string_agg(line, chr(10) order by judged.line_number) as raw,
            bool_or(is_malformed) as is_malformed,
            count(*) as line_count,
            max(judged.line_number) as last_line,
            max_by(ends_inside, judged.line_number) as is_open
        from judged
        group by record_line
        having raw <> ''
        """
    )
    connection.execute(
        "create or replace temp view file_records as "
        "select line_number, raw, is_malformed from spanning_records"
    )


def _refuse_swallowed_lines(connection: DuckDBPyConnection, file: TextFile) -> None:
    swallowed = connection.execute(
        """
        select line_number, last_line, is_open from spanning_records
        where is_open or (is_malformed and line_count > 1)
        order by line_number limit 1
        """
    ).fetchone()
    if swallowed is not None:
        line_number, last_line, is_open = swallowed
        until = "by the end of the file" if is_open else f"before other text on line {last_line}"
        raise LoadError(
            f"{file.name} line {line_number}: a quote opened here is not closed {until}: "
            "close it, or double a quote that is part of the text"
        )


def fields(file: TextFile, delimiter: str) -> str:
    """SQL: the cells of `raw` as a list of texts, quotes taken off."""
    part = literal(delimiter)
    split = f"string_split(raw, {part})"
    if not file.has_quotes:
        return split
    cells = literal(f'[{delimiter}]("{_INSIDE}"|[^{delimiter}]*)')
    return f"""
        case when contains(raw, '"') then list_transform(
            regexp_extract_all({part} || raw, {cells}, 1),
            lambda cell: case
                when starts_with(cell, '"') then replace(cell[2:-2], '""', '"') else cell
            end
        ) else {split} end
    """
