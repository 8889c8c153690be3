"""What must hold for raw_salesforce.user_role."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "user_role")
