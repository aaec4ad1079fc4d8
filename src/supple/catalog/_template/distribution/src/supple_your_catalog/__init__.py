"""The catalog ``your-catalog``: data only, to be read by supple."""
