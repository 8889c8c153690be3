"""Column names in another language, read by hint: `--language de`, or a map of one's own.

A map is a CSV of two columns, `header` (as it stands in the file) and `label` (as HubSpot's English
export, or the declared table, calls it). A `*` stands for the same text on both sides. Nothing is
translated without the hint, and values never are: what they mean is for the policy to say.
"""

import csv
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from scripts.raw_contract import LoadError

LANGUAGES = Path(__file__).resolve().parent / "hubspot" / "languages"
_COLUMNS = ["header", "label"]


@dataclass(frozen=True)
class Labels:
    """What headers mean: by their key form, and by pattern; `digest` tells one map from another.

    `language` is that of the shipped map, if it is one.
    """

    exact: Mapping[str, str]
    patterns: tuple[tuple[re.Pattern[str], str], ...]
    digest: str
    language: str = ""

    def label_of(self, header: str) -> str:
        """The English label, or the header itself where the map does not know it."""
        key = _key(header)
        if key in self.exact:
            return self.exact[key]
        for pattern, label in self.patterns:
            if found := pattern.fullmatch(key):
                return label.replace("*", _as_written(header, found[1]))
        return header

    def renames(self, header: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """The names that mean another, each with that; never one that stands there already."""
        there = {_key(name) for name in header}
        renames: list[tuple[str, str]] = []
        for name in header:
            label = self.label_of(name)
            if _key(label) not in there:
                there.add(_key(label))
                renames.append((name, label))
        return tuple(renames)


NO_LABELS = Labels({}, (), "")


def read_labels(language: str | None, own_map: Path | None) -> Labels:
    """The labels of a language and of one's own map, which goes first. Raises `LoadError`."""
    rows: list[tuple[str, str]] = []
    if own_map is not None:
        rows += _rows(own_map)
    if language is not None:
        file = LANGUAGES / f"{language.lower()}.csv"
        if not file.is_file():
            raise LoadError(
                f"--language {language} is not known, only {', '.join(languages())}: write a "
                "CSV with the columns header,label and name it with --headers"
            )
        rows += _rows(file)
    return replace(_labels(rows), language=(language or "").lower())


def languages() -> list[str]:
    """The languages that come with the project."""
    return sorted(file.stem for file in LANGUAGES.glob("*.csv"))


@cache
def language_of(header: tuple[str, ...]) -> str:
    """The language in which most of these names are labels (two at least), or empty."""
    counts = {
        language: len(_labels(_rows(LANGUAGES / f"{language}.csv")).renames(header))
        for language in languages()
    }
    best = max(counts, key=lambda language: counts[language], default="")
    return best if best and counts[best] > 1 else ""


def _labels(rows: Sequence[tuple[str, str]]) -> Labels:
    exact: dict[str, str] = {}
    patterns: list[tuple[re.Pattern[str], str]] = []
    for header, label in rows:
        key = _key(header)
        if "*" in key:
            before, _, after = key.partition("*")
            patterns.append((re.compile(f"{re.escape(before)}(.+){re.escape(after)}"), label))
        else:
            exact.setdefault(key, label)
    told = "\n".join(",".join(row) for row in rows)
    digest = hashlib.md5(told.encode(), usedforsecurity=False).hexdigest() if rows else ""
    return Labels(exact, tuple(patterns), digest)


def _rows(file: Path) -> list[tuple[str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            lines = list(csv.reader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise LoadError(f"--headers {file} cannot be read ({error})") from error
    if not lines or [cell.strip().lower() for cell in lines[0]] != _COLUMNS:
        raise LoadError(f"{file.name} line 1: the columns of a map are header,label")
    for number, cells in enumerate(lines[1:], start=2):
        stars = [cell.count("*") for cell in cells]
        if cells and (len(cells) != len(_COLUMNS) or not all(map(str.strip, cells))):
            raise LoadError(f"{file.name} line {number}: write a header and its label")
        if cells and (max(stars) > 1 or stars[0] != stars[1]):
            raise LoadError(f"{file.name} line {number}: one * in the header, one in the label")
    return list(_pairs(lines[1:]))


def _pairs(lines: Iterable[Sequence[str]]) -> Iterable[tuple[str, str]]:
    return ((cells[0].strip(), cells[1].strip()) for cells in lines if cells)


def _key(header: str) -> str:
    """A header without case and doubled blanks; quotes around a stage may be of any kind."""
    return re.sub('[„“”‚‘’"«»]', "'", " ".join(header.split())).casefold()


def _as_written(header: str, part: str) -> str:
    """What the star stood for, in the header's own letters."""
    plain = " ".join(header.split())
    start = _key(plain).find(part)
    same_length = len(_key(plain)) == len(plain)
    return plain[start : start + len(part)] if same_length else part
