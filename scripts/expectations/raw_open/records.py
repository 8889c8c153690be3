"""What must hold for raw_open.records."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("open", "records")
