"""The topics of a bridge, and the state as it is published."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from attrs import field, fields, frozen

from supple._errors import ModelError
from supple._model import requirements as must
from supple._timeline.events import said_by

if TYPE_CHECKING:
    from supple._player.player import Player
    from supple._timeline.events import Moment

_LONGEST_BASE = 1000  # a topic has at most 65,535 bytes, and others are made of this one

_FACTS = ("text", "exercise", "side", "rep", "reps", "set", "sets", "round", "rounds")

ONLINE = "online"
OFFLINE = "offline"


def topic_name(where: str, value: object) -> str:
    """Require what MQTT 5.0, section 4.7, lets be the beginning of a topic name."""
    topic = must.LINE.require(where, value)
    for is_wrong, requirement in (
        (len(topic) > _LONGEST_BASE, f"be at most {_LONGEST_BASE} characters long"),
        (not {*topic}.isdisjoint("+#"), "have no wildcards"),
        (topic.startswith("$"), "not begin with $, which is for brokers"),
        (topic != topic.strip("/"), "neither begin nor end with /"),
    ):
        if is_wrong:
            raise ModelError(where, f"must {requirement}", value)
    return topic


@frozen
class Topics:
    """The topics of one routine, all below one.

    ================ ======== ========================================================
    topic            retained payload
    ================ ======== ========================================================
    ``state``        yes      what is going on, as a JSON object: see below
    ``event``        no       each event, as in :mod:`supple.export.event_lines`
    ``availability`` yes      ``online`` or ``offline``
    ``error``        no       why a command was refused, or what was lost, as text
    ``command``      no       what is to be done, from anybody: see below
    ``bridge``       no       which bridges there are, for each other
    ================ ======== ========================================================

    The state has all of these keys; what does not apply is ``null``. A time is a whole number
    of milliseconds.

    ================ ==================================================================
    key              meaning
    ================ ==================================================================
    ``routine``      the identifier of the routine
    ``state``        a value of :class:`supple.PlayerState`
    ``position_ms``  how far into the routine it is, ...
    ``duration_ms``  ... of how much
    ``speed``        how many milliseconds of the routine pass in one of the clock
    ``segment``      what is under way: a value of :class:`supple.SegmentKind`
    ``remaining_ms`` how much of the segment is left
    ``text``         what to show or say
    ``exercise``     the identifier of the exercise
    ``side``         the side that is worked: a value of :class:`supple.Side`
    ``rep``          which repetition, from 1; ``reps``, ``set``, ``sets``, ``round`` and
                     ``rounds`` as in an event
    ``next``         what the segment after this one says
    ``lost_events``  how many events were lost so far, for there was no connection for too long
    ================ ==================================================================

    A command is what :func:`supple.read_command` reads: a word, such as ``pause``, or a JSON
    object where it says more, such as ``{"command": "seek", "to_ms": 60000}``.

    Args:
        base: What all the topics begin with.

    Raises:
        ModelError: If no topic can begin with that.

    >>> Topics("supple/lower-back").state
    'supple/lower-back/state'
    """

    base: str = field(
        validator=lambda _, attribute, value: topic_name(f"Topics.{attribute.name}", value)
    )

    state: str = field(init=False, repr=False)
    """What is going on."""
    event: str = field(init=False, repr=False)
    """Each event."""
    availability: str = field(init=False, repr=False)
    """Whether anybody is there."""
    error: str = field(init=False, repr=False)
    """Why a command was refused."""
    command: str = field(init=False, repr=False)
    """What is to be done."""
    bridge: str = field(init=False, repr=False)
    """Which bridges there are."""

    def __attrs_post_init__(self) -> None:
        for below in fields(Topics)[1:]:
            object.__setattr__(self, below.name, f"{self.base}/{below.name}")


def state_payload(player: Player, moment: Moment, lost_events: int) -> str:
    """Return what is going on as JSON, in pure ASCII.

    Once the routine is over nothing is under way, and nothing comes next.
    """
    is_over = player.state.is_over
    segment = None if is_over else moment.segment
    following = None if is_over else moment.next
    said = {
        "routine": player.timeline.routine.id,
        "state": player.state.value,
        "position_ms": moment.at_ms,
        "duration_ms": player.timeline.duration_ms,
        "speed": player.speed,
        "segment": segment and segment.kind.value,
        "remaining_ms": segment and moment.remaining_ms,
        **dict.fromkeys(_FACTS),
        **(said_by(segment, _FACTS) if segment else {}),
        "next": following and following.text,
        "lost_events": lost_events,
    }
    return json.dumps(said)
