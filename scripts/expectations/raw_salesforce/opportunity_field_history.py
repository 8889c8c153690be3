"""What must hold for raw_salesforce.opportunity_field_history."""

import great_expectations.expectations as gxe

from scripts.expectations.declared import declared

EXPECTATIONS = [
    *declared("salesforce", "opportunity_field_history"),
    gxe.ExpectColumnValuesToNotBeNull(column="field", description="field is never empty"),
]
