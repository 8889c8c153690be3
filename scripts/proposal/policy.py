"""A policy folder: its seeds as rows, read whole and written whole."""

import csv
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from scripts.places import PROJECT, CannotRunError

SEEDS = PROJECT / "seeds"
_DECLARED = PROJECT / "models" / "intermediate" / "policy" / "_policy__seeds.yml"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SeedRow = dict[str, str]


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


def read_policy(name: str) -> Policy:
    """Every seed of `seeds/<name>`; raises `CannotRunError` where there is no such policy."""
    folder = SEEDS / name
    if not folder.is_dir():
        raise CannotRunError(f"no policy at seeds/{name}")
    policy = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            policy[path.stem] = Seed(tuple(reader.fieldnames or ()), tuple(reader))
    return policy


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
