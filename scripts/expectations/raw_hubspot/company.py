"""What must hold for raw_hubspot.company."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "company")
