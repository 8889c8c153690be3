"""What must hold for raw_open.activities."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("open", "activities")
