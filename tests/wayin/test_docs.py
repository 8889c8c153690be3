"""What the guides tell a first-time user to type is there to be typed."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from scripts.places import PROJECT
from scripts.proposal.policy import read_policy

GUIDES = [
    PROJECT / "README.md",
    *(PROJECT / "docs" / f"{name}.md" for name in ("hubspot", "salesforce", "own_crm")),
]
ROWS = ("activity_types", "field_mappings", "value_mappings")


@cache
def help_of(module: str) -> str:
    result = subprocess.run(
        [sys.executable, "-m", module, "--help"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_commands_of_the_guides_exist_with_their_options(guide: Path) -> None:
    commands = re.findall(r"python -m (scripts\.\w+)([^\n`#]*)", guide.read_text(encoding="utf-8"))
    assert commands
    for module, rest in commands:
        for option in re.findall(r"--[a-z-]+", rest):
            assert option in help_of(module), f"{module} {option}"


def test_rows_of_the_guides_have_the_cells_of_their_seed() -> None:
    seeds = {name: read_policy("b2b")[name] for name in ROWS}
    rows = [
        line.strip()
        for guide in GUIDES
        for line in guide.read_text(encoding="utf-8").splitlines()
        if re.match(r"\s+\w+,[^,`]+,[^ ]*,", line)
    ]
    assert len(rows) >= 6
    lengths = {len(seed.header) for seed in seeds.values()}
    assert {len(row.split(",")) for row in rows} <= lengths


def test_links_of_the_guides_lead_somewhere() -> None:
    for guide in GUIDES:
        for link in re.findall(r"\]\(([^)#]+)", guide.read_text(encoding="utf-8")):
            if "://" not in link:
                assert (guide.parent / link).exists(), f"{guide.name}: {link}"
