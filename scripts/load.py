"""Land a folder of CRM files in the warehouse: `python -m scripts.load SOURCE FOLDER`.

SOURCE is `hubspot` or `salesforce` (as Fivetran, dlt, Airbyte or Singer land them, or as exported
from the CRM by hand: files are known by their columns) or `open` (the open format, for any other
CRM; `--name` names it). Instead of a folder, `--schema NAME` reads the schema that a connector
fills in the warehouse's own database. One load is one transaction: all of it is kept, with its
row in `raw_meta.loads`, or nothing. Loading the same files again changes nothing. Bad records go to
`raw_meta.rejects` with file, line, column, reason and raw text; the rest lands. Where nothing of a
table can be read, or less than `--max-rejects` lets pass, nothing lands at all. How versions and
deletions are kept is told in `scripts/merge.py` and `scripts/deletions.py`.

Results go to stdout, one line a table, then the first rejects. Exit code 0, also where records
were rejected (the rest has landed, and `scripts.check` warns of many), or 2 with what is wrong and
what to do on stderr, and nothing landed.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb

from scripts.connectors.labels import languages, read_labels
from scripts.deliveries import Request
from scripts.failed_load import forget_failure, note_failure
from scripts.hints import DATES, DECIMALS
from scripts.locks import locked
from scripts.one_load import load
from scripts.places import CannotRunError
from scripts.raw_contract import SOURCES, LoadError
from scripts.refusals import MAX_REJECTS_PERCENT
from scripts.remembered import language_of_files
from scripts.running import command, in_one_sentence
from scripts.warehouse import prepare_warehouse, warehouse_path

__all__ = ["LoadError", "Request", "load", "main", "prepare_warehouse"]

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TAKEN_ENDS = ("_history", "_all")


@command("load")
def main(arguments: Sequence[str] | None = None) -> int:
    """Run one load from the command line; 0 = landed or already there, 2 = nothing landed."""
    parser = _parser()
    options = parser.parse_args(arguments)
    warehouse = warehouse_path(options.warehouse)
    try:
        if (options.folder is None) == (options.schema is None):
            raise LoadError("name what to load: a folder, or --schema and a schema's name")
        if options.schema and options.source == "open":
            raise LoadError(
                "--schema is for hubspot and salesforce: the open format comes as files"
            )
        request = Request(
            source=options.source,
            folder=options.folder,
            schema=options.schema,
            name=_source_name(options.source, options.name),
            warehouse=warehouse,
            timezone=options.timezone,
            as_of=options.as_of,
            is_complete=options.complete,
            labels=read_labels(
                options.language or language_of_files(options.source, warehouse), options.headers
            ),
            max_rejects=options.max_rejects,
            dates=options.dates,
            decimal=options.decimal,
        )
        with locked(warehouse, "a load"):
            for line in load(request):
                print(line)
    except LoadError as error:
        # A load that hardly landed shows its first rejects, a line each.
        return _failed(warehouse, str(error))
    except (CannotRunError, OSError, duckdb.Error) as error:
        return _failed(warehouse, in_one_sentence(error))
    forget_failure(warehouse)
    return 0


def _failed(warehouse: Path, message: str) -> int:
    """Say why nothing landed, and leave it beside the warehouse for whoever asks next."""
    print(f"load: {message}", file=sys.stderr)
    note_failure(warehouse, message)
    return 2


def _source_name(source: str, name: str | None) -> str:
    if source != "open":
        if name not in (None, source):
            raise LoadError(f"--name is for the open format: {source} is always {source}")
        return source
    name = name or "open"
    if why := _why_taken(name.lower()):
        raise LoadError(f"--name {name} is taken: {why}; use another, such as pipedrive")
    if not _NAME.fullmatch(name):
        raise LoadError(
            f"--name {name} cannot be a source's name: use small letters, digits and _, "
            "such as pipedrive"
        )
    return name


def _why_taken(name: str) -> str:
    """Whose schema `raw_<name>` is or may become, in words; empty where it is free."""
    for crm in ("hubspot", "salesforce"):
        if name == crm or name.startswith(f"{crm}_"):
            return f"{crm} and names that begin with {crm}_ are for `load {crm}`"
    if name == "meta":
        return "raw_meta holds the loader's own notes"
    for end in _TAKEN_ENDS:
        if name.endswith(end):
            return f"names that end with {end} are for what the loader keeps of a source"
    return ""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.load", description="Land a folder of CRM files in the warehouse."
    )
    parser.add_argument("source", metavar="SOURCE", help=" or ".join(SOURCES))
    parser.add_argument(
        "folder", metavar="FOLDER", type=Path, nargs="?", help="where the files lie"
    )
    parser.add_argument(
        "--schema", help="instead of a folder: the schema that a connector fills in the warehouse"
    )
    parser.add_argument("--name", help="the name of an open-format source (default: open)")
    parser.add_argument(
        "--warehouse",
        type=Path,
        help="the DuckDB file (default: LIFECYCLE_WAREHOUSE, else warehouse/crm.duckdb)",
    )
    parser.add_argument(
        "--timezone",
        help="where times without an offset are read (default: as before, else UTC)",
    )
    parser.add_argument("--as-of", help="the moment the data stand for (default: newest event)")
    parser.add_argument(
        "--complete", action="store_true", help="what these files do not hold was deleted"
    )
    parser.add_argument(
        "--language",
        help=f"of HubSpot's column names, where it is not English: {', '.join(languages())}",
    )
    parser.add_argument(
        "--headers",
        type=Path,
        metavar="MAP",
        help="a CSV header,label: what your files' column names are in HubSpot's English export",
    )
    parser.add_argument(
        "--dates",
        choices=("", *DATES),
        default="",
        help="how days are written where not as in ISO 8601: dmy (20.12.2025), mdy (12/20/2025)",
    )
    parser.add_argument(
        "--decimal",
        choices=("", *DECIMALS),
        default="",
        help="what parts decimals where numbers have signs: comma (1.234,50), point (1,234.50)",
    )
    parser.add_argument(
        "--max-rejects",
        type=_percent,
        default=MAX_REJECTS_PERCENT,
        metavar="PERCENT",
        help="how many of a table's records may be rejected before the load is refused "
        f"(default: {MAX_REJECTS_PERCENT:g}; 100: whatever can be read lands)",
    )
    return parser


def _percent(text: str) -> float:
    percent = float(text.strip().removesuffix("%"))
    if not 0 <= percent <= 100:
        raise ValueError(text)
    return percent


if __name__ == "__main__":
    sys.exit(main())
