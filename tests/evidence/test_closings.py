"""Deals that close on a day or beside their stage, from raw rows to what is judged by them."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.compiled import CompiledModels
from tests.pipeline import Pipeline

AS_OF = "2026-06-30 18:00:00"
RULES = {
    "EN12": "rule_customer_without_won_deal",
    "EX07": "rule_opportunity_left_while_deal_open",
    "AL01": "rule_won_deal_but_not_customer",
}
WANTED = ("fct_deals", "int_deal_facts", "int_stage_visits", "int_people", *RULES.values())
DAY = "2026-04-01"
ZONES = ("UTC", "Asia/Tokyo", "America/New_York", "Europe/Berlin")


def write(folder: Path, table: str, rows: list[dict[str, str]]) -> None:
    with (folder / f"{table}.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def salesforce(
    folder: Path, zone: str, moves: list[str], closed_on: str, as_of: str = AS_OF
) -> CompiledModels:
    """One contact a move, a customer from that moment on, each with a deal won on the day.

    The opportunities have no history; a contact of long ago dates that of the contacts' stages.
    """
    people = [*enumerate(moves), (9, "2025-01-01 10:00:30")]
    contacts, steps, deals, roles = [], [], [], []
    for number, moved_at in people:
        contact, deal = f"00300000000100{number}AAA", f"00600000000100{number}AAA"
        created_at = "2025-01-01 10:00:00" if number == 9 else "2026-02-01 10:00:00"
        path = [("lead", "opportunity", "2026-03-02 10:00:00")]
        path += [("opportunity", "customer", moved_at)] if moved_at else []
        path = [("lead", "mql", moved_at)] if number == 9 else path
        contacts.append(
            {
                "id": contact,
                "email": f"c{number}@c{number}.example",
                "created_date": created_at,
                "system_modstamp": as_of,
                "lifecycle_stage_c": path[-1][1],
            }
        )
        steps += [
            {
                "id": f"01700000000{number}00{step}AAA",
                "contact_id": contact,
                "field": "Lifecycle_Stage__c",
                "old_value": old,
                "new_value": new,
                "created_date": at,
            }
            for step, (old, new, at) in enumerate(path)
        ]
        if number == 9:
            continue
        deals.append(
            {
                "id": deal,
                "stage_name": "Closed Won",
                "type": "New Business",
                "is_closed": "true",
                "is_won": "true",
                "created_date": "2026-03-01 10:00:00",
                "close_date": closed_on,
                "system_modstamp": as_of,
            }
        )
        roles.append(
            {"id": f"00K00000000100{number}AAA", "opportunity_id": deal, "contact_id": contact}
        )
    write(folder, "contact", contacts)
    write(folder, "contact_history", steps)
    write(folder, "opportunity", deals)
    write(folder, "opportunity_contact_role", roles)
    crm = Pipeline(folder)
    crm.load("salesforce", folder, "--as-of", as_of.replace(" ", "T") + "Z")
    models = CompiledModels(WANTED, time_zone=zone, landed=crm.warehouse)
    models.run()
    return models


def verdicts(models: CompiledModels, code: str) -> dict[str, str]:
    """The verdict of a rule by the last digit of the contact's id."""
    key = {"AL01": "person_key", "EN12": "visit_key", "EX07": "visit_key"}[code]
    subjects = "int_people" if code == "AL01" else "int_stage_visits"
    record = "primary_record_id" if code == "AL01" else "record_id"
    rows = models.records(
        f"select subjects.{record} as record, judged.verdict from intermediate.{subjects} subjects"
        f" inner join rules.{RULES[code]} judged on judged.subject_key = subjects.{key}"
    )
    return {row["record"][-4]: row["verdict"] for row in rows}


@pytest.mark.parametrize("zone", ZONES)
def test_a_close_date_is_a_whole_day_of_the_reporting_time_zone(tmp_path: Path, zone: str) -> None:
    """What proves counts from the day's start; before that day nobody was a customer by it."""
    start = datetime.fromisoformat(DAY).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    start = start.replace(tzinfo=None)
    moves = [start + timedelta(minutes=minutes) for minutes in (-16, 30, 23 * 60)]
    models = salesforce(tmp_path, zone, [*map(str, moves), ""], DAY)
    assert verdicts(models, "EN12") == {"0": "broken", "1": "passed", "2": "passed"}
    assert verdicts(models, "EX07") == {"0": "broken", "1": "passed", "2": "passed"}
    evidence = models.records(
        f"select evidence from rules.{RULES['AL01']} where verdict = 'broken'"
    )
    assert [f" won {DAY}, and" in row["evidence"] for row in evidence] == [True]
    closed = models.records("select distinct closed_at, closed_on from marts.fct_deals")
    assert [(row["closed_at"], str(row["closed_on"])) for row in closed] == [(start, DAY)]


def test_a_day_before_its_deal_was_made_says_nothing(tmp_path: Path) -> None:
    models = salesforce(tmp_path, "Asia/Tokyo", ["2026-04-01 10:00:00"], "2026-02-28")
    assert verdicts(models, "EN12") == {"0": "not_judged"}


@pytest.mark.parametrize(("closed_on", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
def test_a_day_is_as_long_as_its_clocks_make_it(tmp_path: Path, closed_on: str, hours: int) -> None:
    models = salesforce(tmp_path, "Europe/Berlin", [""], closed_on, as_of="2026-12-31 18:00:00")
    rows = models.records(
        "select date_diff('hour', valid_from, sure_from) as hours"
        " from intermediate.int_deal_facts where fact = 'won'"
    )
    assert [row["hours"] for row in rows] == [hours]


def test_a_day_is_the_day_that_was_written_in_whatever_zone_its_file_is_read(
    tmp_path: Path,
) -> None:
    """Beside an offer that is still out in its stage, from a file of Tokyo, told in New York."""
    deal = {"deal_stage": "offer", "is_closed": "true", "is_won": "true", "pipeline": "default"}
    made = {"created_at": "2026-03-01 10:00:00"}
    write(
        tmp_path,
        "deals",
        [
            {"deal_id": "day", **deal, **made, "closed_at": DAY},
            {"deal_id": "moment", **deal, **made, "closed_at": f"{DAY} 00:30:00"},
        ],
    )
    write(tmp_path, "records", [{"record_id": "1", "record_type": "contact", **made}])
    write(
        tmp_path,
        "documents",
        [
            {
                "document_id": "1",
                "deal_id": "day",
                "document_type": "contract",
                "signed_at": "2026-03-31",
            }
        ],
    )
    crm = Pipeline(tmp_path)
    crm.load("open", tmp_path, "--as-of", "2026-06-30T18:00:00Z", "--timezone", "Asia/Tokyo")
    models = CompiledModels(["fct_deals"], time_zone="America/New_York", landed=crm.warehouse)
    models.run()
    rows = models.rows(
        "select deal_id, deal_role, cast(closed_at as varchar), cast(closed_on as varchar),"
        " cast(contract_signed_at as varchar) from marts.fct_deals order by deal_id"
    )
    assert rows == [
        ("open:deal:day", "won", "2026-04-01 04:00:00", DAY, "2026-03-31 04:00:00"),
        ("open:deal:moment", "won", "2026-03-31 15:30:00", "2026-03-31", None),
    ]
