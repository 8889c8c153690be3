"""What Salesforce's own tables say, read from their rows as they land, without a model.

Ids are completed, the history of a look-up is told once, versions tell deletions and merges, and
a conversion, of which only the day is kept, gets its moment.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

from tests.reference.landed import RECORD_CONCEPTS, Change, Deletion, Landed, Link, Record
from tests.reference.policy import Policy

Row = Mapping[str, object]
Tables = Mapping[str, Sequence[Row]]
SOURCE = "salesforce"
SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
SECOND = timedelta(seconds=1)
NEVER = datetime.min


def full_id(short: object) -> str | None:
    """An id in 18 characters, whichever it was written in."""
    text = str(short or "").strip()
    if len(text) == 15:
        chunks = (text[:5], text[5:10], text[10:15])
        text += "".join(
            SUFFIX[sum(1 << place for place, letter in enumerate(chunk) if "A" <= letter <= "Z")]
            for chunk in chunks
        )
    return text or None


def named(kind: str, short: object) -> str | None:
    """A record's readable id."""
    full = full_id(short)
    return f"{SOURCE}:{kind}:{full}" if full else None


def plain(field: object) -> str:
    """A field's or column's name without capitals and signs: Lifecycle_Stage__c."""
    return re.sub("[^0-9a-z]", "", str(field).lower())


def text(cell: object) -> str | None:
    """A cell without blanks around it; None where it is empty."""
    return str(cell).strip() or None if cell is not None else None


def moment(cell: object) -> datetime | None:
    """A cell that holds a moment."""
    assert cell is None or isinstance(cell, datetime)
    return cell


class RawSalesforce:
    """The rows of Salesforce's leads and contacts, and a policy that says what fields mean."""

    def __init__(self, tables: Tables, folder: Path, policy: Policy) -> None:
        """`tables` by `raw_salesforce.lead` and the like, `folder` is that of the policy."""
        self.tables = tables
        self.policy = policy
        with (folder / "field_mappings.csv").open(newline="") as file:
            self.fields = {
                (row["object_type"], plain(row["source_field"])): (row["concept"], row)
                for row in csv.DictReader(file)
                if row["source_system"] == SOURCE
            }
        self.users = {named("user", row["id"]): row for row in self.rows("user")}
        # An id of 15 characters and the same in 18 are one row: the newest version.
        self.held: dict[tuple[str, str | None], Row] = {}
        for kind in ("lead", "contact"):
            for row in sorted(self.rows(kind), key=lambda row: str(row["system_modstamp"])):
                self.held[kind, named(kind, row["id"])] = row

    def rows(self, table: str, schema: str = "raw_salesforce") -> Sequence[Row]:
        """The rows of a table."""
        return self.tables.get(f"{schema}.{table}", [])

    def in_place_of(self, landed: Landed) -> Landed:
        """The landed rows, those of Salesforce as they are read here."""

        def others(record_id: str) -> bool:
            return not record_id.startswith(f"{SOURCE}:")

        return replace(
            landed,
            changes=[one for one in landed.changes if one.source != SOURCE] + self.changes(landed),
            records=[one for one in landed.records if one.source != SOURCE] + self.records(),
            deletions=[one for one in landed.deletions if others(one.record_id)] + self.deletions(),
            merges=[one for one in landed.merges if others(one.record_id)] + self.merges(),
            told_merges=[one for one in landed.told_merges if others(one.record_id)]
            + self.told_merges(),
            crm_ids=[one for one in landed.crm_ids if others(one.record_id)] + self.crm_ids(),
            user_kinds=landed.user_kinds | self.user_kinds(),
        )

    def values(self, kind: str, row: Row) -> dict[str, str | None]:
        """What a row holds of each concept."""
        found: dict[str, str | None] = {}
        for column, cell in row.items():
            concept, _ = self.fields.get((kind, plain(column)), ("", {}))
            value = text(cell)
            found[concept] = named("user", value) if concept == "owner" else value
        return found

    def records(self) -> list[Record]:
        """Each lead and contact as its newest version has it."""
        records = []
        for (kind, record_id), row in self.held.items():
            values = self.values(kind, row)
            email = values.get("email")
            records.append(
                Record(
                    source=SOURCE,
                    kind=kind,
                    record_id=str(record_id),
                    email=email.lower() if email else None,
                    created_by=named("user", row["created_by_id"]),
                    created_at=moment(row["created_date"]),
                    today={concept: values.get(concept) for concept in RECORD_CONCEPTS},
                )
            )
        return records

    def crm_ids(self) -> list[Link]:
        """Ids of HubSpot's records that leads and contacts hold."""
        return [
            Link(str(record_id), f"hubspot:contact:{values['crm_id']}", "crm_id", None)
            for (kind, record_id), row in self.held.items()
            if (values := self.values(kind, row)).get("crm_id")
        ]

    def told(self) -> Iterable[tuple[str, str, Row]]:
        """Each row of a field history, with the kind and the id of the record."""
        for kind in ("lead", "contact"):
            for row in self.rows(f"{kind}_history"):
                yield kind, str(named(kind, row[f"{kind}_id"])), row

    def changes(self, landed: Landed) -> list[Change]:
        """Changes of fields that carry a concept; of the two rows of a look-up the one of ids."""
        changes = []
        for kind, record_id, row in self.told():
            is_look_up = row.get("data_type") == "EntityId"
            # "Owner" is the field OwnerId.
            field = f"{row['field']}{'Id' if is_look_up else ''}"
            concept, _ = self.fields.get((kind, plain(field)), ("", {}))
            old, new = text(row.get("old_value")), text(row.get("new_value"))
            at = moment(row["created_date"]) or NEVER
            if not concept or at > landed.as_of or (old is None and new is None):
                continue
            actor = named("user", row.get("created_by_id"))
            changes.append(
                Change(
                    source=SOURCE,
                    kind=kind,
                    record_id=record_id,
                    concept=concept,
                    field=field,
                    old_value=named("user", old) if is_look_up else old,
                    new_value=named("user", new) if is_look_up else new,
                    changed_by=actor,
                    change_source=self.change_source(actor),
                    changed_at=at,
                )
            )
        return changes

    def change_source(self, actor: str | None) -> str | None:
        """Salesforce says under whose name a value was written: the policy names some users."""
        user = self.users.get(actor)
        if user is None:
            return None
        own = {
            plain_name(row["change_source"]): row["change_source"]
            for row in self.policy.sources
            if row["source_system"] == SOURCE
        }
        return own.get(plain_name(user["name"])) or text(user.get("user_type"))

    def user_kinds(self) -> dict[str, str]:
        """Who is a sync, a job or a process, in the policy's own words; the others are people."""
        kinds = {
            str(actor): self.policy.change_kind(SOURCE, self.change_source(actor))
            for actor in self.users
        }
        return {actor: kind or "human" for actor, kind in kinds.items()}

    def versions(self) -> Iterable[tuple[str, str, Row]]:
        """Every version of each lead and contact, with kind and id."""
        for (kind, record_id), row in self.held.items():
            yield kind, str(record_id), row
        for kind in ("lead", "contact"):
            for row in self.rows(kind, "raw_salesforce_history"):
                yield kind, str(named(kind, row["id"])), row

    def deletions(self) -> list[Deletion]:
        """When versions say that a record went, or came back; merged ones are told apart later.

        A deleted row bears the moment of its deletion. Of a return nothing tells but that a load
        saw the record gone, and a later one saw it again, changed by then.
        """
        found = []
        ordered = sorted(
            self.versions(), key=lambda one: (one[1], moment(one[2]["last_modified_date"]))
        )
        for record_id, versions in groupby(ordered, key=lambda one: one[1]):
            was_deleted = False
            gone: list[datetime | None] = []
            for _, _, row in versions:
                is_deleted = bool(row["is_deleted"])
                at = moment(row["last_modified_date"]) or NEVER
                if is_deleted and not was_deleted:
                    found.append(Deletion(record_id, True, at))
                elif was_deleted and not is_deleted:
                    after = next((one for one in gone if one and one <= at), None)
                    found.append(Deletion(record_id, False, at, "observed", after))
                was_deleted = is_deleted
                # Last seen by a load, by the connector, or gone by its own word.
                gone = [moment(row.get("_seen_at")), moment(row.get("_fivetran_synced")), at]
        return found

    def merges(self) -> list[Link]:
        """Losers of merges, and converted leads whose contact has landed."""
        links = {}
        for kind, record_id, row in self.versions():
            survivor = named(kind, row.get("master_record_id"))
            contact = named("contact", row.get("converted_contact_id"))
            if survivor and survivor != record_id:
                at = moment(row["last_modified_date"])
                links[record_id] = Link(record_id, survivor, "merge", at)
            elif (
                row.get("is_converted")
                and contact
                and ("contact", contact) in self.held
                and record_id not in links
            ):
                at = self.conversion(record_id, row, self.held["contact", contact])
                links[record_id] = Link(record_id, contact, "merge", at)
        return list(links.values())

    def told_merges(self) -> list[Link]:
        """What any version says that a record went into."""
        told = {(link.record_id, link.linked_record_id) for link in self.merges()}
        for kind, record_id, row in self.versions():
            contact = named("contact", row.get("converted_contact_id"))
            if kind == "lead" and ("contact", contact) in self.held:
                told.add((record_id, str(contact)))
        return [Link(record_id, into, "merge", None) for record_id, into in sorted(told)]

    def conversion(self, record_id: str, lead: Row, contact: Row) -> datetime:
        """ConvertedDate is a day. The moment is what the history says, else it is after what
        happened to the lead on that day: the contact's creation, or a second later."""
        rows = [row for _, name, row in self.told() if name == record_id]
        converted_on = moment(lead["converted_date"])
        assert converted_on is not None
        day = converted_on.date()

        def at(row: Row) -> datetime:
            return moment(row["created_date"]) or NEVER

        events = [at(row) for row in rows if row["field"] == "leadConverted"]
        if events:
            return max(events)
        that_day = [row for row in rows if at(row).date() == day]
        converting = {
            plain_name(row["api_name"]) for row in self.rows("lead_status") if row["is_converted"]
        }
        statuses = [
            at(row)
            for row in that_day
            if row["field"] == "Status" and plain_name(row.get("new_value")) in converting
        ]
        if statuses:
            return max(statuses)
        last = max(map(at, that_day), default=None)
        made_at = moment(contact["created_date"])
        created_at = moment(lead["created_date"])
        # A lead that nobody dated, and to which nothing happened then, was there before.
        before = last or created_at
        if made_at and made_at.date() == day and before and made_at >= before:
            return made_at
        return last + SECOND if last else max(created_at or NEVER, converted_on)


def plain_name(name: object) -> str:
    """A name without capitals and blanks around it."""
    return str(name or "").strip().lower()
