"""The library's own words: what it says where the author of a routine says nothing.

All that belongs to a language stands in the module of its tag, and ``LANGUAGES`` names it. The
table of words is that of English, and every language has the same ids. What a catalog says
otherwise in its translations goes with the catalog and its timelines, on to each page, screen and
file.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from supple._model.words import (
    BodyArea,
    DosePart,
    Equipment,
    ExerciseKind,
    Position,
    Side,
)
from supple._phrases.en import Counted, Dated, Named, OnMat, OnPage, Planned, Read, Spoken

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import StrEnum
    from types import ModuleType

    from supple._model import AdviceTier, Exercise, Routine
    from supple._phrases.table import Group

GROUPS: tuple[type[Group], ...] = (Spoken, Named, Dated, Counted, Read, Planned, OnPage, OnMat)
"""The table, group by group, in the order in which it is read and translated."""


class Phrases(OnMat, OnPage, Planned, Read, Counted, Dated, Named, Spoken):
    """What the library says in one language; what is left out is said in English.

    ``get_ready``, ``transition`` and ``position_change`` may have ``{exercise}`` in them, which
    stands for the name of the exercise that comes, and ``{position}`` for its position. Every
    other phrase has the placeholders of the English one.

    Raises:
        ModelError: If a phrase is no single line of text, or has other braces.

    >>> german = Phrases(language="de", rest="Erholung", rounds="{n} Durchgänge")
    >>> german.rest, german.halfway
    ('Erholung', 'Halfway')
    """

    language: str = "en"

    def __repr__(self) -> str:
        own = len(vars(self).keys() - {"language"})
        return f"<Phrases {self.language}: {own} of {len(self.english)} other than in English>"

    def sides(self) -> dict[Side, str]:
        """Return what each side is called."""
        return {Side.LEFT: self.left, Side.RIGHT: self.right}

    def counted(self, word: str, number: object, total: int) -> str:
        """Return which one of how many, such as ``Set 2 of 3``; ``word`` is such as ``set``."""
        return f"{word} {number} {self.of} {total}"

    def name_of(self, word: str) -> str:
        """Return what a closed word of files is called; a free word is called what it is.

        Args:
            word: A :class:`~supple.Position`, a :class:`~supple.BodyArea`, an
                :class:`~supple.Equipment`, an :class:`~supple.ExerciseKind`, a
                :class:`~supple.DosePart`, or a free word.

        >>> from supple import BodyArea
        >>> Phrases().name_of(BodyArea.LOWER_BACK), Phrases().name_of("left toe")
        ('lower back', 'left toe')
        """
        id = _IDS.get(word)
        return str(word) if id is None else self[id]

    def names_of(self, words: Iterable[str]) -> str:
        """Return what several are called, one after the other."""
        return ", ".join(map(self.name_of, words))

    def tier(self, tier: AdviceTier) -> str:
        """Return the heading of a tier of advice."""
        return self[tier.name.lower()]

    def weekdays(self) -> list[str]:
        """Return what the days of a week are called, briefly, from Monday on."""
        return [self[id] for id in Dated.english][:7]

    def months(self) -> list[str]:
        """Return what the months are called, briefly."""
        return [self[id] for id in Dated.english][7:]

    def __getitem__(self, id: str) -> str:
        if id not in self.english:
            raise KeyError(id)
        word: str = getattr(self, id)
        return word


def _ids(*kinds: type[StrEnum], prefix: str = "") -> dict[str, str]:
    return {word: prefix + word.name.lower() for kind in kinds for word in kind}


_IDS = _ids(Position, BodyArea, Equipment, ExerciseKind) | _ids(DosePart, prefix="part_")

LANGUAGES = ("en", "de", "es")
"""The languages that the library speaks, each of which is loaded when it is first spoken."""


def phrases_for(language: str) -> Phrases:
    """Return the phrases of the closest language that the library speaks, English if none.

    The closest is found by the lookup of RFC 4647, section 3.4: ``de-AT`` falls back to ``de``.
    """
    return _phrases_in(_closest(language))


def language_for(language: str) -> ModuleType:
    """Return the module of the closest language that the library speaks."""
    return import_module(f"{__name__}.{_closest(language)}")


def is_spoken(language: str) -> bool:
    """Tell whether the library speaks a language, or a more general one."""
    return _closest(language) in fallbacks(language)


def _closest(language: str) -> str:
    return next((tag for tag in fallbacks(language) if tag in LANGUAGES), "en")


def phrases_of(said: Exercise | Routine) -> Phrases:
    """Return what the library says with something: as its catalog has it, or else its own."""
    return said.phrases or phrases_for(said.language)


@cache
def _phrases_in(tag: str) -> Phrases:
    return Phrases(language=tag, **language_for(tag).WORDS)


def fallbacks(language: str) -> list[str]:
    """Return a language tag and the more general ones behind it, in the order of RFC 4647.

    >>> fallbacks("zh-Hant-TW")
    ['zh-hant-tw', 'zh-hant', 'zh']
    """
    subtags = language.lower().split("-")
    tags = []
    while subtags:
        tags.append("-".join(subtags))
        subtags.pop()
        while subtags and len(subtags[-1]) == 1:  # a singleton goes together with what it begins
            subtags.pop()
    return tags


def capital(words: str) -> str:
    """Return words as they stand by themselves, with a capital letter."""
    return words[:1].title() + words[1:]
