"""What must hold for raw_hubspot.deal_company."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "deal_company")
