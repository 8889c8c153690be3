"""A build works on a copy, and puts it in place of the published file in one step, or not at all.

Before the step: everything is in the file (no log beside it), the file is the one that this build
made, it is on the disk, and the published file is still the one that was copied. After it there is
the new file, whole; whatever fails before leaves the old one.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scripts.places import CannotRunError, cannot_read, name_for_people


@dataclass(frozen=True)
class Copy:
    """A working copy: where it is, of what, and how that looked when it was copied."""

    working: Path
    published: Path
    looked: tuple[int, int, int] | None


def working_folder(warehouse: Path) -> Path:
    """Where a warehouse is built; the lock on it makes the folder this build's alone."""
    # Beside the file itself, also where a link leads to it: what is replaced is never the link.
    file = warehouse.resolve()
    return file.parent / f".building-{file.stem}"


def working_copy(warehouse: Path) -> Copy:
    """A copy to build in, of the same name: views know their database by the file's stem."""
    folder = working_folder(warehouse)
    # What a build left that was killed.
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    working = folder / warehouse.name
    if not warehouse.is_file():
        return Copy(working, warehouse, None)
    fold_in_log(warehouse)
    looked = looks(warehouse)
    with no_other_writer(warehouse):
        shutil.copyfile(warehouse, working)
    if working.stat().st_size != warehouse.stat().st_size or looks(warehouse) != looked:
        raise CannotRunError(_changed(warehouse))
    return Copy(working, warehouse, looked)


def fold_in_log(warehouse: Path) -> None:
    """Everything of a warehouse into its file; none of our own commands leaves a log behind.

    A log stays where a process was killed, or the disk was full. Raises `CannotRunError` where it
    cannot be folded in.
    """
    log = Path(f"{warehouse}.wal")
    if not log.exists():
        return
    try:
        with contextlib.closing(duckdb.connect(str(warehouse))) as connection:
            connection.execute("checkpoint")
    except duckdb.Error as error:
        raise cannot_read(warehouse, error) from None
    if log.exists():
        raise CannotRunError(
            f"the log beside {name_for_people(warehouse)} could not be written into it:"
            " make room on the disk and try again"
        )


def drop(copy: Copy) -> None:
    """Take away what is no longer needed of a build that ended well."""
    shutil.rmtree(copy.working.parent, ignore_errors=True)


def publish(copy: Copy, run_id: str) -> None:
    """Put the copy in place, if it is what the dbt run `run_id` built; else `CannotRunError`."""
    with contextlib.closing(duckdb.connect(str(copy.working))) as connection:
        connection.execute("force checkpoint")
        row = connection.execute(
            "select invocation_id from raw_meta.dbt_runs order by run_number desc limit 1"
        ).fetchone()
    if row is None or row[0] != run_id:
        raise CannotRunError(
            f"{name_for_people(copy.working)} is not what this build made: nothing was published;"
            " build again"
        )
    fold_in_log(copy.working)
    _to_disk(copy.working)
    with no_other_writer(copy.published):
        if looks(copy.published) != copy.looked or Path(f"{copy.published}.wal").exists():
            raise CannotRunError(_changed(copy.published))
        copy.working.replace(copy.published.resolve())
    _to_disk(copy.published.resolve().parent)


@contextlib.contextmanager
def no_other_writer(warehouse: Path) -> Iterator[None]:
    """Hold the file as a reader does, so that no program of whatever kind begins to write it.

    One that had it open would go on in the replaced file, and leave its log beside the new one,
    where DuckDB would take that for the new file's own. Raises `CannotRunError` where one has.
    """
    if not warehouse.is_file():
        yield
        return
    try:
        connection = duckdb.connect(str(warehouse), read_only=True)
    except duckdb.Error as error:
        raise cannot_read(warehouse, error) from None
    with contextlib.closing(connection):
        yield


def looks(path: Path) -> tuple[int, int, int] | None:
    """What tells whether a file was written or replaced since; None where there is none."""
    try:
        state = path.stat()
    except FileNotFoundError:
        return None
    return state.st_size, state.st_mtime_ns, state.st_ino


def _to_disk(path: Path) -> None:
    """A replaced name must not come to stand for a file whose content was still on its way."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _changed(warehouse: Path) -> str:
    return (
        f"{name_for_people(warehouse)} was changed by another program while this build ran:"
        " nothing was published; build again"
    )
