"""Timers that are wrong in one way each."""

from __future__ import annotations

import itertools
import math
import weakref
from typing import TYPE_CHECKING, Any

from supple.testing import ManualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from supple.timers import Handle


class Wrong:
    """A timer by a manual clock that is right, but for what a subclass does otherwise."""

    def __init__(self) -> None:
        self.clock = ManualClock()

    def time(self) -> float:
        """Return the present instant."""
        return self.clock.time()

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Ask for a call."""
        return self.clock.call_at(when, callback)


class Cancelling:
    """A handle that does what it is told instead of taking the call back."""

    def __init__(self, cancel: Callable[[], object]) -> None:
        self.cancel = cancel


class HasNoTime(Wrong):
    """Its clock does not know."""

    def time(self) -> float:
        """Return no number."""
        return float("nan")


class GoesBack(Wrong):
    """Its clock runs backwards."""

    def time(self) -> float:
        """Return the present instant, the wrong way round."""
        return -self.clock.time()


class StandsStill(Wrong):
    """Its clock never moves."""

    def time(self) -> float:
        """Return the same instant each time."""
        return 0.0


class Forgets(Wrong):
    """It never calls."""

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Ask for nothing."""
        return self.clock.call_at(when + 10**9, callback)


class CallsTwice(Wrong):
    """It calls, and calls again a little later."""

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Ask for two calls."""
        self.clock.call_at(when + 0.01, callback)
        return self.clock.call_at(when, callback)


class IsEarly(Wrong):
    """It calls 2 ms too early."""

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Ask for a call before its time."""
        return self.clock.call_at(when - 0.002, callback)


class CallsAtOnce(Wrong):
    """It does not wait where there is nothing to wait for."""

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Call what is due."""
        if when <= self.clock.time():
            callback()
            return Cancelling(int)
        return self.clock.call_at(when, callback)


class MissesThePast(Wrong):
    """It never gets to what is over."""

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Ask for a call that is still to come."""
        is_over = when < self.clock.time()
        return self.clock.call_at(when, int if is_over else callback)


class KeepsNothing(Wrong):
    """It loses a call whose handle nobody keeps."""

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Ask for a call by way of the handle."""

        def call() -> None:
            if (handle := kept()) is not None:
                handle.call()

        handle: Any = Cancelling(self.clock.call_at(when, call).cancel)
        handle.call = callback
        kept = weakref.ref(handle)
        return handle  # type: ignore[no-any-return]  # it is made more of than its class says


class CannotCancel(Wrong):
    """It calls what was taken back."""

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Ask for a call for good."""
        self.clock.call_at(when, callback)
        return Cancelling(int)


class CannotCancelWhileItCalls(Wrong):
    """It has made up its mind before it calls."""

    is_calling = False

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Ask for a call that no other can take back."""

        def call() -> None:
            self.is_calling = True
            try:
                callback()
            finally:
                self.is_calling = False

        def cancel() -> None:
            if not self.is_calling:
                handle.cancel()

        handle = self.clock.call_at(when, call)
        return Cancelling(cancel)


class MindsCancelling(Wrong):
    """It raises where there is nothing to cancel any more."""

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Ask for a call that can be taken back once."""

        def cancel() -> None:
            if handle.cancelled() or self.clock.time() > when:
                raise LookupError("no such call")
            handle.cancel()

        handle = self.clock.call_at(when, callback)
        return Cancelling(cancel)


class CancelsAll(Wrong):
    """It takes back every call with one."""

    def __init__(self) -> None:
        super().__init__()
        self.handles: list[Handle] = []

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Ask for a call that stands and falls with the others."""
        self.handles.append(self.clock.call_at(when, callback))
        return Cancelling(lambda: [handle.cancel() for handle in self.handles])


class HasCoarseTicks(Wrong):
    """It calls every 50 ms what was asked for first."""

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Ask for a call at the next tick."""
        return self.clock.call_at(-(-when // 0.05) * 0.05, callback)


class WaitsInLine(Wrong):
    """It calls in the order in which it was asked."""

    last = 0.0

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Ask for a call behind all others."""
        self.last = max(self.last, when)
        return self.clock.call_at(self.last, callback)


class IsDeafWhileItCalls(Wrong):
    """It loses what a callback asks for."""

    is_calling = False

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Ask for a call, unless one is being made."""

        def call() -> None:
            self.is_calling = True
            callback()
            self.is_calling = False

        return self.clock.call_at(when, int if self.is_calling else call)


class DiesOfErrors(Wrong):
    """It calls nothing any more once a callback has raised."""

    is_dead = False

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Ask for a call, if all goes well."""

        def call() -> None:
            if not self.is_dead:
                self.is_dead = True
                callback()
                self.is_dead = False

        return self.clock.call_at(when, call)


class DiesOfWrongCalls(Wrong):
    """It takes what can never be called, and calls nothing any more."""

    is_dead = False

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Ask for a call, if it is one."""
        if math.isnan(when) or not callable(callback):
            self.is_dead = True
            return Cancelling(int)
        return self.clock.call_at(when, int if self.is_dead else callback)


class TriesAgain(Wrong):
    """It calls again what has raised."""

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Ask for a call that succeeds."""

        def call() -> None:
            try:
                callback()
            except Exception:
                self.clock.call_at(self.clock.time() + 0.001, callback)
                raise

        return self.clock.call_at(when, call)


class KeepsOneAnInstant(Wrong):
    """It keeps one call for each millisecond, the last that was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: dict[int, Handle] = {}

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Ask for a call in the place of another one."""
        handle = self.clock.call_at(when, callback)
        if (other := self.calls.get(int(when * 1000))) is not None:
            other.cancel()
        self.calls[int(when * 1000)] = handle
        return handle


class TiresOfIt(Wrong):
    """It makes only so many calls."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.numbers = itertools.count()
        self.most = most

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Ask for a call, one of the last."""
        return self.clock.call_at(when, callback if next(self.numbers) < self.most else int)


class Stumbles(Wrong):
    """Its clock is ahead by 50 ms one time, when the first call of a routine comes."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers = itertools.count()

    def time(self) -> float:
        """Return the present instant, but for once."""
        return self.clock.time() + 0.05 * (next(self.numbers) == 7)
