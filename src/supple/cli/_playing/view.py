"""What there is to show of a player at one instant, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from supple import Moment, PlayerState, RestReason, SegmentKind, Timeline
from supple._dosing import BESIDE, duration_in_words
from supple._units import MS_PER_MINUTE, ms_to_clock, seconds_begun, seconds_over, seconds_to_ms

if TYPE_CHECKING:
    from supple import Event, Phrases, Player, Segment, Side

_LEADS_IN = {RestReason.GET_READY, RestReason.TRANSITION}


@frozen(eq=False)
class Shown:
    """A timeline, with what the screen needs of it again and again."""

    timeline: Timeline

    @property
    def words(self) -> Phrases:
        return self.timeline.phrases

    def side(self, side: Side) -> str:
        """Return what a side is called where it stands alone."""
        return self.words.sides()[side].upper()

    def text(self, segment: Segment) -> str:
        """Return what a segment says; a change of sides says to which."""
        side = self.side_of(segment)
        if segment.why is not RestReason.SWITCH_SIDES or side is None:
            return segment.text
        return f"{segment.text}: {self.side(side)}"

    def side_of(self, segment: Segment) -> Side | None:
        """Return the side that is worked; in a rest, the side that comes."""
        if segment.kind is SegmentKind.REST and segment.end_ms < self.timeline.duration_ms:
            return self.timeline.at(segment.end_ms).side
        return segment.side


@frozen(kw_only=True)
class View:
    """All that the screen depends on besides its size, as its player has it."""

    shown: Shown
    moment: Moment
    state: PlayerState = PlayerState.RUNNING
    speed: int | float = 1
    hands_free: bool = False
    missed_ms: int | None = None

    @classmethod
    def of(cls, player: Player, shown: Shown, moment: Moment) -> View:
        return cls(
            shown=shown,
            moment=moment,
            state=player.state,
            speed=player.speed,
            hands_free=player.hands_free,
            missed_ms=player.missed_ms,
        )

    @property
    def side(self) -> Side | None:
        """The side that is worked or comes next."""
        return self.shown.side_of(self.moment.segment)

    @property
    def is_rest(self) -> bool:
        return self.moment.segment.kind is SegmentKind.REST

    @property
    def instruction(self) -> str:
        return self.shown.text(self.moment.segment)

    @property
    def count(self) -> str:
        """The time that is left of the segment, in figures; none where it waits."""
        if self.moment.open and not self.hands_free:
            return ""
        return count_of(self.moment.remaining_ms)

    @property
    def time_left(self) -> str:
        """The time that is left of the routine."""
        left_ms = self.shown.timeline.duration_ms - self.moment.at_ms
        text = self.shown.words.time_left.format(time=ms_to_clock(_to_whole_seconds(left_ms)))
        return text if self.speed == 1 else f"{text}{BESIDE}{self.speed}×"

    @property
    def exercise(self) -> Event:
        """The start of the exercise that is under way or comes next."""
        return self.shown.timeline.exercises.at(self.moment.at_ms).started

    @property
    def number(self) -> str:
        """Which exercise that is, of how many."""
        exercise = self.exercise
        return self.shown.words.exercise_of.format(
            n=exercise.exercise_number, total=exercise.exercises
        )

    @property
    def counters(self) -> str:
        """The repetition, the set and the round; what happens only once is not counted."""
        moment, words = self.moment, self.shown.words
        counted = (
            (words.rep, moment.rep, moment.reps),
            (words.set, moment.set, moment.sets),
            (words.round, moment.round, moment.rounds),
        )
        return BESIDE.join(
            f"{word} {number} {words.of} {total}"
            for word, number, total in counted
            if number is not None and total != 1
        )

    def coming(self, *, briefly: bool) -> str:
        """Return what comes next."""
        coming, words = self.moment.next, self.shown.words
        if coming is None:
            return words.then_done
        text = self.shown.text(coming)
        if briefly:
            return f"→ {text}"
        # Some say themselves that they lead to something.
        return text if coming.why in _LEADS_IN else words.transition.replace("{exercise}", text)

    @property
    def prompt(self) -> tuple[str, str] | None:
        """What the person can do where nothing moves: the word that stands out, and the rest."""
        words = self.shown.words
        if self.state is PlayerState.PAUSED:
            return words.paused, words.goes_on.format(key=words.space)
        if self.state is PlayerState.WAITING:
            return words.enter, words.when_ready.format(key="").lstrip(", ")
        return None

    @property
    def note(self) -> str | None:
        """Why the player has paused by itself."""
        if self.missed_ms is None:
            return None
        time = duration_in_words(self.missed_ms, self.shown.words)
        return self.shown.words.away.format(time=time)


def count_of(ms: int) -> str:
    """Return a time as a countdown shows it."""
    left_ms = _to_whole_seconds(ms)
    return str(seconds_over(left_ms)) if left_ms < MS_PER_MINUTE else ms_to_clock(left_ms)


def _to_whole_seconds(ms: int) -> int:
    """Round up, so that a countdown shows 3 as its last three seconds begin."""
    return seconds_to_ms(seconds_begun(ms))
