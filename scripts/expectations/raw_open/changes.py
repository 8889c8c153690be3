"""What must hold for raw_open.changes."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

from scripts.expectations.declared import declared

EXPECTATIONS = [
    *declared("open", "changes"),
    gxe.ExpectColumnValuesToNotBeNull(column="field", description="field is never empty"),
    gxe.ExpectColumnValuesToNotBeNull(
        column="changed_at",
        description="every change says when it was made",
        severity=FailureSeverity.WARNING,
    ),
]
