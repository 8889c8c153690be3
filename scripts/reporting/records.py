"""Records at fault as lines of text, for JUnit: the first ones, without personal data."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scripts.reporting.wording import plain, web_link

# A list is read by a person who wants to know what kind of thing is wrong.
SHOWN = 10
# What may hold a name, an address or free text; ids, codes and times say enough.
_PERSONAL = re.compile(
    r"(?i)e_?mail|name|phone|address|notes?$|raw|title|subject$|url|message_text"
)


def first_records(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The first rows as `column value` pairs, and how many more there are."""
    lines = [
        "; ".join(
            f"{name} {plain(value)}"
            for name, value in row.items()
            if value is not None and not _PERSONAL.search(name)
        )
        for row in rows[:SHOWN]
    ]
    return [*lines, *_more(len(rows))]


def first_violations(rows: Sequence[Mapping[str, Any]], count: int) -> list[str]:
    """Violations as record, evidence and link to the CRM; `count` is how many there are."""
    lines = [
        " · ".join(
            part
            for part in (
                plain(row["record_id"]),
                plain(row["evidence"]),
                web_link(row["crm_url"]) or "",
            )
            if part
        )
        for row in rows[:SHOWN]
    ]
    return [*lines, *_more(count)]


def with_query(lines: Iterable[str], query: str) -> str:
    """Lines of records, then the SQL that finds them all."""
    text = "\n".join(lines)
    return f"{text}\n\n{query.strip()}".strip()


def _more(count: int) -> list[str]:
    return [f"and {count - SHOWN:,} more"] if count > SHOWN else []
