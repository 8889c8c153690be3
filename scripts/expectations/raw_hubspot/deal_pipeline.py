"""What must hold for raw_hubspot.deal_pipeline."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "deal_pipeline")
