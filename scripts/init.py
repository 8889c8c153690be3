"""Propose a policy for a CRM that has landed: `python -m scripts.init NAME --source hubspot`.

Reads the raw tables, counts every stage, status, deal stage, pipeline, source, reason, form,
team, owner and e-mail domain, and writes `seeds/NAME/`, a whole policy: what is known is mapped,
the rest of the policy comes from `b2b`. What nobody but a person can tell is left out of the
seeds, so that it shows as unmapped, and stands at the end with a row to paste.
`reports/init-NAME.md` and `.csv` say for each row how sure it is, by what, and how often it is
used. `--dry-run` writes nothing. Exit 0: proposed. 2: it could not run, and nothing was written.
"""

import argparse
import contextlib
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb

from scripts.places import (
    REPORTS,
    CannotRunError,
    cannot_read,
    name_for_people,
    warehouse_in_force,
)
from scripts.proposal.landed import landed_systems, read_landed
from scripts.proposal.policy import SEEDS, read_policy, write_policy
from scripts.proposal.propose import Proposal, propose
from scripts.proposal.telling import as_csv, as_markdown, as_screen

BASE = "b2b"
SHIPPED = ("b2b", "sme", "hubspot", "bpic2012")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def propose_policy(warehouse: Path, wanted: Sequence[str]) -> Proposal:
    """A proposal for these sources of a warehouse; raises `CannotRunError`."""
    base = read_policy(BASE)
    try:
        with contextlib.closing(duckdb.connect(str(warehouse), read_only=True)) as connection:
            sources = wanted or list(landed_systems(connection))
            if not sources:
                raise CannotRunError(
                    f"{name_for_people(warehouse)} holds no data: run python -m scripts.load first"
                )
            return propose(connection, [read_landed(connection, name) for name in sources], base)
    except duckdb.Error as error:
        raise cannot_read(warehouse, error) from None


def place_of(name: str, is_forced: bool) -> Path:
    """The folder of the new policy; raises `CannotRunError` where it may not be written."""
    if not _NAME.fullmatch(name):
        raise CannotRunError(
            f"{name} cannot be a policy's name: use small letters, digits and _, such as acme"
        )
    folder = SEEDS / name
    if folder.exists() and name in SHIPPED:
        raise CannotRunError(f"seeds/{name} ships with the project: choose another name")
    if folder.exists() and not is_forced:
        raise CannotRunError(
            f"seeds/{name} is there already: choose another name, or --force to write it anew"
        )
    return folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Propose, print, write."""
    parser = argparse.ArgumentParser(prog="python -m scripts.init", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("name", metavar="NAME", help="of the new policy: seeds/NAME")
    parser.add_argument(
        "--source",
        action="append",
        default=[],
        metavar="SOURCE",
        help="hubspot, salesforce, open or the name of an open-format source; may be repeated;"
        " default: everything that has landed",
    )
    parser.add_argument("--warehouse", type=Path, help="default: LIFECYCLE_WAREHOUSE")
    parser.add_argument("--dry-run", action="store_true", help="print and write nothing")
    parser.add_argument("--force", action="store_true", help="write over a policy of that name")
    options = parser.parse_args(arguments)
    try:
        folder = place_of(options.name, options.force or options.dry_run)
        proposal = propose_policy(warehouse_in_force(options.warehouse), options.source)
        print(as_screen(proposal, options.name, options.dry_run))
        if not options.dry_run:
            REPORTS.mkdir(exist_ok=True)
            report = REPORTS / f"init-{options.name}"
            report.with_suffix(".csv").write_text(as_csv(proposal), encoding="utf-8")
            text = as_markdown(proposal, options.name)
            report.with_suffix(".md").write_text(text, encoding="utf-8")
            write_policy(proposal.policy, folder)
    except CannotRunError as error:
        print(f"init: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"init: cannot write: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
