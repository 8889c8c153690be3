"""The workflow that users copy is one that GitHub would read, and names what exists here."""

import re
from pathlib import Path

import yaml

PROJECT = Path(__file__).resolve().parents[2]
WORKFLOW = (PROJECT / "docs" / "ci" / "crm-lifecycle.yml").read_text(encoding="utf-8")
GUIDE = (PROJECT / "docs" / "ci.md").read_text(encoding="utf-8")


def test_the_workflow_can_be_read() -> None:
    # YAML reads `on` as true; GitHub does not.
    content = yaml.safe_load(WORKFLOW)
    assert set(content[True]) == {"schedule", "workflow_dispatch"}
    for job in content["jobs"].values():
        assert all("uses" in step or "run" in step for step in job["steps"])


def test_the_warehouse_is_restored_before_the_build_and_saved_whatever_happens() -> None:
    steps = yaml.safe_load(WORKFLOW)["jobs"]["build"]["steps"]
    restored, saved = (
        next(number for number, step in enumerate(steps) if action in step.get("uses", ""))
        for action in ("cache/restore", "cache/save")
    )
    build = next(number for number, step in enumerate(steps) if "make build" in step.get("run", ""))
    assert restored < build < saved
    assert steps[saved]["if"] == "always()"
    assert steps[restored]["with"]["path"] == steps[saved]["with"]["path"]


def test_the_guide_lists_every_variable_and_secret() -> None:
    used = set(re.findall(r"\b(?:vars|secrets)\.(\w+)", WORKFLOW))
    assert used
    assert used <= set(re.findall(r"`(CRM_\w+)`", GUIDE))


def test_commands_and_make_variables_of_the_workflow_exist() -> None:
    for command in re.findall(r"python -m scripts\.(\w+)", WORKFLOW):
        assert (PROJECT / "scripts" / f"{command}.py").is_file()
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    (call,) = re.findall(r"make build (.+)", WORKFLOW)
    for name in re.findall(r"([A-Z]+)=", call):
        assert re.search(rf"\b{name}\b", makefile), name
