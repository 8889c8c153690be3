"""Dates and numbers as people write them: read where the loader is told, else refused with how."""

import argparse
import json

import pytest

from scripts.build import hint_arguments
from scripts.settings import main as change_settings
from tests.load.desk import Desk

HEADER = "record_id;record_type;annual_revenue;created_at;MQL date;Score\n"


def put(desk: Desk, *cells: str) -> None:
    rows = [f"{number};contact;{line}\n" for number, line in enumerate(cells)]
    desk.put("records.csv", HEADER + "".join(rows))


def landed(desk: Desk, column: str) -> list[str | None]:
    query = f'select cast("{column}" as varchar) from raw_open.records order by record_id'
    return [row[0] for row in desk.rows(query)]


@pytest.mark.parametrize(
    ("dates", "written", "read"),
    [
        ("dmy", "20.12.2025 20:00", "2025-12-20 20:00:00"),
        ("dmy", "5.1.2026", "2026-01-05 00:00:00"),
        ("dmy", "05/01/2026 9:30:15", "2026-01-05 09:30:15"),
        ("dmy", "05-01-26", "2026-01-05 00:00:00"),
        ("dmy", "20.12.2025, 08:00", "2025-12-20 08:00:00"),
        ("mdy", "12/20/2025 8:00 PM", "2025-12-20 20:00:00"),
        ("mdy", "12/20/2025, 12:05:09\u202fAM", "2025-12-20 00:05:09"),
        ("mdy", "1/5/26 8:00 a.m.", "2026-01-05 08:00:00"),
        ("mdy", "2026-01-05T10:00:00Z", "2026-01-05 10:00:00"),
    ],
)
def test_a_date_is_read_in_the_order_that_is_told(
    desk: Desk, dates: str, written: str, read: str
) -> None:
    put(desk, f"1;{written};{written};1")
    outcome = desk.load("open", "--dates", dates)
    assert outcome.code == 0, outcome
    assert landed(desk, "created_at") == [read]
    # A field that a policy may map to a concept is text that the models read.
    [mapped] = landed(desk, "MQL date")
    assert desk.value(f"select timezone('UTC', cast('{mapped}' as timestamptz))") == desk.value(
        f"select timestamp '{read}'"
    )
    assert (len(mapped or "") == 10) == (":" not in written)


def test_a_local_date_without_a_hint_is_refused_with_the_option(desk: Desk) -> None:
    put(desk, "1;20.12.2025 20:00;;", "1;12/20/2025 8:00 PM;;", "1;46011.5;;")
    outcome = desk.load("open", "--max-rejects", "20")
    assert outcome.code == 2
    assert outcome.err.count("--dates dmy or mdy") == 2
    assert "a spreadsheet's number of a day" in outcome.err


@pytest.mark.parametrize(
    "written", ["12/20/2025", "31.02.2026", "20.12.2025 25:00", "1.2.2026 13:00 PM"]
)
def test_what_is_no_date_in_the_told_order_is_rejected(desk: Desk, written: str) -> None:
    put(desk, f"1;{written};;")
    desk.load("open", "--dates", "dmy")
    [reject] = desk.rejects()
    assert reject[2:4] == (
        "created_at",
        f"'{written}' is no date with the day first (--dates dmy)",
    )


def test_times_without_an_offset_are_read_in_the_zone_in_mapped_fields_too(desk: Desk) -> None:
    put(
        desk,
        "1;05.01.2026 10:00;05.01.2026 10:00;",
        "1;2026-01-05 10:00;2026-01-05 10:00;",
        "1;2026-07-05 10:00;2026-07-05 10:00:00;",
        "1;2026-07-05;2026-07-05;",
        "1;2026-07-05 00:00:00;2026-07-05 00:00:00;",
        "1;2026-07-05T10:00:00Z;2026-07-05T10:00:00Z;",
    )
    assert desk.load("open", "--dates", "dmy", "--timezone", "Europe/Berlin").code == 0
    assert landed(desk, "MQL date") == [
        "2026-01-05T09:00:00Z",
        "2026-01-05T09:00:00Z",
        "2026-07-05T08:00:00Z",
        "2026-07-05",
        "2026-07-05",
        "2026-07-05T10:00:00Z",
    ]
    assert landed(desk, "created_at")[0] == "2026-01-05 09:00:00"


@pytest.mark.parametrize(
    ("decimal", "written", "value", "mapped"),
    [
        ("comma", "1.234,50", "1234.5", "1234.50"),
        ("comma", "1.234", "1234.0", "1234"),
        ("comma", "12,5", "12.5", "12.5"),
        ("comma", "-1.234.567,8", "-1234567.8", "-1234567.8"),
        ("comma", "1234", "1234.0", "1234"),
        ("point", "1,234.50", "1234.5", "1234.50"),
        ("point", "1,234", "1234.0", "1234"),
        ("point", "1.234", "1.234", "1.234"),
    ],
)
def test_numbers_are_read_as_told(
    desk: Desk, decimal: str, written: str, value: str, mapped: str
) -> None:
    put(desk, f"{written};2026-01-05;;{written}")
    outcome = desk.load("open", "--decimal", decimal)
    assert outcome.code == 0, outcome
    assert (landed(desk, "annual_revenue"), landed(desk, "Score")) == ([value], [mapped])


def test_a_number_with_signs_is_refused_with_the_option(desk: Desk) -> None:
    put(desk, "1.234,50;2026-01-05;;", "1,234;2026-01-05;;")
    desk.load()
    assert ["--decimal comma or point" in reject[3] for reject in desk.rejects()] == [True, True]


def test_a_number_that_was_no_text_is_never_read_by_the_hint(desk: Desk) -> None:
    rows = [
        {"record_id": "1", "record_type": "contact", "annual_revenue": 1.234, "Score": 1.234},
        {"record_id": "2", "record_type": "contact", "annual_revenue": "1.234", "Score": "1.234"},
    ]
    desk.put("records.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert desk.load("open", "--decimal", "comma").code == 0
    assert landed(desk, "annual_revenue") == ["1.234", "1234.0"]
    assert landed(desk, "Score") == ["1.234", "1234"]


def test_text_ids_and_names_are_left_alone(desk: Desk) -> None:
    desk.put(
        "records.csv",
        "record_id;record_type;full_name;owner_id;Version\n1;contact;1.2 Studio;20-12-25;v1.234\n",
    )
    assert desk.load("open", "--decimal", "comma", "--dates", "dmy").code == 0
    assert (landed(desk, "full_name"), landed(desk, "owner_id")) == (["1.2 Studio"], ["20-12-25"])
    assert landed(desk, "Version") == ["v1.234"]


def test_what_was_told_once_is_remembered(desk: Desk) -> None:
    put(desk, "1,5;05.01.2026;;")
    assert desk.load("open", "--dates", "dmy", "--decimal", "comma").code == 0
    assert "nothing to do" in desk.load("open").out
    desk.put("records.csv", HEADER + "0;contact;2,5;06.01.2026;;\n", "later")
    assert desk.load("open", folder="later").code == 0
    assert landed(desk, "created_at") == ["2026-01-06 00:00:00"]
    refused = desk.load("open", "--dates", "mdy", folder="later")
    assert refused.code == 2
    assert "python -m scripts.settings files_dates.open=mdy" in refused.err
    assert change_settings(["files_dates.open=mdy", "--warehouse", str(desk.warehouse)]) == 0
    assert "nothing to do" not in desk.load("open", "--dates", "mdy", folder="later").out
    assert landed(desk, "created_at") == ["2026-06-01 00:00:00"]


def test_another_source_is_not_read_by_what_was_told_of_the_first(desk: Desk) -> None:
    put(desk, "1;05.01.2026;;")
    desk.load("open", "--dates", "dmy")
    outcome = desk.load("open", "--name", "other", "--max-rejects", "20")
    assert "--dates dmy or mdy" in outcome.err


@pytest.mark.parametrize("pair", ["files_dates.open=ymd", "files_decimal.open=dot"])
def test_only_what_is_known_can_be_told(desk: Desk, pair: str) -> None:
    assert change_settings([pair, "--warehouse", str(desk.warehouse)]) == 2


def test_a_build_passes_the_hints_on() -> None:
    told = argparse.Namespace(dates="dmy", decimal="", max_rejects="30")
    assert hint_arguments(told) == ["--dates=dmy", "--max-rejects=30"]
