"""One person in two CRMs that disagree: no rejection vanishes, nobody falls back for nothing.

Marketing works in `hub`, sales in `sales`; each story is one person whose two records are linked
by their e-mail address. A sync between the two writes as change source `sync`.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from scripts.warehouse import prepare_warehouse
from tests.compiled import HISTORY_MARTS, CompiledModels

AS_OF = "2026-03-31 18:00:00"
MARK, ANNA = "mark", "anna"
Change = tuple[str, str, str, str]
Told = tuple[str, str | None, str | None, str, str, str | None]

# Both records as all stories begin: Mark's lead became an MQL, and the sync made it known to sales.
BEGINNING: list[Change] = [
    ("hub", "01-02 09:00:00", "lead", MARK),
    ("hub", "01-05 09:00:00", "mql", "workflow"),
    ("sales", "01-05 09:01:00", "mql", "sync"),
]
BEGUN: list[Told] = [
    ("01-02 09:00:00", None, "lead", "created", "human", "hub:user:mark"),
    ("01-05 09:00:00", "lead", "mql", "advanced", "automation", None),
]
REJECTED: Told = ("01-10 10:00:00", "mql", "recycled", "rejected", "human", "sales:user:anna")
ACCEPTED: Told = ("01-10 10:00:00", "mql", "sal", "accepted", "human", "sales:user:anna")
STALE = ("hub", "01-10 10:05:00", "mql", "sync")

STORIES: dict[str, tuple[list[Change], list[Told]]] = {
    "sales rejects and the sync writes the old MQL back": (
        [("sales", "01-10 10:00:00", "recycled", ANNA), STALE],
        [REJECTED],
    ),
    "marketing qualifies again on the next day": (
        [
            ("sales", "01-10 10:00:00", "recycled", ANNA),
            STALE,
            ("hub", "01-10 10:10:00", "recycled", "sync"),
            ("hub", "01-11 09:00:00", "mql", MARK),
            ("sales", "01-11 09:03:00", "mql", "sync"),
        ],
        [
            REJECTED,
            ("01-11 09:00:00", "recycled", "mql", "re_entered", "human", "hub:user:mark"),
        ],
    ),
    "the copy of the rejection is dated before it": (
        [
            ("hub", "01-10 09:59:58", "recycled", "sync"),
            ("sales", "01-10 10:00:00", "recycled", ANNA),
        ],
        [("01-10 09:59:58", *REJECTED[1:])],
    ),
    "rejection and old MQL in the same second": (
        [("hub", "01-10 10:00:00", "mql", "sync"), ("sales", "01-10 10:00:00", "recycled", ANNA)],
        [REJECTED],
    ),
    "the old MQL a part of a second later": (
        [
            ("sales", "01-10 10:00:00", "recycled", ANNA),
            ("hub", "01-10 10:00:00.400", "mql", "sync"),
        ],
        [REJECTED],
    ),
    "sales accepts and the sync writes the old MQL back": (
        [("sales", "01-10 10:00:00", "sal", ANNA), STALE],
        [ACCEPTED],
    ),
    "the old MQL comes back after a day to the second": (
        [("sales", "01-10 10:00:00", "sal", ANNA), ("hub", "01-11 10:00:00", "mql", "sync")],
        [ACCEPTED],
    ),
    "the old MQL comes back after more than a day": (
        [("sales", "01-10 10:00:00", "sal", ANNA), ("hub", "01-11 10:00:01", "mql", "sync")],
        # Its record held the MQL all the time, and lags behind.
        [ACCEPTED],
    ),
    "marketing repeats the MQL that its record holds after the rejection": (
        [
            ("sales", "01-10 10:00:00", "recycled", ANNA),
            ("hub", "01-12 09:00:00", "mql", MARK),
        ],
        [REJECTED],
    ),
    "the record that lags behind goes its own way": (
        [
            ("sales", "01-10 10:00:00", "sal", ANNA),
            ("sales", "01-12 10:00:00", "sql", ANNA),
            ("hub", "01-20 09:00:00", "sal", MARK),
            ("hub", "01-21 09:00:00", "lead", MARK),
        ],
        [ACCEPTED, ("01-12 10:00:00", "sal", "sql", "advanced", "human", "sales:user:anna")],
    ),
    "marketing recycles the customer that it never knew": (
        [
            ("sales", "01-10 10:00:00", "customer", ANNA),
            ("hub", "01-20 09:00:00", "recycled", MARK),
            ("sales", "01-25 09:00:00", "recycled", ANNA),
        ],
        [
            ("01-10 10:00:00", "mql", "customer", "won", "human", "sales:user:anna"),
            ("01-25 09:00:00", "customer", "recycled", "recycled", "human", "sales:user:anna"),
        ],
    ),
    "the sync plays ping-pong for half a day": (
        [
            ("sales", "01-10 10:00:00", "recycled", ANNA),
            STALE,
            ("hub", "01-10 12:00:00", "recycled", "sync"),
            ("sales", "01-10 12:05:00", "mql", "sync"),
            ("sales", "01-10 16:00:00", "recycled", "sync"),
        ],
        [REJECTED],
    ),
    "the sync clears before it writes the old MQL": (
        [
            ("hub", "01-10 10:00:00", "recycled", MARK),
            ("hub", "01-10 10:05:00", "", "sync"),
            ("hub", "01-10 10:05:01", "mql", "sync"),
        ],
        [("01-10 10:00:00", "mql", "recycled", "rejected", "human", "hub:user:mark")],
    ),
    "the copy of an acceptance is told of within the sync window": (
        [("hub", "01-10 10:00:00", "sal", "sync"), ("sales", "01-10 10:15:00", "sal", ANNA)],
        [ACCEPTED],
    ),
    "the copy of an acceptance is told of too late": (
        [("hub", "01-10 10:00:00", "sal", "sync"), ("sales", "01-10 10:15:01", "sal", ANNA)],
        [("01-10 10:00:00", "mql", "sal", "accepted", "propagated", None)],
    ),
    "the other record is cleared": (
        [("sales", "01-10 10:00:00", "", ANNA)],
        [],
    ),
    "the company pushes its stage to its contacts": (
        [("hub", "01-10 10:00:00", "opportunity", "sync")],
        [("01-10 10:00:00", "mql", "opportunity", "skipped", "propagated", None)],
    ),
}


def number(story: str) -> str:
    return str(list(STORIES).index(story) + 1)


def landed_changes(source: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for story, (changes, _) in STORIES.items():
        for changed_in, at, value, by in [*BEGINNING, *changes]:
            if changed_in == source:
                is_human = by in (MARK, ANNA)
                rows.append(
                    {
                        "change_id": f"{source}-{len(rows)}",
                        "entity_type": "contact",
                        "entity_id": number(story),
                        "field": "lifecycle_stage",
                        "new_value": value or None,
                        "changed_at": f"2026-{at}",
                        "changed_by": by if is_human else None,
                        "change_source": "user" if is_human else by,
                    }
                )
    return rows


def person(story: str, created_at: str, **fields: object) -> dict[str, object]:
    return {
        "record_id": number(story),
        "record_type": "contact",
        "email": f"person-{number(story)}@example.org",
        "created_at": created_at,
    } | fields


@pytest.fixture(scope="module")
def models() -> Iterator[CompiledModels]:
    """All stories in one warehouse."""
    made = CompiledModels(
        [*HISTORY_MARTS, "fct_identity_conflicts", "fct_record_stage_visits"],
        as_of=AS_OF,
        open_sources=("hub", "sales"),
    )
    for source, user, team, created_at in (
        ("hub", MARK, "Marketing", "2026-01-02 09:00:00"),
        ("sales", ANNA, "Sales", "2026-01-05 09:01:00"),
    ):
        made.note_load(source, method="open:files", extracted_at=AS_OF, load_id=source)
        made.insert(f"raw_{source}.records", [person(story, created_at) for story in STORIES])
        made.insert(f"raw_{source}.changes", landed_changes(source))
        made.insert(f"raw_{source}.users", [{"user_id": user, "team": team, "is_active": True}])
    prepare_warehouse(made.connection)
    made.run()
    yield made
    made.close()


def short(at: object) -> str:
    assert isinstance(at, datetime)
    return at.strftime("%m-%d %H:%M:%S")


def told(models: CompiledModels, story: str) -> list[tuple[object, ...]]:
    rows = models.rows(
        "select moves.transitioned_at, from_stage, to_stage, movement, actor_kind, actor_id"
        " from marts.fct_stage_transitions as moves"
        " inner join marts.bridge_person_records as bridge using (person_id)"
        f" where bridge.record_id = 'hub:contact:{number(story)}' order by 1"
    )
    return [(short(row[0]), *row[1:]) for row in rows]


@pytest.mark.parametrize("story", STORIES)
def test_when(models: CompiledModels, story: str) -> None:
    assert told(models, story) == [*BEGUN, *STORIES[story][1]]


def test_every_person_is_one_of_two_records_linked_by_email(models: CompiledModels) -> None:
    rows = models.rows(
        "select link_kind, count(*), count(distinct person_id)"
        " from marts.bridge_person_records group by all order by 1"
    )
    assert rows == [
        ("email", len(STORIES), len(STORIES)),
        ("same_record", len(STORIES), len(STORIES)),
    ]
    assert models.rows("from marts.fct_identity_conflicts") == []


def test_every_change_has_one_fate_and_the_moves_form_a_chain(models: CompiledModels) -> None:
    for test in (
        "assert_every_landed_stage_change_has_one_fate",
        "assert_transitions_form_a_chain",
        "assert_visits_of_one_subject_never_overlap",
        "assert_moves_begin_the_visits",
    ):
        assert models.failures(test) == [], test


def test_an_older_record_changes_the_person_and_no_other_id(models: CompiledModels) -> None:
    """A lead of the year before joins each person: only person_id changes, and is looked up."""
    queries = {
        "visits": "select visit_id, record_id, lifecycle_stage from marts.fct_stage_visits",
        "moves": "select transition_id, record_id, movement from marts.fct_stage_transitions",
    }
    people = "select distinct person_id from marts.bridge_person_records"
    before = {name: set(models.rows(query)) for name, query in queries.items()}
    people_before = set(models.rows(people))
    older = [person(story, "2025-11-11 11:11:11", record_type="lead") for story in STORIES]
    for row in older:
        row["record_id"] = f"lead-{row['record_id']}"
    models.insert("raw_sales.records", older)
    models.run()
    assert {name: set(models.rows(query)) for name, query in queries.items()} == before
    assert not people_before & set(models.rows(people))
    looked_up = models.rows(
        "select previous_person_id from marts.bridge_person_records"
        " where record_id like 'hub:%' order by 1"
    )
    assert set(looked_up) == people_before
    assert timedelta(0) <= datetime.fromisoformat(AS_OF) - max(
        row[0] for row in models.rows("select linked_at from marts.bridge_person_records") if row[0]
    )
