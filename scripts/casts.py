"""What a cell must look like to be a value of its column; as SQL, for whole columns at once.

Nothing is guessed. A time is ISO 8601, and without an offset it is read in the session's time
zone (the loader sets it), but a date alone in a column of days is that day in no zone; an id is
text, never a number in scientific notation; a whole-number id that landed as a double (77.0) is
the whole number; where the contract names the words that a column may hold, it is one of them,
in any case.
"""

from dataclasses import replace

from scripts.hints import LOCAL_DATE, LOCAL_NUMBER, Hints
from scripts.raw_contract import Column, literal

_SCIENTIFIC = (
    r"[-+]?([0-9][eE][0-9]{1,3}|[0-9]+[eE][-+][0-9]{1,3}|[0-9]+\.[0-9]+[eE][-+]?[0-9]{1,3})"
)
# An id as a spreadsheet shows it: ="17", '17, 1,704 or 1.704 (also several, in a list of ids).
_ITEMS = "([^;]*;)*"
_WRAPPED = _ITEMS + r""" *(=.*|''[0-9A-Za-z_-]+|"[^;]*)(;.*)?"""
_SIGNS = ". ''\u00a0\u202f"
_GROUPED = _ITEMS + f" *[0-9]{{1,3}}([,{_SIGNS}][0-9]{{3}})+([.,][0-9]{{1,2}})? *(;.*)?"
# Between the ids of a list commas may stand too: 902,903 are two, and 1,704 is none.
_GROUPED_IN_LIST = _ITEMS + (
    f" *([0-9]{{1,2}}(,[0-9]{{3}})+|[0-9]{{1,3}}([{_SIGNS}][0-9]{{3}})+)([.,][0-9]{{1,2}})? *(;.*)?"
)
_WHOLE = r"[-+]?[0-9]+(\.0*)?"
_WHOLE_BIG = r"[-+]?[0-9]+(\.[0-9]+)?[eE]\+?[0-9]{1,2}"
_CLOCK = r"[ T]\s*[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ISO = rf"{_DAY}({_CLOCK}(\s*(Z|z|UTC|[-+][0-9]{{2}}(:?[0-9]{{2}})?))?)?"
# Moments that a plain cast reads as UTC, which is much cheaper than a cast by time zone.
_PLAIN_UTC = rf"{_DAY}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(\.[0-9]+)?Z"
_EXPECTED = {
    "varchar": "is not an id but a number in scientific notation",
    "bigint": "is not a whole number",
    "double": "is not a number",
    "boolean": "is not true or false",
    "timestamp": "is not an ISO 8601 time such as 2026-03-02 or 2026-03-02T09:14:00Z",
}


def is_checked(column: Column) -> bool:
    """Whether not every text will do."""
    return column.is_id or bool(column.values) or column.data_type not in ("varchar", "text")


def fault(column: Column, text: str, hints: Hints) -> str:
    """SQL: what is wrong with a text that is no value of its column, in words that follow it."""
    if column.values:
        return literal(f"is none of {', '.join(column.values)}")
    plainly = literal(_EXPECTED.get(column.data_type, ""))
    if column.data_type == "timestamp":
        if hints.dates:
            first = "day" if hints.dates == "dmy" else "month"
            why = f"is no date with the {first} first (--dates {hints.dates})"
        else:
            why = f"{_EXPECTED['timestamp']}: which is the day? load with --dates dmy or mdy"
        return rf"""case
            when regexp_full_match({text}, {literal(LOCAL_DATE)}) then {literal(why)}
            when regexp_full_match({text}, '[0-9]{{5}}(\.[0-9]+)?') then
                {literal(f"{_EXPECTED['timestamp']}, but may be a spreadsheet's number of a day: ")}
                || 'give the column the format of a date'
            else {plainly} end"""
    if column.data_type in ("double", "bigint") and not hints.decimal:
        why = f"{_EXPECTED[column.data_type]}: which sign parts decimals? "
        return f"""case
            when regexp_full_match({text}, {literal(LOCAL_NUMBER)}) and not contains({text}, 'e')
                and (contains({text}, ',') or {text} like '%.%.%')
                then {literal(why + "load with --decimal comma or point")}
            else {plainly} end"""
    if column.data_type == "varchar":
        return f"""case
            when regexp_full_match({text}, '{_WRAPPED}')
                then 'is an id in a spreadsheet''s wrapping: export the column as text'
            when regexp_full_match({text}, '{_grouped(column)}')
                then 'is an id with signs between thousands: export the column as text'
            else {plainly} end"""
    return plainly


def _grouped(column: Column) -> str:
    return _GROUPED_IN_LIST if column.is_list else _GROUPED


def cast(column: Column, text: str) -> str:
    """SQL: a trimmed text in its column's type, null where it is empty or does not fit."""
    if not is_checked(column):
        return text
    if column.values:
        words = ", ".join(literal(word) for word in column.values)
        return f"case when lower({text}) in ({words}) then lower({text}) end"
    if column.data_type == "varchar":
        # Most ids hold none of these characters, and looking for one is cheaper than a pattern.
        return f"""
            case
                when not regexp_matches({text}, '[.,eE''" \u00a0\u202f=]') then {text}
                when regexp_full_match({text}, '{_SCIENTIFIC}') then null
                when regexp_full_match({text}, '{_WRAPPED}') then null
                when regexp_full_match({text}, '{_grouped(column)}') then null
                when regexp_full_match({text}, '[-+]?[0-9]+\\.0+') then split_part({text}, '.', 1)
                else {text}
            end"""
    if column.data_type == "bigint":
        return f"""
            case
                when regexp_full_match({text}, '{_WHOLE}')
                    then try_cast(split_part({text}, '.', 1) as bigint)
                when regexp_full_match({text}, '{_WHOLE_BIG}')
                    and try_cast({text} as double) = trunc(try_cast({text} as double))
                    then try_cast(try_cast({text} as double) as bigint)
            end"""
    if column.data_type == "double":
        return f"""
            case
                when not contains({text}, '_') and isfinite(try_cast({text} as double))
                    then try_cast({text} as double)
            end"""
    if column.data_type == "boolean":
        return f"""
            case
                when lower({text}) in ('true', '1', 'yes', '1.0') then true
                when lower({text}) in ('false', '0', 'no', '0.0') then false
            end"""
    if column.is_day:
        read = cast(replace(column, is_day=False), text)
        day = f"regexp_full_match({text}, '{_DAY}')"
        return f"case when {day} then try_cast({text} as timestamp) else {read} end"
    if column.has_epoch:
        return f"""
            case
                when regexp_full_match({text}, '[0-9]{{11,14}}(\\.0*)?') then make_timestamp(
                    try_cast(split_part({text}, '.', 1) as bigint) * 1000
                )
                when regexp_full_match({text}, '[0-9]{{10}}(\\.0*)?') then make_timestamp(
                    try_cast(split_part({text}, '.', 1) as bigint) * 1000000
                )
                else {moment(text)}
            end"""
    return moment(text)


def moment(text: str) -> str:
    """SQL: a text as a UTC timestamp without zone, null where it is not ISO 8601."""
    tidied = (
        f"regexp_replace(regexp_replace(replace(replace({text}, ',', '.'), 'UTC', 'Z'), "
        rf"'\s+([-+Zz])', '\1'), '([ T]\s*[0-9]{{1,2}}:[0-9]{{2}})([-+Zz]|$)', '\1:00\2')"
    )
    return f"""
        case
            when regexp_full_match({text}, '{_PLAIN_UTC}') then try_cast({text} as timestamp)
            when regexp_full_match({text}, '{_ISO}') then timezone(
                'UTC', coalesce(
                    try_cast({text} as timestamptz), try_cast(upper({tidied}) as timestamptz)
                )
            )
        end"""
