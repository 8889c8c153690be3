"""Say what can be answered with what has landed: `python -m scripts.doctor [--warehouse FILE]`.

For each headline and each rule of the policy: yes, partly (with the share that is there) or no,
why, and which table, field or setting to sync or export to unlock it, by CRM and connector.
Reads the raw tables, needs no build; where there is one, it says how much was judged.
Exit 0: everything can be answered, at least partly. 1: something is locked. 2: it could not run.
"""

import argparse
import contextlib
import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from scripts.diagnosis.answers import CONNECTORS, Answer, Judged, answer_of, unlocks
from scripts.diagnosis.checks import Desk, State, state_of
from scripts.diagnosis.deals import Disagreement, disagreements, lines
from scripts.diagnosis.knowledge import Fact, Question, read_knowledge
from scripts.failed_load import last_failure
from scripts.places import (
    DEMO_WAREHOUSE,
    SEEDS,
    CannotRunError,
    cannot_read,
    name_for_people,
    warehouse_in_force,
)
from scripts.policy.faults import faults_of, told
from scripts.policy.files import Fault
from scripts.proposal.landed import Landed, landed_systems, read_landed
from scripts.proposal.policy import Policy, read_policy
from scripts.proposal.reading import open_reading
from scripts.remembered import settle
from scripts.running import command
from scripts.screen import say


@dataclass(frozen=True)
class Diagnosis:
    """Everything the doctor says."""

    warehouse: str
    policy: str
    sources: tuple[Landed, ...]
    connectors: dict[str, list[str]]
    headlines: tuple[Answer, ...]
    rules: tuple[Answer, ...]
    judged: dict[str, Judged]
    steps: tuple[tuple[Fact, list[str], list[str]], ...]
    faults: tuple[Fault, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()

    @property
    def is_locked(self) -> bool:
        """Whether something cannot be answered at all; a build stops at faults of the policy."""
        return bool(self.faults) or any(
            answer.answer == "no" for answer in (*self.headlines, *self.rules)
        )


def diagnose(warehouse: Path, policy_name: str) -> Diagnosis:
    """Look at a warehouse under a policy; raises `CannotRunError`."""
    policy = read_policy(policy_name)
    try:
        with contextlib.closing(duckdb.connect(str(warehouse), read_only=True)) as connection:
            return _diagnose(connection, warehouse, policy_name, policy)
    except duckdb.Error as error:
        raise cannot_read(warehouse, error) from None


def _diagnose(
    connection: DuckDBPyConnection, warehouse: Path, policy_name: str, policy: Policy
) -> Diagnosis:
    knowledge = read_knowledge()
    sources = [read_landed(connection, name) for name in landed_systems(connection)]
    if not sources:
        raise CannotRunError(
            f"{name_for_people(warehouse)} holds no data: run python -m scripts.load first"
        )
    open_reading(connection, sources)
    desks = [Desk(connection, source, policy, len(sources)) for source in sources]
    states: dict[str, list[State]] = {
        name: [state_of(desk, fact) for desk in desks] for name, fact in knowledge.facts.items()
    }
    roles = {
        row["stage_role"]
        for row in policy["lifecycle_stages"].rows
        if row["is_active"] == "true" and not row["valid_to"]
    }
    headlines = [answer_of(question, states, roles) for question in knowledge.headlines]
    rules = [
        answer_of(_question(row["rule_code"], row["title"]), states, roles)
        for row in policy["rules"].rows
        if not row["valid_to"] and row["is_enabled"] == "true" and row["mode"] != "off"
    ]
    connectors = {source.system: _connectors(connection, source) for source in sources}
    return Diagnosis(
        warehouse=name_for_people(warehouse),
        policy=policy_name,
        sources=tuple(sources),
        connectors=connectors,
        headlines=tuple(headlines),
        rules=tuple(rules),
        judged=_judged(connection),
        steps=tuple(unlocks(knowledge, [*headlines, *rules], states, connectors)),
        disagreements=disagreements(connection),
    )


def _question(code: str, title: str) -> Question:
    known = read_knowledge().rules.get(code)
    if known is None:
        raise CannotRunError(
            f"rule {code} is in the policy and not in scripts/diagnosis/knowledge.yml: add it there"
        )
    return replace(known, title=title)


def _connectors(connection: DuckDBPyConnection, source: Landed) -> list[str]:
    """Which connectors landed a source's tables; Fivetran's shape is the raw contract itself."""
    if source.kind == "open":
        return []
    rows = connection.execute(
        """
        select distinct schema_name from duckdb_tables()
        where database_name = current_database() and estimated_size > 0
            and starts_with(schema_name, $prefix) and not ends_with(schema_name, '_history')
        """,
        {"prefix": f"raw_{source.kind}"},
    ).fetchall()
    schemas = {str(row[0]) for row in rows}
    return [
        connector
        for connector in CONNECTORS
        if (f"raw_{source.kind}" if connector == "fivetran" else f"raw_{source.kind}_{connector}")
        in schemas
    ]


def _judged(connection: DuckDBPyConnection) -> dict[str, Judged]:
    """What the build judged by rule, where the marts are built."""
    try:
        rows = connection.execute(
            "select rule_code, judged_count, subject_count, main_not_judged_reason"
            " from marts.fct_rule_results"
        ).fetchall()
    except duckdb.Error:
        return {}
    return {str(code): Judged(*told) for code, *told in rows}


def as_screen(diagnosis: Diagnosis) -> str:
    """The diagnosis on a terminal, at most 100 columns wide."""
    return "\n".join(_screen(diagnosis))


def _screen(diagnosis: Diagnosis) -> Iterator[str]:
    sources = ", ".join(
        source.system
        + (f" ({', '.join(seen)})" if (seen := diagnosis.connectors[source.system]) else "")
        for source in diagnosis.sources
    )
    yield f"{diagnosis.warehouse}: {sources}; policy {diagnosis.policy}"
    yield ""
    if diagnosis.faults:
        yield from told(diagnosis.faults, SEEDS / diagnosis.policy)
        yield ""
    for answer in diagnosis.headlines:
        yield from _answer(answer, answer.question.title)
    yield ""
    order = ("no", "partly", "yes", "never")
    counts = {said: sum(rule.answer == said for rule in diagnosis.rules) for said in order}
    never = f", {counts['never']} not here" if counts["never"] else ""
    yield (
        f"{len(diagnosis.rules)} rules: {counts['yes']} yes, {counts['partly']} partly,"
        f" {counts['no']} no{never}"
    )
    for answer in sorted(diagnosis.rules, key=lambda rule: order.index(rule.answer)):
        judged = diagnosis.judged.get(answer.question.code)
        yield from _answer(answer, f"{answer.question.code}  {answer.question.title}", judged)
    if diagnosis.disagreements:
        yield ""
        yield from lines(diagnosis.disagreements)
    if not diagnosis.steps:
        return
    yield ""
    yield "a field that you have under another name: python -m scripts.init NAME finds and maps it"
    yield "to unlock the rest:"
    for number, (fact, held_up, steps) in enumerate(diagnosis.steps, 1):
        yield from _wrapped(f"{number}  {fact.title} (for {', '.join(held_up)})", "  ", "   ")
        for step in steps:
            yield from _wrapped(step, "       ", "  ")


def _answer(answer: Answer, title: str, judged: Judged | None = None) -> Iterator[str]:
    share = f" {answer.share:.0%}".replace("%", " %") if 0 < answer.share < 1 else ""
    said = "not here" if answer.answer == "never" else answer.answer + share
    yield f"  {title:52}{said:<14}{judged or ''}".rstrip()
    if reasons := (*answer.reasons, *(judged.others if judged else ())):
        yield from _wrapped("; ".join(reasons), "       ")


def _wrapped(text: str, indent: str, more: str = "") -> list[str]:
    return textwrap.wrap(text, 98, initial_indent=indent, subsequent_indent=indent + more)


@command("doctor")
def main(arguments: Sequence[str] | None = None) -> int:
    """Look, and say what was seen."""
    parser = argparse.ArgumentParser(prog="python -m scripts.doctor", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--warehouse", type=Path, help="default: LIFECYCLE_WAREHOUSE")
    parser.add_argument("--policy", help="default: LIFECYCLE_POLICY, else b2b")
    options = parser.parse_args(arguments)
    warehouse = warehouse_in_force(options.warehouse)
    settings = settle(warehouse)
    policy = options.policy or settings.policy
    diagnosis = diagnose(warehouse, policy)
    diagnosis = replace(diagnosis, faults=tuple(faults_of(SEEDS / policy)))
    if failure := last_failure(warehouse):
        say(f"the last load failed, so this is what landed before it: {failure}\n")
    elif warehouse == DEMO_WAREHOUSE and not options.warehouse:
        say("nothing of your own has landed yet, so this is the demo\n")
    say(as_screen(diagnosis))
    return 1 if diagnosis.is_locked else 0


if __name__ == "__main__":
    sys.exit(main())
