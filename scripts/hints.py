"""What whoever loads says of the files, because nobody can know it: which of day and month comes
first, what parts decimals, in which zone a time without an offset was written.

A cell that is a date or a number as a whole is put into the one plain form that the loader and the
models read: ISO 8601, and a point before decimals. So a field that is text here, and mapped to a
concept later, is read like a declared column. Without a hint nothing is put right: an ambiguous
cell of a declared column is rejected, and its reject names the option.
"""

from dataclasses import dataclass

from scripts.raw_contract import Column, literal

DATES = ("dmy", "mdy")
DECIMALS = ("comma", "point")
# A day, a month and a year as people write them, with or without a time.
_BLANK = "[ \u00a0\u202f]"
_CLOCK = rf"[0-9]{{1,2}}:[0-9]{{2}}(:[0-9]{{2}}([.,][0-9]+)?)?({_BLANK}*[AaPp]\.?[Mm]\.?)?"
LOCAL_DATE = rf"[0-9]{{1,2}}([./-])[0-9]{{1,2}}[./-]([0-9]{{4}}|[0-9]{{2}})(,?{_BLANK}+{_CLOCK})?"
_SHORT_YEAR = r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2}([^0-9].*)?"
_ISO_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_NAIVE = rf"{_ISO_DAY}[ T][0-9]{{1,2}}:[0-9]{{2}}(:[0-9]{{2}}([.,][0-9]+)?)?"
_MIDNIGHT = rf"{_ISO_DAY}[ T]00:00(:00([.,]0+)?)?"
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
_ORDERS = {"dmy": "%d-%m", "mdy": "%m-%d"}
# By the sign before decimals: numbers in which it, or the other one between thousands, stands.
_NUMBERS = {
    "comma": r"[-+]?([1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?|[0-9]+,[0-9]+)",
    "point": r"[-+]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?",
}
# A number that one country reads otherwise than another.
LOCAL_NUMBER = r"[-+]?[0-9]{1,3}([.,][0-9]{3})*([.,][0-9]+)?"


@dataclass(frozen=True)
class Hints:
    """`dates` is dmy or mdy, `decimal` comma or point, or empty: not told."""

    dates: str = ""
    decimal: str = ""
    has_zone: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """What of it makes another load of the same files."""
        told = {"dates": self.dates, "decimal": self.decimal}
        return tuple(f"{name}={value}" for name, value in told.items() if value)


NO_HINTS = Hints()


def plain(column: Column, text: str, hints: Hints, is_number: str = "false") -> str:
    """SQL: the cell `text` in its plain form; where `is_number`, it is no text but a number."""
    if column.values or column.is_id or column.data_type == "boolean":
        return text
    if column.data_type in ("double", "bigint"):
        return _number(text, hints, is_number)
    if column.data_type == "timestamp":
        return (
            _case(text, [(LOCAL_DATE, _local(text, hints, in_utc=False))]) if hints.dates else text
        )
    return _free(text, hints, is_number)


def _free(text: str, hints: Hints, is_number: str) -> str:
    """SQL: text that may be a date or a number, in the form that the models read."""
    ways = []
    if hints.dates:
        ways.append((LOCAL_DATE, _local(text, hints, in_utc=True)))
    if hints.has_zone:
        ways.append((_MIDNIGHT, f"left({text}, 10)"))
        ways.append((_NAIVE, _in_utc(f"try_cast(replace({text}, ',', '.') as timestamp)")))
    read = _case(text, ways)
    return _number(read, hints, is_number) if hints.decimal else read


def _case(text: str, ways: list[tuple[str, str]]) -> str:
    if not ways:
        return text
    whens = " ".join(
        f"when regexp_full_match({text}, {literal(form)}) then coalesce({value}, {text})"
        for form, value in ways
    )
    return f"(case {whens} else {text} end)"


def _local(text: str, hints: Hints, in_utc: bool) -> str:
    """SQL: a local date in ISO 8601, null where there is no such day or time."""
    tidied = (
        rf"regexp_replace(regexp_replace(regexp_replace(upper({text}), '[./]', '-', 'g'), "
        rf"'[.,][0-9]+({_BLANK}|$)', '\1'), ',?{_BLANK}+', ' ', 'g')"
    )
    spaced = rf"regexp_replace({tidied}, ' ?([AP])[.-]?M[.-]?$', ' \1M')"

    def read(year: str) -> str:
        forms = ", ".join(literal(f"{_ORDERS[hints.dates]}-{year}{clock}") for clock in _CLOCKS)
        return f"try_strptime({spaced}, [{forms}])"

    moment = (
        f"case when regexp_full_match({text}, {literal(_SHORT_YEAR)}) then {read('%y')} "
        f"else {read('%Y')} end"
    )
    with_time = _in_utc(moment) if in_utc else f"strftime({moment}, '%Y-%m-%d %H:%M:%S')"
    day = f"strftime({moment}, '%Y-%m-%d')"
    return f"case when contains({text}, ':') then {with_time} else {day} end"


def _in_utc(naive: str) -> str:
    """SQL: a timestamp of the session's zone as ISO 8601 in UTC."""
    return f"strftime(timezone('UTC', cast({naive} as timestamptz)), '%Y-%m-%dT%H:%M:%SZ')"


def _number(text: str, hints: Hints, is_number: str) -> str:
    if not hints.decimal:
        return text
    tidied = f"replace({text}, '.', '')" if hints.decimal == "comma" else text
    value = "replace({}, ',', '{}')".format(tidied, "." if hints.decimal == "comma" else "")
    form = literal(_NUMBERS[hints.decimal])
    return (
        f"(case when regexp_full_match({text}, {form}) and not {is_number} then {value} "
        f"else {text} end)"
    )
