"""Exercises, routines and timelines in a notebook: a picture of their time, and the doses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._dosing import dose_in_words
from supple._errors import ExportError
from supple._labels import labels_for
from supple._model import Circuit, Exercise, Rest, Routine
from supple._timeline.schedule import schedule
from supple._timeline.timeline import Timeline
from supple.export import svg
from supple.export._page.markup import Markup, tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from supple._labels import Labels
    from supple._model import RoutineItem


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
    routine = value.routine
    doses = tag("ol", *_doses(routine.items, labels_for(routine.language)))
    try:
        picture = Markup(svg.picture(value))
    except ExportError:
        picture = None
    return tag("div", picture, doses)


def _doses(items: Sequence[RoutineItem], labels: Labels) -> Iterator[Markup]:
    for item in items:
        if isinstance(item, Circuit):
            yield tag("li", tag("ol", *_doses(item.items, labels)))
        elif not isinstance(item, Rest):
            exercise = item if isinstance(item, Exercise) else item.exercise
            yield tag("li", tag("b", exercise.name), f": {dose_in_words(item, labels)}")
