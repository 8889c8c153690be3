"""What must hold for raw_salesforce.opportunity_stage."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "opportunity_stage")
