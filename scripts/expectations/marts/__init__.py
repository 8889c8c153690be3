"""What the project publishes."""
