"""What must hold for raw_salesforce.group."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "group")
