"""What there is one of, and what is closed at the end of a ``with`` block."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Never, Self, SupportsIndex


class Single:
    """Something that no copy can stand for: it would share what it works on with the original."""

    def __reduce_ex__(self, protocol: SupportsIndex, /) -> Never:
        del protocol
        raise TypeError(f"there is one {type(self).__name__}, which cannot be copied or pickled")


class Closing(Single, ABC):
    """Something to be closed; ``with`` does it."""

    @abstractmethod
    def close(self) -> None:
        """Let go of everything."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
