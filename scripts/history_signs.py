"""Whether a file looks like the history of records that a timeline is made of.

Such a file that is not read is missed by every number, so that is an error and no remark: the
build would go on with today's values alone. Histories of objects that no timeline reads (tickets,
products, objects of one's own) may lie in the folder.
"""

import re
from collections.abc import Sequence

from scripts.field_names import field_key, squashed
from scripts.raw_contract import LoadError

# What a file calls the field that changed, its value, and when.
_FIELDS = frozenset(
    map(squashed, ("property", "property name", "field", "field name", "field / event", "name"))
)
_BEFORE_AND_AFTER = (
    frozenset(map(squashed, ("old value", "previous value", "from value", "old stage"))),
    frozenset(map(squashed, ("new value", "value", "to value", "new stage"))),
)
_WHEN = frozenset(
    map(
        squashed,
        (
            *("timestamp", "changed at", "change date", "date of change", "changed on"),
            *("edit date", "created date", "modified at", "updated at", "changed", "date"),
        ),
    )
)
_NAMED = re.compile(r"(^|_)(history|histories|changelog|change_log|changes|audit|historie)($|_)")
_OURS = re.compile(
    r"(^|_)(contacts?|leads?|compan(y|ies)|accounts?|deals?|opportunit(y|ies)|records?|people|"
    r"persons?|kontakte?|unternehmen|firmen|property|field|stages?|status|lifecycle(_?stage)?|owners?)(?=_|$)"
)
# The CRM's other objects; histories of one's own objects end with __history or c_history.
_OTHERS = re.compile(
    r"(^|_)(tickets?|products?|line_items?|opportunity_line_item|quotes?|orders?|courses?|"
    r"listings?|services?|cases?|contracts?|assets?|campaigns?|emails?|users?|tasks?|events?|"
    r"solutions?|entitlements?|invoices?|payments?|subscriptions?|carts?|goals?|forms?|lists?|"
    r"logins?|setup)(?=_|$)|(__|_c_)history$"
)


# Of the reasons for which a file is left out, those that say nothing of whose it is.
_NOBODYS = ("no table of this name", "none that is read", "is not read")


def looks_like_history(stem: str, header: Sequence[str]) -> bool:
    """Whether a file so called, with these columns, holds changes of records that are judged."""
    if is_of_other_objects(stem):
        return False
    name = field_key(stem)
    squeezed = {squashed(column) for column in header}
    before, after = (bool(squeezed & names) for names in _BEFORE_AND_AFTER)
    if squeezed & _WHEN and after and (before or squeezed & _FIELDS):
        return True
    return bool(_NAMED.search(name) and (_OURS.search(name) or not _NAMED.sub("", name).strip("_")))


def is_of_other_objects(stem: str) -> bool:
    """Whether a file's name says that it is about objects that no timeline reads."""
    return bool(_OTHERS.search(field_key(stem)) or stem.lower().endswith("__history"))


def stop_at_history(name: str, stem: str, header: Sequence[str], why: str) -> None:
    """Raise `LoadError` where a file that was not taken, and is nobody else's, is a history."""
    is_nobodys = why.endswith(_NOBODYS)
    if is_nobodys and looks_like_history(stem, header):
        raise LoadError(
            f"{name} looks like a history of changes, but was not taken ({why}): without it no "
            "stage has a past. Name it after its table, let the export include the missing "
            "columns, or take it away"
        )
