"""What must hold for raw_salesforce.contact_history."""

import great_expectations.expectations as gxe

from scripts.expectations.declared import declared

EXPECTATIONS = [
    *declared("salesforce", "contact_history"),
    gxe.ExpectColumnValuesToNotBeNull(column="field", description="field is never empty"),
]
