"""What must hold for raw_salesforce.contract."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "contract")
