"""What must hold for marts.dim_people."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

from scripts.expectations.bounds import has_rows, is_count, none_such

EXPECTATIONS = [
    # A CRM without any is possible: it says so, and stops nothing.
    has_rows(FailureSeverity.WARNING),
    gxe.ExpectColumnValuesToBeUnique(column="person_id", description="one row per person"),
    gxe.ExpectColumnValuesToBeInSet(
        column="stage_alignment",
        value_set=["aligned", "ahead", "behind", "not_judged"],
        description="stage_alignment is one of the four",
    ),
    is_count("record_count"),
    is_count("open_deal_count"),
    none_such(
        "nobody enters a stage after the as-of moment",
        "stage_entered_at > (select max(extracted_at) from raw_meta.loads)",
        "person_id, stage_entered_at",
    ),
]
