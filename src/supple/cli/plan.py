"""``supple plan``: a routine composed from catalogs for a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple.cli._command import (
    CATALOG,
    LANGUAGE,
    LEVEL,
    MINUTES,
    OUTPUT,
    Command,
    UsageError,
    option,
    shown,
)

if TYPE_CHECKING:
    from argparse import Namespace

    from supple._labels import Labels
    from supple.planning import Plan


def _whole(flag: str, text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise UsageError(f"{flag}: must be a whole number (got {shown(text)})") from error


COMMAND = Command(
    "compose a routine for a time, and say why it is so",
    "Choose exercises for a time, inside the ranges that their authors cite, and say why each is "
    "there and why the others are not. Targets come first, then the time, then few changes of "
    "position. The same words give the same routine.",
    (
        MINUTES,
        option(
            "--target",
            "an area of the body to work, such as lower-back; may be given several times",
            dest="targets",
            action="append",
            default=[],
        ),
        option(
            "--avoid",
            "a position to avoid, such as kneeling, which avoids all-fours, too; may be given "
            "several times",
            metavar="POSITION",
            action="append",
            default=[],
        ),
        option(
            "--condition",
            "something that exercises may be advised against for; may be given several times",
            dest="conditions",
            action="append",
            default=[],
        ),
        option(
            "--equipment",
            "something that is there to be used; may be given several times",
            action="append",
            default=[],
        ),
        option(
            "--include",
            "the id of an exercise that must be there; may be given several times",
            metavar="EXERCISE",
            action="append",
            default=[],
        ),
        option(
            "--exclude",
            "the id of an exercise that must not; may be given several times",
            metavar="EXERCISE",
            action="append",
            default=[],
        ),
        option(
            "--max-changes",
            "how often the position may change; 8 where it is left out",
            metavar="COUNT",
            type=lambda text: _whole("--max-changes", text),
            default=8,
        ),
        option(
            "--seed",
            "a whole number: another one gives another routine where several are as good",
            metavar="NUMBER",
            type=lambda text: _whole("--seed", text),
            default=0,
        ),
        LEVEL,
        OUTPUT,
        CATALOG,
        LANGUAGE,
    ),
)


def run(arguments: Namespace) -> int:
    """Compose a routine, show it, write it if asked, and return the exit status."""
    from supple import ModelError
    from supple.cli._lookup import catalogs, tell_language
    from supple.cli._planned import id_of, write
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
            level=arguments.level,
            avoid_positions=arguments.avoid,
            conditions=arguments.conditions,
            equipment=arguments.equipment,
            include=arguments.include,
            exclude=arguments.exclude,
            max_changes=arguments.max_changes,
            seed=arguments.seed,
            id=id_of(arguments.output, "plan"),
        )
    except ModelError as error:
        raise UsageError(_in_options(error)) from error
    _show(plan)
    write(plan.routine, arguments.output, read, level=arguments.level)
    return 0


_TOLD_MS = 15_000
_OPTIONS = {
    "avoid_positions": "avoid",
    "conditions": "condition",
    "max_changes": "max-changes",
    "targets": "target",
}


def _in_options(error: Exception) -> str:
    """Name the option instead of the parameter."""
    where, _, rest = str(error).partition(": ")
    name = where.removeprefix("compose.").partition("[")[0]
    return f"--{_OPTIONS.get(name, name)}: {rest}"


def _show(plan: Plan) -> None:
    from supple._dosing import dose_in_words
    from supple._labels import labels_for
    from supple._phrases import phrases_for
    from supple._timeline.timing import Timing, prescribed
    from supple._units import ms_to_clock
    from supple.cli._exercise_page import names_of
    from supple.cli._page import Page
    from supple.planning import duration_ms
    from supple.planning._duration import Durations

    page, phrases = Page(), phrases_for(plan.routine.language)
    labels = labels_for(plan.routine.language)
    time = ms_to_clock(plan.duration_ms)
    wanted = labels.of_time.format(time=ms_to_clock(plan.wanted_ms))
    page.title(
        labels.estimated.format(time=time) if plan.estimated else time,
        f"{wanted}, {_changes(plan.changes, labels)}",
        None,
    )
    if plan.short_ms > _TOLD_MS:
        most = duration_ms(plan.routine, level=1, pacing=plan.pacing)
        left = labels.left_over.format(time=ms_to_clock(plan.short_ms))
        if most > plan.duration_ms:
            more = labels.more_takes.format(time=ms_to_clock(most), command="supple fit")
            left = f"{left} {more}"
        page.write((left, "yellow"))
    if plan.missing:
        missing = names_of(plan.missing, plan.routine.language)
        page.write((labels.not_covered.format(targets=missing), "yellow"))
    durations = Durations(Timing(plan.level, plan.pacing))
    position = None
    for id, exercise in plan.routine.exercises.items():
        if exercise.position is not position:
            position = exercise.position
            page.heading(phrases.position(position), "cyan")
        took = ms_to_clock(durations.exercise(prescribed(exercise)))
        page.write(
            (f"{took:>6}  ", "dim"),
            (exercise.name, "bold"),
            (f"  {dose_in_words(exercise, language=labels.language)}", ""),
        )
        page.write((" " * 8, ""), (plan.why(id), "dim"))
    left_out = [(f"{id}: {reason}",) for id, reason in plan.left_out.items()]
    page.points(labels.not_chosen, left_out)


def _changes(count: int, labels: Labels) -> str:
    few = {0: labels.one_position, 1: labels.one_change}
    return few.get(count, labels.changes.format(n=count))
