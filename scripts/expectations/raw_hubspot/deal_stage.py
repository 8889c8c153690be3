"""What must hold for raw_hubspot.deal_stage."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "deal_stage")
