"""What must hold for raw_salesforce.task."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "task")
