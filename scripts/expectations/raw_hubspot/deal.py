"""What must hold for raw_hubspot.deal."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "deal")
