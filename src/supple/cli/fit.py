"""``supple fit``: a routine with its amounts chosen for a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple.cli._command import (
    LEVEL,
    MINUTES,
    OUTPUT,
    REPLACE,
    ROUTINE,
    WHICH,
    Command,
    UsageError,
    number,
    option,
)

if TYPE_CHECKING:
    from argparse import Namespace

    from supple import Phrases
    from supple.planning import Fitted

COMMAND = Command(
    "choose the amounts of a routine so that it takes a time",
    "Choose repetitions, sets and hold seconds so that a routine takes a time, each inside the "
    "range that its author cites, and as evenly as can be. Where that cannot be done it says by "
    "how much it misses, and what would help.",
    (
        ROUTINE,
        MINUTES,
        option(
            "--slack",
            "seconds that it may be shorter so that the amounts are more even; 5 where it is "
            "left out",
            metavar="SECONDS",
            type=lambda text: number("--slack", text),
            default=5,
        ),
        LEVEL,
        OUTPUT,
        REPLACE,
        *WHICH,
    ),
)


def run(arguments: Namespace) -> int:
    """Fit a routine, show it, write it if asked, and return the exit status."""
    from attrs import evolve

    from supple import Exercise, ModelError, Routine
    from supple.cli._lookup import find, nameable
    from supple.cli._planned import id_of, write
    from supple.planning import fit

    catalog, thing = find(arguments)
    if isinstance(thing, Exercise):
        thing = Routine(thing.id, name=thing.name, items=[thing])
    name = id_of(arguments, thing.id)
    try:
        fitted = fit(
            evolve(thing, id=name),
            minutes=arguments.minutes,
            slack=arguments.slack,
            level=arguments.level,
        )
    except ModelError as error:
        raise UsageError(f"--{str(error).removeprefix('fit.')}") from error
    _show(fitted, catalog.phrases)
    known = nameable(arguments, catalog)
    write(fitted.routine, arguments, known, catalog.phrases)
    return 0


def _show(fitted: Fitted, phrases: Phrases) -> None:
    from supple._dosing import dose_in_words
    from supple._units import ms_to_clock
    from supple.cli._page import Page, screen_width
    from supple.planning import prescriptions

    page = Page()
    page.title(
        ms_to_clock(fitted.duration_ms),
        phrases.of_time.format(time=ms_to_clock(fitted.wanted_ms)),
        None,
    )
    places = prescriptions(fitted.routine)
    wide = max(screen_width(place.exercise.name) for place in places)
    page.heading(phrases.how_far, "dim")
    for place, relative in zip(places, fitted.relative_doses, strict=True):
        name = place.exercise.name
        share = f"{round(relative * 100):>4} %"
        gap = " " * (wide - screen_width(name) + 2)
        page.write(
            (f"  {name}{gap}", "bold"),
            (f"{share}  ", "cyan"),
            (dose_in_words(place, phrases=phrases), ""),
        )
