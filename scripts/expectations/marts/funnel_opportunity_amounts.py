"""What must hold for marts.funnel_opportunity_amounts."""

import great_expectations.expectations as gxe

from scripts.expectations.bounds import is_count

EXPECTATIONS = [
    is_count("amount"),
    gxe.ExpectColumnValuesToBeBetween(
        column="deal_count", min_value=1, description="a row is at least one deal"
    ),
    gxe.ExpectColumnValuesToNotBeNull(
        column="currency", description="money always has a currency, be it unknown"
    ),
]
