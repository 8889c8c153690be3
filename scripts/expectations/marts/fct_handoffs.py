"""What must hold for marts.fct_handoffs."""

import great_expectations.expectations as gxe

from scripts.expectations.bounds import is_count, none_such

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeUnique(column="handoff_id", description="one row per handoff"),
    gxe.ExpectColumnValuesToBeInSet(
        column="decision",
        value_set=[
            "accepted",
            "rejected_recycled",
            "rejected_disqualified",
            "bypassed",
            "withdrawn",
            "void",
            "pending",
        ],
        description="decision is one of the seven",
    ),
    none_such("nothing is decided before it is offered", "decided_at < offered_at", "handoff_id"),
    none_such(
        "a handoff is pending where nothing was decided",
        "(decision = 'pending') <> (decided_at is null)",
        "handoff_id, decision",
    ),
    is_count("working_hours_to_decision"),
]
