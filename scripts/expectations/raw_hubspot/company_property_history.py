"""What must hold for raw_hubspot.company_property_history."""

import great_expectations.expectations as gxe

from scripts.expectations.declared import declared

EXPECTATIONS = [
    *declared("hubspot", "company_property_history"),
    gxe.UnexpectedRowsExpectation(
        description="names are without the property_ prefix",
        unexpected_rows_query="""
            select distinct name from {batch} where starts_with(name, 'property_')
        """,
    ),
]
