"""Failed data tests in their own words: what their rows say, the first of them, and the SQL."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb

from scripts.outcomes import Outcome
from scripts.reporting.records import first_records, with_query

# More would not fit a line, and the first few say what kind of thing is wrong.
MOST_MESSAGES = 5


def explained(outcomes: Iterable[Outcome], run_results: Path, warehouse: Path) -> Iterator[Outcome]:
    """The outcomes; data tests that did not hold with the messages of their rows and a detail."""
    results = json.loads(run_results.read_text(encoding="utf-8"))["results"]
    queries = {
        str(result["unique_id"]).split(".")[2]: str(result.get("compiled_code") or "")
        for result in results
        if str(result["unique_id"]).startswith("test.")
    }
    for outcome in outcomes:
        query = queries.get(outcome.name, "")
        if not query or outcome.status not in ("failed", "warned"):
            yield outcome
            continue
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            said = _messages(connection, query) if outcome.status == "failed" else ""
            detail = _detail(connection, query)
        yield replace(outcome, message=said or outcome.message, detail=detail)


def _messages(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    """What the rows of a failed test say, empty where they have no message."""
    try:
        rows = connection.execute(f"select message from ({query}) order by message").fetchall()
    except duckdb.BinderException:
        return ""
    told = [str(message) for (message,) in rows[:MOST_MESSAGES]]
    more = len(rows) - len(told)
    return "; ".join(told) + (f"; and {more} more" if more else "")


def _detail(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    try:
        found = connection.execute(f"select * from ({query}) order by all")
    except duckdb.Error:
        # Tables of the test may be gone where the build stopped; the query still says what it asks.
        return with_query([], query)
    names = [column[0] for column in found.description or []]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return with_query(first_records(rows), query)
