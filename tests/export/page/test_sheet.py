"""The sheet: whatever a routine may be made of, in words."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from supple import (
    Circuit,
    Dose,
    Exercise,
    Frequency,
    Hold,
    Prescription,
    Rest,
    Routine,
    Step,
    load_catalog,
    schedule,
)
from supple._dosing import dose_in_words, duration_in_words
from supple._phrases import phrases_for
from supple.export import html
from supple.export._page.streams import labels_of

EN = phrases_for("en")


def exercise(name: str = "Reach", **given: Any) -> Exercise:
    """Return an exercise; where nothing else is said, a hold of four seconds."""
    about = {"kind": "stretch", "position": "standing", "cycle": [Hold("Keep", seconds=4)]}
    return Exercise(name.lower(), name=name, **(about | given))


def words_of(routine: Routine) -> str:
    """Return what the sheet of a routine says."""
    page = html.page(schedule(routine))
    [main] = re.findall(r"<main.*?</main>", page, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_whatever_a_routine_is_made_of() -> None:
    """Circuits, rests, what is needed, how often, notes, and steps until ready are there."""
    bend = exercise(
        "Bend",
        sides="each",
        first_side="right",
        equipment=["wall", "a red chair"],
        contraindications=["Not with a fresh wound."],
        cycle=[Step("Bend to the {side}", until_ready=True), Hold("Keep", seconds=4)],
    )
    routine = Routine(
        "day",
        items=[
            Circuit([exercise(), Rest(5)], rounds=(2, 3), rest=10),
            Circuit([exercise()], rounds=1),
            Rest((10, 20), text="Drink"),
            Prescription(bend, note="Gently today", load="2 kg"),
        ],
        frequency=Frequency(times_a_day=(1, 2)),
    )
    words = words_of(routine)
    for each in (
        "1–2 times a day",
        "What you need: wall, a red chair",
        "2–3 rounds, rest 10 s between rounds 1 Reach hold 4 s",
        "Rest, 5 s",
        "1 round 1 Reach",
        "Drink, 10–20 s",
        "hold 4 s, each side, with 2 kg",
        "Bend to the right until you are ready",
        "first right, then the same left",
        "Gently today",
        "Who should not do it Not with a fresh wound. 2",
    ):
        assert each in words


def test_a_bare_routine_has_no_empty_heading() -> None:
    """What there is nothing of has no heading either."""
    words = words_of(Routine("day", items=[exercise()]))
    assert words == (f"day 9 s 1 Reach hold 4 s standing Keep 4 s {EN.disclaimer} {EN.made_with}")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "2 × hold 4 s, each side"),
        ({"side": "right"}, "2 × hold 4 s, right only"),
        ({"left": Dose(reps=5)}, "left 5 × hold 4 s; right 2 × hold 4 s"),
        ({"dose": Dose(reps=1, sets=3)}, "3 sets: hold 4 s, each side"),
    ],
)
def test_doses_of_sides(given: dict[str, Any], words: str) -> None:
    """One side alone, and a dose for each, are said as such."""
    bend = exercise("Bend", sides="each", reps=2)
    assert dose_in_words(Prescription(bend, **given)) == words


def test_doses_without_a_hold_and_long_times() -> None:
    """Without a hold the repetitions are counted, and times are rounded to what counts."""
    walk = exercise("Walk", cycle=[Step("Go", seconds=2)])
    assert dose_in_words(walk) == "once"
    assert dose_in_words(walk.with_dose(reps=(2, 3))) == "2–3 times"
    assert duration_in_words(3_600_000 * 30, EN) == "30 h"
    assert duration_in_words(3_600_000 * 1_830, EN) == "1\u00a0830 h"
    assert duration_in_words(3_600_000 * 2 + 90_000, EN) == "2 h 2 min"


def test_a_single_pose_is_one_picture() -> None:
    """An exercise that keeps one pose has one picture, and the player has it, too."""
    poses = load_catalog("lower-back").poses.values()
    lying = exercise(cycle=[Hold("Lie still", seconds=4, pose="lying")]).with_poses(poses)
    page = html.page(schedule(Routine("day", items=[lying])))
    assert page.count('role="img"') == 1
    assert page.count("<symbol ") == 1
    assert '"moves":[[0,0,0]]' in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Space: pause, go on · ← →: back, skip · Enter: I am ready"),
        ("de", "Leertaste: anhalten, weiter · ← →: zurück, auslassen · Enter: ich bin so weit"),
        ("es", "Espacio: pausa, seguir · ← →: atrás, saltar · Intro: ya está"),
    ],
)
def test_keys_are_told_in_the_words_of_the_buttons(language: str, words: str) -> None:
    """What a key does has the name of the button that does the same."""
    assert labels_of(phrases_for(language))["keys"] == words
