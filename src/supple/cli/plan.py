"""``supple plan``: a routine composed from catalogs for a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple.cli._command import (
    CATALOG,
    HOW_MUCH,
    LANGUAGE,
    MINUTES,
    WHOLE,
    WRITTEN,
    in_options,
    level,
    option,
    several,
)
from supple.planning._usual import CHANGES, PLAN_SLACK

if TYPE_CHECKING:
    from argparse import Namespace

    from supple.planning import Plan

ABOUT = (
    "Choose exercises for a time, inside the ranges that their authors cite, and say why each is "
    "there and why the others are not. Targets come first, then the time, then few changes of "
    "position. The same words give the same routine."
)
ARGUMENTS = (
    MINUTES,
    several("--target", "an area of the body to work, such as lower-back", dest="targets"),
    several(
        "--avoid",
        "a position to avoid, such as kneeling, which avoids all-fours, too",
        metavar="POSITION",
    ),
    several(
        "--condition", "something that exercises may be advised against for", dest="conditions"
    ),
    several("--equipment", "something that is there to be used"),
    several("--include", "the id of an exercise that must be there", metavar="EXERCISE"),
    several("--exclude", "the id of an exercise that must not", metavar="EXERCISE"),
    option(
        "--max-changes",
        "how often the position may change",
        metavar="COUNT",
        read=WHOLE,
        usual=CHANGES,
    ),
    option(
        "--seed",
        "a whole number: another one gives another routine where several are as good",
        metavar="NUMBER",
        read=WHOLE,
        default=0,
    ),
    level(HOW_MUCH),
    *WRITTEN,
    CATALOG,
    LANGUAGE,
)

_OPTIONS = {"avoid_positions": "avoid", "conditions": "condition", "targets": "target"}
"""The options that are not called as the parameters that they are."""


def run(arguments: Namespace) -> int:
    """Compose a routine, show it, write it if asked, and return the exit status."""
    from supple import ModelError
    from supple.cli._lookup import catalogs, tell_language
    from supple.cli._routine_files import id_of, write
    from supple.cli._streams import complain
    from supple.planning import compose

    read, unreadable = catalogs(arguments.catalog, language=arguments.language)
    for error in unreadable.values():
        complain(str(error))
    for catalog in read:
        tell_language(catalog, arguments.language)
    try:
        plan = compose(
            read,
            minutes=arguments.minutes,
            targets=arguments.targets,
            level=arguments.level or 0,
            avoid_positions=arguments.avoid,
            conditions=arguments.conditions,
            equipment=arguments.equipment,
            include=arguments.include,
            exclude=arguments.exclude,
            max_changes=arguments.max_changes,
            seed=arguments.seed,
            id=id_of(arguments, "plan"),
        )
    except ModelError as error:
        raise in_options(error, _OPTIONS) from error
    _show(plan)
    write(plan, arguments)
    return 0


def _show(plan: Plan) -> None:
    from supple import dose_in_words
    from supple._model.exercise import prescribed
    from supple._phrases import phrases_of
    from supple._timeline.timing import Timing
    from supple._units import ms_to_clock, seconds_to_ms
    from supple.cli._page import Page
    from supple.planning import duration_ms
    from supple.planning._duration import Durations

    page, phrases = Page(), phrases_of(plan.routine)
    time = ms_to_clock(plan.duration_ms)
    wanted = phrases.of_time.format(time=ms_to_clock(plan.wanted_ms))
    few = {0: phrases.one_position, 1: phrases.one_change}
    changes = few.get(plan.changes, phrases.changes.format(n=plan.changes))
    told = phrases.estimated.format(time=time) if plan.is_estimated else time
    page.title(told, f"{wanted}, {changes}")
    if plan.short_ms > seconds_to_ms(PLAN_SLACK):
        most = duration_ms(plan.routine, level=1, pacing=plan.pacing)
        left = phrases.left_over.format(time=ms_to_clock(plan.short_ms))
        if most > plan.duration_ms:
            more = phrases.more_takes.format(time=ms_to_clock(most), command="supple fit")
            left = f"{left} {more}"
        page.write((left, "yellow"))
    if plan.missing:
        missing = phrases.names_of(plan.missing)
        page.write((phrases.not_covered.format(targets=missing), "yellow"))
    durations = Durations(Timing(plan.level, plan.pacing))
    position = None
    for id, exercise in plan.routine.exercises.items():
        if exercise.position is not position:
            position = exercise.position
            page.heading(phrases.name_of(position), "cyan")
        took = ms_to_clock(durations.exercise(prescribed(exercise)))
        dose = dose_in_words(exercise, phrases=phrases)
        page.write((f"{took:>6}  ", "dim"), (exercise.name, "bold"), (f"  {dose}", ""))
        page.write((" " * 8, ""), (plan.why(id), "dim"))
    page.points(phrases.not_chosen, ([f"{id}: {why}"] for id, why in plan.left_out.items()))
