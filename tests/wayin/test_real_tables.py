"""Tables of real connectors and a real log, as the first command sees them."""

import contextlib
import io
import re
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from scripts import doctor, init, load
from scripts.places import PROJECT
from scripts.proposal.propose import Proposal
from tests.pipeline import SHARED_DATA

pytestmark = pytest.mark.skipif(
    not SHARED_DATA.is_dir(), reason="the real tables lie outside the project (../shared/data)"
)


def proposed(place: Path, *loads: tuple[str, str]) -> Proposal:
    warehouse = place / "crm.duckdb"
    for source, folder in loads:
        arguments = [source, str(SHARED_DATA / folder), "--warehouse", str(warehouse)]
        assert load.main(arguments) == 0
    return init.propose_policy(warehouse, [])


def test_fivetrans_hubspot_tables_are_known_to_be_hashed(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, ("hubspot", "fivetran_hubspot"))
    hashed = {(use.object_type, use.field) for use in proposal.hashed_fields}
    assert {("contact", "firstname"), ("company", "name")} <= hashed
    assert not [found for found in proposal.findings if found.seed == "value_mappings"]
    stages = proposal.policy["lifecycle_stages"].rows
    assert {row["is_active"] for row in stages} == {"true"}


def test_fivetrans_salesforce_tables_have_no_stage_and_the_doctor_says_so(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, ("salesforce", "fivetran_salesforce"))
    written = [found.concept for found in proposal.findings if found.is_written]
    assert "lifecycle_stage" not in written
    assert "lead_status" in written
    diagnosis = doctor.diagnose(tmp_path / "crm.duckdb", "b2b")
    answers = {answer.question.code: answer.answer for answer in diagnosis.headlines}
    assert answers["stage_aging"] == "no"
    told = " ".join(step for _, _, steps in diagnosis.steps for step in steps)
    assert "Set History Tracking" in told


def test_dlts_tables_of_two_crms_are_told_apart(tmp_path: Path) -> None:
    for source, prefix in (("hubspot", "hs__"), ("salesforce", "sf__")):
        (tmp_path / source).mkdir()
        for path in (SHARED_DATA / "dlt_landed").glob(f"{prefix}*"):
            shutil.copy(path, tmp_path / source)
    loads = [(source, str(tmp_path / source)) for source in ("hubspot", "salesforce")]
    proposal = proposed(tmp_path, *loads)
    fields = {
        (found.source_system, found.field): found.concept
        for found in proposal.findings
        if found.seed == "field_mappings" and found.is_written
    }
    assert fields["hubspot", "lifecyclestage"] == "lifecycle_stage"
    # A company is a lead, too, and nobody knows since when.
    (lead,) = (
        found
        for found in proposal.findings
        if (found.source_system, found.concept, found.source_value)
        == ("hubspot", "lifecycle_stage", "lead")
    )
    assert (lead.object_type, lead.change_count) == ("contact", 1)
    assert f"{lead.last_used_at:%Y-%m-%d}" == "2024-01-01"
    assert fields["salesforce", "mql_date_c"] == "stage_date"
    assert fields["salesforce", "lead_score_c"] == "score"
    diagnosis = doctor.diagnose(tmp_path / "crm.duckdb", "b2b")
    assert diagnosis.connectors == {"hubspot": ["dlt"], "salesforce": ["dlt"]}
    told = " ".join(step for _, _, steps in diagnosis.steps for step in steps)
    assert "hs_lead_status must be named in properties=" in told
    assert "fivetran" not in told


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A warehouse with the log of loans under the name that the guide gives it, and the screen."""
    warehouse = tmp_path_factory.mktemp("log") / "crm.duckdb"
    files = str(SHARED_DATA / "bpic2012/open")
    return warehouse, printed(load, "open", files, "--name", "pipedrive", warehouse=warehouse)


def printed(command: ModuleType, *arguments: str, warehouse: Path) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as screen:
        command.main([*arguments, "--warehouse", str(warehouse)])
    return screen.getvalue()


def test_a_log_whose_words_nobody_knows_is_ordered_and_asked_about(log: tuple[Path, str]) -> None:
    proposal = init.propose_policy(log[0], [])
    assert proposal.orders["pipedrive"].values[:5] == (
        "a_submitted",
        "a_partlysubmitted",
        "a_preaccepted",
        "a_accepted",
        "a_finalized",
    )
    asked = {found.source_value for found in proposal.undecided}
    assert {"A_SUBMITTED", "A_PREACCEPTED", "A_CANCELLED"} <= asked
    assert "A_DECLINED" not in asked
    assert sum(found.concept == "activity_type" for found in proposal.undecided) == 19
    assert proposal.undecided_people_count == proposal.people_count == 13087


def as_pattern(screen: str) -> str:
    """What a screen of the guide stands for: an ellipsis for the rest of a line, or for lines."""
    lines = (
        r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + r"\n"
        for line in screen.splitlines()
    )
    return "^" + "".join(lines)


def test_the_screens_of_the_guide_are_what_its_commands_print(log: tuple[Path, str]) -> None:
    guide = (PROJECT / "docs" / "own_crm.md").read_text(encoding="utf-8")
    warehouse, landed = log
    screens = {
        "load": landed,
        "doctor": printed(doctor, warehouse=warehouse),
        "init": printed(init, "acme", "--dry-run", warehouse=warehouse),
    }
    shown = re.findall(r"python -m scripts\.(\w+)|^```\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)
    command, compared = "", []
    for name, block in shown:
        command = name or command
        # Files and answers are fine here: what broken ones look like is shown besides.
        if not block or "rejected" in block or "cannot stand" in block:
            continue
        compared.append(command)
        assert re.search(as_pattern(block), screens[command], re.MULTILINE), block
    assert compared == ["load", "doctor", "init"]
