"""What must hold for raw_hubspot.deal_stage_date."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "deal_stage_date")
