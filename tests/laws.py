"""Holding one drawn example to many laws, for drawing it costs more than looking at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec

from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")


def hold_to(law: Callable[P, None], /, *args: P.args, **kwargs: P.kwargs) -> None:
    """Call a law; where it is broken, the failure says which one it is and what it says."""
    try:
        law(*args, **kwargs)
    except BaseException as error:  # an unmet `pytest.raises`, too
        error.add_note(f"broken: {law.__name__}: {law.__doc__}")
        raise


def share(of_the_profile: float) -> settings:
    """Return settings for a property whose examples are dear: fewer of them, in any profile."""
    return settings(max_examples=max(1, round(settings().max_examples * of_the_profile)))
