"""Exercises, routines and timelines in a notebook: a picture of their time, and the doses."""

from collections.abc import Iterator, Sequence

from supple._dosing import circuit_in_words, dose_in_words, rest_in_words
from supple._errors import ExportError
from supple._model import Circuit, Exercise, Rest, Routine, RoutineItem, Side
from supple._model.exercise import exercise_of
from supple._phrases import Phrases
from supple._timeline.schedule import schedule
from supple._timeline.timeline import Timeline
from supple.export import svg
from supple.export._markup import Markup, tag
from supple.export._page.figures import figures_of
from supple.figures import draw_svg

_SMALL = '<svg width="160"'


def shown(value: object) -> str:
    """Return what a notebook shows of an exercise, a routine or a timeline.

    Of more exercises than a picture holds it shows the doses alone.
    """
    if isinstance(value, Exercise | Routine):
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
            inner = tag("ol", *_doses(item.items, labels, is_drawn=is_drawn))
            yield tag("li", ", ".join(circuit_in_words(item, labels)), inner)
        elif isinstance(item, Rest):
            yield tag("li", rest_in_words(item, labels))
        else:
            dose = dose_in_words(item, phrases=labels)
            drawn = _drawn(exercise_of(item)) if is_drawn else ()
            yield tag("li", tag("b", item.name), f": {dose}", *drawn)


def _drawn(exercise: Exercise) -> Iterator[Markup]:
    """Yield the start of an exercise and what it is about, drawn."""
    for (_, side), figure in figures_of({exercise.id: exercise}).items():
        if side is not Side.RIGHT:
            poses = {pose.id: pose for pose in (figure.start, figure.main)}.values()
            pictures = (draw_svg(each, stage=figure.stage, has_style=False) for each in poses)
            yield tag("div", *(Markup(each.replace("<svg", _SMALL, 1)) for each in pictures))
