"""Which files of a folder hold which raw table.

A table's file is `<table>.<format>`, `<table>_data.<format>` (as Fivetran's test data is named)
or numbered parts, `<table>_1.<format>`, `<table>-00002.<format>`; the format is csv, jsonl or
ndjson (each also .gz), parquet, xlsx, or a zip of those. A connector's or an export's file is
known by its columns (`scripts/recognise.py`). Whatever else lies in the folder is named, never
silently passed over.
"""

import csv
import gzip
import json
import re
import zlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import duckdb

from scripts.connectors.labels import NO_LABELS, Labels, language_of
from scripts.delimiters import delimiter_of, stated_delimiter
from scripts.history_signs import stop_at_history
from scripts.nested import names_in
from scripts.raw_contract import LoadError, Table, literal
from scripts.recognise import recognise
from scripts.unpacking import is_junk, unpacked

DEMO_MARKER = "DEMO_DATA"
_FORMATS = {
    ".csv": "csv",
    ".csv.gz": "csv",
    ".jsonl": "jsonl",
    ".jsonl.gz": "jsonl",
    ".ndjson": "jsonl",
    ".ndjson.gz": "jsonl",
    ".parquet": "parquet",
}
_NAME = re.compile(
    r"(?P<stem>.+?)(?P<format>\.(?:csv|jsonl|ndjson)(?:\.gz)?|\.parquet)", re.IGNORECASE
)
# Formats that are not read, in which people keep data all the same.
_OTHER_FORMATS = (".xls", ".xlsb", ".ods", ".txt", ".tsv", ".json")
# How many JSON lines tell the columns.
_TELLING_LINES = 200


@dataclass(frozen=True)
class LandingFile:
    """One file of one table; `name` is what people know it by.

    `file_format` is csv, jsonl, parquet, or table: then `path` is no file but schema and table.
    """

    path: Path
    name: str
    table: Table
    file_format: str

    @property
    def is_gzipped(self) -> bool:
        """Whether it is compressed."""
        return self.path.suffix.lower() == ".gz"


@dataclass(frozen=True)
class LandingFolder:
    """The files to load, in the order of their names, and a line for each one left out."""

    files: tuple[LandingFile, ...]
    left_out: tuple[str, ...]
    is_demo: bool


def look_into(
    folder: Path,
    source: str,
    table_names: Collection[str],
    copies: Path,
    labels: Labels = NO_LABELS,
) -> LandingFolder:
    """Sort the files of a folder by table; `copies` is where archives are unpacked.

    `labels` say what headers in another language mean. Raises `LoadError` where none can be
    loaded, or one is half recognised.
    """
    if not folder.is_dir():
        raise LoadError(f"{folder} is not a folder: name the folder that holds the files")
    files: list[LandingFile] = []
    left_out: list[str] = []
    whole: dict[tuple[str, str, bool], str] = {}
    paths = sorted(path for path in folder.iterdir() if not is_junk(path.name))
    paths = [path for path in paths if path.name != DEMO_MARKER]
    for path, name in unpacked(paths, copies):
        match = _NAME.fullmatch(path.name)
        if match is None or not path.is_file():
            reason = "a folder" if path.is_dir() else "no table of this name"
            if path.is_file() and path.suffix.lower() in _OTHER_FORMATS:
                stop_at_history(name, path.stem, (), "its format is not read")
            left_out.append(f"{name}: not loaded, {reason}")
            continue
        file_format = _FORMATS[match["format"].lower()]
        stem = _stem(name)
        header = read_names(path, file_format)
        if source == "hubspot" and not labels.digest and (language := language_of(tuple(header))):
            raise LoadError(
                f"{name} has column names in another language ({language}), which are read by "
                f"hint only: add --language {language}"
            )
        renames = labels.renames(header)
        meant = dict(renames)
        found = recognise(source, name, stem, [meant.get(column, column) for column in header])
        if isinstance(found, str):
            stop_at_history(name, stem, header, found)
            left_out.append(f"{name}: not loaded, {found}")
            continue
        table, is_whole = found
        table = with_renames(table, renames)
        if is_whole:
            kind = (table.connector, table.name, table.is_versions)
            if kind in whole:
                raise LoadError(
                    f"{folder}: {whole[kind]} and {name} both hold table "
                    f"{table.name}: keep one, or number the parts {table.name}_1, _2, …"
                )
            whole[kind] = name
        files.append(LandingFile(path, name, table, file_format))
    if not files:
        raise LoadError(_nothing_known(folder, source, table_names, left_out))
    # Versions come last: they fill in what the rows themselves leave open.
    files.sort(key=lambda file: file.table.is_versions)
    return LandingFolder(tuple(files), tuple(left_out), (folder / DEMO_MARKER).exists())


def _nothing_known(
    folder: Path, source: str, table_names: Collection[str], left_out: list[str]
) -> str:
    """What to say of a folder of which nothing can be told: what lies there, and what to do."""
    if not left_out:
        said = f"{folder} is empty: put the files of the export there"
    else:
        said = f"{folder} holds no file of a known table: {'; '.join(left_out[:3])}"
        said += f"; and {len(left_out) - 3} more" if len(left_out) > 3 else ""
    if source == "open":
        return f"{said}. Name files <table>.csv; the tables are {', '.join(sorted(table_names))}"
    if source == "hubspot":
        return (
            f"{said}. HubSpot's own exports are known by their columns, with English labels or "
            "--language; a connector's files by their names: see docs/hubspot.md"
        )
    return f"{said}. Name files after their tables, such as lead.csv: see docs/{source}.md"


def with_renames(table: Table, renames: tuple[tuple[str, str], ...]) -> Table:
    """The table with what a file's columns mean, and what the recognised ones are called then."""
    if not renames:
        return table
    then = dict(table.renames)
    meant = {name: then.pop(label, label) for name, label in renames}
    return replace(table, renames=(*meant.items(), *then.items()))


def _stem(name: str) -> str:
    """The name of a file or sheet without folders and endings."""
    last = Path(name).name
    match = _NAME.fullmatch(last)
    return match["stem"] if match else last.removesuffix(".xlsx")


def read_names(path: Path, file_format: str) -> list[str]:
    """The column names of a file as far as they are easily had; none where it is unreadable."""
    try:
        if file_format == "parquet":
            rows = duckdb.sql(f"select name from parquet_schema({literal(str(path))})").fetchall()
            return [str(name) for (name,) in rows[1:]]
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as stream:
            lines = islice((line for line in stream if line.strip()), _TELLING_LINES)
            if file_format == "csv":
                header = next(lines, b"").decode("utf-8-sig", "replace").strip()
                stated = stated_delimiter(header)
                if stated:
                    header = next(lines, b"").decode("utf-8", "replace").strip()
                delimiter = stated or delimiter_of(header)
                names_found = next(csv.reader([header], delimiter=delimiter), [])
                return [name.strip() for name in names_found]
            names: dict[str, None] = {}
            for line in lines:
                record = json.loads(line)
                names.update(dict.fromkeys(names_in(record) if isinstance(record, dict) else ()))
            return list(names)
    except (duckdb.Error, OSError, EOFError, zlib.error, ValueError, csv.Error):
        return []


def without_wildcards(folder: LandingFolder, copies: Path) -> LandingFolder:
    """The same files by a path that DuckDB does not take for a pattern; `copies` is a folder."""
    files = []
    for number, file in enumerate(folder.files):
        if set("*?[") & set(str(file.path)):
            link = copies / f"link-{number}{''.join(file.path.suffixes[-2:])}"
            link.symlink_to(file.path.resolve())
            file = replace(file, path=link)
        files.append(file)
    return replace(folder, files=tuple(files))
