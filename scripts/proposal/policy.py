"""A policy folder: its seeds as rows, read whole and written whole."""

import csv
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from scripts.places import PROJECT, CannotRunError, name_for_people

SEEDS = PROJECT / "seeds"
_DECLARED = PROJECT / "models" / "intermediate" / "policy" / "_policy__seeds.yml"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SeedRow = dict[str, str]
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


def read_policy(name: str, seeds: Path = SEEDS) -> Policy:
    """Every seed of `seeds/<name>`; raises `CannotRunError` where there is no such policy."""
    folder = seeds / name
    if not folder.is_dir():
        raise CannotRunError(f"no policy at {name_for_people(folder)}")
    policy = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            policy[path.stem] = Seed(tuple(reader.fieldnames or ()), tuple(reader))
    return policy


def key_of(name: str, seed: Seed, row: Mapping[str, str]) -> tuple[str, ...]:
    """What makes a row the same as another, without case."""
    return tuple(
        (row.get(column, "") or "").strip().lower() for column in KEYS.get(name, seed.header)
    )


def with_more(name: str, seed: Seed, rows: Iterable[Mapping[str, str]]) -> Seed:
    """The seed with rows that say something it does not say yet."""
    there = {key_of(name, seed, row) for row in seed.rows}
    return seed.with_rows([*seed.rows, *(r for r in rows if key_of(name, seed, r) not in there)])


def known_together(own: Policy, shipped: Policy) -> Policy:
    """What a policy says, marked as decided, and what the shipped one knows besides."""
    known = dict(own)
    for name in KEYS:
        decided = [{**row, DECIDED: "yes"} for row in own[name].rows]
        there = {key_of(name, own[name], row) for row in own[name].rows}
        more = [row for row in shipped[name].rows if key_of(name, own[name], row) not in there]
        known[name] = Seed(own[name].header, (*decided, *more))
    return known


def write_policy(policy: Policy, folder: Path) -> None:
    """All files or none: written beside the place, then put there in one move."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        draft.chmod(0o755)
        for name, seed in policy.items():
            with (draft / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, seed.header, lineterminator="\n")
                writer.writeheader()
                writer.writerows(seed.rows)
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


@cache
def allowed_values(seed: str, column: str) -> frozenset[str]:
    """What the declared tests of a seed accept in a column; empty where anything goes."""
    declared = yaml.load(_DECLARED.read_text(encoding="utf-8"), Loader=_Loader)
    for entry in declared["seeds"]:
        for known in entry["columns"] if entry["name"] == seed else ():
            for test in known.get("data_tests", ()) if known["name"] == column else ():
                if isinstance(test, dict) and "accepted_values" in test:
                    return frozenset(map(str, test["accepted_values"]["arguments"]["values"]))
    return frozenset()


def pasted(seed: Seed, row: Mapping[str, str]) -> str:
    """One row as it stands in the seed's file."""
    cells = [row.get(name, "") or "" for name in seed.header]
    return ",".join(f'"{cell}"' if set(cell) & set(',"\n') else cell for cell in cells)
