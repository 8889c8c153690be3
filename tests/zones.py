"""dbt's unit and data tests over the demo in time zones far from UTC: `python -m tests.zones`.

Dates and periods are those of the reporting time zone. West of UTC a day begins after the UTC one,
east of it before, so what holds in UTC by chance falls over in one of the two. Takes minutes a
zone, so it is run at night and not by `make test`. Exit 0: everything holds. 1: something does not.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from scripts import generate, load
from scripts.demo.company import extracts
from scripts.places import PROJECT

ZONES = ("America/Phoenix", "Pacific/Auckland")
_DBT = "import gc; gc.set_threshold(200_000, 50, 1000); from dbt.cli.main import cli; cli()"
_BUILD = ("build", "--selector", "everything", "--quiet", "--no-use-colors")


def land_demo(warehouse: Path, folder: Path) -> None:
    """Make the demo CRM and load it; raises `RuntimeError` where that fails."""
    if generate.main([str(folder)]) != 0:
        raise RuntimeError("the demo CRM could not be made")
    as_of = datetime.fromisoformat(generate.DEFAULT_AS_OF)
    for crm, files, moment in extracts(folder, as_of):
        arguments = [crm, str(files), "--as-of", moment.isoformat(), "--warehouse", str(warehouse)]
        if load.main(arguments) != 0:
            raise RuntimeError(f"{files} could not be loaded")


def holds_in(zone: str, landed: Path, place: Path) -> bool:
    """Whether a whole build with its tests passes in a zone; dbt says what does not."""
    # Views know their database by the file's stem.
    warehouse = place / landed.name
    shutil.copyfile(landed, warehouse)
    environment = os.environ | {
        "LIFECYCLE_WAREHOUSE": str(warehouse),
        "LIFECYCLE_POLICY": "b2b",
        "LIFECYCLE_TIMEZONE": zone,
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    places = ["--target-path", str(place), "--log-level-file", "none"]
    command = [sys.executable, "-c", _DBT, *_BUILD, *places]
    return subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode == 0


def main(zones: Sequence[str]) -> int:
    """Land the demo once, build it in each zone."""
    failed = []
    with tempfile.TemporaryDirectory(prefix="crm-zones-") as folder:
        landed = Path(folder) / "demo.duckdb"
        land_demo(landed, Path(folder) / "demo")
        for zone in zones:
            place = Path(folder) / zone.replace("/", "-")
            place.mkdir()
            is_fine = holds_in(zone, landed, place)
            print(f"{zone}: {'holds' if is_fine else 'does not hold'}", flush=True)
            failed += [] if is_fine else [zone]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ZONES))
