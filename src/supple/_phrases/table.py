"""What a table of words is: ids with their English, and the same in another language."""

from __future__ import annotations

import re
from typing import ClassVar, Final, Self, dataclass_transform

from attrs.exceptions import FrozenInstanceError

from supple._errors import ModelError
from supple._model import requirements as must

_COMING: Final = frozenset({"exercise", "position"})
"""What may stand in the phrases that name what comes next, where it is wanted."""
_NAMING: Final = frozenset({"get_ready", "transition", "position_change"})


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Group:
    """Words that belong together: what stands in the class is English.

    An instance keeps those alone that it says otherwise, so that a language costs nothing until
    it is spoken. It is a frozen value.
    """

    language: str
    about: ClassVar[str]
    english: ClassVar[dict[str, str]]

    def __init_subclass__(cls, *, about: str = "") -> None:
        cls.about = about
        cls.english = {
            id: getattr(cls, id)
            for each in reversed(cls.__mro__)
            if issubclass(each, Group) and each is not Group
            for id in each.__annotations__
            if id != "language"
        }

    def __init__(self, **said: str) -> None:
        name = type(self).__name__
        kept = vars(self)
        for id, word in said.items():
            if id == "language":
                kept[id] = must.LANGUAGE.require(f"{name}.language", word)
            elif id not in self.english:
                raise TypeError(f"{name}() got an unexpected keyword argument {id!r}")
            elif word != self.english[id]:
                kept[id] = _checked(f"{name}.{id}", word, id, self.english[id])

    def with_words(self, **said: str) -> Self:
        """Return the same but for some words."""
        return type(self)(**{**vars(self), **said})

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError

    def __eq__(self, other: object) -> bool:
        return self._said() == other._said() if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._said())

    def _said(self) -> frozenset[tuple[str, str]]:
        return frozenset({**vars(self), "language": self.language}.items())


def _checked(where: str, word: str, id: str, english: str) -> str:
    """Return a word whose placeholders are those of the English one."""
    wanted = placeholders(english)
    bare = must.TEXT.require(where, word)
    for name in _COMING if id in _NAMING else wanted:
        bare = bare.replace(f"{{{name}}}", "")
    if not {*bare}.isdisjoint("{}"):
        raise ModelError(where, "must have no braces but its placeholders", word)
    lost = [] if id in _NAMING else [f"{{{each}}}" for each in wanted if f"{{{each}}}" not in word]
    if lost:
        raise ModelError(where, f"must have {' and '.join(lost)} in it", word)
    return word


def placeholders(text: str) -> list[str]:
    """Return the names in the braces of a text, each once."""
    return list(dict.fromkeys(re.findall(r"\{(\w+)\}", text)))
