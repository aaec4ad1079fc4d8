"""``supple list``: the catalogs with their exercises and routines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supple.cli._command import CATALOG, JSON, LANGUAGE

if TYPE_CHECKING:
    from argparse import Namespace

    from supple import Catalog, Range

ABOUT = (
    "List the installed catalogs with their exercises and routines: what each is called, how "
    "much of it to do, and how long it takes."
)
ARGUMENTS = (CATALOG, LANGUAGE, JSON)

FORMAT = 1
"""The version of the JSON that is written."""

_FIELDS = ("name", "title", "version", "language", "languages", "summary")
_EXERCISE_FIELDS = ("id", "name", "kind", "position", "sides")


def run(arguments: Namespace) -> int:
    """List the catalogs, say which ones cannot be read, and return the exit status."""
    from supple.cli._lookup import catalogs, tell_language
    from supple.cli._streams import complain

    read, errors = catalogs(arguments.catalog, language=arguments.language)
    if arguments.json:
        import json

        print(json.dumps({"format": FORMAT, "catalogs": [_plain(each) for each in read]}))
    else:
        from supple.cli._showing import show_catalogs

        show_catalogs(read)
    for catalog in read:
        tell_language(catalog, arguments.language)
    for error in errors.values():
        complain(str(error))
    if errors:
        complain("to leave catalogs out, name them in SUPPLE_DISABLE_PLUGINS")
    return 1 if errors else 0


def _plain(catalog: Catalog) -> dict[str, Any]:
    """Return what a catalog holds as plain data."""
    from supple import Hold, dose_in_words, schedule

    def bounds(amount: Range) -> tuple[float, float]:
        return amount.low, amount.high

    return {
        **{field: getattr(catalog, field) for field in _FIELDS},
        "exercises": [
            {
                **{field: getattr(each, field) for field in _EXERCISE_FIELDS},
                "reps": bounds(each.reps),
                "sets": bounds(each.sets),
                "holds": [bounds(part.seconds) for part in each.cycle if isinstance(part, Hold)],
                "dose": dose_in_words(each),
            }
            for each in catalog.exercises.values()
        ],
        "routines": [
            {
                "id": each.id,
                "name": each.name,
                "exercises": [*each.exercises],
                "duration_ms": [schedule(each, level=level).duration_ms for level in (0, 1)],
            }
            for each in catalog.routines.values()
        ],
    }
