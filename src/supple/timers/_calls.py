"""What a timer requires of a call that it is asked for."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from supple._errors import ModelError
from supple._model import requirements as must

if TYPE_CHECKING:
    from collections.abc import Callable


def require_call(timer: object, when: float, callback: Callable[[], object]) -> None:
    """Refuse what could never be called, before it gets in the way of other calls.

    Raises:
        ModelError: If ``when`` is no finite number, or ``callback`` cannot be called.
    """
    where = f"{type(timer).__name__}.call_at"
    if not isfinite(must.REAL.require(f"{where}.when", when)):
        raise ModelError(f"{where}.when", "must be a finite number", when)
    if not callable(callback):
        raise ModelError(f"{where}.callback", "must be something to call", callback)
