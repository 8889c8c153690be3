"""HubSpot's own tables, as the loader landed them."""
