""" "A late earlier row, an older record joining, or another value re-mapped leaves all other ids
unchanged", over random people in three CRMs."""

from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.properties.policies import append
from tests.properties.random_crm import OPEN, START, tables_of
from tests.properties.random_salesforce import SYNC
from tests.properties.small_crm import SEEDS, Seeds, SmallCrm, people_of
from tests.properties.things import Step, Thing
from tests.reference.identity import md5

CHANCE = st.integers(0, 10**6)
PROPAGATED = {"SALESFORCE", "sync", SYNC}


@pytest.fixture(scope="module")
def crm(tmp_path_factory: pytest.TempPathFactory) -> SmallCrm:
    return SmallCrm(tmp_path_factory.mktemp("policies"))


@given(seeds=SEEDS, chance=CHANCE)
def test_a_late_row_takes_no_id_away(crm: SmallCrm, seeds: Seeds, chance: int) -> None:
    """A change of an earlier moment arrives late: what was known keeps its ids.

    New ids are of that record only. People with one record, whose changes no sync carried and
    which nobody deleted or left out: an echo, a foreign clear and a return depend on the value
    before them, so that a late row can rightly take away the moves they were.
    """
    drawn = Random(chance)
    people = people_of(seeds)
    later = deepcopy(people)
    written = {thing.name for thing in filter(None, (late_row(p, drawn) for p in later))}
    assume(written)
    before = crm.ids_of(people)
    after = crm.ids_of(later)
    for mart, ids in before.items():
        lost = {ids[name] for name in ids.keys() - after[mart].keys()}
        assert not lost, mart
        new = {after[mart][name] for name in after[mart].keys() - ids.keys()}
        assert {subject.rpartition(":")[2] for subject in new} <= written, mart
    assert sum(map(len, after.values())) > sum(map(len, before.values()))


def late_row(things: list[Thing], drawn: Random) -> Thing | None:
    """Write one stage and one status that the record never had, between two of its changes."""
    records = [thing for thing in things if thing.kind != "deal"]
    record = records[0]
    stages = [step for step in record.steps if step.field == "lifecycle_stage"]
    is_excluded = (record.email or "").startswith("a+test")
    # What comes before a row that nobody has is told by the row after it, rightly or wrongly.
    is_told = not any(step.is_lost for step in record.steps)
    is_plain = len(records) == 1 and not record.deletions and not is_excluded and is_told
    if not is_plain or len(stages) < 2 or any(step.source in PROPAGATED for step in stages):
        return None
    moments = sorted({step.at for step in record.steps})
    begin, end = stages[0].at, stages[-1].at
    if record.born_with:
        # What a record was created with was there from its first change on, if that came first.
        begin = max(begin, record.created_at or end)
    # A clear that is set again at once is no move any more.
    clears = [step.at for step in record.steps if step.value is None]
    between = [
        moment
        for moment in moments
        if begin <= moment < end
        and not any(clear <= moment <= clear + timedelta(minutes=5) for clear in clears)
    ]
    if not between:
        return None
    # No other change has a moment that ends in ten seconds.
    at = drawn.choice(between) + timedelta(seconds=10)
    for name, value in (("lifecycle_stage", "subscriber"), ("lead_status", "unqualified")):
        record.steps.append(Step(name, None, value, at, None, "1"))
    return record


@given(seeds=SEEDS)
def test_an_older_record_joining_changes_no_id(crm: SmallCrm, seeds: Seeds) -> None:
    """An older record turns out to have been merged into one of the person's: only person_id
    changes, and the bridge says what it was."""
    people = people_of(seeds)
    before = crm.ids_of(people)
    persons = crm.persons()
    survivors = [
        next((one for one in things if f"{OPEN}:{one.kind}:{one.name}" in persons), None)
        for things in people
    ]
    older = [
        Thing(
            OPEN,
            survivor.kind,
            f"old{survivor.name}",
            START - timedelta(days=100),
            merged_into=survivor.name,
            merged_at=START - timedelta(days=50),
        )
        for survivor in survivors[::2]
        if survivor is not None
    ]
    tables = tables_of([thing for things in [*people, older] for thing in things])
    for row in tables[f"raw_{OPEN}.records"]:
        if str(row["record_id"]).startswith("old"):
            row["lifecycle_stage"] = None
    crm.tell_tables(tables)
    assert {mart: ids.keys() for mart, ids in crm.subjects_of_ids().items()} == {
        mart: ids.keys() for mart, ids in before.items()
    }
    joined = {f"{OPEN}:{one.kind}:{one.name}" for one in older}
    later = crm.persons()
    assert joined <= later.keys()
    renamed = {record for record in persons if persons[record][0] != later[record][0]}
    assert {later[record][0] for record in renamed} <= {md5(record) for record in joined}
    # Whoever looks for a person by the former id finds it at the record that gave the id.
    for record in renamed:
        former = {row[1]: row[0] for row in later.values() if row[1]}
        assert former[persons[record][0]] == later[record][0]
    assert renamed


@given(seeds=SEEDS)
def test_another_value_mapped_anew_changes_no_id(
    crm: SmallCrm, seeds: Seeds, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """`weird` becomes a stage: ids of people who never held it stay, and all ids of fields that
    are no stage."""
    people = people_of(seeds)
    before = crm.ids_of(people)
    persons = crm.persons()
    held = {
        persons[f"{thing.crm}:{thing.kind}:{thing.name}"][0]
        for things in people
        for thing in things
        if "weird" in [thing.born_with.get("lifecycle_stage"), *stages_of(thing)]
        and f"{thing.crm}:{thing.kind}:{thing.name}" in persons
    }
    folder = crm.folders[False]
    anew = remapped(folder / "value_mappings.csv", tmp_path_factory.mktemp("seeds"))
    crm.models.fill_seed("value_mappings", anew)
    try:
        after = crm.ids_of(people)
    finally:
        crm.follow(False)
    records_held = {record for record, row in persons.items() if row[0] in held}
    changed = set()
    for mart, ids in before.items():
        for name in ids.keys() ^ after[mart].keys():
            changed.add((mart, ids.get(name) or after[mart][name]))
    stages = {"fct_stage_visits", "fct_stage_transitions", "fct_handoffs"}
    assert {mart for mart, _ in changed} <= stages
    assert {subject for _, subject in changed} <= records_held
    assert changed


def stages_of(thing: Thing) -> list[str | None]:
    """The lifecycle stages that were ever written on a record."""
    return [step.value for step in thing.steps if step.field == "lifecycle_stage"]


def remapped(file: Path, folder: Path) -> Path:
    """A copy of the mappings in which one more value has a stage."""
    copy = folder / file.name
    copy.write_bytes(file.read_bytes())
    row = {"concept": "lifecycle_stage", "source_system": "any", "source_value": "weird"}
    append(copy, [row | {"value": "sql"}])
    return copy
