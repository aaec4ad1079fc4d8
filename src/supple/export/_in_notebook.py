"""Exercises, routines and timelines in a notebook: a picture of their time, and the doses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._dosing import dose_in_words
from supple._errors import ExportError
from supple._model import Circuit, Exercise, Rest, Routine, Side
from supple._timeline.schedule import schedule
from supple._timeline.timeline import Timeline
from supple.export import svg
from supple.export._page.figures import figures_of
from supple.export._page.markup import Markup, tag
from supple.figures import draw_svg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from supple._model import RoutineItem
    from supple._phrases import Phrases


_SMALL = '<svg width="160"'


def shown(value: object) -> str:
    """Return what a notebook shows of an exercise, a routine or a timeline.

    Of more exercises than a picture holds it shows the doses alone.
    """
    if isinstance(value, Exercise):
        value = Routine(value.id, name=value.name, items=[value])
    if isinstance(value, Routine):
        value = schedule(value)
    if not isinstance(value, Timeline):
        raise TypeError(f"must be an exercise, a routine or a timeline, not {type(value)}")
    routine, labels = value.routine, value.phrases
    try:
        picture = Markup(svg.picture(value))
    except ExportError:
        return tag("ol", *_doses(routine.items, labels, is_drawn=False))
    return tag("div", picture, tag("ol", *_doses(routine.items, labels, is_drawn=True)))


def _doses(items: Sequence[RoutineItem], labels: Phrases, *, is_drawn: bool) -> Iterator[Markup]:
    for item in items:
        if isinstance(item, Circuit):
            yield tag("li", tag("ol", *_doses(item.items, labels, is_drawn=is_drawn)))
        elif not isinstance(item, Rest):
            exercise = item if isinstance(item, Exercise) else item.exercise
            dose = dose_in_words(item, phrases=labels)
            drawn = _drawn(exercise) if is_drawn else ()
            yield tag("li", tag("b", exercise.name), f": {dose}", *drawn)


def _drawn(exercise: Exercise) -> Iterator[Markup]:
    """Yield the start of an exercise and what it is about, drawn."""
    for (_, side), figure in figures_of({exercise.id: exercise}).items():
        if side is not Side.RIGHT:
            poses = dict.fromkeys([figure.start.id, figure.main.id])
            drawn = {figure.start.id: figure.start, figure.main.id: figure.main}
            pictures = (draw_svg(drawn[id], stage=figure.stage, has_style=False) for id in poses)
            yield tag("div", *(Markup(each.replace("<svg", _SMALL, 1)) for each in pictures))
