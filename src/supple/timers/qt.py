"""Qt as a timer: the event loop of a program made with PySide6."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, final

from supple._extras import brought_by
from supple._units import seconds_to_wait_ms
from supple.timers._adapter import Adapter

with brought_by("qt", "PySide6-Essentials"):
    from PySide6.QtCore import QObject, Qt, QTimer
    from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable

    from supple.timers._protocol import Handle

_LONGEST_MS = 2**31 - 1
"""The longest that a ``QTimer`` can be asked to wait for: 24.8 days."""


@final
class QtTimer(Adapter, QObject):
    """Calls back from the event loop of Qt, by a ``QTimer`` for each call.

    Once its parent is destroyed, no call comes any more, and asking for one does nothing. A
    window that is closed is destroyed where it has the attribute ``WA_DeleteOnClose``; any other
    lives on, and so do its calls. What a callback raises goes to ``sys.excepthook``, which prints
    it, and the event loop goes on.

    A call comes in the first full millisecond after its instant, or as soon after that as the
    event loop gets to it; never early. The timers are precise ones, since those that Qt takes
    unless told otherwise may be off by a twentieth of the time. Clock and timers are monotonic:
    setting the clock of the machine changes nothing.

    Use it, and the commands of a runner that it drives, in the thread in which it was made. In
    another thread emit a signal that is connected to the command.

    ::

        runner = Runner(timeline, QtTimer(window), show)
        runner.start()
        application.exec()

    Args:
        parent: What owns the calls, such as the window that shows the routine.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def _call_at(self, when: float, callback: Callable[[], object]) -> Handle:
        is_owned = isValid(self)
        call = _Call(self if is_owned else None, when, callback)
        if is_owned:
            call.wait()
        return call


class _Call(QTimer):
    """A call to come, which its owner keeps."""

    def __init__(self, owner: QObject | None, when: float, callback: Callable[[], object]) -> None:
        super().__init__(owner)
        self._when = when
        self._callback = callback
        self.setSingleShot(True)
        self.setTimerType(Qt.TimerType.PreciseTimer)
        self.timeout.connect(self._come)

    def wait(self) -> None:
        self.start(min(seconds_to_wait_ms(self._when - time.monotonic()), _LONGEST_MS))

    def _come(self) -> None:
        if time.monotonic() < self._when:
            self.wait()
        else:
            self.deleteLater()
            self._callback()

    def cancel(self) -> None:
        if isValid(self):
            self.stop()
            self.deleteLater()
