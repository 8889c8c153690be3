"""What must hold for raw_salesforce.campaign."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "campaign")
