"""The rooms of the project: what each may read, and what stands beside each model."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
MODELS = PROJECT / "models"
SEEDS = PROJECT / "seeds"
SQL_FILES = sorted(MODELS.rglob("*.sql"))
RULE_FILES = sorted((MODELS / "rules").rglob("*.sql"))
# From left to right; the verdicts put the rules together, so they stand right of them.
ROOMS = ("staging", "intermediate", "rules", "intermediate/verdicts", "marts")
PROJECT_PATHS = [path.relative_to(PROJECT).as_posix() for path in SQL_FILES]


def room_of(path: Path) -> str:
    """Return the room a model stands in."""
    parts = path.relative_to(MODELS).parts
    return "intermediate/verdicts" if parts[1] == "verdicts" else parts[0]


ROOM_BY_MODEL = {path.stem: room_of(path) for path in SQL_FILES}


def may_read(reader: str, room: str) -> bool:
    """Tell whether a model of one room may read a model of another."""
    if reader == "rules":
        return room == "intermediate"
    return ROOMS.index(room) <= ROOMS.index(reader)


@cache
def read_twin(path: Path) -> dict[str, list[dict[str, object]]]:
    """Return the YAML that stands beside a model."""
    content = yaml.load(path.with_suffix(".yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    assert isinstance(content, dict)
    return content


@pytest.mark.parametrize("path", PROJECT_PATHS)
def test_layers_look_left_only(path: str) -> None:
    """Staging reads sources; nobody else does; nobody reads a room to the right."""
    model = PROJECT / path
    sql = model.read_text(encoding="utf-8")
    reader = room_of(model)
    for name in re.findall(r"ref\(\s*['\"](\w+)['\"]\s*\)", sql):
        room = ROOM_BY_MODEL.get(name)
        # What is not a model is a seed, which every room but staging may read.
        assert reader != "staging" if room is None else may_read(reader, room), name
    if reader != "staging":
        assert not re.search(r"\bsource\s*\(", sql)


@pytest.mark.parametrize(
    ("reader", "room", "expected"),
    [
        ("staging", "intermediate", False),
        ("intermediate", "staging", True),
        ("intermediate", "rules", False),
        ("intermediate", "intermediate/verdicts", False),
        ("rules", "intermediate", True),
        ("rules", "rules", False),
        ("rules", "staging", False),
        ("intermediate/verdicts", "rules", True),
        ("marts", "staging", True),
        ("rules", "marts", False),
    ],
)
def test_left_is_where_the_data_comes_from(reader: str, room: str, expected: bool) -> None:
    """The order of the rooms, written out."""
    assert may_read(reader, room) is expected


@pytest.mark.parametrize("path", PROJECT_PATHS)
def test_every_model_has_a_twin_that_says_its_grain(path: str) -> None:
    """File, model and YAML share a name; line 1 and the description tell the grain."""
    model = PROJECT / path
    twin = read_twin(model)
    assert [entry["name"] for entry in twin["models"]] == [model.stem]
    assert str(twin["models"][0]["description"]).startswith("One row per ")
    assert model.read_text(encoding="utf-8").startswith("-- One row per ")


@pytest.mark.parametrize("path", [path.relative_to(PROJECT).as_posix() for path in RULE_FILES])
def test_every_rule_has_a_test_that_flags_and_one_that_passes(path: str) -> None:
    """A rule that nobody has seen flag, and pass, is not a rule."""
    rule = PROJECT / path
    names = [
        str(test["name"])
        for test in read_twin(rule).get("unit_tests", [])
        if test["model"] == rule.stem
    ]
    assert any(name.startswith(f"{rule.stem}__flags_") for name in names)
    assert any(name.startswith(f"{rule.stem}__passes_") for name in names)


@pytest.mark.parametrize(
    "policy", sorted(folder.name for folder in SEEDS.iterdir() if folder.is_dir())
)
def test_every_rule_of_a_policy_is_a_file_and_every_file_a_rule(policy: str) -> None:
    """The seed and the folder hold the same rules."""
    with (SEEDS / policy / "rules.csv").open(encoding="utf-8", newline="") as file:
        stated = {f"{row['family']}/rule_{row['rule_id']}.sql" for row in csv.DictReader(file)}
    written = {path.relative_to(MODELS / "rules").as_posix() for path in RULE_FILES}
    assert written == stated


# What is the same whenever it is asked: links, moves that were made, names.
TIMELESS = {"bridge_person_records", "fct_stage_transitions", "dim_owners"}


@pytest.mark.parametrize("path", [path for path in PROJECT_PATHS if "/marts/" in path])
def test_a_mart_says_the_moment_it_stands_for(path: str) -> None:
    """A number that depends on the as-of moment carries it into every tool that shows it."""
    columns = read_twin(PROJECT / path)["models"][0]["columns"]
    assert isinstance(columns, list)
    is_timeless = Path(path).stem in TIMELESS or "/restricted/" in path
    assert ("as_of" in [column["name"] for column in columns]) is not is_timeless
