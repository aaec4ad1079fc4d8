"""The words of a player, and the tables of what leads from one state to another.

Nothing else may live in this file. The player moves by these tables alone, and the diagram in
the documentation is drawn from them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from supple._model import requirements as must

if TYPE_CHECKING:
    from collections.abc import Mapping


class PlayerState(StrEnum):
    """What a player is doing."""

    READY = "ready"
    RUNNING = "running"
    WAITING = "waiting"
    PAUSED = "paused"
    FINISHED = "finished"
    STOPPED = "stopped"

    @property
    def is_over(self) -> bool:
        """Whether it takes no command any more."""
        return not COMMANDS[self]

    @property
    def is_under_way(self) -> bool:
        """Whether the routine has begun and is not over."""
        return PlayerCommand.SEEK in COMMANDS[self]

    @property
    def is_moving(self) -> bool:
        """Whether the clock counts: it runs, or waits for the person."""
        return PlayerCommand.PAUSE in COMMANDS[self]

    @property
    def is_standing(self) -> bool:
        """Whether a command leads on from it, and time alone does not."""
        return not self.is_over and Happening.GAP not in HAPPENINGS[self]


class PlayerCommand(StrEnum):
    """What a player can be told to do."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    TOGGLE = "toggle"
    SKIP = "skip"
    BACK = "back"
    SEEK = "seek"
    READY = "ready"
    SET_SPEED = "set-speed"
    STOP = "stop"

    @property
    def method(self) -> str:
        """The name of the method that gives it, such as ``set_speed``."""
        return self.value.replace("-", "_")


class Happening(StrEnum):
    """What befalls a player while time passes, or where a jump takes it."""

    OPEN_STEP = "a step until ready starts"
    END = "the routine ends"
    GAP = "the clock jumps ahead"


class GapPolicy(StrEnum):
    """What a player does when the clock has jumped far ahead, as after a laptop has slept."""

    PAUSE = "pause"
    SKIP = "skip"
    CATCH_UP = "catch-up"


class SkipOver(StrEnum):
    """What a player skips or goes back over at once."""

    EXERCISE = "exercise"
    SEGMENT = "segment"


CommandWord: TypeAlias = (
    PlayerCommand
    | Literal[
        "start",
        "pause",
        "resume",
        "toggle",
        "skip",
        "back",
        "seek",
        "ready",
        "set-speed",
        "stop",
    ]
)
GapPolicyWord: TypeAlias = GapPolicy | Literal["pause", "skip", "catch-up"]
SkipOverWord: TypeAlias = SkipOver | Literal["exercise", "segment"]
RestoreAt: TypeAlias = Literal["exact", "nearest"]


COMMANDS: Mapping[PlayerState, Mapping[PlayerCommand, PlayerState]] = {
    PlayerState.READY: {
        PlayerCommand.START: PlayerState.RUNNING,
        PlayerCommand.SET_SPEED: PlayerState.READY,
        PlayerCommand.STOP: PlayerState.STOPPED,
    },
    PlayerState.RUNNING: {
        PlayerCommand.PAUSE: PlayerState.PAUSED,
        PlayerCommand.TOGGLE: PlayerState.PAUSED,
        PlayerCommand.SKIP: PlayerState.RUNNING,
        PlayerCommand.BACK: PlayerState.RUNNING,
        PlayerCommand.SEEK: PlayerState.RUNNING,
        PlayerCommand.SET_SPEED: PlayerState.RUNNING,
        PlayerCommand.STOP: PlayerState.STOPPED,
    },
    PlayerState.WAITING: {
        PlayerCommand.PAUSE: PlayerState.PAUSED,
        PlayerCommand.TOGGLE: PlayerState.PAUSED,
        PlayerCommand.SKIP: PlayerState.RUNNING,
        PlayerCommand.BACK: PlayerState.RUNNING,
        PlayerCommand.SEEK: PlayerState.RUNNING,
        PlayerCommand.READY: PlayerState.RUNNING,
        PlayerCommand.SET_SPEED: PlayerState.WAITING,
        PlayerCommand.STOP: PlayerState.STOPPED,
    },
    PlayerState.PAUSED: {
        PlayerCommand.RESUME: PlayerState.RUNNING,
        PlayerCommand.TOGGLE: PlayerState.RUNNING,
        PlayerCommand.SKIP: PlayerState.PAUSED,
        PlayerCommand.BACK: PlayerState.PAUSED,
        PlayerCommand.SEEK: PlayerState.PAUSED,
        PlayerCommand.SET_SPEED: PlayerState.PAUSED,
        PlayerCommand.STOP: PlayerState.STOPPED,
    },
    PlayerState.FINISHED: {},
    PlayerState.STOPPED: {},
}
"""Where each command leads; in a state that does not list it, it is refused."""

TOGGLED: Mapping[PlayerState, PlayerCommand] = {
    state: PlayerCommand.PAUSE if state.is_moving else PlayerCommand.RESUME
    for state, commands in COMMANDS.items()
    if PlayerCommand.TOGGLE in commands
}
"""Which command a toggle is, by the state that the player shows to whoever gives it."""


class Argument(NamedTuple):
    """What a command takes besides the instant."""

    name: str
    requirement: must.Requirement[Any] | None
    """What it must be; ``None`` for an offset of the timeline."""

    default: int | str | None = None
    is_required: bool = False


START_MS = 0
OVER = SkipOver.EXERCISE

ARGUMENTS: Mapping[PlayerCommand, Argument] = {
    PlayerCommand.START: Argument("at_ms", None, default=START_MS),
    PlayerCommand.SKIP: Argument("over", must.WordOf(SkipOver), default=OVER),
    PlayerCommand.BACK: Argument("over", must.WordOf(SkipOver), default=OVER),
    PlayerCommand.SEEK: Argument("to_ms", None, is_required=True),
    PlayerCommand.SET_SPEED: Argument("speed", must.SPEED, is_required=True),
    PlayerCommand.STOP: Argument("reason", must.optional(must.TEXT)),
}
"""The one argument of those commands that have any."""

HAPPENINGS: Mapping[PlayerState, Mapping[Happening, PlayerState]] = {
    PlayerState.READY: {},
    PlayerState.RUNNING: {
        Happening.OPEN_STEP: PlayerState.WAITING,
        Happening.END: PlayerState.FINISHED,
        Happening.GAP: PlayerState.PAUSED,
    },
    PlayerState.WAITING: {},
    PlayerState.PAUSED: {
        Happening.END: PlayerState.FINISHED,
    },
    PlayerState.FINISHED: {},
    PlayerState.STOPPED: {},
}
"""Where what happens leads; in a state that does not list it, it changes nothing."""
