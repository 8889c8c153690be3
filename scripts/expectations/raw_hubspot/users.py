"""What must hold for raw_hubspot.users."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "users")
