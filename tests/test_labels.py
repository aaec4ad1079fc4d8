"""Labels: the library's own words on pages and screens, in every language."""

from __future__ import annotations

import string

import pytest
from attrs import fields

import supple
from supple._labels import Labels, labels_for
from supple._names import _NAMES, name_of
from supple._phrases import ScreenWords, screen_words_for

WORDS = [field.name for field in fields(Labels) if field.name != "language"]
SYMBOLS = {"by_side", "hours", "minutes", "seconds"}
CLOSED = [
    word
    for words in (supple.BodyArea, supple.Equipment, supple.ExerciseKind, supple.DosePart)
    for word in words
]


def placeholders(text: str) -> set[str]:
    """Return the names in the braces of a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", ["de", "es"])
def test_every_language_is_complete(language: str) -> None:
    """Every label is said in words of its own, with the placeholders of the English one."""
    labels, english = labels_for(language), Labels()
    assert labels.language == language
    same = {name for name in WORDS if getattr(labels, name) == getattr(english, name)}
    assert same == SYMBOLS
    for name in WORDS:
        wanted, found = getattr(english, name), getattr(labels, name)
        assert placeholders(found) == placeholders(wanted), name


@pytest.mark.parametrize("language", ["de", "es"])
def test_every_closed_word_has_a_name(language: str) -> None:
    """Areas, equipment, kinds and parts of a dose are named in every language."""
    assert _NAMES[language].keys() == {word.value for word in CLOSED}
    assert name_of(supple.ExerciseKind.NERVE_GLIDE, "en") == "nerve glide"


@pytest.mark.parametrize("language", ["de", "es"])
def test_a_player_has_no_english_word(language: str) -> None:
    """Every word on the screen of a player is said in the language, but for names of keys."""
    words, english = screen_words_for(language), ScreenWords()
    names = [field.name for field in fields(ScreenWords)]
    same = {name for name in names if getattr(words, name) == getattr(english, name)}
    assert same <= {"do_seek", "enter"}
    for name in names:
        assert placeholders(getattr(words, name)) == placeholders(getattr(english, name)), name
