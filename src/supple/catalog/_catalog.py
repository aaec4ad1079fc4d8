"""A catalog: exercises, routines, advice and translations under one name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve, field, frozen

from supple._errors import ModelError
from supple._model import Advice, AdviceTier, Exercise, Routine, checks as check
from supple._phrases import Phrases, phrases_for
from supple.catalog._by_name import ByName
from supple.catalog._languages.translation import OWN_TEXTS, Translation

if TYPE_CHECKING:
    Identified = TypeVar("Identified", Exercise, Routine)


@frozen(init=False)
class Catalog:
    """A named, versioned set of exercises, routines and advice, and their translations.

    ``catalog["knee-rolls"]`` is the exercise of that id; ``in``, ``len`` and ``iter`` speak of
    the ids of the exercises, too. A name that nothing has raises
    :class:`~supple.UnknownNameError`, here and in the mappings.

    Args:
        name: The name to load it by, such as ``lower-back``.
        title: What people call it.
        version: The version of its content, such as ``1.0``.
        language: The language of its texts, a tag of BCP 47 such as ``en`` or ``pt-BR``.
        exercises: The exercises; kept by their ids, in this order.
        routines: The routines; kept by their ids, in this order.
        advice: The advice; kept by tier, the mildest first, every tier present.
        summary: What it offers, in a sentence or two.
        translations: What it says in other languages; kept by their tags, sorted. The one for
            its own language holds phrases alone.

    Attributes:
        languages: The languages that it speaks: its own and those of its translations, sorted.
        phrases: What the library itself says in its language; pass it to
            :func:`~supple.schedule` where the catalog brings phrases of its own. What the
            catalog does not bring is the library's own in that language, or in English.

    Raises:
        ModelError: If a value is refused, two exercises or two routines share an id, or two
            translations a language.

    >>> from supple import load_catalog
    >>> catalog = load_catalog("lower-back")
    >>> catalog["knee-rolls"].name, list(catalog.routines)
    ('Knee rolls', ['lower-back', 'in-bed'])
    """

    name: str
    title: str
    version: str
    language: str
    summary: str | None
    exercises: Mapping[str, Exercise] = field(repr=False)
    routines: Mapping[str, Routine] = field(repr=False)
    advice: Mapping[AdviceTier, tuple[Advice, ...]] = field(repr=False)
    translations: Mapping[str, Translation] = field(repr=False)
    languages: tuple[str, ...] = field(init=False)
    phrases: Phrases = field(init=False, repr=False)

    def __init__(  # noqa: PLR0913 - what a catalog says of itself and what it holds, each by its name
        self,
        name: str,
        *,
        title: str,
        version: str,
        language: str,
        exercises: Iterable[Exercise] = (),
        routines: Iterable[Routine] = (),
        advice: Iterable[Advice] = (),
        summary: str | None = None,
        translations: Iterable[Translation] = (),
    ) -> None:
        language = check.language("Catalog.language", language)
        kept = check.sequence_of(check.instance_of(Advice))("Catalog.advice", advice)
        self.__attrs_init__(
            name=check.name("Catalog.name", name),
            title=check.text("Catalog.title", title),
            version=check.text("Catalog.version", version),
            language=language,
            summary=check.optional(check.text)("Catalog.summary", summary),
            exercises=_by_id(Exercise, exercises),
            routines=_by_id(Routine, routines),
            advice=ByName(
                "tier",
                {tier: tuple(each for each in kept if each.tier is tier) for tier in AdviceTier},
            ),
            translations=_by_language(language, translations),
        )

    @languages.default
    def _spoken(self) -> tuple[str, ...]:
        others = (tag for tag in self.translations if not is_same(tag, self.language))
        return tuple(sorted((self.language, *others)))

    @phrases.default
    def _said(self) -> Phrases:
        spoken = phrases_for(self.language)
        for tag, own in self.translations.items():
            if is_same(tag, self.language) and own.phrases:
                return evolve(spoken, language=self.language, **own.phrases)
        return spoken

    def __getitem__(self, name: str) -> Exercise:
        return self.exercises[name]

    def __contains__(self, name: object) -> bool:
        return name in self.exercises

    def __iter__(self) -> Iterator[str]:
        return iter(self.exercises)

    def __len__(self) -> int:
        return len(self.exercises)


def is_same(language: str, other: str) -> bool:
    """Tell whether two tags stand for one language, in whatever case."""
    return language.lower() == other.lower()


def _by_id(kind: type[Identified], values: object) -> Mapping[str, Identified]:
    word = kind.__name__.lower()
    where = f"Catalog.{word}s"
    found: dict[str, Identified] = {}
    for i, value in enumerate(check.sequence_of(check.instance_of(kind))(where, values)):
        if value.id in found:
            raise ModelError(f"{where}[{i}].id", f"must not be that of another {word}", value.id)
        found[value.id] = value
    return ByName(word, found)


def _by_language(own: str, values: object) -> Mapping[str, Translation]:
    where = "Catalog.translations"
    found: dict[str, Translation] = {}
    for i, value in enumerate(check.sequence_of(check.instance_of(Translation))(where, values)):
        if value.language.lower() in found:
            requirement = "must not be that of another translation"
            raise ModelError(f"{where}[{i}].language", requirement, value.language)
        if is_same(value.language, own) and value.texts:
            raise ModelError(f"{where}[{i}].texts", OWN_TEXTS, dict(value.texts))
        found[value.language.lower()] = value
    ordered = sorted(found.values(), key=lambda each: each.language)
    return ByName("language", {each.language: each for each in ordered})
