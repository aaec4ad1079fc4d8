"""How a check tells what it has found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class Explained(Protocol):
    """A check that says why it is there, and what to do."""

    @property
    def id(self) -> str:
        """What it is called."""

    @property
    def reason(self) -> str:
        """Why something should pass it."""

    @property
    def remedy(self) -> str:
        """What to do where it does not."""


def report(check: Explained, findings: Sequence[str], *, most: int | None = None) -> str:
    """Return findings as a text to read, at most so many of them, with reason and remedy."""
    count = "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
    shown = findings[:most]
    lines = [f"{check.id}: {count}", *(f"  {each}" for each in shown)]
    if len(shown) < len(findings):
        lines.append(f"  and {len(findings) - len(shown)} more")
    return "\n".join([*lines, f"why: {check.reason}", f"remedy: {check.remedy}"])
