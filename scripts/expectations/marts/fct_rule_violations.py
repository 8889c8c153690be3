"""What must hold for marts.fct_rule_violations."""

import great_expectations.expectations as gxe

from scripts.expectations.bounds import none_such

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeUnique(column="violation_id", description="one row per violation"),
    gxe.ExpectColumnValuesToNotBeNull(column="evidence", description="each says what was seen"),
    gxe.ExpectColumnValuesToNotBeNull(column="remedy", description="each says what to do"),
    gxe.ExpectColumnValuesToBeInSet(
        column="state",
        value_set=["open", "repaired", "historical"],
        description="state is one of the three",
    ),
    none_such(
        "a violation leads where it is its own cause",
        "is_leading <> (cause_id = violation_id)",
        "violation_id",
    ),
]
