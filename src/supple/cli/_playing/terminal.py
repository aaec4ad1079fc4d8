"""A terminal that is taken over, listened to, and left as it was found."""

from __future__ import annotations

import errno
import os
import select
import signal
import termios
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

# Another page than the one with the scrollback, no cursor, and no wrapping of lines that a
# terminal takes to be wider than they are.
_ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l"
_LEAVE = "\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l"


_CAUGHT = (
    signal.SIGINT,
    signal.SIGTERM,
    signal.SIGHUP,
    signal.SIGTSTP,
    signal.SIGCONT,
    signal.SIGWINCH,
)
_IFLAG, _LFLAG, _CC = 0, 3, 6
_PIECE = 4096


class Woken(NamedTuple):
    """What has ended a wait: bytes from the keyboard, signals, both, or neither."""

    data: bytes
    signals: tuple[int, ...]


class Terminal:
    """A terminal that is taken over for the length of a ``with`` block.

    Inside, keys arrive one by one and are not shown, the screen is a page of its own, and the
    signals that would end or stop the program are handed on by :meth:`wait` instead. However
    the block ends, everything is afterwards as it was before.

    Args:
        keyboard: The file descriptor to read.
        screen: The file descriptor to write to.
        encoding: That of the screen; what it lacks appears as a question mark.
    """

    def __init__(self, keyboard: int, screen: int, *, encoding: str = "utf-8") -> None:
        self._keyboard = keyboard
        self._screen = screen
        self._encoding = encoding
        self._before: list[Any] = []
        self._handlers: dict[signal.Signals, Any] = {}
        self._wakeup = -1

    def __enter__(self) -> Self:
        self._before = termios.tcgetattr(self._keyboard)
        self._catch()
        try:
            self.take()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        # A terminal that has hung up takes nothing any more, and needs nothing.
        with suppress(OSError, termios.error):
            self._give_back()
        self._let_go()

    @property
    def size(self) -> tuple[int, int]:
        """How many columns and lines there are, at least one of each."""
        columns, lines = os.get_terminal_size(self._screen)
        return max(columns, 1), max(lines, 1)

    def write(self, text: str) -> None:
        """Write all of a text, at once."""
        data = text.encode(self._encoding, errors="replace")
        while data:
            data = data[os.write(self._screen, data) :]

    def ring(self) -> None:
        """Ring the bell."""
        self.write("\a")

    def wait(self, seconds: float | None) -> Woken:
        """Wait for keys or a signal, at most so many seconds; without end for ``None``.

        A keyboard that has gone for good counts as a hang-up.
        """
        readable, _, _ = select.select([self._keyboard, self._wakeup], [], [], seconds)
        signals: tuple[int, ...] = ()
        data = b""
        if self._wakeup in readable:
            signals = tuple(os.read(self._wakeup, _PIECE))
        if self._keyboard in readable:
            try:
                data = os.read(self._keyboard, _PIECE)
            except OSError as error:
                if error.errno != errno.EIO:
                    raise
            if not data:
                signals += (signal.SIGHUP,)
        return Woken(data, signals)

    def take(self) -> None:
        """Set the modes and the page: at the beginning, and after the program was stopped."""
        modes = [*self._before]
        modes[_CC] = [*self._before[_CC]]
        modes[_IFLAG] &= ~termios.IXON  # Ctrl-S would freeze the screen
        modes[_LFLAG] &= ~(termios.ICANON | termios.ECHO)
        modes[_CC][termios.VMIN], modes[_CC][termios.VTIME] = 1, 0
        self._set(termios.TCSADRAIN, modes)
        self.write(_ENTER)

    def suspend(self) -> None:
        """Give the terminal back and stop, as Ctrl-Z does; take it again once continued."""
        self._give_back()
        caught = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, caught)
        self.take()

    def _give_back(self) -> None:
        self.write(_LEAVE)
        self._set(termios.TCSAFLUSH, self._before)  # what was typed is not for the shell

    def _set(self, when: int, modes: list[Any]) -> None:
        while True:
            try:
                termios.tcsetattr(self._keyboard, when, modes)
            except termios.error as error:
                if error.args[0] != errno.EINTR:
                    raise
            else:
                return

    # --- signals --------------------------------------------------------------------

    def _catch(self) -> None:
        """Have the numbers of signals written into a pipe, which :meth:`wait` reads."""
        self._wakeup, writing = os.pipe()
        os.set_blocking(self._wakeup, False)
        os.set_blocking(writing, False)
        self._writing = writing
        self._wakeup_before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        for each in _CAUGHT:
            if signal.getsignal(each) is not signal.SIG_IGN:  # as nohup has it
                self._handlers[each] = signal.signal(each, _heard)

    def _let_go(self) -> None:
        for each, handler in self._handlers.items():
            signal.signal(each, handler)
        self._handlers.clear()
        signal.set_wakeup_fd(self._wakeup_before)
        os.close(self._writing)
        os.close(self._wakeup)


def _heard(number: int, frame: object) -> None:
    """Do nothing: the number is in the pipe."""
