"""What one load brings: a folder's files, or the tables of a schema, and what tells it apart."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from scripts.arrivals import watched
from scripts.connectors.labels import NO_LABELS, Labels
from scripts.hints import Hints
from scripts.landing_folder import LandingFile, LandingFolder, look_into, without_wildcards
from scripts.raw_contract import LoadError, read_contract
from scripts.refusals import MAX_REJECTS_PERCENT
from scripts.schemas import digest_of_schema, look_into_schema
from scripts.text_files import TextFile, digest_of, inspect


@dataclass(frozen=True)
class Request:
    """What is asked of one load: a folder, or a schema of the warehouse; `as_of` is ISO 8601.

    `labels` say what column names in another language mean. `max_rejects` is the share of a
    table's records, in percent, that may be rejected. `dates` (dmy, mdy) and `decimal` (comma,
    point) are hints, empty where nothing is told.
    """

    source: str
    folder: Path | None
    name: str
    warehouse: Path
    timezone: str | None = None
    as_of: str | None = None
    is_complete: bool = False
    schema: str | None = None
    labels: Labels = NO_LABELS
    max_rejects: float = MAX_REJECTS_PERCENT
    dates: str = ""
    decimal: str = ""

    @property
    def hints(self) -> Hints:
        """What is told of the cells."""
        return Hints(self.dates, self.decimal, has_zone=self.timezone != "UTC")


@dataclass(frozen=True)
class Delivery:
    """What one load brings: the files, and what makes it the same as another load."""

    files: LandingFolder
    texts: Mapping[Path, TextFile]
    method: str
    hashes: tuple[str, ...]
    synced_at: datetime | None = None


def from_folder(request: Request, copies: Path) -> Delivery:
    """The files of a folder, checked and hashed; `copies` is where the unreadable is put right."""
    assert request.folder is not None
    tables = read_contract(request.source).tables
    found = look_into(request.folder, request.source, tables, copies, request.labels)
    folder = without_wildcards(found, copies)
    texts = {}
    for file in watched(folder.files, "checking"):
        if file.file_format == "parquet":
            continue
        try:
            texts[file.path] = inspect(file, copies)
        except LoadError as error:
            if not file.table.is_labels:
                raise
            line = f"{file.name}: not loaded, {error} (it only adds labels)"
            left = tuple(one for one in folder.files if one is not file)
            folder = replace(folder, files=left, left_out=(*folder.left_out, line))
    hashes = sorted(
        f"{_kind_of(file)}:" + (texts[file.path].digest if file.path in texts else digest_of(file))
        for file in folder.files
    )
    method = f"{request.source}:files" + (":demo" if folder.is_demo else "")
    return Delivery(folder, texts, method, tuple(hashes))


def from_schema(connection: DuckDBPyConnection, request: Request) -> Delivery:
    """The tables of a schema that a connector fills."""
    assert request.schema is not None
    schema = look_into_schema(connection, request.source, request.schema)
    method = f"{request.source}:schema:{request.schema}:{schema.connector}"
    hashes = (method, digest_of_schema(connection, schema))
    return Delivery(schema.folder, {}, method, hashes, schema.synced_at)


def _kind_of(file: LandingFile) -> str:
    parts = [file.table.connector, file.table.name, "versions" if file.table.is_versions else ""]
    return ".".join(part for part in parts if part)
