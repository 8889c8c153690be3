"""What the reference starts from: rows as the sources layer lands them, before any meaning.

Each class is one kind of row. `read_landed` takes them from models whose one job is to bring
the sources into a common shape: no link, no order and no stay has been found in them yet.
"""

from dataclasses import dataclass, field
from datetime import datetime

from tests.compiled import CompiledModels


@dataclass(frozen=True)
class Change:
    """A landed change of a field that carries a concept."""

    source: str
    kind: str
    record_id: str
    concept: str
    field: str
    old_value: str | None
    new_value: str | None
    changed_by: str | None
    change_source: str | None
    changed_at: datetime
    known_by: str = "history"


@dataclass(frozen=True)
class Record:
    """A contact, lead, company or deal as its source holds it today."""

    source: str
    kind: str
    record_id: str
    email: str | None
    created_by: str | None
    created_at: datetime | None
    today: dict[str, str | None] = field(compare=False)


@dataclass(frozen=True)
class Deletion:
    """A record was deleted, or came back; observed, after a moment, where nobody says when."""

    record_id: str
    is_deleted: bool
    changed_at: datetime
    known_by: str = "history"
    changed_after: datetime | None = None


@dataclass(frozen=True)
class Link:
    """Two records are one person, company or deal, as a source says."""

    record_id: str
    linked_record_id: str
    link_kind: str
    linked_at: datetime | None


@dataclass(frozen=True)
class TeamSeen:
    """A load showed a user's team."""

    source: str
    user_id: str
    team: str | None
    observed_at: datetime


@dataclass(frozen=True)
class Coverage:
    """From when on a policy says that a field's history is complete."""

    source: str
    kind: str
    concept: str
    stated_from: datetime | None


@dataclass(frozen=True)
class Landed:
    """All of it."""

    as_of: datetime
    changes: list[Change]
    records: list[Record]
    deletions: list[Deletion]
    merges: list[Link]
    told_merges: list[Link]
    further_emails: list[tuple[str, str]]
    crm_ids: list[Link]
    teams: list[TeamSeen]
    user_kinds: dict[str, str]
    coverages: list[Coverage]
    first_seen: dict[str, datetime]


# Concepts that have a timeline, with the column that holds today's value.
RECORD_CONCEPTS = {
    "lifecycle_stage": "lifecycle_stage_value",
    "lead_status": "lead_status_value",
    "owner": "owner_id",
}
DEAL_CONCEPTS = {"deal_stage": "deal_stage_value", "owner": "owner_id"}
# The models that read_landed reads.
INPUTS = (
    "int_as_of",
    "int_changes_by_concept",
    "int_deals_landed",
    "int_deletions_dated",
    "int_field_mappings",
    "int_record_concepts",
    "int_merge_fields",
    "int_merges_told",
    "int_record_merges",
    "int_record_values_held",
    "int_record_versions",
    "int_records_landed",
    "int_records_mentioned",
    "int_user_teams_seen",
    "int_users_unioned",
)


def read_landed(models: CompiledModels) -> Landed:
    """The landed rows of a run, in no particular order."""
    (as_of,) = models.rows("select as_of from intermediate.int_as_of")[0]
    changes = [
        Change(*row)
        for row in models.rows(
            "select source_system, object_type, record_id, concept, source_field, old_value,"
            " new_value, changed_by_id, change_source, changed_at, known_by"
            " from intermediate.int_changes_by_concept"
        )
    ]
    held = {
        row["record_id"]: row
        for row in models.records("select * from intermediate.int_record_values_held")
    }
    records = [
        _record(held.get(row["record_id"], {}) | row, row["record_id"], RECORD_CONCEPTS)
        for row in models.records(
            "select * from intermediate.int_records_landed"
            " union all by name select * from intermediate.int_records_mentioned"
        )
    ]
    records += [
        _record(
            held.get(row["deal_id"], {}) | row | {"object_type": "deal"},
            row["deal_id"],
            DEAL_CONCEPTS,
        )
        for row in models.records("select * from intermediate.int_deals_landed")
    ]
    return Landed(
        as_of=as_of,
        changes=changes,
        records=records,
        deletions=[
            Deletion(*row)
            for row in models.rows(
                "select record_id, is_deleted, changed_at, known_by, changed_after"
                " from intermediate.int_deletions_dated"
            )
        ],
        merges=[
            Link(record_id, survivor_id, "merge", merged_at)
            for record_id, survivor_id, merged_at in models.rows(
                "select record_id, survivor_id, merged_at from intermediate.int_record_merges"
            )
        ],
        told_merges=[
            Link(record_id, survivor_id, "merge", None)
            for record_id, survivor_id in models.rows(
                "select record_id, survivor_id from intermediate.int_merges_told"
            )
        ],
        further_emails=[
            (record_id, email)
            for record_id, emails in models.rows(
                "select record_id, ids from intermediate.int_merge_fields"
                " where told_by = 'address' and is_current"
            )
            for email in emails.split(";")
        ],
        crm_ids=[
            Link(record_id, named, "crm_id", None)
            for record_id, named in models.rows(
                "select record_id, value from intermediate.int_record_concepts"
                " where concept = 'crm_id' and record_id not like '%:deal:%'"
            )
        ],
        teams=[
            TeamSeen(*row)
            for row in models.rows(
                "select source_system, user_id, source_team, observed_at"
                " from intermediate.int_user_teams_seen"
            )
        ],
        first_seen=dict(
            models.rows(
                "select record_id, min(seen_at) from intermediate.int_record_versions"
                " group by record_id"
            )
        ),
        user_kinds=dict(
            models.rows("select user_id, user_kind from intermediate.int_users_unioned")
        ),
        coverages=[
            Coverage(*row)
            for row in models.rows(
                "select source_system, object_type, concept, max(stated_coverage_from)"
                " from intermediate.int_field_mappings group by all"
            )
        ],
    )


def _record(row: dict[str, object], record_id: object, concepts: dict[str, str]) -> Record:
    def text(name: str) -> str | None:
        cell = row.get(name)
        return None if cell is None or not str(cell).strip() else str(cell)

    created_at = row.get("created_at")
    assert created_at is None or isinstance(created_at, datetime)
    return Record(
        source=str(row["source_system"]),
        kind=str(row["object_type"]),
        record_id=str(record_id),
        email=text("email"),
        created_by=text("created_by_id"),
        created_at=created_at,
        today={concept: text(column) for concept, column in concepts.items()},
    )
