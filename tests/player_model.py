"""A second reading of what a player does: everything written out, and looked through each time.

It keeps the whole list of events and how many of them it has told, and works every position out
as a fraction. It shares no code with the library. It costs as much as the routine is long at
every call, which is why it can be this plain.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, TypeAlias

from tests import oracle

if TYPE_CHECKING:
    from supple import Event, Timeline
    from tests.oracle import Facts

SEGMENTS = ("step.started", "hold.started", "rest.started")

Shown: TypeAlias = "tuple[int, Facts, Facts | None]"
"""A moment: where it is, the segment there, and the next one."""


class IllegalError(Exception):
    """The command has no place in this state."""


def told(event: Event) -> Facts:
    """Return everything that an event of a player says."""
    return {**oracle.said_by(event), "jump": event.jump}


class PlayerModel:
    """What a player should do."""

    def __init__(
        self, timeline: Timeline, *, speed: float, hands_free: bool, gap_ms: int, on_gap: str
    ) -> None:
        self.events = [told(event) for event in timeline]
        self.segments = oracle.segments(self.events)
        self.end_ms: int = self.events[-1]["at_ms"]
        self.speed = Fraction(str(speed))
        self.hands_free = hands_free
        self.gap_ms = gap_ms
        self.on_gap = on_gap
        self.state = "ready"
        self.done = 0  # how many events have been told or passed over
        self.now = 0
        self.moving_since: int | None = None
        self.origin_ms = Fraction(0)
        self.waits: list[tuple[int, Fraction]] = []  # how many events were told, and how long
        self.missed_ms: int | None = None
        self.reason: str | None = None

    # --- looking things up

    def head_ms(self, now: int) -> int:
        """Return how far the playhead has got, whole milliseconds that are over."""
        return floor(self.exactly_ms(now))

    def exactly_ms(self, now: int) -> Fraction:
        """Return how far the playhead has got, with what is over of a millisecond."""
        if self.moving_since is None:
            return self.origin_ms
        return self.origin_ms + (now - self.moving_since) * self.speed

    def place_ms(self) -> int:
        """Return the position, which does not pass the end of what it waits for."""
        step = self.awaited()
        head_ms = self.head_ms(self.now)
        return head_ms if step is None else min(head_ms, ends(step))

    def under_way(self, done: int) -> list[int]:
        """Return the numbers of what has started and not ended behind so many events."""
        numbers: list[int] = []
        for number, event in enumerate(self.events[:done]):
            if event["kind"].endswith(".started"):
                numbers.append(number)
            elif event["kind"].endswith(".ended"):
                numbers.pop()
        return numbers

    def awaited(self) -> Facts | None:
        """Return the step under way that waits for the person, if it is one."""
        numbers = self.under_way(self.done)
        last = self.events[numbers[-1]] if numbers else None
        return last if last is not None and last["open"] and not self.hands_free else None

    def coming(self) -> Facts | None:
        """Return the next event that time brings."""
        if self.done == len(self.events):
            return None
        event = self.events[self.done]
        waits = self.awaited() is not None and event["kind"] == "step.ended"
        return None if waits else event

    def segment(self) -> int:
        """Return the number of the segment that started last; before the start the first."""
        started = sum(event["kind"] in SEGMENTS for event in self.events[: self.done])
        return max(started - 1, 0)

    def deadline(self) -> int | None:
        """Return when the next event is due."""
        event = self.coming()
        if event is None or self.moving_since is None:
            return None
        left_ms = int(event["at_ms"]) - self.origin_ms
        return self.moving_since + ceil(left_ms / self.speed)

    def moment(self, now: int) -> Shown:
        """Return what is going on."""
        i = self.segment()
        segment = self.segments[i]
        at_ms = min(self.head_ms(max(now, self.now)), segment["end_ms"])
        return at_ms, segment, self.segments[i + 1] if i + 1 < len(self.segments) else None

    # --- time

    def due(self, now: int) -> list[Facts]:
        """Let time pass."""
        if now < self.now:
            if self.now - now > self.gap_ms:
                self.origin_ms = self.exactly_ms(self.now)
                self.moving_since = None if self.moving_since is None else now
                self.now = now
            return []
        deadline = self.deadline()
        late_ms = 0 if deadline is None else now - deadline
        if late_ms > self.gap_ms and self.state == "running" and self.on_gap != "catch-up":
            if self.on_gap == "pause":
                self.stand()
                self.now = now
                self.state, self.missed_ms = "paused", late_ms
                return []
            to_ms = min(self.head_ms(now), self.end_ms)
            for event in reversed(self.events[self.done :]):
                if event["kind"] == "step.started" and event["open"] and not self.hands_free:
                    to_ms = min(to_ms, event["at_ms"])
            events = self.leave_for(to_ms)
            self.now = now
            return [*events, *self.go_on_from(to_ms)]
        self.now = now
        return [] if deadline is None else self.tell()

    def tell(self) -> list[Facts]:
        """Tell what has fallen due, and take the state to which that leads."""
        events: list[Facts] = []
        while (event := self.coming()) is not None and event["at_ms"] <= self.head_ms(self.now):
            events.append(event)
            self.done += 1
        if self.done == len(self.events):
            self.state, self.missed_ms = "finished", None
            self.origin_ms, self.moving_since = Fraction(self.end_ms), None
        elif self.state == "running" and self.awaited() is not None:
            self.state = "waiting"
        return events

    def stand(self) -> None:
        """Stand still."""
        self.origin_ms, self.moving_since = self.exactly_ms(self.now), None

    # --- jumps

    def leave_for(self, to_ms: int) -> list[Facts]:
        """Go elsewhere; tell what ends and what is started in its middle."""
        here_ms, before = self.place_ms(), self.under_way(self.done)
        self.note_wait()
        if to_ms < here_ms:
            self.waits = []
        self.done = 1
        while self.done < len(self.events) - 1 and is_before(self.events[self.done], to_ms):
            self.done += 1
        after = self.under_way(self.done)
        kept = {n for n in before if n in after and self.events[n]["kind"] not in SEGMENTS}
        left = [n for n in reversed(before) if n not in kept]
        entered = [n for n in after if n not in kept]
        return [self.jumped(n, "ended", here_ms) for n in left] + [
            self.jumped(n, "started", to_ms) for n in entered
        ]

    def go_on_from(self, to_ms: int) -> list[Facts]:
        """Put the playhead there, and tell what happens at this very instant."""
        self.origin_ms = Fraction(to_ms)
        self.moving_since = None if self.moving_since is None else self.now
        return self.tell()

    def note_wait(self) -> None:
        """Note for how much longer than estimated it has waited here."""
        if (step := self.awaited()) is not None:
            self.waits.append((self.done, Fraction(max(self.head_ms(self.now) - ends(step), 0))))

    def jump(self, to_ms: int) -> list[Facts]:
        """Jump."""
        return [*self.leave_for(to_ms), *self.go_on_from(to_ms)]

    def jumped(self, number: int, what: str, at_ms: int) -> Facts:
        """Return the event of a jump for what an event has started."""
        event = self.events[number]
        kind = event["kind"].replace("started", what)
        left_ms = ends(event) - at_ms
        return {**event, "kind": kind, "at_ms": at_ms, "remaining_ms": left_ms, "jump": True}

    def end_of(self, over: str) -> int:
        """Return where the part under way ends."""
        if over == "segment":
            return int(self.segments[self.segment()]["end_ms"])
        ended = (each for each in self.events[self.done :] if each["kind"] == "exercise.ended")
        return int(next(ended)["at_ms"])

    def start_of(self, over: str) -> int:
        """Return where the part under way starts; in its first 3 seconds the one before."""
        if over == "segment":
            starts = [each["start_ms"] for each in self.segments[: self.segment() + 1]]
        else:
            past = self.events[: self.done]
            starts = [0, *(each["at_ms"] for each in past if each["kind"] == "exercise.ended")]
        spent_ms = Fraction(self.head_ms(self.now) - starts[-1])
        if over == "exercise":
            ended = [n for n, e in enumerate(past) if e["kind"] == "exercise.ended"]
            spent_ms += sum(ms for done, ms in self.waits if not ended or done > ended[-1])
        if spent_ms < 3000:
            starts = [0, *starts[:-1]]
        return int(starts[-1])

    # --- commands

    def may(self, *states: str) -> None:
        """Refuse the command in any other state."""
        if self.state not in states:
            raise IllegalError

    def start(self, now: int, at_ms: int = 0) -> list[Facts]:
        """Start."""
        self.may("ready")
        self.state, self.now, self.moving_since = "running", now, now
        if at_ms == 0:
            return self.tell()
        self.done = 1
        return [self.events[0], *self.jump(at_ms)]

    def pause(self, now: int) -> list[Facts]:
        """Pause."""
        self.may("running", "waiting")
        events = self.due(now)
        if self.state in {"running", "waiting"}:
            self.stand()
            self.state = "paused"
        return events

    def toggle(self, now: int) -> list[Facts]:
        """Pause or go on, as the one who sees the state means it."""
        return self.resume(now) if self.state == "paused" else self.pause(now)

    def resume(self, now: int) -> list[Facts]:
        """Go on."""
        self.may("paused")
        self.due(now)
        self.moving_since, self.missed_ms = self.now, None
        self.state = "running" if self.awaited() is None else "waiting"
        return []

    def go(self, now: int, command: str, to: int | str) -> list[Facts]:
        """Skip, go back or seek."""
        self.may("running", "waiting", "paused")
        events = self.due(now)
        if self.state != "finished":
            find = {"skip": self.end_of, "back": self.start_of}.get(command)
            to_ms = int(to) if find is None else find(str(to))
            self.state = "paused" if self.state == "paused" else "running"
            events += self.jump(to_ms)
        return events

    def ready(self, now: int) -> list[Facts]:
        """Go on from the step."""
        self.may("waiting")
        events = self.due(now)
        step = self.awaited()
        assert step is not None
        while self.events[self.done]["kind"] != "step.ended":
            self.done += 1
        self.note_wait()
        self.origin_ms, self.moving_since = Fraction(ends(step)), self.now
        events.append(self.events[self.done])
        self.done += 1
        self.state = "running"
        return events + self.tell()

    def set_speed(self, now: int, speed: float) -> list[Facts]:
        """Go on at another speed."""
        self.may("ready", "running", "waiting", "paused")
        events = self.due(now)
        if self.state != "finished":
            self.origin_ms = self.exactly_ms(self.now)
            self.moving_since = None if self.moving_since is None else self.now
            self.speed = Fraction(str(speed))
        return events

    def stop(self, now: int, reason: str | None) -> list[Facts]:
        """End here."""
        self.may("ready", "running", "waiting", "paused")
        events = self.due(now)
        if self.state != "finished":
            here_ms = self.place_ms()
            numbers = reversed(self.under_way(self.done))
            events += [self.jumped(n, "ended", here_ms) for n in numbers]
            self.origin_ms, self.moving_since = Fraction(here_ms), None
            self.state, self.reason, self.missed_ms = "stopped", reason, None
        return events

    def moved_to_another_clock(self, by_ms: int) -> None:
        """Go on with a clock that is ahead by so much."""
        self.now += by_ms
        if self.moving_since is not None:
            self.moving_since += by_ms


def ends(event: Facts) -> int:
    """Return when what an event starts is to end."""
    return int(event["at_ms"] + event["duration_ms"])


def is_before(event: Facts, to_ms: int) -> bool:
    """Tell whether an event lies before an instant; what ends at it does."""
    is_end = str(event["kind"]).endswith(".ended")
    return int(event["at_ms"]) < to_ms + is_end
