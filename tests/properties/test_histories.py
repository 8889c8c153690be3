"""What holds of every history, over random people in three CRMs that overlap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.random_crm import tables_of
from tests.properties.small_crm import INVARIANTS, SEEDS, Seeds, SmallCrm, people_of
from tests.properties.things import Tables
from tests.reference.compare import differences
from tests.reference.landed import read_landed
from tests.reference.raw_salesforce import RawSalesforce

VISITS = {
    "fct_stage_visits": "person_id",
    "fct_status_visits": "record_id",
    "fct_owner_visits": "coalesce(record_id, deal_id)",
    "fct_deal_stage_visits": "deal_id",
}


@pytest.fixture(scope="module")
def small_crm(tmp_path_factory: pytest.TempPathFactory) -> SmallCrm:
    return SmallCrm(tmp_path_factory.mktemp("policies"))


@pytest.fixture(scope="module", params=[False, True], ids=["equal_sources", "authority"])
def crm(request: pytest.FixtureRequest, small_crm: SmallCrm) -> SmallCrm:
    """A CRM where both sources may say everything, and one where the second may not."""
    return small_crm.follow(bool(request.param))


@given(seeds=SEEDS)
def test_every_history_is_whole_and_what_the_reference_tells(crm: SmallCrm, seeds: Seeds) -> None:
    tables = tables_of([thing for things in people_of(seeds) for thing in things])
    models = crm.tell_tables(tables)
    raw = RawSalesforce(tables, crm.folder, crm.policy)
    found = differences(models, crm.policy, raw.in_place_of(read_landed(models)))
    assert not found, f"{len(found)} rows differ:\n" + "\n".join(found[:20])
    for invariant in INVARIANTS:
        assert not models.failures(invariant), invariant
    for mart, subject in VISITS.items():
        wrong = models.rows(
            f"select * from (select *, lead(valid_from) over (partition by {subject}"
            f" order by visit_number) as next_from from marts.{mart})"
            " where valid_to <= valid_from or valid_to > next_from"
            " or (valid_to is null and next_from is not null)"
        )
        assert not wrong, f"{mart} overlaps or lasts no time"
    holes = models.rows(
        """
        select visits.* from marts.fct_stage_visits as visits
        where valid_to is not null
            and not exists (
                select 1 from marts.fct_stage_visits as following
                where following.person_id = visits.person_id
                    and following.valid_from = visits.valid_to
            )
            and not exists (
                select 1 from marts.fct_stage_transitions as moves
                where moves.person_id = visits.person_id
                    and moves.transitioned_at = visits.valid_to and moves.to_stage is null
            )
            and visits.lifecycle_stage <> 'unmapped'
        """
    )
    assert not holes, "a stay ends and neither another stay nor an empty stage follows"


@given(seeds=SEEDS, chance=st.randoms(use_true_random=False))
def test_the_order_and_the_repetition_of_rows_change_nothing(
    crm: SmallCrm, seeds: Seeds, chance: object
) -> None:
    """Rows land in any order, merges too, and each row of a history may land twice."""
    tables = tables_of([thing for things in people_of(seeds) for thing in things])
    crm.tell_tables(tables)
    before = crm.digests()
    crm.tell_tables(disordered(tables, chance))
    assert crm.digests() == before


def disordered(tables: Tables, chance: object) -> Tables:
    """The same rows in another order, those of histories twice."""
    shuffled: Tables = {}
    for table, rows in tables.items():
        is_history = table.endswith("history")
        copies = [dict(row) for row in rows for _ in range(2 if is_history else 1)]
        if table.endswith(".changes"):
            copies += [row | {"change_id": f"again{row['change_id']}"} for row in rows]
        chance.shuffle(copies)  # type: ignore[attr-defined]
        shuffled[table] = copies
    return dict(reversed(shuffled.items()))


def test_hypothesis_would_notice_a_wrong_history(small_crm: SmallCrm) -> None:
    """The comparison finds one row that is one second off."""
    crm = small_crm.follow(False)
    models = crm.tell(people_of([(number, 5) for number in range(30)]))
    assert not differences(models, crm.policy)
    models.connection.execute(
        "update marts.fct_stage_visits set valid_from = valid_from + interval 1 second"
        " where visit_id = (select min(visit_id) from marts.fct_stage_visits)"
    )
    assert len(differences(models, crm.policy)) == 2
