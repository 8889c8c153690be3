"""What `_policy__seeds.yml` declares of the seeds that every policy has: types and data tests."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from scripts.places import PROJECT

DECLARED = PROJECT / "models" / "intermediate" / "policy" / "_policy__seeds.yml"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class DataTest:
    """A dbt data test of a seed; `column` is empty where it is of whole rows.

    Its name says after the `__` what must be true; `where` is SQL for the rows it is about.
    """

    kind: str
    truth: str
    column: str
    arguments: Mapping[str, Any]
    where: str


@dataclass(frozen=True)
class DeclaredSeed:
    """A seed with the types of its columns, in their order, and its tests, columns first."""

    name: str
    types: Mapping[str, str]
    tests: tuple[DataTest, ...]


@cache
def declared_seeds() -> Mapping[str, DeclaredSeed]:
    """All seeds by name."""
    told = yaml.load(DECLARED.read_text(encoding="utf-8"), Loader=_Loader)
    return {entry["name"]: _seed(entry) for entry in told["seeds"]}


def _seed(entry: Mapping[str, Any]) -> DeclaredSeed:
    types = {column["name"]: column["data_type"] for column in entry["columns"]}
    return DeclaredSeed(entry["name"], types, tuple(_tests(entry)))


def _tests(entry: Mapping[str, Any]) -> Iterator[DataTest]:
    for column in (*entry["columns"], {**entry, "name": ""}):
        for test in column.get("data_tests", ()):
            kind, told = (test, {}) if isinstance(test, str) else next(iter(test.items()))
            truth = told.get("name", kind).partition("__")[2].replace("_", " ")
            where = told.get("config", {}).get("where", "true")
            yield DataTest(kind, truth, column["name"], told.get("arguments", {}), where)


@cache
def allowed_values(seed: str, column: str) -> frozenset[str]:
    """What the declared tests of a seed accept in a column; empty where anything goes."""
    for test in declared_seeds()[seed].tests:
        if (test.kind, test.column) == ("accepted_values", column):
            return frozenset(map(str, test.arguments["values"]))
    return frozenset()
