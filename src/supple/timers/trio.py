"""A timer for programs that run trio."""

from __future__ import annotations

from bisect import insort
from itertools import count
from typing import TYPE_CHECKING, TypeAlias, final

from supple._extras import brought_by
from supple.timers._adapter import Adapter, Call

with brought_by("trio", "trio"):
    import trio

if TYPE_CHECKING:
    from collections.abc import Callable

    from supple.timers._protocol import Handle

    _Entry: TypeAlias = tuple[float, int, Callable[[], object]]


@final
class TrioTimer(Adapter):
    """A timer that waits in the tasks of a nursery.

    The nursery stays open while a call is to come, and no longer: where the player may pause,
    keep it open until the routine is over, as by ``await runner.until_over()``. Once it is closed,
    ``call_at`` raises :exc:`RuntimeError`. Cancelling the nursery takes back every call. What a
    callback raises cancels the nursery and comes out of it, as with any of its tasks.

    Like everything of trio it is for one thread, and for code that trio runs. A command from
    another thread goes through ``trio.from_thread.run_sync(runner.pause)``.

    Args:
        nursery: What to start the tasks in.

    >>> async def wait() -> None:
    ...     async with trio.open_nursery() as nursery:
    ...         timer = TrioTimer(nursery)
    ...         timer.call_at(timer.time() + 0.01, lambda: print("called"))
    >>> trio.run(wait)
    called
    """

    def __init__(self, nursery: trio.Nursery) -> None:
        self._nursery = nursery
        self._calls: list[_Entry] = []  # the soonest first
        self._number = count()

    def time(self) -> float:
        """Return the present instant of :func:`trio.current_time`, in seconds."""
        return trio.current_time()

    def _call_at(self, when: float, callback: Callable[[], object]) -> Handle:
        scope = trio.CancelScope()
        self._nursery.start_soon(self._wait, when, scope)
        call = (when, next(self._number), callback)
        insort(self._calls, call)

        def cancel() -> None:
            scope.cancel()
            self._calls.remove(call)

        return Call(cancel, ValueError)

    async def _wait(self, when: float, scope: trio.CancelScope) -> None:
        with scope:
            await trio.sleep_until(when)
        # Of tasks that wake together, trio runs any first; so the first makes all their calls.
        while self._calls and self._calls[0][0] <= self.time():
            self._calls.pop(0)[2]()
