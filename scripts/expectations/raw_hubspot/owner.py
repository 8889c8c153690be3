"""What must hold for raw_hubspot.owner."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

from scripts.expectations.declared import declared

EXPECTATIONS = [
    *declared("hubspot", "owner"),
    gxe.UnexpectedRowsExpectation(
        description="an e-mail address has its sign",
        severity=FailureSeverity.WARNING,
        unexpected_rows_query="""
            select owner_id from {batch} where email is not null and email not like '%@%'
        """,
    ),
]
