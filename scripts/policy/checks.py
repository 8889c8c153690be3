"""One function a kind of data test: which cells or rows of a seed fail it, in words."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from duckdb import DuckDBPyConnection

from scripts.policy.declared import DataTest, DeclaredSeed
from scripts.raw_contract import quoted

# What `init` and the build put where only a person can answer.
UNANSWERED = "?"
# Cells that hold what the CRM says in its own words: there a question mark may be a value.
OWN_WORDS = frozenset({
    "source_value", "source_field", "deal_stage", "pipeline", "label", "change_source",
    "source_team", "activity_type", "asset_pattern", "pattern",
})  # fmt: skip
# (line, column or nothing, what is wrong with it)
Said = tuple[int, str, str]
Check = Callable[[DuckDBPyConnection, DeclaredSeed, DataTest], Iterator[Said]]
_KINDS = {
    "bigint": "a whole number",
    "double": "a number, with a point for its fraction",
    "boolean": "true or false",
    "date": "a date such as 2026-06-30",
    "timestamp": "a moment such as 2026-06-30 18:00:00",
}
_MOST_LISTED = 15


def unanswered(row: Mapping[str, str]) -> list[str]:
    """The columns of a row that wait for an answer."""
    return [
        column
        for column, cell in row.items()
        if cell.strip() == UNANSWERED and column not in OWN_WORDS
    ]


def not_answered(options: str = "") -> str:
    """What to do about a question mark."""
    answer = f"it may be {options}" if options else "put the answer in its place"
    return f"'?' is not answered: {answer}; until somebody knows, take the row out"


def wrong_types(connection: DuckDBPyConnection, seed: DeclaredSeed) -> list[Said]:
    """Cells that are not of their column's type."""
    typed = [column for column, kind in seed.types.items() if kind in _KINDS]
    if not typed:
        return []
    cells = ", ".join(
        f"case when seed.{quoted(column)} is null then written.{quoted(column)} end"
        for column in typed
    )
    rows = connection.execute(
        f"select _line, {cells} from {quoted(seed.name)} as seed"
        f" inner join {quoted('written_' + seed.name)} as written using (_line)"
    ).fetchall()
    return [
        (line, column, _wrong(cell, f"'{cell}' is not {kind}", kind))
        for line, *wrong in rows
        for column, cell in zip(typed, wrong, strict=True)
        if cell is not None
        for kind in (_KINDS[seed.types[column]],)
    ]


def _accepted_values(
    connection: DuckDBPyConnection, seed: DeclaredSeed, test: DataTest
) -> Iterator[Said]:
    allowed = list(map(str, test.arguments["values"]))
    for line, cell in _cells(connection, seed, test):
        if cell not in allowed:
            listed = _listed(allowed)
            said = f"'{cell}' is none of {listed}{_meant(cell, allowed)}"
            yield line, test.column, _wrong(cell, said, listed)


def _list_of(connection: DuckDBPyConnection, seed: DeclaredSeed, test: DataTest) -> Iterator[Said]:
    allowed = list(map(str, test.arguments["values"]))
    for line, cell in _cells(connection, seed, test):
        for part in cell.split("|"):
            if part not in allowed:
                listed = f"{_listed(allowed)}, or several with | between them"
                said = f"'{part}' is none of {listed}{_meant(part, allowed)}"
                yield line, test.column, _wrong(cell, said, listed)


def _relationships(
    connection: DuckDBPyConnection, seed: DeclaredSeed, test: DataTest
) -> Iterator[Said]:
    other = re.sub(r"ref\('(\w+)'\)", r"\1", test.arguments["to"])
    field = test.arguments["field"]
    rows = connection.execute(
        f"select {quoted(field)}::varchar from {quoted(other)} order by _line"
    ).fetchall()
    known = list(dict.fromkeys(str(value) for (value,) in rows if value is not None))
    for line, cell in _cells(connection, seed, test):
        if cell not in known:
            there = f"{other}.csv has {_listed(known)}"
            said = f"'{cell}' is no {field.replace('_', ' ')}; {there}{_meant(cell, known)}"
            yield line, test.column, _wrong(cell, said, f"what {other}.csv has: {_listed(known)}")


def _filled(connection: DuckDBPyConnection, seed: DeclaredSeed, test: DataTest) -> Iterator[Said]:
    columns = test.arguments["columns"]
    empty = ", ".join(f"{quoted(column)} is null" for column in columns)
    for line, *are_empty in connection.execute(
        f"select _line, {empty} from {quoted(seed.name)}"
    ).fetchall():
        for column, is_empty in zip(columns, are_empty, strict=True):
            if is_empty:
                yield line, column, "it is empty, and must be filled"


def _unique(connection: DuckDBPyConnection, seed: DeclaredSeed, test: DataTest) -> Iterator[Said]:
    columns = test.arguments.get("columns", [test.column])
    for line, first in connection.execute(
        f"select _line, min(_line) over key from {quoted(seed.name)} where {test.where}"
        f" window key as (partition by {', '.join(columns)}) qualify _line > min(_line) over key"
    ).fetchall():
        yield line, "", f"the same {_named(columns)} as in line {first}: one of the two must go"


def _periods(connection: DuckDBPyConnection, seed: DeclaredSeed, test: DataTest) -> Iterator[Said]:
    columns = test.arguments["columns"]
    for line, earlier, is_turned in connection.execute(
        f"""
        with numbered as (
            select _line,
                coalesce(valid_from, date '1900-01-01') as valid_from,
                coalesce(valid_to, date '9999-12-31') as valid_to,
                lag(coalesce(valid_to, date '9999-12-31')) over key as previous_valid_to,
                lag(_line) over key as previous_line
            from {quoted(seed.name)} where {test.where}
            window key as (
                partition by {", ".join(columns)}
                order by coalesce(valid_from, date '1900-01-01'),
                    coalesce(valid_to, date '9999-12-31'), _line
            )
        )
        select _line, previous_line, valid_to <= valid_from from numbered
        where valid_from < previous_valid_to or valid_to <= valid_from
        """
    ).fetchall():
        if is_turned:
            yield (
                line,
                "valid_to",
                "it is not after valid_from, and is the first day without it",
            )
        else:
            yield (
                max(line, earlier),
                "",
                f"the same {_named(columns)} as in line {min(line, earlier)}, in force on the same"
                " day: one must go, or end (valid_to) where the other begins (valid_from)",
            )


def _is_true(connection: DuckDBPyConnection, seed: DeclaredSeed, test: DataTest) -> Iterator[Said]:
    condition = " ".join(test.arguments["condition"].split())
    for (line,) in connection.execute(
        f"select _line from {quoted(seed.name)}"
        f" where ({test.where}) and not coalesce({condition}, false)"
    ).fetchall():
        yield line, "", f"it is not so that {test.truth} ({condition})"


CHECKS: Mapping[str, Check] = {
    "accepted_values": _accepted_values,
    "filled": _filled,
    "is_true": _is_true,
    "list_of": _list_of,
    "periods_do_not_overlap": _periods,
    "relationships": _relationships,
    "unique": _unique,
    "unique_combination": _unique,
}


def _cells(
    connection: DuckDBPyConnection, seed: DeclaredSeed, test: DataTest
) -> list[tuple[int, str]]:
    """The filled cells that a test of a column is about."""
    return connection.execute(
        f"select _line, {quoted(test.column)}::varchar from {quoted(seed.name)}"
        f" where ({test.where}) and {quoted(test.column)} is not null order by _line"
    ).fetchall()


def _wrong(cell: str, said: str, options: str) -> str:
    return not_answered(options) if cell.strip() == UNANSWERED else said


def _listed(values: Sequence[str]) -> str:
    more = f" and {len(values) - _MOST_LISTED} more" if len(values) > _MOST_LISTED else ""
    return ", ".join(values[:_MOST_LISTED]) + more


def _meant(cell: str, values: Sequence[str]) -> str:
    """The value that was probably meant."""
    near = get_close_matches(cell.strip().lower(), values, n=1, cutoff=0.7)
    return f"; did you mean {near[0]}?" if near else ""


def _named(columns: Sequence[str]) -> str:
    """The columns of a key, without what is done to them before they are compared."""
    names = [re.findall(r"\w+", column)[-1] for column in columns]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
