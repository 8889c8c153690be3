"""Failed data tests in their own words: what their rows say in the column `message`."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb

from scripts.outcomes import Outcome

# More would not fit a line, and the first few say what kind of thing is wrong.
MOST_MESSAGES = 5


def explained(outcomes: Iterable[Outcome], run_results: Path, warehouse: Path) -> Iterator[Outcome]:
    """The outcomes, failed data tests with the messages of their rows instead of their count."""
    results = json.loads(run_results.read_text(encoding="utf-8"))["results"]
    queries = {
        str(result["unique_id"]).split(".")[2]: str(result.get("compiled_code") or "")
        for result in results
        if str(result["unique_id"]).startswith("test.")
    }
    for outcome in outcomes:
        said = ""
        if outcome.status == "failed" and outcome.name in queries:
            said = _messages(queries[outcome.name], warehouse)
        yield replace(outcome, message=said) if said else outcome


def _messages(query: str, warehouse: Path) -> str:
    """What the rows of a failed test say, empty where they have no message."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        try:
            rows = connection.execute(f"select message from ({query}) order by message").fetchall()
        except duckdb.BinderException:
            return ""
    told = [str(message) for (message,) in rows[:MOST_MESSAGES]]
    more = len(rows) - len(told)
    return "; ".join(told) + (f"; and {more} more" if more else "")
