"""How a test of a suite tells what it has found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from supple._printable import printable

if TYPE_CHECKING:
    from collections.abc import Sequence


class Explained(Protocol):
    """A test that says why it is there."""

    @property
    def id(self) -> str:
        """What it is called."""

    @property
    def reason(self) -> str:
        """Why something should pass it."""


def report(
    test: Explained, findings: Sequence[str], *, remedy: str = "", most: int | None = None
) -> str:
    """Return findings as a text to read, at most so many of them, with reason and remedy."""
    count = "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
    shown = findings[:most]
    lines = [f"{test.id}: {count}"]
    lines += [f"  {printable(line)}" for each in shown for line in each.split("\n")]
    if len(shown) < len(findings):
        lines.append(f"  and {len(findings) - len(shown)} more")
    lines.append(f"why: {test.reason}")
    return "\n".join([*lines, f"remedy: {remedy}"] if remedy else lines)
