"""Every text of a catalog that a person sees, in one place: to list them and to reword them.

What others wrote and called so stays as it is: the titles and addresses of sources, and the
credits of pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from attrs import evolve

from supple._model import (
    Advice,
    Circuit,
    DoseSource,
    Exercise,
    Hold,
    Link,
    Mark,
    Picture,
    Prescription,
    Rest,
    Routine,
    Step,
)
from supple._model.pose import Pose
from supple._model.requirements import is_same
from supple.catalog._catalog import Catalog
from supple.catalog._translation import Translation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Say: TypeAlias = Callable[[str], str]
"""Returns what to say in place of a text."""

_SEGMENT = ("text", "say", "marks")
_SAID: Mapping[type, tuple[str, ...]] = {
    Catalog: ("title", "summary", "advice", "exercises", "poses", "routines"),
    Exercise: (
        *("name", "purpose", "targets", "equipment", "cautions", "contraindications"),
        *("setup", "cycle", "finish", "sources", "pictures", "links"),
    ),
    Step: _SEGMENT,
    Hold: _SEGMENT,
    Mark: ("text",),
    DoseSource: ("says",),
    Picture: ("alt",),
    Pose: ("alt",),
    Link: ("title",),
    Routine: ("name", "purpose", "items", "advice"),
    Prescription: ("exercise", "note", "load"),
    Circuit: ("items",),
    Rest: ("text",),
    Advice: ("text",),
}
"""The texts of each type, and what holds texts, in the order in which they are translated."""

_T = TypeVar("_T", bound=Catalog | Exercise)


def translated(catalog: Catalog, translations: Sequence[Translation]) -> Catalog:
    """Return a catalog in the language of the first of some translations, and in no other.

    What one translation lacks the next may have, and what none has stays as it is.
    """
    if not translations:
        return catalog
    texts = _merged(each.texts for each in translations)
    phrases = _merged(each.phrases for each in translations)
    first = translations[0].language
    language = catalog.language if is_same(first, catalog.language) else first
    said = reworded(catalog, lambda text: texts.get(text, text), language)
    return evolve(said, translations=[Translation(language, phrases=phrases)] if phrases else [])


def texts_of(said: Catalog | Exercise) -> tuple[str, ...]:
    """Return every text of a catalog or an exercise once, in the order in which they come."""
    found: dict[str, None] = {}

    def note(text: str) -> str:
        found[text] = None
        return text

    reworded(said, note, said.language)
    return tuple(found)


def reworded(said: _T, say: Say, language: str) -> _T:
    """Return what says the same in another language; a catalog has no translations then."""

    def anew(value: Any) -> Any:
        if value is None or isinstance(value, StrEnum):  # every language names a closed word
            return value
        if isinstance(value, str):
            return say(value)
        if isinstance(value, tuple):
            return tuple(map(anew, value))
        if isinstance(value, Mapping):
            return tuple(map(anew, value.values()))
        return exercise(value) if isinstance(value, Exercise) else _whole(value, anew, language)

    @cache  # it may stand in a routine many times
    def exercise(value: Exercise) -> Exercise:
        poses = anew(value.poses)
        made: Exercise = _whole(value, anew, language)
        return made.with_poses(poses)

    made: _T = anew(said)
    return made


def _whole(value: Any, anew: Callable[[Any], Any], language: str) -> Any:
    parts = {name: anew(getattr(value, name)) for name in _SAID[type(value)]}
    if isinstance(value, Catalog):
        parts |= {"advice": chain.from_iterable(parts["advice"]), "translations": ()}
    if isinstance(value, Catalog | Exercise | Routine):
        parts["language"] = language
    return evolve(value, **parts)


def _merged(said: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return one mapping of several, the first of which counts most."""
    return {key: value for each in reversed([*said]) for key, value in each.items()}
