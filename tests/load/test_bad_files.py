"""A file that cannot be loaded is one clear line, exit 2, and nothing landed."""

import gzip
import subprocess
import sys

import pytest

from tests.load.desk import PROJECT, Desk

USERS = "user_id,full_name,email,team,is_active\nu1,Ann,a@b.c,sales,true\nu2,Bo,b@b.c,sales,false\n"


def refused(desk: Desk, *words: str, options: tuple[str, ...] = (), source: str = "open") -> None:
    """The folder is refused with one line that holds the words; a good file beside it too."""
    desk.put("deals.csv", "deal_id,name\nd1,Deal\n")
    before = desk.contents()
    outcome = desk.load(source, *options)
    assert outcome.code == 2, outcome
    assert outcome.out == ""
    assert outcome.err.count("\n") == 1, outcome.err
    for word in words:
        assert word in outcome.err
    assert desk.contents() == before
    assert not desk.warehouse.with_name(desk.warehouse.name + ".wal").exists()


def test_missing_key_column_is_refused(desk: Desk) -> None:
    desk.put("users.csv", USERS.replace("user_id", "person"))
    refused(desk, "users.csv line 1", "key column user_id", "found: person")


def test_duplicate_header_is_refused(desk: Desk) -> None:
    desk.put("users.csv", "user_id,email,email\nu1,a,b\n")
    refused(desk, "users.csv line 1 column 3", "email stands twice")


def test_header_without_a_name_is_refused(desk: Desk) -> None:
    desk.put("users.csv", ",user_id\n0,u1\n")
    refused(desk, "users.csv line 1 column 1", "no name")


def test_reserved_header_is_refused(desk: Desk) -> None:
    desk.put("users.csv", "user_id,_load_id\nu1,x\n")
    refused(desk, "users.csv line 1 column 2", "_load_id")


def test_binary_file_is_refused(desk: Desk) -> None:
    desk.put("users.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    refused(desk, "users.csv line 1")


def test_binary_file_with_many_nuls_is_refused(desk: Desk) -> None:
    desk.put("users.csv", b"\x7fELF\x02\x01\x01" + b"\0" * 500)
    refused(desk, "users.csv line 1", "not text")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_refused(desk: Desk, encoding: str) -> None:
    desk.put("users.csv", USERS.encode(encoding))
    refused(desk, "users.csv line 1", "UTF-16", "UTF-8")


def test_empty_file_is_refused(desk: Desk) -> None:
    desk.put("users.csv", b"")
    refused(desk, "users.csv is empty")


def test_file_of_empty_lines_is_refused(desk: Desk) -> None:
    desk.put("users.csv", b"\n\n\n")
    refused(desk, "users.csv", "header")


def test_line_of_100_mb_is_refused(desk: Desk) -> None:
    desk.put("users.csv", USERS.encode() + b"u3," + b"x" * 100_000_000 + b",,,\n")
    refused(desk, "users.csv line 4", "MB")


def test_unclosed_quote_is_refused_where_it_opens(desk: Desk) -> None:
    desk.put("users.csv", USERS + 'u3,"Cy,c@b.c,sales,true\nu4,Di,d@b.c,sales,true\n')
    refused(desk, "users.csv line 4", "quote")


def test_unclosed_quote_before_quoted_cells_is_refused_where_it_opens(desk: Desk) -> None:
    lines = [f'u{i},"Name {i}",a@b.c,sales,true' for i in range(3, 40)]
    lines[7] = lines[7].replace('10"', "10")
    desk.put("users.csv", USERS + "\n".join(lines) + "\n")
    refused(desk, "users.csv line 11", "line 12", "quote")


def test_csv_cut_inside_a_quoted_cell_is_refused(desk: Desk) -> None:
    desk.put("users.csv", USERS + 'u3,"Cy with a lo')
    refused(desk, "users.csv line 4", "end of the file")


def test_gzip_cut_short_is_refused(desk: Desk) -> None:
    desk.put("users.csv.gz", gzip.compress((USERS * 500).encode())[:-20])
    refused(desk, "users.csv.gz", "cut short")


def test_file_that_only_claims_gzip_is_refused(desk: Desk) -> None:
    desk.put("users.csv.gz", USERS)
    refused(desk, "users.csv.gz", "not gzip")


def test_broken_parquet_is_refused(desk: Desk) -> None:
    desk.put("users.parquet", b"PAR1 this is not parquet PAR1")
    refused(desk, "users.parquet", "Parquet")


def test_json_without_objects_is_refused(desk: Desk) -> None:
    desk.put("users.jsonl", "[1, 2]\n[3]\n")
    refused(desk, "users.jsonl", "JSON object")


def test_two_files_of_one_table_are_refused(desk: Desk) -> None:
    desk.put("users.csv", USERS)
    desk.put("users.csv.gz", gzip.compress(USERS.encode()))
    refused(desk, "users.csv and users.csv.gz", "keep one")


def test_unknown_source_is_refused(desk: Desk) -> None:
    refused(desk, "unknown source pipedrive", "hubspot, salesforce, open", source="pipedrive")


def test_unknown_time_zone_is_refused(desk: Desk) -> None:
    refused(desk, "Europe/Nowhere", options=("--timezone", "Europe/Nowhere"))


def test_as_of_in_another_format_is_refused(desk: Desk) -> None:
    refused(desk, "--as-of 02.03.2026", options=("--as-of", "02.03.2026"))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("hubspot", "is taken: hubspot and names that begin with hubspot_ are for `load hubspot`"),
        ("Salesforce", "is taken: salesforce and names"),
        ("hubspot_eu", "is taken: hubspot and names"),
        ("meta", "is taken: raw_meta holds the loader's own notes"),
        ("x_history", "is taken: names that end with _history"),
        ("x_all", "is taken: names that end with _all"),
        ("Pipe Drive", "use small letters"),
        ("1st", "use small letters"),
    ],
)
def test_name_that_cannot_be_a_schema_is_refused(desk: Desk, name: str, why: str) -> None:
    refused(desk, f"--name {name} ", why, options=("--name", name))


def test_missing_folder_is_refused(desk: Desk) -> None:
    outcome = desk.load(folder="nowhere")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert "nowhere is not a folder" in outcome.err


def test_folder_without_a_known_table_is_refused(desk: Desk) -> None:
    desk.put("people.csv", USERS)
    outcome = desk.load()
    assert outcome.code == 2
    assert "no file of a known table" in outcome.err
    assert "users" in outcome.err


def test_warehouse_that_is_no_database_is_refused_and_left_alone(desk: Desk) -> None:
    desk.put("users.csv", USERS)
    desk.warehouse.write_bytes(b"minutes of the meeting" * 1000)
    outcome = desk.load()
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert desk.warehouse.read_bytes() == b"minutes of the meeting" * 1000


def test_a_refused_first_load_leaves_no_warehouse(desk: Desk) -> None:
    desk.put("users.csv", USERS.replace("user_id", "person"))
    desk.warehouse.unlink()
    assert desk.load().code == 2
    assert not desk.warehouse.exists()


def test_locked_warehouse_is_one_clear_line(desk: Desk) -> None:
    desk.put("users.csv", USERS)
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); input()",
            str(desk.warehouse),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=PROJECT,
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    try:
        outcome = desk.load()
    finally:
        holder.communicate(b"\n")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert "another program has it open" in outcome.err
    assert desk.value("select count(*) from raw_open.users") == 0


def test_demo_and_own_data_never_share_a_file(desk: Desk) -> None:
    desk.put("users.csv", USERS, folder="own")
    desk.put("users.csv", USERS.replace("u2", "u3"), folder="demo")
    desk.put("DEMO_DATA", "", folder="demo")
    assert desk.load(folder="own").code == 0
    outcome = desk.load(folder="demo")
    assert outcome.code == 2
    assert "holds own data and the folder holds demo data" in outcome.err
    desk.file = desk.home / "demo.duckdb"
    assert desk.load(folder="demo").code == 0
    assert desk.value("select method from raw_meta.loads") == "open:files:demo"
    outcome = desk.load(folder="own")
    assert outcome.code == 2
    assert "holds demo data and the folder holds own data" in outcome.err
