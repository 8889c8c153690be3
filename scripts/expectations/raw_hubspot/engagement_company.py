"""What must hold for raw_hubspot.engagement_company."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "engagement_company")
