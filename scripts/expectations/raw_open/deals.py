"""What must hold for raw_open.deals."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

from scripts.expectations.declared import declared

EXPECTATIONS = [
    *declared("open", "deals"),
    gxe.UnexpectedRowsExpectation(
        description="a won deal is a closed deal",
        severity=FailureSeverity.WARNING,
        unexpected_rows_query="select deal_id from {batch} where is_won and not is_closed",
    ),
]
