"""What a catalog lacks in one of its languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from supple._phrases import fallbacks, phrases_for
from supple.catalog._languages.translation import PHRASES
from supple.catalog._languages.translations import TRANSLATIONS, lookup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from supple.catalog._catalog import Catalog
    from supple.catalog._languages.translations import TranslationFile


@frozen(kw_only=True)
class Gaps:
    """What a catalog lacks in one language.

    Args:
        language: The tag of the language.
        file: The file of its translation, or the one that there should be.
        missing: The texts of the catalog that are not in that language, nor in a more general
            one: these stay as they are. In the order in which they come.
        missing_phrases: The names of what the library itself says, as in
            :class:`~supple.Phrases`, that it says in English.
        unused: The texts that are translated and that the catalog does not have, sorted.
    """

    language: str
    file: str
    missing: tuple[str, ...]
    missing_phrases: tuple[str, ...]
    unused: tuple[str, ...]


def gaps_in(
    catalog: Catalog,
    texts: Sequence[str],
    translations: Mapping[str, TranslationFile],
    language: str,
) -> Gaps:
    """Return what a catalog lacks in a language.

    Args:
        catalog: The catalog.
        texts: Its texts, in their order.
        translations: Its translations, by their lower-case tags.
        language: The tag of the language.
    """
    tags = lookup(language, catalog.language)
    used = [translations[tag].translation for tag in tags if tag in translations]
    missing: tuple[str, ...] = ()
    if catalog.language.lower() not in tags:
        missing = tuple(text for text in texts if not any(text in each.texts for each in used))
    missing_phrases: tuple[str, ...] = ()
    if phrases_for(language).language not in fallbacks(language):
        missing_phrases = tuple(
            name for name in PHRASES if not any(name in each.phrases for each in used)
        )
    own = translations.get(language.lower())
    return Gaps(
        language=language,
        file=f"{TRANSLATIONS}/{language}.toml" if own is None else own.file,
        missing=missing,
        missing_phrases=missing_phrases,
        unused=() if own is None else tuple(sorted(own.translation.texts.keys() - {*texts})),
    )
