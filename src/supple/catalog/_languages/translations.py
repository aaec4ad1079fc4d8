"""The translations beside a catalog: which file is for which language, what it holds and lacks.

``translations/de.toml`` holds texts of the catalog in German, each under the text that it stands
for, and may hold what the library itself says in that language::

    format = 1
    language = "de"

    [texts]
    "Roll both knees slowly to the {side}" = "Rolle beide Knie langsam nach {side}"

    [phrases]
    rest = "Erholung"

The file for the catalog's own language holds phrases alone.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from attrs import frozen

from supple._phrases import Phrases, fallbacks, is_spoken
from supple.catalog._finding.folder import TRANSLATIONS
from supple.catalog._format import FORMAT
from supple.catalog._translation import Translation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from supple.catalog._catalog import Catalog


@frozen
class TranslationFile:
    """A translation, and the file that it was read from."""

    file: str
    translation: Translation


def by_language(names: Iterable[str]) -> dict[str, list[str]]:
    """Return the names of files by the lower-case tag of the language that each seems to be for.

    A file that is named wrongly, such as ``de_AT.toml``, is a problem of those who ask for that
    language, and of no one else.
    """
    found: dict[str, list[str]] = {}
    for name in names:
        tag = PurePosixPath(name).stem.replace("_", "-").lower()
        found.setdefault(tag, []).append(name)
    return found


def lookup(language: str, own: str) -> list[str]:
    """Return the tags to look for, the best first, down to the language that a catalog is in."""
    tags = fallbacks(language)
    return tags[: tags.index(own.lower()) + 1] if own.lower() in tags else tags


def plain(translation: Translation, texts: Sequence[str]) -> dict[str, Any]:
    """Return the plain data of a file, in the order of texts of a catalog; others come last."""
    said = translation.texts
    order = dict.fromkeys([*(each for each in texts if each in said), *sorted(said)])
    phrases = translation.phrases
    tables = {
        "texts": {text: said[text] for text in order},
        "phrases": {name: phrases[name] for name in Phrases.english if name in phrases},
    }
    return {"format": FORMAT.version, "language": translation.language} | {
        table: values for table, values in tables.items() if values
    }


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
        self.phrases = () if is_spoken(language) else tuple(Phrases.english)
        self.missing_phrases = tuple(
            name for name in self.phrases if not any(name in each.phrases for each in said)
        )
        self.unused = tuple(sorted(self.own.texts.keys() - {*texts}))
