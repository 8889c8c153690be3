"""What must hold for raw_hubspot.contact_merge_audit."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("hubspot", "contact_merge_audit")
