"""Doses and durations in words, in any language that the library speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._model import Exercise, Hold, Sides
from supple._units import MS_PER_SECOND

if TYPE_CHECKING:
    from supple._labels import Labels
    from supple._model import Prescription, Range, Step


def amount_in_words(amount: Range) -> str:
    """Return an amount, such as ``8`` or ``8–10``."""
    return f"{amount.low}" if amount.low == amount.high else f"{amount.low}–{amount.high}"


def seconds_in_words(seconds: Range, labels: Labels) -> str:
    """Return an amount of seconds, such as ``5–10 s``."""
    return labels.seconds.format(n=amount_in_words(seconds))


def dose_in_words(item: Exercise | Prescription, labels: Labels) -> str:
    """Return how much of an exercise to do.

    >>> from supple import load_catalog
    >>> from supple._labels import labels_for
    >>> back = load_catalog("lower-back")
    >>> dose_in_words(back["pelvic-tilts"], labels_for("en"))
    '8–10 × hold 5–10 s'
    >>> dose_in_words(back["knee-rolls"], labels_for("de"))
    '10 s halten, jede Seite'
    """
    prescribed = item.with_dose() if isinstance(item, Exercise) else item
    holds = [each.seconds for each in prescribed.cycle if isinstance(each, Hold)]
    seconds = " + ".join(dict.fromkeys(seconds_in_words(each, labels) for each in holds))
    reps, sets = amount_in_words(prescribed.reps), amount_in_words(prescribed.sets)
    if seconds:
        phrase = labels.hold if reps == "1" else labels.times_hold
    else:
        phrase = labels.once if reps == "1" else labels.times
    text = phrase.format(n=reps, seconds=seconds)
    if sets != "1":
        text = labels.sets.format(n=sets, dose=text)
    sided = prescribed.exercise.sides is not Sides.NONE
    return labels.each_side.format(dose=text) if sided else text


def length_in_words(segment: Step | Hold, labels: Labels) -> str:
    """Return how long a step or a hold lasts, empty where the pacing decides."""
    if isinstance(segment, Hold):
        return seconds_in_words(segment.seconds, labels)
    if segment.until_ready:
        return labels.until_ready
    return "" if segment.seconds is None else seconds_in_words(segment.seconds, labels)


def duration_in_words(ms: int, labels: Labels) -> str:
    """Return about how long something takes, such as ``6 min``, or ``40 s`` below two minutes.

    >>> from supple._labels import labels_for
    >>> [duration_in_words(each, labels_for("en")) for each in (386_000, 119_400, 300)]
    ['6 min', '119 s', '1 s']
    """
    seconds = max(-(-ms // MS_PER_SECOND) if ms < MS_PER_SECOND else ms // MS_PER_SECOND, 1)
    if seconds < 120:  # noqa: PLR2004 - two minutes
        return labels.seconds.format(n=seconds)
    return labels.minutes.format(n=f"{(seconds + 30) // 60:,}".replace(",", " "))
