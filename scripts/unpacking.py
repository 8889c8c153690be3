"""Files inside archives and workbooks, made readable: `.zip` members, and sheets as JSON lines.

An archive's members are written under numbers of ours, never under their own names, so that no
name in an archive says where a file goes. A sheet becomes one JSON object a row on the row's own
line: a reject names the row that a person sees. openpyxl reads the cells, because it knows a date
from a number; DuckDB's own reader gives both as the number that the workbook holds.
"""

import datetime as dt
import json
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from scripts.raw_contract import LoadError

# What a member may hold when unpacked; a bomb holds more.
_LARGEST = 20_000_000_000
_RATIO = 2_000
_JUNK = frozenset({"thumbs.db", "desktop.ini"})


def is_junk(name: str) -> bool:
    """Whether a file or folder is what operating systems and office programs leave lying about."""
    is_hidden = name.startswith(".") and name.strip(".") != ""
    return is_hidden or name.startswith(("~$", "__MACOSX")) or name.lower() in _JUNK


def unpacked(paths: list[Path], copies: Path) -> Iterator[tuple[Path, str]]:
    """Each file to read and the name people know it by; archives and sheets are opened."""
    for path in paths:
        yield from _open(path, path.name, copies)


def _open(path: Path, shown: str, copies: Path) -> Iterator[tuple[Path, str]]:
    kind = PurePosixPath(shown).suffix.lower() if path.is_file() else ""
    if kind == ".zip":
        for member, name in _members(path, shown, copies):
            yield from _open(member, name, copies)
    elif kind == ".xlsx":
        yield from _sheets(path, shown, copies)
    else:
        yield path, shown


def _members(path: Path, shown: str, copies: Path) -> Iterator[tuple[Path, str]]:
    try:
        with zipfile.ZipFile(path) as archive:
            for number, member in enumerate(archive.infolist()):
                name = PurePosixPath(member.filename.replace("\\", "/"))
                if member.is_dir() or any(map(is_junk, name.parts)):
                    continue
                if member.file_size > max(_LARGEST, _RATIO * (member.compress_size + 1)):
                    raise LoadError(f"{shown}/{name} would unpack to {member.file_size} bytes")
                if name.suffix.lower() == ".zip":
                    raise LoadError(f"{shown}/{name} is an archive in an archive: unpack it first")
                copy = copies / f"{path.stem}-{number}{''.join(name.suffixes[-2:]).lower()}"
                with archive.open(member) as source, copy.open("wb") as target:
                    shutil.copyfileobj(source, target)
                yield copy, f"{shown}/{name}"
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise LoadError(f"{shown} cannot be unpacked ({error}): export it again") from error


def _sheets(path: Path, shown: str, copies: Path) -> Iterator[tuple[Path, str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        several = len(book.sheetnames) > 1
        for number, sheet in enumerate(book.worksheets):
            copy = copies / f"{path.stem}-sheet-{number}.jsonl"
            if _write(sheet.iter_rows(values_only=True), copy, shown):
                yield copy, f"{shown}/{sheet.title}" if several else shown
        book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        raise LoadError(f"{shown} is no workbook that can be read ({error}): save it as CSV") from (
            error
        )


def _write(rows: Iterator[tuple[Any, ...]], copy: Path, shown: str) -> bool:
    """Write a sheet's rows; False where it has no header and nothing under it."""
    header: list[str] = []
    with copy.open("w", encoding="utf-8", newline="\n") as stream:
        for row in rows:
            cells = [_text(cell) for cell in row]
            if not header:
                header = [cell.strip() for cell in cells]
                header = header if any(header) else []
                twice = [name for name, count in Counter(header).items() if name and count > 1]
                if twice:
                    raise LoadError(f"{shown}: {twice[0]} stands twice in the header: rename one")
                stream.write("\n")
                continue
            filled = {
                name: cell
                for name, cell in zip(header, cells, strict=False)
                if name and (cell or len(cells) == len(header))
            }
            stream.write((json.dumps(filled, ensure_ascii=False) if any(cells) else "") + "\n")
    return bool(header)


def _text(cell: Any) -> str:
    """A cell as text that the loader reads: ISO times, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
