"""What must hold for raw_salesforce.opportunity."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "opportunity")
