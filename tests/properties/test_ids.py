"""Ids stay what they are when something else becomes known."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given

from tests.properties.policies import append
from tests.properties.random_crm import START, Step, Thing, person
from tests.properties.small_crm import SEEDS, Seeds, SmallCrm, people_of

BEFORE_ALL = START - timedelta(days=30)


@pytest.fixture(scope="module")
def crm(tmp_path_factory: pytest.TempPathFactory) -> SmallCrm:
    return SmallCrm(tmp_path_factory.mktemp("policy") / "seeds", has_authority=False)


def people_with_history(seeds: Seeds) -> list[list[Thing]]:
    """People of the CRM that tells no old values, after people of both."""
    people = people_of(seeds[::2])
    for number, (seed, length) in enumerate(seeds[1::2], start=len(people)):
        people.append(person(number, seed, length, crms=("hubspot",)))
    for things in people:
        for thing in things:
            # What has neither a creation nor a history begins where the field's history does.
            thing.created_at = thing.created_at or START
    return people


def first_stage_written(things: list[Thing]) -> tuple[Thing, Step] | None:
    """The first stage that was written on a person, and where, if one came first."""
    steps = [
        (step.at, step.field == "lifecycle_stage" and step.value, thing, step)
        for thing in things
        for step in thing.steps
        if step.field == "lifecycle_stage"
    ]
    first = min((at for at, *_ in steps), default=None)
    at_first = [(thing, step) for at, value, thing, step in steps if at == first and value]
    return at_first[0] if len([1 for at, *_ in steps if at == first]) == 1 and at_first else None


@given(seeds=SEEDS)
def test_an_earlier_row_that_lands_late_leaves_all_ids_alone(crm: SmallCrm, seeds: Seeds) -> None:
    people = people_with_history(seeds)
    crm.tell(people)
    before = crm.ids()
    written = 0
    for things in people:
        found = first_stage_written(things)
        has_silent = any(
            not any(step.field == "lifecycle_stage" for step in thing.steps) for thing in things
        )
        if found and not has_silent and all(thing.crm == "hubspot" for thing in things):
            late = Step("lifecycle_stage", None, "subscriber", BEFORE_ALL, "FORM", None)
            found[0].steps.append(late)
            written += 1
    crm.tell(people)
    for mart, ids in crm.ids().items():
        assert not before[mart] - ids, f"{mart} lost ids"
    assert written
    new = crm.ids()["fct_stage_transitions"] - before["fct_stage_transitions"]
    assert 0 < len(new) <= written


@given(seeds=SEEDS)
def test_an_older_record_that_joins_leaves_all_ids_alone(crm: SmallCrm, seeds: Seeds) -> None:
    people = people_with_history(seeds)
    crm.tell(people)
    before = crm.ids()
    persons = dict(
        crm.models.rows(
            "select record_id, person_id from bridge_person_records".replace(
                "bridge", "marts.bridge"
            )
        )
    )
    for number, things in enumerate(people):
        if all(thing.crm == "hubspot" for thing in things):
            older = Thing("hubspot", "contact", f"{number}older", BEFORE_ALL)
            older.merged_into, older.merged_at = things[-1].name, START
            # It never held a stage: a stage written and cleared at once before all others.
            things.insert(0, older)
    crm.tell(people)
    after = crm.ids()
    for mart in ("fct_stage_visits", "fct_stage_transitions"):
        assert {name for name, _ in before[mart]} <= {name for name, _ in after[mart]}, mart
    now = dict(crm.models.rows("select record_id, person_id from marts.bridge_person_records"))
    previous = dict(
        crm.models.rows("select record_id, previous_person_id from marts.bridge_person_records")
    )
    moved = [record for record in persons if persons[record] != now[record]]
    assert moved
    assert all(previous[record] is not None for record in moved)


@given(seeds=SEEDS)
def test_another_mapping_leaves_the_ids_of_other_values_alone(crm: SmallCrm, seeds: Seeds) -> None:
    """A value nobody knew gets a meaning: people who never held it keep every id."""
    people = people_of(seeds)
    crm.tell(people)
    before = crm.ids()
    persons = dict(crm.models.rows("select record_id, person_id from marts.bridge_person_records"))
    mappings = crm.folder / "value_mappings.csv"
    known = mappings.read_text()
    try:
        append(
            mappings,
            [
                {"concept": "lifecycle_stage", "source_system": "any"}
                | {"source_value": "weird", "value": "sql"}
            ],
        )
        crm.models.fill_seed("value_mappings", mappings)
        crm.tell(people)
        after = crm.ids()
    finally:
        mappings.write_text(known)
        crm.models.fill_seed("value_mappings", mappings)
    holders = {
        persons.get(f"{thing.crm}:{thing.kind}:{thing.name}")
        for things in people
        for thing in things
        if any(step.value == "weird" for step in thing.steps)
    }
    for mart, ids in before.items():
        others = {
            (name, of)
            for name, of in ids
            if persons.get(of, of) not in holders or mart != "fct_stage_visits"
        }
        kept = (
            others
            if mart not in ("fct_stage_transitions", "fct_handoffs")
            else {(name, of) for name, of in ids if persons.get(of, of) not in holders}
        )
        assert not kept - after[mart], f"{mart} lost ids"
    assert holders


def test_the_mappings_are_the_policys_again(crm: SmallCrm, tmp_path: Path) -> None:
    """The one file that a test above writes to is what it was."""
    with (crm.folder / "value_mappings.csv").open(newline="") as file:
        assert "weird" not in {row["source_value"] for row in csv.DictReader(file)}
