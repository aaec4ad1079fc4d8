"""What is wrong with a catalog or doubtful in it, in words for its author."""
