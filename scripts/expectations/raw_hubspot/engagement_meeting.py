"""What must hold for raw_hubspot.engagement_meeting."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "engagement_meeting")
