"""What must hold for raw_open.deal_contacts."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("open", "deal_contacts")
