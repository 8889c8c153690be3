"""What must hold for raw_hubspot.merged_deal."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "merged_deal")
