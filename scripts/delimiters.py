"""What parts the cells of a CSV file: told by its header, whose names hold no such sign.

A spreadsheet of a country with decimal commas parts cells by semicolons, and some programs by tabs
or bars. Excel states it in a line of its own before the header (`sep=;`).
"""

import csv
import re

_DELIMITERS = (",", ";", "\t", "|")
_STATED = re.compile(r'"?sep=([,;\t|])"?', re.IGNORECASE)


def stated_delimiter(line: str) -> str | None:
    """The delimiter that a line states, where it is such a line and no header."""
    stated = _STATED.fullmatch(line.strip(" \r\n\ufeff"))
    return stated[1] if stated else None


def delimiter_of(header: str) -> str:
    """The sign that parts a header line into most cells; a comma where none does."""
    counts = {one: len(next(csv.reader([header], delimiter=one), [])) for one in _DELIMITERS}
    return max(_DELIMITERS, key=lambda one: counts[one])
