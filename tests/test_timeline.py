"""The stream of events: equal to a second reading of the rules, lawful, lazy, exact."""

from __future__ import annotations

import copy
import hashlib
import json
import os
import pickle
import subprocess
import sys
import tracemalloc
from collections import Counter, deque
from datetime import timedelta
from itertools import islice, pairwise, product
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis import given, strategies as st

from supple import (
    Circuit,
    Dose,
    Event,
    EventKind,
    Exercise,
    Hold,
    Mark,
    ModelError,
    Pacing,
    Prescription,
    Range,
    Rest,
    RestReason,
    Routine,
    Segment,
    SegmentKind,
    Side,
    Step,
    TimelineError,
    TimelineIndexError,
    UnknownNameError,
    schedule,
)
from supple._timeline.events import FACTS as EVENT_FACTS, NOT_COUNTED, event_at
from supple._timeline.kinds import EventKindWord
from supple._timeline.layout import Span, of_kind
from supple._timeline.segments import MOST_LAID
from supple._timeline.timeline import MOST_SLICED
from supple.testing import strategies as public
from tests import oracle, strategies as my
from tests.laws import hold_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from supple import RoutineItem, Timeline
    from supple._model.words import SidesWord
    from tests.oracle import Facts

NO_PAUSES = Pacing(
    get_ready=0,
    transition=0,
    position_change=0,
    switch_sides=0,
    between_sets=0,
    countdown=(),
    halfway=None,
)
MOST = 10**12


def expand(timeline: Timeline) -> list[Facts]:
    """List what the timeline should say."""
    return oracle.expand(timeline.routine, level=timeline.level, pacing=timeline.pacing)


def said(events: Iterable[Event]) -> list[Facts]:
    """List what the library's events say."""
    return [oracle.said_by(event) for event in events]


def instants_of(events: Iterable[Event]) -> list[int]:
    """Return every instant at which something happens, and those a millisecond away."""
    at = {event.at_ms + by for event in events for by in (-1, 0, 1)}
    return sorted({*at, -(10**15), 10**15})


def hold(seconds: float = 1, text: str = "Keep") -> Hold:
    """Return a hold."""
    return Hold(text, seconds=seconds)


def exercise(name: str = "reach", **given: Any) -> Exercise:
    """Return an exercise; where nothing else is said, a second's hold."""
    described = {"kind": "stretch", "position": "standing", "cycle": [hold()], **given}
    return Exercise(name, name=name.title(), **described)


def routine(*items: RoutineItem) -> Routine:
    """Return a routine of items."""
    return Routine("daily", items=items)


# --- the laws: a timeline is drawn once and held to every one of them


class Drawn(NamedTuple):
    """A timeline, and what a walk through it yields."""

    timeline: Timeline
    events: list[Event]
    segments: list[Segment]
    data: st.DataObject


def equals_the_oracle(drawn: Drawn) -> None:
    """Every event says what a plain reading of the rules says, in every respect."""
    assert said(drawn.events) == expand(drawn.timeline)


def segments_equal_the_oracle(drawn: Drawn) -> None:
    """Every segment says what a plain reading of the rules says, in every respect."""
    assert [oracle.held_by(segment) for segment in drawn.segments] == oracle.segments(
        expand(drawn.timeline)
    )


def offsets_never_decrease(drawn: Drawn) -> None:
    """`at_ms` never decreases, from `routine.started` at 0 to `routine.ended` at the end."""
    events, end_ms = drawn.events, drawn.timeline.duration_ms
    assert all(one.at_ms <= other.at_ms for one, other in pairwise(events))
    assert (events[0].kind, events[0].at_ms) == (EventKind.ROUTINE_STARTED, 0)
    assert (events[-1].kind, events[-1].at_ms) == (EventKind.ROUTINE_ENDED, end_ms)


def starts_and_ends_nest(drawn: Drawn) -> None:
    """What starts ends, the innermost first; at one instant the ends come before the starts."""
    running: list[Event] = []
    last_start = -1
    for event in drawn.events:
        if event.kind.is_start:
            running.append(event)
            last_start = event.at_ms
        elif event.kind.is_end:
            started = running.pop()
            assert event.at_ms > last_start
            assert event.at_ms - started.at_ms == event.duration_ms
            same = {"at_ms": 0, "kind": f"{started.kind.value.removesuffix('started')}ended"}
            assert {**oracle.said_by(started), **same} == {**oracle.said_by(event), "at_ms": 0}
        else:
            assert event.kind.is_cue
            assert running[-1].kind.value in {"step.started", "hold.started", "rest.started"}
    assert running == []


def cues_lie_strictly_inside(drawn: Drawn) -> None:
    """A cue lies inside its segment and says what is left; no two share an instant."""
    cues: set[int] = set()
    for event in drawn.events:
        if event.kind.is_cue:
            moment = drawn.timeline.at(event.at_ms)
            assert moment.elapsed_ms > 0
            assert event.remaining_ms == moment.remaining_ms > 0
            assert event.at_ms not in cues
            cues.add(event.at_ms)


def segments_tile_the_timeline(drawn: Drawn) -> None:
    """Segments follow each other without gap or overlap and add up to the duration."""
    end = 0
    for segment in drawn.segments:
        assert segment.start_ms == end
        assert segment.duration_ms > 0
        end = segment.end_ms
    assert end == drawn.timeline.duration_ms


def left_is_held_as_long_as_right(drawn: Drawn) -> None:
    """The time of left and right is equal, in holds and in steps, unless one is prescribed."""
    if any(has_a_side_of_its_own(item) for item in drawn.timeline.routine.items):
        return
    worked: Counter[tuple[str | None, SegmentKind, Side | None]] = Counter()
    for segment in drawn.segments:
        worked[segment.exercise, segment.kind, segment.side] += segment.duration_ms
    for name in drawn.timeline.routine.exercises:
        for kind in SegmentKind:
            assert worked[name, kind, Side.LEFT] == worked[name, kind, Side.RIGHT]


def has_a_side_of_its_own(item: RoutineItem) -> bool:
    """Tell whether somewhere in an item one side is prescribed otherwise than the other."""
    if isinstance(item, Circuit):
        return any(has_a_side_of_its_own(each) for each in item.items)
    return isinstance(item, Prescription) and (
        item.side is not None or item.left is not None or item.right is not None
    )


def length_is_the_number_of_events(drawn: Drawn) -> None:
    """`len` and `count` tell how many events there are, of every kind and in all."""
    timeline = drawn.timeline
    assert len(timeline) == timeline.count() == len(drawn.events)
    counted = Counter(event.kind for event in drawn.events)
    for kind in EventKind:
        assert timeline.count(kind) == timeline.count(kind.value) == counted[kind]


def index_is_the_place_in_the_stream(drawn: Drawn) -> None:
    """`timeline[i]` is the i-th event, and `timeline[-i]` the i-th from the end."""
    timeline, events = drawn.timeline, drawn.events
    assert [timeline[i] for i in range(len(events))] == events
    assert [timeline[i] for i in range(-len(events), 0)] == events
    assert list(reversed(timeline)) == events[::-1]


def events_between_two_instants(drawn: Drawn) -> None:
    """`events(t, u)` are those from t up to, but not at, u."""
    timeline, events = drawn.timeline, drawn.events
    instants = st.sampled_from(instants_of(events))
    for _ in range(10):
        t, u = drawn.data.draw(instants), drawn.data.draw(instants)
        assert list(timeline.events(t, u)) == [event for event in events if t <= event.at_ms < u]
        assert list(timeline.events(t)) == [event for event in events if t <= event.at_ms]
        assert list(timeline.events(to_ms=u)) == [
            event for event in events if 0 <= event.at_ms < u
        ]


def a_moment_anywhere(drawn: Drawn) -> None:
    """`at` finds the segment of an instant, how far it is, and what comes next."""
    timeline, segments = drawn.timeline, drawn.segments
    for i, segment in enumerate(segments):
        middle = (segment.start_ms + segment.end_ms) // 2
        for ms in {segment.start_ms, segment.start_ms + 1, middle, segment.end_ms - 1}:
            if ms == segment.end_ms:  # of a segment of one millisecond
                continue
            moment = timeline.at(ms)
            assert moment.at_ms == ms
            assert moment.segment == segment
            assert moment.next == (segments[i + 1] if i + 1 < len(segments) else None)
            assert moment.elapsed_ms == ms - segment.start_ms
            assert moment.remaining_ms == segment.end_ms - ms > 0


def the_moment_of_the_end(drawn: Drawn) -> None:
    """At the very end the last segment is over and nothing comes next."""
    last = drawn.segments[-1]
    moment = drawn.timeline.at(drawn.timeline.duration_ms)
    assert moment.segment == last
    assert moment.next is None
    assert (moment.elapsed_ms, moment.remaining_ms) == (last.duration_ms, 0)


def poses_are_those_of_a_walk(drawn: Drawn) -> None:
    """A segment starts in the last pose that its exercise has named, on the side of that."""
    segments = iter(drawn.segments)
    known: tuple[str, Side | None] | None = None
    for event in drawn.events:
        if event.kind in {"exercise.started", "exercise.ended"}:
            known = None
        elif event.kind in {"step.started", "hold.started", "rest.started"}:
            segment = next(segments)
            moment = drawn.timeline.at(event.at_ms)
            assert segment.pose_before == moment.pose_before == known
            if segment.pose is not None:
                known = segment.pose, segment.side
            assert segment.pose_after == moment.pose_after == known
            sent = pickle.dumps(drawn.timeline.at(event.at_ms).segment)  # nobody has asked it
            for other in (copy.copy(segment), pickle.loads(sent)):  # noqa: S301 - our own
                assert other == segment
                assert other.pose_before == segment.pose_before


def finding_the_nth_of_a_kind(drawn: Drawn) -> None:
    """`find` gives the number of the n-th event of a kind, also counted from the end."""
    timeline, events = drawn.timeline, drawn.events
    for kind in EventKind:
        numbers = [i for i, event in enumerate(events) if event.kind is kind]
        assert [timeline.find(kind, nth=n) for n in range(len(numbers))] == numbers
        assert [timeline.find(kind.value, nth=n) for n in range(-len(numbers), 0)] == numbers
        if numbers:
            assert timeline.find(kind) == numbers[0]
        for id_ in timeline.routine.exercises:
            of_it = [i for i in numbers if events[i].exercise == id_]
            if of_it:
                assert timeline.find(kind, exercise=id_) == of_it[0]
                assert timeline.find(kind, exercise=id_, nth=-1) == of_it[-1]
            else:
                with pytest.raises(TimelineIndexError):
                    timeline.find(kind, exercise=id_)


def exercises_come_with_what_leads_up_to_them(drawn: Drawn) -> None:
    """`exercises` tells where each begins and ends, and where what leads up to it begins."""
    timeline, events = drawn.timeline, drawn.events
    starts = [event for event in events if event.kind == "exercise.started"]
    ends_ms = [event.at_ms for event in events if event.kind == "exercise.ended"]
    spans = timeline.exercises
    assert len(spans) == len(starts)
    assert [each.started for each in spans] == starts
    assert [each.start_ms for each in spans] == [event.at_ms for event in starts]
    assert [each.end_ms for each in spans] == ends_ms
    assert [each.lead_in_ms for each in spans] == [0, *ends_ms[:-1]]
    assert [spans.over_ms(n) for n in range(len(starts) + 1)] == [0, *ends_ms]
    n = drawn.data.draw(st.integers(-len(starts), len(starts) - 1))
    assert spans[n] == list(spans)[n]
    ms = drawn.data.draw(st.integers(0, timeline.duration_ms))
    assert spans.at(ms) == next((each for each in spans if ms < each.end_ms), spans[-1])


def the_same_gives_the_same(drawn: Drawn) -> None:
    """The same routine, level and pacing give equal streams, also from copies of them."""
    one = drawn.timeline
    given_routine, level, pacing = pickle.loads(  # noqa: S301 - our own
        pickle.dumps((one.routine, one.level, one.pacing))
    )
    other = schedule(given_routine, level=level, pacing=pacing)
    assert one == other
    assert hash(one) == hash(other)
    assert list(one) == list(other) == drawn.events
    assert [repr(event) for event in other] == [repr(event) for event in drawn.events]


def equal_timelines_have_equal_fingerprints(drawn: Drawn) -> None:
    """The same routine, level and pacing have the same fingerprint, also after a journey."""
    timeline = drawn.timeline
    again = schedule(timeline.routine, level=timeline.level, pacing=timeline.pacing)
    assert again.fingerprint == timeline.fingerprint
    for other in (
        copy.deepcopy(timeline),
        pickle.loads(pickle.dumps(timeline)),  # noqa: S301 - our own
    ):
        assert other.fingerprint == timeline.fingerprint
        assert other == timeline
        assert hash(other) == hash(timeline)


def slices_are_those_of_a_list(drawn: Drawn) -> None:
    """A slice of a timeline is that of the list of its events."""
    bounds = st.integers(-len(drawn.events) - 2, len(drawn.events) + 2) | st.none()
    for _ in range(10):
        start, stop = drawn.data.draw(bounds), drawn.data.draw(bounds)
        step = drawn.data.draw(
            st.sampled_from([1, -1, 2, 3, -2]) | bounds.filter(lambda step: step != 0)
        )
        wanted = drawn.events[start:stop:step]
        assert drawn.timeline[start:stop:step] == tuple(wanted)


def rows_are_the_facts(drawn: Drawn) -> None:
    """A row has the facts of an event as plain values, whatever the columns."""
    columns = drawn.data.draw(st.lists(st.sampled_from([*EVENT_FACTS]), unique=True) | st.none())
    names = [*EVENT_FACTS] if columns is None else columns
    wanted = [tuple(getattr(event, name) for name in names) for event in drawn.events if names]
    rows = list(drawn.timeline.rows(columns))
    assert rows == wanted
    assert {type(value) for row in rows for value in row} <= {int, str, bool, type(None)}


def everything_is_plain_values_too(drawn: Drawn) -> None:
    """Events, segments and moments are plain dicts that JSON takes and gives back."""
    for event in drawn.events:
        said = event.as_dict()
        assert json.loads(json.dumps(said)) == said
        assert said == {
            name: value
            for name in EVENT_FACTS
            if (value := getattr(event, name)) is not None and value is not False
        }
    for segment, after in zip(drawn.segments, [*drawn.segments[1:], None], strict=True):
        said = segment.as_dict()
        assert all(getattr(segment, name) == value for name, value in said.items())
        moment = drawn.timeline.at(segment.start_ms).as_dict()
        assert json.loads(json.dumps(moment)) == moment
        assert moment == {
            "at_ms": segment.start_ms,
            "elapsed_ms": 0,
            "remaining_ms": segment.duration_ms,
            "segment": said,
            "next": after and after.as_dict(),
        }


def what_is_under_way_is_what_has_not_ended(drawn: Drawn) -> None:
    """In any place the spans that are open, and the counts before it, are those of a walk."""
    root = drawn.timeline._root
    places = drawn.data.draw(st.sets(st.integers(0, len(drawn.events) - 1), max_size=20))
    kind = drawn.data.draw(st.sampled_from(EventKind))
    counted = of_kind(kind)
    count = 0
    running: list[tuple[int, Event]] = []
    for i, event in enumerate(drawn.events):
        if i in places:
            spans: list[Span] = []
            root.open_up(i, 0, 0, NOT_COUNTED, spans)
            assert [(s.number, s.start_ms, s.end_ms, s.content, s.counters) for s in spans] == [
                (n, one.at_ms, one.at_ms + (one.duration_ms or 0), one._content, one._counters)
                for n, one in running
            ]
            assert root.count_before(counted, i) == count
            assert root.rank(event.at_ms) == sum(one.at_ms < event.at_ms for one in drawn.events)
        if event.kind.is_start:
            running.append((i, event))
        elif event.kind.is_end:
            running.pop()
        count += event.kind is kind


LAWS: list[Callable[[Drawn], None]] = [
    equals_the_oracle,
    segments_equal_the_oracle,
    offsets_never_decrease,
    starts_and_ends_nest,
    cues_lie_strictly_inside,
    segments_tile_the_timeline,
    left_is_held_as_long_as_right,
    length_is_the_number_of_events,
    index_is_the_place_in_the_stream,
    events_between_two_instants,
    a_moment_anywhere,
    the_moment_of_the_end,
    poses_are_those_of_a_walk,
    finding_the_nth_of_a_kind,
    exercises_come_with_what_leads_up_to_them,
    the_same_gives_the_same,
    equal_timelines_have_equal_fingerprints,
    slices_are_those_of_a_list,
    rows_are_the_facts,
    everything_is_plain_values_too,
    what_is_under_way_is_what_has_not_ended,
]


@given(my.timelines, st.data())
def test_the_laws(timeline: Timeline, data: st.DataObject) -> None:
    """Every timeline keeps every law; a failure names the one that is broken."""
    drawn = Drawn(timeline, list(timeline), list(timeline.segments()), data)
    for law in LAWS:
        hold_to(law, drawn)


@given(public.prescriptions(), st.sampled_from([*Side, None]), my.levels, my.pacings())
def test_prescriptions_equal_the_oracle(
    given: Prescription, only: Side | None, level: float, pacing: Pacing
) -> None:
    """One side alone, a dose for each and the side that comes first are as the rules say."""
    if only is not None and given.sides:
        given = evolve(given, side=only, left=None, right=None, first_side=None)
    timeline = schedule(in_english(given), level=level, pacing=pacing)
    assert said(timeline) == expand(timeline)


@pytest.mark.parametrize("sides", ["alternate", "each"])
@pytest.mark.parametrize("switch_soon", [None, 2])
def test_every_few_repetitions_and_sets_on_two_sides(
    sides: SidesWord, switch_soon: float | None
) -> None:
    """Whichever side comes first, and however often each comes, it is as the rules say."""
    pacing = evolve(NO_PAUSES, switch_sides=3, switch_soon=switch_soon)
    few = (1, 2, 3)
    for first, *amounts in product(Side, few, few, few, few):
        left, right = (
            Dose(reps=amounts[0], sets=amounts[1]),
            Dose(reps=amounts[2], sets=amounts[3]),
        )
        bent = exercise(sides=sides, cycle=[hold(5)], rest=0)
        both = Prescription(bent, left=left, right=right, first_side=first)
        timeline = schedule(both, pacing=pacing)
        assert said(timeline) == expand(timeline)


@pytest.mark.parametrize(("seconds", "cues"), [(4, [2000]), (3.999, [])])
def test_a_side_is_announced_where_there_is_time(seconds: float, cues: list[int]) -> None:
    """The change of sides is announced in what is twice as long as that, and not below."""
    bent = exercise(sides="each", cycle=[hold(seconds)])
    timeline = schedule(bent, pacing=evolve(NO_PAUSES, switch_soon=2))
    assert [each.at_ms for each in timeline if each.kind == "cue.switch-soon"] == cues


def in_english(item: Prescription) -> Prescription:
    """Return a prescription in the language of the oracle."""
    return evolve(item, exercise=evolve(item.exercise, language="en"))


# --- laws of two timelines


def scaled(value: Any, k: int) -> Any:
    """Return a model value without cues, whose every time is k times as long."""
    changed: dict[str, Any]
    match value:
        case None:
            return None
        case Range():
            return Range(times_k(value.low, k), times_k(value.high, k))
        case Pacing():
            pauses = ("get_ready", "transition", "position_change", "switch_sides", "between_sets")
            changed = {name: times_k(getattr(value, name), k) for name in (*pauses, "step")}
            changed |= {"countdown": (), "halfway": None, "switch_soon": None}
        case Rest():
            changed = {"seconds": scaled(value.seconds, k)}
        case Step() | Hold():
            changed = {"seconds": scaled(value.seconds, k), "marks": (), "breath": None}
        case Dose():
            changed = {"hold": scaled(value.hold, k), "rest": scaled(value.rest, k)}
        case Prescription():
            parts = ("exercise", "dose", "left", "right")
            changed = {name: scaled(getattr(value, name), k) for name in parts}
        case Exercise():
            changed = {
                name: [scaled(segment, k) for segment in getattr(value, name)]
                for name in ("setup", "cycle", "finish")
            }
            changed["rest"] = scaled(value.rest, k)
        case Circuit():
            items = [scaled(item, k) for item in value.items]
            return Circuit(items, rounds=value.rounds, rest=scaled(value.rest, k))
        case _:
            changed = {"items": [scaled(item, k) for item in value.items]}
    return evolve(value, **changed)


def times_k(seconds: float, k: int) -> float:
    """Return k times as many seconds, exact to the millisecond."""
    return round(seconds * 1000) * k / 1000


@given(my.routines.map(my.single), my.levels, my.pacings(), st.integers(1, 7))
def test_scaling_durations_scales_offsets(
    given_routine: Routine, level: float, pacing: Pacing, k: int
) -> None:
    """Where there are no cues and no ranges, k times as long everywhere is k times as late."""
    short = said(schedule(scaled(given_routine, 1), level=level, pacing=scaled(pacing, 1)))
    long = said(schedule(scaled(given_routine, k), level=level, pacing=scaled(pacing, k)))
    assert long == [
        {**event, "at_ms": event["at_ms"] * k, "duration_ms": event["duration_ms"] * k}
        for event in short
    ]


def without_rests(items: Iterable[RoutineItem]) -> list[RoutineItem]:
    """Return items without the rests among them."""
    return [
        evolve(each, items=without_rests(each.items)) if isinstance(each, Circuit) else each
        for each in items
        if not isinstance(each, Rest)
    ]


@given(my.routines, my.levels, my.pacings(), st.data())
def test_items_one_after_the_other_shift(
    given_routine: Routine, level: float, pacing: Pacing, data: st.DataObject
) -> None:
    """Without pauses between, the later items of a routine are themselves, only later."""
    items = without_rests(given_routine.items) * 2
    cut = data.draw(st.integers(1, len(items) - 1))
    pacing = evolve(pacing, get_ready=0, transition=0, position_change=0)

    def inside(items: Iterable[RoutineItem]) -> tuple[int, list[Facts]]:
        timeline = schedule(routine(*items), level=level, pacing=pacing)
        counted = {"exercise_number": None, "exercises": None}  # the later ones are not alone
        return timeline.duration_ms, [{**event, **counted} for event in said(timeline)[1:-1]]

    end, before = inside(items[:cut])
    _, after = inside(items[cut:])
    _, whole = inside(items)
    assert whole == before + [{**event, "at_ms": event["at_ms"] + end} for event in after]


RICH = Routine(
    "rich",
    name="Rich – 骨盤",
    items=[
        Circuit(
            [
                exercise(
                    "rolls",
                    position="lying-on-back",
                    sides="alternate",
                    setup=[Step("Lie down", until_ready=True)],
                    cycle=[
                        Step("Roll {side}", seconds=(1.5, 2.25)),
                        Hold(
                            "Stay {side}",
                            seconds=(19, 30),
                            marks=[Mark("Breathe", fraction=1 / 3), Mark("Soon", before_end=3)],
                        ),
                    ],
                    finish=[Step("Rest the knees", seconds=4)],
                    reps=(2, 5),
                    sets=(1, 3),
                ),
                Rest((10, 20)),
                exercise("tilt", position="lying-on-back", reps=3).with_dose(hold=(5, 8), sets=2),
                Rest(7, text="Breathe"),
            ],
            rounds=(1, 3),
            rest=(0, 45),
        ),
        exercise("bend", sides="each", cycle=[hold(20, "Bend {side}")], reps=2, rest=0, sets=2),
        Rest(5),
        Circuit([exercise("cat", position="all-fours"), Rest(3)], rounds=2),
    ],
)


@pytest.mark.parametrize(
    ("level", "events", "duration_ms", "digest"),
    [
        pytest.param(
            0,
            245,
            359_000,
            "f4aeb053c5552d53cfdc7d38e3bda1262238d42dfe5a1836e8305e550a5388a4",
            id="gentle",
        ),
        pytest.param(
            0.285,
            626,
            1_072_136,
            "aa81d706e18accaebce16a6de17470a90d1194f7d4b58d2f054bda1170ae62b2",
            id="between",
        ),
        pytest.param(
            1,
            1697,
            3_935_500,
            "a1c625afd1d65b567c6fe8836033a7e62d3c42c8f859ff0e405b059ac26f42ee",
            id="full",
        ),
    ],
)
def test_the_stream_is_the_same_everywhere(
    level: float, events: int, duration_ms: int, digest: str
) -> None:
    """The stream of one rich routine is the same, byte for byte, on every Python."""
    timeline = schedule(RICH, level=level)
    stream = "\n".join(json.dumps(oracle.said_by(event)) for event in timeline)
    assert (len(timeline), timeline.duration_ms) == (events, duration_ms)
    assert hashlib.sha256(stream.encode()).hexdigest() == digest


# --- the rules, one example each


def lines(timeline: Timeline, *kinds: str) -> list[tuple[Any, ...]]:
    """Return offset and text of the events of some kinds."""
    return [(event.at_ms, event.text) for event in timeline if event.kind in kinds]


def test_the_countdown_wins_over_halfway_and_marks() -> None:
    """Of cues that fall on one instant the countdown stays, then halfway, then the first mark."""
    crowded = Hold(
        "Keep",
        seconds=4,
        marks=[
            Mark("at 3", before_end=3),
            Mark("at 2", fraction=0.5),
            Mark("first at 2.5", before_end=1.5),
            Mark("second at 2.5", fraction=0.625),
        ],
    )
    reach = routine(exercise(cycle=[crowded]))

    def cues(**settings: Any) -> list[tuple[int, str, str]]:
        timeline = schedule(reach, pacing=Pacing(get_ready=0, **settings))
        return [(each.at_ms, each.kind, each.text) for each in timeline if each.kind.is_cue]

    assert cues(countdown=(2,), halfway=4) == [
        (1000, "cue.mark", "at 3"),
        (2000, "cue.countdown", "2"),
        (2500, "cue.mark", "first at 2.5"),
    ]
    assert cues(countdown=(), halfway=4) == [
        (1000, "cue.mark", "at 3"),
        (2000, "cue.halfway", "Halfway"),
        (2500, "cue.mark", "first at 2.5"),
    ]
    assert cues(countdown=(), halfway=4.001) == [
        (1000, "cue.mark", "at 3"),
        (2000, "cue.mark", "at 2"),
        (2500, "cue.mark", "first at 2.5"),
    ]


@pytest.mark.parametrize(
    ("seconds", "at"), [(0.001, []), (0.002, [1]), (0.003, [2]), (0.004, [2])]
)
def test_the_middle_is_rounded_half_up(seconds: float, at: list[int]) -> None:
    """The middle of an odd number of milliseconds is the later one, if that is inside."""
    timeline = schedule(
        routine(exercise(cycle=[hold(seconds)])), pacing=Pacing(get_ready=0, halfway=0)
    )
    assert [event.at_ms for event in timeline if event.kind == "cue.halfway"] == at


@pytest.mark.parametrize(
    ("fraction", "at"),
    [(0.0005, [1]), (0.0004, []), (0.9994, [999]), (0.9995, []), (0.2845, [285])],
)
def test_a_fraction_is_a_decimal_rounded_half_up(fraction: float, at: list[int]) -> None:
    """A mark lies at the decimal that was written, rounded half up, and never at an end."""
    marked = Hold("Keep", seconds=1, marks=[Mark("Now", fraction=fraction)])
    timeline = schedule(routine(exercise(cycle=[marked])), pacing=NO_PAUSES)
    assert [event.at_ms for event in timeline if event.kind == "cue.mark"] == at


def test_a_step_until_ready_is_open() -> None:
    """A step until ready is marked open where it starts and where it ends, and nowhere else."""
    ready = Step("Get up", until_ready=True, marks=[Mark("Slowly", fraction=0.5)])
    timeline = schedule(routine(exercise(setup=[ready])))
    assert [(event.kind, event.duration_ms) for event in timeline if event.open] == [
        ("step.started", 3000),
        ("step.ended", 3000),
    ]
    assert [segment.text for segment in timeline.segments() if segment.open] == ["Get up"]
    assert timeline.at(5000).open


def test_rests_between_rounds_lie_outside() -> None:
    """Between rounds the counters are those of what surrounds the circuit."""
    inner = Circuit([exercise()], rounds=2)
    timeline = schedule(routine(Circuit([inner], rounds=3, rest=9)))
    assert [
        (each.why, each.duration_ms, each.round, each.rounds)
        for each in timeline.segments()
        if each.why
    ] == [
        ("get-ready", 5000, None, None),
        ("transition", 5000, 1, 3),
        ("rest", 9000, None, None),
        ("transition", 5000, 2, 3),
        ("rest", 9000, None, None),
        ("transition", 5000, 3, 3),
    ]


def test_no_rest_trails() -> None:
    """A rest that no exercise follows is left out in the last rounds, and there alone."""
    inner = Circuit([exercise(), Rest(7)], rounds=2, rest=1)
    timeline = schedule(routine(Circuit([inner, Rest(8)], rounds=2), Rest(9)), pacing=NO_PAUSES)
    assert [each.duration_ms // 1000 for each in timeline.segments()] == [
        *(1, 7, 1, 1, 7, 8),
        *(1, 7, 1, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("position", list(oracle.PHRASES))
def test_the_phrases(position: str) -> None:
    """The library says which position comes first, and says it again only where it changes."""
    other = "sitting" if position != "sitting" else "standing"
    items = [
        exercise("a", position=other),
        exercise("b", position=position),
        exercise("c", position=position),
    ]
    assert lines(schedule(routine(*items)), "rest.started") == [
        (0, f"Get ready: A, {oracle.PHRASES[other]}"),
        (6000, f"Next: B, {oracle.PHRASES[position]}"),
        (17000, "Next: C"),
    ]


def test_a_name_with_braces_is_only_a_name() -> None:
    """Braces in a name are shown as they are."""
    strange = evolve(exercise(), name="{position} {0} {")
    assert schedule(routine(strange))[1].text == "Get ready: {position} {0} {, standing"


def test_defaults() -> None:
    """Without a level and a pacing a routine is laid out at its gentle end, unhurried."""
    timeline = schedule(routine(exercise(cycle=[Hold("Keep", seconds=(5, 10))])))
    assert timeline.level == 0
    assert timeline.pacing == Pacing()
    assert timeline.duration_ms == 10_000


def test_marks_name_the_side() -> None:
    """A mark in a cycle with sides names the side, in either form."""
    marks = [Mark("Let the {side} side go", fraction=0.5), Mark("{One|Two}", before_end=0.25)]
    sided = exercise(sides="each", cycle=[Hold("Keep", seconds=1, marks=marks)])
    timeline = schedule(sided, pacing=NO_PAUSES)
    assert lines(timeline, "cue.mark") == [
        (500, "Let the left side go"),
        (750, "One"),
        (1500, "Let the right side go"),
        (1750, "Two"),
    ]


def test_rests_name_what_comes() -> None:
    """A rest names the exercise and the side that come after it, past other rests."""
    sided = exercise("sided", sides="each", sets=2, rest=4)
    plain = exercise("plain", sets=2)
    circuit = Circuit([Rest(1), sided, Rest(2), Rest(3)], rounds=2)
    timeline = schedule(routine(circuit, plain))
    assert [
        (each.duration_ms // 1000, each.next_exercise, each.next_side)
        for each in timeline.segments()
        if each.why
    ] == [
        *[(1, "sided", "left"), (3, None, "right"), (4, None, "left"), (3, None, "right")],
        *[(2, "sided", "left"), (3, "sided", "left")],
        *[(1, "sided", "left"), (3, None, "right"), (4, None, "left"), (3, None, "right")],
        *[(2, "plain", None), (3, "plain", None)],
        (30, None, None),
    ]


def test_sides_change_where_sets_have_no_rest() -> None:
    """A rest of no length between sets leaves room for the change of sides."""
    timeline = schedule(exercise("sided", sides="each", sets=2, rest=0))
    assert [str(each.why) for each in timeline.segments() if each.why] == [
        "get-ready",
        *["switch-sides"] * 3,
    ]


def test_exercises_are_numbered_as_they_are_written() -> None:
    """An exercise keeps its number in every round, and has one of its own in every place."""
    one, two = exercise("one"), exercise("two")
    timeline = schedule(routine(one, Circuit([two, Circuit([one], rounds=2)], rounds=2), two))
    assert [
        (each.exercise, each.exercise_number, each.exercises)
        for each in timeline
        if each.kind == "exercise.started"
    ] == [
        ("one", 1, 4),
        *[("two", 2, 4), ("one", 3, 4), ("one", 3, 4)],
        *[("two", 2, 4), ("one", 3, 4), ("one", 3, 4)],
        ("two", 4, 4),
    ]
    assert {each.exercise_number for each in timeline.segments() if each.why} == {None}


def test_what_is_counted_says_which_of_how_many() -> None:
    """Rounds, sets and repetitions say which one it is, where they start and where they end."""
    timeline = schedule(routine(Circuit([exercise(reps=2, sets=2)], rounds=2)), pacing=NO_PAUSES)
    texts = [each.text for each in timeline if each.kind in {"round.ended", "set.started"}]
    assert texts == [
        *["Set 1 of 2", "Set 2 of 2", "Round 1 of 2"],
        *["Set 1 of 2", "Set 2 of 2", "Round 2 of 2"],
    ]
    assert lines(timeline, "rep.started")[1] == (1000, "Repetition 2 of 2")
    german = schedule(evolve(timeline.routine, language="de"), pacing=NO_PAUSES)
    assert german[german.find("set.started", nth=1)].text == "Satz 2 von 2"


def test_an_exercise_alone_is_a_routine() -> None:
    """A single exercise, or a prescription, is laid out as a routine of its own."""
    alone = exercise(language="de")
    for item in (alone, alone.with_dose(reps=2)):
        timeline = schedule(item)
        assert timeline == schedule(Routine("reach", name="Reach", items=[item]))
        assert timeline.routine.language == "de"
    assert schedule(alone.with_dose(reps=2)).count("rep.started") == 2


def test_a_duration_is_a_timedelta_too(small: Timeline) -> None:
    """The duration comes in milliseconds, and as a timedelta as far as that goes."""
    assert small.duration == timedelta(milliseconds=1500)
    with pytest.raises(OverflowError):
        _ = enormous().duration


def test_representations_fit_on_a_line(small: Timeline) -> None:
    """A timeline, a segment and a moment tell what they are on one line."""
    assert repr(small) == "<Timeline daily: 12 events in 0:01.500>"
    long = schedule(exercise(cycle=[Hold("Keep " * 20, seconds=2)]), pacing=NO_PAUSES)
    moment = long.at(500)
    shown = "'Keep Keep Keep Keep Keep Keep Keep Keep…'"
    assert repr(moment.segment) == f"<Segment hold {shown} 0–2000 ms>"
    assert repr(moment) == f"<Moment at 500 ms, 1500 ms left of hold {shown}>"
    assert max(len(repr(each)) for each in (small, moment, moment.segment)) < 100


# --- the routine as written


def test_what_stands_twice_is_laid_out_once() -> None:
    """An item in many places is laid out once for all of them that are alike."""
    item = exercise(reps=3)
    timeline = schedule(routine(*[item] * 1000, Circuit([item] * 1000, rounds=2)))
    assert len({id(each._content) for each in timeline if each.kind == "hold.started"}) == 2


def test_nested_circuits_are_laid_out_once() -> None:
    """Circuits in circuits, with rests that trail, take room for what is written."""
    item = exercise()
    circuit = Circuit([*[item] * 50, Rest(1)], rounds=2)
    for _ in range(31):
        circuit = Circuit([*[item] * 50, circuit, Rest(1)], rounds=2)
    timeline = schedule(routine(circuit))
    assert timeline.count("exercise.started") == sum(50 * 2**n for n in range(1, 33))
    seen: dict[int, int] = {}
    waiting: list[Any] = [timeline._root]
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen[id(node)] = len(getattr(node, "contents", ()))
            waiting += getattr(node, "parts", ())
            waiting += [node.body, node.between] if hasattr(node, "body") else []
    assert sum(seen.values()) < 30_000


def test_too_much_is_refused_before_it_is_laid_out() -> None:
    """A routine with more events than can be written out is refused, and names the limit."""
    item = exercise(setup=[Hold("Keep", seconds=3601)] * 500)
    often = Pacing(countdown=range(1, 3601))
    assert schedule(item, pacing=Pacing(countdown=range(1, 1500))).count() > 700_000
    with pytest.raises(ModelError) as caught:
        schedule(item, pacing=often)
    assert caught.value.where == "schedule.routine"
    assert caught.value.requirement == (
        "must have at most 1,000,000 events as written, cues included: "
        "give it fewer items, or its pacing fewer cues"
    )
    got: Any = caught.value.got
    assert MOST_LAID < got < MOST_LAID + 4000


def test_the_most_that_is_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted is each start and end, and each cue that there may be."""
    one = exercise(
        cycle=[Hold("Keep", seconds=1, breath=[0.2, 0.2], marks=[Mark("Go", fraction=0.5)])]
    )
    most = (
        2 + 1 + 2 * 3 + 2
    )  # start and end, the mark, three breaths, halfway and a change of side
    monkeypatch.setattr("supple._timeline.segments.MOST_LAID", most)
    assert schedule(one, pacing=NO_PAUSES).duration_ms == 1000
    monkeypatch.setattr("supple._timeline.segments.MOST_LAID", most - 1)
    with pytest.raises(ModelError) as caught:
        schedule(one, pacing=NO_PAUSES)
    assert caught.value.got == most


# --- questions with no answer


@pytest.fixture(scope="module")
def small() -> Timeline:
    """Return a timeline of twelve events and 1500 milliseconds."""
    return schedule(routine(exercise(cycle=[hold(0.5), hold()])), pacing=NO_PAUSES)


class Three:
    """An integer of another library's."""

    def __index__(self) -> int:
        return 3


@pytest.mark.parametrize("index", [12, -13, 10**30, -(10**30)])
def test_no_event_of_that_number(small: Timeline, index: int) -> None:
    """An index outside the timeline is refused as an IndexError that says what there is."""
    with pytest.raises(TimelineIndexError) as caught:
        small[index]
    assert str(caught.value) == (
        f"timeline[index]: must be at least -12 and below 12 (got {index})"
    )
    assert isinstance(caught.value, IndexError)
    assert caught.value.got == index


@pytest.mark.parametrize("ms", [-1, 1501, 10**30])
def test_no_moment_outside(small: Timeline, ms: int) -> None:
    """An instant outside the timeline is refused with the bounds."""
    with pytest.raises(TimelineError) as caught:
        small.at(ms)
    assert str(caught.value) == f"Timeline.at.ms: must be a whole number from 0 to 1500 (got {ms})"
    assert not isinstance(caught.value, IndexError)


@pytest.mark.parametrize(
    ("wrong", "shown"),
    [
        (True, "True"),
        (1.0, "1.0"),
        ("1", "'1'"),
        (None, "None"),
        (timedelta(seconds=1), "datetime.timedelta(seconds=1)"),
    ],
    ids=repr,
)
def test_only_integers_are_instants_and_indexes(small: Timeline, wrong: Any, shown: str) -> None:
    """What is no integer is refused, at once."""
    questions: dict[str, Callable[[], object]] = {
        "timeline[index]": lambda: small[wrong],
        "Timeline.at.ms": lambda: small.at(wrong),
        "Timeline.events.from_ms": lambda: small.events(wrong),
        "Timeline.events.to_ms": lambda: small.events(0, wrong),
    }
    for where, ask in questions.items():
        if where.endswith("to_ms") and wrong is None:
            continue
        with pytest.raises(TimelineError) as caught:
            ask()
        bounds = " from 0 to 1500" if where == "Timeline.at.ms" else ""
        assert str(caught.value) == f"{where}: must be a whole number{bounds} (got {shown})"


def test_what_counts_as_an_integer_is_one(small: Timeline) -> None:
    """An object with `__index__` is taken for its integer."""
    three: Any = Three()
    assert small[three] == small[3]
    assert small.at(three) == small.at(3)
    assert list(small.events(three, three)) == []


def test_no_such_kind(small: Timeline) -> None:
    """A kind that is none is refused with the close ones."""
    with pytest.raises(ModelError) as caught:
        small.count("hold.start")  # type: ignore[arg-type]  # a type checker finds it, too
    known = ", ".join(kind.value for kind in EventKind)
    assert str(caught.value) == (
        f"Timeline.count.kind: must be one of {known}; "
        "did you mean 'hold.started' or 'round.started'? (got 'hold.start')"
    )


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            {"routine": "daily"},
            "schedule.routine: must be Routine or Exercise or Prescription (got 'daily')",
        ),
        ({"pacing": 5}, "schedule.pacing: must be Pacing (got 5)"),
        ({"level": 1.01}, "schedule.level: must be a number from 0 to 1 (got 1.01)"),
        ({"level": -0.01}, "schedule.level: must be a number from 0 to 1 (got -0.01)"),
        ({"level": float("nan")}, "schedule.level: must be a number from 0 to 1 (got nan)"),
        ({"level": "0.5"}, "schedule.level: must be a number from 0 to 1 (got '0.5')"),
        ({"level": True}, "schedule.level: must be a number from 0 to 1 (got True)"),
        ({"level": None}, "schedule.level: must be a number from 0 to 1 (got None)"),
        ({"level": 10**30}, f"schedule.level: must be a number from 0 to 1 (got {10**30})"),
        (
            {"level": 10**5000},
            "schedule.level: must be a number from 0 to 1 (got an integer of about 5001 digits)",
        ),
    ],
    ids=lambda value: "" if isinstance(value, dict) else value,
)
def test_wrong_arguments(wrong: dict[str, Any], message: str) -> None:
    """An argument that is not what it should be is refused with its name."""
    arguments = {"routine": routine(exercise()), **wrong}
    with pytest.raises(ModelError) as caught:
        schedule(arguments.pop("routine"), **arguments)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("kind", "nth", "bounds"),
    [
        ("hold.started", 2, "must be at least -2 and below 2"),
        ("hold.ended", -3, "must be at least -2 and below 2"),
        ("cue.mark", 0, "must be at least 0 and below 0"),
        ("routine.ended", 10**30, "must be at least -1 and below 1"),
    ],
)
def test_no_such_event_to_find(
    small: Timeline, kind: EventKindWord, nth: int, bounds: str
) -> None:
    """Where there are fewer events of a kind, it is said how many there are."""
    with pytest.raises(TimelineIndexError) as caught:
        small.find(kind, nth=nth)
    assert str(caught.value) == f"Timeline.find.nth: {bounds} (got {nth})"


def test_a_slice_has_its_bounds(small: Timeline) -> None:
    """A slice of too many events, or with bounds that are none, is refused."""
    with pytest.raises(TimelineError) as caught:
        enormous()[5:]
    assert str(caught.value) == (
        "timeline[slice]: must have at most 1,000,000 events; iterate timeline.events() for more "
        "(got an integer of about 49 digits)"
    )
    assert len(enormous()[: 2 * MOST_SLICED : 2]) == MOST_SLICED
    wrong: Any = "1"
    with pytest.raises(TimelineError) as refused:
        small[:wrong]
    assert str(refused.value) == "timeline[stop]: must be a whole number (got '1')"
    with pytest.raises(ValueError, match="slice step cannot be zero"):
        small[::0]


def test_no_such_exercise(small: Timeline) -> None:
    """What asks for another exercise than there is says so."""
    count = len(small.exercises)
    with pytest.raises(TimelineIndexError) as caught:
        small.exercises[count]
    bounds = f"must be at least {-count} and below {count}"
    assert str(caught.value) == f"timeline.exercises[index]: {bounds} (got {count})"
    late = small.duration_ms + 1
    with pytest.raises(TimelineError) as refused:
        small.exercises.at(late)
    assert str(refused.value).startswith("Timeline.exercises.at.ms: must be a whole number")


def test_no_such_exercise_to_find(small: Timeline) -> None:
    """An exercise that the routine does not have comes with the close ones."""
    with pytest.raises(UnknownNameError) as caught:
        small.find("hold.started", exercise="reahc")
    assert (caught.value.name, caught.value.matches) == ("reahc", ("reach",))
    with pytest.raises(TimelineIndexError):
        small.find("cue.mark", exercise="reach")


def test_no_such_column(small: Timeline) -> None:
    """A column that is no fact is refused at once, with the close ones."""
    with pytest.raises(ModelError) as caught:
        small.rows(["at_ms", "kid"])
    assert caught.value.where == "Timeline.rows.columns[1]"
    assert caught.value.requirement.endswith("; did you mean 'kind'?")


def test_the_words_of_kinds_stand_beside_them() -> None:
    """The literal type of kinds has the words of the kinds, in their order."""
    assert get_args(EventKindWord) == tuple(kind.value for kind in EventKind)


def test_nothing_to_find(small: Timeline) -> None:
    """A kind that is none, and a number that is none, are refused."""
    wrong: Any = True
    with pytest.raises(TimelineError) as refused:
        small.find("hold.started", nth=wrong)
    assert str(refused.value) == "Timeline.find.nth: must be a whole number (got True)"
    with pytest.raises(ModelError) as caught:
        small.find("steps.ended")  # type: ignore[arg-type]  # as above
    known = ", ".join(kind.value for kind in EventKind)
    assert str(caught.value) == (
        f"Timeline.find.kind: must be one of {known}; "
        "did you mean 'step.ended' or 'set.ended' or 'rep.ended'? (got 'steps.ended')"
    )
    three: Any = Three()
    assert schedule(RICH).find("hold.started", nth=three) == schedule(RICH).find(
        "hold.started", nth=3
    )


def changed(event: Event, **given: Any) -> Event:
    """Return an event that says something else."""
    parts = {"at_ms": event.at_ms, "content": event._content, "counters": event._counters}
    return event_at(**{**parts, **given})


def test_membership(small: Timeline) -> None:
    """An event is on a timeline where the timeline has this very event."""
    assert all(event in small for event in small)
    assert changed(small[3], at_ms=1) not in small
    assert changed(small[3], counters=(2, 1, None, 0)) not in small
    assert changed(small[0], at_ms=-1) not in small
    assert changed(small[-1], at_ms=1501) not in small
    assert "hold.started" not in small
    assert None not in small


def test_a_timeline_is_true(small: Timeline) -> None:
    """A timeline is true, whatever its length."""
    assert small
    assert enormous()


def test_timelines_are_values(small: Timeline) -> None:
    """Timelines are equal when routine, level and pacing are; they copy and pickle."""
    again = schedule(small.routine, pacing=small.pacing)
    for other in (
        again,
        copy.copy(small),
        copy.deepcopy(small),
        pickle.loads(pickle.dumps(small)),  # noqa: S301 - our own
    ):
        assert other == small
        assert hash(other) == hash(small)
        assert list(other) == list(small)
    assert schedule(small.routine) != small
    assert schedule(small.routine, level=1, pacing=small.pacing) != small


# --- the fingerprint


@given(my.timelines, my.timelines)
def test_a_fingerprint_tells_streams_apart(one: Timeline, other: Timeline) -> None:
    """Timelines that share a fingerprint say the same."""
    if said(one) != said(other):
        assert one.fingerprint != other.fingerprint


def otherwise(facts: dict[str, Any]) -> Iterator[tuple[str, Timeline]]:
    """Yield timelines each of which differs from that of some facts in one."""
    for name, value in facts.items():
        yield name, written({**FACTS, name: value})


def written(facts: dict[str, Any]) -> Timeline:
    """Return a timeline that is made of some facts."""
    mark = Mark(facts["mark"], fraction=facts["fraction"])
    step = Step(facts["step"], seconds=facts["step_seconds"], until_ready=facts["until_ready"])
    held = Hold(facts["hold"], seconds=facts["hold_seconds"], marks=[mark])
    reach = Exercise(
        facts["exercise"],
        name=facts["name"],
        kind="stretch",
        position=facts["position"],
        cycle=[step, held] if facts["step_first"] else [held, step],
        **{key: facts[key] for key in ("sides", "reps", "sets", "rest")},
    )
    circuit = Circuit([reach], rounds=facts["rounds"], rest=facts["pause"])
    rest = Rest(facts["rest_seconds"], text=facts["rest_text"])
    return schedule(
        Routine(facts["id"], name=facts["title"], items=[circuit, rest, reach]),
        pacing=Pacing(get_ready=facts["get_ready"], countdown=facts["countdown"]),
    )


FACTS: dict[str, Any] = {
    "id": "daily",
    "title": "Daily",
    "exercise": "reach",
    "name": "Reach",
    "position": "standing",
    "step": "Reach",
    "step_seconds": 3,
    "until_ready": False,
    "step_first": True,
    "hold": "Keep",
    "hold_seconds": 10,
    "mark": "Breathe",
    "fraction": 0.5,
    "sides": "none",
    "reps": 2,
    "sets": 2,
    "rest": 8,
    "rounds": 2,
    "pause": 20,
    "rest_seconds": 6,
    "rest_text": "Drink",
    "get_ready": 4,
    "countdown": (3, 2),
}
OTHERWISE: dict[str, Any] = {
    "id": "other",
    "title": "Täglich",
    "exercise": "reaching",
    "name": "Reach up",
    "position": "sitting",
    "step": "Reach 🫨",
    "step_seconds": 3.001,
    "until_ready": True,
    "step_first": False,
    "hold": "Hold",
    "hold_seconds": 11,
    "mark": "Breath",
    "fraction": 0.501,
    "sides": "each",
    "reps": 3,
    "sets": 3,
    "rest": 9,
    "rounds": 3,
    "pause": 21,
    "rest_seconds": 7,
    "rest_text": "Rest",
    "get_ready": 3,
    "countdown": (3,),
}


def test_every_fact_counts() -> None:
    """Changing any fact changes the fingerprint, and no two changes give the same."""
    assert OTHERWISE.keys() == FACTS.keys()
    timelines = {"nothing": written(FACTS), **dict(otherwise(OTHERWISE))}
    assert len({each.fingerprint for each in timelines.values()}) == len(FACTS) + 1


def test_words_alone_leave_the_shape() -> None:
    """What is only said otherwise has the same shape, and anything else another one."""
    words = {"title", "name", "position", "step", "hold", "mark", "rest_text"}
    shapes = {name: each.shape for name, each in otherwise(OTHERWISE)}
    assert {name for name, shape in shapes.items() if shape == written(FACTS).shape} == words
    assert len(set(shapes.values())) == len(FACTS) - len(words) + 1


def test_a_fingerprint_is_the_same_everywhere() -> None:
    """A fingerprint names the routine, and is the same in every process and every Python."""
    texts = schedule(routine(exercise(cycle=[Step("Reach 🫨 – 骨盤", seconds=1)])))
    code = (
        "from supple import *; print(schedule(Routine('daily', items=[Exercise('reach', "
        "name='Reach', kind='stretch', position='standing', cycle=[Step("
        "'Reach \\U0001fae8 \\u2013 \\u9aa8\\u76e4', seconds=1)])])).fingerprint)"
    )
    for seed in ("1", "2"):
        ran = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert ran.stdout.strip() == texts.fingerprint
    assert texts.fingerprint == "daily afc04e60f75291b1"
    assert schedule(RICH, level=1).fingerprint == "rich 609aeb5acfbfdda5"


# --- the size of what is written, not of what it says


def enormous() -> Timeline:
    """Return a timeline of 10**48 holds: as many reps, sets and nested rounds as may be."""
    often = exercise(reps=MOST, sets=MOST)
    return schedule(
        routine(Circuit([Circuit([often], rounds=MOST)], rounds=MOST)), pacing=NO_PAUSES
    )


# events of one set, exercise, inner round, outer round and of the routine, for 10**12 of each
IN_SET = 2 + 4 * MOST
IN_EXERCISE = 2 + MOST * IN_SET
IN_INNER = 2 + IN_EXERCISE
IN_OUTER = 2 + MOST * IN_INNER
IN_ROUTINE = 2 + MOST * IN_OUTER


def test_enormous_counts() -> None:
    """How long and how many is known where nobody could count."""
    timeline = enormous()
    assert timeline.duration_ms == 1000 * 10**48
    assert timeline.count() == IN_ROUTINE
    assert timeline.count("hold.started") == 10**48
    assert timeline.count(EventKind.SET_ENDED) == 10**36
    assert timeline.count("round.started") == 10**24 + 10**12


ENUMERATIONS: list[Callable[[Timeline], object]] = [len, list, reversed]
if sys.version_info < (3, 14):  # whose tuple asks for no length
    ENUMERATIONS.append(tuple)


def test_enormous_len() -> None:
    """`len`, and so a list, is refused at once where it cannot carry the number."""
    timeline = enormous()
    message = (
        f"len(timeline): must be at most {sys.maxsize} events; use timeline.count() instead "
        "(got an integer of about 49 digits)"
    )
    for ask in ENUMERATIONS:
        with pytest.raises(TimelineError) as caught:
            ask(timeline)
        assert str(caught.value) == message


def test_the_longest_len() -> None:
    """`len` answers up to the most that it can carry."""
    sets = (sys.maxsize - 4) // IN_SET
    longest = schedule(routine(exercise(reps=MOST, sets=sets)), pacing=NO_PAUSES)
    assert len(longest) == longest.count() == 4 + sets * IN_SET
    beyond = schedule(routine(exercise(reps=MOST, sets=sets + 1)), pacing=NO_PAUSES)
    assert beyond.count() == 4 + (sets + 1) * IN_SET
    with pytest.raises(TimelineError, match=r"use timeline.count\(\)"):
        len(beyond)


MIDDLE = (5 * 10**11, 123_456_789, 987_654_321_012, 10**12)
"""The outer and the inner round, the set and the repetition of a hold somewhere inside."""


def middle() -> tuple[int, int, Facts]:
    """Return the index and the offset of that hold, and what its start says."""
    outer, inner, set_, rep = (number - 1 for number in MIDDLE)
    holds = ((outer * 10**12 + inner) * 10**12 + set_) * 10**12 + rep
    index = 1 + outer * IN_OUTER + 1 + inner * IN_INNER + 1 + 1 + set_ * IN_SET + 1 + rep * 4 + 1
    said = {
        **dict.fromkeys(oracle.SAID),
        "at_ms": holds * 1000,
        "kind": "hold.started",
        "text": "Keep",
        "duration_ms": 1000,
        "exercise": "reach",
        "exercise_number": 1,
        "exercises": 1,
        "rep": rep + 1,
        "reps": 10**12,
        "set": set_ + 1,
        "sets": 10**12,
        "round": inner + 1,
        "rounds": 10**12,
        "open": False,
    }
    return index, holds * 1000, said


def test_enormous_index() -> None:
    """An event in the middle and the last are found without walking to them."""
    timeline = enormous()
    index, _, says = middle()
    assert oracle.said_by(timeline[index]) == says
    assert timeline[index - IN_ROUTINE] == timeline[index]
    assert timeline[index] in timeline
    assert timeline[IN_ROUTINE - 1] == timeline[-1]
    assert (timeline[-1].kind, timeline[-1].at_ms) == ("routine.ended", 10**51)
    with pytest.raises(TimelineIndexError):
        timeline[IN_ROUTINE]


def test_enormous_find() -> None:
    """The n-th of a kind is found by arithmetic, and so is the fingerprint."""
    timeline = enormous()
    index, _, _ = middle()
    outer, inner, set_, rep = (number - 1 for number in MIDDLE)
    nth = ((outer * 10**12 + inner) * 10**12 + set_) * 10**12 + rep
    assert timeline.find("hold.started", nth=nth) == index
    assert timeline.find("hold.ended", nth=nth - 10**48) == index + 1
    assert timeline.find("routine.ended") == IN_ROUTINE - 1
    assert timeline.fingerprint == "daily 597577b4d8cd9931"


def test_enormous_exercises() -> None:
    """An exercise in the middle is found by arithmetic, too."""
    timeline = enormous()
    at_ms = middle()[1]
    span = timeline.exercises.at(at_ms)
    assert span.start_ms <= at_ms < span.end_ms
    assert timeline.exercises[10**20].lead_in_ms == timeline.exercises[10**20 - 1].end_ms
    assert timeline.exercises
    with pytest.raises(TimelineError) as info:
        len(timeline.exercises)
    assert str(info.value) == (
        f"len(timeline.exercises): must be at most {sys.maxsize} exercises; "
        f'use timeline.count("exercise.started") instead (got {10**24})'
    )
    first, second = islice(timeline.exercises, 2)
    assert (first.lead_in_ms, second.lead_in_ms) == (0, first.end_ms)


def test_enormous_moment() -> None:
    """The moment of an instant in the middle is found without walking to it."""
    timeline = enormous()
    _, at_ms, says = middle()
    moment = timeline.at(at_ms + 250)
    assert (moment.elapsed_ms, moment.remaining_ms) == (250, 750)
    for name in oracle.CONTEXT:
        assert getattr(moment, name) == getattr(moment.segment, name) == says[name]
    assert (moment.text, moment.why, moment.open) == ("Keep", None, False)
    assert moment.next is not None
    assert (moment.next.rep, moment.next.set, moment.next.round) == (1, MIDDLE[2] + 1, MIDDLE[1])
    assert timeline.at(10**51).next is None


def test_enormous_iteration() -> None:
    """The first events and segments, and those from the middle on, come without the others."""
    timeline = enormous()
    assert [event.kind.value for event in islice(timeline, 9)] == [
        "routine.started",
        "round.started",
        "round.started",
        "exercise.started",
        "set.started",
        "rep.started",
        "hold.started",
        "hold.ended",
        "rep.ended",
    ]
    assert [segment.rep for segment in islice(timeline.segments(), 3)] == [1, 2, 3]
    index, at_ms, _ = middle()
    later = list(islice(timeline.events(at_ms), 12))
    # what ends and starts at this very instant lies before the hold
    assert later == [timeline[index - 3 + i] for i in range(12)]
    assert said(later[3:4]) == [middle()[2]]
    assert list(timeline.events(at_ms, at_ms + 1)) == later[:4]
    assert list(islice(timeline.events(at_ms, 10**60), 12)) == later
    assert list(timeline.events(10**51)) == [timeline[i] for i in range(-7, 0)]


def test_beyond_what_a_timedelta_holds() -> None:
    """Offsets have no limit in milliseconds; as a timedelta they have Python's."""
    timeline = enormous()
    assert timeline[-1].at_ms == 10**51
    with pytest.raises(OverflowError):
        _ = timeline[-1].at
    assert timeline[6].at == timedelta(0)
    assert timeline[7].at == timedelta(seconds=1)


@pytest.mark.parametrize(
    "items",
    [
        pytest.param([exercise(reps=25_000)], id="reps"),
        pytest.param([exercise(sets=16_000)], id="sets"),
        pytest.param([Circuit([exercise()], rounds=12_000)], id="rounds"),
        pytest.param([exercise(reps=100, sets=250)], id="100 reps in sets"),
        pytest.param([exercise(reps=1000, sets=25)], id="1000 reps in sets"),
        pytest.param([exercise(reps=500, sets=50)], id="500 reps in sets"),
        pytest.param([Circuit([exercise(), Rest(1)], rounds=12_000)], id="a trailing rest"),
    ],
)
def test_draining_takes_constant_memory(items: list[RoutineItem]) -> None:
    """Iterating over 100,000 events needs no more memory than over a few."""
    timeline = schedule(routine(*items), pacing=NO_PAUSES)
    assert 90_000 < len(timeline) < 150_000
    drain(islice(timeline, 5000))
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        drain(timeline)
        drain(timeline.segments())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak - before < 64 * 1024


def drain(things: Iterable[Event | Segment]) -> None:
    """Go through everything and keep nothing."""
    deque(things, maxlen=0)


def test_iterators_are_independent(small: Timeline) -> None:
    """Two iterations of one timeline do not disturb each other."""
    one, other = iter(small), iter(small)
    assert [next(one), next(one)] == [small[0], small[1]]
    assert list(other) == list(small)
    assert list(one) == list(small)[2:]


# --- events, segments and moments as values


def test_an_event_tells_everything() -> None:
    """An event bears its facts as attributes, its offset as a timedelta, too."""
    timeline = schedule(RICH, level=1)
    event = next(iter(timeline.events(35_250)))
    assert event.at == timedelta(milliseconds=event.at_ms)
    assert type(event.at_ms) is int
    assert type(event.kind) is EventKind
    assert {type(each.side) for each in timeline} == {Side, type(None)}
    assert {type(each.why) for each in timeline} == {RestReason, type(None)}


def test_repr_tells_what_applies(small: Timeline) -> None:
    """The repr of an event lists what applies to it, in the order of the stream."""
    assert repr(small[4]) == (
        "<Event at_ms=0 kind='hold.started' text='Keep' duration_ms=500 exercise='reach' "
        "exercise_number=1 exercises=1 rep=1 reps=1 set=1 sets=1>"
    )
    assert repr(small[-1]) == (
        "<Event at_ms=1500 kind='routine.ended' text='daily' duration_ms=1500>"
    )


def placed() -> Iterator[Any]:
    """Yield an event, a segment and a moment."""
    timeline = schedule(routine(exercise(sides="each")))
    yield from (timeline[5], *islice(timeline.segments(), 2), timeline.at(5500))


@pytest.mark.parametrize("value", [*placed()], ids=["event", "rest", "hold", "moment"])
def test_frozen_values(value: Any) -> None:
    """Events, segments and moments cannot be changed; they are equal, hash, copy and pickle."""
    for name in ("at_ms", "text", "rep", "content", "anything"):
        with pytest.raises((FrozenInstanceError, AttributeError)):
            setattr(value, name, 1)
    for name in ("at_ms", "start_ms"):
        with pytest.raises((FrozenInstanceError, AttributeError)):
            delattr(value, name)
    for other in (
        copy.copy(value),
        copy.deepcopy(value),
        pickle.loads(pickle.dumps(value)),  # noqa: S301 - our own
    ):
        assert type(other) is type(value)
        assert other == value
        assert hash(other) == hash(value)
        assert repr(other) == repr(value)
    assert value != "value"
    assert not hasattr(value, "__dict__")


def test_events_differ_where_they_say_something_else(small: Timeline) -> None:
    """Events are equal when everything that they say is equal, and only then."""
    events = list(small)
    assert len(set(events)) == len(events)
    assert changed(events[3], at_ms=1) != events[3]
    assert changed(events[3], counters=(2, 1, None, 0)) != events[3]
    assert changed(events[3], counters=(1, 1, None, 2)) != events[3]
    assert changed(events[0], counters=(None, None, None, 1)) == events[0]  # outside of all
    assert {type(event) for event in events} == {Event}


def test_kinds_tell_what_they_are() -> None:
    """Every kind of event is a start, an end or a cue; segments name theirs."""
    for kind in EventKind:
        assert [kind.is_start, kind.is_end, kind.is_cue].count(True) == 1
    assert [(kind.started, kind.ended) for kind in SegmentKind] == [
        (EventKind.STEP_STARTED, EventKind.STEP_ENDED),
        (EventKind.HOLD_STARTED, EventKind.HOLD_ENDED),
        (EventKind.REST_STARTED, EventKind.REST_ENDED),
    ]
