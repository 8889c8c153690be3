"""A load that is killed at any moment leaves the warehouse as it was, and can be run again."""

import multiprocessing
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

import duckdb
import pytest

from scripts import one_load
from scripts.load import Request, load, main
from tests.load.desk import digest_of

Writer = Callable[[Path, int, int, str], None]


def _write(folder: Path, first: int, last: int, stamp: str) -> None:
    folder.mkdir()
    people = "".join(
        f'{i},"Name, {i}",{stamp}\n' if i % 50 else f"{i},Name,bad\n" for i in range(first, last)
    )
    header = "id,property_firstname,property_lastmodifieddate\n"
    (folder / "contact.csv").write_text(header + people)
    changes = "".join(
        f"{i % 700},lifecyclestage,{stamp}T{i % 24:02}:00:00Z,lead,CRM_UI,{i}\n"
        for i in range(first, last * 4)
    )
    (folder / "contact_property_history.csv").write_text(
        "contact_id,name,timestamp,value,source,source_id\n" + changes
    )


def _write_as_dlt(folder: Path, first: int, last: int, stamp: str) -> None:
    folder.mkdir()
    people = "".join(
        f'{i},"Name, {i}",{stamp if i % 50 else "bad"},1.5,p{i}\n' for i in range(first, last)
    )
    header = "id,firstname,lastmodifieddate,_dlt_load_id,_dlt_id\n"
    (folder / "contacts.csv").write_text(header + people)
    changes = "".join(
        f"{i % 200},lifecyclestage,lead,{stamp}T{i % 24:02}:00:00Z,CRM_UI,{i},1.5,c{i}\n"
        for i in range(first, last * 2)
    )
    (folder / "contacts_property_history.csv").write_text(
        "object_id,property_name,value,timestamp,source_type,source_id,_dlt_load_id,_dlt_id\n"
        + changes
    )


def _silently(arguments: list[str]) -> None:
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        code = main(arguments)
    sys.exit(code)


# A connector's tables are made, and the views over both shapes, within the same transaction.
@pytest.mark.parametrize(
    ("first", "then", "kills"),
    [
        pytest.param(_write, _write, 50, id="fivetran"),
        pytest.param(_write, _write_as_dlt, 4, id="dlt after fivetran"),
    ],
)
def test_killed_loads_leave_the_previous_state_and_run_again(
    tmp_path: Path, first: Writer, then: Writer, kills: int
) -> None:
    first(tmp_path / "before", 0, 700, "2026-01-02")
    then(tmp_path / "after", 300, 1000, "2026-01-03")
    warehouse, earlier = tmp_path / "warehouse.duckdb", tmp_path / "earlier.duckdb"
    load(Request("hubspot", tmp_path / "before", "hubspot", earlier))
    with duckdb.connect(str(earlier)) as looking:
        before = digest_of(looking)

    request = Request("hubspot", tmp_path / "after", "hubspot", warehouse)
    shutil.copy(earlier, warehouse)
    load(request)
    with duckdb.connect(str(warehouse)) as looking:
        after = digest_of(looking)
    assert before != after

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["scripts.load"])
    arguments = ["hubspot", str(request.folder), "--warehouse", str(warehouse)]

    def start() -> multiprocessing.context.ForkServerProcess:
        shutil.copy(earlier, warehouse)
        process = context.Process(target=_silently, args=(arguments,))
        process.start()
        return process

    started = time.monotonic()
    undisturbed = start()
    undisturbed.join()
    assert undisturbed.exitcode == 0
    seconds = time.monotonic() - started

    chance = random.Random(4)
    unharmed = killed = 0
    for _ in range(kills):
        process = start()
        process.join(chance.uniform(0, seconds))
        process.kill()
        process.join()
        killed += process.exitcode != 0
        with duckdb.connect(str(warehouse)) as looking:
            state = digest_of(looking)
            assert state in (before, after)
            if state == before:
                unharmed += 1
                load(request)
                assert digest_of(looking) == after
        for leftover in tmp_path.glob("warehouse.duckdb.*"):
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    # The moments were spread over the load: most fell into it, and the state before was seen.
    assert killed > kills // 4
    assert unharmed > kills // 4


def test_a_load_that_is_stopped_as_it_commits_has_landed_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it would say that all is as it was, and its rows would be there."""
    _write(tmp_path / "files", 0, 10, "2026-01-02")
    warehouse = tmp_path / "warehouse.duckdb"
    commit = one_load._commit

    def stopped(connection: duckdb.DuckDBPyConnection) -> None:
        commit(connection)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(one_load, "_commit", stopped)
    assert main(["hubspot", str(tmp_path / "files"), "--warehouse", str(warehouse)]) == 0
    with duckdb.connect(str(warehouse)) as looking:
        row = looking.execute("select count(*) from raw_hubspot.contact").fetchone()
    assert row is not None
    assert row[0] > 0
