"""Tk as a timer: the main loop of a window made with tkinter."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, final

from supple._units import seconds_to_wait_ms
from supple.timers._adapter import Adapter

try:
    import tkinter as tk  # noqa: TC003 - whoever lacks it learns so here
except ImportError as error:
    raise ModuleNotFoundError(
        "this needs tkinter, a part of Python that some systems ship apart: "
        "on Debian and Ubuntu it is the package python3-tk",
        name="tkinter",
    ) from error

if TYPE_CHECKING:
    from collections.abc import Callable

    from supple.timers._protocol import Handle


@final
class TkTimer(Adapter):
    """Calls back from the main loop of Tk, by the ``after`` of a widget.

    Once the widget is destroyed, by closing its window or otherwise, no call comes any more,
    and asking for one does nothing. What a callback raises goes to
    ``report_callback_exception`` of the root, which prints it, and the main loop goes on.

    A call comes in the first full millisecond after its instant, or as soon after that as the
    main loop gets to it; never early. The clock is monotonic, but Tcl before 9.1 waits by the
    wall clock: where that is set back, a call that is waited for comes later by as much, and
    where it is set ahead, nothing changes.

    Use it, and the commands of a runner that it drives, in the thread of the main loop.

    ::

        window = tkinter.Tk()
        runner = Runner(timeline, TkTimer(window), show)
        runner.start()
        window.mainloop()

    Args:
        widget: What the calls belong to, such as the window that shows the routine.
    """

    def __init__(self, widget: tk.Misc) -> None:
        self._widget: tk.Misc | None = widget
        self._pending: set[_Call] = set()
        # A tag of its own hears of this widget alone, and no other binding takes its place.
        tag = f"TkTimer{id(self)}"
        widget.bindtags((*widget.bindtags(), tag))
        widget.bind_class(tag, "<Destroy>", self._end)

    def _call_at(self, when: float, callback: Callable[[], object]) -> Handle:
        call = _Call(self._pending, when, callback)
        if self._widget is not None:
            call.wait(self._widget)
        return call

    def _end(self, _event: tk.Event[tk.Misc]) -> None:
        """Take every call back: the interpreter would look for what is gone with the widget."""
        for call in tuple(self._pending):
            call.cancel()
        self._widget = None


class _Call:
    """A call to come, as a script of ``after``."""

    def __init__(self, pending: set[_Call], when: float, callback: Callable[[], object]) -> None:
        self._pending = pending
        self._when = when
        self._callback = callback

    def wait(self, widget: tk.Misc) -> None:
        delay_ms = seconds_to_wait_ms(self._when - time.monotonic())
        self._widget = widget
        self._script = widget.after(delay_ms, self._come)
        self._pending.add(self)

    def _come(self) -> None:
        self._pending.remove(self)
        if time.monotonic() < self._when:
            self.wait(self._widget)
        else:
            self._callback()

    def cancel(self) -> None:
        if self in self._pending:
            self._pending.remove(self)
            self._widget.after_cancel(self._script)
