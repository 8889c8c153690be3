"""What must hold for raw_open.documents."""

import great_expectations.expectations as gxe

from scripts.expectations.declared import declared

EXPECTATIONS = [
    *declared("open", "documents"),
    gxe.ExpectColumnValuesToBeInSet(
        column="document_type",
        value_set=["quote", "proposal", "contract"],
        description="document_type is one of the three",
    ),
]
