"""Which records are one person: clusters of links, and what the bridge says of them."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from tests.reference.landed import Link, Record

PERSON_KINDS = {"contact", "lead"}


def clusters(records: Iterable[Record], links: Iterable[Link]) -> dict[str, str]:
    """Each record's cluster, named by its eldest record.

    "person_id and account_id are the md5 of the cluster's earliest-created record (tie: smallest
    record_id)"; merges both ways and in chains count, whatever their order. A record whose
    creation is not known is nobody's eldest while another is known.
    """
    known = {record.record_id: record for record in records}
    neighbours: dict[str, set[str]] = defaultdict(set)
    for link in links:
        neighbours[link.record_id].add(link.linked_record_id)
        neighbours[link.linked_record_id].add(link.record_id)
    eldest: dict[str, str] = {}
    for start in known:
        if start in eldest:
            continue
        reached = {start}
        border = [start]
        while border:
            for other in neighbours[border.pop()] - reached:
                reached.add(other)
                border.append(other)
        there = reached & known.keys()
        first = min(there, key=lambda name: (known[name].created_at or datetime.max, name))
        eldest |= dict.fromkeys(there, first)
    return eldest


def md5(text: str) -> str:
    """Hexadecimal."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def bridge(eldest: dict[str, str], left_out: set[str]) -> list[dict[str, object]]:
    """One row per record of a person of whom the policy leaves a record in.

    "when an older record joins, bridge_person_records.previous_person_id says what it was": the
    md5 of the record itself.
    """
    people = {first for record, first in eldest.items() if record not in left_out}
    return [
        {
            "record_id": record,
            "person_id": md5(first),
            "previous_person_id": None if record == first else md5(record),
        }
        for record, first in eldest.items()
        if first in people
    ]
