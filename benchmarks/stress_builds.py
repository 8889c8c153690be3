"""Builds that meet, are stopped, or find no room: `make stress`, not part of `make test`.

    python -m benchmarks.stress_builds WAREHOUSE [--runs N] [--full N]

WAREHOUSE is any built file, such as warehouse/demo.duckdb; it is only copied. Each round starts one
or two builds (`benchmarks/stress_one_build.py`: the real thing but for dbt, which is pretended) and
looks at what is published then. It must be whole, every mart of one build; and it must be what the
exit codes say: that of the last build that ended with 0, else the one that was there before. A
build that was killed says nothing: then either will do. Where a reader or the disk is at fault, the
seed of the round is printed. Needs root for the rounds on a small file system.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

PROJECT = Path(__file__).resolve().parents[1]
RECORDS = "record_id,record_type,created_at\n1,contact,2026-01-02\n"


def _answer_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Round:
    """A place with a published warehouse, and the builds that are let loose on it."""

    def __init__(self, place: Path, warehouse: Path) -> None:
        self.place = place
        self.published = place / "warehouse" / "crm.duckdb"
        self.published.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(warehouse, self.published)
        self.files = place / "files"
        self.files.mkdir(exist_ok=True)
        (self.files / "records.csv").write_text(RECORDS)
        self.before = self.token()

    def start(self, token: int) -> "subprocess.Popen[str]":
        """A build that writes a token."""
        arguments = [str(self.place), "open", str(self.files), str(token)]
        return subprocess.Popen(
            [sys.executable, "-m", "benchmarks.stress_one_build", *arguments],
            cwd=PROJECT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            # A harness in the background ignores Ctrl-C; its builds must not.
            preexec_fn=_answer_ctrl_c,
        )

    def token(self) -> int:
        """Whose marts are published; raises where they are not all of one build, or unreadable."""
        assert not Path(f"{self.published}.wal").exists(), "a log lies beside the file"
        with duckdb.connect(str(self.published), read_only=True) as connection:
            tables = connection.execute(
                "select table_name from duckdb_columns() where schema_name = 'marts'"
                " and column_name = 'as_of'"
                " and table_name in (select table_name from duckdb_tables())"
            ).fetchall()
            found = {
                value
                for (table,) in tables
                for (value,) in connection.execute(
                    f"select distinct epoch(as_of) from marts.{table}"
                ).fetchall()
            }
        assert len(found) == 1, f"marts of several builds: {found}"
        return int(found.pop())


def ended(build: "subprocess.Popen[str]") -> tuple[int, str]:
    """Exit code, and the last line of what it said; a traceback is a fault."""
    _, said = build.communicate(timeout=300)
    assert "Traceback" not in said, said
    return build.returncode, (said.strip().splitlines() or [""])[-1]


def meet(one: Round, chance: random.Random) -> str:
    """Two builds, the second at a random moment of the first."""
    first = one.start(1_000_001)
    time.sleep(chance.uniform(0, 4))
    second = one.start(1_000_002)
    codes = [ended(first)[0], ended(second)[0]]
    assert set(codes) <= {0, 2}, codes
    # One at a time: where both held, the second began when the first had ended.
    expected = 1_000_002 if codes[1] == 0 else 1_000_001 if codes[0] == 0 else one.before
    assert one.token() == expected, (codes, one.token())
    return f"exit codes {codes[0]} and {codes[1]}"


def interrupt(one: Round, chance: random.Random, how: signal.Signals) -> str:
    """One build, stopped at a random moment; the next one finds nothing in its way."""
    build = one.start(1_000_001)
    time.sleep(chance.uniform(0, 4))
    # Ctrl-C goes to the whole group, as a terminal sends it.
    if build.poll() is None:
        os.killpg(build.pid, how)
    code, _ = ended(build)
    found = one.token()
    if code == 0:
        assert found == 1_000_001, (code, found)
    elif how is signal.SIGINT:
        assert code in (130, -signal.SIGINT, 2), code
        assert found == one.before, (code, found)
    else:
        assert found in (one.before, 1_000_001), (code, found)
    again, said = ended(one.start(1_000_003))
    assert (again, one.token()) == (0, 1_000_003), (again, said)
    return f"{how.name}: exit code {code}"


def fill(warehouse: Path, chance: random.Random, place: Path) -> str:
    """One build on a file system with little room left, from nearly none to nearly enough."""
    size = warehouse.stat().st_size
    room = int(size * chance.uniform(1.02, 3.2)) + 200_000
    mounted = ["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(place)]
    subprocess.run(mounted, check=True)
    try:
        one = Round(place, warehouse)
        code, said = ended(one.start(1_000_001))
        assert code in (0, 2), (code, said)
        assert one.token() == (1_000_001 if code == 0 else one.before), (code, said)
        return f"{room / size:.2f} times the file: exit code {code}"
    finally:
        subprocess.run(["umount", str(place)], check=True)


def as_own_data(warehouse: Path, place: Path) -> Path:
    """A copy that takes own data: made-up data and one's own never share a file."""
    copy = place / "base.duckdb"
    shutil.copyfile(warehouse, copy)
    with duckdb.connect(str(copy)) as connection:
        connection.execute("update raw_meta.loads set method = replace(method, ':demo', '')")
        connection.execute("force checkpoint")
    return copy


def main() -> int:
    """Run the rounds and count what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("warehouse", type=Path)
    parser.add_argument("--runs", type=int, default=100, help="of builds that meet, and stopped")
    parser.add_argument("--full", type=int, default=50, help="on a file system with little room")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="stress-") as folder:
        return run_rounds(as_own_data(options.warehouse, Path(folder)), options)


def run_rounds(warehouse: Path, options: argparse.Namespace) -> int:
    """Every round in a place of its own; 0 where all of them held."""
    outcomes: dict[str, int] = {}
    failed = 0
    rounds = [("meet", n) for n in range(options.runs)]
    rounds += [("interrupt", n) for n in range(options.runs)]
    rounds += [("kill", n) for n in range(options.runs)]
    rounds += [("full", n) for n in range(options.full)] if os.geteuid() == 0 else []
    for kind, number in rounds:
        seed = f"{options.seed}-{kind}-{number}"
        chance = random.Random(seed)
        with tempfile.TemporaryDirectory(prefix="stress-") as folder:
            place = Path(folder)
            try:
                if kind == "full":
                    said = fill(warehouse, chance, place).partition(": ")[2]
                else:
                    one = Round(place, warehouse)
                    if kind == "meet":
                        said = meet(one, chance)
                    else:
                        how = signal.SIGINT if kind == "interrupt" else signal.SIGKILL
                        said = interrupt(one, chance, how)
            except (AssertionError, duckdb.Error) as error:
                failed += 1
                said = "FAILED"
                print(f"{seed}: {error}", flush=True)
        outcomes[f"{kind}: {said}"] = outcomes.get(f"{kind}: {said}", 0) + 1
    for outcome, count in sorted(outcomes.items()):
        print(f"{count:5} {outcome}")
    print(f"{sum(outcomes.values()) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
