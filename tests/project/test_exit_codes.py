"""What a command says by its exit code, make says too."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.places import PROJECT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose python is a script that ends with a code, in a folder with a space."""
    place = tmp_path / "my crm"
    (place / ".venv" / "bin").mkdir(parents=True)
    for name in ("Makefile", "requirements.lock"):
        shutil.copyfile(PROJECT / name, place / name)
    python = place / ".venv" / "bin" / "python"
    python.write_text('#!/bin/sh\necho "$@" >> ran.txt\nexit ${CODE:-0}\n', encoding="utf-8")
    python.chmod(0o755)
    return place


def make(project: Path, *words: str, code: int) -> int:
    return subprocess.run(
        ["make", "PYTHON=true", *words],
        cwd=project,
        env={"PATH": os.environ["PATH"], "CODE": str(code)},
        capture_output=True,
        text=True,
        check=False,
    ).returncode


@pytest.mark.parametrize("target", ["build", "report"])
@pytest.mark.parametrize("code", [0, 1, 2])
def test_the_exit_code_of_a_command_survives_make(project: Path, target: str, code: int) -> None:
    assert make(project, "setup", code=0) == 0
    assert make(project, target, code=code) == code
    assert f"-m scripts.{target}" in (project / "ran.txt").read_text("utf-8")


def test_a_first_build_sets_up_what_it_needs(project: Path) -> None:
    assert make(project, "build", code=0) == 0
    ran = (project / "ran.txt").read_text("utf-8")
    assert ran.index("pip install") < ran.index("scripts.build")
    assert len(list((project / ".venv").glob(".ready-*"))) == 1


def test_a_code_of_before_is_not_told_again(project: Path) -> None:
    assert make(project, "setup", code=0) == 0
    assert [make(project, "build", code=code) for code in (1, 0, 2, 0)] == [1, 0, 2, 0]


def test_who_only_looks_runs_nothing(project: Path) -> None:
    assert make(project, "setup", code=0) == 0
    (project / "ran.txt").unlink()
    assert make(project, "-n", "build", code=1) == 0
    assert not (project / "ran.txt").exists()


def test_other_targets_run_as_ever(project: Path) -> None:
    assert make(project, "setup", code=0) == 0
    assert make(project, "types", code=0) == 0
    assert "-m mypy" in (project / "ran.txt").read_text("utf-8")
    assert make(project, "types", code=1) == 2
