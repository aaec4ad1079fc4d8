"""Commands as they come in: any bytes give one command or one refusal."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Never

from attrs import NOTHING, field, frozen

from supple._errors import ModelError
from supple._model import checks as check
from supple._player.states import PlayerCommand

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST = 1000

_MAY_SAY: Mapping[PlayerCommand, str | None] = MappingProxyType(
    {
        PlayerCommand.START: "at_ms",
        PlayerCommand.PAUSE: None,
        PlayerCommand.RESUME: None,
        PlayerCommand.SKIP: "over",
        PlayerCommand.BACK: "over",
        PlayerCommand.SEEK: "to_ms",
        PlayerCommand.READY: None,
        PlayerCommand.SET_SPEED: "speed",
        PlayerCommand.STOP: "reason",
    }
)
_MUST_SAY = frozenset({PlayerCommand.SEEK, PlayerCommand.SET_SPEED})

_word = check.word_of(PlayerCommand)


@frozen
class Command:
    """What somebody wants to be done; what it says more is for the player to judge."""

    word: PlayerCommand
    arguments: dict[str, Any] = field(factory=dict)


def read_command(payload: bytes | bytearray) -> Command:
    """Return the command that a message holds.

    Raises:
        ModelError: If it holds anything else. Nothing is guessed or passed over.
    """
    if len(payload) > _LONGEST:
        raise ModelError("command", f"must be at most {_LONGEST} bytes long", len(payload))
    try:
        text = payload.decode().strip()
    except UnicodeDecodeError as error:
        raise ModelError("command", "must be UTF-8", payload) from error
    given = _object(text) if text.startswith("{") else {"command": text}
    command = _word("command", given.pop("command", NOTHING))
    wanted = _MAY_SAY[command]
    for key in given:
        if key != wanted:
            raise ModelError(f"command.{key}", f"must not stand in {command}", given[key])
    if command in _MUST_SAY and wanted not in given:
        raise ModelError(f"command.{wanted}", f"must stand in {command}", NOTHING)
    return Command(command, given)


def _object(text: str) -> dict[str, Any]:
    try:
        given: dict[str, Any] = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_refuse_constant
        )
    except ModelError:
        raise
    except (ValueError, RecursionError) as error:
        raise ModelError("command", f"must be a word or a JSON object: {error}", text) from error
    return given


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    given = dict(pairs)
    if len(given) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ModelError(f"command.{twice}", "must stand only once", given[twice])
    return given


def _refuse_constant(constant: str) -> Never:
    raise ModelError("command", "must have no number that is not finite", constant)
