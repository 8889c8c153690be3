"""What must hold for marts.funnel_mql_acceptance."""

from scripts.expectations.bounds import is_count, is_rate_of, is_share, is_within

_ROW = "period_kind, period_on, lead_source_group, owner_team"

EXPECTATIONS = [
    is_within("matured_count", "offered_count", _ROW),
    is_within("accepted_count + rejected_count + bypassed_count", "matured_count", _ROW),
    is_within("pending_count", "offered_count", _ROW),
    is_rate_of("acceptance_rate", "accepted_count", "matured_count", _ROW),
    is_share("acceptance_rate"),
    is_share("acceptance_rate_of_decided"),
    is_count("hours_to_decision_median"),
]
