"""What must hold for raw_hubspot.engagement_deal."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "engagement_deal")
