"""What must hold for raw_salesforce.organization."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "organization")
