"""Write the ground truth and the raw tables as CSV, in a fixed order, so equal plans are equal
bytes."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

_TIMESTAMP = "%Y-%m-%dT%H:%M:%S.%gZ"


def write_truth(connection: duckdb.DuckDBPyConnection, folder: Path) -> Iterator[str]:
    """Write what is true: the stays of every person and every planted subject.

    Whoever was given a stage that the company does not know is `unmapped` from then on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    visits = """
        select person_id as contact_id, visit_number, stage as lifecycle_stage, valid_from,
            valid_to
        from true_visits
        union all
        select true_visits.person_id, true_visits.visit_number + 1, 'unmapped',
            true_visits.valid_to, null
        from true_visits
        inner join people on true_visits.person_id = people.person_id
        where true_visits.is_last and people.variant = 'value_other'
        order by contact_id, visit_number
    """
    breaches = """
        select rule_code, subject_type, contact_id, subject_at, is_breach, kind, variant
        from truth_subjects
        order by rule_code, kind, contact_id, subject_at, variant
    """
    for name, query in (("stage_visits", visits), ("breaches", breaches)):
        count = _copy(connection, query, folder / f"{name}.csv", is_compressed=False)
        yield f"ground_truth/{name}: {count:,} rows"


def write_raw(
    connection: duckdb.DuckDBPyConnection, folder: Path, *, is_compressed: bool
) -> Iterator[str]:
    """Write every raw table (the views named `raw_…`), one file each."""
    views = connection.execute(
        "select view_name from duckdb_views() where view_name like 'raw\\_%' escape '\\' order by 1"
    ).fetchall()
    for (view,) in views:
        name = str(view).removeprefix("raw_")
        path = folder / (f"{name}.csv.gz" if is_compressed else f"{name}.csv")
        path.with_name(f"{name}.csv" if is_compressed else f"{name}.csv.gz").unlink(missing_ok=True)
        count = _copy(
            connection, f"select * from {view} order by all", path, is_compressed=is_compressed
        )
        yield f"{name}: {count:,} rows"


def _copy(
    connection: duckdb.DuckDBPyConnection, query: str, path: Path, *, is_compressed: bool
) -> int:
    target = str(path).replace("'", "''")
    compression = "gzip" if is_compressed else "none"
    row = connection.execute(
        f"copy ({query}) to '{target}' "
        f"(format csv, header, compression {compression}, timestampformat '{_TIMESTAMP}')"
    ).fetchone()
    return int(row[0]) if row else 0
