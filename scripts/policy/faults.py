"""What in a policy cannot stand: every data test that dbt declares of its seeds, told by cell.

The tests are read from `_policy__seeds.yml`, so what a build would stop at later, and tell as a
number of rows, is told here before anything is landed: file, line, column, value and remedy.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from scripts.places import SEEDS, CannotRunError, name_for_people
from scripts.policy.checks import CHECKS, Said, not_answered, unanswered, wrong_types
from scripts.policy.declared import DeclaredSeed, declared_seeds
from scripts.policy.files import Fault, SeedFile, read_files
from scripts.raw_contract import literal, quoted

# More would fill the screen, and the first say what kind of thing is wrong.
MOST_TOLD = 20


def stop_on_faults(policy: str) -> None:
    """Raise `CannotRunError` where something in `seeds/<policy>` cannot stand."""
    folder = SEEDS / policy
    faults = faults_of(folder)
    if faults:
        raise CannotRunError("\n".join(told(faults, folder)))


def told(faults: Sequence[Fault], folder: Path) -> Iterator[str]:
    """The faults of a policy for the screen: how many, and each in one line."""
    counted = "one thing" if len(faults) == 1 else f"{len(faults)} things"
    yield f"{counted} in {name_for_people(folder)} cannot stand, and a build stops there:"
    yield from (f"  {fault}" for fault in faults[:MOST_TOLD])
    if len(faults) > MOST_TOLD:
        yield f"  … and {len(faults) - MOST_TOLD} more"


def faults_of(folder: Path) -> list[Fault]:
    """Everything in a policy folder that a build would stop at; one fault a cell, or a row.

    Where a file cannot be read, only that: the others refer to it. Raises `CannotRunError` where
    there is no such folder.
    """
    files = read_files(folder)
    broken = [fault for file in files.values() for fault in file.faults]
    if broken:
        return broken
    # Hundreds of small questions: threads and plans would cost more than they save.
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("pragma disable_optimizer")
        for name, seed in declared_seeds().items():
            _fill(connection, seed, files[name])
        return [
            fault
            for name, seed in declared_seeds().items()
            for fault in _of_seed(connection, seed, files[name])
        ]


def _fill(connection: DuckDBPyConnection, seed: DeclaredSeed, file: SeedFile) -> None:
    """Two tables: `written_<seed>` of text, and the seed with its types; both with `_line`."""
    rows = [
        [str(line), *(row[name] or None for name in seed.types)]
        for line, row in zip(file.lines, file.rows, strict=True)
    ]
    cells = ", ".join(
        f"cells[{place}] as {quoted(name)}" for place, name in enumerate(seed.types, 2)
    )
    connection.execute(
        f"create table {quoted('written_' + seed.name)} as"
        f" select cells[1]::bigint as _line, {cells}"
        f" from (select unnest(from_json({literal(json.dumps(rows))}, '[[\"varchar\"]]')) as cells)"
    )
    typed = ", ".join(
        f"try_cast({quoted(name)} as {kind}) as {quoted(name)}" for name, kind in seed.types.items()
    )
    connection.execute(
        f"create table {quoted(seed.name)} as"
        f" select _line, {typed} from {quoted('written_' + seed.name)}"
    )


def _of_seed(connection: DuckDBPyConnection, seed: DeclaredSeed, file: SeedFile) -> Iterator[Fault]:
    """The first fault of each cell, and of rows without one; in the order of the lines."""
    rows = dict(zip(file.lines, file.rows, strict=True))
    types = wrong_types(connection, seed)
    of_cells, of_rows = (
        [
            said
            for test in seed.tests
            if bool(test.column) == is_of_cells
            for said in CHECKS[test.kind](connection, seed, test)
        ]
        for is_of_cells in (True, False)
    )
    found: dict[tuple[int, str], str] = {}
    for line, column, said in (*types, *of_cells, *_unanswered(rows), *of_rows):
        if (line, "") not in found and (column or not _has_any(found, line)):
            found.setdefault((line, column), said)
    for line, column in sorted(found):
        said = found[line, column]
        yield Fault(file.path, said, line, column, rows[line], (line, column, said) in types)


def _has_any(found: Iterable[tuple[int, str]], line: int) -> bool:
    return any(there == line for there, _ in found)


def _unanswered(rows: Mapping[int, Mapping[str, str]]) -> Iterator[Said]:
    for line, row in rows.items():
        for column in unanswered(row):
            yield line, column, not_answered()
