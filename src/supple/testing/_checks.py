"""The checks of a catalog: what each asks for, why, and what to do where it finds something."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from supple._errors import CatalogError, SuppleError, show
from supple._model import AdviceTier, Circuit, DosePart, Hold, Prescription, Sides
from supple._model.sided import is_sided
from supple._speech import WORDS_PER_MINUTE, speaking_ms
from supple._timeline.events import RestReason
from supple._timeline.schedule import schedule
from supple._units import LONGEST_SECONDS, MS_PER_SECOND
from supple.catalog._languages.gaps import check_translations
from supple.catalog._load import load_catalog
from supple.export import event_lines
from supple.testing._laws import broken_laws
from supple.testing._report import report
from supple.testing._subject import MOST_EVENTS, Subject, routines_of, timelines_of

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    from supple._model import Range, RoutineItem
    from supple.catalog._catalog import Catalog

MOST_FINDINGS: Final = 20

_NEEDED_TIERS: Final = (AdviceTier.STOP, AdviceTier.EMERGENCY)


@frozen
class Check:
    """One thing that a catalog is checked for.

    Attributes:
        id: What it is called, such as ``dose-has-source``.
        reason: Why a catalog should pass it.
        remedy: What to do where it does not.
    """

    id: str
    reason: str = field(kw_only=True)
    remedy: str = field(kw_only=True)
    _find: Callable[[Subject], Iterator[str]] = field(kw_only=True, repr=False)

    def findings(self, name_or_path: str | os.PathLike[str]) -> tuple[str, ...]:
        """Return everything that it finds wrong with a catalog; nothing where that passes.

        Args:
            name_or_path: The name of an installed catalog, or a path, as for
                :func:`supple.load_catalog`.

        Raises:
            SuppleError: If the catalog cannot be loaded. ``catalog-loads`` reports that
                instead.

        >>> CHECKS["dose-has-source"].findings("lower-back")
        ()
        """
        return self.findings_in(Subject(name_or_path))

    def findings_in(self, subject: Subject) -> tuple[str, ...]:
        """Return everything that it finds wrong with a catalog that may be loaded already."""
        return tuple(dict.fromkeys(self._find(subject)))

    def report(self, findings: tuple[str, ...]) -> str:
        """Return findings as a text to read, with the reason and the remedy."""
        return report(self, findings, most=MOST_FINDINGS)


# --- the catalog as a whole ----------------------------------------------------------


def _loads(subject: Subject) -> Iterator[str]:
    if isinstance(subject.loaded, CatalogError):
        yield from map(str, subject.loaded.problems)
    elif isinstance(subject.loaded, SuppleError):
        yield str(subject.loaded)


def _reads_the_same(subject: Subject) -> Iterator[str]:
    again = load_catalog(subject.name_or_path)
    if again != subject.catalog:
        yield "catalog: must be equal when it is read again"
    for what in ("exercises", "routines", "advice"):
        first, second = (list(getattr(each, what)) for each in (subject.catalog, again))
        if first != second:
            yield f"{what}: must come in the same order again (got {show(second)})"


def _can_be_copied(subject: Subject) -> Iterator[str]:
    copies: dict[str, Callable[[Catalog], Catalog]] = {
        "copy.copy": copy.copy,
        "copy.deepcopy": copy.deepcopy,
        "pickle": lambda catalog: pickle.loads(pickle.dumps(catalog)),  # noqa: S301 - its own
    }
    for way, copied in copies.items():
        if copied(subject.catalog) != subject.catalog:
            yield f"{way}: must make an equal catalog"


def _are_in_order(subject: Subject) -> Iterator[str]:
    # Files come in the order of their names, in which the dot of the suffix counts.
    ordered = sorted(subject.catalog, key=lambda id: f"{id}.")
    for found, expected in zip(subject.catalog, ordered, strict=True):
        if found != expected:
            yield f"exercise {expected}: must stand before {found}"
            return


def _has_stop_and_emergency(subject: Subject) -> Iterator[str]:
    for tier in _NEEDED_TIERS:
        if not subject.catalog.advice[tier]:
            yield f"advice: must have at least one piece of the tier {tier}"


# --- the exercises -------------------------------------------------------------------


def _has_cautions(subject: Subject) -> Iterator[str]:
    for exercise in subject.catalog.exercises.values():
        if not exercise.cautions:
            yield f"exercise {exercise.id}: cautions: must not be empty"


def _has_source(subject: Subject) -> Iterator[str]:
    for exercise in subject.catalog.exercises.values():
        parts = {
            DosePart.REPS: True,
            DosePart.SETS: True,
            DosePart.HOLD: exercise.has_hold,
            DosePart.REST: exercise.rest is not None,
        }
        given = {part for source in exercise.sources for part in source.gives}
        for part, is_there in parts.items():
            if is_there and part not in given:
                yield f"exercise {exercise.id}: {part}: must have a source that gives it"
        if DosePart.HOLD in given and not exercise.has_hold:
            yield f"exercise {exercise.id}: hold: must be given by no source, for there is none"


def _names_the_side(subject: Subject) -> Iterator[str]:
    for exercise in subject.catalog.exercises.values():
        if exercise.sides is not Sides.NONE and not any(
            is_sided(segment.text) for segment in exercise.cycle
        ):
            yield f"exercise {exercise.id}: cycle: must say {{side}} in at least one text"


def _has_alt(subject: Subject) -> Iterator[str]:
    for exercise in subject.catalog.exercises.values():
        for i, picture in enumerate(exercise.pictures):
            path = PurePosixPath(picture.path)
            names = {picture.path, path.name, path.stem, exercise.name, exercise.id}
            if picture.alt.casefold() in {name.casefold() for name in names}:
                yield (
                    f"exercise {exercise.id}: pictures[{i}].alt: must say what the picture "
                    f"shows, not what it is called (got {show(picture.alt)})"
                )


# --- the routines, and every exercise as a routine by itself -------------------------


def _is_in_range(subject: Subject) -> Iterator[str]:
    for id, routine in subject.catalog.routines.items():
        for item in _prescriptions(routine.items):
            for part, narrow, wide in _amounts(item):
                if not wide.low <= narrow.low <= narrow.high <= wide.high:
                    yield (
                        f"routine {id}: {item.exercise.id}: {part}: must lie within {wide}, the "
                        f"dose of the exercise (got {narrow})"
                    )


def _prescriptions(items: Iterable[RoutineItem]) -> Iterator[Prescription]:
    for item in items:
        if isinstance(item, Circuit):
            yield from _prescriptions(item.items)
        elif isinstance(item, Prescription):
            yield item


def _amounts(item: Prescription) -> Iterator[tuple[DosePart, Range, Range]]:
    """Yield the amounts that a prescription changes, with those of the exercise."""
    exercise = item.exercise
    yield DosePart.REPS, item.reps, exercise.reps
    yield DosePart.SETS, item.sets, exercise.sets
    if item.rest is not None and exercise.rest is not None:
        yield DosePart.REST, item.rest, exercise.rest
    for ours, theirs in zip(item.cycle, exercise.cycle, strict=True):
        if isinstance(ours, Hold) and isinstance(theirs, Hold):
            yield DosePart.HOLD, ours.seconds, theirs.seconds


def _ends_in_a_day(subject: Subject) -> Iterator[str]:
    most_ms = LONGEST_SECONDS * MS_PER_SECOND
    for where, routine in routines_of(subject.catalog).items():
        timeline = schedule(routine, level=1)
        if timeline.duration_ms > most_ms:
            yield f"{where}: must last at most {most_ms} ms (got {timeline.duration_ms})"
        if timeline.count() > MOST_EVENTS:
            yield f"{where}: must have at most {MOST_EVENTS} events (got {timeline.count()})"


def _obeys_laws(subject: Subject) -> Iterator[str]:
    for where, timeline in timelines_of(subject.catalog):
        events = list(timeline)
        for broken in broken_laws(events, timeline.duration_ms):
            yield f"{where}: {broken}"
        if len(events) != len(timeline) or events != [timeline[i] for i in range(len(timeline))]:
            yield f"{where}: timeline[i]: must be event number i of the stream"


def _reads_back(subject: Subject) -> Iterator[str]:
    for where, timeline in timelines_of(subject.catalog):
        for event in timeline:
            line = event_lines.encode(event)
            try:
                read = event_lines.decode(line)
            except SuppleError as error:
                yield f"{where}: {line}: must be readable, but {error}"
                continue
            if read != event:
                yield f"{where}: {line}: must give an equal event (got {read!r})"


def _fits_its_time(subject: Subject) -> Iterator[str]:
    for catalog in subject.in_every_language():
        shortest: dict[tuple[str, str], int] = {}
        for where, timeline in timelines_of(catalog):
            for segment in timeline.segments():
                # What the person ends takes as long as it takes, and most rests are ours.
                if not segment.open and segment.why in {None, RestReason.REST}:
                    place = f"{where.partition(' at level ')[0]}: {segment.kind}"
                    key, ms = (place, segment.text), segment.duration_ms
                    shortest[key] = min(ms, shortest.get(key, ms))
        for (place, text), ms in shortest.items():
            needed = speaking_ms(text)
            if needed > ms:
                yield (
                    f"{place}: must be said within {ms} ms "
                    f"(got {show(text)}, which takes about {needed})"
                )


def _is_complete(subject: Subject) -> Iterator[str]:
    try:
        found = check_translations(subject.name_or_path)
    except CatalogError as error:
        yield from map(str, error.problems)
        return
    for tag, gaps in found.items():
        yield from (f"{tag}: must translate {show(text)}" for text in gaps.missing)
        yield from (f"{tag}: must have the phrase {name}" for name in gaps.missing_phrases)
        yield from map(str, gaps.unused)


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        check.id: check
        for check in (
            Check(
                "catalog-loads",
                reason="What cannot be read helps nobody, and one wrong value hides the rest.",
                remedy="Correct each place that is named. The name of the entry point is the "
                "name in catalog.toml; after a change of it, install the package again.",
                find=_loads,
            ),
            Check(
                "catalog-reads-the-same",
                reason="A person who opens a routine again expects the same routine.",
                remedy="Let nothing write to the catalog's folder while it is read.",
                find=_reads_the_same,
            ),
            Check(
                "catalog-can-be-copied",
                reason="Programs send catalogs to other processes and keep copies.",
                remedy="Nothing in a catalog's data can cause this: report it to supple.",
                find=_can_be_copied,
            ),
            Check(
                "exercises-are-in-order",
                reason="Lists are sorted by file name, so a file named otherwise than its "
                "exercise puts it where nobody looks.",
                remedy="Name each file in exercises/ after the id in it, such as knee-rolls.toml.",
                find=_are_in_order,
            ),
            Check(
                "exercise-has-cautions",
                reason="Hardly any movement suits everybody, and people who should take care "
                "must be able to read so first.",
                remedy="List in cautions who should take care, and of what.",
                find=_has_cautions,
            ),
            Check(
                "exercise-names-the-side",
                reason="Who listens with closed eyes hears which side is meant only if the text "
                "says so.",
                remedy="Write {side} into a step or a hold of the cycle, or take sides away.",
                find=_names_the_side,
            ),
            Check(
                "dose-has-source",
                reason="A reader can judge a dose only by where it comes from.",
                remedy='Name each part in the gives of a source, such as gives = ["reps"]. Mark '
                "your own choice with is_default = true.",
                find=_has_source,
            ),
            Check(
                "routine-dose-in-range",
                reason="The sources of an exercise vouch for its own dose, and for no other.",
                remedy="Narrow the dose in the routine, or widen that of the exercise and give "
                "the source.",
                find=_is_in_range,
            ),
            Check(
                "advice-has-stop-and-emergency",
                reason="People must know when to stop, and when to get help at once.",
                remedy='Add [[advice]] with tier = "stop" and with tier = "emergency" to '
                "catalog.toml.",
                find=_has_stop_and_emergency,
            ),
            Check(
                "picture-has-alt",
                reason="Who does not see a picture needs to be told what it shows.",
                remedy="Say in alt what a person in the picture does.",
                find=_has_alt,
            ),
            Check(
                "routine-ends-in-a-day",
                reason="What lasts for days is a slip of the pen, and no timer can be tried on "
                "it.",
                remedy="Look for a number of reps, sets, rounds or seconds that is too large.",
                find=_ends_in_a_day,
            ),
            Check(
                "events-obey-laws",
                reason="A timer relies on what starts to end, on time that is filled, and on "
                "sides that are equal.",
                remedy="Nothing in a catalog's data can cause this: report it to supple.",
                find=_obeys_laws,
            ),
            Check(
                "event-lines-read-back",
                reason="Other programs get each event as a line of JSON and must understand it.",
                remedy="Nothing in a catalog's data can cause this: report it to supple.",
                find=_reads_back,
            ),
            Check(
                "text-fits-its-time",
                reason=f"A voice that is still speaking when the next thing starts is in the "
                f"way. Speech has at most {WORDS_PER_MINUTE} words a minute.",
                remedy="Shorten the text, or give the step, the hold or the rest more seconds.",
                find=_fits_its_time,
            ),
            Check(
                "translation-is-complete",
                reason="Who asks for a language gets the rest in another one, in mid-sentence.",
                remedy="Translate each text that is named, under the very text that the catalog "
                "has, and take away what has no such text any more.",
                find=_is_complete,
            ),
        )
    }
)
"""Every check by its id, in the order in which they run."""
