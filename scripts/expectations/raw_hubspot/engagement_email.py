"""What must hold for raw_hubspot.engagement_email."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

from scripts.expectations.declared import declared

EXPECTATIONS = [
    *declared("hubspot", "engagement_email"),
    gxe.ExpectColumnValuesToBeInSet(
        column="property_hs_email_direction",
        value_set=["EMAIL", "INCOMING_EMAIL", "FORWARDED_EMAIL"],
        description="direction is one that HubSpot knows",
        severity=FailureSeverity.WARNING,
    ),
]
