"""What must hold for raw_salesforce.order."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "order")
