"""The file of a translation as somebody fills it in: every text beside what it is to be called.

What is translated stays, with the notes above it. What is still to be written has empty quotation
marks. A text that has changed has its former translation above it, and what the catalog no longer
has stands at the end, as a note.
"""

from __future__ import annotations

import json
import tomllib
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from attrs import frozen

from supple._errors import close_matches
from supple._phrases import GROUPS, Phrases, fallbacks, phrases_for
from supple.catalog._format import FORMAT
from supple.catalog._languages.gaps import gaps_in
from supple.catalog._languages.reword import advice_of, texts_of
from supple.catalog._languages.translation import PHRASES, Translation
from supple.catalog._languages.translations import lookup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from supple.catalog._catalog import Catalog
    from supple.catalog._languages.translations import TranslationFile

_WAS = "# was: "
_HEADING = "# --- "
_END = "what the catalog no longer has"
_ABOUT = """\
# On the left stands each text as the catalog has it: leave it as it is.
# On the right, between the quotation marks, write it in this language.
# {side} becomes left or right; for other forms of it write both: {left form|right form}.
"""
_ABOUT_PHRASES = """\
# What supple itself says, with the English behind it. What stands in braces, such as {n}, is
# filled in later: put it where the sentence wants it, as it is.
"""


@frozen(kw_only=True)
class Worksheet:
    """What there is to translate into a language, and the file for it.

    Args:
        file: The file in the folder of the catalog.
        content: What is to stand in it.
        texts: How many texts the catalog has, none in its own language.
        texts_left: How many of them are still to be translated.
        phrases: How many phrases of the library there are to translate, none where it speaks
            the language.
        phrases_left: How many of them are still to be translated.
        changed: How many of the texts that are left have changed since they were translated.
        taken: How many phrases are taken from elsewhere.
    """

    file: str
    content: str
    texts: int
    texts_left: int
    phrases: int
    phrases_left: int
    changed: int
    taken: int


def worksheet(
    catalog: Catalog,
    translations: Mapping[str, TranslationFile],
    language: str,
    before: str = "",
    known: Mapping[str, str] = MappingProxyType({}),
) -> Worksheet:
    """Return what there is to translate, and what is translated already.

    Args:
        catalog: The catalog.
        translations: Its translations, by their lower-case tags.
        language: The tag of the language.
        before: What stands in the file of that language now.
        known: Phrases of that language, by their ids, to be taken where the catalog lacks them.
    """
    return _Worksheet(catalog, translations, language, before, known).whole()


class _Worksheet:
    def __init__(
        self,
        catalog: Catalog,
        translations: Mapping[str, TranslationFile],
        language: str,
        before: str,
        known: Mapping[str, str],
    ) -> None:
        self.catalog = catalog
        self.gaps = gaps_in(catalog, texts_of(catalog), translations, language)
        tags = [tag for tag in lookup(language, catalog.language) if tag in translations]
        self.said = [translations[tag].translation for tag in tags]
        found = translations.get(language.lower())
        self.own = Translation(language) if found is None else found.translation
        self.language = self.own.language
        missing = self.gaps.missing_phrases
        self.taken = {name: known[name] for name in missing if name in known}
        self.notes, remembered = _read(before)
        self.former = self._former(remembered)
        self.is_spoken = phrases_for(language).language in fallbacks(language)
        self.has_texts = catalog.language.lower() not in lookup(language, catalog.language)

    def whole(self) -> Worksheet:
        texts = texts_of(self.catalog) if self.has_texts else ()
        return Worksheet(
            file=self.gaps.file,
            content="\n".join([*self._lines(), ""]),
            texts=len(texts),
            texts_left=len(self.gaps.missing),
            phrases=0 if self.is_spoken else len(PHRASES),
            phrases_left=len(self.gaps.missing_phrases) - len(self.taken),
            changed=len({text for text in self.former if text is not None}),
            taken=len(self.taken),
        )

    def _lines(self) -> Iterator[str]:
        yield f"format = {FORMAT}"
        yield f"language = {_quoted(self.language)}"
        if self.has_texts:
            yield from ("", "[texts]", *_ABOUT.splitlines())
            seen: set[str] = set()
            for heading, texts in self._sections():
                fresh = [text for text in dict.fromkeys(texts) if text not in seen]
                seen.update(fresh)
                if fresh:
                    yield from ("", _HEADING + heading, "")
                for text in fresh:
                    yield from self._text(text)
            if None in self.former:
                yield from ("", _HEADING + _END, "")
                yield from (f"{_WAS}{each}" for each in self.former[None])
        yield from ("", "[phrases]", *_ABOUT_PHRASES.splitlines())
        for group in GROUPS:
            yield from ("", _HEADING + group.about, "")
            for name in group.english:
                yield from self._phrase(name)

    def _sections(self) -> Iterator[tuple[str, list[str]]]:
        """Yield every text of the catalog below the heading of what it belongs to."""
        catalog = self.catalog
        yield "the catalog", [catalog.title, *([catalog.summary] if catalog.summary else [])]
        yield "advice, the mildest first", [each.text for each in advice_of(catalog)]
        for exercise in catalog.exercises.values():
            yield exercise.id, [*texts_of(exercise)]
        yield "routines and all else", [*texts_of(catalog)]

    def _text(self, text: str) -> Iterator[str]:
        yield from self.notes.get(("texts", text), ())
        yield from (f"{_WAS}{each}" for each in self.former.get(text, ()))
        said = next((each.texts[text] for each in self.said if text in each.texts), "")
        is_own = text in self.own.texts or not said
        yield f"{'' if is_own else '# '}{_quoted(text)} = {_quoted(said)}"

    def _phrase(self, name: str) -> Iterator[str]:
        yield from self.notes.get(("phrases", name), ())
        said = next((each.phrases[name] for each in self.said if name in each.phrases), "")
        if not said and self.is_spoken:
            said = phrases_for(self.language)[name]
        is_own = name in self.own.phrases or not said
        said = said or self.taken.get(name, "")
        english = Phrases.english[name]
        yield f"{'' if is_own else '# '}{name} = {_quoted(said)}  # {english}"

    def _former(self, remembered: dict[str, str]) -> dict[str | None, list[str]]:
        """Return what was translated, by the missing text that it has most likely become.

        What has become of it is unknown under ``None``. What has been translated anew since is
        forgotten.
        """
        unused = {text: self.own.texts[text] for text in self.gaps.unused}
        texts = texts_of(self.catalog)
        found: dict[str | None, list[str]] = {}
        for text, said in (remembered | unused).items():
            close = close_matches(text, self.gaps.missing)
            is_translated = not close and text not in unused and close_matches(text, texts)
            if text not in texts and not is_translated:
                line = f"{_quoted(text)} = {_quoted(said)}"
                found.setdefault(close[0] if close else None, []).append(line)
        return found


def _read(before: str) -> tuple[dict[tuple[str, str], list[str]], dict[str, str]]:
    """Return the notes above each key of a file, by its table, and what its notes remember."""
    notes: dict[tuple[str, str], list[str]] = {}
    remembered: dict[str, str] = {}
    table, above = "", []
    for line in before.split("\n"):  # a note may hold separators that TOML does not know
        bare = line.strip()
        if bare.startswith(_WAS):
            remembered |= _assigned(bare.removeprefix(_WAS))
        elif bare.startswith("#"):
            if not (_is_ours(bare) or _assigned(bare.removeprefix("#").strip())):
                above.append(bare)
        elif bare:
            for key in _assigned(bare):
                notes[table, key] = above
            above = []
            table = bare.strip("[] ") if bare.startswith("[") else table
    return notes, remembered


def _is_ours(line: str) -> bool:
    return line.startswith(_HEADING) or line in (_ABOUT + _ABOUT_PHRASES).splitlines()


def _assigned(line: str) -> dict[str, Any]:
    """Return the text that a line gives to a key, or nothing."""
    try:
        found = tomllib.loads(line)
    except (ValueError, RecursionError):  # a note may hold anything, such as endless brackets
        return {}
    return {key: each for key, each in found.items() if isinstance(each, str)}


def _quoted(text: str) -> str:
    """Return a text as TOML has it; in one line without control characters it is as in JSON."""
    return json.dumps(text, ensure_ascii=False)
