"""What must hold for raw_salesforce.user."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "user")
