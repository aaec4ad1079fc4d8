"""Where a catalog lies: in a folder, in an archive, in an installed distribution."""
