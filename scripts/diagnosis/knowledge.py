"""What each headline and rule needs, and how to get it: `knowledge.yml`, read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

KNOWLEDGE = Path(__file__).with_name("knowledge.yml")
PEOPLE = ("contact", "lead")
Unlock = str | Mapping[str, str]


@dataclass(frozen=True)
class Fact:
    """Something a rule needs; `check` names the function of `checks.py` that looks for it.

    Where a kind of source cannot have it, `excused` says why.

    A sparse fact is there as soon as anybody has it: most people are never rejected. A fact
    `from_any` source is enough; of all others every source must have its own. What is
    `from_company` counts for a person if the company says it.
    """

    fact_id: str
    title: str
    check: str
    unlock: Mapping[str, Unlock]
    excused: Mapping[str, str]
    concepts: tuple[str, ...] = ()
    objects: tuple[str, ...] = PEOPLE
    tables: Mapping[str, tuple[str, ...]] | None = None
    is_sparse: bool = False
    is_from_any: bool = False
    is_from_company: bool = False


@dataclass(frozen=True)
class Question:
    """A headline or a rule, the facts it cannot do without, and those that sharpen it.

    `roles` are those of the stages that it is about.
    """

    code: str
    title: str
    needs: tuple[str, ...]
    better_with: tuple[str, ...]
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Knowledge:
    """All of it, by id."""

    facts: Mapping[str, Fact]
    headlines: tuple[Question, ...]
    rules: Mapping[str, Question]


@cache
def read_knowledge() -> Knowledge:
    """The file; raises `KeyError` or `TypeError` where an entry is not whole."""
    told = yaml.safe_load(KNOWLEDGE.read_text(encoding="utf-8"))
    return Knowledge(
        {name: _fact(name, entry) for name, entry in told["facts"].items()},
        tuple(_question(code, entry) for code, entry in told["headlines"].items()),
        {code: _question(code, entry) for code, entry in told["rules"].items()},
    )


def _fact(name: str, entry: Mapping[str, Any]) -> Fact:
    tables = entry.get("tables")
    return Fact(
        fact_id=name,
        title=entry["title"],
        check=entry["check"],
        unlock=entry.get("unlock", {}),
        excused=entry.get("excused", {}),
        concepts=tuple(entry.get("concepts", ())),
        objects=tuple(entry.get("objects", PEOPLE)),
        tables={kind: tuple(names) for kind, names in tables.items()} if tables else None,
        is_sparse=bool(entry.get("is_sparse")),
        is_from_any=bool(entry.get("is_from_any")),
        is_from_company=bool(entry.get("is_from_company")),
    )


def _question(code: str, entry: Mapping[str, Any]) -> Question:
    return Question(
        code=code,
        title=entry.get("title", code),
        needs=tuple(entry["needs"]),
        better_with=tuple(entry.get("better_with", ())),
        roles=tuple(entry.get("roles", ())),
    )
