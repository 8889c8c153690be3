"""A build as of an earlier moment, over random people: it is that of the rows as they were then.

HubSpot tells no old values, the open format tells right, wrong or none: what a record held before
its first later change is what that row says.
"""

import os
from copy import deepcopy
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.past.same import differences, mart_rows
from tests.properties.random_crm import OPEN, START, tables_of
from tests.properties.random_salesforce import SALESFORCE
from tests.properties.small_crm import EXTRACTED_AT, INVARIANTS, SmallCrm, people_of
from tests.properties.things import Step, Thing, today

ZONES = ("UTC", "Pacific/Auckland", "America/Phoenix")


@pytest.fixture(scope="module", params=ZONES)
def crm(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SmallCrm:
    crm = SmallCrm(tmp_path_factory.mktemp("policies"))
    crm.models.time_zone = request.param
    return crm


@settings(max_examples=int(os.environ.get("LIFECYCLE_PAST_MOMENTS", "1")))
@given(seed=st.integers(0, 10**6))
def test_the_past_is_that_of_the_rows_as_they_were(crm: SmallCrm, seed: int) -> None:
    drawn = Random(seed)
    people = people_of([(drawn.randrange(10**9), drawn.randrange(10)) for _ in range(60)])
    things = [thing for person in people for thing in person if thing.crm != SALESFORCE]
    # Days and nights after the first person came, or the very moment of a change.
    steps = [step.at for thing in things for step in thing.steps]
    some_day = START + timedelta(minutes=15) * drawn.randrange(60 * 96)
    moment = drawn.choice([some_day, drawn.choice(steps)])
    crm.models.stand_at(moment.isoformat(" "))
    crm.tell_tables(tables_of(things))
    for invariant in INVARIANTS:
        assert not crm.models.failures(invariant), invariant
    later = mart_rows(crm.models)
    crm.tell_tables(tables_of([put_back(thing, moment) for thing in things if was(thing, moment)]))
    found = differences(later, mart_rows(crm.models))
    crm.models.stand_at(EXTRACTED_AT)
    assert not found, f"{len(found)} rows differ at {moment}:\n" + "\n".join(found[:20])


def was(thing: Thing, moment: datetime) -> bool:
    """Whether a record was there, dated or not: one without a date begins with its history."""
    begins = [step.at for step in [*thing.steps, *thing.deletions]]
    return (thing.created_at or min(begins, default=datetime.max)) <= moment


def put_back(thing: Thing, moment: datetime) -> Thing:
    """The record as its history proves that it was. What it was merged into stays."""
    then = deepcopy(thing)
    then.steps = [step for step in thing.steps if step.at <= moment]
    then.deletions = [step for step in thing.deletions if step.at <= moment]
    then.is_deleted = bool(then.deletions) and then.deletions[-1].value == "true"
    then.deleted_at = then.deletions[-1].at if then.is_deleted else None
    for name in ("lifecycle_stage", "lead_status", "deal_stage", "owner_id"):
        if not any(step.field == name for step in then.steps):
            then.born_with[name] = before(thing, name)
    return then


def before(thing: Thing, name: str) -> str | None:
    """What the first change of a field found, or what it holds where nothing ever changed."""
    steps = [step for step in thing.steps if step.field == name]
    if not steps:
        return today(thing, name)
    first = [step for step in steps if step.at == min(one.at for one in steps)]
    written = {step.value for step in first} - {None}
    told = sorted(
        (old(step, thing) in written, old(step, thing) is None, old(step, thing) or "")
        for step in first
    )
    return told[0][2] or None


def old(step: Step, thing: Thing) -> str | None:
    """The old value that a row of a history tells."""
    return step.old_value if thing.crm == OPEN else None
