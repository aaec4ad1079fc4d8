"""Commands that come from outside: any text gives one command or one refusal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Never

from attrs import NOTHING

from supple._errors import ModelError
from supple._model import requirements as must
from supple._player.states import ARGUMENTS, PlayerCommand

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST = 1000

_word = must.WordOf(PlayerCommand).require


def read_command(text: str | bytes | bytearray) -> tuple[PlayerCommand, dict[str, Any]]:
    """Read a command as it comes from outside, and return it with its arguments.

    It is a word, such as ``pause``, or a JSON object where it says more. What comes back is for
    :meth:`Player.command`, or for that of a runner or a fleet, which judges the arguments.

    Args:
        text: At most 1000 characters, or bytes of UTF-8.

    Raises:
        ModelError: If it holds anything else. Nothing is guessed or passed over.

    >>> read_command('{"command": "seek", "to_ms": 60000}')
    (<PlayerCommand.SEEK: 'seek'>, {'to_ms': 60000})
    """
    if len(text) > _LONGEST:
        raise ModelError("command", f"must be at most {_LONGEST} bytes long", len(text))
    if not isinstance(text, str):
        try:
            text = text.decode()
        except UnicodeDecodeError as error:
            raise ModelError("command", "must be UTF-8", text) from error
    text = text.strip()
    given = _object(text) if text.startswith("{") else {"command": text}
    command = _word("command", given.pop("command", NOTHING))
    argument_of(command, given)
    return command, given


def argument_of(command: PlayerCommand, given: Mapping[str, object]) -> object:
    """Return the argument of a command, out of those that were given, if these fit it."""
    argument = ARGUMENTS.get(command)
    where = f"Player.{command.replace('-', '_')}"
    for name in given:
        if argument is None:
            raise ModelError(where, "must have no arguments", name)
        if name != argument.name:
            raise ModelError(where, f"must have no argument but {argument.name}", name)
    if argument is None:
        return None
    if argument.is_required and argument.name not in given:
        raise ModelError(f"{where}.{argument.name}", f"must be given with {command}", NOTHING)
    return given.get(argument.name, argument.default)


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
