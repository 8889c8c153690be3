"""`seeds/<name>/QUESTIONS.csv`: what a person has to say, a line each, to be filled in.

`init` writes it beside the seeds, `init --update` takes its answers into them. An answer is a
value that the column `row` may hold in place of its question mark, `yes` for what the column
`perhaps` says, or `no`: then nothing is mapped, and it is asked no more.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.places import CannotRunError, name_for_people
from scripts.policy.checks import unanswered
from scripts.policy.files import QUESTIONS, Fault, SeedRow
from scripts.proposal.deals import SUPPORTS
from scripts.proposal.policy import (
    KEYS,
    Policy,
    Subject,
    pasted,
    subject_of,
    with_more,
)

COLUMNS = ("answer", "about", "in_the_crm", "label", "perhaps", "used_by", "why", "seed", "row")
YES = frozenset({"yes", "y", "ja", "oui", "si"})
NO = frozenset({"no", "none", "ignore", "nein", "non"})
# Where an answer stands in a row of each seed; a no may stand there, too.
ANSWER = {
    "value_mappings": "value",
    "field_mappings": "concept",
    "deal_stages": "deal_role",
    "deal_pipelines": "pipeline_kind",
    "lead_sources": "lead_source_group",
    "change_sources": "actor_kind",
    "team_mappings": "team",
    "record_exclusions": "reason",
    "activity_types": "signal",
}
# In these any word may stand, so that a no is no value that cannot be.
FREE = ("lead_sources", "record_exclusions")
# What activities of a signal are worth until somebody says more.
WORTH_OF_SIGNAL = {
    "conversion": {"points": "10"},
    "response": {"points": "5"},
    "sales_touch": {"is_sales": "true"},
}


@dataclass(frozen=True)
class Question:
    """One line: a row with a question mark, what was answered, and how it reads for people."""

    seed: str
    row: SeedRow
    answer: str = ""
    about: str = ""
    in_the_crm: str = ""
    label: str = ""
    perhaps: str = ""
    used_by: str = ""
    why: str = ""
    line: int = 0

    @property
    def is_no(self) -> bool:
        """Whether nothing is to be mapped. Of a pipeline it says that its deals count nowhere."""
        return self.answer.strip().lower() in NO and self.seed != "deal_pipelines"


def read_questions(folder: Path, policy: Policy) -> list[Question]:
    """The questions beside a policy, the answered ones among them.

    Raises `CannotRunError` where the file is not as it was written.
    """
    path = folder / QUESTIONS
    if not path.is_file():
        return []
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    header = text.partition("\n")[0]
    mark = max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark)
    if lacking := [
        name for name in ("answer", "seed", "row") if name not in (reader.fieldnames or ())
    ]:
        raise CannotRunError(
            f"{name_for_people(path)} line 1: its header lacks {', '.join(lacking)}: take the file"
            " away, and init --update writes it anew"
        )
    return [_question(cells, reader.line_num, path, policy) for cells in reader]


def _question(cells: Mapping[str, str | None], line: int, path: Path, policy: Policy) -> Question:
    told = {name: (cells.get(name) or "").strip() for name in COLUMNS}
    seed = policy.get(told["seed"])
    values = next(csv.reader([told["row"]]), [])
    if seed is None or told["seed"] not in ANSWER or len(values) != len(seed.header):
        raise CannotRunError(
            f"{name_for_people(path)} line {line}: columns seed and row are not as init wrote them:"
            " only the column answer is to be filled in"
        )
    row = dict(zip(seed.header, values, strict=True))
    return Question(**{**told, "row": row}, line=line)  # type: ignore[arg-type]


def as_questions_csv(questions: Sequence[Question], policy: Policy) -> str:
    """The file, with a byte order mark, so that spreadsheets read its umlauts."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for question in questions:
        cells = {**vars(question), "row": pasted(policy[question.seed], question.row)}
        writer.writerow([cells[name] for name in COLUMNS])
    return "\ufeff" + file.getvalue()


def without_noes(policy: Policy, faults: Iterable[Fault]) -> tuple[Policy, list[Question]]:
    """The policy without rows in which a no stands for the answer, and these noes."""
    wrong = {
        (fault.path.stem, tuple(fault.row.values())) for fault in faults if fault.row is not None
    }
    kept, noes = dict(policy), list[Question]()
    for name, column in ANSWER.items():
        seed = policy[name]
        said_no = [
            row
            for row in seed.rows
            if row[column].strip().lower() in NO
            and (name in FREE or (name, tuple(row.values())) in wrong)
            and name != "deal_pipelines"
        ]
        if said_no:
            kept[name] = seed.with_rows([row for row in seed.rows if row not in said_no])
        noes += [
            Question(name, {**row, column: "?"}, answer="no", why="said no in the seed")
            for row in said_no
        ]
    return kept, noes


def with_answers(
    policy: Policy, shipped: Policy, questions: Iterable[Question]
) -> tuple[Policy, dict[Subject, Question]]:
    """The policy with the rows that were answered, and which question each comes from."""
    rows: dict[str, list[SeedRow]] = {}
    answered: dict[Subject, Question] = {}
    for question in questions:
        if question.answer in ("", "?") or question.is_no:
            continue
        row = _filled(question, policy, shipped)
        subject = subject_of(question.seed, policy[question.seed], row)
        answered[subject] = question
        rows.setdefault(question.seed, []).append(row)
    return {
        name: with_more(name, seed, rows.get(name, ())) for name, seed in policy.items()
    }, answered


def _filled(question: Question, policy: Policy, shipped: Policy) -> SeedRow:
    """The row with its answer, and with what follows from that."""
    asked = unanswered(question.row)
    main = ANSWER[question.seed]
    column = main if main in asked or not asked else asked[0]
    answer = question.answer.strip()
    if answer.lower() in YES and question.perhaps:
        answer = question.perhaps
    if column not in ("reason", "applies_to"):
        answer = answer.lower().replace(" ", "_")
    row = {**question.row, column: answer}
    if question.seed == "value_mappings" and row["concept"] == "lead_status":
        known = (*policy["value_mappings"].rows, *shipped["value_mappings"].rows)
        row["decision"] = next(
            (one["decision"] for one in known
             if one["concept"] == "lead_status" and one["value"] == answer), ""
        )  # fmt: skip
    elif question.seed == "deal_pipelines" and answer in NO:
        row["pipeline_kind"] = "ignored"
    elif question.seed == "deal_stages":
        row["supports_role"] = supported_by(row, policy)
    elif question.seed == "lead_sources":
        like = [one for one in shipped["lead_sources"].rows if one["lead_source"] == answer]
        for name in ("lead_source", "lead_source_group", "is_valid", "is_sales_created"):
            row[name] = like[0][name] if like else row[name]
    elif question.seed == "activity_types":
        row |= _worth(answer, shipped)
    return row


def supported_by(row: Mapping[str, str], policy: Policy) -> str:
    """What a deal in a stage of this role says of its account, by the kind of its pipeline."""
    kinds = [
        one["pipeline_kind"]
        for one in policy["deal_pipelines"].rows
        if one["source_system"] in (row["source_system"], "any")
        and one["pipeline"].lower() == row["pipeline"].lower()
    ]
    kind = kinds[0] if kinds else "new_business"
    return SUPPORTS.get(kind, {}).get(row["deal_role"], "")


def _worth(answer: str, shipped: Policy) -> SeedRow:
    """What an activity is worth that is like a known type, or of a signal."""
    names = ("priority", "signal", "points", "is_decisive", "is_two_way", "is_sales")
    like = [
        row
        for row in shipped["activity_types"].rows
        if row["activity_type"] == answer and row["asset_pattern"] == "%"
    ]
    like.sort(key=lambda row: row["direction"] != "any")
    return {name: like[0][name] for name in names} if like else WORTH_OF_SIGNAL.get(answer, {})


def wrong_answers(
    faults: Iterable[Fault], answered: Mapping[Subject, Question], policy: Policy, path: Path
) -> dict[Subject, Fault]:
    """Answers that cannot stand, told by their line in the file of questions."""
    found: dict[Subject, Fault] = {}
    for fault in faults:
        name = fault.path.stem
        if fault.row is None or name not in KEYS:
            continue
        subject = subject_of(name, policy[name], fault.row)
        if subject in answered:
            line = answered[subject].line
            found.setdefault(subject, Fault(path, fault.said, line, "answer"))
    return found
