"""The parts of the mat: each fills its own place of the screen, whatever is going on."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from supple import EventKind, PlayerState, Side
from supple._dosing import remark_in_words
from supple._printable import printable
from supple.cli._page import screen_width
from supple.cli._playing.letters import Size, largest, wrap, write
from supple.cli._playing.view import View, count_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from supple.cli._playing.view import Shown

Pieces: TypeAlias = "Iterable[tuple[str, str]]"
"""Pieces of text, each with its style."""

Draw: TypeAlias = "Callable[[View, int, int], Content]"
"""What draws a part: a view, the columns and the lines in, the content out."""

Key: TypeAlias = tuple[str, str, str]
"""What a key is called, what it does, and the action for a click."""

SEEK_SECONDS = 10
_MOST_LOOKED_AT = 1000
_WIDE = 60


def lines_of(lines: Iterable[Pieces]) -> Content:
    """Return lines of pieces; nothing in them is markup, and nothing garbles the screen."""
    return Content("\n").join(
        Content.assemble(*((printable(text), style) for text, style in line)) for line in lines
    )


class MatPart(Widget):
    """A part of the mat, which is drawn for a view and for the room that it has.

    The style sheet calls it by the name of what draws it, unless it has an id of its own.
    """

    def __init__(self, draw: Draw, *, id: str | None = None, classes: str = "") -> None:
        super().__init__(id=id or draw.__name__, classes=classes)
        self._draw = draw
        self._view: View | None = None
        self._drawn: Content | None = None

    def show(self, view: View) -> None:
        """Show a view, if it looks different from what is shown."""
        self._view, before = view, self._drawn
        if self.render() != before:
            self.refresh()

    def render(self) -> Content:
        width, height = self.content_size
        if self._view is None or not width or not height:
            return Content("")
        self._drawn = self._draw(self._view, width, height)
        return self._drawn


class SidePanel(MatPart):
    """One side of the mat, lit while that side is worked."""

    def __init__(self, side: Side, *, classes: str) -> None:
        super().__init__(self._word, id=f"{side}-{classes}", classes=f"side {side} {classes}")
        self._side = side

    def show(self, view: View) -> None:
        self.set_class(view.side is self._side, "-lit")
        super().show(view)

    def _word(self, view: View, width: int, height: int) -> Content:
        """Return the arrow and the word, or nothing."""
        if view.side is not self._side:
            return Content("")
        left, right = (view.shown.side(side) for side in (Side.LEFT, Side.RIGHT))
        both = {Side.LEFT: f"◀ {left}", Side.RIGHT: f"{right} ▶"}
        size = largest(frozenset(both.values()), width, height, tuple(Size)[:4])
        lines = write(both[self._side], size)
        # One more above than below: none hangs below the line.
        return _in_the_middle(lines, width, height + 1, "bold")


def _in_the_middle(lines: Sequence[str], width: int, height: int, style: str) -> Content:
    above: list[Pieces] = [[]] * ((height - len(lines)) // 2)
    return lines_of([*above, *(_centred(line, width, style) for line in lines)])


def _centred(text: str, width: int, style: str) -> Pieces:
    return [(" " * ((width - screen_width(text)) // 2), ""), (text, style)]


def _apart(left: tuple[str, str], right: Pieces, width: int) -> Content:
    """Return a line with one piece at the left and others at the right, if there is room."""
    right = [*right]
    room = width - sum(screen_width(text) for text, _ in (left, *right))
    return lines_of([[left, (" " * room, ""), *right] if room > 0 else [left]])


def _bar(part: float, width: int, style: str) -> list[tuple[str, str]]:
    """Return a line of which a part is heavy."""
    full = round(min(max(part, 0), 1) * width)
    return [("━" * full, style), ("─" * (width - full), "$faint")]


def _colour_of(view: View) -> str:
    """Return the colour of what is going on: that of its side, or none in a rest."""
    if view.side is not None:
        return f"${view.side}"
    return "$quiet" if view.is_rest else "$accent"


def top(view: View, width: int, _: int) -> Content:
    """Return which exercise this is, of how many, and the time left."""
    left = (view.time_left, "bold")
    if width < _WIDE:
        return _apart((view.number, "$quiet"), [left], width)
    return _apart((view.exercise.text, "bold"), [(f"{view.number}   ", "$quiet"), left], width)


def place(view: View, width: int, _: int) -> Content:
    """Return the exercise and the repetition, where the screen is narrow."""
    return _apart((view.exercise.text, "bold"), [(view.counters, "$quiet")], width)


def route(view: View, width: int, _: int) -> Content:
    """Return the whole routine as one line, a stretch of it for each exercise."""
    timeline, at_ms = view.shown.timeline, view.moment.at_ms
    whole_ms, number = timeline.duration_ms, timeline.count(EventKind.EXERCISE_STARTED)
    if number * 3 > width:
        return lines_of([_bar(at_ms / whole_ms, width, "$foreground")])
    cells = width - (number - 1)
    line: list[tuple[str, str]] = []
    start = 0
    for i, each in enumerate(timeline.exercises, start=1):
        start_ms, end_ms = each.lead_in_ms, each.end_ms
        end = cells if i == number else max(round(cells * end_ms / whole_ms), start + 1)
        is_here = start_ms <= at_ms < end_ms
        style = "$accent" if is_here else "$foreground"
        line += [*_bar((at_ms - start_ms) / (end_ms - start_ms), end - start, style), (" ", "")]
        start = end
    return lines_of([line[:-1]])


def remark(view: View, width: int, height: int) -> Content:
    """Return what the exercise is done with and what is noted, shortened where that is long."""
    lines = wrap(remark_in_words(view.exercise, view.shown.words), width)
    if len(lines) > height:
        lines = [*lines[: height - 1], f"{lines[height - 1][: width - 1]}…"]
    return lines_of([(line, "$quiet")] for line in lines)


def count(view: View, width: int, height: int) -> Content:
    """Return the countdown, in one size throughout."""
    size = largest(frozenset({_widest_count(view.shown)}), width, height, tuple(Size))
    lines = write(view.count, size) if view.count else []
    return _in_the_middle(lines, width, height, f"bold {_colour_of(view)}")


def instruction(view: View, width: int, height: int) -> Content:
    """Return what to do, in one size throughout."""
    size = largest(_texts(view.shown), width, height, (Size.DOTS, Size.BLOCKS, Size.DOUBLE))
    lines = [
        line for words in wrap(view.instruction, width, size=size) for line in write(words, size)
    ]
    style = _colour_of(view) if view.is_rest else "$foreground"
    return _in_the_middle(lines, width, height, f"bold {style}")


def meter(view: View, width: int, _: int) -> Content:
    """Return how much of the segment is over; where nothing moves, what to press."""
    if view.prompt is None:
        moment = view.moment
        part = moment.elapsed_ms / moment.segment.duration_ms
        room = _counters_width(view.shown) if width >= _WIDE else 0
        counters = f"{view.counters:>{room}}" if room else ""
        return lines_of([[*_bar(part, width - room, _colour_of(view)), (counters, "$quiet")]])
    word, rest = view.prompt
    for text in (f"  {rest}   {view.note or ''}", f"  {view.note or rest}", ""):
        line = [(f" {word} ", "bold reverse"), (text.rstrip(), "bold")]
        if sum(screen_width(each) for each, _ in line) <= width:
            break
    room = (width - sum(screen_width(each) for each, _ in line)) // 2
    return lines_of([[(" " * room, ""), *line]])


def coming(view: View, width: int, _: int) -> Content:
    """Return what comes next."""
    text = view.coming(briefly=_is_brief(view.shown, width))
    return lines_of(_centred(line, width, "$quiet") for line in wrap(text, width))


def keys(view: View, width: int, _: int) -> Content:
    """Return the most important keys."""
    words = view.shown.words
    is_paused = view.state is PlayerState.PAUSED
    keys = (
        (words.space, words.resume if is_paused else words.pause, "app.player('toggle')"),
        ("n", words.skip, "app.player('skip')"),
        ("p", words.back, "app.player('back')"),
        ("q", words.do_leave, "app.leave"),
        ("?", words.do_help, "app.help"),
        ("→", words.seconds.format(n=SEEK_SECONDS), f"app.seek({SEEK_SECONDS})"),
    )
    return keys_line(keys, width)


def keys_line(keys: tuple[Key, ...], width: int) -> Content:
    """Return keys, which can be clicked, as many as fit, in the middle."""
    while sum(screen_width(f"{key} {does}") + 3 for key, does, _ in keys) - 3 > width:
        keys = keys[:-1]
    line = Content("   ").join(
        Content.assemble((key, "bold"), (f" {does}", "$quiet")).stylize(
            Style.from_meta({"@click": action})
        )
        for key, does, action in keys
    )
    return Content(" " * ((width - line.cell_length) // 2)) + line


# --- what is the same throughout a routine, so that nothing changes its size ----------------


def lines_needed(shown: Shown, width: int) -> tuple[int, int, int]:
    """Return how many lines the longest remark, instruction and announcement take."""

    def most(texts: Iterable[str]) -> int:
        return max((len(wrap(text, width)) for text in texts if text), default=0)

    is_brief = _is_brief(shown, width)
    looked_at = islice(shown.timeline.exercises, _MOST_LOOKED_AT)
    return (
        most(remark_in_words(each.started, shown.words) for each in looked_at),
        most(_texts(shown)),
        most({each.coming(briefly=is_brief) for each in _every_view(shown)}),
    )


@cache
def _is_brief(shown: Shown, width: int) -> bool:
    """Tell whether what comes next is said briefly, since it would take too much room."""
    longest = max(screen_width(each.coming(briefly=False)) for each in _every_view(shown))
    return width < max(longest, _WIDE)


@cache
def _every_view(shown: Shown) -> tuple[View, ...]:
    """Return a view of each segment, but of no more than a routine has unless it is endless."""
    starts = (each.start_ms for each in islice(shown.timeline.segments(), _MOST_LOOKED_AT))
    return tuple(View(shown=shown, moment=shown.timeline.at(ms)) for ms in starts)


@cache
def _texts(shown: Shown) -> frozenset[str]:
    """Return what a routine says."""
    return frozenset(view.instruction for view in _every_view(shown))


@cache
def _widest_count(shown: Shown) -> str:
    """Return the longest countdown of a routine, with the widest figures."""
    counts = (count_of(view.moment.segment.duration_ms) for view in _every_view(shown))
    return "".join("0" if c.isdigit() else c for c in max("00", *counts, key=len))


@cache
def _counters_width(shown: Shown) -> int:
    """Return how much room the counters of a routine take, and what is before them."""
    widest = max(screen_width(view.counters) for view in _every_view(shown))
    return widest + 3 if widest else 0
