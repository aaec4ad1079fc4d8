"""What planning goes by where nothing is said: the library's own choices."""

from typing import Final

CHANGES: Final = 8
"""How often the position may change in a plan."""

PLAN_SLACK: Final = 15
FIT_SLACK: Final = 5
"""Seconds that a routine may be shorter than the time that it is made for."""
