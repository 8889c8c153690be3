"""Builds as of random earlier moments, after everything has landed: not part of `make test`.

    python -m benchmarks.past_moments [--moments N] [--seed S] [--only demo|log]

The demo, and the real log of ../shared/data/bpic2012 where it is there: as of each moment every
data test holds. Of the log, whose tables are those of the open format, the rows are then put back
to what its history proves of that moment (`tests/past/rewind.py`), and every mart must be the
same. Random CRMs are `LIFECYCLE_PAST_MOMENTS=20 pytest tests/properties/test_past.py`.
Exit code 0, or 1 with the first differences.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from scripts import generate
from tests.compiled import CompiledModels, compiled_project
from tests.past.rewind import rewind_open
from tests.past.same import differences, mart_rows
from tests.pipeline import SHARED_DATA, Pipeline

LOG = SHARED_DATA / "bpic2012" / "open"
# The time that each of them tells of.
SPANS = {
    "demo": (datetime(2025, 1, 15), datetime(2026, 6, 15)),
    "log": (datetime(2011, 10, 2), datetime(2012, 3, 10)),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the moments; say of each what was found."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--moments", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=sorted(SPANS))
    options = parser.parse_args(arguments)
    names = [options.only] if options.only else sorted(SPANS)
    faults = 0
    for name in names:
        if name == "log" and not LOG.is_dir():
            sys.stdout.write(f"log: not tried, {LOG} is not there\n")
            continue
        drawn = random.Random(f"{options.seed} {name}")
        start, end = SPANS[name]
        seconds = int((end - start).total_seconds())
        moments = [
            start + timedelta(seconds=drawn.randrange(seconds)) for _ in range(options.moments)
        ]
        with tempfile.TemporaryDirectory() as folder:
            faults += try_moments(name, landed(name, Path(folder)), moments)
    return 1 if faults else 0


def landed(name: str, folder: Path) -> Pipeline:
    """A warehouse with everything in it."""
    if name == "log":
        pipeline = Pipeline(folder, policy="bpic2012")
        pipeline.load("open", LOG)
        return pipeline
    pipeline = Pipeline(folder)
    generate.main([str(folder / "files"), "--breaches", "0.06"])
    for source in ("hubspot", "salesforce"):
        pipeline.load(source, folder / "files" / source, "--as-of", generate.DEFAULT_AS_OF)
    return pipeline


def try_moments(name: str, pipeline: Pipeline, moments: list[datetime]) -> int:
    """Build as of each moment; how many moments show a fault."""
    wanted = [model.name for model in compiled_project().values() if model.kind != "test"]
    models = CompiledModels(wanted, policy=pipeline.policy, landed=pipeline.warehouse)
    faults = 0
    for moment in moments:
        began = time.monotonic()
        models.stand_at(moment.isoformat(" "))
        models.run()
        found = [f"data test {test}" for test in models.failing_tests()]
        (people,) = models.rows("select count(*) from marts.dim_people")[0]
        if name == "log":
            later = mart_rows(models)
            put_back(models, pipeline.warehouse, moment)
            models.run()
            found += differences(later, mart_rows(models))
            models.take(pipeline.warehouse)
        faults += bool(found)
        took = time.monotonic() - began
        verdict = f"{len(found)} faults" if found else "as it was" if name == "log" else "passes"
        sys.stdout.write(f"{name} {moment}: {people} people, {verdict} ({took:.0f} s)\n")
        sys.stdout.writelines(f"    {line[:400]}\n" for line in found[:5])
        sys.stdout.flush()
    return faults


def put_back(models: CompiledModels, warehouse: Path, moment: datetime) -> None:
    """Land the rows as they were."""
    then = warehouse.with_name("then.duckdb")
    shutil.copyfile(warehouse, then)
    with duckdb.connect(str(then)) as connection:
        rewind_open(connection, "raw_open", moment)
    models.take(then)
    then.unlink()


if __name__ == "__main__":
    sys.exit(main())
