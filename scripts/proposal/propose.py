"""The proposal: everything that was found out, and the policy folder that follows from it."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from duckdb import DuckDBPyConnection

from scripts.policy.declared import allowed_values
from scripts.policy.files import Fault, SeedRow
from scripts.proposal import choices, deals, people
from scripts.proposal.activities import activity_types
from scripts.proposal.closings import closings
from scripts.proposal.counts import FieldUse, affected_records, field_uses, value_uses
from scripts.proposal.dates import with_stages_named
from scripts.proposal.fields import fields_of, find_fields
from scripts.proposal.findings import Finding, Row
from scripts.proposal.ids import id_fields
from scripts.proposal.landed import Landed
from scripts.proposal.moves import Move, Order, moves, observed_order
from scripts.proposal.policy import Policy, Seed, Subject, subject_of, subjects_of, with_more
from scripts.proposal.questions import Question
from scripts.proposal.reading import field_key, open_reading, systems
from scripts.proposal.stages import MAPPED, value_findings, with_used_stages
from scripts.proposal.twins import is_twin
from scripts.proposal.words import is_digest
from scripts.proposal.writers import change_writers

PEOPLE = ("contact", "lead")
# Seeds that name one CRM's own values: rows of the sources at hand are proposed anew.
OWN_VALUES = ("field_mappings", "deal_stages", "deal_pipelines")
# What is asked, what most of the answers depend on first.
IMPORTANCE = (
    "field_mappings", "lifecycle_stage", "deal_stage", "pipeline", "lead_status",
    "rejection_reason", "lead_source", "change_source", "activity_type", "exclusion", "team",
    "form",
)  # fmt: skip


@dataclass(frozen=True)
class Proposal:
    """What `init` knows when it is done."""

    systems: Mapping[str, str]
    findings: tuple[Finding, ...]
    policy: Policy
    unused_stages: tuple[str, ...]
    moves: tuple[Move, ...]
    orders: Mapping[str, Order]
    hashed_fields: tuple[FieldUse, ...]
    absent_fields: tuple[str, ...]
    domains: tuple[dict[str, object], ...]
    writers: Mapping[str, int]
    people_count: int
    undecided_people_count: int
    # What in the policy cannot stand; questions whose answers are among them are asked there.
    faults: tuple[Fault, ...] = ()
    # What was filled in, and what of it cannot stand, by its line.
    given: tuple[Question, ...] = ()
    wrong_answers: tuple[Fault, ...] = ()
    # How the command was called, and whether the warehouse remembers the policy.
    options: str = ""
    is_remembered: bool = False

    @property
    def undecided(self) -> list[Finding]:
        """What needs a person: what most depends on first, then the most used."""
        told = subjects_of(self.faults, self.policy)
        asked = [
            found
            for found in self.findings
            if found.needs_decision and subject_of_finding(self.policy, found) not in told
        ]
        return sorted(
            asked,
            key=lambda finding: (
                IMPORTANCE.index(kind_of(finding)),
                -finding.record_count,
                finding.source_value,
            ),
        )


def kind_of(finding: Finding) -> str:
    """The list that a finding stands in."""
    return finding.seed if finding.seed == "field_mappings" else finding.concept


def subject_of_finding(policy: Policy, found: Finding) -> Subject | None:
    """What the row of a finding is about."""
    if found.row is None:
        return None
    return subject_of(found.seed, policy[found.seed], found.row)


def propose(
    connection: DuckDBPyConnection,
    sources: Sequence[Landed],
    base: Policy,
    own: Policy | None = None,
    declined: Container[Subject] = (),
) -> Proposal:
    """Read, count, match; changes nothing but temporary views of the connection.

    `base` is what is known. An `own` policy that is there already keeps all its rows, and gets
    those that it lacks, but for what was `declined`.
    """
    open_reading(connection, sources)
    kinds = systems(sources)
    uses = field_uses(connection)
    found_fields = _without(
        find_fields(uses, base, kinds, id_fields(connection), partial(is_twin, connection)),
        base,
        declined,
    )
    stage_fields = [
        field for field in fields_of(found_fields, "lifecycle_stage") if field[1] in PEOPLE
    ]
    seen_moves, order = moves(connection, stage_fields), observed_order(connection, stage_fields)
    told_fields = [
        field
        for concept in ("lifecycle_stage", "lead_status")
        for field in fields_of(found_fields, concept)
    ]
    no_people, writers = change_writers(connection, told_fields, base)
    mapped = list(_mapped_values(connection, found_fields, base, seen_moves, order))
    mapped = _without(mapped, base, declined)
    findings = [
        *with_stages_named(found_fields, mapped, base),
        *mapped,
        *_deals(connection, found_fields, base),
        *_lead_sources(connection, found_fields, base),
        *choices.change_sources(connection, base),
        *no_people,
        *choices.teams(connection, base),
        *activity_types(connection, base),
        *people.forms(connection, base),
        *people.exclusions(connection, base),
    ]
    findings = _without(findings, base, declined)
    asked = [
        (found.source_system, found.object_type, found.field, found.source_value)
        for found in findings
        if found.needs_decision and found.object_type in PEOPLE
    ]
    asked_types = [
        (found.source_system, found.source_value)
        for found in findings
        if found.needs_decision and found.concept == "activity_type"
    ]
    touched, total = affected_records(connection, asked, asked_types)
    proposed = _policy(base, findings, kinds) if own is None else _updated(own, findings)
    policy, unused = with_used_stages(proposed, findings, is_new=own is None)
    return Proposal(
        systems=kinds,
        findings=tuple(findings),
        policy=policy,
        unused_stages=tuple(unused),
        moves=tuple(seen_moves),
        orders={
            system: observed_order(connection, [one for one in stage_fields if one[0] == system])
            for system in kinds
        },
        hashed_fields=tuple(use for use in uses if _is_hashed(use)),
        absent_fields=tuple(_absent(base, kinds, uses)),
        domains=tuple(people.domains(connection)),
        writers=writers,
        people_count=total,
        undecided_people_count=touched,
    )


def _without(
    findings: Iterable[Finding], policy: Policy, declined: Container[Subject]
) -> list[Finding]:
    """The findings; what somebody said no to is mapped to nothing, and no question."""
    return [
        replace(
            finding, row=None, needs_decision=False, proposal="", confidence=1.0, basis="told no"
        )
        if subject_of_finding(policy, finding) in declined
        else finding
        for finding in findings
    ]


def _mapped_values(
    connection: DuckDBPyConnection,
    found_fields: Sequence[Finding],
    base: Policy,
    seen_moves: Sequence[Move],
    order: Order,
) -> Iterable[Finding]:
    for concept in MAPPED:
        uses = value_uses(connection, fields_of(found_fields, concept))
        yield from _each_value_once(value_findings(concept, uses, base, seen_moves, order))


def _each_value_once(findings: Iterable[Finding]) -> list[Finding]:
    """A seed row is for a source and value, whatever object holds it: the use that has changes,
    so that it is dated, and of several the most frequent."""
    best: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        key = (finding.source_system, finding.source_value.lower())
        if key not in best or _weight(finding) > _weight(best[key]):
            best[key] = finding
    return list(best.values())


def _weight(finding: Finding) -> tuple[bool, int]:
    return finding.change_count > 0, finding.record_count


def _deals(
    connection: DuckDBPyConnection, found_fields: Sequence[Finding], base: Policy
) -> list[Finding]:
    stage_fields = fields_of(found_fields, "deal_stage")
    pipeline_fields = fields_of(found_fields, "pipeline")
    pipelines = deals.pipelines(value_uses(connection, pipeline_fields), base)
    kinds = {
        (finding.source_system, finding.source_value.lower()): finding.proposal
        for finding in pipelines
    }
    told = closings(
        connection,
        [(field[0], field[2]) for field in stage_fields],
        [(field[0], field[2]) for field in pipeline_fields],
    )
    return [
        *pipelines,
        *deals.deal_stages(value_uses(connection, stage_fields), kinds, told, base),
    ]


def _lead_sources(
    connection: DuckDBPyConnection, found_fields: Sequence[Finding], base: Policy
) -> list[Finding]:
    fields = [field for field in fields_of(found_fields, "lead_source") if field[1] in PEOPLE]
    return _each_value_once(choices.lead_sources(value_uses(connection, fields), base))


def _policy(base: Policy, findings: Sequence[Finding], kinds: Mapping[str, str]) -> Policy:
    """The base policy with the rows that were found; what is undecided is in no seed."""
    by_seed: dict[str, list[Finding]] = {name: [] for name in base}
    for finding in findings:
        by_seed.setdefault(finding.seed, []).append(finding)
    return {
        name: _seed(name, seed, by_seed[name], kinds) if by_seed[name] else seed
        for name, seed in base.items()
    }


def _updated(own: Policy, findings: Sequence[Finding]) -> Policy:
    """The policy that is there, and the rows it lacks."""
    written: dict[str, list[Row]] = {}
    for finding in findings:
        if finding.is_written and finding.row is not None:
            written.setdefault(finding.seed, []).append(finding.row)
    return {name: with_more(name, seed, written.get(name, ())) for name, seed in own.items()}


def _seed(name: str, seed: Seed, findings: Sequence[Finding], kinds: Mapping[str, str]) -> Seed:
    rows = [finding.row for finding in findings if finding.row is not None and finding.is_written]
    kept: Iterable[SeedRow] = seed.rows
    if name == "value_mappings":
        # A row for any source would answer what a person has to: only what this CRM says.
        found = {finding.concept for finding in findings}
        there = {"any", *kinds}
        kept = [
            row for row in kept if row["concept"] not in found or row["source_system"] not in there
        ]
    elif name in OWN_VALUES:
        kept = [row for row in kept if row["source_system"] not in kinds]
    return seed.with_rows([*kept, *rows])


def _is_hashed(use: FieldUse) -> bool:
    return bool(use.choices) and sum(map(is_digest, use.choices)) * 2 > len(use.choices)


def _absent(base: Policy, kinds: Mapping[str, str], uses: Sequence[FieldUse]) -> Iterable[str]:
    """Fields that the base policy knows of these sources and nobody holds."""
    there = {(use.source_system, use.object_type, use.field) for use in uses}
    concepts = allowed_values("field_mappings", "concept")
    for row in base["field_mappings"].rows:
        field = (row["source_system"], row["object_type"], field_key(row["source_field"]))
        if row["source_system"] in kinds and field not in there and row["concept"] in concepts:
            yield ".".join(field)
