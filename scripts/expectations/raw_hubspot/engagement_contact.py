"""What must hold for raw_hubspot.engagement_contact."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "engagement_contact")
