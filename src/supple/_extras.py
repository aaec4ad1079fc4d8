"""What only an extra brings."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from supple._errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def brought_by(extra: str, package: str) -> Iterator[None]:
    """Say which extra brings the package that is imported here, where it is not installed."""
    try:
        yield
    except ImportError as error:
        raise MissingExtraError(extra, package) from error
