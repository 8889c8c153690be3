"""What the loader notes about itself."""
