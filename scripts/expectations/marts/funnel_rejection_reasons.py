"""What must hold for marts.funnel_rejection_reasons."""

import great_expectations.expectations as gxe

from scripts.expectations.bounds import is_rate_of, is_share, is_within

EXPECTATIONS = [
    is_rate_of("share_rate", "rejection_count", "all_rejection_count", "period_on, reason_code"),
    is_share("share_rate"),
    is_within("only_in_notes_count", "rejection_count", "period_on, reason_code"),
    gxe.ExpectColumnValuesToBeBetween(
        column="rejection_count", min_value=1, description="a row is at least one rejection"
    ),
]
