"""What there is to show of a player at one instant, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from supple import Moment, PlayerState, RestReason, SegmentKind, Timeline
from supple._dosing import duration_in_words
from supple._labels import Labels, labels_for
from supple._units import MS_PER_SECOND, ms_to_clock

if TYPE_CHECKING:
    from supple import Player

_COLOURS = {SegmentKind.STEP: "green", SegmentKind.HOLD: "cyan", SegmentKind.REST: ""}
_LEADS_IN = {RestReason.GET_READY, RestReason.TRANSITION}
_SHOWN_IN_SECONDS_MS = 60 * MS_PER_SECOND


@frozen(kw_only=True)
class View:
    """All that the screen depends on besides its size.

    Attributes:
        timeline: What is played.
        moment: What is going on.
        state: What the player is doing.
        speed: How many milliseconds of the timeline pass in one of the clock.
        hands_free: Whether a step until ready just takes its time.
        missed_ms: How late the call came that made the player pause by itself.
    """

    timeline: Timeline
    moment: Moment
    state: PlayerState = PlayerState.RUNNING
    speed: int | float = 1
    hands_free: bool = False
    missed_ms: int | None = None

    @property
    def labels(self) -> Labels:
        """The library's own words, in the language of the texts."""
        return labels_for(self.timeline.routine.language)

    @property
    def is_open(self) -> bool:
        """Whether the step under way lasts until the person is ready."""
        return self.moment.open and not self.hands_free

    @property
    def colour(self) -> str:
        """The colour of what is going on."""
        return _COLOURS[self.moment.segment.kind]

    @property
    def count(self) -> str:
        """The time that is left of the segment, in figures."""
        left_ms = _to_whole_seconds(self.moment.remaining_ms)
        if left_ms < _SHOWN_IN_SECONDS_MS:
            return f"{left_ms // MS_PER_SECOND}"
        return ms_to_clock(left_ms)

    @property
    def time_left(self) -> str:
        """The time that is left of the routine."""
        left_ms = self.timeline.duration_ms - self.moment.at_ms
        labels = self.labels
        text = labels.time_left.format(time=ms_to_clock(_to_whole_seconds(left_ms)))
        return text if self.speed == 1 else labels.at_speed.format(text=text, speed=self.speed)

    @property
    def exercise(self) -> str | None:
        """What the exercise under way is called."""
        id_ = self.moment.exercise
        return None if id_ is None else self.timeline.routine.exercises[id_].name

    @property
    def side(self) -> str | None:
        """The side that is worked, in the language of the texts."""
        side = self.moment.side
        return None if side is None else self.timeline.phrases.sides()[side]

    @property
    def counters(self) -> list[tuple[str, str]]:
        """The repetition, the set and the round: the word for it, and which one of how many.

        What happens only once is not counted.
        """
        moment, phrases = self.moment, self.timeline.phrases
        between = " of " if phrases.language.startswith("en") else "/"
        counted = (
            (phrases.rep, moment.rep, moment.reps),
            (phrases.set, moment.set, moment.sets),
            (phrases.round, moment.round, moment.rounds),
        )
        return [
            (word, f"{number}{between}{total}")
            for word, number, total in counted
            if number is not None and total != 1
        ]

    @property
    def coming(self) -> str:
        """What comes next, in the language of the texts."""
        coming = self.moment.next
        if coming is None:
            return self.labels.then_done
        if coming.why in _LEADS_IN:  # these say themselves that they lead to something
            return coming.text
        return self.timeline.phrases.transition.replace("{exercise}", coming.text)

    @property
    def prompt(self) -> tuple[str, str] | None:
        """What the person can do where nothing moves: the word that stands out, and the rest."""
        if self.state is PlayerState.PAUSED:
            return self.labels.paused, self.labels.space_resumes
        if self.state is PlayerState.WAITING:
            return self.labels.enter, self.labels.when_ready
        return None

    @property
    def note(self) -> str | None:
        """Why the player has paused by itself."""
        if self.missed_ms is None:
            return None
        time = duration_in_words(self.missed_ms, self.labels)
        return self.labels.computer_away.format(time=time)


def view_of(player: Player, now_ms: int) -> View:
    """Return what there is to show of a player at an instant of its clock."""
    return View(
        timeline=player.timeline,
        moment=player.moment(now_ms),
        state=player.state,
        speed=player.speed,
        hands_free=player.hands_free,
        missed_ms=player.missed_ms,
    )


def _to_whole_seconds(ms: int) -> int:
    """Round up, so that a countdown shows 3 as its last three seconds begin."""
    return -(-ms // MS_PER_SECOND) * MS_PER_SECOND
