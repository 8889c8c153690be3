"""What must hold for raw_meta.loads: every load ended well, on time, and its rows are there."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

from scripts.expectations.bounds import has_rows, is_count
from scripts.expectations.landed import landed_row_counts

EXPECTATIONS = [
    has_rows(),
    gxe.ExpectColumnValuesToNotBeNull(column="load_id", description="load_id is never empty"),
    gxe.ExpectColumnValuesToBeUnique(column="load_id", description="one row per load"),
    gxe.ExpectColumnValuesToNotBeNull(
        column="finished_at", description="a load that is noted has finished"
    ),
    is_count("row_count"),
    is_count("rejected_count"),
    gxe.UnexpectedRowsExpectation(
        description="nothing was extracted after it was loaded",
        severity=FailureSeverity.WARNING,
        unexpected_rows_query="""
            select source, extracted_at, finished_at from {batch}
            where extracted_at > finished_at
        """,
    ),
    gxe.UnexpectedRowsExpectation(
        description="no source is more than two days behind the newest",
        severity=FailureSeverity.WARNING,
        unexpected_rows_query="""
            select source, max(extracted_at) as newest from {batch}
            group by source
            having max(extracted_at)
                < (select max(extracted_at) from {batch}) - interval '48' hour
        """,
    ),
    gxe.UnexpectedRowsExpectation(
        description="no newest load refused more than one record in twenty",
        severity=FailureSeverity.WARNING,
        unexpected_rows_query="""
            select source, row_count, rejected_count from {batch}
            qualify row_number() over (partition by source order by finished_at desc) = 1
                and rejected_count > 0.05 * (row_count + rejected_count)
        """,
    ),
    *landed_row_counts(),
]
