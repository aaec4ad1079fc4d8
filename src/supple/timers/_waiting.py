"""Waiting in the framework that runs a coroutine, for what another thread may bring about."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


def clock() -> tuple[Callable[[], float], Callable[[float], Awaitable[object]]]:
    """Return the clock and the sleep of the framework that runs this."""
    trio = sys.modules.get("trio")
    if trio is not None and trio.lowlevel.in_trio_run():
        return trio.current_time, trio.sleep
    import asyncio

    return asyncio.get_running_loop().time, asyncio.sleep


def waiter() -> tuple[Callable[[], None], Callable[[], Awaitable[object]]]:
    """Return what wakes, from any thread, and what waits for that in the running framework."""
    event, call_soon = _event()

    def wake() -> None:
        with suppress(RuntimeError):  # nobody runs there any more
            call_soon(event.set)

    return wake, event.wait


def _event() -> tuple[_Event, Callable[[Callable[[], object]], object]]:
    trio = sys.modules.get("trio")
    if trio is not None and trio.lowlevel.in_trio_run():
        return trio.Event(), trio.lowlevel.current_trio_token().run_sync_soon
    import asyncio

    return asyncio.Event(), asyncio.get_running_loop().call_soon_threadsafe


if TYPE_CHECKING:
    import asyncio

    import trio

    _Event = asyncio.Event | trio.Event
