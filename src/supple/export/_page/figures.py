"""The figures of a page: pictures for the sheet, and what the player moves them by."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar

from attrs import field, frozen

from supple._model import Exercise, Side, Sides
from supple._model.pose import Pose
from supple._timeline.events import Segment
from supple._timeline.timeline import Timeline
from supple.export._markup import Markup, tag
from supple.figures import (
    LIGHT,
    Stage,
    draw_svg,
    move_of,
    on_side,
    pose_data,
    pose_of,
    rig_data,
    stage_data,
    stage_for,
    stylesheet,
)
from supple.figures._named import SLOWEST_MS, start_of

T = TypeVar("T")

_WIDTH, _HEIGHT = 480, 360  # so fine that whole numbers are exact enough
_TITLE = re.compile(r"<title>.*?</title>|<desc>.*?</desc>")
_COLOUR = re.compile(r' (?:fill|stroke)="#\w+"')
_DATA = re.compile(r' d="([^"]+)"')
_EDGE = re.compile(r' stroke-width="[^"]+"')
_PART = re.compile(r' data-part="[^"]*"')  # by which a script would move it
_COMMAND = re.compile(r"([MLAz])([^MLAz]*)")


@frozen
class Figure:
    """The pictures of one exercise on one side: where it starts, and what it is about."""

    id: str
    start: Pose
    main: Pose
    stage: Stage = field(repr=False)

    def symbols(self, *, has_start: bool) -> Iterator[Markup]:
        """Yield the pictures, of which a sheet alone shows the start, and no player moves it."""
        yield self._symbol("main", self.main, self.start)
        if has_start and self.start != self.main:
            yield Markup(_PART.sub("", self._symbol("start", self.start, None)))

    def _symbol(self, name: str, pose: Pose, before: Pose | None) -> Markup:
        drawn = draw_svg(pose, stage=self.stage, before=before, has_style=False)
        inner = _TITLE.sub("", drawn[drawn.index(">") + 1 : drawn.rindex("</svg>")])
        inner = _DATA.sub(lambda data: f' d="{_shortened(data[1])}"', _COLOUR.sub("", inner))
        edge, _ = Counter(_EDGE.findall(inner)).most_common(1)[0]  # that of the slits
        inner = inner.replace(edge, "").replace("<g", f"<g{edge}", 1)
        return tag("symbol", Markup(inner), id=f"{self.id}-{name}", viewBox=self.box)

    @property
    def box(self) -> str:
        """What of the plane the pictures show."""
        return f"0 0 {self.stage.frame.width:g} {self.stage.frame.height:g}"

    def pictures(self, words: Mapping[str, str]) -> Markup:
        """Return the pictures with what each pose shows in words, by its id."""

        def shown(name: str, pose: Pose) -> Markup:
            use = tag("use", href=f"#{self.id}-{name}")
            return tag("svg", use, viewBox=self.box, role="img", aria_label=words[pose.id])

        start = shown("start", self.start) if self.start != self.main else None
        return tag("div", start, shown("main", self.main), class_="pictures")


def figures_of(exercises: Mapping[str, Exercise]) -> dict[tuple[str, Side | None], Figure]:
    """Return the figures of the exercises that have poses, by exercise and side."""
    found: dict[tuple[str, Side | None], Figure] = {}
    for n, exercise in enumerate(exercises.values(), start=1):
        start, main = start_of(exercise), pose_of(exercise)
        if start is None or main is None:
            continue
        for side in [None] if exercise.sides is Sides.NONE else [*Side]:
            found[exercise.id, side] = Figure(
                f"figure-{n}{f'-{side}' if side else ''}",
                on_side(start, side),
                on_side(main, side),
                stage_for(
                    [on_side(pose, side) for pose in exercise.poses], width=_WIDTH, height=_HEIGHT
                ),
            )
    return found


class Numbered(dict[T, int], Generic[T]):
    """Values, each with its number, in the order in which they were first asked for."""

    def __missing__(self, value: T) -> int:
        return self.setdefault(value, len(self))


class Moves:
    """What the player moves figures by: the rig, the bodies, and the moves between them.

    A move is the number of a stage, that of the body before, and that of the body after.
    """

    def __init__(self, exercises: Mapping[str, Exercise]) -> None:
        self._figures = figures_of(exercises)
        self._stages = [*self._figures]
        self._bodies: list[Any] = []
        self._moves: Numbered[tuple[int, int, int]] = Numbered()

    def number(self, timeline: Timeline, segment: Segment) -> int | None:
        """Return the number of the move that goes with a segment, if it is drawn."""
        move = move_of(timeline, segment)
        if move is None:
            return None
        stage = self._stages.index((move.exercise, move.side))
        return self._moves[stage, self._body(move.before), self._body(move.after)]

    def _body(self, pose: Pose) -> int:
        data = _plain(pose_data(pose))
        if data not in self._bodies:
            self._bodies.append(data)
        return self._bodies.index(data)

    def data(self) -> dict[str, Any] | None:
        """Return all of it."""
        if not self._figures:
            return None
        return {
            "rig": rig_data(),
            "bodies": self._bodies,
            "stages": [
                {"symbol": f"{each.id}-main", "box": each.box, "stage": stage_data(each.stage)}
                for each in self._figures.values()
            ],
            "moves": [*self._moves],
            "slowest_ms": SLOWEST_MS,
        }


def _plain(value: Any) -> Any:
    """Return data with its numbers in their shortest form, to a thousandth."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    rounded = round(value, 3)
    return int(rounded) if rounded == int(rounded) else rounded


def _shortened(path: str) -> str:
    """Return the data of a path in whole numbers, each point by its way from the one before."""
    x = y = 0
    words = []
    for command, numbers in _COMMAND.findall(path):
        values = [round(float(each)) for each in numbers.split()]
        if values:
            *radii, to_x, to_y = values
            way = [to_x - x, to_y - y]
            x, y = to_x, to_y
            values = [*radii, *way]
        if command == "M":
            start = x, y
        if command == "z":
            x, y = start
        words.append(command.lower() + " ".join(map(str, values)).replace(" -", "-"))
    return "".join(words)


def figure_style() -> str:
    """Return the colours of the figures: on light and on dark paper."""
    light = "".join(
        f".sf-{role}{{fill:{colour}}}.ss-{role}{{stroke:{colour}}}"
        for role, colour in LIGHT.items()
    )
    return f"{light}\n{stylesheet()}"
