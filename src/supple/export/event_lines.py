"""The event line: one event as one line of JSON.

A stream of events is JSON Lines: one object a line, and each line on its own a whole event. A
line is pure ASCII, so no encoding on its way can harm it. The keys stand in the order of this
table; what does not apply is left out. A time is a whole number of milliseconds.

================ ======= ==================================================================
key              type    meaning
================ ======= ==================================================================
``format``       integer the version of this format: 1
``at_ms``        integer when, counted from the start of the routine
``kind``         text    what happens: a value of :class:`supple.EventKind`
``text``         text    what to show or say
``duration_ms``  integer how long that lasts which starts or ends here; not in a cue
``remaining_ms`` integer how much is left: of the segment at a cue, of what starts or ends at
                         a jump; nowhere else
``exercise``     text    the identifier of the exercise
``side``         text    the side that is worked: a value of :class:`supple.Side`
``rep``          integer which repetition, from 1, ...
``reps``         integer ... of how many
``set``          integer which set, from 1, ...
``sets``         integer ... of how many
``round``        integer which round of the innermost circuit, from 1, ...
``rounds``       integer ... of how many
``why``          text    why there is a rest: a value of :class:`supple.RestReason`
``open``         true    where a step lasts until the person is ready: its end is an estimate
``jump``         true    where a jump or a stop has brought the event, and not the timeline
================ ======= ==================================================================

A version of this format never changes. A reader refuses what it does not know, so that no
stream is ever half understood.

>>> import supple
>>> from supple.export import event_lines
>>> timeline = supple.schedule(supple.load_catalog("lower-back").routines["in-bed"])
>>> line = event_lines.encode(timeline[2])
>>> line
'{"format": 1, "at_ms": 2000, "kind": "cue.countdown", "text": "3", "remaining_ms": 3000}'
>>> event_lines.decode(line) == timeline[2]
True
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Never

from attrs import NOTHING

from supple._errors import EventLineError, ModelError, close_matches, suggestion
from supple._model import Side, checks as check
from supple._timeline.events import Content, Event, EventKind, Place, RestReason, facts

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from supple._timeline.timeline import Timeline

FORMAT = 1
"""The version of the format that this module writes and reads."""


def encode(event: Event) -> str:
    """Return an event as one line, without a line break at its end."""
    return json.dumps({"format": FORMAT, **facts(event)})


def decode(line: str) -> Event:
    """Return the event that a line stands for, equal to the one that was encoded.

    Args:
        line: One line of JSON, with or without the line break at its end.

    Raises:
        EventLineError: If it is anything else. Nothing is guessed, converted or passed over.
    """
    given = _object(line)
    version = given.pop("format", NOTHING)
    if type(version) is not int or version != FORMAT:
        newer = isinstance(version, int) and version > FORMAT
        remedy = "; a newer version of supple may read it" if newer else ""
        raise EventLineError("format", f"must be {FORMAT}{remedy}", version)
    for key in given:
        if key not in _CHECKS:
            hint = suggestion(close_matches(key, [*_CHECKS]))
            raise EventLineError(key, f"must not be there: the key is unknown{hint}", given[key])
    values = {key: _checked(key, value) for key, value in given.items()}
    _require(values, "at_ms", "kind", "text")
    _require_what_the_kind_needs(values)
    _require_counters(values)
    return Event(
        values["at_ms"],
        Content(
            values["kind"],
            values["text"],
            place=Place(**{key: values.get(key) for key in _PLACE}),
            duration_ms=values.get("duration_ms"),
            remaining_ms=values.get("remaining_ms"),
            why=values.get("why"),
            open=values.get("open", False),
            jump=values.get("jump", False),
        ),
        (values.get("rep"), values.get("set"), values.get("round")),
    )


def _whole(least: int) -> Callable[[str, object], int]:
    def check_whole(where: str, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise ModelError(where, f"must be a whole number of at least {least}", value)
        return value

    return check_whole


def _true(where: str, value: object) -> bool:
    if value is not True:
        raise ModelError(where, "must be true where it stands", value)
    return value


_CHECKS: dict[str, Callable[[str, object], Any]] = {
    "at_ms": _whole(0),
    "kind": check.word_of(EventKind),
    "text": check.line,
    "duration_ms": _whole(1),
    "remaining_ms": _whole(0),
    "exercise": check.name,
    "side": check.word_of(Side),
    "rep": _whole(1),
    "reps": _whole(1),
    "set": _whole(1),
    "sets": _whole(1),
    "round": _whole(1),
    "rounds": _whole(1),
    "why": check.word_of(RestReason),
    "open": _true,
    "jump": _true,
}
_PLACE = ("exercise", "side", "reps", "sets", "rounds")
_COUNTERS = {"rep": "reps", "set": "sets", "round": "rounds"}


def _object(line: str) -> dict[str, Any]:
    if not isinstance(line, str):
        raise EventLineError("line", "must be text", line)
    try:
        given = json.loads(line, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        if isinstance(error, EventLineError):
            raise
        raise EventLineError("line", f"must be one line of JSON: {error}", line) from error
    if not isinstance(given, dict):
        raise EventLineError("line", "must be a JSON object", line)
    return given


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    given = dict(pairs)
    if len(given) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise EventLineError(twice, "must stand only once", dict(pairs)[twice])
    return given


def _refuse_constant(constant: str) -> Never:
    raise EventLineError("line", "must have no number but whole ones", constant)


def _checked(key: str, value: object) -> Any:
    try:
        return _CHECKS[key](key, value)
    except ModelError as error:
        raise EventLineError(key, error.requirement, value) from error


def _require(values: dict[str, Any], *keys: str) -> None:
    for key in keys:
        if key not in values:
            raise EventLineError(key, "must be there", NOTHING)


def _require_what_the_kind_needs(values: dict[str, Any]) -> None:
    """Require the keys that go with the kind of event, and no others."""
    kind: EventKind = values["kind"]
    what = kind.partition(".")[0]
    goes_with = {
        "duration_ms": not kind.is_cue,
        "remaining_ms": kind.is_cue or "jump" in values,
        "why": what == "rest",
    }
    for key, needed in goes_with.items():
        if needed:
            _require(values, key)
        elif key in values:
            raise EventLineError(key, f"must not stand in {kind}", values[key])
    if "open" in values and what != "step":
        raise EventLineError("open", f"must not stand in {kind}", values["open"])
    if kind.is_cue:
        _require_a_cue_inside(values)


def _require_a_cue_inside(values: dict[str, Any]) -> None:
    if "jump" in values:
        raise EventLineError("jump", f"must not stand in {values['kind']}", values["jump"])
    if values["remaining_ms"] == 0:
        raise EventLineError("remaining_ms", "must be at least 1 in a cue", 0)


def _require_counters(values: dict[str, Any]) -> None:
    """Require that a counter and its total stand together, and that it does not pass it."""
    for counter, total in _COUNTERS.items():
        if counter in values or total in values:
            _require(values, counter, total)
            if values[counter] > values[total]:
                raise EventLineError(
                    counter, f"must be at most {values[total]}, the {total}", values[counter]
                )


SUFFIX = ".jsonl"
MEDIA_TYPE = "application/x-ndjson"


def write(timeline: Timeline, stream: BinaryIO) -> None:
    """Write the events of a timeline, one line each, as they come."""
    stream.writelines(f"{encode(event)}\n".encode("ascii") for event in timeline)


def lost(timeline: Timeline) -> tuple[str, ...]:
    """Return what event lines cannot carry: the advice, which is no event."""
    return ("the advice",) if timeline.routine.advice else ()
