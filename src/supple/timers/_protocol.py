"""What a timer is: anything that tells the time and can call back later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


class Handle(Protocol):
    """A call to come."""

    def cancel(self) -> object:
        """Take the call back. It does nothing where the call has come or was taken back.

        A call that is just coming, in another thread, may still come.
        """


class Timer(Protocol):
    """A clock that can call back, shaped after the event loop of asyncio, which is one.

    Both methods speak of the same clock, which should be monotonic. Its zero does not matter.
    :func:`supple.testing.timer_conformance` checks a timer of your own.
    """

    def time(self) -> float:
        """Return the present instant, in seconds."""

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Have a callback called once the clock has got to an instant.

        It is called later and not by this method itself, even where the instant lies in the
        past; and it is called once. Calls come in the order of their instants. What a callback
        raises is reported in the way of the framework. What is no instant, or cannot be called,
        is refused at once, or at least does no harm to other calls.

        Args:
            when: The instant, in seconds.
            callback: What to call. What it returns is ignored.
        """
