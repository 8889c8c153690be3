"""What must hold for raw_open.activities."""

import great_expectations.expectations as gxe

from scripts.expectations.declared import declared

EXPECTATIONS = [
    *declared("open", "activities"),
    gxe.ExpectColumnValuesToBeInSet(
        column="direction",
        value_set=["inbound", "outbound"],
        description="direction is inbound, outbound or empty",
    ),
]
