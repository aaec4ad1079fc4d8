"""The closed words of a timeline: what an event reports, what fills a stretch of time, and why.

Beside each set of words stands the same as a literal type, for a parameter that takes either.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Literal, TypeAlias


class _ByForm:
    """What the word of a kind tells by its form, that of a kind from the future, too."""

    __slots__ = ()

    @property
    def is_start(self) -> bool:
        """Whether something starts."""
        return str(self).endswith(".started")

    @property
    def is_end(self) -> bool:
        """Whether something ends."""
        return str(self).endswith(".ended")

    @property
    def is_cue(self) -> bool:
        """Whether it is a cue inside a segment."""
        return str(self).startswith("cue.")


class EventKind(_ByForm, StrEnum):
    """What an event reports."""

    ROUTINE_STARTED = "routine.started"
    ROUTINE_ENDED = "routine.ended"
    EXERCISE_STARTED = "exercise.started"
    EXERCISE_ENDED = "exercise.ended"
    ROUND_STARTED = "round.started"
    ROUND_ENDED = "round.ended"
    SET_STARTED = "set.started"
    SET_ENDED = "set.ended"
    REP_STARTED = "rep.started"
    REP_ENDED = "rep.ended"
    STEP_STARTED = "step.started"
    STEP_ENDED = "step.ended"
    HOLD_STARTED = "hold.started"
    HOLD_ENDED = "hold.ended"
    REST_STARTED = "rest.started"
    REST_ENDED = "rest.ended"
    COUNTDOWN = "cue.countdown"
    SWITCH_SOON = "cue.switch-soon"
    HALFWAY = "cue.halfway"
    MARK = "cue.mark"
    BREATHE_IN = "cue.breathe-in"
    BREATHE_OUT = "cue.breathe-out"


EventKindWord: TypeAlias = Literal[
    "routine.started",
    "routine.ended",
    "exercise.started",
    "exercise.ended",
    "round.started",
    "round.ended",
    "set.started",
    "set.ended",
    "rep.started",
    "rep.ended",
    "step.started",
    "step.ended",
    "hold.started",
    "hold.ended",
    "rest.started",
    "rest.ended",
    "cue.countdown",
    "cue.switch-soon",
    "cue.halfway",
    "cue.mark",
    "cue.breathe-in",
    "cue.breathe-out",
]
"""The words of :class:`EventKind`."""


class UnknownKind(_ByForm, str):
    """A kind of event that is newer than this version of the library.

    No timeline has one; a reader of event lines keeps it as the word that it is. Its form still
    tells whether something starts or ends, or a cue is due.
    """

    __slots__ = ()

    @property
    def value(self) -> str:
        """The word, as of :class:`EventKind`."""
        return str(self)


KIND_FORM = re.compile(r"[a-z]+(-[a-z]+)*\.(started|ended)|cue\.[a-z]+(-[a-z]+)*")
"""The form of the word of a kind, that of one from the future, too."""


class SegmentKind(StrEnum):
    """What fills a stretch of time."""

    STEP = "step"
    HOLD = "hold"
    REST = "rest"

    @property
    def started(self) -> EventKind:
        """The kind of the event that starts such a segment."""
        return EventKind(f"{self.value}.started")

    @property
    def ended(self) -> EventKind:
        """The kind of the event that ends such a segment."""
        return EventKind(f"{self.value}.ended")


SEGMENT_STARTED_BY: dict[str, SegmentKind] = {kind.started: kind for kind in SegmentKind}
"""What is under way once an event of a kind has come."""


class RestReason(StrEnum):
    """Why there is a rest."""

    GET_READY = "get-ready"
    TRANSITION = "transition"
    SWITCH_SIDES = "switch-sides"
    BETWEEN_SETS = "between-sets"
    REST = "rest"


SPANS: dict[str, tuple[EventKind, EventKind]] = {
    what: (kind, EventKind(f"{what}.ended"))
    for kind in EventKind
    for what, happens in [kind.split(".")]
    if happens == "started"
}
"""What starts and ends, and the kinds of event that say so."""
