"""What must hold for raw_salesforce.opportunity_history."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "opportunity_history")
