"""What must hold for raw_salesforce.lead_history."""

import great_expectations.expectations as gxe

from scripts.expectations.declared import declared

EXPECTATIONS = [
    *declared("salesforce", "lead_history"),
    gxe.ExpectColumnValuesToNotBeNull(column="field", description="field is never empty"),
]
