"""What runs a timeline against a clock that it is told about."""
