"""What is read before, beside and after a routine: the start, the keys, the end."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from supple import AdviceTier
from supple._dosing import duration_in_words
from supple._units import ms_to_clock
from supple.cli._playing.letters import Size, largest, write
from supple.cli._playing.parts import keys_line, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widget import Widget

    from supple.cli._playing.stations import Done
    from supple.cli._playing.view import Shown

Point = tuple[str, str]
"""A word that stands before a text, or nothing, and the text."""

_MOST_LISTED = 100
_SIZES = {"-medium": (80, 24), "-airy": (80, 28), "-large": (120, 36), "-vast": (180, 50)}
_ADVICE = (AdviceTier.STOP, AdviceTier.ROUTINE_CARE, AdviceTier.URGENT, AdviceTier.GENERAL)


class Sized(Screen[None]):
    """A screen whose style sheet goes by how large the terminal is, across and down."""

    def on_resize(self) -> None:
        """Tell the style sheet."""
        across, down = self.app.size
        for name, (width, height) in _SIZES.items():
            self.set_class(across >= width and down >= height, name)


class Reading(Sized):
    """A page to read: a title, sections, and keys at the foot."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("down,j", "scroll(1)"),
        ("up,k", "scroll(-1)"),
        ("pagedown", "scroll(10)"),
        ("pageup", "scroll(-10)"),
    ]

    def __init__(self, shown: Shown) -> None:
        super().__init__()
        self._shown = shown

    @property
    def words_for_keys(self) -> list[tuple[str, str, str]]:
        """The keys at the foot: what they are called, what they do, and the action."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        """Yield what is read."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        with VerticalScroll(id="page", can_focus=False):
            yield from self.body()
        yield Foot()

    def on_mount(self) -> None:
        """Say what the keys do."""
        self.query_one(Foot).keys = self.words_for_keys

    def action_scroll(self, lines: int) -> None:
        """Scroll by some lines."""
        self.query_one("#page").scroll_relative(y=lines, animate=False)


class Foot(Static):
    """The keys of a page."""

    keys: list[tuple[str, str, str]]

    def on_resize(self) -> None:
        """Show as many as there is room for."""
        self.update(keys_line(self.keys, self.size.width), layout=False)


class Title(Static):
    """A few words, large where there is room for that."""

    def __init__(self, text: str) -> None:
        super().__init__(markup=False, classes="title")
        self._text = text

    def on_resize(self) -> None:
        """Write them as large as they fit."""
        room = 4 if self.screen.has_class("-medium") else 1
        size = largest(frozenset({self._text}), self.size.width, room, (Size.DOTS, Size.BLOCKS))
        self.update(lines_of([(line, "bold $accent")] for line in write(self._text, size)))


def section(heading: str, points: Iterable[Point], *, classes: str = "") -> Iterator[Widget]:
    """Yield a heading and its points, or nothing where there are none."""
    points = [*points]
    if points:
        yield Static(heading, markup=False, classes=f"heading {classes}")
    for lead, text in points:
        yield Horizontal(
            Static(lines_of([[(lead, "$quiet")]]), classes="lead"),
            Static(lines_of([[(text, "")]]), classes="text"),
            classes=f"point {classes}",
        )


class Start(Reading):
    """What to know before: what comes, what is needed, what to mind and when to get help."""

    BINDINGS: ClassVar[list[BindingType]] = [("enter,space", "app.start")]

    @property
    def words_for_keys(self) -> list[tuple[str, str, str]]:
        """Start, read on, leave."""
        words = self._shown.words
        return [
            (words.enter, words.do_start, "start"),
            ("q", words.do_leave, "leave"),
            ("↓", words.do_scroll, "scroll_page"),
            ("d", words.do_light, "light"),
        ]

    def body(self) -> ComposeResult:
        """Yield the routine, then what is about safety, then what is an emergency."""
        shown, words = self._shown, self._shown.words
        routine = shown.timeline.routine
        yield Title(routine.name)
        yield Static(duration_in_words(shown.timeline.duration_ms, words), classes="sub")
        with Horizontal(classes="columns"):
            with Vertical(classes="column"):
                yield from section(words.exercises, self._exercises())
                yield from section(words.you_need, [("·", each) for each in self._equipment()])
                yield from section(words.not_for, self._of_each("contraindications"))
                yield from section(words.take_care, self._of_each("cautions"))
            with Vertical(classes="column"):
                for tier in _ADVICE:
                    yield from self._advice(tier)
        with Vertical(classes="emergency"):
            yield from self._advice(AdviceTier.EMERGENCY)

    def _exercises(self) -> Iterator[Point]:
        """Yield each exercise as it is written; further rounds are no more of them."""
        number, labels = 0, self._shown.words
        for station in islice(self._shown.stations, _MOST_LISTED):
            if station.number > number:
                number = station.number
                told = f"{station.name}  {ms_to_clock(station.end_ms - station.start_ms)}"
                if station.load is not None:
                    told += f", {labels.load.format(load=station.load)}"
                yield f"{number}", told
                if station.note is not None:
                    yield "", station.note

    def _equipment(self) -> Iterable[str]:
        routine = self._shown.timeline.routine
        things = (each for exercise in routine.exercises.values() for each in exercise.equipment)
        return dict.fromkeys(map(self._shown.words.name_of, things))

    def _of_each(self, field: str) -> Iterator[Point]:
        """Yield each text of some exercises once, behind their names."""
        names: dict[str, list[str]] = {}
        for exercise in self._shown.timeline.routine.exercises.values():
            for text in getattr(exercise, field):
                names.setdefault(text, []).append(exercise.name)
        for text, which in names.items():
            yield "·", f"{', '.join(which)}: {text}"

    def _advice(self, tier: AdviceTier) -> Iterator[Widget]:
        routine = self._shown.timeline.routine
        heading = self._shown.words.tier(tier)
        points = [("·", each.text) for each in routine.advice if each.tier is tier]
        yield from section(heading, points, classes=tier.value)


class Help(Reading):
    """What the keys do."""

    BINDINGS: ClassVar[list[BindingType]] = [("question_mark,escape,enter,space", "app.help")]

    @property
    def words_for_keys(self) -> list[tuple[str, str, str]]:
        """Close it."""
        return [("Esc", self._shown.words.do_close, "help")]

    def body(self) -> ComposeResult:
        """Yield each key."""
        words = self._shown.words
        keys = (
            (words.space, f"{words.do_pause}, {words.do_resume}"),
            ("n", words.do_next),
            ("p", words.do_back),
            ("← →", f"− + {words.do_seek}"),
            (f"{words.enter}, r", words.do_ready),
            ("d", words.do_light),
            ("q", words.do_leave),
            ("Ctrl-Z", words.do_suspend),
        )
        yield from section(words.keys_heading, keys, classes="keys")


class End(Reading):
    """What was done of the routine, and what was not."""

    BINDINGS: ClassVar[list[BindingType]] = [("enter,space", "app.leave")]

    def __init__(self, shown: Shown, done: Done) -> None:
        super().__init__(shown)
        self._done = done

    @property
    def words_for_keys(self) -> list[tuple[str, str, str]]:
        """Leave."""
        return [(self._shown.words.enter, self._shown.words.do_leave, "leave")]

    def body(self) -> ComposeResult:
        """Yield the time, and what was left out."""
        words = self._shown.words
        yield Title(words.done)
        yield Static(lines_of([[(self._shown.timeline.routine.name, "")]]), classes="sub")
        yield Static(time_done(self._shown, self._done), markup=False, classes="heading")
        left = [("·", each) for each in left_out(self._shown, self._done)]
        if left:
            yield from section(words.not_done, left)
        else:
            yield Static(words.nothing_left_out, markup=False)


def time_done(shown: Shown, done: Done) -> str:
    """Return how much of the time was done."""
    whole_ms = shown.timeline.duration_ms
    done_ms = done.within(0, whole_ms) // 1000 * 1000
    return shown.words.time_done.format(time=ms_to_clock(done_ms), total=ms_to_clock(whole_ms))


def left_out(shown: Shown, done: Done) -> list[str]:
    """Return the exercises that were not done, or only in part."""
    left = []
    for station in islice(shown.stations, _MOST_LISTED):
        done_ms = done.within(station.start_ms, station.end_ms)
        if not done_ms:
            left.append(station.name)
        elif done_ms < station.end_ms - station.start_ms:
            left.append(f"{station.name} ({shown.words.in_part})")
    return left
