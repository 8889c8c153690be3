"""What a warehouse remembers: `python -m scripts.settings [--warehouse FILE] [KEY=VALUE ...]`.

Without a pair it shows everything; with some it changes them. Keys: policy, time_zone, portal
(HubSpot's number), organisation (Salesforce's id), address (of Salesforce, for links), and
files_time_zone.SOURCE. What has
landed is not read again: the zone of files can be changed before their first load only, and another
installation's rows need a warehouse of their own. Exit 0: shown or changed. 2: could not.
"""

import argparse
import contextlib
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import available_timezones

from scripts.connectors.labels import languages
from scripts.hints import DATES, DECIMALS
from scripts.installations import another_landed
from scripts.locks import locked
from scripts.places import SEEDS, CannotRunError, name_for_people, warehouse_in_force
from scripts.remembered import (
    ADDRESS,
    FILES_DATES,
    FILES_DECIMAL,
    FILES_LANGUAGE,
    FILES_TIME_ZONE,
    INSTALLATIONS,
    POLICY,
    TIME_ZONE,
    read_settings,
    remember,
    settings_of,
)
from scripts.running import command, finish
from scripts.warehouse import open_warehouse, prepare_warehouse

_INSTALLATION = {"portal": r"\d+", "organisation": r"00D\w{12}(\w{3})?"}
_ADDRESS = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def checked(pair: str) -> tuple[str, str]:
    """Key and value of `key=value`; raises `CannotRunError` where it cannot be a setting."""
    key, is_pair, value = (part.strip() for part in pair.partition("="))
    if not is_pair or not value:
        raise CannotRunError(f"{pair} is no setting: write KEY=VALUE, such as policy=acme")
    if key == POLICY:
        known = sorted(folder.name for folder in SEEDS.iterdir() if _is_policy(folder))
        if value not in known:
            raise CannotRunError(f"there is no policy {value} in seeds/: {', '.join(known)}")
    elif key == TIME_ZONE or key.startswith(FILES_TIME_ZONE):
        if value not in available_timezones():
            raise CannotRunError(f"unknown time zone {value}: use a name such as Europe/Berlin")
    elif key.startswith(FILES_LANGUAGE):
        if value not in languages():
            raise CannotRunError(f"{value} is no {key}: it is {' or '.join(languages())}")
    elif key.startswith((FILES_DATES, FILES_DECIMAL)):
        ways = DATES if key.startswith(FILES_DATES) else DECIMALS
        if value not in ways:
            raise CannotRunError(f"{value} is no {key}: it is {' or '.join(ways)}")
    elif key in _INSTALLATION:
        if not re.fullmatch(_INSTALLATION[key], value):
            raise CannotRunError(f"{value} is no {key}: it is a number of HubSpot's, or 00D…")
    elif key == ADDRESS:
        if not _ADDRESS.fullmatch(value):
            raise CannotRunError(f"{value} is no address: write it like acme.my.salesforce.com")
    else:
        of_files = [
            f"{one}SOURCE" for one in (FILES_LANGUAGE, FILES_TIME_ZONE, FILES_DATES, FILES_DECIMAL)
        ]
        keys = [POLICY, TIME_ZONE, *INSTALLATIONS.values(), ADDRESS, *of_files]
        raise CannotRunError(f"{key} is no setting: they are {', '.join(keys)}")
    return key, value


def _is_policy(folder: Path) -> bool:
    return (folder / "lifecycle_stages.csv").is_file()


def change(warehouse: Path, told: dict[str, str]) -> None:
    """Keep settings, all or none; raises `CannotRunError` where rows were read by others."""
    with contextlib.closing(open_warehouse(warehouse)) as connection:
        connection.execute("begin")
        # Whole, so that a file of an older version can be built once it has been told its policy.
        prepare_warehouse(connection)
        kept = read_settings(connection)
        rows = connection.execute("select source, count(*) from raw_meta.loads group by source")
        loads = dict(rows.fetchall())
        for key, value in told.items():
            source = key.removeprefix(FILES_TIME_ZONE)
            is_new = kept.get(key) not in (None, value)
            if key.startswith(FILES_TIME_ZONE) and is_new and loads.get(source):
                raise CannotRunError(
                    f"the files of {source} were read in {kept[key]}, and reading them again in"
                    f" {value} would double every change: move {name_for_people(warehouse)} away"
                    f" and load anew with --timezone {value}"
                )
            if key in _INSTALLATION and (other := another_landed(connection, key, value)):
                raise CannotRunError(
                    f"{name_for_people(warehouse)} holds rows of {key} {other}: rows of"
                    f" {value} need a warehouse of their own (--warehouse FILE)"
                )
        remember(connection, told)
        finish()
        connection.execute("commit")


@command("settings")
def main(arguments: Sequence[str] | None = None) -> int:
    """Show, or change and show."""
    parser = argparse.ArgumentParser(prog="python -m scripts.settings", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("pairs", metavar="KEY=VALUE", nargs="*", help="what to change")
    parser.add_argument("--warehouse", type=Path, help="default: LIFECYCLE_WAREHOUSE")
    options = parser.parse_args(arguments)
    told = dict(checked(pair) for pair in options.pairs)
    warehouse = warehouse_in_force(options.warehouse)
    if told:
        with locked(warehouse, "scripts.settings"):
            change(warehouse, told)
    kept = settings_of(warehouse)
    print(f"{name_for_people(warehouse)} remembers:" if kept else f"{warehouse} remembers nothing")
    for key, value in kept.items():
        print(f"  {key:32}{value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
