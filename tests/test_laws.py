"""The laws of a stream hold for every timeline, and each finds what breaks it."""

from __future__ import annotations

import copy
import pickle
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from supple import Catalog, Exercise, Hold, Routine, load_catalog, schedule
from supple._timeline.events import FACTS
from supple.export import event_lines
from supple.testing import strategies
from tests.laws import share
from tests.stream import broken_laws

if TYPE_CHECKING:
    from supple import Timeline

REACH = Exercise(
    "reach",
    name="Reach",
    kind="stretch",
    position="standing",
    sides="each",
    cycle=[Hold("Reach", seconds=2)],
)
TIMELINE = schedule(Routine("reach", items=[REACH]))
EVENTS: list[Any] = [
    SimpleNamespace(**{name: getattr(event, name) for name in FACTS}) for event in TIMELINE
]
KINDS = [event.kind.value for event in EVENTS]


def changed(event: Any, **facts: object) -> Any:
    """Return an event that says something else."""
    return SimpleNamespace(**{**vars(event), **facts})


def with_change(kind: str, **facts: object) -> list[Any]:
    """Return the events, the first one of a kind changed."""
    i = KINDS.index(kind)
    return [*EVENTS[:i], changed(EVENTS[i], **facts), *EVENTS[i + 1 :]]


def moved(kind: str, before: str) -> list[Any]:
    """Return the events, the first one of a kind moved to before the first one of another."""
    i, to = KINDS.index(kind), KINDS.index(before)
    others = [*EVENTS[:i], *EVENTS[i + 1 :]]
    to -= i < to
    return [*others[:to], EVENTS[i], *others[to:]]


def without(kind: str) -> list[Any]:
    """Return the events but for those of a kind, such as ``hold``."""
    return [event for event in EVENTS if not event.kind.startswith(kind)]


BROKEN: dict[str, tuple[list[Any], str]] = {
    "nothing": ([], "events: must not be empty"),
    "no start": (EVENTS[1:], "first event: must start the routine at 0 ms"),
    "no end": (EVENTS[:-1], "last event: must end the routine at 12000 ms"),
    "a late start": (
        with_change("routine.started", at_ms=1),
        "first event: must start the routine at 0 ms",
    ),
    "time that runs back": (
        with_change("hold.started", at_ms=0),
        "at_ms: must never decrease",
    ),
    "a start before an end": (
        moved("exercise.started", before="rest.ended"),
        "at_ms: must have ends before starts",
    ),
    "an end of nothing": (
        [EVENTS[0], EVENTS[-1], EVENTS[-1], *EVENTS[1:]],
        "end: must end what started last",
    ),
    "an end of something else": (
        with_change("hold.ended", text="Other"),
        "end: must end what started last",
    ),
    "a start without an end": (
        [event for event in EVENTS if event.kind != "routine.ended"],
        "start: must have an end",
    ),
    "a duration that is not the time": (
        [
            changed(event, duration_ms=1999) if event.kind.startswith("hold") else event
            for event in EVENTS
        ],
        "duration_ms: must be the time since the start",
    ),
    "a gap": (
        [event for event in EVENTS if event.why != "switch-sides"],
        "segment: must start at 7000 ms, where the last one ended",
    ),
    "a segment too few": (without("hold"), "segments: must fill 12000 ms (got 10000)"),
    "a cue at the start": (
        with_change("cue.countdown", at_ms=0),
        "cue: must lie inside its segment, alone at its instant",
    ),
    "a cue that comes twice": (
        [each for event in EVENTS for each in [event] * (1 + event.kind.is_cue)],
        "cue: must lie inside its segment, alone at its instant",
    ),
    "a cue that counts wrong": (
        with_change("cue.countdown", remaining_ms=1),
        "remaining_ms: must be 3000",
    ),
    "a counter beyond its total": (
        with_change("hold.started", rep=2),
        "rep: must be from 1 to 1",
    ),
    "a counter without a total": (
        with_change("routine.started", round=1),
        "round: must be from 1 to None",
    ),
    "sides that differ": (
        with_change("hold.started", duration_ms=1500),
        "reach: must be held equally long on both sides (got {'left': 1500, 'right': 2000} ms)",
    ),
}


@share(0.5)
@given(strategies.timelines())
def test_every_timeline_obeys(timeline: Timeline) -> None:
    """No law is broken by anything that can be scheduled."""
    uneven = {
        place.id
        for place in timeline.routine.prescriptions
        if place.side is not None or place.left is not None or place.right is not None
    }
    assert list(broken_laws(list(timeline), timeline.duration_ms, uneven=uneven)) == []


@pytest.mark.parametrize(("events", "broken"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_law_is_told(events: list[Any], broken: str) -> None:
    """What breaks a law is found by that law."""
    found = list(broken_laws(events, TIMELINE.duration_ms))
    assert any(each.startswith(broken) for each in found), found


# --- the catalogs that come with the library ------------------------------------------


@pytest.fixture(scope="module", params=["lower-back", "de"])
def catalog(request: pytest.FixtureRequest) -> Catalog:
    """Return the bundled catalog, in its own language and in another one."""
    language = None if request.param == "lower-back" else request.param
    return load_catalog("lower-back", language=language)


def test_the_bundled_catalog_is_the_same_again(catalog: Catalog) -> None:
    """Reading it again, copying it and sending it to another process give an equal catalog."""
    language = None if len(catalog.languages) > 1 else catalog.language
    for again in (
        load_catalog("lower-back", language=language),
        copy.copy(catalog),
        copy.deepcopy(catalog),
        pickle.loads(pickle.dumps(catalog)),  # noqa: S301 - its own
    ):
        assert again == catalog
        assert [*again.exercises] == [*catalog.exercises]
        assert [*again.routines] == [*catalog.routines]


@pytest.mark.parametrize("level", [0, 0.5, 1])
def test_the_bundled_catalog_obeys(catalog: Catalog, level: float) -> None:
    """Each routine and each exercise is a stream that breaks no law and survives its lines."""
    alone = (Routine(each.id, items=[each]) for each in catalog.exercises.values())
    for routine in (*catalog.routines.values(), *alone):
        timeline = schedule(routine, level=level, phrases=catalog.phrases)
        events = list(timeline)
        assert list(broken_laws(events, timeline.duration_ms)) == []
        assert [timeline[i] for i in range(len(timeline))] == events
        assert [event_lines.decode(event_lines.encode(each)) for each in events] == events
