"""What must hold for raw_open.documents."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("open", "documents")
