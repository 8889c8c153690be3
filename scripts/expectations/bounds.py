"""Expectations that many marts share."""

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.metadata_types import FailureSeverity


def is_share(column: str) -> Expectation:
    """A rate lies within 0 and 1; empty where its denominator is 0."""
    return gxe.ExpectColumnValuesToBeBetween(
        column=column, min_value=0, max_value=1, description=f"{column} lies within 0 and 1"
    )


def is_count(column: str) -> Expectation:
    """A count is never negative."""
    return gxe.ExpectColumnValuesToBeBetween(
        column=column, min_value=0, description=f"{column} is not negative"
    )


def none_such(description: str, where: str, columns: str) -> Expectation:
    """No row satisfies a condition; `columns` are shown of those that do."""
    return gxe.UnexpectedRowsExpectation(
        description=description,
        unexpected_rows_query=f"select {columns} from {{batch}} where {where}",
    )


def is_within(part: str, whole: str, columns: str) -> Expectation:
    """A numerator is not larger than its denominator."""
    return none_such(f"{part} is within {whole}", f"{part} > {whole}", columns)


def is_rate_of(rate: str, part: str, whole: str, columns: str) -> Expectation:
    """A rate is its numerator over its denominator, and empty over zero."""
    return none_such(
        f"{rate} is {part} over {whole}",
        f"({rate} is null) <> ({whole} = 0)"
        f" or abs({rate} - {part} * 1.0 / nullif({whole}, 0)) > 1e-9",
        columns,
    )


def has_rows(severity: FailureSeverity = FailureSeverity.CRITICAL) -> Expectation:
    """The table is not empty."""
    return gxe.ExpectTableRowCountToBeBetween(
        min_value=1, description="has rows", severity=severity
    )
