"""Two commands never write one warehouse, and what is published is the old file or the new one."""

import contextlib
import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from scripts import build, load, report, running, settings, sightings, swap
from scripts.locks import lock_of, locked
from scripts.places import PROJECT, CannotRunError
from scripts.swap import publish, working_copy
from tests.checks.small_warehouse import execute, make_warehouse

NOTE = "insert into raw_meta.dbt_runs values (1, 'run', 'build', timestamp '2026-07-01')"


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return make_warehouse(tmp_path / "crm.duckdb")


def people(path: Path) -> int:
    with duckdb.connect(str(path), read_only=True) as connection:
        row = connection.execute("select count(*) from marts.dim_people").fetchone()
    return int(row[0]) if row else -1


def test_who_comes_second_is_told_who_was_first(warehouse: Path) -> None:
    same = warehouse.parent / "." / warehouse.name
    with (
        locked(warehouse, "a build"),
        pytest.raises(CannotRunError) as told,
        locked(same, "a load"),
    ):
        pass
    said = str(told.value)
    assert f"a build (process {os.getpid()}, since " in said
    assert "wait until it is done" in said
    with locked(warehouse, "a load"):
        pass


def test_every_command_that_writes_takes_the_lock(
    warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["--warehouse", str(warehouse)]
    with locked(warehouse, "a build"):
        for main, arguments in (
            (load.main, ["open", str(tmp_path), *at]),
            (sightings.main, at),
            (settings.main, [*at, "time_zone=Asia/Tokyo"]),
        ):
            assert main(arguments) == 2
            said = capsys.readouterr().err
            assert "is being written by a build" in said
            assert len(said.splitlines()) == 1
        # Looking is always allowed.
        assert settings.main(at) == 0


def test_a_killed_command_holds_no_lock(warehouse: Path) -> None:
    code = f"""
import os, signal
from pathlib import Path
from scripts.locks import locked
with locked(Path({str(warehouse)!r}), "a build"):
    os.kill(os.getpid(), signal.SIGKILL)
"""
    ended = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert lock_of(warehouse).read_text().startswith("a build (process ")
    with locked(warehouse, "a build"):
        pass


def test_what_a_killed_build_left_is_taken_away(warehouse: Path) -> None:
    left = working_copy(warehouse).working
    (left.parent / "half").write_text("done")
    again = working_copy(warehouse)
    assert [path.name for path in again.working.parent.iterdir()] == [warehouse.name]


def test_the_new_file_is_published_whole_and_without_a_log(warehouse: Path) -> None:
    copy = working_copy(warehouse)
    connection = duckdb.connect(str(copy.working))
    connection.execute("set checkpoint_threshold = '1 GB'")
    connection.execute(NOTE)
    connection.execute("delete from marts.dim_people")
    # A process that is killed leaves its log; here it is copied from under an open connection.
    log = Path(f"{copy.working}.wal")
    kept = log.read_bytes()
    file = copy.working.read_bytes()
    connection.close()
    copy.working.write_bytes(file)
    log.write_bytes(kept)
    publish(copy, "run")
    assert people(warehouse) == 0
    assert not Path(f"{warehouse}.wal").exists()
    assert not log.exists()


def test_a_file_that_another_program_changed_is_not_replaced(warehouse: Path) -> None:
    copy = working_copy(warehouse)
    execute(copy.working, NOTE)
    execute(warehouse, "delete from marts.dim_people where person_id = 'p1'")
    with pytest.raises(CannotRunError, match="changed by another program"):
        publish(copy, "run")
    assert people(warehouse) == 2


def test_a_file_that_was_not_there_and_now_is_is_not_replaced(tmp_path: Path) -> None:
    warehouse = tmp_path / "crm.duckdb"
    copy = working_copy(warehouse)
    make_warehouse(copy.working)
    execute(copy.working, NOTE)
    make_warehouse(warehouse)
    with pytest.raises(CannotRunError, match="changed by another program"):
        publish(copy, "run")


@contextlib.contextmanager
def other_writer(warehouse: Path) -> Iterator[None]:
    """Another program that has the file open to write it, and has not begun to."""
    program = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(warehouse)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline()
        try:
            yield
        finally:
            other.kill()


def test_a_file_that_another_program_could_write_is_not_replaced(warehouse: Path) -> None:
    """It would write its log beside the new file, which would then hold its rows."""
    copy = working_copy(warehouse)
    execute(copy.working, NOTE)
    execute(copy.working, "delete from marts.dim_people")
    with other_writer(warehouse), pytest.raises(CannotRunError, match="has it open"):
        publish(copy, "run")
    assert people(warehouse) == 3
    with other_writer(warehouse), pytest.raises(CannotRunError, match="has it open"):
        working_copy(warehouse)


def test_who_reads_stops_no_build(warehouse: Path) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as reader:
        copy = working_copy(warehouse)
        execute(copy.working, NOTE)
        execute(copy.working, "delete from marts.dim_people")
        publish(copy, "run")
        assert reader.execute("select count(*) from marts.dim_people").fetchone() == (3,)
    assert people(warehouse) == 0


def test_a_warehouse_behind_a_link_stays_there(warehouse: Path, tmp_path: Path) -> None:
    link = tmp_path / "near" / "own.duckdb"
    link.parent.mkdir()
    link.symlink_to(warehouse)
    copy = working_copy(link)
    # Views know the name by which the file is opened.
    assert copy.working.name == link.name
    execute(copy.working, NOTE)
    execute(copy.working, "delete from marts.dim_people")
    publish(copy, "run")
    assert link.is_symlink()
    assert people(warehouse) == 0


def test_a_copy_that_this_build_did_not_make_is_not_published(warehouse: Path) -> None:
    """What stood there when the disk was full, or what somebody else put there."""
    copy = working_copy(warehouse)
    before = warehouse.read_bytes()
    for run_id in ("run", ""):
        with pytest.raises(CannotRunError, match="not what this build made"):
            publish(copy, run_id)
    assert warehouse.read_bytes() == before


@pytest.mark.parametrize("at", ["checkpoint", "fsync", "replace"])
def test_a_full_disk_at_the_swap_leaves_the_old_file(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    copy = working_copy(warehouse)
    execute(copy.working, NOTE)
    execute(copy.working, "delete from marts.dim_people")

    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = warehouse.read_bytes()
    with monkeypatch.context() as patch:
        if at == "checkpoint":
            patch.setattr(swap, "fold_in_log", full)
        elif at == "fsync":
            patch.setattr(os, "fsync", full)
        else:
            patch.setattr(Path, "replace", full)
        with pytest.raises(OSError, match="No space left"):
            publish(copy, "run")
    assert warehouse.read_bytes() == before


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "x", "reports/page"), "reports/page: there is no room left"),
        (OSError(errno.EROFS, "x"), "read-only"),
        (PermissionError(errno.EACCES, "x", "a.csv"), "a.csv: it may not be read or written"),
        (duckdb.IOException("IO Error: Could not write all bytes to file"), "no room left"),
        (duckdb.IOException("IO Error: Could not set lock on file"), "another program has"),
        (duckdb.IOException("a is not a valid DuckDB database file!"), "no DuckDB database"),
        (CannotRunError("so it is"), "so it is"),
        (MemoryError(), "memory is used up"),
    ],
)
def test_whatever_stops_a_command_is_one_sentence(
    error: BaseException, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    @running.command("some")
    def main(arguments: object = None) -> int:
        raise error

    assert main() == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("some: ")
    assert said in lines[0]


def test_ctrl_c_is_130_and_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    @running.command("some")
    def main(arguments: object = None) -> int:
        raise KeyboardInterrupt

    assert main() == 130
    assert capsys.readouterr().err == "some: stopped; what was there before is as it was\n"


def test_ctrl_c_that_a_library_takes_for_a_fault_of_its_own_is_130_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    @running.command("some")
    def main(arguments: object = None) -> int:
        try:
            os.kill(os.getpid(), signal.SIGINT)
        except KeyboardInterrupt:
            raise ImportError("initialization failed") from None
        return 0

    before = signal.getsignal(signal.SIGINT)
    assert main() == 130
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert signal.getsignal(signal.SIGINT) == before


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_library_that_keeps_a_signal_to_itself_stops_nobody_from_stopping(
    number: int, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """dbt takes Ctrl-C for the end of its own run, and leaves results that look like a whole run's.

    Before the swap it is asked for once more.
    """

    @running.command("some")
    def main(arguments: object = None) -> int:
        with contextlib.suppress(KeyboardInterrupt):
            os.kill(os.getpid(), number)
        running.finish()
        return 0

    before = signal.getsignal(number)
    assert main() == code
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert signal.getsignal(number) == before


def test_ctrl_c_stops_the_command_that_runs_another(capsys: pytest.CaptureFixture[str]) -> None:
    """A build that is stopped while it loads was stopped: no load was refused."""

    @running.command("inner")
    def inner(arguments: object = None) -> int:
        raise KeyboardInterrupt

    @running.command("outer")
    def outer(arguments: object = None) -> int:
        return 2 if inner() else 0

    assert outer() == 130
    assert capsys.readouterr().err.startswith("outer: stopped")


def test_from_the_swap_on_a_build_cannot_be_stopped() -> None:
    @running.command("some")
    def main(arguments: object = None) -> int:
        running.finish()
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGTERM)
        return 0

    assert main() == 0


def test_ctrl_c_while_libraries_are_imported_is_130() -> None:
    code = "import scripts, os, signal; os.kill(os.getpid(), signal.SIGINT)"
    ended = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.argv[0] = '-m'; {code}"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (130, "stopped\n")


def test_every_command_ends_in_a_sentence_over_a_file_that_is_no_warehouse(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from scripts import check, doctor, init

    strange = tmp_path / "crm.duckdb"
    strange.write_text("a spreadsheet")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "records.csv").write_text("record_id,record_type\n1,contact\n")
    at = ["--warehouse", str(strange)]
    for main, arguments in (
        (check.main, at),
        (doctor.main, at),
        (init.main, ["acme", "--dry-run", *at]),
        (load.main, ["open", str(tmp_path / "files"), *at]),
        (report.main, at),
        (settings.main, at),
        (sightings.main, at),
    ):
        assert main(arguments) == 2, main
        said = capsys.readouterr().err
        assert len(said.splitlines()) == 1, said
        assert "Traceback" not in said
    assert strange.read_text() == "a spreadsheet"


def test_a_build_that_finds_another_one_says_so(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build, "DEMO_WAREHOUSE", warehouse)
    before = warehouse.read_bytes()
    with locked(warehouse, "a build"):
        assert build.main([]) == 2
    said = capsys.readouterr().err
    assert "is being written by a build" in said
    assert len(said.splitlines()) == 1
    assert warehouse.read_bytes() == before


def test_a_folder_is_locked_by_what_it_is_not_by_how_it_is_called(
    warehouse: Path, tmp_path: Path
) -> None:
    linked = tmp_path / "linked"
    linked.symlink_to(warehouse.parent)
    assert lock_of(linked / warehouse.name) == lock_of(warehouse)
    shutil.rmtree(lock_of(warehouse).parent, ignore_errors=True)
