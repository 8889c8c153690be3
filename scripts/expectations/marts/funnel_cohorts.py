"""What must hold for marts.funnel_cohorts."""

from scripts.expectations.bounds import is_rate_of, is_share, is_within

_ROW = "cohort_on, from_stage, to_stage, window_days"

EXPECTATIONS = [
    is_within("matured_count", "entered_count", _ROW),
    is_within("converted_count", "matured_count", _ROW),
    is_rate_of("conversion_rate", "converted_count", "matured_count", _ROW),
    is_share("conversion_rate"),
    is_share("km_conversion_rate"),
]
