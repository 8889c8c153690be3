"""The golden CRM: a story per person, raw rows in, the marts expected of it by hand out.

`raw/` holds few rows in the shapes of HubSpot, of Salesforce and of the open format,
`stories.csv` says what each person is there for, `expected/` what the definitions make of it, with
the derivation beside each row in `why`. A `*` leaves a cell open. No command writes the expected
files: where a model and a row differ, one of them is wrong.
"""

import csv
import random
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tests.compiled import CompiledModels, digests
from tests.golden.marts_as_told import MARTS, PEOPLE
from tests.pipeline import Pipeline

GOLDEN = Path(__file__).parent
AS_OF = "2026-03-31 18:00:00"
BEFORE = "2026-03-22 18:00:00"
IDS = {
    "fct_stage_visits": "visit_id",
    "fct_stage_transitions": "transition_id",
    "fct_handoffs": "handoff_id",
    "fct_rule_violations": "violation_id",
}

Row = tuple[str, ...]


def landed(folder: Path, raw: Path) -> Pipeline:
    """A warehouse with the golden CRM of that raw folder, under the policy b2b."""
    pipeline = Pipeline(folder, as_of=AS_OF)
    # Salesforce was loaded once before: what has been purged or brought back since is there.
    pipeline.load("salesforce", raw / "salesforce_before", "--as-of", BEFORE)
    for source in ("hubspot", "salesforce", "open"):
        pipeline.load(source, raw / source, "--as-of", AS_OF)
    return pipeline


@pytest.fixture(scope="session")
def golden(tmp_path_factory: pytest.TempPathFactory) -> CompiledModels:
    """The golden CRM as it stands, data tests included."""
    return landed(tmp_path_factory.mktemp("golden"), GOLDEN / "raw").run_models(data_tests=True)


def expected_rows(mart: str) -> tuple[list[str], list[tuple[Row, str]]]:
    """The columns that are compared, and each expected row with its derivation."""
    with (GOLDEN / "expected" / f"{mart}.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    names = [name for name in rows[0] if name != "why"]
    return names, [(tuple(row[name] for name in names), row["why"]) for row in rows]


def actual_rows(models: CompiledModels, mart: str, names: list[str]) -> list[Row]:
    """The rows of a mart as text, in the columns of its expected file."""
    cells = ", ".join(f"coalesce(cast({name} as varchar), '')" for name in names)
    query = f"{PEOPLE} select {cells} from ({MARTS[mart]})"
    parameters = {
        "stories": str(GOLDEN / "stories.csv"),
        "expected": str(GOLDEN / "expected" / "verdicts.csv"),
    }
    named = {name: value for name, value in parameters.items() if f"${name}" in query}
    return [tuple(map(plain, row)) for row in models.connection.execute(query, named).fetchall()]


def plain(cell: str) -> str:
    """12000.0 as 12000."""
    return cell.removesuffix(".0")


def fits(expected: Row, actual: Row) -> bool:
    return all(wanted in ("*", found) for wanted, found in zip(expected, actual, strict=True))


def differences(names: list[str], expected: list[tuple[Row, str]], actual: list[Row]) -> str:
    """What is missing and what is too much, story by story; empty where nothing is."""
    missing = list(expected)
    lines: dict[str, list[str]] = defaultdict(list)
    for row in sorted(actual):
        match = next((wanted for wanted in missing if fits(wanted[0], row)), None)
        if match is None:
            lines[row[0]].append(f"  found    {told(names, row)}")
        else:
            missing.remove(match)
    for row, why in missing:
        lines[row[0]].append(f"  expected {told(names, row)}")
        if why:
            lines[row[0]].append(f"           because: {why}")
    return "".join(f"\n{story}\n" + "\n".join(lines[story]) for story in sorted(lines))


def told(names: list[str], row: Row) -> str:
    """A row with the names of its cells, but the first, which heads it."""
    return ", ".join(f"{name} {cell or '-'}" for name, cell in zip(names[1:], row[1:], strict=True))


@pytest.mark.parametrize("mart", sorted(MARTS))
def test_the_marts_are_what_the_definitions_say(golden: CompiledModels, mart: str) -> None:
    names, expected = expected_rows(mart)
    found = differences(names, expected, actual_rows(golden, mart, names))
    assert not found, f"{mart} differs:{found}"


def test_every_person_is_in_one_story_and_every_story_is_one_person(golden: CompiledModels) -> None:
    with (GOLDEN / "stories.csv").open(newline="") as file:
        stories = Counter(row["story"] for row in csv.DictReader(file))
    names = ["story"]
    assert Counter(row[0] for row in actual_rows(golden, "dim_people", names)) == stories


def shuffled(folder: Path) -> Path:
    """A copy of the raw files with their rows and columns in another order."""
    order = random.Random(11)
    for path in sorted((GOLDEN / "raw").glob("*/*.csv")):
        with path.open(newline="") as file:
            header, *rows = list(csv.reader(file))
        places = order.sample(range(len(header)), len(header))
        order.shuffle(rows)
        copy = folder / path.parent.name / path.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        with copy.open("w", newline="") as file:
            csv.writer(file).writerows([[row[i] for i in places] for row in [header, *rows]])
    return folder


def test_shuffled_rows_give_the_same_bytes(golden: CompiledModels, tmp_path: Path) -> None:
    again = landed(tmp_path, shuffled(tmp_path / "raw")).run_models()
    assert digests(again.connection) == digests(golden.connection)


def test_earlier_rows_and_older_records_leave_all_other_ids_alone(
    golden: CompiledModels, tmp_path: Path
) -> None:
    """A late row before all others, and a record that is older than its person."""
    raw = shuffled(tmp_path / "raw")
    append(
        raw / "hubspot" / "contact_property_history.csv",
        {"contact_id": "skips_mql", "name": "lifecyclestage", "value": "subscriber"}
        | {"timestamp": "2026-03-03 08:30:00", "source": "FORM", "source_id": "form-newsletter"},
    )
    append(
        raw / "hubspot" / "contact_merge_audit.csv",
        {"canonical_vid": "withdrawn", "vid_to_merge": "older", "timestamp": AS_OF},
    )
    append(
        raw / "hubspot" / "contact.csv",
        {"id": "older", "property_createdate": "2025-12-01 09:00:00", "_fivetran_deleted": "true"},
    )
    later = landed(tmp_path, raw).run_models([*IDS, "bridge_person_records"])
    for mart, key in IDS.items():
        query = f"select {key} from marts.{mart}"
        gone = {row[0] for row in golden.rows(query)} - {row[0] for row in later.rows(query)}
        assert not gone, f"{mart} lost ids"
    assert person_of(later, "withdrawn") == person_of(later, "older")
    assert person_of(later, "withdrawn") != person_of(golden, "withdrawn")


def append(path: Path, row: dict[str, str]) -> None:
    """One more row, in whatever order the file has its columns."""
    header = list(row)
    if path.exists():
        with path.open(newline="") as file:
            header = next(csv.reader(file))
    else:
        path.write_text(",".join(header) + "\n")
    with path.open("a", newline="") as file:
        csv.writer(file).writerow([row.get(name, "") for name in header])


def person_of(models: CompiledModels, contact: str) -> object:
    return models.rows(
        "select person_id from marts.bridge_person_records"
        f" where record_id = 'hubspot:contact:{contact}'"
    )
