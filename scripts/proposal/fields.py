"""Which field holds what: by the CRM's standard names, by telling names, by the values in it."""

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from scripts.policy.declared import allowed_values
from scripts.policy.files import SeedRow
from scripts.proposal.counts import Field, FieldUse
from scripts.proposal.findings import Finding, field_finding
from scripts.proposal.policy import Policy
from scripts.proposal.reading import field_key
from scripts.proposal.words import Match, is_digest, match, share_known

NAMES = Path(__file__).with_name("field_names.csv")
# Concepts of which an object has one field; of the others it may have several.
MANY = frozenset({"stage_date", "crm_id"})
BY_VALUES = ("lifecycle_stage", "lead_status", "rejection_reason")
YES_NO = frozenset({"true", "false", "yes", "no", "ja", "nein", "0", "1", "oui", "non", "si"})
# A standard field that hardly anybody fills may have been replaced by one of their own.
HARDLY = 0.2


@dataclass(frozen=True)
class Candidate:
    """A field that may hold a concept."""

    use: FieldUse
    concept: str
    applies_to: str
    found: Match
    note: str = ""
    base: Mapping[str, str] | None = None


def find_fields(
    uses: Sequence[FieldUse],
    policy: Policy,
    kinds: Mapping[str, str],
    ids: Mapping[Field, tuple[str, float]],
    is_twin: Callable[[FieldUse, FieldUse], bool],
) -> list[Finding]:
    """A finding a mapped field: standard ones, and those found by name, values or ids.

    Of two fields that say the same in other words (`is_twin`) one is enough.
    """
    found: dict[tuple[str, str, str], list[Candidate]] = defaultdict(list)
    for use in uses:
        for candidate in _candidates(use, policy, kinds, ids):
            found[use.source_system, use.object_type, candidate.concept].append(candidate)
    for key in [key for key in found if key[2] == "lead_status"]:
        stages = found.get((*key[:2], "lifecycle_stage"), [])
        if not any(_is_filled(candidate.use) for candidate in stages):
            found[key], moved = _stages_in_status(found[key])
            found[*key[:2], "lifecycle_stage"] = [*stages, *moved]
    findings = []
    for (_, _, concept), candidates in sorted(found.items()):
        chosen = candidates if concept in MANY or not candidates else _one_of(candidates, is_twin)
        findings += [_finding(candidate) for candidate in chosen]
    return _one_concept_a_field(findings)


def fields_of(findings: Iterable[Finding], concept: str) -> list[Field]:
    """The fields that are taken to hold a concept."""
    return [
        (finding.source_system, finding.object_type, finding.field)
        for finding in findings
        if finding.concept == concept and finding.is_written
    ]


def _candidates(
    use: FieldUse,
    policy: Policy,
    kinds: Mapping[str, str],
    ids: Mapping[Field, tuple[str, float]],
) -> Iterable[Candidate]:
    standard = _standard(policy, use, kinds)
    for row in standard:
        match_found = Match(row["concept"], 1.0, "standard field")
        yield Candidate(use, row["concept"], row.get("applies_to", ""), match_found, "", row)
    if standard or use.object_type not in ("contact", "lead", "company", "deal"):
        return
    if use.choices and sum(map(is_digest, use.choices)) * 2 > len(use.choices):
        return
    held = ids.get((use.source_system, use.object_type, use.field))
    if held:
        note = f"{held[1]:.0%} of its values are ids of {held[0]}"
        yield Candidate(use, "crm_id", held[0], Match("crm_id", 0.85, "ids of that CRM"), note)
        return
    named = [found for name in names() if (found := by_name(use, name))]
    if named:
        yield named[0]
        return
    yield from _by_values(use)


def _standard(policy: Policy, use: FieldUse, kinds: Mapping[str, str]) -> list[SeedRow]:
    is_open = kinds[use.source_system] == "open"
    return [
        row
        for row in policy["field_mappings"].rows
        if row["object_type"] == use.object_type
        and field_key(row["source_field"]) == use.field
        and row["source_system"] in (use.source_system, "any" if is_open else "")
    ]


@dataclass(frozen=True)
class Name:
    """A way in which a field of a concept is called."""

    concept: str
    objects: frozenset[str]
    pattern: re.Pattern[str]
    applies_to: str


@cache
def names() -> tuple[Name, ...]:
    """The telling names, the most telling first."""
    with NAMES.open(encoding="utf-8", newline="") as file:
        return tuple(
            Name(
                row["concept"],
                frozenset(row["objects"].split("|")),
                re.compile(row["pattern"]),
                row["applies_to"],
            )
            for row in csv.DictReader(file)
        )


def by_name(use: FieldUse, name: Name) -> Candidate | None:
    """A candidate where the field is called as fields of a concept are, else None."""
    fitting = name.pattern.fullmatch(use.field)
    if use.object_type not in name.objects or fitting is None:
        return None
    applies_to, note, confidence = name.applies_to, "", 0.8
    if name.concept == "stage_date":
        # Which stage, is told once the stages are known; hs_ properties name a stage by its id.
        applies_to = fitting.group("stage")
        meant = match("lifecycle_stage", applies_to.replace("_", " "))
        is_named = meant.confidence >= 0.9 or use.field.startswith("hs_")
        if not is_named or not _look_like_times(use.choices):
            return None
    elif name.concept in BY_VALUES:
        known = share_known(name.concept, use.choices)
        confidence, note = 0.9 if known >= 0.5 else 0.6, f"{known:.0%} of its values are known"
    elif name.concept.endswith("_confirmed"):
        if not {choice.lower() for choice in use.choices} <= YES_NO:
            confidence, note = 0.5, "holds more than yes and no"
    elif name.concept == "score" and not all(map(_is_number, use.choices)):
        return None
    found = Match(name.concept, confidence, "telling name")
    return Candidate(use, name.concept, applies_to, found, note)


def _by_values(use: FieldUse) -> Iterable[Candidate]:
    if use.object_type not in ("contact", "lead") or not 3 <= use.choice_count <= 60:
        return
    shares = {concept: share_known(concept, use.choices) for concept in BY_VALUES}
    concept, share = max(shares.items(), key=lambda item: item[1])
    second = sorted(shares.values())[-2]
    if share >= 0.6 and share - second >= 0.2:
        note = f"{share:.0%} of its values are known"
        yield Candidate(use, concept, "", Match(concept, 0.6, "values that are known"), note)


def _stages_in_status(
    candidates: Sequence[Candidate],
) -> tuple[list[Candidate], list[Candidate]]:
    """Status fields that hold stages, where an object has no stage field: they are the stage."""
    kept, moved = [], []
    for candidate in candidates:
        stages = share_known("lifecycle_stage", candidate.use.choices)
        if stages >= 0.5 and stages > share_known("lead_status", candidate.use.choices):
            found = Match("lifecycle_stage", 0.75, "a status that holds stages")
            note = f"{stages:.0%} of its values are stages"
            moved.append(
                replace(candidate, concept="lifecycle_stage", found=found, note=note, base=None)
            )
        else:
            kept.append(candidate)
    return kept, moved


def _one_of(
    candidates: Sequence[Candidate], is_twin: Callable[[FieldUse, FieldUse], bool]
) -> list[Candidate]:
    """The one that holds the concept; others that hold a good deal of their own are a question."""
    ranked = sorted(
        candidates,
        key=lambda found: (
            -(found.found.confidence if _is_filled(found.use) else 0),
            -found.use.filled_count,
            found.use.field,
        ),
    )
    first, *others = ranked
    rivals = [
        other
        for other in others
        if other.base is None
        and other.use.fill_rate >= HARDLY
        and not is_twin(other.use, first.use)
    ]
    return [first, *(_as_question(rival, first) for rival in rivals)]


def _as_question(rival: Candidate, first: Candidate) -> Candidate:
    found = Match(rival.concept, min(0.5, rival.found.confidence), rival.found.basis)
    return replace(rival, found=found, note=f"{first.use.field} is taken; {rival.note}".strip("; "))


def _is_filled(use: FieldUse) -> bool:
    return use.fill_rate >= 0.01 or use.change_count > 0


def _finding(candidate: Candidate) -> Finding:
    row = {
        "source_system": candidate.use.source_system,
        "object_type": candidate.use.object_type,
        "source_field": candidate.use.field,
        "concept": candidate.concept,
        "applies_to": candidate.applies_to,
        "is_optional": "true" if candidate.base else "false",
        "coverage_from": "",
    }
    if candidate.base is not None:
        row = {**row, **candidate.base, "source_system": candidate.base["source_system"]}
    allowed = allowed_values("field_mappings", "concept")
    is_known = not allowed or candidate.concept in allowed
    return field_finding(
        candidate.use,
        candidate.concept,
        candidate.found,
        row if is_known else None,
        candidate.note or candidate.applies_to,
    )


def _one_concept_a_field(findings: Sequence[Finding]) -> list[Finding]:
    """A field found for two concepts is taken for the surer one."""
    best: dict[Field, Finding] = {}
    for finding in findings:
        field = (finding.source_system, finding.object_type, finding.field)
        if field not in best or finding.confidence > best[field].confidence:
            best[field] = finding
    standard = {id(finding) for finding in findings if finding.confidence == 1}
    return [
        finding
        for finding in findings
        if id(finding) in standard
        or best[finding.source_system, finding.object_type, finding.field] is finding
    ]


def _look_like_times(values: Sequence[str]) -> bool:
    return bool(values) and all(
        re.match(r"\d{4}-\d{2}-\d{2}|\d{12,13}$", value) for value in values
    )


def _is_number(value: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", value))
