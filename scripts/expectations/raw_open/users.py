"""What must hold for raw_open.users."""

from scripts.expectations.declared import declared

EXPECTATIONS = declared("open", "users")
