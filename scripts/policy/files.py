"""The files of a policy folder: read cell by cell, each row with its line."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.places import CannotRunError, name_for_people
from scripts.policy.declared import declared_seeds

SeedRow = dict[str, str]
# Beside the seeds, and none of them: what a person is to fill in.
QUESTIONS = "QUESTIONS.csv"


@dataclass(frozen=True)
class Fault:
    """Something in a policy that cannot stand, and where; line 0 is the whole file.

    An unreadable one leaves the rest of the policy without a meaning.
    """

    path: Path
    said: str
    line: int = 0
    column: str = ""
    row: Mapping[str, str] | None = None
    is_unreadable: bool = False

    def __str__(self) -> str:
        """File, line, column, and what to do, in one line."""
        line = f" line {self.line}" if self.line else ""
        column = f", column {self.column}" if self.column else ""
        return f"{name_for_people(self.path)}{line}{column}: {self.said}"


@dataclass(frozen=True)
class SeedFile:
    """A seed of a policy as it stands: rows, the line on which each begins, what is broken."""

    path: Path
    header: tuple[str, ...]
    rows: tuple[SeedRow, ...]
    lines: tuple[int, ...]
    faults: tuple[Fault, ...]


def read_files(folder: Path) -> dict[str, SeedFile]:
    """Every CSV of a policy by name; raises `CannotRunError` where there is no such folder."""
    if not folder.is_dir():
        there = folder.parent.glob("[!.]*/lifecycle_stages.csv")
        known = ", ".join(sorted(path.parent.name for path in there)) or "none"
        raise CannotRunError(f"no policy at {name_for_people(folder)}; there are: {known}")
    needed = {name: tuple(seed.types) for name, seed in declared_seeds().items()}
    found = {path.stem: path for path in sorted(folder.glob("*.csv")) if path.name != QUESTIONS}
    return {
        name: read_file(found.get(name, folder / f"{name}.csv"), needed.get(name, ()))
        for name in sorted({*needed, *found})
    }


def read_file(path: Path, needed: tuple[str, ...]) -> SeedFile:
    """One file; what cannot be read of it is a fault, never an error."""
    if not path.is_file():
        return _broken(path, "it is missing, every policy has it: copy that of seeds/b2b")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return _broken(path, "it is not in UTF-8: save it as CSV in UTF-8")
    numbered = list(_records(text))
    header = tuple(numbered[0][1]) if numbered else ()
    lacking = [name for name in needed if name not in header]
    if lacking:
        semicolons = ", its cells must stand with commas between them" * (";" in "".join(header))
        return _broken(path, f"its header lacks {', '.join(lacking)}{semicolons}", line=1)
    rows, lines, faults = [], [], []
    for line, cells, problem in numbered[1:]:
        if not problem and len(cells) != len(header):
            problem = (
                f"{len(cells)} cells, and the header has {len(header)}:"
                " a cell with a comma in it stands in double quotes"
            )
        if problem:
            faults.append(Fault(path, problem, line, is_unreadable=True))
        elif cells:
            rows.append(dict(zip(header, cells, strict=True)))
            lines.append(line)
    return SeedFile(path, header, tuple(rows), tuple(lines), tuple(faults))


def _records(text: str) -> Iterator[tuple[int, list[str], str]]:
    """(line on which it begins, cells, what is broken); a blank line is none."""
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield begins, [], f"no row of a CSV file: {error}"
            return
        if cells:
            yield begins, cells, ""


def _broken(path: Path, said: str, line: int = 0) -> SeedFile:
    return SeedFile(path, (), (), (), (Fault(path, said, line, is_unreadable=True),))
