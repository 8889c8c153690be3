"""What must hold for raw_salesforce.contact."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "contact")
