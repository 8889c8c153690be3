"""What must hold for marts.funnel_opportunity_creation."""

from scripts.expectations.bounds import is_rate_of, is_share, is_within

_ROW = "period_kind, period_on, lead_source_group, window_days"

EXPECTATIONS = [
    is_within("matured_count", "sql_count", _ROW),
    is_within("with_opportunity_count", "matured_count", _ROW),
    is_rate_of("opportunity_creation_rate", "with_opportunity_count", "matured_count", _ROW),
    is_share("opportunity_creation_rate"),
]
