"""A build is published whole or not at all, and demo and own data never meet."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import pytest

from scripts import build, fingerprint, generate, places
from scripts import load as load_script
from scripts.outcomes import CheckRun, Outcome
from scripts.places import PROJECT, SEEDS, CannotRunError
from scripts.policy import faults
from scripts.remembered import last_build_of, settings_of
from tests.checks.small_warehouse import AS_OF, execute, make_warehouse

GOOD = Outcome("dbt test", "a_truth", "passed")
BAD = Outcome("dbt test", "a_truth", "failed", "Got 1 result")


class SameProcess:
    """Stands in for the pool: runs at once, here."""

    def __init__(self, **options: object) -> None:
        """Take what the pool takes."""

    def __enter__(self) -> "SameProcess":
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing to close."""

    def submit(self, function: Callable[..., Any], *arguments: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_result(function(*arguments))
        return future


def fake_dbt(working: Path, with_unit_tests: bool, target: Path) -> list[Outcome]:
    """What dbt leaves behind: a note in the warehouse, and results that carry its id."""
    run_id = uuid4().hex
    execute(
        working,
        "insert into raw_meta.dbt_runs select coalesce(max(run_number), 0) + 1,"
        f" '{run_id}', 'build', timestamp '2026-07-01' from raw_meta.dbt_runs",
    )
    target.mkdir(parents=True, exist_ok=True)
    results = {"metadata": {"invocation_id": run_id}, "results": []}
    (target / "run_results.json").write_text(json.dumps(results), encoding="utf-8")
    return [GOOD]


def fake_check(working: Path, part: int, parts: int) -> CheckRun:
    """Nothing to say, of the warehouse as it was built last."""
    return CheckRun(str(working), AS_OF, (), last_build_of(working))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder with a space in its name, where dbt and the checks are good."""
    place = tmp_path / "my crm"
    (place / "warehouse").mkdir(parents=True)
    (place / "own files").mkdir()

    def load(arguments: Sequence[str]) -> int:
        working = Path(arguments[arguments.index("--warehouse") + 1])
        if not working.exists():
            make_warehouse(working)
        return 0

    monkeypatch.setattr(build, "DEMO_WAREHOUSE", place / "warehouse" / "demo.duckdb")
    monkeypatch.setattr(build, "OWN_WAREHOUSE", place / "warehouse" / "crm.duckdb")
    monkeypatch.setattr(places, "REPORTS", place / "reports")
    monkeypatch.setattr(places, "TARGET", place / "target")
    monkeypatch.setattr(build, "stop_on_faults", lambda policy: None)
    monkeypatch.setattr(generate, "main", lambda arguments: 0)
    monkeypatch.setattr(load_script, "main", load)
    monkeypatch.setattr(build, "ProcessPoolExecutor", SameProcess)
    monkeypatch.setattr(build, "warm_up", lambda: None)
    monkeypatch.setattr(build, "dbt_build", fake_dbt)
    monkeypatch.setattr(build, "check", fake_check)
    return place


def published(place: Path) -> set[str]:
    return {path.name for path in (place / "warehouse").glob("*.duckdb*")}


def test_the_demo_lands_in_its_own_file(place: Path) -> None:
    assert build.main([]) == 0
    assert published(place) == {"demo.duckdb"}
    assert (place / "reports" / "demo" / "index.html").is_file()


def test_own_data_land_in_theirs(place: Path) -> None:
    assert build.main(["--source", "hubspot", "--data", str(place / "own files")]) == 0
    assert published(place) == {"crm.duckdb"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--source", "hubspot"],
        ["--data", "somewhere"],
        ["--name", "pipedrive"],
        ["--source", "open", "--data", "no such folder"],
    ],
)
def test_half_a_wish_is_refused(place: Path, arguments: list[str]) -> None:
    assert build.main(arguments) == 2
    assert published(place) == set()


def test_a_policy_that_cannot_stand_is_refused_before_anything_lands(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    landings: list[Sequence[str]] = []
    monkeypatch.setattr(load_script, "main", landings.append)
    monkeypatch.setattr(build, "stop_on_faults", faults.stop_on_faults)
    monkeypatch.setattr(faults, "SEEDS", place)
    policy = shutil.copytree(SEEDS / "b2b", place / "acme")
    teams = policy / "team_mappings.csv"
    teams.write_text(teams.read_text("utf-8") + "hubspot,Vertrieb,?\n", "utf-8")
    line = len(teams.read_text("utf-8").splitlines())
    own = ["--source", "hubspot", "--data", str(place / "own files")]
    for named, said in (
        ("nosuch", f"build failed: no policy at {place / 'nosuch'}; there are: acme"),
        ("acme", f"{teams} line {line}, column team: '?' is not answered"),
    ):
        monkeypatch.setenv("LIFECYCLE_POLICY", named)
        assert build.main(own) == 2
        assert said in capsys.readouterr().err
    assert landings == []
    assert not (place / "warehouse" / ".building-crm").exists()


def test_a_failed_check_publishes_nothing_and_marks_the_old_reports(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main([]) == 0
    warehouse = place / "warehouse" / "demo.duckdb"
    before = warehouse.read_bytes()

    def spoil(working: Path, with_unit_tests: bool, target: Path) -> list[Outcome]:
        execute(working, "delete from marts.dim_people")
        return [BAD]

    monkeypatch.setattr(build, "dbt_build", spoil)
    assert build.main(["--force"]) == 1
    assert "1 of 1 checks failed, so nothing was published" in capsys.readouterr().err
    assert warehouse.read_bytes() == before
    assert "from an earlier build" in (place / "reports" / "demo" / "index.html").read_text("utf-8")
    assert "<failure" in (place / "reports" / "demo" / "junit.xml").read_text("utf-8")
    assert (place / "warehouse" / ".building-demo" / "demo.duckdb").is_file()


def test_a_failed_expectation_publishes_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = CheckRun("demo.duckdb", AS_OF, (Outcome("marts.dim_people", "has rows", "passed"),))
    red = CheckRun("demo.duckdb", AS_OF, (Outcome("raw_hubspot.contact", "has rows", "error"),))
    runs = [good, red]
    monkeypatch.setattr(build, "check", lambda working, part, parts: runs[part])
    assert build.main([]) == 1
    assert published(place) == set()


def test_a_rule_over_tolerance_fails_no_build(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main([]) == 0
    assert "1 over tolerance" in capsys.readouterr().out


def test_a_refused_load_changes_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_script, "main", lambda arguments: 2)
    assert build.main([]) == 2
    assert published(place) == set()


def test_a_demo_of_other_files_starts_anew(place: Path) -> None:
    assert build.main([]) == 0
    warehouse = place / "warehouse" / "demo.duckdb"
    execute(
        warehouse,
        "insert into raw_meta.loads (load_id, source, method, finished_at)"
        " select 'old-' || n, 'hubspot', 'hubspot:files:demo', timestamp '2026-01-01'"
        " from range(4) as old (n)",
    )
    assert build.main([]) == 0
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        assert connection.execute("select load_id from raw_meta.loads").fetchall() == [("load-1",)]


def test_the_log_of_a_killed_load_is_folded_in_before_the_swap(place: Path) -> None:
    warehouse = make_warehouse(place / "warehouse" / "crm.duckdb")
    connection = duckdb.connect(str(warehouse))
    connection.execute("set checkpoint_threshold = '1 GB'")
    connection.execute("insert into raw_hubspot.contact (id) values ('late')")
    killed = place / "killed"
    killed.mkdir()
    log = Path(f"{warehouse}.wal")
    (killed / warehouse.name).write_bytes(warehouse.read_bytes())
    (killed / log.name).write_bytes(log.read_bytes())
    connection.close()
    for path in killed.iterdir():
        path.replace(warehouse.parent / path.name)
    assert build.main(["--source", "hubspot", "--data", str(place / "own files")]) == 0
    assert published(place) == {"crm.duckdb"}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute("select id from raw_hubspot.contact where id = 'late'").fetchall()
    assert rows == [("late",)]


@pytest.fixture
def builds(place: Path, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """One entry for each time dbt ran: whether its unit tests did."""
    done: list[bool] = []

    def note(working: Path, with_unit_tests: bool, target: Path) -> list[Outcome]:
        done.append(with_unit_tests)
        return fake_dbt(working, with_unit_tests, target)

    monkeypatch.setattr(build, "dbt_build", note)
    return done


def test_a_build_that_would_only_repeat_the_last_one_is_left_out(
    place: Path, builds: list[bool], capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main([]) == 0
    (place / "reports" / "demo" / "index.html").unlink()
    assert build.main([]) == 0
    assert builds == [False]
    assert (place / "reports" / "demo" / "index.html").is_file()
    assert "1 over tolerance" in capsys.readouterr().out


def test_a_build_remembers_what_it_was_built_by(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The variable that is forgotten the next time changes nothing; another one stops."""
    own = ["--source", "hubspot", "--data", str(place / "own files")]
    monkeypatch.setenv("LIFECYCLE_POLICY", "bpic2012")
    assert build.main(own) == 0
    crm = place / "warehouse" / "crm.duckdb"
    assert settings_of(crm) == {"policy": "bpic2012", "time_zone": "UTC"}
    monkeypatch.delenv("LIFECYCLE_POLICY")
    assert build.main(own) == 0
    assert "policy bpic2012" in capsys.readouterr().out
    monkeypatch.setenv("LIFECYCLE_POLICY", "b2b")
    before = crm.read_bytes()
    assert build.main(own) == 2
    assert "LIFECYCLE_POLICY says b2b" in capsys.readouterr().err
    assert crm.read_bytes() == before


def test_unit_tests_and_force_always_build(place: Path, builds: list[bool]) -> None:
    build.main([])
    build.main(["--unit-tests"])
    build.main(["--force"])
    assert builds == [False, True, False]


def test_another_setting_builds_again(
    place: Path, builds: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    build.main([])
    monkeypatch.setenv("LIFECYCLE_AS_OF", "2026-05-01T00:00:00")
    build.main([])
    assert len(builds) == 2


def test_another_file_of_the_project_builds_again(
    place: Path, builds: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = place / "project"
    (project / "seeds").mkdir(parents=True)
    seed = project / "seeds" / "rules.csv"
    seed.write_text("a", encoding="utf-8")
    monkeypatch.setattr(fingerprint, "PROJECT", project)
    monkeypatch.setattr(fingerprint, "HOUSE", ())
    build.main([])
    build.main([])
    seed.write_text("b", encoding="utf-8")
    build.main([])
    assert len(builds) == 2


def test_a_file_that_somebody_touched_is_built_again(place: Path, builds: list[bool]) -> None:
    build.main([])
    execute(place / "warehouse" / "demo.duckdb", "delete from marts.dim_people")
    build.main([])
    assert len(builds) == 2


def test_a_new_load_builds_again(place: Path, builds: list[bool]) -> None:
    own = ["--source", "hubspot", "--data", str(place / "own files")]
    build.main(own)
    crm = place / "warehouse" / "crm.duckdb"
    note = place / "warehouse" / ".published" / "crm.json"
    before = note.read_text("utf-8")
    execute(crm, "update raw_meta.loads set load_id = 'load-2'")
    build.main(own)
    assert len(builds) == 2
    assert note.read_text("utf-8") != before


def test_results_that_are_gone_are_made_again(place: Path, builds: list[bool]) -> None:
    build.main([])
    (place / "target" / "demo" / "expectations.json").unlink()
    build.main([])
    assert len(builds) == 2


def test_the_results_of_the_checks_are_kept_for_the_report(place: Path) -> None:
    build.main([])
    assert (place / "target" / "demo" / "expectations.json").is_file()


def test_a_build_that_is_stopped_while_dbt_runs_did_not_fail(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main([]) == 0

    def stopped(working: Path, with_unit_tests: bool, target: Path) -> list[Outcome]:
        with contextlib.suppress(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
        raise CannotRunError("dbt could not run")

    monkeypatch.setattr(build, "dbt_build", stopped)
    assert build.main(["--force"]) == 130
    assert "failed" not in capsys.readouterr().err
    page = (place / "reports" / "demo" / "index.html").read_text("utf-8")
    assert "from an earlier build" not in page


def test_a_helper_of_a_killed_build_ends_with_it(tmp_path: Path) -> None:
    """It would wait for work for ever, with what it has imported in memory."""
    program = (
        "import os, signal\n"
        "from concurrent.futures import ProcessPoolExecutor\n"
        "from multiprocessing import get_context\n"
        "from scripts.check import as_helper\n"
        "if __name__ == '__main__':\n"
        "    spawn = get_context('spawn')\n"
        "    pool = ProcessPoolExecutor(1, mp_context=spawn, initializer=as_helper)\n"
        "    print(pool.submit(os.getpid).result(), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    (tmp_path / "killed.py").write_text(program, encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, str(tmp_path / "killed.py")],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
        timeout=60,
    )
    helper = Path("/proc") / ended.stdout.strip()
    for _ in range(100):
        if not helper.exists():
            break
        time.sleep(0.1)
    assert ended.returncode == -signal.SIGKILL
    assert not helper.exists()
