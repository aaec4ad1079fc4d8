"""A catalog: exercises, routines, advice and translations under one name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, TypeVar

from attrs import evolve, field, frozen

from supple._model import (
    Advice,
    AdviceTier,
    Exercise,
    Prescription,
    Routine,
    requirements as must,
)
from supple._model.exercise import FromCatalog, exercise_of, taken_over
from supple._model.pose import Pose
from supple._model.requirements import InstanceOf, ListOf, optional, refuse
from supple._model.routine import made_anew
from supple._phrases import Phrases, phrases_for
from supple.catalog._by_name import ByName
from supple.catalog._translation import OWN_TEXTS, Translation

T = TypeVar("T", bound=Exercise | Pose | Routine | Advice | Translation)


class _Named(ListOf[T]):
    """A list of things that is kept by an attribute of each, or such a mapping of them."""

    key = "id"

    def __init__(self, kind: type[T]) -> None:
        super().__init__(InstanceOf(kind))
        self.kind = kind.__name__.lower()

    def kept(self, value: Any) -> Any:
        if isinstance(value, ByName):
            return value
        elements = super().kept(value)
        self.check_keys([getattr(each, self.key) for each in elements])
        return ByName(self.kind if self.key == "id" else self.key, self.named(elements))

    def named(self, elements: Iterable[T]) -> Mapping[str, Any]:
        """Return the elements by their keys."""
        return {getattr(each, self.key): each for each in elements}

    def check_keys(self, keys: list[str]) -> None:
        seen = set()
        for i, key in enumerate(keys):
            if key.lower() in seen:
                requirement = f"must not be that of another {self.kind}"
                refuse("same-id", requirement, key, f"[{i}].{self.key}")
            seen.add(key.lower())


class _ByLanguage(_Named[Translation]):
    """Translations, kept by their tags, sorted."""

    key = "language"

    def named(self, elements: Iterable[Translation]) -> Mapping[str, Any]:
        return super().named(sorted(elements, key=lambda each: each.language))


class _ByTier(_Named[Advice]):
    """Advice, kept by its tier, the mildest first, every tier present."""

    key = "tier"

    def named(self, elements: Iterable[Advice]) -> Mapping[str, Any]:
        return {tier: tuple(each for each in elements if each.tier is tier) for tier in AdviceTier}

    def check_keys(self, keys: list[str]) -> None:
        """Let a tier have several."""


def _exercises(value: Iterable[Exercise] | Mapping[str, Exercise]) -> Any:
    return value


def _poses(value: Iterable[Pose] | Mapping[str, Pose]) -> Any:
    return value


def _routines(value: Iterable[Routine] | Mapping[str, Routine]) -> Any:
    return value


def _advice(value: Iterable[Advice] | Mapping[AdviceTier, tuple[Advice, ...]]) -> Any:
    return value


def _translations(value: Iterable[Translation] | Mapping[str, Translation]) -> Any:
    return value


@frozen(kw_only=True)
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
        poses: The poses that its exercises name; kept by their ids, in this order.
        routines: The routines; kept by their ids, in this order.
        advice: The advice; kept by tier, the mildest first, every tier present.
        summary: What it offers, in a sentence or two.
        translations: What it says in other languages; kept by their tags, sorted. The one for
            its own language holds phrases alone.

    Attributes:
        languages: The languages that it speaks: its own and those of its translations, sorted.
        phrases: What the library itself says in its language. What the catalog does not bring
            is the library's own in that language, or in English. Its exercises in that language
            carry them, and so do all routines of these, whoever makes them.

    Raises:
        ModelError: If a value is refused, two exercises, two poses or two routines share an id,
            or two translations a language.

    >>> from supple import load_catalog
    >>> catalog = load_catalog("lower-back")
    >>> catalog["knee-rolls"].name, list(catalog.routines)
    ('Knee rolls', ['lower-back', 'in-bed'])
    """

    name: str = field(validator=must.NAME, kw_only=False)
    title: str = field(validator=must.TEXT)
    version: str = field(validator=must.TEXT)
    language: str = field(validator=must.LANGUAGE)
    summary: str | None = field(validator=optional(must.TEXT), default=None)
    exercises: Mapping[str, Exercise] = field(
        converter=_exercises, validator=_Named(Exercise), default=(), repr=False
    )
    poses: Mapping[str, Pose] = field(
        converter=_poses, validator=_Named(Pose), default=(), repr=False
    )
    routines: Mapping[str, Routine] = field(
        converter=_routines, validator=_Named(Routine), default=(), repr=False
    )
    advice: Mapping[AdviceTier, tuple[Advice, ...]] = field(
        converter=_advice, validator=_ByTier(Advice), default=(), repr=False
    )
    translations: Mapping[str, Translation] = field(
        converter=_translations, validator=_ByLanguage(Translation), default=(), repr=False
    )
    languages: tuple[str, ...] = field(init=False)
    phrases: Phrases = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        phrases = phrases_for(self.language)
        languages = {self.language}
        for i, (tag, each) in enumerate(self.translations.items()):
            if not must.is_same(tag, self.language):
                languages.add(tag)
                continue
            if each.texts:
                where = f"Catalog.translations[{i}].texts"
                refuse("own-texts", OWN_TEXTS, dict(each.texts), where)
            if each.phrases:
                phrases = phrases.with_words(language=self.language, **each.phrases)

        poses, given = {**self.poses}, FromCatalog(advice_of(self), phrases, self.language)
        own = {id: taken_over(each, poses, given) for id, each in self.exercises.items()}

        def owned(item: Exercise | Prescription) -> Exercise | Prescription:
            exercise = exercise_of(item)
            if own.get(exercise.id) != exercise:
                return item
            ours = own[exercise.id]
            return evolve(item, exercise=ours) if isinstance(item, Prescription) else ours

        routines = {id: made_anew(each, owned) for id, each in self.routines.items()}
        object.__setattr__(self, "exercises", ByName("exercise", own))
        object.__setattr__(self, "routines", ByName("routine", routines))
        object.__setattr__(self, "languages", tuple(sorted(languages)))
        object.__setattr__(self, "phrases", phrases)

    def __getitem__(self, name: str) -> Exercise:
        return self.exercises[name]

    def __contains__(self, name: object) -> bool:
        return name in self.exercises

    def __iter__(self) -> Iterator[str]:
        return iter(self.exercises)

    def __len__(self) -> int:
        return len(self.exercises)


def advice_of(catalog: Catalog) -> tuple[Advice, ...]:
    """Return all the advice of a catalog, the mildest first."""
    return tuple(chain.from_iterable(catalog.advice.values()))
