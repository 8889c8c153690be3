"""Who is behind a change that a sync carried over from another system."""

from collections import defaultdict
from datetime import timedelta

from tests.reference.changes import Key, Mapped, total_order
from tests.reference.identity import PERSON_KINDS
from tests.reference.policy import UNMAPPED, Policy

KNOWN = {"human", "automation", "bulk"}
# Owners and deals are not synced under one policy name.
CARRIED = {"lifecycle_stage", "lead_status"}


def origins(
    changes: dict[Key, list[Mapped]], eldest: dict[str, str], policy: Policy
) -> dict[int, Mapped]:
    """The change that each propagated change carries on, by the propagated one's `id()`.

    "A propagated change takes the actor of the same mapped change in another source within
    sync_minutes (15), else actor_unknown"; the nearest, the earlier of two equally near. An empty
    value is mapped to none, so that a clear is carried like any value.
    """
    window = timedelta(minutes=policy.settings["sync_minutes"])
    same: dict[tuple[str, str, str], list[Mapped]] = defaultdict(list)
    for (record_id, concept), of_record in changes.items():
        for one in of_record:
            is_known = one.value != UNMAPPED and concept in CARRIED
            if is_known and one.record.kind in PERSON_KINDS:
                same[eldest[record_id], concept, one.value or ""].append(one)
    found = {}
    for together in same.values():
        for copy in together:
            near = [
                one
                for one in together
                if copy.actor_kind == "propagated"
                and one.actor_kind in KNOWN
                and one.record.source != copy.record.source
                and abs(one.at - copy.at) <= window
            ]
            if near:
                found[id(copy)] = min(
                    near, key=lambda one: (abs(one.at - copy.at), *total_order(one, policy))
                )
    return found
