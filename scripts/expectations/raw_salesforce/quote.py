"""What must hold for raw_salesforce.quote."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "quote")
