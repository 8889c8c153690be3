"""What must hold for raw_hubspot.team."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "team")
