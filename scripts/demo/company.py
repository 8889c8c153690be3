"""The demo company, from plan to raw files: runs the SQL of `scripts/demo/sql` in order.

The plan is made twice: once undisturbed, to see whose story allows which plant, and once with
the plants in it. The ground truth is written from the second plan before any raw table exists.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from scripts.demo.files import BEFORE, write_raw, write_truth
from scripts.demo.plants import plant

SQL_FOLDER = Path(__file__).parent / "sql"
MARKER = "DEMO_DATA"
TRUTH = "truth"
# HubSpot writes the ids that Salesforce gave.
CRMS = ("salesforce", "hubspot")
CYCLES = (1, 2, 3)
COMPRESS_FROM_CONTACTS = 20_000
# How long before the last extract of each CRM there was an earlier one.
BEFORE_BY = timedelta(days=30)


@dataclass(frozen=True)
class Demo:
    """What to make: contacts, the share of each pool to plant on, the seed and the moment."""

    contacts: int
    breach_rate: float
    extra_plants: int
    rule_codes: tuple[str, ...]
    seed: str
    as_of: datetime


def extracts(folder: Path, as_of: datetime) -> list[tuple[str, Path, datetime]]:
    """What to load of a made-up company, in this order: CRM, folder, moment of the extract."""
    return [
        *((crm, folder / f"{crm}{BEFORE}", as_of - BEFORE_BY) for crm in CRMS),
        *((crm, folder / crm, as_of) for crm in CRMS),
    ]


def make_company(demo: Demo, folder: Path) -> Iterator[str]:
    """Write the ground truth, then the raw files; yields one line for people after each step.

    Raises `scripts.demo.plants.PlanError` where fewer stories allow a plant than were asked for.
    """
    connection = duckdb.connect()
    try:
        _set_variables(connection, demo)
        _run(connection, "00_no_plants", "01_calendar", "02_world", "03_people")
        _plan(connection)
        _run(connection, "08_pools")
        plant(connection, _sql("09_plant"), demo.breach_rate, demo.extra_plants, demo.rule_codes)
        _plan(connection)
        _run(connection, "11_contacts", "12_changes", "13_deals", "14_activities")
        _run(connection, "15_words", "16_sides", "17_writes", "18_cases")
        _run(connection, "19_records", "10_truth", "20_truth_records")
        _run(connection, "21_papers", "22_campaigns")
        yield from write_truth(connection, folder / TRUTH)
        for crm in CRMS:
            _run(
                connection,
                *(f"{crm}/{path.stem}" for path in sorted((SQL_FOLDER / crm).glob("*.sql"))),
            )
        yield from write_raw(
            connection, folder, is_compressed=demo.contacts >= COMPRESS_FROM_CONTACTS
        )
        for place in (folder, *(place for _, place, _ in extracts(folder, demo.as_of))):
            (place / MARKER).write_text(
                f"Made up by scripts.generate with seed {demo.seed}, as of {demo.as_of}\n",
                encoding="utf-8",
                newline="\n",
            )
    finally:
        connection.close()


def _set_variables(connection: duckdb.DuckDBPyConnection, demo: Demo) -> None:
    duplicate_count = demo.contacts // 100
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set variable seed = $seed::varchar", {"seed": demo.seed})
    connection.execute("set variable as_of = $as_of::timestamp", {"as_of": demo.as_of})
    connection.execute(
        "set variable extracted_before_at = $moment::timestamp",
        {"moment": demo.as_of - BEFORE_BY},
    )
    connection.execute("set variable starts_at = getvariable('as_of') - interval 18 month")
    connection.execute("set variable duplicate_count = $n::bigint", {"n": duplicate_count})
    connection.execute(
        "set variable people_count = $n::bigint", {"n": demo.contacts - duplicate_count}
    )


def _sql(name: str) -> str:
    return (SQL_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def _run(connection: duckdb.DuckDBPyConnection, *names: str, **cycle: int) -> None:
    for name in names:
        text = _sql(name)
        for key, value in cycle.items():
            text = text.replace("{" + key + "}", str(value))
        connection.execute(text)


def _plan(connection: duckdb.DuckDBPyConnection) -> None:
    _run(connection, "06_people")
    for cycle in CYCLES:
        _run(connection, "04_cycle", "05_after", cycle=cycle, next_cycle=cycle + 1)
    _run(connection, "07_story")
