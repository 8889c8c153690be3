"""What must hold for raw_hubspot.engagement_communication."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "engagement_communication")
