"""CSV lines become the records and cells that Python's own csv module would read."""

import csv
import io
import tempfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.csv_records import fields, find_records, read_header, read_lines
from scripts.landing_folder import LandingFile
from scripts.raw_contract import LoadError, Table
from scripts.text_files import inspect

CELL = st.text(st.sampled_from('ab,"\n\r é\t;'), max_size=6)
RECORD = st.tuples(CELL, CELL, CELL).filter(lambda cells: any(cells))


def read(content: bytes) -> list[tuple[int, list[str], bool]]:
    """Line number, cells and fault of every record after the header."""
    with tempfile.TemporaryDirectory() as home, duckdb.connect() as connection:
        path = Path(home) / "t.csv"
        path.write_bytes(content)
        file = inspect(LandingFile(path, path.name, Table("t", ()), "csv"), Path(home))
        read_lines(connection, file)
        header = read_header(connection, file)
        find_records(connection, file, header)
        return connection.execute(
            f"select line_number, {fields(file, header.delimiter)}, is_malformed "
            "from file_records order by 1"
        ).fetchall()


@settings(max_examples=40, deadline=None)
@given(
    records=st.lists(RECORD, min_size=1, max_size=8),
    is_quoted=st.booleans(),
    delimiter=st.sampled_from(",;\t|"),
)
def test_well_formed_records_are_read_as_python_reads_them(
    records: list[tuple[str, str, str]], is_quoted: bool, delimiter: str
) -> None:
    stream = io.StringIO()
    writer = csv.writer(
        stream,
        delimiter=delimiter,
        quoting=csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL,
        lineterminator="\n",
    )
    writer.writerow("xyz")
    # Outside quotes a carriage return at the end of a line is a part of the line end.
    expected = [
        [cell.replace("\r\n", "\n") if is_quoted else cell.replace("\r", "") for cell in record]
        for record in records
    ]
    line_numbers = []
    for record, cells in zip(records, expected, strict=True):
        line_numbers.append(stream.getvalue().count("\n") + 1)
        writer.writerow(record if is_quoted else cells)
    found = [row for row in read(stream.getvalue().encode()) if any(row[1])]
    kept = [place for place, cells in enumerate(expected) if any(cells)]
    assert [row[0] for row in found] == [line_numbers[place] for place in kept]
    assert [row[1] for row in found] == [expected[place] for place in kept]
    assert not any(row[2] for row in found)


@settings(max_examples=30, deadline=None)
@given(text=st.text(st.sampled_from('a,"\n'), max_size=30))
def test_any_text_is_read_whole_or_refused(text: str) -> None:
    try:
        found = read(b"x,y\n" + text.encode())
    except LoadError as error:
        assert "quote" in str(error)
        return
    lines = ["x,y", *text.split("\n")]
    spans = [row[0] for row in found]
    assert spans == sorted(set(spans))
    # Every line that is not empty belongs to exactly one record.
    starts = {number for number, line in enumerate(lines, start=1) if number > 1 and line}
    if '"' not in text:
        assert set(spans) == starts
    assert set(spans) <= starts


@settings(max_examples=25, deadline=None)
@given(content=st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        read(b"x,y\n" + content)
    except LoadError as error:
        assert "\n" not in str(error)


def test_a_line_over_the_buffer_of_the_reader_is_read() -> None:
    long = "x" * 5_000_000
    found = read(f"a,b\n1,{long}\n2,short\n".encode())
    assert [(row[0], len(row[1][1])) for row in found] == [(2, 5_000_000), (3, 5)]


def test_lines_keep_their_order_in_a_large_file() -> None:
    found = read(b"a\n" + b"".join(b"%d\n" % i for i in range(300_000)))
    assert [int(row[1][0]) for row in found] == list(range(300_000))
    assert [row[0] for row in found] == list(range(2, 300_002))


@pytest.mark.parametrize("header", [b'x,"y\n1,2\n', b"x,\xff\n1,2\n"])
def test_a_broken_header_is_refused(header: bytes) -> None:
    with pytest.raises(LoadError, match=r"t\.csv line 1: "):
        read(header)


@pytest.mark.parametrize(
    ("content", "line_number", "cells"),
    [
        (b"a;b,c;d\n1;2,5;3\n", 2, ["1", "2,5", "3"]),
        (b"a\tb\n1\t2;3\n", 2, ["1", "2;3"]),
        (b'"a, b";"c, d, e"\n1;2\n', 2, ["1", "2"]),
        (b"sep=;\na;b\n1;2\n", 3, ["1", "2"]),
        (b"sep=;\na\n1;\n", 3, ["1", ""]),
        (b"a\n1;2,3\n", 2, ["1;2", "3"]),
        (b"a,b\n1,2;3;4;5\n", 2, ["1", "2;3;4;5"]),
    ],
)
def test_the_header_tells_what_parts_cells(
    content: bytes, line_number: int, cells: list[str]
) -> None:
    assert read(content) == [(line_number, cells, False)]
