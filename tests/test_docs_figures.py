"""A figure that people need to read where they are is that of the code, and no limit but there."""

from __future__ import annotations

import ast
import runpy
from io import BytesIO
from pathlib import Path

import pytest

import supple
from supple import AdviceTier, Pacing, Player, load_catalog, schedule
from supple._model.requirements import LONGEST_NAME
from supple._model.skeleton import CENTIMETRES
from supple._player.machine import RESTART_AFTER_MS
from supple._speech import _MS_PER_LETTER, WORDS_PER_MINUTE
from supple._units import LONGEST_SECONDS
from supple.cli._lookup import PATIENCE
from supple.cli._playing.parts import SEEK_SECONDS
from supple.export import html
from supple.export._sound._mix import FASTEST
from supple.export.event_lines import MOST_UNKNOWN
from supple.mqtt._answers import MOST_A_SECOND
from supple.planning._usual import FIT_SLACK, PLAN_SLACK
from supple.timers.live import ShardLimits
from supple.timers.live._tables import _ON_THE_SERVER

ROOT = Path(__file__).parents[1]
SOURCE = Path(supple.__path__[0])

BACK = load_catalog("lower-back")
DESK = [*ROOT.glob("examples/desk_break/src/*/exercises/*.toml")]
NUMBERS = "nought one two three four five six seven eight nine ten"
IN_WORDS = NUMBERS.split()
LANGUAGES = {"en": "English", "de": "German", "es": "Spanish"}

GAP_S = Player(schedule(BACK["bridge"])).gap_ms // 1000
RESTART_S = RESTART_AFTER_MS // 1000
OUTAGE = ShardLimits()


def kilobytes() -> int:
    """Return how large the page of a routine in all its languages is, to the nearest ten."""
    catalogs = [load_catalog("lower-back", language=each) for each in BACK.languages]
    timelines = [schedule(each.routines["lower-back"]) for each in catalogs]
    html.write(timelines[0], stream := BytesIO(), translations=timelines[1:])
    return round(len(stream.getvalue()), -4) // 1000


def languages() -> str:
    """Return the languages of the bundled catalog."""
    *others, last = sorted(LANGUAGES[tag] for tag in BACK.languages)
    return f"{', '.join(others)} and {last}"


FIGURES: dict[str, list[str]] = {
    "README.md": [
        f"{IN_WORDS[len(BACK)].capitalize()} lower-back exercises come with it",
        f"in {languages()}.",
    ],
    "SECURITY.md": [f"after {IN_WORDS[PATIENCE]} seconds, where the command line waits"],
    "docs/explanation/live.md": [
        f"after {str(_ON_THE_SERVER['idle_session_timeout']).strip('s')} seconds without a word"
    ],
    "docs/explanation/pitfalls.md": [f"late, {IN_WORDS[GAP_S]} seconds where nothing is said"],
    "docs/explanation/planning.md": [
        f"Why the slack of {IN_WORDS[FIT_SLACK]} seconds?",
        f"{IN_WORDS[FIT_SLACK].capitalize()} seconds of slack have",
        f"Up to {PLAN_SLACK} seconds may be left over",
    ],
    "docs/explanation/player.md": [f"the one before it in its first {RESTART_S} seconds"],
    "docs/explanation/time-and-dose.md": [
        f"One segment lasts at most {LONGEST_SECONDS // 3600} hours"
    ],
    "docs/explanation/what-it-is-not.md": [f"\n| `{tier}` |" for tier in AdviceTier],
    "docs/how-to/connect-home-assistant.md": [
        f"At most {IN_WORDS[MOST_A_SECOND]} such answers come a second"
    ],
    "docs/how-to/draw-a-pose.md": [f"about {CENTIMETRES:g} cm"],
    "docs/how-to/drive-a-timer.md": [f"less often than every {IN_WORDS[GAP_S]} seconds"],
    "docs/how-to/listen-with-a-locked-phone.md": [f"little time: up to {FASTEST}."],
    "docs/how-to/narrate-a-routine.md": [
        f"at {WORDS_PER_MINUTE} words a minute and {_MS_PER_LETTER} ms a letter"
    ],
    "docs/how-to/send-a-routine-as-one-file.md": [f"it is about {kilobytes()} KB"],
    "docs/how-to/survive-crashes.md": [
        f"`gap_ms` ({GAP_S} s unless set)",
        f"`outage_ms` ({OUTAGE.outage_ms // 60_000} minutes)",
        {24: "`unattended_ms` (a day)"}[OUTAGE.unattended_ms // 3_600_000],
    ],
    "docs/how-to/use-the-command-line.md": [
        f"within its first {RESTART_S} seconds the one before",
        f"go {SEEK_SECONDS} seconds back or ahead",
    ],
    "docs/how-to/write-a-catalog.md": [
        f"at most {IN_WORDS[WORDS_PER_MINUTE // 60]} words a second",
        f"{IN_WORDS[len(DESK)]} exercises for a chair",
    ],
    "docs/reference/event-lines.md": [
        f"of at most {LONGEST_NAME} characters",
        f"at most {MOST_UNKNOWN} of them",
    ],
    "docs/tutorial/first-routine.md": [
        f"In the last {IN_WORDS[max(Pacing().countdown)]} seconds of a hold or a rest"
    ],
    "src/supple/_player/player.py": [
        f"within its first {RESTART_S} seconds the one before",
        f"counts towards the {RESTART_S} seconds",
    ],
}
"""By its page, what stands there with a figure of the code."""


@pytest.mark.parametrize("page", FIGURES)
def test_a_page_has_the_figures_of_the_code(page: str) -> None:
    """What a page says with a figure is true."""
    path = SOURCE.parent / page.removeprefix("src/") if page.startswith("src") else ROOT / page
    text = path.read_text(encoding="utf-8")
    assert [said for said in FIGURES[page] if said not in text] == []


def test_no_docstring_repeats_a_limit() -> None:
    """The figure of a limit stands on the page of limits, and its constant has it."""
    limits = runpy.run_path(str(ROOT / "docs" / "_ext" / "limits.py"))
    found = {figure for table in limits["TABLES"] for _, figure in limits["rows"](table)}
    figures = {figure for figure in found if "," in figure}
    figures |= {figure.replace(",", "") for figure in figures} - {"1000"}  # as milliseconds are
    documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    repeated = [
        f"{path.name}: {figure}"
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, documented) and (said := ast.get_docstring(node))
        for figure in figures & {*said.partition(">>>")[0].replace(".", " ").split()}
    ]
    assert repeated == []
