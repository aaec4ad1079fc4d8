"""Doses and durations in words, in any language that the library speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._model import Exercise, Hold, Prescription, requirements as must
from supple._phrases import Phrases, phrases_for, phrases_of
from supple._units import seconds_over

if TYPE_CHECKING:
    from supple._model import Circuit, Frequency, Range, Rest, Step
    from supple._timeline.events import Event

BESIDE = " · "
"""What stands between what is said beside each other."""

_ITEM: must.InstanceOf[Exercise | Prescription] = must.InstanceOf(Exercise, Prescription)


def amount_in_words(amount: Range) -> str:
    """Return an amount, such as ``8`` or ``8–10``."""
    return f"{amount.low}" if amount.low == amount.high else f"{amount.low}–{amount.high}"


def seconds_in_words(seconds: Range, labels: Phrases) -> str:
    """Return an amount of seconds, such as ``5–10 s``."""
    return labels.seconds.format(n=amount_in_words(seconds))


def rest_in_words(rest: Rest, labels: Phrases) -> str:
    """Return what a rest says and how long it is, such as ``Rest, 20 s``."""
    return f"{rest.text or labels.rest}, {seconds_in_words(rest.seconds, labels)}"


def circuit_in_words(circuit: Circuit, labels: Phrases) -> list[str]:
    """Return how many rounds a circuit has, such as ``2–3 rounds``, and any rest between them."""
    amount = amount_in_words(circuit.rounds)
    said = [labels.one_round if amount == "1" else labels.rounds.format(n=amount)]
    if circuit.rest.high:
        seconds = seconds_in_words(circuit.rest, labels)
        said.append(labels.between_rounds.format(seconds=seconds))
    return said


def dose_in_words(
    item: Exercise | Prescription, *, language: str | None = None, phrases: Phrases | None = None
) -> str:
    """Return how much of an exercise to do, in words.

    Args:
        item: An exercise with its own dose, or with that of one place.
        language: The language to say it in, or English where the library has none such; where
            it is left out, that of the exercise, in the words of its catalog.
        phrases: The words to say it in, in place of those for the language.

    Raises:
        ModelError: If an argument is not what it should be.

    >>> from supple import load_catalog
    >>> back = load_catalog("lower-back")
    >>> dose_in_words(back["pelvic-tilts"])
    '8–10 × hold 5–10 s'
    >>> dose_in_words(back["knee-rolls"], language="de")
    '10 s halten, jede Seite'
    """
    item = _ITEM.require("dose_in_words.item", item)
    prescribed = item.with_dose() if isinstance(item, Exercise) else item
    if phrases is not None:
        labels = must.InstanceOf(Phrases).require("dose_in_words.phrases", phrases)
    elif language is not None:
        labels = phrases_for(must.LANGUAGE.require("dose_in_words.language", language))
    else:
        labels = phrases_of(prescribed.exercise)
    sides, words = prescribed.sides, labels.sides()
    doses = {side: _on_one_side(prescribed.for_side(side), labels) for side in sides}
    if not sides:
        text = _on_one_side(prescribed, labels)
    elif len(sides) == 1:
        text = labels.one_side.format(dose=doses[sides[0]], side=words[sides[0]])
    elif len({*doses.values()}) == 1:
        text = labels.each_side.format(dose=doses[sides[0]])
    else:
        told = (labels.by_side.format(side=words[side], dose=doses[side]) for side in sides)
        text = "; ".join(told)
    return (
        text if prescribed.load is None else f"{text}, {labels.load.format(load=prescribed.load)}"
    )


def remark_in_words(exercise: Event, labels: Phrases) -> str:
    """Return what an exercise that starts is done with and what is noted of it, or nothing."""
    with_load = exercise.load and labels.load.format(load=exercise.load)
    return BESIDE.join(filter(None, (with_load, exercise.note)))


def _on_one_side(prescribed: Prescription, labels: Phrases) -> str:
    holds = [each.seconds for each in prescribed.cycle if isinstance(each, Hold)]
    seconds = " + ".join(dict.fromkeys(seconds_in_words(each, labels) for each in holds))
    reps, sets = amount_in_words(prescribed.reps), amount_in_words(prescribed.sets)
    if seconds:
        phrase = labels.hold if reps == "1" else labels.times_hold
    else:
        phrase = labels.once if reps == "1" else labels.times
    text = phrase.format(n=reps, seconds=seconds)
    return text if sets == "1" else labels.sets.format(n=sets, dose=text)


def frequency_in_words(frequency: Frequency, labels: Phrases) -> str:
    """Return how often something is meant to be done.

    >>> from supple import Frequency
    >>> from supple._phrases import phrases_for
    >>> frequency_in_words(Frequency(times_a_day=(2, 3), days_a_week=5), phrases_for("en"))
    '2–3 times a day, on 5 days a week'
    """
    day, week = amount_in_words(frequency.times_a_day), amount_in_words(frequency.days_a_week)
    times = labels.once_a_day if day == "1" else labels.times_a_day.format(n=day)
    days = labels.one_day_a_week if week == "1" else labels.days_a_week.format(n=week)
    return times if week == "7" else f"{times}, {days}"


def length_in_words(segment: Step | Hold, labels: Phrases) -> str:
    """Return how long a step or a hold lasts, empty where the pacing decides."""
    if isinstance(segment, Hold):
        return seconds_in_words(segment.seconds, labels)
    if segment.until_ready:
        return labels.until_ready
    return "" if segment.seconds is None else seconds_in_words(segment.seconds, labels)


def duration_in_words(ms: int, labels: Phrases) -> str:
    """Return about how long something takes, in the unit that is worth saying.

    >>> from supple._phrases import phrases_for
    >>> [duration_in_words(each, phrases_for("en")) for each in (386_000, 119_400, 300)]
    ['6 min', '119 s', '1 s']
    >>> [duration_in_words(each * 60_000, phrases_for("en")) for each in (119, 120, 125)]
    ['119 min', '2 h', '2 h 5 min']
    """
    seconds = max(seconds_over(ms), 1)
    if seconds < 120:  # noqa: PLR2004 - two minutes
        return labels.seconds.format(n=seconds)
    hours, minutes = divmod((seconds + 30) // 60, 60)
    if hours < 2:  # noqa: PLR2004 - two hours
        return labels.minutes.format(n=hours * 60 + minutes)
    text = labels.hours.format(n=f"{hours:,}".replace(",", "\u00a0"))
    return f"{text} {labels.minutes.format(n=minutes)}" if minutes else text


def span_in_words(gentle_ms: int, full_ms: int, labels: Phrases) -> str:
    """Return how long a routine takes at the gentle end and at the full dose."""
    gentle, full = (duration_in_words(each, labels) for each in (gentle_ms, full_ms))
    return gentle if gentle == full else labels.gentle_to_full.format(gentle=gentle, full=full)
