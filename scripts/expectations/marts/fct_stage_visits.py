"""What must hold for marts.fct_stage_visits."""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

from scripts.expectations.bounds import has_rows, is_count, none_such

EXPECTATIONS = [
    # A CRM without any is possible: it says so, and stops nothing.
    has_rows(FailureSeverity.WARNING),
    gxe.ExpectColumnValuesToBeUnique(column="visit_id", description="one row per visit"),
    is_count("stay_days"),
    none_such("a stay has positive length", "valid_to <= valid_from", "visit_id"),
    none_such("a stay is open where it has no end", "is_open <> (valid_to is null)", "visit_id"),
    gxe.UnexpectedRowsExpectation(
        description="the stays of a person never overlap",
        unexpected_rows_query="""
            select person_id, valid_from from (
                select
                    person_id, valid_from,
                    lag(coalesce(valid_to, 'infinity'::timestamp)) over (
                        partition by person_id order by valid_from, visit_number
                    ) as previous_end
                from {batch}
            ) as stays
            where valid_from < previous_end
        """,
    ),
]
