"""What must hold for raw_hubspot.team_user."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "team_user")
