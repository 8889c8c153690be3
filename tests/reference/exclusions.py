"""Records that a policy leaves out of everything."""

import re
from datetime import datetime
from functools import cache

from tests.reference.landed import Record
from tests.reference.policy import Policy, in_force


def is_excluded(record: Record, at: datetime, policy: Policy) -> bool:
    """Whether a pattern of record_exclusions in force fits the record (as `ilike`).

    A source's own row for a pattern wins over the row for any source.
    """
    email = (record.email or "").strip().lower()
    fields = {
        "email": email,
        "email_domain": email.rpartition("@")[2],
        "owner_id": record.today.get("owner") or "",
        "record_id": record.record_id,
    }
    return any(
        row["source_system"] in ("any", record.source)
        and bool(fields[row["field"]])
        and like(row["pattern"], fields[row["field"]])
        for row in in_force(policy.exclusions, at.date())
    )


@cache
def like(pattern: str, text: str) -> bool:
    """SQL's ilike: % is any text, _ any letter."""
    parts = {"%": ".*", "_": "."}
    expression = "".join(parts.get(letter, re.escape(letter)) for letter in pattern.lower())
    return re.fullmatch(expression, text.lower(), re.DOTALL) is not None
