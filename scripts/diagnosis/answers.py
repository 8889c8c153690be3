"""From facts to answers: can a headline or rule be answered, why not, and what unlocks it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scripts.diagnosis.checks import NEARLY_ALL, State
from scripts.diagnosis.knowledge import Fact, Knowledge, Question
from scripts.reporting.wording import not_judged_reason

CONNECTORS = ("fivetran", "dlt", "airbyte", "export")


@dataclass(frozen=True)
class Answer:
    """What can be said of one question: yes, partly (with the least share), no, or never."""

    question: Question
    answer: str
    share: float
    reasons: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Judged:
    """How many of a rule's subjects the build judged, and why most of the others were not."""

    judged_count: int
    subject_count: int
    main_reason: str | None

    def __str__(self) -> str:
        return f"{self.judged_count:,} of {self.subject_count:,} judged"

    @property
    def others(self) -> tuple[str, ...]:
        """Why, in words, where more than a few were left out."""
        if self.judged_count >= NEARLY_ALL * self.subject_count:
            return ()
        return (f"the others, or most of them: {not_judged_reason(self.main_reason)}",)


def answer_of(
    question: Question, states: Mapping[str, Sequence[State]], roles: Collection[str]
) -> Answer:
    """The worst of what it needs; what would only sharpen it makes it partly answered.

    A question about a stage whose role no stage of the policy plays has no answer.
    """
    if lacking := [role for role in question.roles if role not in roles]:
        reason = f"the policy has no stage of role {' or '.join(lacking)}"
        return Answer(question, "no", 0.0, (reason,), ())
    answer, share = "yes", 1.0
    reasons: list[str] = []
    missing: list[str] = []
    for fact_id in (*question.needs, *question.better_with):
        said, fact_share = _together(states[fact_id])
        if said == "never" and fact_id in question.needs:
            state = states[fact_id][0]
            return Answer(question, "never", 0.0, (state.fact.excused[state.source.kind],), ())
        if said in ("yes", "never"):
            continue
        missing.append(fact_id)
        reasons.append(_reason(states[fact_id][0].fact, said, states[fact_id]))
        if fact_id in question.needs:
            share = min(share, fact_share)
            answer = "no" if "no" in (said, answer) else "partly"
        elif answer == "yes":
            answer = "partly"
    return Answer(question, answer, share, tuple(reasons), tuple(missing))


def _together(states: Sequence[State]) -> tuple[str, float]:
    """Of several sources: one is enough for some facts, all others need every source."""
    asked = [state for state in states if state.answer != "never"]
    if not asked:
        return "never", 0.0
    answers = [state.answer for state in asked]
    shares = [state.share for state in asked]
    if states[0].fact.is_from_any:
        best = max(asked, key=lambda state: ("no", "partly", "yes").index(state.answer))
        return best.answer, best.share
    if len(set(answers)) == 1:
        return answers[0], min(shares)
    # One source that has it all and one that has nothing: half an answer.
    return "partly", sum(shares) / len(shares)


def _reason(fact: Fact, said: str, states: Sequence[State]) -> str:
    if said == "no" and not any(state.because for state in states):
        return f"no {fact.title}"
    parts = [_part(state) for state in states if state.answer not in ("yes", "never")]
    return f"{fact.title}: {', '.join(parts)}"


def _part(state: State) -> str:
    share = f"{state.share:.0%}".replace("%", " %") if state.share else "none"
    part = f"{share} of {state.source.system}"
    short = ", ".join(state.short_of).replace("_", " ")
    why = f"short of {short}" if short and state.share else state.because
    return f"{part} ({why})" if why else part


def unlocks(
    knowledge: Knowledge,
    answers: Sequence[Answer],
    states: Mapping[str, Sequence[State]],
    connectors: Mapping[str, Sequence[str]],
) -> Iterator[tuple[Fact, list[str], list[str]]]:
    """Each missing fact once: the questions it holds up, and what to do at each source.

    Facts that one and the same step brings are one.
    """
    told: dict[tuple[str, ...], tuple[Fact, list[str]]] = {}
    for fact_id, fact in knowledge.facts.items():
        held_up = [answer.question.code for answer in answers if fact_id in answer.missing]
        if not held_up:
            continue
        steps = [
            step
            for state in states[fact_id]
            if state.answer not in ("yes", "never")
            for step in _steps(state, connectors[state.source.system])
        ]
        key = tuple(steps)
        if key in told:
            first, codes = told[key]
            fact = replace(first, title=f"{first.title}; {fact.title}")
            held_up = list(dict.fromkeys([*codes, *held_up]))
        told[key] = (fact, held_up)
    for steps_taken, (fact, codes) in told.items():
        yield fact, codes, list(steps_taken)


def _steps(state: State, connectors: Sequence[str]) -> Iterator[str]:
    if state.advice:
        yield f"{state.source.system}: {state.advice}"
        return
    told = state.fact.unlock[state.source.kind]
    if isinstance(told, str):
        yield f"{state.source.system}: {told}"
        return
    for connector in connectors or CONNECTORS:
        yield f"{state.source.system}, {connector}: {told[connector]}"
