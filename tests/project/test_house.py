"""The house: one door, pinned tools, documents that do not lie."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]


def text(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def test_ci_runs_the_target_a_person_runs() -> None:
    assert text(".ci/run").rstrip().endswith("exec make test")
    steps = yaml.safe_load(text(".github/workflows/ci.yml"))["jobs"]["test"]["steps"]
    assert ".ci/run" in [step.get("run") for step in steps]


def test_every_pinned_package_has_a_hash() -> None:
    entries = re.split(r"\n(?=[a-z0-9])", text("requirements.lock"))
    packages = [entry for entry in entries if re.match(r"[a-z0-9]", entry)]
    assert len(packages) > 50
    for package in packages:
        assert "==" in package.splitlines()[0]
        assert "--hash=sha256:" in package


def test_every_dependency_is_in_the_lock() -> None:
    project = tomllib.loads(text("pyproject.toml"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    locked = set(
        re.findall(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z,]+\])?==", text("requirements.lock"), re.M)
    )
    for requirement in wanted:
        name = re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower()
        assert name in locked


def test_hooks_download_nothing() -> None:
    hooks = yaml.safe_load(text(".pre-commit-config.yaml"))
    assert {repository["repo"] for repository in hooks["repos"]} == {"local"}


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/decisions/README.md"])
def test_links_lead_somewhere(name: str) -> None:
    folder = (PROJECT / name).parent
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text(name)):
        assert (folder / target).exists(), target


def test_make_targets_in_the_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.M))
    for name in ("README.md", "CONTRIBUTING.md"):
        assert set(re.findall(r"`make ([a-z]+)", text(name))) <= targets


def test_paths_named_in_the_readme_exist() -> None:
    named = re.findall(
        r"`((?:models|seeds|scripts|tests|macros|docs)/[\w./-]*)`", text("README.md")
    )
    assert named
    for path in named:
        assert (PROJECT / path).exists(), path


def test_every_decision_is_listed() -> None:
    listed = set(re.findall(r"\((\d{4}-[\w-]+\.md)\)", text("docs/decisions/README.md")))
    written = {path.name for path in (PROJECT / "docs" / "decisions").glob("0*.md")}
    assert listed == written
    for name in written:
        page = text(f"docs/decisions/{name}")
        for heading in ("## Context", "## Choice", "## Price"):
            assert heading in page
