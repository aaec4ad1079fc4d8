"""Labels: the library's own words on pages and screens, in every language."""

from __future__ import annotations

import re
import string

import pytest
from attrs import fields

import supple
from supple import Exercise, Hold, PlayerState, Routine, Step
from supple._labels import Labels, labels_for
from supple._names import _NAMES, name_of
from supple.cli._playing.loop import help_in
from supple.cli._playing.screen import draw
from supple.cli._playing.view import View

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


def test_no_screen_of_a_player_is_english() -> None:
    """Whatever a player shows of a German routine, no English word of the library is in it."""
    steh = Step("Stell dich hin", until_ready=True, seconds=9)
    heben = Exercise(
        "heben",
        name="Heben",
        kind="mobility",
        position="standing",
        setup=[steh],
        cycle=[Hold("Arm {side} hoch", seconds=20)],
        reps=2,
        sets=2,
        sides="each",
        language="de",
    )
    timeline = supple.schedule(Routine("tag", name="Tag", items=[heben, heben]))
    shown = [
        text
        for at_ms in range(0, timeline.duration_ms + 1, 2_000)
        for state in (PlayerState.RUNNING, PlayerState.WAITING, PlayerState.PAUSED)
        for line in draw(
            View(
                timeline=timeline,
                moment=timeline.at(at_ms),
                state=state,
                speed=2,
                missed_ms=125_000,
            ),
            100,
            20,
            with_letters=False,
        )
        for text, _ in line
    ]
    notice = help_in(labels_for("de"))
    shown += [notice.title, notice.keys, *(word for point in notice.points for word in point)]
    assert "  Weiter mit der Leertaste" in shown
    words = set(re.findall(r"[^\W\d_]{2,}", " ".join(shown)))
    german = " ".join(str(getattr(labels_for("de"), name)) for name in WORDS)
    german += " ".join(str(each) for each in vars_of(supple._phrases.phrases_for("de")))
    german += "Tag Heben Stell dich hin Arm hoch Enter Ctrl"
    assert words <= set(re.findall(r"[^\W\d_]{2,}", german))


def vars_of(phrases: supple.Phrases) -> list[str]:
    """Return all that is said in a language."""
    return [getattr(phrases, field.name) for field in fields(supple.Phrases)]
