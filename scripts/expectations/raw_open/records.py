"""What must hold for raw_open.records."""

import great_expectations.expectations as gxe

from scripts.expectations.declared import declared

EXPECTATIONS = [
    *declared("open", "records"),
    gxe.ExpectColumnValuesToBeInSet(
        column="record_type",
        value_set=["contact", "lead", "company"],
        description="record_type is one of the three",
    ),
]
