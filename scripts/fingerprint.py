"""Whether a build would only repeat the last one.

Marts depend on the project's files, the settings and the loads, and on no clock. Where all three
are the same and nobody has touched the published file since, there is nothing to build.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import duckdb

from scripts.places import PROJECT
from scripts.remembered import read_settings

ROOMS = ("models", "seeds", "macros", "tests", "scripts")
HOUSE = ("dbt_project.yml", "profiles.yml", "requirements.lock")
# What the build itself sets.
_OUR_OWN = "LIFECYCLE_WAREHOUSE"


def fingerprint(working: Path) -> str:
    """A digest of everything that the marts of a landed warehouse depend on."""
    digest = hashlib.sha256()
    for part in (*_files(), *_settings(), *_loads(working)):
        digest.update(part.encode())
        digest.update(b"\0")
    return digest.hexdigest()


def _files() -> Iterator[str]:
    found = [path for room in ROOMS for path in (PROJECT / room).rglob("*") if path.is_file()]
    for path in sorted([*found, *(PROJECT / name for name in HOUSE)]):
        if path.suffix != ".pyc":
            yield path.relative_to(PROJECT).as_posix()
            yield hashlib.sha256(path.read_bytes()).hexdigest()


def _settings() -> Iterator[str]:
    for name, value in sorted(os.environ.items()):
        if name.startswith(("LIFECYCLE_", "DBT_")) and name != _OUR_OWN:
            yield f"{name}={value}"


def _loads(working: Path) -> Iterator[str]:
    with contextlib.closing(duckdb.connect(str(working), read_only=True)) as connection:
        for row in connection.execute("select * from raw_meta.loads order by all").fetchall():
            yield repr(row)
        for setting in read_settings(connection).items():
            yield repr(setting)


def remember(warehouse: Path, digest: str) -> None:
    """Note what a published warehouse was built from, and what the file looked like then."""
    note = _note(warehouse)
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps([digest, *_looks(warehouse)]), encoding="utf-8")


def is_unchanged(warehouse: Path, digest: str) -> bool:
    """Whether the published file is still the one that was built from just this."""
    try:
        noted = json.loads(_note(warehouse).read_text(encoding="utf-8"))
        return bool(noted == [digest, *_looks(warehouse)])
    except (OSError, ValueError):
        return False


def _note(warehouse: Path) -> Path:
    return warehouse.parent / ".published" / f"{warehouse.stem}.json"


def _looks(warehouse: Path) -> tuple[int, int]:
    state = warehouse.stat()
    return state.st_size, state.st_mtime_ns
