"""Commands that come from outside: any text gives one command or one refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import NOTHING

from supple._errors import ModelError
from supple._json import read_object
from supple._model import requirements as must
from supple._player.states import ARGUMENTS, PlayerCommand

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LONGEST_COMMAND = 1000
"""How many bytes of UTF-8 a command has at the most."""

_word = must.WordOf(PlayerCommand).require


def read_command(text: str | bytes | bytearray) -> tuple[PlayerCommand, dict[str, Any]]:
    """Read a command as it comes from outside, and return it with its arguments.

    It is a word, such as ``pause``, or a JSON object where it says more. What comes back is for
    :meth:`Player.command`, or for that of a runner or a fleet, which judges the arguments.

    Args:
        text: A text, or its bytes in UTF-8.

    Raises:
        ModelError: If it holds anything else, or is too long. Nothing is guessed or passed over.

    >>> read_command('{"command": "seek", "to_ms": 60000}')
    (<PlayerCommand.SEEK: 'seek'>, {'to_ms': 60000})
    """
    size = len(text)
    if isinstance(text, str) and size <= LONGEST_COMMAND:
        size = len(text.encode(errors="surrogatepass"))
    if size > LONGEST_COMMAND:
        raise ModelError("command", f"must be at most {LONGEST_COMMAND} bytes long", size)
    if not isinstance(text, str):
        try:
            text = text.decode()
        except UnicodeDecodeError as error:
            raise ModelError("command", "must be UTF-8", text) from error
    text = text.strip()
    given: dict[str, Any] = {"command": text}
    if text.startswith("{"):
        given = read_object(text, "must be a word or a JSON object", refused_in("command"))
    command = _word("command", given.pop("command", NOTHING))
    argument_of(command, given)
    return command, given


def argument_of(command: PlayerCommand, given: Mapping[str, object]) -> object:
    """Return the argument of a command, out of those that were given, if these fit it."""
    argument = ARGUMENTS.get(command)
    where = f"Player.{command.method}"
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


def refused_in(whole: str) -> Callable[[str, str, object], ModelError]:
    """Return what makes the error for a key of something, or for the whole of it."""
    return lambda key, requirement, got: ModelError(
        f"{whole}.{key}" if key else whole, requirement, got
    )
