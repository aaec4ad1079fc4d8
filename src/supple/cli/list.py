"""``supple list``: the catalogs with their exercises and routines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from supple import Hold
from supple.cli import _words as words
from supple.cli._lookup import catalogs
from supple.cli._streams import complain

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from supple import Catalog, Exercise, Range, Routine
    from supple.cli._page import Page

FORMAT = 1
"""The version of the JSON that this command writes."""


def run(arguments: Namespace) -> int:
    """List the catalogs, say which ones cannot be read, and return the exit status."""
    read, errors = catalogs(arguments.catalog, language=arguments.language)
    if arguments.json:
        _write_json(read)
    else:
        _write_pages(read)
    for error in errors.values():
        complain(str(error))
    if errors:
        complain("to leave catalogs out, name them in SUPPLE_DISABLE_PLUGINS")
    return 1 if errors else 0


def _write_json(read: Iterable[Catalog]) -> None:
    print(json.dumps({"format": FORMAT, "catalogs": [_catalog(each) for each in read]}))


def _catalog(catalog: Catalog) -> dict[str, Any]:
    return {
        "name": catalog.name,
        "title": catalog.title,
        "version": catalog.version,
        "language": catalog.language,
        "languages": catalog.languages,
        "summary": catalog.summary,
        "exercises": [_exercise(each) for each in catalog.exercises.values()],
        "routines": [_routine(each) for each in catalog.routines.values()],
    }


def _exercise(exercise: Exercise) -> dict[str, Any]:
    return {
        "id": exercise.id,
        "name": exercise.name,
        "kind": exercise.kind,
        "position": exercise.position,
        "sides": exercise.sides,
        "reps": _bounds(exercise.reps),
        "sets": _bounds(exercise.sets),
        "holds": [_bounds(each.seconds) for each in exercise.cycle if isinstance(each, Hold)],
        "dose": words.dose(exercise),
    }


def _routine(routine: Routine) -> dict[str, Any]:
    return {
        "id": routine.id,
        "name": routine.name,
        "exercises": [*routine.exercises],
        "duration_ms": words.durations_ms(routine),
    }


def _bounds(amount: Range) -> tuple[float, float]:
    return amount.low, amount.high


def _write_pages(read: Iterable[Catalog]) -> None:
    from supple.cli._page import Page

    page = Page()
    for i, catalog in enumerate(read):
        if i:
            page.write()
        _write_page(page, catalog)


def _write_page(page: Page, catalog: Catalog) -> None:
    from supple.cli._entries import Entries

    page.title(catalog.title, f"{catalog.name} {catalog.version}", catalog.summary)
    if len(catalog.languages) > 1:
        page.write((f"Languages: {', '.join(catalog.languages)}", "dim"))
    exercises, routines = catalog.exercises.values(), catalog.routines.values()
    entries = Entries(page, [*exercises, *routines])
    page.heading("Exercises")
    for exercise in exercises:
        entries.write(exercise, words.dose(exercise))
    if routines:
        page.heading("Routines")
    for routine in routines:
        entries.write(routine, words.span(*words.durations_ms(routine)))
