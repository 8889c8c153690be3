"""The open format's tables, in the schema of every source that uses it."""
