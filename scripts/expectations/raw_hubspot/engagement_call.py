"""What must hold for raw_hubspot.engagement_call."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "engagement_call")
