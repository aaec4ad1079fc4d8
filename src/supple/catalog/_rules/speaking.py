"""The texts of a catalog that have a time of their own, and how long it takes to say them.

What the pacing decides is left out, and so is what the person ends: there the time is not the
catalog's to give.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from attrs import frozen

from supple._model import Circuit, Hold, Pacing, Prescription, Rest, Side
from supple._model.sided import on_side
from supple._speech import speaking_ms
from supple._units import ms_to_seconds, seconds_to_ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from supple._model import Exercise, Routine, RoutineItem, Step


@frozen(kw_only=True)
class Spoken:
    """A text and the time that there is to say it.

    Args:
        file: The file in which the time is.
        path: The place of what is too short or too long there.
        key: The word that the time has in that file.
        text: The text.
        seconds: The least time that there is.
    """

    file: str
    path: str
    key: str
    text: str
    seconds: int | float

    def lacks(self, text: str, sides: Mapping[Side, str]) -> int | None:
        """Return how many seconds a text needs in its place, ``None`` where it has them.

        >>> from supple import Phrases
        >>> step = Spoken(file="x.toml", path="cycle[0].step", key="seconds", text="Up", seconds=1)
        >>> step.lacks("Lift your {side} arm", Phrases().sides())
        2
        """
        ms = max(speaking_ms(on_side(text, side, sides)) for side in Side)
        return ceil(ms_to_seconds(ms)) if ms > seconds_to_ms(self.seconds) else None


def in_exercise(file: str, exercise: Exercise) -> Iterator[Spoken]:
    """Yield the texts of an exercise that have a time, in their order."""
    for part in ("setup", "cycle", "finish"):
        for i, segment in enumerate(getattr(exercise, part)):
            word = "hold" if isinstance(segment, Hold) else "step"
            if (seconds := _shortest(segment)) is not None:
                yield Spoken(
                    file=file,
                    path=f"{part}[{i}].{word}",
                    key="seconds",
                    text=segment.text,
                    seconds=seconds,
                )


def in_routines(file: str, routines: Iterable[Routine]) -> Iterator[Spoken]:
    """Yield the texts whose time a routine gives: its rests, and holds that it shortens."""
    for i, routine in enumerate(routines):
        for path, item in _items(routine.items, f"routines[{i}].items"):
            if isinstance(item, Rest) and item.text is not None:
                yield Spoken(
                    file=file,
                    path=f"{path}.text",
                    key="rest",
                    text=item.text,
                    seconds=item.seconds.low,
                )
            elif isinstance(item, Prescription):
                for ours, own in zip(item.cycle, item.exercise.cycle, strict=True):
                    if (seconds := _shortest(ours)) is not None and ours != own:
                        yield Spoken(
                            file=file,
                            path=f"{path}.hold",
                            key="hold",
                            text=ours.text,
                            seconds=seconds,
                        )


def _items(items: Iterable[RoutineItem], path: str) -> Iterator[tuple[str, RoutineItem]]:
    for i, item in enumerate(items):
        yield f"{path}[{i}]", item
        if isinstance(item, Circuit):
            yield from _items(item.items, f"{path}[{i}].circuit")


def _shortest(segment: Step | Hold) -> int | float | None:
    """Return the seconds that there are to say a text; ``None`` where the person decides."""
    if isinstance(segment, Hold):
        return segment.seconds.low
    if segment.until_ready:
        return None
    return Pacing().step if segment.seconds is None else segment.seconds.low
