"""A random CRM as the files that a connector would leave."""

import csv
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.properties.things import Row, Tables


def as_delivered(tables: Tables) -> Tables:
    """The tables as a connector delivers them: older versions lie beside the newest one."""
    delivered: Tables = {}
    for table, rows in tables.items():
        delivered.setdefault(table.replace("_history.", "."), []).extend(rows)
    return {table: rows for table, rows in delivered.items() if rows}


def dealt(tables: Tables, count: int, chance: Random) -> list[Tables]:
    """The rows of each table in some order, dealt to so many deliveries; some come twice."""
    parts: list[Tables] = [{} for _ in range(count)]
    for table, rows in tables.items():
        for row in chance.sample(rows, len(rows)):
            for _ in range(chance.choice([1, 1, 1, 2])):
                chance.choice(parts).setdefault(table, []).append(row)
    return parts


def write_files(tables: Tables, headers: Tables, folder: Path) -> dict[str, Path]:
    """A folder a source, with a CSV file a table; `headers` has all rows of each table."""
    folders: dict[str, Path] = {}
    for table, rows in tables.items():
        schema, name = table.split(".")
        source = schema.removeprefix("raw_")
        folders[source] = folder / source
        folders[source].mkdir(parents=True, exist_ok=True)
        with (folders[source] / f"{name}.csv").open("w", newline="") as file:
            write_rows(
                rows, list(dict.fromkeys(key for row in headers[table] for key in row)), file
            )
    return folders


def write_rows(rows: Sequence[Row], header: Sequence[str], file: object) -> None:
    """Rows under one header; what a row does not name is empty."""
    writer = csv.writer(file)  # type: ignore[arg-type]
    writer.writerow(header)
    for row in rows:
        writer.writerow(["" if row.get(name) is None else str(row[name]) for name in header])
