"""A policy folder: what is declared of its seeds, its files, and what in them cannot stand."""
