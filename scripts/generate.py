"""Make up a CRM: `python -m scripts.generate FOLDER [--contacts N] [--breaches RATE] …`.

A believable B2B software company with marketing in HubSpot and sales in Salesforce, badly synced:
FOLDER/hubspot and FOLDER/salesforce hold the raw tables as a connector lands them, FOLDER/truth
what is true about them. The company's operating rules are written down in its own plan
(`scripts/demo/sql`); no model, no rule and no seed of the policy is read. The same seed and options
give the same bytes.

`--breaches RATE` plants breaches on that share of the stories that allow them, and as many
near-misses at the bound; 0 gives a company that keeps every rule. `--extra-plants K` adds
exactly K more breaches of each `--rule`, and moves no other plant.

Results go to stdout, one line a file. Exit code 0, or 2 with one line that says what is wrong.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from scripts.demo.company import MARKER, Demo, make_company
from scripts.demo.plants import PlanError
from scripts.running import command

DEFAULT_AS_OF = "2026-06-30T18:00:00Z"


@command("generate")
def main(arguments: Sequence[str] | None = None) -> int:
    """Make one demo company; 0 = written, 2 = the wish or the folder cannot be used."""
    options = _parser().parse_args(arguments)
    folder: Path = options.folder
    try:
        _refuse_other_data(folder)
        demo = Demo(
            contacts=_at_least(options.contacts, 100, "--contacts"),
            breach_rate=_share(options.breaches),
            extra_plants=_at_least(options.extra_plants, 0, "--extra-plants"),
            rule_codes=tuple(options.rule),
            seed=options.seed,
            as_of=_moment(options.as_of),
        )
        folder.mkdir(parents=True, exist_ok=True)
        for line in make_company(demo, folder):
            print(line)
    except PlanError as error:
        print(f"generate: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.generate", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("folder", type=Path, help="where the files go; made if absent")
    parser.add_argument("--contacts", type=int, default=2000, metavar="N")
    parser.add_argument("--breaches", type=float, default=0.04, metavar="RATE")
    parser.add_argument("--extra-plants", type=int, default=0, metavar="K")
    parser.add_argument(
        "--rule",
        action="append",
        default=[],
        metavar="CODE",
        help="the rule the extra plants break; may be repeated; default: every rule",
    )
    parser.add_argument("--seed", default="7", metavar="S")
    parser.add_argument("--as-of", default=DEFAULT_AS_OF, metavar="TS")
    return parser


def _refuse_other_data(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise PlanError(f"{folder} is not a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise PlanError(f"{folder} holds other files: made-up data goes to a folder of its own")


def _at_least(value: int, least: int, option: str) -> int:
    if value < least:
        raise PlanError(f"{option} must be at least {least}")
    return value


def _share(value: float) -> float:
    if not 0 <= value <= 0.5:
        raise PlanError("--breaches is a share between 0 and 0.5")
    return value


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise PlanError(f"--as-of is no ISO 8601 moment: {text}") from None
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return moment


if __name__ == "__main__":
    sys.exit(main())
