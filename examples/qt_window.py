"""A calm window that plays the routine for the lower back; an argument sets the speed.

Space pauses and goes on, the arrow keys skip an exercise and go back, Escape closes. Ten seconds
after the end the window closes by itself.
"""

import sys
from bisect import bisect_right
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

import supple
from supple.timers import Runner, Timer
from supple.timers.qt import QtTimer

PAPER, INK, FAINT, TRACK = "#f7f4ee", "#24413d", "#7b8a85", "#e4dfd4"
COLOURS = {"hold": "#2f7d71", "step": "#5f93a6", "rest": "#d0a45f"}

STYLE = f"""
    RoutineWindow {{ background: {PAPER}; }}
    QLabel {{ color: {INK}; }}
    QLabel#faint {{ color: {FAINT}; }}
    QPushButton {{
        color: {INK}; background: white; border: 1px solid {TRACK}; border-radius: 22px;
        min-width: 128px; min-height: 44px; font-size: 16px;
    }}
    QPushButton:hover {{ border-color: {FAINT}; }}
    QPushButton:disabled {{ color: {TRACK}; background: transparent; }}
    QPushButton#main {{ color: white; background: {INK}; border-color: {INK}; }}
    QPushButton#main:disabled {{ background: {TRACK}; border-color: {TRACK}; }}
"""


def clock(ms: int) -> str:
    """Return a length of time as minutes and seconds, the one that has begun included."""
    minutes, seconds = divmod(-(-ms // 1000), 60)
    return f"{minutes}:{seconds:02}"


def label(
    size: int, *, name: str = "", wrap: bool = True, weight: QFont.Weight = QFont.Weight.Normal
) -> QLabel:
    """Return an empty text of a size, to be filled as the routine goes on."""
    made = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)  # a text is no markup, whoever wrote it
    made.setObjectName(name)
    font = made.font()
    font.setPixelSize(size)
    font.setWeight(weight)
    made.setFont(font)
    return made


class Ring(QWidget):
    """A ring that closes as a segment goes on, around the seconds that are left of it."""

    def __init__(self) -> None:
        super().__init__()
        self.fraction = 0.0
        self.text = ""
        self.colour = COLOURS["rest"]
        self.setFixedSize(QSize(230, 230))

    def show_part(self, now: supple.Moment, *, is_over: bool) -> None:
        """Show how much of the segment is over, and how many seconds are left."""
        self.fraction = now.elapsed_ms / now.segment.duration_ms
        self.text = "✓" if is_over else f"{-(-now.remaining_ms // 1000)}"
        self.colour = COLOURS["hold" if is_over else now.segment.kind]
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the ring from the top, clockwise."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = QRectF(self.rect()).adjusted(8, 8, -8, -8)
        painter.setPen(QPen(QColor(TRACK), 10))
        painter.drawEllipse(circle)
        pen = QPen(QColor(self.colour), 10)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(circle, 90 * 16, round(-self.fraction * 360 * 16))
        font = self.font()
        font.setPixelSize(84)
        font.setWeight(QFont.Weight.Light)
        painter.setFont(font)
        painter.setPen(QColor(INK))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, self.text)


class Bar(QWidget):
    """A thin bar that fills as the routine goes on, with a gap before each exercise."""

    def __init__(self, starts: list[float]) -> None:
        super().__init__()
        self.fraction = 0.0
        self._starts = [*starts, 1.0]
        self.setFixedHeight(6)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw a piece for each exercise, as long as that takes, and fill what is over."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for start, end in zip(self._starts, self._starts[1:], strict=False):
            over = min(max(self.fraction, start), end)
            for colour, until in ((TRACK, end), (COLOURS["hold"], over)):
                painter.setBrush(QColor(colour))
                left, width = start * self.width(), (until - start) * self.width()
                painter.drawRoundedRect(QRectF(left, 0, max(width - 4, 0), 6), 3, 3)


class RoutineWindow(QWidget):
    """Shows what to do now, how long, and what comes next."""

    def __init__(
        self, timeline: supple.Timeline, *, timer: Timer | None = None, speed: float = 1
    ) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(timeline.routine.name)
        self.setStyleSheet(STYLE)
        self.resize(760, 720)

        self._timeline = timeline
        self._starts = [e.at_ms for e in timeline if e.kind == "exercise.started"]
        self._lay_out()

        self.runner = Runner(
            supple.Player(timeline, speed=speed),
            timer or QtTimer(self),
            lambda _event: self.refresh(),
            on_change=self._show_state,
        )
        self._frames = QTimer(self, interval=33)
        self._frames.timeout.connect(self.refresh)

    def _lay_out(self) -> None:
        self._exercise = label(18, wrap=False, weight=QFont.Weight.DemiBold)
        self._number = label(16, name="faint", wrap=False)
        self._ring = Ring()
        self._instruction = label(36)
        self._instruction.setMinimumHeight(104)
        self._place = label(20, weight=QFont.Weight.DemiBold)
        self._next = label(17, name="faint")
        self._left = label(16, name="faint")
        self._advice = label(14, name="faint")
        self._bar = Bar([start / self._timeline.duration_ms for start in [0, *self._starts[1:]]])
        self._back = self._button("Back", self._go_back)
        self._pause = self._button("Pause", self._pause_or_go_on, name="main")
        self._skip = self._button("Skip", self._go_on)

        top = QHBoxLayout()
        top.addWidget(self._exercise, 1)
        self._exercise.setAlignment(Qt.AlignmentFlag.AlignLeft)
        top.addWidget(self._number, 1)
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        buttons.addStretch()
        for button in (self._back, self._pause, self._skip):
            buttons.addWidget(button)
        buttons.addStretch()

        page = QVBoxLayout(self)
        page.setSpacing(14)
        page.setContentsMargins(48, 32, 48, 28)
        page.addLayout(top)
        page.addWidget(self._bar)
        page.addStretch(2)
        page.addWidget(self._ring, alignment=Qt.AlignmentFlag.AlignCenter)
        page.addSpacing(10)
        page.addWidget(self._instruction)
        page.addWidget(self._place)
        page.addStretch(2)
        page.addWidget(self._next)
        page.addSpacing(14)
        page.addLayout(buttons)
        page.addSpacing(6)
        page.addWidget(self._left)
        page.addWidget(self._advice)

    def _button(self, text: str, do: Callable[[], None], *, name: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys belong to the window
        button.clicked.connect(do)
        return button

    def refresh(self) -> None:
        """Show the present moment."""
        state, now = self.runner.state, self.runner.moment()
        is_over = state in {"finished", "stopped"}
        exercise = now.exercise or (now.next.exercise if now.next else None)
        title = self._timeline.routine.exercises[exercise].name if exercise else ""
        number = bisect_right(self._starts, now.at_ms + (now.remaining_ms if now.next else 0))
        duration_ms = self._timeline.duration_ms

        self._exercise.setText(title)
        self._number.setText(f"{max(number, 1)} of {len(self._starts)}")
        self._instruction.setText("Well done" if is_over else now.text)
        self._place.setText("" if is_over else " · ".join(places(now)))
        self._next.setText(f"Then: {now.next.text}" if now.next else "")
        self._left.setText("" if is_over else f"{clock(duration_ms - now.at_ms)} left")
        self._advice.setText(" ".join(each.text for each in self.runner.player.stop_advice[:1]))
        self._ring.show_part(now, is_over=is_over)
        self._bar.fraction = now.at_ms / duration_ms
        self._bar.update()
        self._pause.setText({"paused": "Go on", "waiting": "Ready"}.get(state, "Pause"))
        for button in (self._back, self._pause, self._skip):
            button.setDisabled(is_over)

    def _show_state(self, state: supple.PlayerState) -> None:
        self.refresh()
        if state == "finished":
            QTimer.singleShot(round(10_000 / self.runner.player.speed), self, self.close)

    def _go_back(self) -> None:
        self.runner.back()

    def _go_on(self) -> None:
        self.runner.skip()

    def _pause_or_go_on(self) -> None:
        act = {"paused": self.runner.resume, "waiting": self.runner.ready}
        act.get(self.runner.state, self.runner.pause)()

    def start(self) -> None:
        """Open the window, and start with the routine."""
        self.show()
        self.runner.start()
        self._frames.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take a key for the button that it stands for."""
        acts = {
            Qt.Key.Key_Space: self._pause.click,
            Qt.Key.Key_Left: self._back.click,
            Qt.Key.Key_Right: self._skip.click,
            Qt.Key.Key_Escape: self.close,
        }
        acts.get(Qt.Key(event.key()), event.ignore)()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go of the timer, and say how far the routine has come."""
        self._frames.stop()
        self.runner.close()
        done_ms = self.runner.moment().at_ms
        print(f"{self.windowTitle()}: {clock(done_ms)} of {clock(self._timeline.duration_ms)}")
        event.accept()


def places(now: supple.Moment) -> list[str]:
    """Return which side, repetition and set this is, where there are several."""
    counted = {"Repetition": (now.rep, now.reps), "Set": (now.set, now.sets)}
    return [
        *([f"{now.side.title()} side"] if now.side else []),
        *(f"{name} {n} of {of}" for name, (n, of) in counted.items() if n and of and of > 1),
    ]


def main() -> None:
    """Open the window, and stay until it is closed."""
    speed = float(sys.argv[1]) if sys.argv[1:] else 1.0
    application = QApplication([])
    routine = supple.load_catalog("lower-back").routines["lower-back"]
    window = RoutineWindow(supple.schedule(routine), speed=speed)
    window.start()
    application.exec()


if __name__ == "__main__":
    main()
