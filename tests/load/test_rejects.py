"""Whoever loads sees what was rejected: the first ones with their place, and where the rest is."""

import logging
from typing import Any

from scripts import load as load_script
from scripts.build import _quietly
from tests.load.desk import Desk

HEADER = "record_id,record_type,employee_count,created_at\n"


def bad(count: int) -> str:
    return HEADER + "".join(f"{i},contact,many,2026-01-02\n" for i in range(count))


def test_a_load_tells_its_rejects_by_file_line_and_column(desk: Desk) -> None:
    desk.put("records.csv", HEADER + "1,contact,7,2026-01-02\n2,contact,x,30-12-20\n3,contact\n")
    outcome = desk.load()
    assert outcome.code == 0
    assert outcome.out.splitlines() == [
        "records: 3 records = 1 landed + 2 rejected",
        "  records.csv line 3, created_at: '30-12-20' is not an ISO 8601 time such as 2026-03-02 "
        "or 2026-03-02T09:14:00Z: which is the day? load with --dates dmy or mdy",
        "  records.csv line 3, employee_count: 'x' is not a whole number",
        "  records.csv line 4: has 2 cells, the header has 4",
    ]


def test_the_first_five_rejects_are_told_and_the_rest_counted(desk: Desk) -> None:
    desk.put("records.csv", bad(5))
    assert [line[:20] for line in desk.load().out.splitlines()[1:]] == [
        f"  records.csv line {line}" for line in range(2, 7)
    ]
    desk.put("records.csv", bad(1207), "more")
    lines = desk.load(folder="more").out.splitlines()
    assert len(lines) == 7
    assert lines[-1] == "  and 1,202 more in raw_meta.rejects"


def test_a_repeated_load_tells_its_rejects_again(desk: Desk) -> None:
    desk.put("records.csv", bad(1))
    desk.load()
    first, reject = desk.load().out.splitlines()
    assert first.endswith("nothing to do; 1 rejected")
    assert reject == "  records.csv line 2, employee_count: 'many' is not a whole number"


def test_what_the_note_of_a_load_keeps_quotes_no_cell(desk: Desk) -> None:
    desk.put("records.csv", bad(1))
    desk.load()
    message = desk.value("select message from raw_meta.loads")
    assert message == "records: 1 records = 0 landed + 1 rejected"


def test_a_rejected_cell_cannot_write_to_the_terminal(desk: Desk) -> None:
    desk.put("records.csv", HEADER + '1,contact,"\x1b[2J\nlanded",2026-01-02\n')
    _, reject = desk.load().out.splitlines()
    assert reject == "  records.csv line 2, employee_count: ' [2J landed' is not a whole number"


def test_a_build_passes_on_what_the_loader_says_of_rejects(desk: Desk, caplog: Any) -> None:
    good = "".join(f"g{i},contact,7,2026-01-02\n" for i in range(30))
    desk.put("records.csv", bad(6) + good)
    desk.put("users.csv", "user_id\nu1\n")
    caplog.set_level(logging.INFO)
    arguments = ["open", str(desk.home / "files"), "--warehouse", str(desk.warehouse)]
    assert _quietly(load_script.main, arguments) == 0
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 7
    assert told[1] == "    records.csv line 2, employee_count: 'many' is not a whole number"
    assert told[-1] == "    and 1 more in raw_meta.rejects"
    assert not any("users" in line for line in told)
