"""What must hold for raw_salesforce.lead."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "lead")
