"""What must hold for raw_salesforce.event_relation."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "event_relation")
