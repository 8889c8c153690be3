"""What must hold for marts.fct_rule_results, and whether the rules stay within tolerance.

A tolerance that is exceeded is a warning here: the business broke its own rule, the data is good.
"""

import great_expectations.expectations as gxe
from great_expectations.expectations.metadata_types import FailureSeverity

from scripts.expectations.bounds import has_rows, is_rate_of, is_share, none_such

EXPECTATIONS = [
    has_rows(),
    gxe.ExpectColumnValuesToBeUnique(column="rule_id", description="one row per rule"),
    gxe.ExpectColumnValuesToBeInSet(
        column="status",
        value_set=["green", "amber", "red", "not_judged"],
        description="status is one of the four",
    ),
    none_such(
        "every subject is passed, broken or not judged",
        "subject_count <> passed_count + broken_count + not_judged_count",
        "rule_code",
    ),
    none_such(
        "judged is passed and broken",
        "judged_count <> passed_count + broken_count",
        "rule_code",
    ),
    is_rate_of("broken_rate", "broken_count", "judged_count", "rule_code, broken_rate"),
    is_share("broken_rate"),
    is_share("evidence_coverage_rate"),
    gxe.UnexpectedRowsExpectation(
        description="no rule is over its tolerance",
        severity=FailureSeverity.WARNING,
        unexpected_rows_query="""
            select rule_code, broken_rate, red_rate from {batch} where status = 'red'
        """,
    ),
]
