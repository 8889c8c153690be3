"""What must hold for raw_salesforce.task_relation."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("salesforce", "task_relation")
