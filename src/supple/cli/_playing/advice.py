"""The advice of a routine: what to know before the first time, and where it was shown before.

All that is stored is which advice was shown, as fingerprints in one small file. Where that
cannot be written or read, the advice is shown again.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from supple import AdviceTier
from supple._files import replace_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from supple import Advice, Routine

_FIRST = (AdviceTier.STOP, AdviceTier.EMERGENCY)
_FILE = "advice-shown"
_MOST_READ = 100_000


def safety_advice(routine: Routine) -> tuple[Advice, ...]:
    """Return what a person should know before the first time: when to stop, when to get help."""
    return tuple(each for tier in _FIRST for each in routine.advice if each.tier is tier)


def state_folder(environment: Mapping[str, str], *, platform: str = sys.platform) -> Path | None:
    """Return the folder in which a program keeps its state; ``None`` where there is none.

    That is ``$XDG_STATE_HOME/supple``, and where it is not set what the platform has for it.
    """
    given = environment.get("XDG_STATE_HOME", "")
    if Path(given).is_absolute():  # the specification has relative paths ignored
        return Path(given) / "supple"
    if platform == "win32":
        local = environment.get("LOCALAPPDATA", "")
        return Path(local) / "supple" if local else None
    home = environment.get("HOME", "")
    if not home:
        return None
    inside = "Library/Application Support" if platform == "darwin" else ".local/state"
    return Path(home) / inside / "supple"


class ShownAdvice:
    """Remembers which advice was shown, in a file of a folder."""

    def __init__(self, folder: Path | None) -> None:
        self._path = None if folder is None else folder / _FILE

    def __contains__(self, advice: Sequence[Advice]) -> bool:
        return _fingerprint(advice) in self._known()

    def add(self, advice: Sequence[Advice]) -> None:
        """Remember it; where that cannot be done, nothing happens."""
        if self._path is None:
            return
        known = dict.fromkeys([*self._known(), _fingerprint(advice)])
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(self._path, "".join(f"{each}\n" for each in known).encode("ascii"))

    def _known(self) -> list[str]:
        if self._path is None:
            return []
        try:
            with self._path.open(encoding="ascii", errors="replace") as file:
                return file.read(_MOST_READ).split()
        except OSError:
            return []


def _fingerprint(advice: Sequence[Advice]) -> str:
    lines = "\n".join(f"{each.tier} {each.text}" for each in advice)
    return sha256(lines.encode()).hexdigest()[:16]
