"""Catalogs with all that they hold, as pages to read or as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from supple import Hold, schedule
from supple._dosing import dose_in_words, span_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supple import Catalog, Exercise, Range, Routine
    from supple.cli._page import Page

FORMAT = 1
"""The version of the JSON that is written."""


def write_json(read: Iterable[Catalog]) -> None:
    """Write catalogs as one JSON document."""
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
        "dose": dose_in_words(exercise, language=exercise.language),
    }


def _routine(routine: Routine) -> dict[str, Any]:
    return {
        "id": routine.id,
        "name": routine.name,
        "exercises": [*routine.exercises],
        "duration_ms": durations_ms(routine),
    }


def _bounds(amount: Range) -> tuple[float, float]:
    return amount.low, amount.high


def write_pages(read: Iterable[Catalog]) -> None:
    """Write catalogs one after the other."""
    from supple.cli._page import Page

    page = Page()
    for i, catalog in enumerate(read):
        if i:
            page.write()
        _write_page(page, catalog)


def _write_page(page: Page, catalog: Catalog) -> None:
    from supple.cli._entries import Entries

    page.title(catalog.title, f"{catalog.name} {catalog.version}", catalog.summary)
    labels = catalog.phrases
    if len(catalog.languages) > 1:
        page.write((labels.languages.format(tags=", ".join(catalog.languages)), "dim"))
    exercises, routines = catalog.exercises.values(), catalog.routines.values()
    entries = Entries(page, [*exercises, *routines])
    page.heading(labels.exercises)
    for exercise in exercises:
        entries.write(exercise, dose_in_words(exercise, phrases=labels))
    if routines:
        page.heading(labels.routines)
    for routine in routines:
        entries.write(routine, span_in_words(*durations_ms(routine), labels))


def durations_ms(routine: Routine) -> tuple[int, int]:
    """Return how long a routine takes at the gentle end and at the full dose."""
    return schedule(routine).duration_ms, schedule(routine, level=1).duration_ms
