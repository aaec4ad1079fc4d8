"""From the bytes of a catalog's files to a catalog, or to everything that is wrong with it."""
