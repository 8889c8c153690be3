"""A policy is data: models know roles, and every policy folder has the same shape."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
SEEDS = PROJECT / "seeds"
POLICIES = sorted(folder.name for folder in SEEDS.iterdir() if folder.is_dir())
PROPERTIES = PROJECT / "models" / "intermediate" / "policy" / "_policy__seeds.yml"
MOST_ROWS = 200
# Vocabularies of the engine that share words with stage names: a lead is also a kind of
# record, disqualified is also a movement.
ENGINE_COLUMNS = ("role", "movement", "object_type", "record_type", "entity_type")


def read_seed(policy: str, seed: str) -> list[dict[str, str]]:
    """Return the rows of a seed of a policy."""
    with (SEEDS / policy / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_header(path: Path) -> list[str]:
    """Return the column names of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def stage_names() -> set[str]:
    """Return the names of the stages of all policies, as they are and as CRMs say them."""
    return {
        name.strip().lower()
        for policy in POLICIES
        for name in [
            *(row["lifecycle_stage"] for row in read_seed(policy, "lifecycle_stages")),
            *(
                row["source_value"]
                for row in read_seed(policy, "value_mappings")
                if row["concept"] == "lifecycle_stage"
            ),
        ]
    }


def governing_column(sql: str, start: int, end: int) -> str:
    """Return the column that a literal is compared with or becomes, or nothing."""
    before, after = sql[:start], sql[end:]
    compared = re.search(
        r"([\w.]+)\s*(?:=|<>|!=|\bis\s+(?:not\s+)?distinct\s+from)\s*$", before
    ) or re.search(r"([\w.]+)\s+(?:not\s+)?in\s*\((?:\s*'[^']*'\s*,)*\s*$", before)
    if compared:
        return compared[1]
    if re.search(r"\bwhen\s*$", before):
        cases = re.findall(r"\bcase\s+([\w.]+)\s+when\b", before)
        return cases[-1] if cases else ""
    if re.search(r"\b(?:then|else)\s*$", before):
        named = re.search(r"\bend\s+(?:as\s+)?(\w+)", after)
        return named[1] if named else ""
    alias = re.match(r"\s*as\s+(\w+)", after)
    return alias[1] if alias else ""


def find_stage_names(sql: str, names: set[str]) -> Iterator[str]:
    """Yield the literals that name a stage and are not compared with a role."""
    sql = re.sub(r"--[^\n]*|\{#.*?#\}", "", sql, flags=re.DOTALL).lower()
    # Raw tables, and the kinds of records that ids are made for, have names of their own.
    sql = re.sub(r"\b(?:source|(?:hubspot|salesforce|open)_id)\([^()]*\)", "", sql)
    for literal in re.finditer(r"'([^']*)'", sql):
        if literal[1].strip() in names:
            column = governing_column(sql, *literal.span())
            if not column.endswith(ENGINE_COLUMNS):
                yield literal[1]


@pytest.mark.parametrize(
    "sql",
    [
        "where lifecycle_stage = 'mql'",
        "where lifecycle_stage in ('lead', 'mql')",
        "case lifecycle_stage when 'mql' then 1 end as stage_role",
        "case when role = 'mql' then 'mql' end as lifecycle_stage",
        "select 'mql' as lifecycle_stage",
        "where new_value = 'marketingqualifiedlead'",
        "coalesce(stage, 'mql')",
    ],
)
def test_a_stage_name_in_a_model_is_found(sql: str) -> None:
    """What the next test looks for is seen."""
    assert list(find_stage_names(sql, {"lead", "mql", "marketingqualifiedlead"}))


@pytest.mark.parametrize(
    "sql",
    [
        "where stage_role = 'mql'",
        "where visits.previous_role not in ('lead', 'mql')",
        "case from_role when 'mql' then 1 end as stage",
        "where object_type in ('contact', 'lead')",
        "case when is_off_funnel then 'disqualified' end as movement",
        "select 'lead' as object_type -- not 'mql'",
        "select {{ salesforce_id('lead', 'id') }} from {{ source('salesforce', 'lead') }}",
    ],
)
def test_a_role_in_a_model_is_not_found(sql: str) -> None:
    """Roles and the engine's own words may be compared."""
    assert not list(find_stage_names(sql, {"lead", "mql", "disqualified"}))


@pytest.mark.parametrize(
    "path",
    [
        path.relative_to(PROJECT).as_posix()
        for folder in ("models", "macros")
        for path in sorted((PROJECT / folder).rglob("*.sql"))
    ],
)
def test_models_know_roles_and_no_stage_names(path: str) -> None:
    """Renaming a stage in a policy changes no SQL."""
    sql = (PROJECT / path).read_text(encoding="utf-8")
    assert not list(find_stage_names(sql, stage_names()))


@pytest.mark.parametrize("policy", POLICIES)
def test_every_policy_has_the_same_files_and_headers(policy: str) -> None:
    """A policy is chosen by name only, so each has what every other one has."""
    declared = {
        seed["name"]: [column["name"] for column in seed["columns"]]
        for seed in yaml.safe_load(PROPERTIES.read_text(encoding="utf-8"))["seeds"]
    }
    landed = {path.stem: read_header(path) for path in sorted((SEEDS / policy).glob("*.csv"))}
    assert landed == declared


def test_every_column_of_a_policy_is_typed_and_described() -> None:
    """Types are stated, never guessed from the rows that happen to be there."""
    for seed in yaml.safe_load(PROPERTIES.read_text(encoding="utf-8"))["seeds"]:
        types = {column["name"]: column["data_type"] for column in seed["columns"]}
        assert seed["config"]["column_types"] == types
        assert seed["description"].startswith("One row per ")
        assert all(column["description"] for column in seed["columns"])


@pytest.mark.parametrize("policy", POLICIES)
def test_seeds_are_short_and_sorted_by_their_key(policy: str) -> None:
    """A seed is read by people; the stages stand in the order of the funnel."""
    for path in sorted((SEEDS / policy).glob("*.csv")):
        rows = [tuple(row.values()) for row in read_seed(policy, path.stem)]
        assert len(rows) < MOST_ROWS, path.name
        if path.stem == "lifecycle_stages":
            ranks = [int(row["rank"] or len(rows)) for row in read_seed(policy, path.stem)]
            assert ranks == sorted(ranks)
        else:
            assert rows == sorted(rows), path.name


@pytest.mark.parametrize("policy", POLICIES)
def test_every_stage_can_be_entered_and_left(policy: str) -> None:
    """The allowed moves reach every stage, and lead out of all that are not terminal."""
    moves = read_seed(policy, "lifecycle_transitions")
    for stage in read_seed(policy, "lifecycle_stages"):
        name = stage["lifecycle_stage"]
        assert any(move["to_stage"] == name for move in moves), name
        if stage["is_terminal"] == "false":
            assert any(move["from_stage"] == name for move in moves), name


@pytest.mark.parametrize("policy", POLICIES)
def test_every_source_value_leads_to_a_stage_the_policy_has(policy: str) -> None:
    """Each active stage can be recorded by some value of some source."""
    mapped = {
        row["value"]
        for row in read_seed(policy, "value_mappings")
        if row["concept"] == "lifecycle_stage"
    }
    active = {
        row["lifecycle_stage"]
        for row in read_seed(policy, "lifecycle_stages")
        if row["is_active"] == "true"
    }
    assert mapped == active
