"""The page of pitfalls does not lie: every number is there, every test it names exists."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
PAGE = PROJECT / "docs" / "pitfalls.md"
NUMBERS = range(1, 49)
MOST_THAT_CANNOT_APPLY = 5
CANNOT_APPLY = re.compile(r"^Cannot apply: .*`(\w+)\.(\w+)`", re.M)
CONNECTORS_CLOCK = re.compile(r"\b(synced_at|loaded_at|seen_at|_fivetran_\w+|_dlt_\w+)\b")


def sections() -> dict[int, str]:
    """What the page says under each number."""
    parts = re.split(r"^## (\d+)\. ", PAGE.read_text(encoding="utf-8"), flags=re.M)
    return {int(number): text for number, text in zip(parts[1::2], parts[2::2], strict=True)}


def named_tests(text: str) -> list[str]:
    """The tests that a section names, one a line."""
    return re.findall(r"^- `([^`]+)`$", text, flags=re.M)


@cache
def dbt_tests() -> set[str]:
    """The names of dbt's unit tests and data tests."""
    twins = (PROJECT / "models").rglob("*.yml")
    named = {
        name
        for path in twins
        for name in re.findall(r"\bname: *(\w+__\w+)", path.read_text(encoding="utf-8"))
    }
    models = {path.stem for path in (PROJECT / "models").rglob("*.sql")}
    return named - models | {path.stem for path in (PROJECT / "tests").glob("assert_*.sql")}


@cache
def stories_told() -> set[str]:
    """The golden stories of which a mart is expected."""
    golden = PROJECT / "tests" / "golden"
    with (golden / "stories.csv").open(encoding="utf-8", newline="") as file:
        stories = {row["story"] for row in csv.DictReader(file)}
    told = set()
    for path in (golden / "expected").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            told |= {row[0] for row in csv.reader(file) if row}
    return stories & told


def exists(name: str) -> bool:
    """Tell whether the repository holds the test of that name."""
    if name.startswith("golden:"):
        return name.removeprefix("golden:") in stories_told()
    if "::" in name:
        path, function = name.split("::")
        file = PROJECT / path
        return file.exists() and bool(
            re.search(rf"^def {re.escape(function)}\(", file.read_text("utf-8"), flags=re.M)
        )
    return name in dbt_tests()


def test_every_pitfall_is_on_the_page() -> None:
    assert list(sections()) == list(NUMBERS)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_pitfall_says_what_we_do_and_what_fails_without_it(number: int) -> None:
    """A few words, then tests that exist; or the column that nobody lands."""
    text = sections()[number]
    assert len(text.splitlines()[1]) > 40
    named = named_tests(text)
    assert named or CANNOT_APPLY.search(text)
    assert not [name for name in named if not exists(name)]


def test_few_pitfalls_cannot_apply_and_for_want_of_a_column() -> None:
    """A column that the raw contract holds is no excuse."""
    declared = {
        (table["name"], column["name"])
        for path in (PROJECT / "models" / "staging").rglob("_*sources.yml")
        for source in yaml.safe_load(path.read_text("utf-8"))["sources"]
        for table in source["tables"]
        for column in table.get("columns", [])
    }
    missing = [match for text in sections().values() for match in CANNOT_APPLY.findall(text)]
    assert len(missing) <= MOST_THAT_CANNOT_APPLY
    assert not declared & set(missing)


@pytest.mark.parametrize("name", ["nobody__ever_wrote_this", "golden:nobody", "tests/none.py::x"])
def test_a_test_that_does_not_exist_is_noticed(name: str) -> None:
    assert not exists(name)


@pytest.mark.parametrize(
    "path",
    sorted(
        path.relative_to(PROJECT).as_posix()
        for path in (PROJECT / "models").rglob("*_changes*.sql")
        # what was only seen between two loads has no other moment, and says so
        if path.stem != "int_observed_changes"
    ),
)
def test_no_change_is_dated_by_the_connectors_clock(path: str) -> None:
    """When a connector wrote a row is knowledge; when a change happened the CRM says."""
    sql = re.sub(r"--[^\n]*", "", (PROJECT / path).read_text(encoding="utf-8"))
    assert not [
        line
        for line in sql.splitlines()
        if CONNECTORS_CLOCK.search(line) and re.search(r"\bas changed_at\b", line)
    ]
