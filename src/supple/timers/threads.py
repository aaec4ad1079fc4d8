"""A timer for programs with threads, or with nothing at all that could call back."""

from __future__ import annotations

import os
import sys
import threading
from bisect import insort
from contextlib import suppress
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, TypeAlias, final

from supple.timers._adapter import Adapter, Call
from supple.timers._closing import Closing

if TYPE_CHECKING:
    from collections.abc import Callable

    from supple.timers._protocol import Handle

    _Entry: TypeAlias = tuple[float, int, Callable[[], object]]


@final
class ThreadTimer(Adapter, Closing):
    """A timer that calls back from a thread of its own.

    The thread is there while a call is to come, and ends with the last of them; so a program
    ends when there is nothing more to do, and not before. Calls come one at a time. What a
    callback raises goes to :func:`threading.excepthook`, and the next call comes all the same,
    whatever that does. In a process that was forked, the calls are those of the parent: none
    comes in the child, and what that asks for comes by a thread of its own.

    Its methods may be called from any thread, callbacks included. Leaving it as a context
    manager closes it. Once it is closed, or where a thread cannot be started, ``call_at`` raises
    :exc:`RuntimeError` and changes nothing.

    >>> from threading import Event
    >>> called = Event()
    >>> with ThreadTimer() as timer:
    ...     handle = timer.call_at(timer.time() + 0.01, called.set)
    ...     called.wait(timeout=10)
    True
    """

    def __init__(self) -> None:
        self._number = count()
        self._is_closed = False
        self._begin()

    def _begin(self) -> None:
        self._process = os.getpid()
        self._changed = threading.Condition()
        self._calls: list[_Entry] = []  # the soonest first
        self._thread: threading.Thread | None = None
        self._is_working = False

    def _begin_anew_after_fork(self) -> None:
        """Forget the thread of the parent, which a child does not have, and what it held."""
        if self._process != os.getpid():
            self._begin()

    def _call_at(self, when: float, callback: Callable[[], object]) -> Handle:
        self._begin_anew_after_fork()
        with self._changed:
            if self._is_closed:
                raise RuntimeError("the timer is closed")
            if not self._is_working:
                # It does not get further than to the lock that is held here.
                thread = threading.Thread(target=self._work, name="supple timer", daemon=False)
                thread.start()
                self._thread, self._is_working = thread, True
            call = (when, next(self._number), callback)
            insort(self._calls, call)
            self._changed.notify()
        return Call(partial(self._take_back, call))

    def close(self) -> None:
        """Take back every call to come, and wait for the one that is being made.

        From inside a callback it does not wait. Closing twice does nothing.
        """
        self._begin_anew_after_fork()
        with self._changed:
            self._is_closed = True
            self._calls.clear()
            self._changed.notify()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()

    def _work(self) -> None:
        while (callback := self._wait()) is not None:
            try:
                callback()
            except BaseException:  # noqa: BLE001 - reported as that of any other thread
                self._report(*sys.exc_info())

    def _report(self, *raised: Any) -> None:
        try:
            threading.excepthook(threading.ExceptHookArgs((*raised, self._thread)))
        except BaseException:  # noqa: BLE001 - the hook is somebody else's
            with suppress(BaseException):
                sys.excepthook(*sys.exc_info())

    def _wait(self) -> Callable[[], object] | None:
        """Wait for the next call that is due; return nothing where none is to come."""
        with self._changed:
            while self._calls:
                seconds = self._calls[0][0] - self.time()
                if seconds <= 0:
                    return self._calls.pop(0)[2]
                self._changed.wait(min(seconds, threading.TIMEOUT_MAX))
            self._is_working = False
            return None

    def _take_back(self, call: _Entry) -> None:
        self._begin_anew_after_fork()
        with self._changed:
            if call in self._calls:
                self._calls.remove(call)
                self._changed.notify()
