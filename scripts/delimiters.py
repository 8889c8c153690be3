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
    """The sign that parts a header line into most cells, quoted ones whole; else a comma."""

    def cells(delimiter: str) -> tuple[bool, int]:
        cell = f'(?:"(?:[^"]|"")*"|[^"{delimiter}][^{delimiter}]*)?'
        is_whole = re.fullmatch(f"{cell}(?:[{delimiter}]{cell})*", header.strip()) is not None
        return is_whole, len(next(csv.reader([header], delimiter=delimiter), []))

    return max(_DELIMITERS, key=cells)
