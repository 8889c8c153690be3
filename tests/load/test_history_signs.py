"""A file that looks like history and was not taken is an error, never a remark."""

import pytest

from scripts.history_signs import looks_like_history
from tests.load.desk import Desk

CONTACT = "id,property_createdate\n1,2026-01-02T00:00:00Z\n"


@pytest.mark.parametrize(
    ("stem", "header"),
    [
        ("contact-history-2024", "a,b"),
        ("Lead History", "a,b"),
        ("changes", "a,b"),
        ("lifecycle_stage_history", "a,b"),
        ("kontakt_historie", "kontakt,wert"),
        ("export (3)", "Object,Property,Value,Timestamp"),
        ("report1719", "Lead,Field / Event,Old Value,New Value,Edit Date"),
        ("unnamed", "record,old_value,new_value,changed_at"),
    ],
)
def test_a_history_is_known_by_its_name_or_columns(stem: str, header: str) -> None:
    assert looks_like_history(stem, header.split(","))


@pytest.mark.parametrize(
    ("stem", "header"),
    [
        ("ticket_property_history", "ticket_id,name,value,timestamp"),
        ("opportunity_line_item_history", "id,field,old_value,new_value,created_date"),
        ("Invoice__History", "id,field,old_value,new_value,created_date"),
        ("case_history", "id,field,old_value,new_value,created_date"),
        ("readme", ""),
        ("contact_list", "id,name,value"),
        ("products", "name,value"),
    ],
)
def test_what_no_timeline_reads_is_no_history_of_ours(stem: str, header: str) -> None:
    assert not looks_like_history(stem, header.split(","))


def test_a_history_that_was_not_taken_ends_the_load(desk: Desk) -> None:
    desk.put("contact.csv", CONTACT)
    desk.put("who_moved.csv", "thing,property,old_value,new_value,timestamp\n1,a,b,c,2026-01-02\n")
    outcome = desk.load("hubspot")
    assert outcome.code == 2
    assert "who_moved.csv looks like a " in outcome.err
    assert "history" in outcome.err
    assert desk.value("select count(*) from raw_hubspot.contact") == 0


def test_a_history_that_no_table_is_for_ends_the_load(desk: Desk) -> None:
    desk.put("users.csv", "user_id\nu1\n")
    desk.put("moves.csv", "thing,property,old_value,new_value,timestamp\n1,a,b,c,2026-01-02\n")
    assert "moves.csv looks like a history of changes" in desk.load("open").err
    assert desk.value("select count(*) from raw_open.users") == 0


def test_a_history_in_a_format_that_is_not_read_ends_the_load(desk: Desk) -> None:
    desk.put("contact.csv", CONTACT)
    desk.put("contact_history.xls", b"\xd0\xcf\x11\xe0")
    assert "contact_history.xls looks like a history" in desk.load("hubspot").err


def test_histories_of_other_objects_are_remarks(desk: Desk) -> None:
    desk.put("contact.csv", CONTACT)
    desk.put("ticket_property_history.csv", "ticket_id,name,value,timestamp\n1,a,b,2026-01-02\n")
    outcome = desk.load("hubspot")
    assert outcome.code == 0, outcome
    assert "ticket_property_history.csv: not loaded" in outcome.out
