"""The event line: one event as one line of JSON.

A stream of events is JSON Lines: one object a line, and each line on its own a whole event. A
line is pure ASCII, so no encoding on its way can harm it. What an event says stands in
:class:`supple.Event`, each fact under its own name and in that order, after ``format``, the
version of this format. What does not apply is left out.

>>> import supple
>>> from supple.export import event_lines
>>> timeline = supple.schedule(supple.load_catalog("lower-back").routines["in-bed"])
>>> line = event_lines.encode(timeline[2])
>>> line
'{"format": 1, "at_ms": 2000, "kind": "cue.countdown", "text": "3", "remaining_ms": 3000}'
>>> event_lines.decode(line) == timeline[2]
True

A later supple may add kinds of events and facts within a version of the format, and changes
nothing that is there. A reader therefore keeps a kind and a fact that it does not know:

>>> later = '{"format": 1, "at_ms": 0, "kind": "song.started", "text": "La", "duration_ms": 9'
>>> event = event_lines.decode(later + ', "bpm": 60}')
>>> event.kind, event.kind.is_start, dict(event.extra)
('song.started', True, {'bpm': 60})
"""

import json
from typing import Any, BinaryIO

from attrs import NOTHING

from supple._errors import EventLineError, Hint, ModelError, close_matches
from supple._json import read_object
from supple._model import requirements as must
from supple._timeline.events import FACTS, LINE_FORMAT, NEEDED_ALWAYS, Event, event_of
from supple._timeline.facts import FACT_FORM, Plain
from supple._timeline.kinds import EventKind
from supple._timeline.timeline import Timeline
from supple.export._lost import not_in_events

FORMAT = LINE_FORMAT.version
"""The version of the format that this module writes and reads."""

MOST_UNKNOWN = 32
"""How many facts that it does not know a reader keeps of one line."""


def encode(event: Event) -> str:
    """Return an event as one line, without a line break at its end."""
    return json.dumps({"format": FORMAT, **event.as_dict()})


def decode(line: str) -> Event:
    """Return the event that a line stands for, equal to the one that was encoded.

    Args:
        line: One line of JSON, with or without the line break at its end.

    Returns:
        The event. A kind that is newer than this version of supple is an
        :class:`~supple.UnknownKind`, and facts that are newer stand in ``event.extra``.

    Raises:
        EventLineError: If it is anything else. Nothing is guessed, converted or passed over.
    """
    if not isinstance(line, str):
        raise EventLineError("line", "must be text", line)
    given = read_object(line, "must be one line of JSON", _refused)
    try:
        LINE_FORMAT.require("format", given.pop("format", NOTHING))
        values = {
            key: FACTS[key].requirement.require(key, value)
            for key, value in given.items()
            if key in FACTS
        }
        extra = [(key, _unknown(key, value)) for key, value in given.items() if key not in FACTS]
    except ModelError as error:
        raise EventLineError(error.where, error.requirement, error.got) from error
    if len(extra) > MOST_UNKNOWN:
        where, requirement = "line", f"must have at most {MOST_UNKNOWN} keys that are unknown"
        raise EventLineError(where, requirement, len(extra))
    for name in NEEDED_ALWAYS:
        if name not in values:
            raise EventLineError(name, "must be there", NOTHING)
    _require_what_the_kind_needs(values)
    _require_counters(values)
    return event_of(values, extra)


def _refused(key: str, requirement: str, got: object) -> EventLineError:
    return EventLineError(key or "line", requirement, got)


def _unknown(key: str, value: object) -> Plain:
    """Require what holds for every fact, also for one from the future: its form, but no more."""
    if len(key) > must.LONGEST_NAME or not FACT_FORM.fullmatch(key):
        raise ModelError(key, "must be a word of a-z, or several joined by _", value)
    if isinstance(value, str):
        return must.LINE.require(key, value)
    if value is True or type(value) is int:
        return value
    hint = Hint(close_matches(key, [*FACTS]))
    raise ModelError(key, f"must be text, a whole number or true{hint}", value, hint=hint)


def _require_what_the_kind_needs(values: dict[str, Any]) -> None:
    """Require what stands in all events of the kind, and nothing that stands in none of it."""
    kind, is_jump = values["kind"], "jump" in values
    for name, fact in FACTS.items():
        belongs = fact.stands_in(kind) or (is_jump and fact.with_jump)
        if belongs and fact.is_needed and name not in values:
            raise EventLineError(name, "must be there", NOTHING)
        if not belongs and name in values and isinstance(kind, EventKind):
            raise EventLineError(name, f"must not stand in {kind}", values[name])
        if fact.least and name in values and values[name] < (least := fact.least_in(kind)):
            raise EventLineError(name, f"must be at least {least} in {kind}", values[name])


def _require_counters(values: dict[str, Any]) -> None:
    """Require that a counter and its total stand together, and that it does not pass it."""
    for counter, fact in FACTS.items():
        total = fact.total
        if total is None or (counter not in values and total not in values):
            continue
        for name in (counter, total):
            if name not in values:
                raise EventLineError(name, "must be there", NOTHING)
        if values[counter] > values[total]:
            requirement = f"must be at most {values[total]}, the {total}"
            raise EventLineError(counter, requirement, values[counter])


SUFFIX = ".jsonl"
MEDIA_TYPE = "application/x-ndjson"

GROWS = True
lost = not_in_events


def write(timeline: Timeline, stream: BinaryIO) -> None:
    """Write the events of a timeline, one line each, as they come."""
    stream.writelines(f"{encode(event)}\n".encode("ascii") for event in timeline)
