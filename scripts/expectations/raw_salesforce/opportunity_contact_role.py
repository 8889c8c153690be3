"""What must hold for raw_salesforce.opportunity_contact_role."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "opportunity_contact_role")
