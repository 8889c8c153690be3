"""What must hold for raw_hubspot.property_option."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "property_option")
