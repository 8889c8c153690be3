"""What must hold for raw_salesforce.record_type."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "record_type")
