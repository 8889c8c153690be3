"""What must hold for raw_hubspot.deal_pipeline_stage."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

from scripts.expectations.declared import declared

EXPECTATIONS = [
    *declared("hubspot", "deal_pipeline_stage"),
    gxe.UnexpectedRowsExpectation(
        description="the probability is a share of one",
        severity=FailureSeverity.WARNING,
        unexpected_rows_query="""
            select pipeline_id, stage_id, probability from {batch}
            where probability not between 0 and 1
        """,
    ),
]
