"""How long it takes to go through a whole stream."""

from __future__ import annotations

from datetime import datetime
from itertools import accumulate, pairwise, zip_longest
from typing import TYPE_CHECKING

import simpy
from circuit import Line, line_of, lines_by_hand, rounds_for, timeline_of
from dateutil.rrule import SECONDLY, rrule
from measure import Row, Target, consume, times_as_fast, times_the_time
from mido import Message, MidiFile, MidiTrack

from supple._timeline.events import FACTS

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

MANY = 1_000_000
FEWER = 100_000
DEFAULT_TEMPO = 500_000  # microseconds to the beat, where a file does not say
TICKS_PER_BEAT = DEFAULT_TEMPO // 1_000  # one tick is one millisecond


def rows() -> Iterator[Row]:
    """Measure each alternative over the same number of events."""
    yield _by_hand()
    yield _as_rows()
    yield from _simpy()
    yield _mido()
    yield _rrule()


def _by_hand() -> Row:
    """Compare with a generator of tuples: nested loops, for this routine only."""
    rounds = rounds_for(MANY)
    timeline = timeline_of(rounds)
    for event, line in zip_longest(timeline, lines_by_hand(rounds)):
        assert line_of(event) == line

    return Row(
        f"drain {len(timeline):,} events",
        "generator by hand, every event equal",
        times_the_time(
            lambda: consume(timeline),
            lambda: consume(lines_by_hand(rounds)),
            pairs=31,
        ),
        "× the time",
        Target("at most", 2.5),
    )


def _as_rows() -> Row:
    """Compare the rows of a table, every fact in each, with the events that they are about."""
    timeline = timeline_of(rounds_for(FEWER))
    for event, row in zip_longest(timeline, timeline.rows()):
        assert row == tuple(getattr(event, name) for name in FACTS)
    return Row(
        f"{len(timeline):,} rows of every fact",
        "drain the events",
        times_the_time(lambda: consume(timeline.rows()), lambda: consume(timeline), pairs=31),
        "× the time",
        Target("at most", 3),
    )


def _simpy() -> Iterator[Row]:
    """Compare with a process that waits for each event: only that, noting when, keeping it."""
    rounds = rounds_for(FEWER)
    timeline = timeline_of(rounds)
    offsets = [event.at_ms for event in timeline]
    waits = _waits(offsets)

    def drained() -> None:
        env = simpy.Environment()

        def process() -> Generator[simpy.Event]:
            for wait in waits:
                yield env.timeout(wait)

        env.process(process())
        env.run()

    def noted() -> list[float]:
        seen: list[float] = []
        env = simpy.Environment()

        def process() -> Generator[simpy.Event]:
            for wait in waits:
                yield env.timeout(wait)
                seen.append(env.now)

        env.process(process())
        env.run()
        return seen

    def kept() -> list[Line]:
        seen: list[Line] = []
        env = simpy.Environment()

        def process() -> Generator[simpy.Event]:
            for line in lines_by_hand(rounds):
                yield env.timeout(line[0] - env.now)
                seen.append(line)

        env.process(process())
        env.run()
        return seen

    assert noted() == offsets
    assert kept() == [line_of(event) for event in timeline]
    yield Row(
        f"drain {len(timeline):,} events",
        "simpy process given the waits",
        times_as_fast(lambda: consume(timeline), drained, pairs=31),
        "× as fast",
        Target("at least", 4),
    )
    yield Row(
        f"note {len(timeline):,} offsets",
        "simpy process given the waits, every offset equal",
        times_as_fast(lambda: [event.at_ms for event in timeline], noted, pairs=31),
        "× as fast",
    )
    yield Row(
        f"keep {len(timeline):,} events in a list",
        "simpy process around the generator by hand, every event equal",
        times_as_fast(lambda: list(timeline), kept, pairs=31),
        "× as fast",
    )


def _mido() -> Row:
    """Compare with the messages of a MIDI file, whose times are seconds since the last one."""
    timeline = timeline_of(rounds_for(FEWER))
    offsets = [event.at_ms for event in timeline]
    track = MidiTrack(Message("note_on", time=wait) for wait in _waits(offsets))

    def noted() -> list[float]:
        file = MidiFile(tracks=[track], ticks_per_beat=TICKS_PER_BEAT)
        return list(accumulate(message.time for message in file))

    # The list of tracks ends with a message of mido's own, at the time of the last event.
    *inside, end = (round(seconds * 1_000) for seconds in noted())
    assert inside == offsets
    assert end == timeline.duration_ms
    return Row(
        f"note {len(timeline):,} offsets",
        "mido file iterated, every offset equal",
        times_as_fast(lambda: [event.at_ms for event in timeline], noted, pairs=11),
        "× as fast",
        Target("at least", 10),
    )


def _rrule() -> Row:
    """Compare with a recurrence of as many instants."""
    timeline = timeline_of(rounds_for(FEWER))
    start = datetime(2000, 1, 1)  # noqa: DTZ001 - a zone would make it slower

    def instants() -> rrule:
        return rrule(SECONDLY, dtstart=start, count=len(timeline))

    assert sum(1 for _ in instants()) == sum(1 for _ in timeline)
    return Row(
        f"drain {len(timeline):,} events",
        "dateutil rrule, as many instants",
        times_as_fast(lambda: consume(timeline), lambda: consume(instants()), pairs=11),
        "× as fast",
        Target("above", 1),
    )


def _waits(offsets: Sequence[int]) -> list[int]:
    """Return the time from each event to the next one."""
    return [later - earlier for earlier, later in pairwise([0, *offsets])]
