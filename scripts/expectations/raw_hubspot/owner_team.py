"""What must hold for raw_hubspot.owner_team."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "owner_team")
