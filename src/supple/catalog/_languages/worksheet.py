"""The file of a translation as somebody fills it in: every text beside what it is to be called.

What is translated stays, with the notes above it. What is still to be written has empty quotation
marks. A text that has changed has its former translation above it, and what the catalog no longer
has stands at the end, as a note.
"""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any

from supple._errors import close_matches
from supple._phrases import GROUPS, Phrases, phrases_for
from supple.catalog._catalog import advice_of
from supple.catalog._format import FORMAT
from supple.catalog._languages.reword import texts_of
from supple.catalog._languages.translations import Gaps

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


class Worksheet:
    """What there is to translate into a language, and the file for it.

    Args:
        catalog: The catalog.
        translations: Its translations, by their lower-case tags.
        language: The tag of the language.
        before: What stands in the file of that language now.
        known: Phrases of that language, by their ids. Those that the catalog lacks are ``taken``.
    """

    def __init__(
        self,
        catalog: Catalog,
        translations: Mapping[str, TranslationFile],
        language: str,
        before: str,
        known: Mapping[str, str],
    ) -> None:
        self._catalog = catalog
        self._texts = texts_of(catalog)
        self.gaps = Gaps(catalog, self._texts, translations, language)
        missing = self.gaps.missing_phrases
        self.taken = {name: known[name] for name in missing if name in known}
        self._notes, remembered = _read(before)
        self._former = self._become(remembered)

    @property
    def content(self) -> str:
        """What is to stand in the file."""
        return "\n".join([*self._lines(), ""])

    @property
    def changed(self) -> int:
        """How many of the texts that are missing have changed since they were translated."""
        return len(self._former.keys() - {None})

    def _lines(self) -> Iterator[str]:
        yield f"format = {FORMAT.version}"
        yield f"language = {_quoted(self.gaps.own.language)}"
        if self.gaps.texts:
            yield from ("", "[texts]", *_ABOUT.splitlines())
            seen: set[str] = set()
            for heading, texts in self._sections():
                fresh = [text for text in dict.fromkeys(texts) if text not in seen]
                seen.update(fresh)
                if fresh:
                    yield from ("", _HEADING + heading, "")
                for text in fresh:
                    yield from self._text(text)
            if None in self._former:
                yield from ("", _HEADING + _END, "")
                yield from (f"{_WAS}{each}" for each in self._former[None])
        yield from ("", "[phrases]", *_ABOUT_PHRASES.splitlines())
        for group in GROUPS:
            yield from ("", _HEADING + group.about, "")
            for name in group.english:
                yield from self._phrase(name)

    def _sections(self) -> Iterator[tuple[str, list[str]]]:
        """Yield every text of the catalog below the heading of what it belongs to."""
        catalog = self._catalog
        yield "the catalog", [catalog.title, *([catalog.summary] if catalog.summary else [])]
        yield "advice, the mildest first", [each.text for each in advice_of(catalog)]
        for exercise in catalog.exercises.values():
            yield exercise.id, [*texts_of(exercise)]
        yield "routines and all else", [*self._texts]

    def _text(self, text: str) -> Iterator[str]:
        yield from self._notes.get(("texts", text), ())
        yield from (f"{_WAS}{each}" for each in self._former.get(text, ()))
        said = next((each.texts[text] for each in self.gaps.said if text in each.texts), "")
        is_own = text in self.gaps.own.texts or not said
        yield f"{'' if is_own else '# '}{_quoted(text)} = {_quoted(said)}"

    def _phrase(self, name: str) -> Iterator[str]:
        yield from self._notes.get(("phrases", name), ())
        said = next((each.phrases[name] for each in self.gaps.said if name in each.phrases), "")
        if not said and not self.gaps.phrases:
            said = phrases_for(self.gaps.language)[name]
        is_own = name in self.gaps.own.phrases or not said
        said = said or self.taken.get(name, "")
        english = Phrases.english[name]
        yield f"{'' if is_own else '# '}{name} = {_quoted(said)}  # {english}"

    def _become(self, remembered: dict[str, str]) -> dict[str | None, list[str]]:
        """Return what was translated by the missing text that it may have become, else ``None``.

        What has been translated anew since is forgotten.
        """
        unused = {text: self.gaps.own.texts[text] for text in self.gaps.unused}
        texts = self._texts
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
