"""What is read before, beside and after a routine: the start, the keys, the end."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from supple import AdviceTier
from supple._dosing import duration_in_words
from supple._phrases import capital
from supple._units import ms_to_clock, ms_to_clock_in_seconds
from supple.cli._playing.letters import Size, largest, write
from supple.cli._playing.parts import SEEK_SECONDS, keys_line, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widget import Widget

    from supple.cli._playing.parts import Key
    from supple.cli._playing.places import Done
    from supple.cli._playing.view import Shown

Point = tuple[str, str]
"""A word that stands before a text, or nothing, and the text."""

_MOST_LISTED = 100
_SIZES = {"-medium": (80, 24), "-airy": (80, 28), "-large": (120, 36), "-vast": (180, 50)}
_ADVICE = (AdviceTier.STOP, AdviceTier.ROUTINE_CARE, AdviceTier.URGENT, AdviceTier.GENERAL)


class Sized(Screen[None]):
    """A screen whose style sheet goes by how large the terminal is, across and down."""

    def on_resize(self) -> None:
        across, down = self.app.size
        for name, (width, height) in _SIZES.items():
            self.set_class(across >= width and down >= height, name)


class Reading(Sized):
    """A page to read: its parts, and keys at the foot."""

    def __init__(self, shown: Shown) -> None:
        super().__init__()
        self._shown = shown
        self._words = shown.words
        self._routine = shown.timeline.routine

    def body(self) -> Iterable[Widget]:
        """Return what is read."""
        raise NotImplementedError

    def keys(self) -> Iterable[Key]:
        """Return the keys at the foot, the most important one first."""
        raise NotImplementedError

    def light(self) -> Iterator[Key]:
        """Yield the key that changes the colours, unless they are those of the terminal."""
        if not self.app.native_ansi_color:
            yield "d", self._words.do_light, "app.light"

    def compose(self) -> ComposeResult:
        yield VerticalScroll(*self.body(), id="page")
        yield Foot(tuple(self.keys()))


class Foot(Static):
    """The keys of a page, as many as there is room for."""

    def __init__(self, keys: tuple[Key, ...]) -> None:
        super().__init__()
        self._keys = keys

    def on_resize(self) -> None:
        self.update(keys_line(self._keys, self.size.width), layout=False)


class Title(Static):
    """A few words, as large as there is room for that."""

    def __init__(self, text: str) -> None:
        super().__init__(markup=False, classes="title")
        self._text = text

    def on_resize(self) -> None:
        room = 4 if self.screen.has_class("-medium") else 1
        size = largest(frozenset({self._text}), self.size.width, room, (Size.DOTS, Size.BLOCKS))
        self.update(lines_of([(line, "bold $accent")] for line in write(self._text, size)))


def section(heading: str, points: Iterable[Point], *, classes: str = "") -> Iterator[Widget]:
    """Yield a heading and its points, or nothing where there are none."""
    for i, (lead, text) in enumerate(points):
        if not i:
            yield Static(heading, markup=False, classes=f"heading {classes}")
        yield Horizontal(
            Static(lines_of([[(lead, "$quiet")]]), classes="lead"),
            Static(lines_of([[(text, "")]]), classes="text"),
            classes=f"point {classes}",
        )


class Start(Reading):
    """What to know before: what comes, what is needed, what to mind and when to get help."""

    BINDINGS: ClassVar[list[BindingType]] = [("enter,space", "app.start")]

    def keys(self) -> Iterator[Key]:
        yield self._words.enter, self._words.start, "app.start"
        yield "q", self._words.do_leave, "app.leave"
        yield "↓", self._words.do_scroll, "focused.page_down"
        yield from self.light()

    def body(self) -> Iterable[Widget]:
        """Yield the routine, then what is about safety, then what is an emergency."""
        words, routine = self._words, self._routine
        equipment = [
            words.name_of(each)
            for exercise in routine.exercises.values()
            for each in exercise.equipment
        ]
        yield Title(routine.name)
        yield Static(duration_in_words(self._shown.timeline.duration_ms, words), classes="sub")
        yield Horizontal(
            Vertical(
                *section(words.exercises, self._exercises()),
                *section(words.you_need, (("·", each) for each in dict.fromkeys(equipment))),
                *section(words.not_for, self._of_each("contraindications")),
                *section(words.take_care, self._of_each("cautions")),
                classes="column",
            ),
            Vertical(*(each for tier in _ADVICE for each in self._advice(tier)), classes="column"),
            classes="columns",
        )
        yield Vertical(*self._advice(AdviceTier.EMERGENCY), classes="emergency")

    def _exercises(self) -> Iterator[Point]:
        """Yield each exercise as it is written; further rounds are no more of them."""
        number = 0
        for each, _ in islice(self._shown.timeline.exercises, _MOST_LISTED):
            if (each.exercise_number or 0) > number:
                number += 1
                told = f"{each.text}  {ms_to_clock(each.duration_ms or 0)}"
                if each.load is not None:
                    told += f", {self._words.load.format(load=each.load)}"
                yield f"{number}", told
                if each.note is not None:
                    yield "", each.note

    def _of_each(self, field: str) -> Iterator[Point]:
        """Yield each text of some exercises once, behind their names."""
        names: dict[str, list[str]] = {}
        for exercise in self._routine.exercises.values():
            for text in getattr(exercise, field):
                names.setdefault(text, []).append(exercise.name)
        for text, which in names.items():
            yield "·", f"{', '.join(which)}: {text}"

    def _advice(self, tier: AdviceTier) -> Iterator[Widget]:
        points = (("·", each.text) for each in self._routine.advice_in(tier))
        yield from section(self._words.tier(tier), points, classes=tier.value)


class Help(Reading):
    """What the keys do."""

    BINDINGS: ClassVar[list[BindingType]] = [("question_mark,escape,enter,space", "app.help")]

    def keys(self) -> Iterator[Key]:
        yield "Esc", self._words.do_close, "app.help"

    def body(self) -> Iterable[Widget]:
        words = self._words
        keys = (
            (words.space, f"{words.pause}, {words.resume}"),
            ("n", words.skip),
            ("p", words.back),
            ("← →", f"− + {words.seconds.format(n=SEEK_SECONDS)}"),
            (f"{words.enter}, r", words.ready),
            *(key[:2] for key in self.light()),
            ("q", words.do_leave),
            ("Ctrl-Z", words.do_suspend),
        )
        return section(capital(words.do_help), keys, classes="keys")


class End(Reading):
    """What was done of the routine, and what was not."""

    BINDINGS: ClassVar[list[BindingType]] = [("enter,space", "app.leave")]

    def __init__(self, shown: Shown, done: Done) -> None:
        super().__init__(shown)
        self._done = done

    def keys(self) -> Iterator[Key]:
        yield self._words.enter, self._words.do_leave, "app.leave"

    def body(self) -> Iterable[Widget]:
        """Yield the time, and what was left out."""
        yield Title(self._words.done)
        yield Static(lines_of([[(self._routine.name, "")]]), classes="sub")
        yield Static(time_done(self._shown, self._done), markup=False, classes="heading")
        left = left_out(self._shown, self._done)
        yield from section(self._words.not_done, [("·", each) for each in left])
        if not left:
            yield Static(self._words.nothing_left_out, markup=False)


def time_done(shown: Shown, done: Done) -> str:
    """Return how much of the time was done."""
    whole_ms = shown.timeline.duration_ms
    time = ms_to_clock_in_seconds(done.within(0, whole_ms))
    return shown.words.time_done.format(time=time, total=ms_to_clock(whole_ms))


def left_out(shown: Shown, done: Done) -> list[str]:
    """Return the exercises that were not done, or only in part."""
    left = []
    for each in islice(shown.timeline.exercises, _MOST_LISTED):
        name, done_ms = each.started.text, done.within(each.start_ms, each.end_ms)
        if not done_ms:
            left.append(name)
        elif done_ms < each.end_ms - each.start_ms:
            left.append(f"{name} ({shown.words.in_part})")
    return left
