"""What the report says and how it looks; `python -m scripts.report` puts it together."""
