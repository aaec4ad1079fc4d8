"""What the screen shows of a view, at any size: the larger it is, the larger and airier.

Each part of the screen has one or more forms, from small to large. The parts wish for room in
the order in which a person on a mat would miss them, and for a larger form once everything is
there. What room is left becomes space between them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from supple import PlayerState
from supple.cli._page import screen_width
from supple.cli._playing.cells import (
    BLANK,
    apart,
    bar,
    centred,
    crop,
    fitting,
    width_of,
    wrap,
    wrap_evenly,
)
from supple.cli._playing.figures import figures, figures_size
from supple.cli._playing.letters import can_write, letters, letters_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supple.cli._page import Span
    from supple.cli._playing.cells import Line
    from supple.cli._playing.view import View

_WIDEST = 120  # a wider screen leaves the rest empty, so that the eye need not travel
_NARROW = 50  # below this a margin costs more than it gives
_MARGIN = 2
_MOST_INNER_SPACE = 2
_MOST_OF_HEIGHT = 0.4  # for the figures, so that they do not change in size all the time
_LARGEST_LETTERS = 2
_DOT = "  ·  "
_HINT_GAP = "   "
_HINTS = (
    (3, "n", "hint_next"),
    (4, "p", "hint_previous"),
    (5, "← →", "seek"),
    (1, "?", "hint_help"),
    (2, "q", "hint_stop"),
)
"""The keys after the first, from left to right, each with its rank on a narrow screen."""

_TOP, _BOTTOM = ("title", "whole"), ("hints",)
_BODY = ("place", "instruction", "count", "prompt", "segment", "coming")
_NEEDED = (
    *("instruction", "prompt", "count", "place", "count"),
    *("coming", "segment", "title", "whole", "hints"),
)
_GROWING = ("count", "instruction")


def draw(view: View, width: int, height: int, *, with_letters: bool = True) -> list[Line]:
    """Return the lines of a screen, at most ``height`` of at most ``width`` columns.

    Where there is room the instruction is in big letters, unless these are not wanted.

    >>> import supple
    >>> from supple.cli._playing.view import View
    >>> timeline = supple.schedule(supple.load_catalog("lower-back").routines["in-bed"])
    >>> view = View(timeline=timeline, moment=timeline.at(19_500))
    >>> for line in draw(view, 48, 9):
    ...     print("".join(text for text, _ in line).rstrip())
    In bed                                 4:38 left
                  Knee rolls  ·  left
     Keep both shoulders flat and breathe normally
                         ▄█▀▀█▄
                           ▄▄█▀
                             ██
                         ▀█▄▄█▀
    ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━────────────
       Next: Bring your knees back to the middle
    """
    margin = _MARGIN if width >= _NARROW else 0
    inner = max(min(width - 2 * margin, _WIDEST), 1)
    forms = _forms(view, inner, height)
    if with_letters:
        forms["instruction"] += _in_letters(view.moment.text, inner)
    shown = _shown(forms, height)
    left = (" " * ((width - inner) // 2), "")
    lines = _spread(shown, height)[:height]
    return [fitting((left, *line), width) if line else line for line in lines]


def _shown(forms: dict[str, list[list[Line]]], height: int) -> dict[str, list[Line]]:
    """Return the parts that there is room for, each in the largest form that there is room for."""
    if len(instruction := forms["instruction"][0]) > height:
        return {"instruction": instruction}
    shown: dict[str, list[Line]] = {}
    grown = dict.fromkeys(forms, 0)
    room = height

    def grow(name: str, space: int) -> bool:
        nonlocal room
        if grown.get(name, 0) >= len(forms.get(name, ())):
            return False
        form = forms[name][grown[name]]
        cost = len(form) - len(shown.get(name, ()))
        if cost > room - space:
            return False
        shown[name] = form
        grown[name] += 1
        room -= cost
        return True

    for name in _NEEDED:
        grow(name, 0)
    for name in (*_GROWING, *_GROWING):
        grow(name, len(shown))
    while grow("count", len(shown)):
        pass
    return shown


def _spread(shown: dict[str, list[Line]], height: int) -> list[Line]:
    """Return the lines of the parts from the top to the bottom, with space between them."""
    top, bottom = (
        [line for name in names for line in shown.get(name, ())] for names in (_TOP, _BOTTOM)
    )
    body = [shown[name] for name in _BODY if name in shown]
    room = max(height - len(top) - len(bottom) - sum(map(len, body)), 0)
    inner = min(room // (len(body) + 1), _MOST_INNER_SPACE)
    outer = room - inner * (len(body) - 1)
    lines = top + [BLANK] * (outer // 2)
    for i, part in enumerate(body):
        lines += [BLANK] * (inner if i else 0) + part
    return lines + [BLANK] * (outer - outer // 2) + bottom


# --- the parts -----------------------------------------------------------------------


def _forms(view: View, width: int, height: int) -> dict[str, list[list[Line]]]:
    """Return every part that there is, in its forms from small to large."""
    moment = view.moment
    forms = {
        "title": [[_title(view, width)]],
        "whole": [[_bar(moment.at_ms, view.timeline.duration_ms, width, "")]],
        "place": [_place(view, width)],
        "instruction": _instruction(moment.text, width),
        "prompt": [_prompt(view, width)],
        "coming": [[centred(((crop(view.coming, width), ""),), width)]],
        "hints": [[_hints(view, width)]],
    }
    if not view.is_open:
        forms["count"] = _count(view, width, height)
    if view.prompt is None:  # which stands in the place of the bar, so that nothing moves
        forms["segment"] = [
            [_bar(moment.elapsed_ms, moment.segment.duration_ms, width, view.colour)]
        ]
    return {name: each for name, each in forms.items() if each[0]}


def _title(view: View, width: int) -> Line:
    left = view.time_left
    name = crop(view.timeline.routine.name, width - screen_width(left) - 2)
    return apart(((name, "bold"),), ((left, ""),), width)


def _bar(part: int, whole: int, width: int, colour: str) -> Line:
    full, empty = bar(part, whole, width)
    return (full, f"bold {colour}"), (empty, "dim")


def _instruction(text: str, width: int) -> list[list[Line]]:
    return [[centred(((line, "bold"),), width) for line in wrap_evenly(text, width)]]


def _in_letters(text: str, width: int) -> list[list[Line]]:
    """Return an instruction in big letters, at each scale at which no word has to be parted."""
    forms: list[list[Line]] = []
    if not can_write(text):
        return forms
    longest = max(map(letters_width, text.split()))
    for scale in range(1, min(width // longest, _LARGEST_LETTERS) + 1):
        form = []
        for words in wrap_evenly(text, width, measure=partial(letters_width, scale=scale)):
            lines = letters(words, scale=scale)
            form += [BLANK, *(centred(((line, "bold"),), width) for line in lines)]
        forms.append(form[1:])
    return forms


def _count(view: View, width: int, height: int) -> list[list[Line]]:
    style = f"bold {view.colour}"
    forms = [[centred(((view.count, style),), width)]]
    scale = 1
    while True:
        across, high = figures_size(view.count, scale)
        if across > width or (scale > 1 and high > height * _MOST_OF_HEIGHT):
            return forms
        lines = figures(view.count, scale)
        forms.append([centred(((line, style),), width) for line in lines])
        scale += 1


def _place(view: View, width: int) -> list[Line]:
    """Return where in the routine this is, in as few lines as it takes."""
    parts = [(view.exercise, "bold")] if view.exercise else []
    parts += [(view.side, f"bold {view.colour}")] if view.side else []
    long = [*parts, *((f"{word} {which}", "") for word, which in view.counters)]
    short = [*parts, *((which, "") for _, which in view.counters)]
    for each in (long, short):
        line = _joined(each)
        if width_of(line) <= width:
            return [centred(line, width)] if line else []
    return [centred(((line, style),), width) for text, style in long for line in wrap(text, width)]


def _joined(parts: Sequence[Span]) -> Line:
    return tuple(span for part in parts for span in ((_DOT, "dim"), part))[1:]


def _prompt(view: View, width: int) -> list[Line]:
    if view.prompt is None:
        return []
    word, rest = view.prompt
    badge = (f" {word} ", "bold reverse")
    line: Line = (badge, (f"  {rest}", "bold"))
    if width_of(line) > width:
        line = (badge,)
    notes = [] if view.note is None else wrap(view.note, width)
    return [centred(each, width) for each in (*(((note, ""),) for note in notes), line)]


def _hints(view: View, width: int) -> Line:
    """Return as many of the keys as there is room for."""
    labels, is_paused = view.labels, view.state is PlayerState.PAUSED
    shown = [(0, labels.space, labels.hint_resume if is_paused else labels.hint_pause)]
    shown += [
        (rank, key, labels.seconds.format(n=10) if name == "seek" else getattr(labels, name))
        for rank, key, name in _HINTS
    ]
    for most in range(len(shown), 0, -1):
        line = tuple(
            span
            for rank, key, does in shown
            if rank < most
            for span in ((_HINT_GAP, ""), (key, "bold"), (f" {does}", "dim"))
        )[1:]
        if width_of(line) <= width:
            return centred(line, width)
    return BLANK
