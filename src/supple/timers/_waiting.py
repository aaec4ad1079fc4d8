"""Waiting in the framework that runs a coroutine, for what another thread may bring about."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


def _trio() -> Any:
    """Return trio, if that is what runs this."""
    trio = sys.modules.get("trio")
    return trio if trio is not None and trio.lowlevel.in_trio_run() else None


def clock() -> tuple[Callable[[], float], Callable[[float], Awaitable[object]]]:
    """Return the clock and the sleep of the framework that runs this."""
    if (trio := _trio()) is not None:
        return trio.current_time, trio.sleep
    import asyncio

    return asyncio.get_running_loop().time, asyncio.sleep


def waiter() -> tuple[Callable[[], None], Callable[[], Awaitable[object]]]:
    """Return what wakes, from any thread, and what waits for that in the running framework."""
    if (trio := _trio()) is not None:
        event, call_soon = trio.Event(), trio.lowlevel.current_trio_token().run_sync_soon
    else:
        import asyncio

        event, call_soon = asyncio.Event(), asyncio.get_running_loop().call_soon_threadsafe

    def wake() -> None:
        with suppress(RuntimeError):  # nobody runs there any more
            call_soon(event.set)

    return wake, event.wait
