"""What must hold for raw_hubspot.deal_contact."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "deal_contact")
