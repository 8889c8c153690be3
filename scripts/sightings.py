"""Remember what was published when: `python -m scripts.sightings`.

`raw_meta.violation_sightings` is written after a successful build and read by the next one: it is
what makes a violation new. What else of each version is kept is told in `scripts/published.py`.
"""

import argparse
import contextlib
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from scripts.locks import locked
from scripts.places import policy_in_force, warehouse_in_force
from scripts.published import keep_published
from scripts.remembered import settle
from scripts.running import command, finish

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
        connection.execute("begin")
        before = _count(connection)
        connection.execute(_MERGE)
        keep_published(connection, policy_in_force(), datetime.now(UTC).replace(tzinfo=None))
        count = _count(connection) - before
        connection.execute("commit")
        return count


def _count(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute("select count(*) from raw_meta.violation_sightings").fetchone()
    return int(row[0]) if row else 0


@command("sightings")
def main(arguments: Sequence[str] | None = None) -> int:
    """Record what the last build found; 0 = recorded, 2 = there is no build."""
    parser = argparse.ArgumentParser(prog="python -m scripts.sightings", description=__doc__)
    parser.add_argument("--warehouse", type=Path, help="default: LIFECYCLE_WAREHOUSE")
    options = parser.parse_args(arguments)
    warehouse = warehouse_in_force(options.warehouse)
    settle(warehouse)
    with locked(warehouse, "scripts.sightings"):
        finish()
        count = record_sightings(warehouse)
    print(f"{count} violations seen for the first time")
    return 0


if __name__ == "__main__":
    sys.exit(main())
