"""Doses and durations in words."""

from typing import Any

import pytest

from supple import Exercise, Hold, Step
from supple.cli import _words as words

STEP, HOLD, LONGER = Step("Go"), Hold("Stay", seconds=(5, 10)), Hold("Stay", seconds=20)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"cycle": [STEP]}, "once"),
        ({"cycle": [STEP], "reps": 8}, "8 times"),
        ({"cycle": [STEP], "reps": (8, 10)}, "8–10 times"),
        ({"cycle": [HOLD]}, "hold 5–10 s"),
        ({"cycle": [HOLD, STEP, HOLD]}, "hold 5–10 s"),
        ({"cycle": [HOLD, LONGER], "reps": 3}, "3 × hold 5–10 s and 20 s"),
        ({"cycle": [HOLD], "reps": (8, 10), "sides": "each"}, "8–10 × hold 5–10 s, each side"),
        ({"cycle": [STEP], "sides": "alternate"}, "once, each side"),
        ({"cycle": [STEP], "sets": (2, 3), "reps": 8}, "2–3 sets of 8"),
        ({"cycle": [HOLD], "sets": 2}, "2 sets of 1 × hold 5–10 s"),
    ],
)
def test_dose(given: dict[str, Any], said: str) -> None:
    """A dose is said with what matters of it only."""
    assert (
        words.dose(Exercise("x", name="X", kind="stretch", position="standing", **given)) == said
    )


def test_dose_of_a_prescription() -> None:
    """What a routine prescribes goes before what the exercise says."""
    exercise = Exercise("x", name="X", kind="stretch", position="standing", cycle=[HOLD], reps=3)
    assert words.dose(exercise.with_dose(reps=(5, 8), hold=7.5)) == "5–8 × hold 7.5 s"


@pytest.mark.parametrize(
    ("ms", "said"),
    [
        (0, "0 s"),
        (500, "500 ms"),
        (1_500, "1 s 500 ms"),
        (60_000, "1 min"),
        (60_500, "1 min"),
        (386_000, "6 min 26 s"),
        (3_600_000, "1 h"),
        (3_661_000, "1 h 1 min"),
        (90_000_000, "1 d 1 h"),
        (86_400_000 * 12_345, "12,345 d"),
    ],
)
def test_duration(ms: int, said: str) -> None:
    """A duration is said in its two largest units, rounded down."""
    assert words.duration(ms) == said


def test_span() -> None:
    """Two durations that read the same are said once."""
    assert words.span(60_000, 90_000) == "1 min – 1 min 30 s"
    assert words.span(60_000, 60_000) == "1 min"
