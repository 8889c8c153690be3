"""The demo CRM: its plan and its raw files, all in SQL."""
