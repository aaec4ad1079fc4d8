"""What the translations of a catalog lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from supple._errors import Problem, close_matches, show, suggestion
from supple._phrases import fallbacks, phrases_for
from supple.catalog._by_name import ByName
from supple.catalog._languages.reword import texts_of
from supple.catalog._languages.translation import PHRASES
from supple.catalog._languages.translations import lookup
from supple.catalog._load import read_with
from supple.catalog._reading.read import read_translations

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping

    from supple.catalog._catalog import Catalog
    from supple.catalog._languages.translations import TranslationFile

_MOST_HINTS = 20  # comparing a text with thousands of others takes its time


@frozen(kw_only=True)
class TranslationGaps:
    """What a catalog lacks in one language.

    Attributes:
        language: The tag of the language.
        missing: The texts of the catalog that are not in that language, nor in a more general
            one: these stay as they are. In the order in which they come.
        missing_phrases: The names of what the library itself says, as in
            :class:`~supple.Phrases`, that it says in English.
        unused: The translations of texts that the catalog does not have, or no longer.
    """

    language: str
    missing: tuple[str, ...]
    missing_phrases: tuple[str, ...]
    unused: tuple[Problem, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return not (self.missing or self.missing_phrases)


def check_translations(name_or_path: str | os.PathLike[str]) -> Mapping[str, TranslationGaps]:
    """Compare a catalog with its translations, all of which are read.

    Args:
        name_or_path: The name of an installed catalog, or a path.

    Returns:
        What the catalog lacks in each of its languages, by their tags, sorted.

    Raises:
        UnknownNameError: If no installed catalog has the name.
        CatalogError: If anything in the catalog or in any of its translations is refused, or it
            cannot be found or read. It carries every problem.
        ModelError: If ``name_or_path`` is neither text nor a path.

    >>> {tag: gaps.is_complete for tag, gaps in check_translations("lower-back").items()}
    {'de': True, 'en': True, 'es': True}
    """
    where = "check_translations.name_or_path"
    catalog, translations = read_with(read_translations, where, name_or_path)
    return ByName(
        "language", {tag: gaps_in(catalog, translations, tag) for tag in catalog.languages}
    )


def gaps_in(
    catalog: Catalog, translations: Mapping[str, TranslationFile], language: str
) -> TranslationGaps:
    """Return what a catalog and its translations, by their lower-case tags, lack in a language."""
    tags = lookup(language, catalog.language)
    used = [translations[tag].translation for tag in tags if tag in translations]
    texts = texts_of(catalog)
    missing: tuple[str, ...] = ()
    if catalog.language.lower() not in tags:
        missing = tuple(text for text in texts if not any(text in each.texts for each in used))
    missing_phrases: tuple[str, ...] = ()
    if phrases_for(language).language not in fallbacks(language):
        missing_phrases = tuple(
            name for name in PHRASES if not any(name in each.phrases for each in used)
        )
    return TranslationGaps(
        language=language,
        missing=missing,
        missing_phrases=missing_phrases,
        unused=tuple(_unused(translations.get(language.lower()), texts, missing)),
    )


def _unused(
    found: TranslationFile | None, texts: tuple[str, ...], missing: tuple[str, ...]
) -> Iterator[Problem]:
    """Yield the translations of unknown texts, with the missing texts that may be meant."""
    if found is None:  # the catalog's own language needs none
        return
    unused = sorted(found.translation.texts.keys() - {*texts})
    for i, text in enumerate(unused):
        hint = suggestion(close_matches(text, missing)) if i < _MOST_HINTS else ""
        yield Problem(
            found.file,
            path=f"texts.{show(text)}",
            requirement=f"must be a text of this catalog{hint}",
        )
