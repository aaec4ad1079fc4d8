"""The figures of a page: pictures for the sheet, and what the player moves them by."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from supple._model import Hold, Side, Sides
from supple._model.pose import Pose
from supple._model.sided import on_side as said_on_side
from supple.export._page.markup import Markup, tag
from supple.figures import (
    LIGHT,
    Stage,
    draw_svg,
    on_side,
    pose_data,
    rig_data,
    stage_data,
    stage_for,
    stylesheet,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from supple._model import Exercise, Step

_WIDTH, _HEIGHT = 480, 360  # so fine that whole numbers are exact enough
_TITLE = re.compile(r"<title>.*?</title>|<desc>.*?</desc>")
_COLOUR = re.compile(r' (?:fill|stroke)="#\w+"')
_DATA = re.compile(r' d="([^"]+)"')
_EDGE = re.compile(r' stroke-width="[^"]+"')
_PART = re.compile(r' data-part="[^"]*"')  # by which a script would move it
_COMMAND = re.compile(r"([MLAz])([^MLAz]*)")


def poses_of(exercise: Exercise, side: Side | None) -> list[tuple[Step | Hold, Pose]]:
    """Return the poses of an exercise on a side, each with its step or hold, in order."""
    known = {pose.id: pose for pose in exercise.poses}
    segments = chain(exercise.setup, exercise.cycle, exercise.finish)
    posed = ((segment, known.get(segment.pose or "")) for segment in segments)
    return [(segment, on_side(pose, side)) for segment, pose in posed if pose is not None]


@frozen
class Figure:
    """The pictures of one exercise on one side.

    Args:
        id: What its elements on the page are called.
        side: The side, where there are two.
        start: The pose in which each repetition begins.
        main: The pose that it is about: the hold, or else the first movement.
    """

    id: str
    side: Side | None
    start: Pose
    main: Pose
    stage: Stage = field(repr=False)

    def symbols(self, *, has_start: bool) -> Iterator[Markup]:
        """Yield the pictures, to be shown elsewhere by their names.

        Args:
            has_start: Whether the start is among them, which a sheet shows and no player moves.
        """
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
        """Return the pictures, the start before what it is about.

        Args:
            words: What each pose shows, by its id, in the language of the sheet.
        """
        shown = [("main", self.main)]
        if self.start != self.main:
            shown.insert(0, ("start", self.start))
        return tag(
            "div",
            *(
                tag(
                    "svg",
                    tag("use", href=f"#{self.id}-{name}"),
                    viewBox=self.box,
                    role="img",
                    aria_label=words[pose.id],
                )
                for name, pose in shown
            ),
            class_="pictures",
        )


def figures_of(exercises: Mapping[str, Exercise]) -> dict[tuple[str, Side | None], Figure]:
    """Return the figures of the exercises that have poses, by exercise and side."""
    found: dict[tuple[str, Side | None], Figure] = {}
    for n, exercise in enumerate(exercises.values(), start=1):
        sides = [None] if exercise.sides is Sides.NONE else [*Side]
        for side in sides:
            posed = poses_of(exercise, side)
            cycle = [(each, pose) for each, pose in posed if each in exercise.cycle]
            if not cycle:
                continue
            held = [pose for each, pose in cycle if isinstance(each, Hold)]
            main = held[0] if held else cycle[0][1]
            others = [pose for _, pose in (cycle[-1], *reversed(posed)) if pose != main]
            found[exercise.id, side] = Figure(
                f"figure-{n}{f'-{side}' if side else ''}",
                side,
                others[0] if others else main,
                main,
                stage_for([pose for _, pose in posed], width=_WIDTH, height=_HEIGHT),
            )
    return found


def figure_data(
    exercises: Mapping[str, Exercise], words: Mapping[Side, str]
) -> dict[str, Any] | None:
    """Return what the player moves figures by: the rig, the poses, and which segment has which.

    Args:
        exercises: The exercises by their identifiers.
        words: What each side is called on the timeline.
    """
    bodies: list[dict[str, Any]] = []
    stages: dict[str, Any] = {}
    for (id, side), figure in figures_of(exercises).items():
        exercise = exercises[id]
        numbers = {}
        for segment, pose in poses_of(exercise, side):
            data = _plain(pose_data(pose))
            if data not in bodies:
                bodies.append(data)
            inside = side if segment in exercise.cycle else None
            numbers[said_on_side(segment.text, inside, words)] = bodies.index(data)
        start = _plain(pose_data(figure.start))
        stages[f"{id} {side or ''}".strip()] = {
            "start": bodies.index(start),
            "symbol": f"{figure.id}-main",
            "box": figure.box,
            "stage": stage_data(figure.stage),
            "poses": numbers,
        }
    return {"rig": rig_data(), "poses": bodies, "stages": stages} if stages else None


def _plain(value: Any) -> Any:
    """Return data with its numbers in their shortest form, to a thousandth."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
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
