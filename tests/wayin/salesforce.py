"""Small Salesforce organisations in Fivetran's shape, each keeping its stage another way."""

import csv
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

Row = Mapping[str, str]
PATH = ("lead", "mql", "sal", "sql", "opportunity", "customer")
# What this organisation calls them, in a field of its own.
GERMAN = {
    "lead": "Interessent",
    "mql": "Marketing qualifiziert",
    "sal": "Vom Vertrieb akzeptiert",
    "sql": "Vertriebsqualifiziert",
    "opportunity": "Verkaufschance",
    "customer": "Kunde",
}
IN_STATUS = {
    "lead": "Inquiry",
    "mql": "MQL",
    "sal": "Sales Accepted",
    "sql": "SQL",
    "opportunity": "Opportunity",
    "customer": "Customer",
}
START = datetime(2026, 1, 5, 9)
LEADS = 40


def write(folder: Path, tables: Mapping[str, Sequence[Row]]) -> Path:
    """One CSV a table."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            header = list(dict.fromkeys(column for row in rows for column in row))
            writer = csv.DictWriter(file, header)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def lead_id(number: int) -> str:
    return f"00Q{number:012d}AAA"


def leads(cells: Mapping[int, Row]) -> list[Row]:
    """Leads with a name that nobody has, and further cells by number."""
    return [
        {
            "id": lead_id(number),
            "email": f"buyer{number}@customer{number}.example",
            "created_date": stamp(0),
            "lead_source": "Web" if number % 2 else "Trade Show",
            "country": "Germany",
            "owner_id": f"005{number % 3:012d}AAA",
            "system_modstamp": stamp(100),
            **cells[number],
        }
        for number in range(LEADS)
    ]


def stamp(days: int) -> str:
    return (START + timedelta(days=days)).isoformat(sep=" ")


def reached(number: int) -> int:
    """How far a lead got: every stage keeps some."""
    return number % len(PATH)


def history(field: str, words: Mapping[str, str]) -> list[Row]:
    """One row a move, as Salesforce tracks a field: without the initial value."""
    return [
        {
            "id": f"017{number:06d}{step:06d}AAA",
            "lead_id": lead_id(number),
            "field": field,
            "old_value": words[PATH[step - 1]],
            "new_value": words[PATH[step]],
            "created_by_id": "005000000000001AAA",
            "created_date": stamp(step * 7),
        }
        for number in range(LEADS)
        for step in range(1, reached(number) + 1)
    ]


def users() -> list[Row]:
    names = ("Ada Berg", "Test User", "Kim Roth")
    return [
        {
            "id": f"005{number:012d}AAA",
            "name": name,
            "email": f"user{number}@ownfirm.example",
            "is_active": "true",
            "user_role_id": f"00E{number % 2:012d}AAA",
        }
        for number, name in enumerate(names)
    ]


def roles() -> list[Row]:
    return [
        {"id": "00E000000000000AAA", "name": "Vertrieb"},
        {"id": "00E000000000001AAA", "name": "Marketing"},
    ]


def with_custom_field(folder: Path) -> Path:
    """The stage in Lifecycle_Phase__c, the status in Status, both tracked."""
    cells = {
        number: {
            "lifecycle_phase_c": GERMAN[PATH[reached(number)]],
            "status": "Working - Contacted",
        }
        for number in range(LEADS)
    }
    return write(
        folder,
        {
            "lead": leads(cells),
            "lead_history": history("Lifecycle_Phase__c", GERMAN),
            "user": users(),
            "user_role": roles(),
        },
    )


def with_jobs(folder: Path) -> Path:
    """Leads that people, syncs and jobs created and moved; one user wrote most of it."""
    people = ("Ada Berg", "Kim Roth", "Ann Lee", "Bo Ek", "Eva Busch", "Jo Maas")
    jobs = (
        ("Marketo Sync", "mkto@ownfirm.example", "Standard"),
        ("Dataloader User", "dl@ownfirm.example", "Standard"),
        ("Acme Integration", "acme@ownfirm.example", "Standard"),
        ("Max Mustermann", "zapier@ownfirm.example", "Standard"),
        ("Site Guest User", "site@ownfirm.example", "Guest"),
        ("Site Guest User 2", "site2@ownfirm.example", "Guest"),
        ("HubSpot Integration", "hs@ownfirm.example", "Standard"),
    )
    logins = [*((name, f"{name[:2]}@ownfirm.example", "Standard") for name in people), *jobs]
    cells = {
        number: {
            "status": "Working - Contacted",
            "created_by_id": f"005{number % len(logins):012d}AAA",
        }
        for number in range(LEADS)
    }
    moves = [{**row, "created_by_id": "005000000000000AAA"} for row in history("Status", IN_STATUS)]
    return write(
        folder,
        {
            "lead": leads(cells),
            "lead_history": [*moves, {**moves[0], "id": "017A", "created_date": stamp(400)}],
            "user": [
                {
                    "id": f"005{number:012d}AAA",
                    "name": name,
                    "username": login,
                    "user_type": user_type,
                }
                for number, (name, login, user_type) in enumerate(logins)
            ],
        },
    )


def with_stage_in_status(folder: Path) -> Path:
    """The stage in Status, and no other field for it."""
    cells = {number: {"status": IN_STATUS[PATH[reached(number)]]} for number in range(LEADS)}
    return write(folder, {"lead": leads(cells), "lead_history": history("Status", IN_STATUS)})


def with_dates(folder: Path) -> Path:
    """Only dates of the stages, and a date of something else."""
    cells = {
        number: {
            "status": "Open - Not Contacted",
            "mql_date_c": stamp(7)[:10] if reached(number) > 0 else "",
            "sql_date_c": stamp(21)[:10] if reached(number) > 2 else "",
            "trade_fair_date_c": stamp(1)[:10],
        }
        for number in range(LEADS)
    }
    return write(folder, {"lead": leads(cells)})
