"""What must hold for raw_salesforce.event."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "event")
