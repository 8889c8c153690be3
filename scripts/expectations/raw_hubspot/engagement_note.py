"""What must hold for raw_hubspot.engagement_note."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "engagement_note")
