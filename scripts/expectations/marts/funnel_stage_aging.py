"""What must hold for marts.funnel_stage_aging."""

from scripts.expectations.bounds import is_count, is_within, none_such

_ROW = "lifecycle_stage, owner_team"

EXPECTATIONS = [
    is_within("overdue_count", "open_count", _ROW),
    is_count("open_days_median"),
    is_count("completed_days_median"),
    none_such(
        "the 90th percentile is not below the median",
        "open_days_p90 < open_days_median or completed_days_p90 < completed_days_median",
        _ROW,
    ),
]
