"""What the checks look at: a catalog, and its routines laid out in time."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from supple._errors import SuppleError
from supple._model import Routine
from supple._timeline.schedule import schedule
from supple.catalog._load import load_catalog

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from supple._timeline.timeline import Timeline
    from supple.catalog._catalog import Catalog

LEVELS: Final = (0, 0.5, 1)
MOST_EVENTS: Final = 100_000


class Subject:
    """The catalog that is checked, loaded once for all checks."""

    def __init__(self, name_or_path: str | os.PathLike[str]) -> None:
        self.name_or_path = name_or_path

    @cached_property
    def loaded(self) -> Catalog | SuppleError:
        """The catalog, or what keeps it from being loaded."""
        try:
            return load_catalog(self.name_or_path)
        except SuppleError as error:
            return error

    @property
    def is_loadable(self) -> bool:
        """Whether there is a catalog at all to check."""
        return not isinstance(self.loaded, SuppleError)

    @property
    def catalog(self) -> Catalog:
        """The catalog, in its own language.

        Raises:
            SuppleError: If it cannot be loaded.
        """
        if isinstance(self.loaded, SuppleError):
            raise self.loaded
        return self.loaded

    def in_every_language(self) -> Iterator[Catalog]:
        """Yield the catalog in each of its languages, but for those that cannot be read."""
        for language in self.catalog.languages:
            try:
                yield load_catalog(self.name_or_path, language=language)
            except SuppleError:
                continue  # another check reports it


def routines_of(catalog: Catalog) -> dict[str, Routine]:
    """Return the routines, and each exercise as a routine by itself, by what to call them."""
    alone = (Routine(each.id, items=[each]) for each in catalog.exercises.values())
    return {
        **{f"routine {each.id}": each for each in catalog.routines.values()},
        **{f"exercise {each.id}": each for each in alone},
    }


def timelines_of(catalog: Catalog) -> Iterator[tuple[str, Timeline]]:
    """Yield each routine at each level, if it can be walked in time, with what to call it."""
    for where, routine in routines_of(catalog).items():
        for level in LEVELS:
            timeline = schedule(routine, level=level, phrases=catalog.phrases)
            if timeline.count() <= MOST_EVENTS:
                yield f"{where} at level {level}", timeline
