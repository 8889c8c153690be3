"""The proposal in words: for the screen, as a report, and as a table for a spreadsheet."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from scripts.policy.faults import told
from scripts.policy.files import QUESTIONS
from scripts.proposal.findings import Finding
from scripts.proposal.moves import Order
from scripts.proposal.policy import pasted, subject_of
from scripts.proposal.propose import Proposal, kind_of, subject_of_finding
from scripts.proposal.questions import Question
from scripts.reporting.wording import holders

TITLES = {
    "field_mappings": "Fields",
    "lifecycle_stage": "Lifecycle stages",
    "lead_status": "Lead statuses",
    "rejection_reason": "Rejection reasons",
    "pipeline": "Pipelines",
    "deal_stage": "Deal stages",
    "lead_source": "Lead sources",
    "change_source": "Kinds of change",
    "team": "Teams",
    "activity_type": "Activity types",
    "form": "Forms without a pattern of their own",
    "exclusion": "Left out",
}
COLUMNS = (
    "seed", "concept", "source_system", "object_type", "field", "source_value", "label",
    "proposal", "confidence", "basis", "needs_decision", "row_count", "record_count",
    "change_count", "fill_rate", "first_used_at", "last_used_at", "note",
)  # fmt: skip
# What a list counts where that is not the rows that hold a value now.
COUNTED = {"change_source": ("changes", "change_count"), "team": ("users", "record_count")}
# How many rows of one list the screen shows; the report shows all.
SHOWN = 14
# How many questions of one list: those that hold everything else up, and others.
ASKED_SHOWN = {"field_mappings": 10, "lifecycle_stage": 20, "deal_stage": 20}
OTHERS_SHOWN = 4


def as_csv(proposal: Proposal) -> str:
    """Every finding, the row that the seed has or wants beside it."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*COLUMNS, "seed_row"])
    for finding in proposal.findings:
        cells = [_cell(getattr(finding, name)) for name in COLUMNS]
        writer.writerow([*cells, _row(proposal, finding)])
    return file.getvalue()


def as_screen(proposal: Proposal, name: str, is_dry: bool) -> str:
    """The proposal on a terminal, at most 100 columns wide."""
    return "\n".join(_screen(proposal, name, is_dry))


def _screen(proposal: Proposal, name: str, is_dry: bool) -> Iterator[str]:
    yield f"proposal for seeds/{name} from {_sources(proposal)}, {_records(proposal)}"
    for title, findings in _lists(proposal):
        yield ""
        counted, count = COUNTED.get(findings[0].concept, ("rows", "row_count"))
        yield _line(title, "proposal", "sure", counted, "last used")
        # Standard fields are in the report: here are those that had to be found.
        are_fields = findings[0].seed == "field_mappings"
        shown = [found for found in findings if not are_fields or found.confidence < 1]
        for finding in shown[:SHOWN]:
            yield _line(
                "  " + _named(finding),
                ("? " if finding.needs_decision else "") + (finding.proposal or "–"),
                f"{finding.confidence:.2f}",
                f"{getattr(finding, count):,}",
                f"{finding.last_used_at:%Y-%m-%d}" if finding.last_used_at else "–",
            )
        if len(findings) > len(shown[:SHOWN]):
            what = "standard fields" if are_fields else "more"
            yield f"  … {len(findings) - len(shown[:SHOWN])} {what} in the report"
    yield ""
    yield from _remarks(proposal)
    yield ""
    yield from _decisions(proposal, name, is_dry)
    if is_dry:
        yield "dry run: nothing was written"
    else:
        beside = f", seeds/{name}/{QUESTIONS}" if proposal.undecided else ""
        yield f"wrote seeds/{name}{beside}, reports/init-{name}.md and reports/init-{name}.csv"
        yield from _next(proposal, name)


def _next(proposal: Proposal, name: str) -> Iterator[str]:
    """What to type next: a build stops where something in the policy cannot stand."""
    update = f"python -m scripts.init {name}{proposal.options} --update"
    if proposal.faults or proposal.wrong_answers:
        yield f"next: put that right, then {update}"
        return
    if proposal.undecided:
        yield f"next: fill in column answer of seeds/{name}/{QUESTIONS} (a value, yes or no), then"
        yield f"      {update}"
        yield f"or with what is known: {_build(proposal, name)}"
        return
    yield f"next: {_build(proposal, name)}"


def _build(proposal: Proposal, name: str) -> str:
    stated = "" if proposal.is_remembered else f"LIFECYCLE_POLICY={name} "
    return f"{stated}make build {_loaded(proposal)}"


def _loaded(proposal: Proposal) -> str:
    """How the data are named to a build: of several CRMs, whichever is loaded next."""
    system, kind = list(proposal.systems.items())[-1]
    own_name = f" NAME={system}" if system != kind else ""
    return f"SOURCE={kind} DATA=…{own_name}"


def questions(proposal: Proposal) -> list[Question]:
    """What the file of questions holds: those that are open, and those that were told no."""
    wrong = {fault.line: fault for fault in proposal.wrong_answers}
    kept = [question for question in proposal.given if question.line in wrong]
    there = {subject_of(one.seed, proposal.policy[one.seed], one.row) for one in kept}
    asked = [
        Question(
            seed=finding.seed,
            row=dict(finding.row),
            about=TITLES[kind_of(finding)],
            in_the_crm=_named(finding)
            if finding.seed == "field_mappings"
            else finding.source_value,
            label=finding.label,
            perhaps=finding.label if finding.seed == "record_exclusions" else finding.proposal,
            used_by=holders(finding.record_count, finding.concept),
            why=finding.basis,
        )
        for finding in proposal.undecided
        if finding.row is not None and subject_of_finding(proposal.policy, finding) not in there
    ]
    return [*kept, *asked, *(one for one in proposal.given if one.is_no)]


def _line(name: str, proposal: str, sure: str, rows: str, last: str) -> str:
    return f"{_cut(name, 44):45}{_cut(proposal, 25):26}{sure:>5}{rows:>10}{last:>12}".rstrip()


def _cut(text: str, length: int) -> str:
    clean = " ".join(text.split())
    clean = ("  " if text.startswith("  ") else "") + clean
    return clean if len(clean) <= length else clean[: length - 1] + "…"


def _named(finding: Finding) -> str:
    if finding.seed == "field_mappings":
        return f"{finding.object_type}.{finding.field}"
    if finding.label and finding.label.lower() != finding.source_value.lower():
        return f"{finding.source_value} ({finding.label})"
    return finding.source_value


def _lists(proposal: Proposal) -> Iterator[tuple[str, list[Finding]]]:
    """What was found, by kind; of several CRMs, each by itself."""
    for key, title in TITLES.items():
        found = [
            finding
            for finding in proposal.findings
            if key == ("field_mappings" if finding.seed == key else finding.concept)
            and (finding.seed == "field_mappings") == (key == "field_mappings")
        ]
        for system in dict.fromkeys(finding.source_system for finding in found):
            of_system = [finding for finding in found if finding.source_system == system]
            has_others = len(proposal.systems) > 1 and system in proposal.systems
            yield f"{title}, {system}" if has_others else title, of_system


def _records(proposal: Proposal) -> str:
    # A person who is a lead and a contact is two: whether they are one, the models find out.
    return f"{proposal.people_count:,} records of people"


def _sources(proposal: Proposal) -> str:
    return ", ".join(
        system if system == kind else f"{system} ({kind} format)"
        for system, kind in proposal.systems.items()
    )


def _remarks(proposal: Proposal) -> Iterator[str]:
    """What did not fit a table: order and ties, stages nobody means, fields that say nothing."""
    for system, order in proposal.orders.items():
        if not order.values:
            continue
        labels = _labels(proposal, system)
        named = [labels.get(value, value) for value in order.values]
        where = f" in {system}" if len(proposal.systems) > 1 else ""
        yield f"seen order of stages{where}: {' → '.join(named)}"
        for one, other in order.ties:
            tied = f"{labels.get(one, one)} before {labels.get(other, other)}"
            yield f"  tie: as many records reach {tied} as after it"
        if placeless := _placeless(proposal, system, order):
            yield f"  no place, for they always lie between equal values: {_some(placeless)}"
    if not any(finding.concept == "lifecycle_stage" and finding.seed == "value_mappings"
               for finding in proposal.findings):  # fmt: skip
        is_dated = any(finding.concept == "stage_date" for finding in proposal.findings)
        may_hold = [
            _named(finding)
            for finding in proposal.undecided
            if finding.seed == "field_mappings" and finding.proposal == "lifecycle_stage"
        ]
        if may_hold:
            yield f"lifecycle stages may stand in {_some(may_hold)}: decide that first"
        elif is_dated:
            yield "lifecycle stages have landed as dates only"
        else:
            yield "no field with lifecycle stages has landed: see python -m scripts.doctor"
    if proposal.unused_stages:
        unused = ", ".join(proposal.unused_stages)
        if any(found.needs_decision and found.concept == "lifecycle_stage"
               for found in proposal.findings):  # fmt: skip
            yield f"no value means {unused} yet: once all are decided, init --update takes them out"
        else:
            yield f"no value means {unused}: is_active is false there"
    elif not any(found.concept in ("lifecycle_stage", "stage_date") and found.row is not None
                 for found in proposal.findings):  # fmt: skip
        yield "the model keeps every stage of b2b until a value means one"
    if proposal.hashed_fields:
        names = [f"{use.object_type}.{use.field}" for use in proposal.hashed_fields]
        yield f"hashed, so nothing can be read from them: {_some(names)}"
    if proposal.absent_fields:
        yield f"not landed: {_some(proposal.absent_fields)}"
    for system, count in proposal.writers.items():
        users = "1 user who wrote" if count == 1 else f"{count:,} users who wrote"
        yield f"{users} changes in {system} taken for people, by type, name and number of changes"
    own = [f"{row['domain']} {row['record_count']:,}" for row in proposal.domains[:5]]
    if own:
        yield f"most frequent e-mail domains: {', '.join(own)}"


def _placeless(proposal: Proposal, system: str, order: Order) -> list[str]:
    """Stage values that were entered, and whose moves tell no direction."""
    return [
        _named(finding)
        for finding in proposal.findings
        if finding.seed == "value_mappings"
        and (finding.concept, finding.source_system) == ("lifecycle_stage", system)
        and finding.change_count
        and finding.source_value.lower() not in order.values
    ]


def _labels(proposal: Proposal, system: str) -> dict[str, str]:
    """What a CRM calls its stage values, by the value in small letters."""
    return {
        finding.source_value.lower(): finding.label
        for finding in proposal.findings
        if finding.concept == "lifecycle_stage"
        and finding.label
        and finding.source_system == system
    }


def _some(names: Sequence[str], most: int = 6) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _decisions(proposal: Proposal, name: str, is_dry: bool) -> Iterator[str]:
    """What needs a person, the most important last: it stands nearest to what is typed next."""
    undecided = proposal.undecided
    by_kind = {
        kind: [found for found in undecided if kind_of(found) == kind]
        for kind in dict.fromkeys(kind_of(found) for found in undecided)
    }
    for kind, asked in reversed(by_kind.items()):
        shown = asked[: ASKED_SHOWN.get(kind, OTHERS_SHOWN)]
        yield f"  {TITLES[kind]}, seeds/{name}/{asked[0].seed}.csv"
        for finding in shown:
            yield f"    {_row(proposal, finding)}"
            used_by = holders(finding.record_count, finding.concept)
            perhaps = f"perhaps {finding.proposal}: " if finding.proposal else ""
            yield f"      {_named(finding)}: {perhaps}{finding.basis}, {used_by}"
        if len(asked) > len(shown):
            where = "the file of questions" if is_dry else QUESTIONS
            yield f"    … {len(asked) - len(shown):,} more in {where}"
    if undecided:
        counts = ", ".join(
            f"{len(asked):,} {TITLES[kind].lower()}" for kind, asked in by_kind.items()
        )
        share = proposal.undecided_people_count / max(proposal.people_count, 1)
        pending = "it is" if len(undecided) == 1 else "they are"
        noun = "question" if len(undecided) == 1 else "questions"
        yield (
            f"{len(undecided):,} {noun} ({counts}), {_rate(share)} of contacts;"
            f" unmapped until {pending} answered"
        )
    for faults in (proposal.faults, proposal.wrong_answers):
        if faults:
            yield from told(faults, faults[0].path.parent)
    if not undecided and not proposal.faults and not proposal.wrong_answers:
        yield "nothing needs a person"


def _rate(share: float) -> str:
    return (
        "0 %" if not share else "under 1 %" if share < 0.01 else f"{share:.0%}".replace("%", " %")
    )


def _row(proposal: Proposal, finding: Finding) -> str:
    return pasted(proposal.policy[finding.seed], finding.row) if finding.row is not None else ""


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def as_markdown(proposal: Proposal, name: str) -> str:
    """The report: every list whole, moves, and what needs a person."""
    return "\n".join(_markdown(proposal, name)) + "\n"


def _markdown(proposal: Proposal, name: str) -> Iterator[str]:
    yield f"# Proposal for seeds/{name}"
    yield ""
    yield f"From {_sources(proposal)}: {_records(proposal)}. Rows marked with ? are"
    yield "in no seed: they need a person, and show as unmapped until then."
    yield ""
    yield "## What needs a person"
    yield ""
    yield "```"
    yield from _decisions(proposal, name, is_dry=False)
    yield "```"
    for title, findings in _lists(proposal):
        yield from ("", f"## {title}", "")
        yield "| in the CRM | proposal | sure | by | now | ever | changes | first | last | note |"
        yield "|---|---|--:|---|--:|--:|--:|---|---|---|"
        yield from map(_markdown_row, findings)
    yield from ("", "## Moves", "")
    yield from (f"- {remark.strip()}" for remark in _remarks(proposal))
    yield ""
    if proposal.moves:
        yield "| from | to | moves |"
        yield "|---|---|--:|"
        for move in proposal.moves:
            yield f"| {_safe(move.from_value)} | {_safe(move.to_value)} | {move.move_count:,} |"
    kept = Counter(finding.seed for finding in proposal.findings if finding.is_written)
    yield from ("", "## Where the rows are", "")
    for seed in proposal.policy:
        source = f"{kept[seed]} rows found here" if kept[seed] else "as in b2b"
        yield f"- {seed}.csv: {len(proposal.policy[seed].rows)} rows, {source}"


def _markdown_row(finding: Finding) -> str:
    fill = f", {finding.fill_rate:.0%} filled" if finding.fill_rate is not None else ""
    cells = [
        _safe(_named(finding)),
        _safe(("**?** " if finding.needs_decision else "") + (finding.proposal or "–")),
        f"{finding.confidence:.2f}",
        _safe(finding.basis + fill),
        f"{finding.row_count:,}",
        f"{finding.record_count:,}",
        f"{finding.change_count:,}",
        f"{finding.first_used_at:%Y-%m-%d}" if finding.first_used_at else "–",
        f"{finding.last_used_at:%Y-%m-%d}" if finding.last_used_at else "–",
        _safe(finding.note),
    ]
    return f"| {' | '.join(cells)} |"


def _safe(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
