"""``supple fit``: a routine with its amounts chosen for a time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from supple.cli._command import (
    LEVEL,
    MINUTES,
    NUMBER,
    ROUTINE,
    WHICH,
    WRITTEN,
    UsageError,
    in_options,
    option,
    shown,
)
from supple.planning._usual import FIT_SLACK

if TYPE_CHECKING:
    from argparse import Namespace

    from supple.planning import Fitted

ABOUT = (
    "Choose repetitions, sets and hold seconds so that a routine takes a time, each inside the "
    "range that its author cites, and as evenly as can be. Where that cannot be done it says by "
    "how much it misses, and what would help."
)
ARGUMENTS = (
    ROUTINE,
    MINUTES,
    option(
        "--slack",
        "seconds that it may be shorter so that the amounts are more even",
        metavar="SECONDS",
        read=NUMBER,
        usual=FIT_SLACK,
    ),
    LEVEL,
    *WRITTEN,
    *WHICH,
)


def run(arguments: Namespace) -> int:
    """Fit a routine, show it, write it if asked, and return the exit status."""
    from attrs import evolve

    from supple import ModelError
    from supple.cli._lookup import find
    from supple.cli._routine_files import id_of, programme_in, write
    from supple.planning import fit

    found = find(arguments)
    routine = evolve(found.routine, id=id_of(arguments, found.thing.id))
    same = arguments.output and Path(arguments.output).resolve() == Path(arguments.name).resolve()
    if same and programme_in(arguments.name) is not None:
        requirement = "must be another file than that of the programme"
        raise UsageError(f"--output: {requirement} (got {shown(arguments.output)})")
    try:
        fitted = fit(routine, minutes=arguments.minutes, slack=arguments.slack, level=found.level)
    except ModelError as error:
        raise in_options(error, {}) from error
    _show(fitted)
    write(fitted, arguments)
    return 0


def _show(fitted: Fitted) -> None:
    from supple import dose_in_words
    from supple._phrases import phrases_of
    from supple._units import ms_to_clock
    from supple.cli._page import Page, screen_width

    page, phrases = Page(), phrases_of(fitted.routine)
    wanted = phrases.of_time.format(time=ms_to_clock(fitted.wanted_ms))
    page.title(ms_to_clock(fitted.duration_ms), wanted)
    places = fitted.routine.prescriptions
    wide = max(screen_width(place.exercise.name) for place in places)
    page.heading(phrases.how_far, "dim")
    for place, relative in zip(places, fitted.relative_doses, strict=True):
        name = place.exercise.name
        gap = " " * (wide - screen_width(name) + 2)
        share = f"{round(relative * 100):>4} %  "
        dose = dose_in_words(place, phrases=phrases)
        page.write((f"  {name}{gap}", "bold"), (share, "cyan"), (dose, ""))
