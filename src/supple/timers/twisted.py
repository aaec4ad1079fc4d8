"""Twisted as a timer: the reactor of a program made with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, final

from supple._extras import brought_by
from supple.timers._adapter import Adapter, Call

with brought_by("twisted", "Twisted"):
    from twisted.internet.error import AlreadyCalled, AlreadyCancelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from twisted.internet.base import DelayedCall
    from twisted.internet.interfaces import IReactorTime
    from twisted.internet.task import Clock

    from supple.timers._protocol import Handle


@final
class TwistedTimer(Adapter):
    """Calls back from a reactor, by its ``callLater``.

    Once the reactor has stopped, no call comes any more. What a callback raises goes to the log
    of Twisted, and the reactor goes on.

    A call comes as soon as the reactor gets to it once its clock, ``seconds``, has got to the
    instant; never early. The clock of most reactors is that on the wall. Where that is set
    ahead, a call that is waited for comes at once, and a player that finds itself more than
    ``gap_ms`` late takes it for a gap; where it is set back, the call comes later by as much,
    unless the runner is asked to ``poll``, which goes on at once.

    Use it, and the commands of a runner that it drives, in the thread of the reactor. In another
    thread use ``reactor.callFromThread(runner.pause)``.

    Args:
        reactor: The reactor, or a ``twisted.internet.task.Clock``; left out, the one that
            ``from twisted.internet import reactor`` gives, which that installs.

    >>> from twisted.internet.task import Clock
    >>> clock = Clock()
    >>> timer = TwistedTimer(clock)
    >>> handle = timer.call_at(2.5, lambda: print("at", timer.time()))
    >>> clock.pump([2, 0.5])
    at 2.5
    """

    def __init__(self, reactor: IReactorTime | Clock | None = None) -> None:
        if reactor is None:
            from twisted.internet import reactor as installed

            reactor = installed
        # To a type checker without zope's plugin, the methods of an interface take no self.
        self._reactor = cast("Clock", reactor)

    def time(self) -> float:
        """Return the present instant of the reactor's clock, in seconds."""
        return self._reactor.seconds()

    def _call_at(self, when: float, callback: Callable[[], object]) -> Handle:
        delay = max(when - self._reactor.seconds(), 0)
        call = cast("DelayedCall", self._reactor.callLater(delay, callback))  # as above
        return Call(call.cancel, AlreadyCalled, AlreadyCancelled)
