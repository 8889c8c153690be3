"""Which files of a folder hold which raw table.

A table's file is `<table>.<format>`, `<table>_data.<format>` (as Fivetran's test data is named)
or numbered parts, `<table>_1.<format>`, `<table>-00002.<format>`; the format is csv, jsonl or
ndjson (each also .gz) or parquet. Whatever else lies in the folder is named, never silently
passed over.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from scripts.raw_contract import LoadError

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
_PART = re.compile(r"(?P<table>.+?)[_-]\d+")


@dataclass(frozen=True)
class LandingFile:
    """One file of one table; `file_format` is csv, jsonl or parquet."""

    path: Path
    table_name: str
    file_format: str

    @property
    def name(self) -> str:
        """The name people know it by."""
        return self.path.name

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


def look_into(folder: Path, table_names: Collection[str]) -> LandingFolder:
    """Sort the files of a folder by table. Raises `LoadError` where none can be loaded."""
    if not folder.is_dir():
        raise LoadError(f"{folder} is not a folder: name the folder that holds the files")
    files: list[LandingFile] = []
    left_out: list[str] = []
    whole: dict[str, str] = {}
    for path in sorted(folder.iterdir()):
        if path.name == DEMO_MARKER or path.name.startswith("."):
            continue
        found = _recognised(path, table_names)
        if found is None:
            reason = "a folder" if path.is_dir() else "no table of this name"
            left_out.append(f"{path.name}: not loaded, {reason}")
            continue
        file, is_part = found
        if not is_part:
            if file.table_name in whole:
                raise LoadError(
                    f"{folder}: {whole[file.table_name]} and {file.name} both hold table "
                    f"{file.table_name}: keep one, or number the parts {file.table_name}_1, _2, …"
                )
            whole[file.table_name] = file.name
        files.append(file)
    if not files:
        known = ", ".join(sorted(table_names))
        raise LoadError(
            f"{folder} holds no file of a known table: "
            f"name files <table>.csv, .csv.gz, .parquet or .jsonl; the tables are {known}"
        )
    return LandingFolder(tuple(files), tuple(left_out), (folder / DEMO_MARKER).exists())


def without_wildcards(folder: LandingFolder, copies: Path) -> LandingFolder:
    """The same files by a path that DuckDB does not take for a pattern; `copies` is a folder."""
    parent = folder.files[0].path.parent
    if not set("*?[") & set(str(parent)):
        return folder
    link = copies / "folder"
    link.symlink_to(parent.resolve(), target_is_directory=True)
    files = tuple(replace(file, path=link / file.name) for file in folder.files)
    return replace(folder, files=files)


def _recognised(path: Path, table_names: Collection[str]) -> tuple[LandingFile, bool] | None:
    match = _NAME.fullmatch(path.name)
    if match is None or not path.is_file():
        return None
    file_format = _FORMATS[match["format"].lower()]
    stem = match["stem"].lower()
    part = _PART.fullmatch(stem)
    candidates = [(stem, False), (stem.removesuffix("_data"), False)]
    if part is not None:
        candidates += [(part["table"], True), (part["table"].removesuffix("_data"), True)]
    for table_name, is_part in candidates:
        if table_name in table_names:
            return LandingFile(path, table_name, file_format), is_part
    return None
