"""A policy folder: its seeds as rows, read whole and written whole."""

import csv
import shutil
import tempfile
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.places import SEEDS as SEEDS
from scripts.places import CannotRunError
from scripts.policy.checks import unanswered
from scripts.policy.files import Fault, read_files
from scripts.policy.files import SeedRow as SeedRow

# Marks rows that stand in the policy that is being updated.
DECIDED = "decided before"
# What two rows of a seed may not share; where a seed is not listed, whole rows.
KEYS: Mapping[str, tuple[str, ...]] = {
    "value_mappings": ("concept", "source_system", "source_value"),
    "field_mappings": ("source_system", "object_type", "source_field", "concept"),
    "deal_stages": ("source_system", "pipeline", "deal_stage"),
    "deal_pipelines": ("source_system", "pipeline"),
    "lead_sources": ("source_value",),
    "change_sources": ("source_system", "change_source"),
    "team_mappings": ("source_system", "source_team"),
    "record_exclusions": ("source_system", "field", "pattern"),
    "activity_types": ("source_system", "activity_type", "asset_pattern", "direction"),
}


@dataclass(frozen=True)
class Seed:
    """One CSV of a policy."""

    header: tuple[str, ...]
    rows: tuple[SeedRow, ...]

    def with_rows(self, rows: Sequence[Mapping[str, str]]) -> "Seed":
        """The same header over other rows, in the order of their cells, each once."""
        cells = sorted({tuple(row.get(name, "") or "" for name in self.header) for row in rows})
        return Seed(self.header, tuple(dict(zip(self.header, row, strict=True)) for row in cells))


Policy = dict[str, Seed]
# A seed, and what one of its rows is about.
Subject = tuple[str, ...]


def read_policy(name: str, seeds: Path = SEEDS) -> Policy:
    """Every seed of `seeds/<name>`; raises `CannotRunError` where one is missing or broken."""
    files = read_files(seeds / name)
    for file in files.values():
        for fault in file.faults:
            raise CannotRunError(str(fault))
    return {name: Seed(file.header, file.rows) for name, file in files.items()}


def key_of(name: str, seed: Seed, row: Mapping[str, str]) -> tuple[str, ...]:
    """What makes a row the same as another, without case."""
    return tuple(
        (row.get(column, "") or "").strip().lower() for column in KEYS.get(name, seed.header)
    )


def subject_of(name: str, seed: Seed, row: Mapping[str, str]) -> Subject:
    """What a row is about: its key, but that a field is one subject whatever it may hold."""
    key = key_of(name, seed, row)
    return (name, *(key[:-1] if name == "field_mappings" else key))


def subjects_of(faults: Iterable[Fault], policy: Policy) -> set[Subject]:
    """What the rows are about that cannot stand: they answer nothing."""
    return {
        subject_of(name, policy[name], fault.row)
        for fault in faults
        if fault.row is not None and (name := fault.path.stem) in KEYS
    }


def with_more(name: str, seed: Seed, rows: Iterable[Mapping[str, str]]) -> Seed:
    """The seed with rows that say something it does not say yet, or left unanswered."""
    more = {key_of(name, seed, row): row for row in reversed([*rows])}
    about = {subject_of(name, seed, row) for row in more.values()}
    kept = [
        row for row in seed.rows if subject_of(name, seed, row) not in about or not unanswered(row)
    ]
    there = {key_of(name, seed, row) for row in kept}
    return seed.with_rows([*kept, *(row for key, row in more.items() if key not in there)])


def known_together(own: Policy, shipped: Policy, void: Container[Subject] = ()) -> Policy:
    """What a policy says, marked as decided, and what the shipped one knows besides.

    Rows that cannot stand decide nothing: `void` holds what they are about.
    """
    known = dict(own)
    for name in KEYS:
        decided = [
            {**row, DECIDED: "yes"}
            for row in own[name].rows
            if subject_of(name, own[name], row) not in void
        ]
        there = {subject_of(name, own[name], row) for row in decided}
        more = [row for row in shipped[name].rows if subject_of(name, own[name], row) not in there]
        known[name] = Seed(own[name].header, (*decided, *more))
    return known


def write_policy(policy: Policy, folder: Path, besides: Mapping[str, str] | None = None) -> None:
    """All files or none: written beside the place, then put there in one move.

    `besides` are further files by name, an empty text for none; what else lies in the folder stays.
    """
    others = dict(besides or {})
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        draft.chmod(0o755)
        for name, seed in policy.items():
            with (draft / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, seed.header, lineterminator="\n")
                writer.writeheader()
                writer.writerows(seed.rows)
        for name, text in others.items():
            if text:
                (draft / name).write_text(text, encoding="utf-8")
        for path in sorted(folder.iterdir()) if folder.exists() else ():
            if path.name not in others and not (draft / path.name).exists():
                copy = shutil.copytree if path.is_dir() else shutil.copy2
                copy(path, draft / path.name)
        if folder.exists():
            old = folder.with_name(f".{folder.name}-old")
            shutil.rmtree(old, ignore_errors=True)
            folder.rename(old)
            draft.rename(folder)
            shutil.rmtree(old)
        else:
            draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def pasted(seed: Seed, row: Mapping[str, str]) -> str:
    """One row as it stands in the seed's file."""
    cells = [row.get(name, "") or "" for name in seed.header]
    return ",".join(f'"{cell}"' if set(cell) & set(',"\n') else cell for cell in cells)
