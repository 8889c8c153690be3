"""What must hold for raw_hubspot.engagement."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

from scripts.expectations.declared import declared

EXPECTATIONS = [
    *declared("hubspot", "engagement"),
    gxe.ExpectColumnValuesToBeInSet(
        column="type",
        value_set=[
            "CALL",
            "COMMUNICATION",
            "EMAIL",
            "FORWARDED_EMAIL",
            "INCOMING_EMAIL",
            "MEETING",
            "NOTE",
            "POSTAL_MAIL",
            "TASK",
        ],
        description="type is one of HubSpot's kinds of engagement",
        severity=FailureSeverity.WARNING,
    ),
]
