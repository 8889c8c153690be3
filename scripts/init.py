"""Propose a policy for a CRM that has landed: `python -m scripts.init NAME --source hubspot`.

Reads the raw tables, counts every stage, status, deal stage, pipeline, source, reason, activity,
form, team, owner and e-mail domain, and writes `seeds/NAME/`, a whole policy: what is known is
mapped, the rest of the policy comes from `b2b`. What nobody but a person can tell is left out of
the seeds, so that it shows as unmapped, and is a line of `seeds/NAME/QUESTIONS.csv`: fill in its
column `answer` with a value, with yes, or with no, which is asked no more.
`reports/init-NAME.md` and `.csv` say for each row how sure it is, by what, and how often it is
used. `--dry-run` writes nothing; `--update` keeps what a policy of that name says, takes over the
answers, and adds what it lacks. The warehouse remembers the policy. Exit 0: proposed. 1: something
in the policy or an answer cannot stand, and a build would stop there. 2: it could not run, and
nothing was written.
"""

import argparse
import contextlib
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from scripts.locks import locked
from scripts.places import (
    DEMO_WAREHOUSE,
    REPORTS,
    CannotRunError,
    cannot_read,
    name_for_people,
    warehouse_in_force,
)
from scripts.policy.faults import faults_of, told
from scripts.policy.files import QUESTIONS, Fault
from scripts.proposal.landed import landed_systems, read_landed
from scripts.proposal.policy import (
    SEEDS,
    Policy,
    known_together,
    read_policy,
    subject_of,
    subjects_of,
    write_policy,
)
from scripts.proposal.propose import Proposal, propose
from scripts.proposal.questions import (
    ANSWER,
    Question,
    as_questions_csv,
    read_questions,
    with_answers,
    without_noes,
    wrong_answers,
)
from scripts.proposal.telling import as_csv, as_markdown, as_screen, questions
from scripts.raw_contract import LoadError
from scripts.remembered import POLICY
from scripts.running import command
from scripts.screen import say
from scripts.settings import change

BASE = "b2b"
SHIPPED = ("b2b", "sme", "hubspot", "bpic2012")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def propose_policy(
    warehouse: Path,
    wanted: Sequence[str],
    own: Policy | None = None,
    faults: Sequence[Fault] = (),
    given: Sequence[Question] = (),
) -> Proposal:
    """A proposal for these sources of a warehouse; raises `CannotRunError`.

    What an own policy says is kept; what of it cannot stand, its `faults`, answers nothing. What
    was said no to in the `given` answers is not proposed.
    """
    base = read_policy(BASE)
    if own is not None:
        base = known_together(own, base, subjects_of(faults, own))
    try:
        with contextlib.closing(duckdb.connect(str(warehouse), read_only=True)) as connection:
            sources = wanted or list(landed_systems(connection))
            if not sources:
                raise CannotRunError(
                    f"{name_for_people(warehouse)} holds no data: run python -m scripts.load first"
                )
            landed = [read_landed(connection, name) for name in sources]
            declined = {subject_of(one.seed, base[one.seed], one.row) for one in given if one.is_no}
            return propose(connection, landed, base, own, declined)
    except duckdb.Error as error:
        raise cannot_read(warehouse, error) from None


def place_of(name: str, may_exist: bool) -> Path:
    """The folder of the new policy; raises `CannotRunError` where it may not be written."""
    if not _NAME.fullmatch(name):
        raise CannotRunError(
            f"{name} cannot be a policy's name: use small letters, digits and _, such as acme"
        )
    folder = SEEDS / name
    if folder.exists() and name in SHIPPED:
        raise CannotRunError(f"seeds/{name} ships with the project: choose another name")
    if folder.exists() and not may_exist:
        raise CannotRunError(
            f"seeds/{name} is there already: --update adds what it lacks, --force writes it anew"
        )
    return folder


def policy_at(folder: Path) -> tuple[Policy, list[Fault]]:
    """The policy that is to be updated, and what in it cannot stand.

    Raises `CannotRunError` where it is not whole, or cannot be read.
    """
    missing = set(read_policy(BASE)) - {path.stem for path in folder.glob("*.csv")}
    if missing:
        raise CannotRunError(
            f"{name_for_people(folder)} is no whole policy, it lacks {min(missing)}.csv:"
            " leave --update out to write a new one"
        )
    faults = faults_of(folder)
    if unreadable := [fault for fault in faults if fault.is_unreadable]:
        raise CannotRunError("\n".join(told(unreadable, folder)))
    return read_policy(folder.name, folder.parent), faults


def faults_when_written(policy: Policy, folder: Path) -> tuple[Fault, ...]:
    """What could not stand in a policy once it is written to a folder."""
    with tempfile.TemporaryDirectory() as beside:
        draft = Path(beside) / folder.name
        write_policy(policy, draft)
        return tuple(replace(found, path=folder / found.path.name) for found in faults_of(draft))


def with_what_was_said(
    own: Policy, found: Sequence[Fault], folder: Path
) -> tuple[Policy, list[Question], list[Fault], list[Fault]]:
    """The policy with the answers that were filled in, these with every no that was said, what
    of the policy cannot stand, and what of the answers."""
    policy, noes = without_noes(own, found)
    given = [*read_questions(folder, policy), *noes]
    tried, answered = with_answers(policy, read_policy(BASE), given)
    wrong = wrong_answers(faults_when_written(tried, folder), answered, policy, folder / QUESTIONS)
    right = [one for one in given if one not in [answered[subject] for subject in wrong]]
    said_no = {tuple(one.row.values()) for one in noes}
    left = [fault for fault in found if fault.row is None or _asked_again(fault) not in said_no]
    return with_answers(policy, read_policy(BASE), right)[0], given, left, list(wrong.values())


def _asked_again(fault: Fault) -> tuple[str, ...]:
    """A row with a question mark in place of its answer."""
    column = ANSWER.get(fault.path.stem, "")
    return tuple("?" if name == column else cell for name, cell in (fault.row or {}).items())


@command("init")
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
    kept = parser.add_mutually_exclusive_group()
    kept.add_argument("--force", action="store_true", help="write over a policy of that name")
    kept.add_argument(
        "--update", action="store_true", help="keep a policy of that name, add what it lacks"
    )
    options = parser.parse_args(arguments)
    try:
        folder = place_of(options.name, options.force or options.update or options.dry_run)
        own, found, given, wrong = None, list[Fault](), list[Question](), list[Fault]()
        if options.update:
            own, found = policy_at(folder)
            own, given, found, wrong = with_what_was_said(own, found, folder)
        warehouse = warehouse_in_force(options.warehouse)
        proposal = propose_policy(warehouse, options.source, own, found, given)
        faults = tuple(found)
        if not options.dry_run:
            faults = faults_when_written(proposal.policy, folder)
        is_own = warehouse.resolve() != DEMO_WAREHOUSE.resolve()
        proposal = replace(
            proposal,
            faults=faults,
            given=tuple(given),
            wrong_answers=tuple(wrong),
            options="".join(f" --source {source}" for source in options.source),
            is_remembered=is_own,
        )
        if not options.dry_run:
            REPORTS.mkdir(exist_ok=True)
            report = REPORTS / f"init-{options.name}"
            report.with_suffix(".csv").write_text(as_csv(proposal), encoding="utf-8")
            text = as_markdown(proposal, options.name)
            report.with_suffix(".md").write_text(text, encoding="utf-8")
            asked = questions(proposal)
            text = as_questions_csv(asked, proposal.policy) if asked else ""
            write_policy(proposal.policy, folder, {QUESTIONS: text})
            if is_own:
                with locked(warehouse, "scripts.init"):
                    change(warehouse, {POLICY: options.name})
        say(as_screen(proposal, options.name, options.dry_run))
    except (CannotRunError, LoadError) as error:
        print(f"init: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"init: cannot write: {error}", file=sys.stderr)
        return 2
    return 1 if proposal.faults or proposal.wrong_answers else 0


if __name__ == "__main__":
    sys.exit(main())
