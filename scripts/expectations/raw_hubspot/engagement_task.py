"""What must hold for raw_hubspot.engagement_task."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "engagement_task")
