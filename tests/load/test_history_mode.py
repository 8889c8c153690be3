"""Fivetran's history mode: versions of a state table, which are no history object of the CRM."""

from tests.load.desk import Desk

STATE = (
    "id,name,is_deleted,system_modstamp,_fivetran_synced\n001A,Now,false,2024-03-01,2024-03-02\n"
)
VERSIONS = (
    "_fivetran_active,_fivetran_start,_fivetran_end,_fivetran_synced,id,name,is_deleted\n"
    "false,2023-01-01 00:00:00,2023-06-01 00:00:00,2024-03-02,001A,First,false\n"
    "true,2023-06-01 00:00:00,9999-12-31 23:59:59,2024-03-02,001A,Second,false\n"
    "false,2023-01-01 00:00:00,2023-02-01 00:00:00,2024-03-02,001B,Older,false\n"
    "true,2023-02-01 00:00:00,9999-12-31 23:59:59,2024-03-02,001B,Newer,false\n"
)
CURRENT = "select id, name, cast(_seen_at as varchar) from raw_salesforce_all.account order by 1"
HISTORY = CURRENT.replace("_all.", "_all_history.") + ", 3"
VERSIONS_OF_A = [
    ("001A", "First", "2023-01-01 00:00:00"),
    ("001A", "Second", "2023-06-01 00:00:00"),
]


def test_versions_go_to_the_history_from_when_they_were_seen(desk: Desk) -> None:
    desk.put("sf_account_data.csv", STATE)
    desk.put("sf_account_history_data.csv", VERSIONS)
    outcome = desk.load("salesforce", "--as-of", "2024-05-01")
    assert "versions that Fivetran's history mode kept → account" in outcome.out
    assert desk.rows(CURRENT) == [
        ("001A", "Now", "2024-05-01 00:00:00"),
        ("001B", "Newer", "2023-02-01 00:00:00"),
    ]
    assert desk.rows(HISTORY) == [*VERSIONS_OF_A, ("001B", "Older", "2023-01-01 00:00:00")]
    assert desk.rows("from raw_salesforce_all.account_history") == []


def test_versions_in_a_file_of_their_own_make_the_rows(desk: Desk) -> None:
    desk.put("account.csv", VERSIONS)
    desk.load("salesforce", "--as-of", "2024-05-01")
    assert [row[:2] for row in desk.rows(CURRENT)] == [("001A", "Second"), ("001B", "Newer")]


def test_versions_in_two_loads_are_the_versions_in_one(desk: Desk) -> None:
    header, *rows = VERSIONS.splitlines()
    for number, row in enumerate(reversed(rows)):
        desk.put("account_history.csv", f"{header}\n{row}\n", f"part{number}")
        desk.load("salesforce", "--as-of", "2024-05-01", folder=f"part{number}")
    split = desk.rows(CURRENT), desk.rows(HISTORY)
    (desk.home / "whole").mkdir()
    whole = Desk(desk.home / "whole", desk.template, desk.capsys)
    whole.put("account_history.csv", VERSIONS)
    whole.load("salesforce", "--as-of", "2024-05-01")
    assert (whole.rows(CURRENT), whole.rows(HISTORY)) == split


def test_a_row_whose_versions_are_all_over_was_deleted(desk: Desk) -> None:
    open_until = "true,2023-02-01 00:00:00,9999-12-31 23:59:59"
    over = VERSIONS.replace(open_until, "false,2023-02-01,2023-03-01")
    desk.put("account.csv", over)
    desk.load("salesforce", "--as-of", "2024-05-01")
    flags = "select id, coalesce(_fivetran_deleted, false) from raw_salesforce_all{}.account"
    assert sorted(desk.rows(flags.format(""))) == [("001A", False), ("001B", True)]
    assert {row[1] for row in desk.rows(flags.format("_history"))} == {False}


def test_salesforces_own_history_object_is_a_change_table(desk: Desk) -> None:
    desk.put(
        "sf_account_history_data.csv",
        "id,account_id,field,old_value,new_value,created_date,_fivetran_synced\n"
        "017A,001A,Name,First,Second,2023-06-01,2024-03-02\n",
    )
    desk.load("salesforce")
    changes = "select account_id, field, new_value from raw_salesforce_all.account_history"
    assert desk.rows(changes) == [("001A", "Name", "Second")]
    assert desk.rows("from raw_salesforce_all_history.account") == []


def test_late_rows_behind_the_cursor_land_once(desk: Desk) -> None:
    """Pitfall 24: an overlapping extract brings a row again and one that was missed."""
    header = "id,status,system_modstamp\n"
    desk.put("lead.csv", header + "00Q1,Open,2024-01-02\n00Q2,Open,2024-01-05\n", "first")
    desk.put("lead.csv", header + "00Q2,Open,2024-01-05\n00Q3,Open,2024-01-03\n", "second")
    desk.load("salesforce", folder="first")
    assert "1 landed + 1 unchanged" in desk.load("salesforce", folder="second").out
    assert [row[0] for row in desk.rows("select id from raw_salesforce_all.lead order by 1")] == [
        "00Q1", "00Q2", "00Q3",
    ]  # fmt: skip


def test_hard_deletes_are_found_by_a_complete_list(desk: Desk) -> None:
    """Pitfall 22: campaign members vanish without a trace."""
    header = "id,campaign_id,status,is_deleted,system_modstamp\n"
    desk.put("campaign_member.csv", header + "00v1,701,Sent,false,\n00v2,701,Sent,false,\n", "one")
    desk.put("campaign_member.csv", header + "00v1,701,Sent,false,\n", "two")
    desk.load("salesforce", "--complete", "--as-of", "2024-01-01", folder="one")
    desk.load("salesforce", "--complete", "--as-of", "2024-01-02", folder="two")
    gone = "select id from raw_salesforce_all.campaign_member where is_deleted"
    assert desk.rows(gone) == [("00v2",)]
    observed = "select key_value, cast(observed_at as varchar) from raw_meta.observed_deletions"
    assert desk.rows(observed) == [("00v2", "2024-01-02 00:00:00")]
