"""A load that failed says so: where a table hardly landed, nothing does.

A record that cannot be read is a reject, and the rest lands. But a table of which nothing or too
little could be read was not loaded: a build upon it would show a number that is wrong. So the
whole load ends, and its first rejects say what is to be put right. Tables that only add labels to
values never stop a load.
"""

from collections.abc import Iterable

from duckdb import DuckDBPyConnection

from scripts.arrivals import Arrival
from scripts.raw_contract import LoadError
from scripts.rejects import told_rejects

# Above this share of its records rejected, a table has not been loaded; a few are always borne.
MAX_REJECTS_PERCENT = 20.0
BORNE = 5
# How many rejects of a table are told.
_SHOWN = 3


def refuse_failed(
    connection: DuckDBPyConnection, arrivals: Iterable[Arrival], max_rejects: float
) -> None:
    """Raise `LoadError` where a table was rejected, whole or by more than `max_rejects` percent.

    At 100 nothing is refused, whatever was rejected.
    """
    failed = [arrival for arrival in arrivals if _has_failed(arrival, max_rejects)]
    if not failed:
        return
    said = [line for arrival in failed for line in _told(connection, arrival)]
    raise LoadError(
        "\n".join(
            [
                "nothing was loaded, because of "
                + ", ".join(arrival.table.name for arrival in failed)
                + ":",
                *said,
                "  put the files right, or let more be left out with --max-rejects PERCENT "
                f"(now {max_rejects:g})",
            ]
        )
    )


def _has_failed(arrival: Arrival, max_rejects: float) -> bool:
    if not arrival.rejected_count or arrival.table.is_labels or max_rejects >= 100:
        return False
    if arrival.rejected_count == arrival.record_count:
        return True
    share = 100 * arrival.rejected_count / arrival.record_count
    return arrival.rejected_count >= BORNE and share > max_rejects


def _told(connection: DuckDBPyConnection, arrival: Arrival) -> Iterable[str]:
    landed = arrival.record_count - arrival.rejected_count
    what = "none could be read" if not landed else f"{arrival.rejected_count:,} were rejected"
    yield f"  {arrival.said}: of {arrival.record_count:,} records {what}"
    for line in told_rejects(connection, arrival.table, arrival.files, _SHOWN):
        yield f"  {line}"
