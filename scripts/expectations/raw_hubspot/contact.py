"""What must hold for raw_hubspot.contact."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "contact")
