"""What the words of a CRM mean: labels and ids against a vocabulary in several languages.

`vocabulary.csv` holds (kind, value, word): the words under which a concept's value is known.
Matching is by normalised text: exact, then part by part, then by shared words.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from scripts.policy.checks import UNANSWERED

VOCABULARY = Path(__file__).with_name("vocabulary.csv")
# From here on a proposal is used without asking.
SURE = 0.7
# What stands in a seed row where only a person can answer.
ASKED = UNANSWERED
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "&": " and "})
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_WORDS = re.compile(r"[^a-z0-9]+")
_PARTS = re.compile(r"[-–—:/()|\[\],;]+")
_NUMBERING = re.compile(
    r"^\s*(?:\(?\d+[a-z]?[.):]?|[a-z]\)|[ivx]+[.)])\s*[-–.:]?\s+", re.IGNORECASE
)
_NEGATIONS = frozenset({"not", "no", "non", "nicht", "kein", "keine", "never", "ex", "former"})
# Words that say which field it is, not which value.
_FILLERS = frozenset({"stage", "phase", "the", "a", "an", "is", "der", "die", "das", "lifecycle"})


@dataclass(frozen=True)
class Match:
    """What a word means: a value (None: nothing known), how sure, and by what."""

    value: str | None
    confidence: float
    basis: str

    @property
    def is_sure(self) -> bool:
        """Whether it may be used without asking anybody."""
        return self.value is not None and self.confidence >= SURE

    @property
    def answer(self) -> str:
        """What a seed row says: a question mark where a person has to."""
        return self.value or "" if self.is_sure else ASKED


NOTHING = Match(None, 0.0, "not known")


def normalised(text: str | None) -> str:
    """Small letters and single blanks; umlauts spelt out, accents and numbering dropped."""
    plain = _CAMEL.sub(" ", _NUMBERING.sub("", text or "")).lower().translate(_UMLAUTS)
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return " ".join(_NOT_WORDS.sub(" ", ascii_only).split())


@cache
def vocabulary(kind: str) -> Mapping[str, str]:
    """Value by normalised word, of one kind."""
    with VOCABULARY.open(encoding="utf-8", newline="") as file:
        return {
            normalised(row["word"]): row["value"]
            for row in csv.DictReader(file)
            if row["kind"] == kind
        }


def match(kind: str, *texts: str | None) -> Match:
    """The best match of a value's label and id (in that order of trust).

    A label and an id that are both known and disagree are a question, for a default stage
    that was renamed keeps its id.
    """
    matches = [_match_one(kind, text) for text in dict.fromkeys(texts) if text]
    known = [found for found in matches if found.is_sure]
    if len({found.value for found in known}) > 1:
        said = " and ".join(sorted({str(found.value) for found in known}))
        return Match(known[0].value, 0.5, f"label and id disagree ({said})")
    if known:
        return max(known, key=lambda found: found.confidence)
    return max(matches, key=lambda found: found.confidence, default=NOTHING)


def _match_one(kind: str, text: str) -> Match:
    words = vocabulary(kind)
    whole = normalised(text)
    if not whole:
        return NOTHING
    squashed = {word.replace(" ", ""): value for word, value in words.items()}
    value = words.get(whole, squashed.get(whole.replace(" ", "")))
    if value is not None:
        return Match(value, 0.95, "known word")
    return _by_parts(words, text) or _by_tokens(words, whole)


def _by_parts(words: Mapping[str, str], text: str) -> Match | None:
    """Such as `MQL - Marketing qualified lead`: every part known, and all agree."""
    parts = [part for part in map(normalised, _PARTS.split(text)) if part]
    values = {words.get(part) for part in parts}
    if len(parts) > 1 and len(values) == 1 and None not in values:
        return Match(values.pop(), 0.9, "known word in each part")
    return None


def _by_tokens(words: Mapping[str, str], whole: str) -> Match:
    tokens = set(whole.split()) - _FILLERS
    best: dict[str, float] = {}
    for word, value in words.items():
        if not value:  # what means nothing must be said in so many words
            continue
        best[value] = max(best.get(value, 0.0), _likeness(tokens, set(word.split()) - _FILLERS))
    ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < 0.4:
        return NOTHING
    (value, score), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0.0
    if score >= 0.65 and score - second >= 0.15:
        return Match(value, min(0.85, 0.5 + 0.35 * score), "like a known word")
    return Match(value, min(0.6, 0.2 + 0.4 * score), "somewhat like a known word")


def _likeness(left: set[str], right: set[str]) -> float:
    """Shared words over all words; a negation on one side only halves it."""
    if not left or not right:
        return 0.0
    shared = sum(any(_same(one, other) for other in right) for one in left)
    score = shared / (len(left) + len(right) - shared)
    return score / 2 if bool(left & _NEGATIONS) != bool(right & _NEGATIONS) else score


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 5:
        return False
    # disqualified is not a misspelt qualified
    return one[0] == other[0] and SequenceMatcher(None, one, other).ratio() >= 0.85


def share_known(kind: str, values: Iterable[str]) -> float:
    """The share of distinct values that the vocabulary knows for sure."""
    found = [match(kind, value).is_sure for value in values]
    return sum(found) / len(found) if found else 0.0


_DIGEST = re.compile(r"[A-Za-z0-9+/]{22}==|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}")


def is_digest(value: str) -> bool:
    """Whether a value looks hashed: such values say nothing to anybody."""
    return bool(_DIGEST.fullmatch(value))
