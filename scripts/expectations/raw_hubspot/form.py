"""What must hold for raw_hubspot.form."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "form")
