"""What must hold for raw_hubspot.contact_form_submission."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "contact_form_submission")
