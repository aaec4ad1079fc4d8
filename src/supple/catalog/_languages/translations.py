"""The translations beside a catalog: which file is for which language, and what it holds.

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

from attrs import NOTHING, frozen

from supple._errors import ModelError, close_matches, show, suggestion
from supple._model import checks as check
from supple._phrases import fallbacks
from supple.catalog._format import FORMAT
from supple.catalog._languages.translation import (
    OWN_TEXTS,
    PHRASES,
    Translation,
    require_phrase,
    require_text,
)
from supple.catalog._refused import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

TRANSLATIONS = "translations"

_KEYS = ("format", "language", "texts", "phrases")
_UNKNOWN_KEYS_SHOWN = 20


@frozen
class TranslationFile:
    """A translation, and the file that it was read from."""

    file: str
    translation: Translation


def by_language(names: Iterable[str]) -> dict[str, list[str]]:
    """Return the names of files by the lower-case tag of the language that each seems to be for.

    A file that is named wrongly, such as ``de_AT.toml``, is a problem of those who ask for that
    language, and of no one else. Hidden files are left out: operating systems and editors leave
    them in any folder.
    """
    found: dict[str, list[str]] = {}
    for name in names:
        if not name.startswith("."):
            tag = PurePosixPath(name).stem.replace("_", "-").lower()
            found.setdefault(tag, []).append(name)
    return found


def is_tag(text: str) -> bool:
    """Tell whether a text is the tag of a language."""
    try:
        check.language("", text)
    except ModelError:
        return False
    return True


def lookup(language: str, own: str) -> list[str]:
    """Return the tags to look for, the best first, down to the language that a catalog is in.

    >>> lookup("de-AT", "en"), lookup("en-GB", "EN"), lookup("en", "en-GB")
    (['de-at', 'de'], ['en-gb', 'en'], ['en'])
    """
    tags = fallbacks(language)
    return tags[: tags.index(own.lower()) + 1] if own.lower() in tags else tags


def translation(data: Any) -> Translation:
    """Return the translation that the plain data of a file describes, which has no faults."""
    return Translation(
        data["language"], texts=data.get("texts", {}), phrases=data.get("phrases", {})
    )


def plain(translation: Translation, texts: Sequence[str]) -> dict[str, Any]:
    """Return the plain data of a file.

    Args:
        translation: What the file is to say.
        texts: The texts of the catalog; the translations are in their order, and those of any
            other texts come last.
    """
    place = {text: i for i, text in enumerate(texts)}
    order = sorted(translation.texts, key=lambda text: (place.get(text, len(place)), text))
    said = {
        "texts": {text: translation.texts[text] for text in order},
        "phrases": {
            name: translation.phrases[name] for name in PHRASES if name in translation.phrases
        },
    }
    return {"format": FORMAT, "language": translation.language} | {
        table: values for table, values in said.items() if values
    }


def faults(data: Any, language: str, own: str) -> Iterator[RefusedError]:
    """Yield everything that is wrong with the plain data of a translation.

    Args:
        data: What the file holds.
        language: The tag in the name of the file.
        own: The language of the catalog, whose texts need no other words.
    """
    if not isinstance(data, dict):
        yield _no_table(data)
        return
    got = data.get("format", NOTHING)
    if type(got) is int and got > FORMAT:
        requirement = f"must be {FORMAT}; a newer supple may read it"
        yield RefusedError(requirement, path=".format", got=got)
        return
    yield from _unknown_keys(data, _KEYS)
    if got is NOTHING:
        yield RefusedError(f"must be given: format = {FORMAT}", path=".format")
    elif type(got) is not int or got != FORMAT:
        yield RefusedError(f"must be {FORMAT}", path=".format", got=got)
    if data.get("language", NOTHING) != language:
        requirement = f"must be {language!r}, the name of its file"
        yield RefusedError(requirement, path=".language", got=data.get("language", NOTHING))
    if language.lower() == own.lower() and data.get("texts"):
        yield RefusedError(f"{OWN_TEXTS}: change them in the catalog", path=".texts")
    else:
        yield from _faults_of_table(data, "texts", require_text)
    yield from _faults_of_table(data, "phrases", require_phrase, known=PHRASES)


def _faults_of_table(
    data: dict[str, Any],
    table: str,
    require: Callable[[object, object], object],
    *,
    known: tuple[str, ...] = (),
) -> Iterator[RefusedError]:
    """Yield what is wrong with a table of texts; where its keys are known, it has no others."""
    values = data.get(table, {})
    if not isinstance(values, dict):
        yield _no_table(values, f".{table}")
        return
    if known:
        yield from _unknown_keys(values, known, f".{table}")
    for key, value in values.items():
        try:
            if not known or key in known:
                require(key, value)
        except ModelError as error:
            word = key if known else show(key)
            yield RefusedError(error.requirement, path=f".{table}.{word}", got=value)


def _unknown_keys(
    table: dict[str, Any], known: tuple[str, ...], path: str = ""
) -> Iterator[RefusedError]:
    unknown = sorted(table.keys() - {*known})
    for key in unknown[:_UNKNOWN_KEYS_SHOWN]:
        hint = suggestion(close_matches(key, known), known)
        word = key if key.isidentifier() and key.isascii() else show(key)
        yield RefusedError(f"must be a known key{hint}", path=f"{path}.{word}")


def _no_table(got: object, path: str = "") -> RefusedError:
    return RefusedError("must be a table of keys and values", path=path, got=got)
