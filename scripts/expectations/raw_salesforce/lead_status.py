"""What must hold for raw_salesforce.lead_status."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "lead_status")
