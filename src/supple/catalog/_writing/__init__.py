"""From a catalog to files: the same bytes each time, whole or not at all."""
