"""Remember which violations were published when, in `raw_meta.violation_sightings`.

Written after a successful build and read by the next one: it is what makes a violation new.
"""

import contextlib
from pathlib import Path

import duckdb

_MERGE = """
    merge into raw_meta.violation_sightings as sightings
    using (
        select violations.violation_id, moment.as_of
        from marts.fct_rule_violations as violations
        cross join intermediate.int_as_of as moment
    ) as seen
    on sightings.violation_id = seen.violation_id
    when matched and seen.as_of > sightings.last_as_of then
        update set last_as_of = seen.as_of
    when matched and seen.as_of < sightings.first_as_of then
        update set first_as_of = seen.as_of
    when not matched then
        insert values (seen.violation_id, seen.as_of, seen.as_of)
"""


def record_sightings(warehouse: Path) -> int:
    """Add what the build found; returns how many violations were never seen before."""
    with contextlib.closing(duckdb.connect(str(warehouse))) as connection:
        before = _count(connection)
        connection.execute(_MERGE)
        return _count(connection) - before


def _count(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute("select count(*) from raw_meta.violation_sightings").fetchone()
    return int(row[0]) if row else 0
