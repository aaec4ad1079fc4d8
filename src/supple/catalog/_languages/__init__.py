"""The texts of a catalog in other languages: the files, the fall-back and the gaps."""
