"""Which records are one person because somebody says so: merges, ids of the other CRM, e-mail."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime

from tests.reference.absences import deletions_of_records, is_away
from tests.reference.exclusions import is_excluded
from tests.reference.landed import Landed, Link, Record
from tests.reference.policy import Policy

ADDRESS = re.compile(r"(?:mailto:)?([^\s@<>,;:\"()]+@[^\s@<>,;:\"()]*[^\s@<>,;:\"().])[.,;]*")


def links_of_people(landed: Landed, people: Iterable[Record], policy: Policy) -> list[Link]:
    """Explicit links and those by an address that nobody else of the kind has."""
    known = {person.record_id: person for person in people}
    live = live_people(landed, known, policy)
    return [
        *landed.told_merges,
        *links_by_id(landed, known, live),
        *links_by_email(known, live, addresses_of(landed, known), policy),
    ]


def addresses_of(landed: Landed, known: dict[str, Record]) -> dict[str, set[str]]:
    """ "Addresses of records merged away, and a CRM's additional addresses, are the survivor's"."""
    survivors = {link.record_id: link.linked_record_id for link in landed.merges}
    found: dict[str, set[str]] = defaultdict(set)
    for name, person in known.items():
        own = [address_of(person)]
        own += [address_in(email) for record, email in landed.further_emails if record == name]
        last, seen = name, {name}
        while survivors.get(last, last) not in seen:
            last = survivors[last]
            seen.add(last)
        for holder in {name, last}:
            found[holder] |= {address for address in own if address}
    return found


def live_people(landed: Landed, known: dict[str, Record], policy: Policy) -> set[str]:
    """Neither merged away, nor deleted, nor left out at as_of."""
    merged_away = {link.record_id for link in landed.merges}
    deletions = deletions_of_records(landed, policy)
    return {
        name
        for name, person in known.items()
        if name not in merged_away
        and not is_away(deletions.get(name, []), landed.as_of)
        and not is_excluded(person, landed.as_of, policy)
    }


def links_by_id(landed: Landed, known: dict[str, Record], live: set[str]) -> list[Link]:
    """ "explicit links (…, CRM-to-CRM ids such as HubSpot's synced Salesforce ids)".

    An id that several live records of one kind in one source hold cannot be right for all: the
    one whose address is the named record's has it, else the eldest.
    """
    landed_kinds = {(record.source, record.kind) for record in landed.records}
    there = {record.record_id for record in landed.records}
    there |= {end for link in landed.merges for end in (link.record_id, link.linked_record_id)}
    claims: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
    for held in landed.crm_ids:
        source, kind, _ = held.linked_record_id.split(":", 2)
        holder = known.get(held.record_id)
        is_landed = (source, kind) in landed_kinds and held.linked_record_id in there
        is_person = kind in ("contact", "lead")
        if holder and is_landed and is_person and held.record_id != held.linked_record_id:
            claims[held.linked_record_id, holder.source, holder.kind].append(holder)
    links = []
    for (named, *_), holders in claims.items():
        rivals = [holder for holder in holders if holder.record_id in live]
        address = address_of(known.get(named))

        def standing(holder: Record, address: str | None = address) -> tuple[bool, datetime, str]:
            agrees = address is not None and address_of(holder) == address
            return (not agrees, holder.created_at or datetime.max, holder.record_id)

        right = min(rivals, key=standing, default=None)
        links += [
            Link(holder.record_id, named, "crm_id", None)
            for holder in holders
            if holder not in rivals or holder == right
        ]
    return links


def links_by_email(
    known: dict[str, Record], live: set[str], addresses: dict[str, set[str]], policy: Policy
) -> list[Link]:
    """ "from normalised e-mail, only if each source holds at most one live record of that kind
    with it and the address is not shared"."""
    holders: dict[str, list[Record]] = defaultdict(list)
    for name in live:
        for address in addresses[name]:
            if not is_shared(address, policy):
                holders[address].append(known[name])
    links = []
    for records in holders.values():
        kinds = Counter((record.source, record.kind) for record in records)
        if max(kinds.values()) == 1:
            first = records[0].record_id
            links += [Link(other.record_id, first, "email", None) for other in records[1:]]
    return links


def is_shared(address: str, policy: Policy) -> bool:
    """A mailbox such as info@, also as info+fair@, or an address that the policy lists."""
    mailbox = address.partition("@")[0].partition("+")[0]
    return ("mailbox", mailbox) in policy.shared or ("email", address) in policy.shared


def address_of(record: Record | None) -> str | None:
    """The one address in a record's e-mail field: lower case, without a display name."""
    return address_in(record.email or "") if record else None


def address_in(email: str) -> str | None:
    """The one address in a text."""
    text = unicodedata.normalize("NFC", email.lower()).strip()
    named = re.fullmatch(r"[^<>]*<([^<>]*)>[^<>]*", text)
    found = ADDRESS.fullmatch((named[1] if named else text).strip())
    return found[1] if found else None
