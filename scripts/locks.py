"""One command at a time writes a warehouse.

The lock is held on a file of its own, by the kernel: it is gone when the process is, however that
ended. Readers need none: what is published is replaced in one step (`scripts/swap.py`).
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from scripts.places import CannotRunError, name_for_people

_FOLDER = ".locks"


@contextlib.contextmanager
def locked(warehouse: Path, doing: str) -> Iterator[None]:
    """Be the only one who writes a warehouse; raises `CannotRunError` where another does.

    `doing` is what the other one is told: a build, a load.
    """
    place = lock_of(warehouse)
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = " ".join(file.read().split()) or "another command"
            raise CannotRunError(
                f"{name_for_people(warehouse)} is being written by {holder}: wait until it is"
                " done, or stop it; nothing was changed"
            ) from None
        file.truncate(0)
        now = datetime.now(UTC).strftime("%H:%M:%S")
        file.write(f"{doing} (process {os.getpid()}, since {now} UTC)")
        file.flush()
        try:
            yield
        finally:
            # Who finds the file unlocked later should not read of a command that has ended.
            with contextlib.suppress(OSError):
                file.truncate(0)


def lock_of(warehouse: Path) -> Path:
    """The file whose lock stands for a warehouse, whatever path leads to that."""
    resolved = warehouse.resolve()
    return resolved.parent / _FOLDER / f"{resolved.name}.lock"
