"""What must hold for raw_salesforce.account."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "account")
