"""What must hold for marts.funnel_stage_completeness."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

from scripts.expectations.bounds import has_rows, is_rate_of, is_share, none_such

EXPECTATIONS = [
    # A CRM without any is possible: it says so, and stops nothing.
    has_rows(FailureSeverity.WARNING),
    gxe.ExpectCompoundColumnsToBeUnique(
        column_list=["period_kind", "period_on"], description="one row per week and month"
    ),
    is_rate_of("completeness_rate", "with_valid_stage_count", "people_count", "period_on"),
    is_share("completeness_rate"),
    none_such(
        "everybody has a valid, an unmapped or a missing stage",
        "people_count <> with_valid_stage_count + unmapped_count + missing_count",
        "period_on, people_count, with_valid_stage_count, unmapped_count, missing_count",
    ),
]
