"""Write the ground truth and the raw tables as CSV, in a fixed order, so equal plans are equal
bytes."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

# An earlier extract of each CRM lies in a folder of its own.
BEFORE = "_before"
_TIMESTAMP = "%Y-%m-%dT%H:%M:%S.%gZ"


def write_truth(connection: duckdb.DuckDBPyConnection, folder: Path) -> Iterator[str]:
    """Write what is true: whose every record is, the stays of every person, every plant."""
    folder.mkdir(parents=True, exist_ok=True)
    records = """
        select record_id, person_id, link_kind, is_live from truth_records order by record_id
    """
    stays = """
        select person_id, visit_number, lifecycle_stage, valid_from, valid_to
        from truth_stays
        order by person_id, visit_number
    """
    breaches = """
        select rule_code, subject_type, subject, subject_at, is_breach, kind, variant
        from truth_subjects
        order by rule_code, kind, subject, subject_at, variant
    """
    ambiguous = """
        select address_key, record_id, reason from truth_ambiguous
        order by address_key, record_id
    """
    movements = "select * from truth_movements order by person_id, moved_at"
    teams = "select * from truth_entry_teams order by person_id, valid_from"
    owners = "select * from truth_owners order by record_id, valid_from"
    papers = "select * from truth_papers order by deal_id"
    responses = "select * from truth_responses order by person_id, campaign_id"
    queries = (
        ("records", records),
        ("ambiguous_records", ambiguous),
        ("stage_visits", stays),
        ("movements", movements),
        ("entry_teams", teams),
        ("account_owners", owners),
        ("papers", papers),
        ("campaign_responses", responses),
        ("breaches", breaches),
    )
    for name, query in queries:
        count = _copy(connection, query, folder / f"{name}.csv", is_compressed=False)
        yield f"truth/{name}: {count:,} rows"


def write_raw(
    connection: duckdb.DuckDBPyConnection, folder: Path, *, is_compressed: bool
) -> Iterator[str]:
    """Write every raw table (the views `raw_…`, and `before_…` of the earlier extract)."""
    views = connection.execute(
        "select view_name from duckdb_views()"
        " where starts_with(view_name, 'raw_') or starts_with(view_name, 'before_') order by 1"
    ).fetchall()
    for (view,) in views:
        extract, crm, name = str(view).split("_", 2)
        place = f"{crm}{BEFORE}" if extract == "before" else crm
        (folder / place).mkdir(exist_ok=True)
        path = folder / place / (f"{name}.csv.gz" if is_compressed else f"{name}.csv")
        path.with_name(f"{name}.csv" if is_compressed else f"{name}.csv.gz").unlink(missing_ok=True)
        count = _copy(
            connection, f"select * from {view} order by all", path, is_compressed=is_compressed
        )
        yield f"{place}/{name}: {count:,} rows"


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
