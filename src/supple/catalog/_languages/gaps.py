"""What a catalog lacks in one of its languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._phrases import fallbacks, phrases_for
from supple.catalog._languages.translation import PHRASES, Translation
from supple.catalog._languages.translations import TRANSLATIONS, lookup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from supple.catalog._catalog import Catalog
    from supple.catalog._languages.translations import TranslationFile


class Gaps:
    """What a catalog of some texts and translations lacks in one language.

    Attributes:
        file: The file of its translation, or the one that there should be.
        own: What stands in that file.
        said: That, and behind it the translations into more general languages.
        texts: The texts to translate, in their order; none in the catalog's own language.
        missing: Those of them that nothing translates, which stay as they are.
        phrases: The names of what the library itself says in English.
        missing_phrases: Those of them that the catalog does not say, either.
        unused: The texts that are translated and that the catalog does not have, sorted.
    """

    def __init__(
        self,
        catalog: Catalog,
        texts: Sequence[str],
        translations: Mapping[str, TranslationFile],
        language: str,
    ) -> None:
        tags = lookup(language, catalog.language)
        own = translations.get(language.lower())
        said = [translations[tag].translation for tag in tags if tag in translations]
        self.language = language
        self.file = f"{TRANSLATIONS}/{language}.toml" if own is None else own.file
        self.own = Translation(language) if own is None else own.translation
        self.said = said
        self.texts = () if catalog.language.lower() in tags else tuple(texts)
        self.missing = tuple(each for each in self.texts if not any(each in t.texts for t in said))
        is_spoken = phrases_for(language).language in fallbacks(language)
        self.phrases = () if is_spoken else PHRASES
        self.missing_phrases = tuple(
            name for name in self.phrases if not any(name in each.phrases for each in said)
        )
        self.unused = tuple(sorted(self.own.texts.keys() - {*texts}))
