"""What a voice says on a timeline, worked out from one segment and what surrounds it.

The rules:

* A pause names what comes: the exercise, its side, the set, the round.
* What to do is said in the first repetition. On the other side, only what names that side is
  said again. From then on each repetition has its number, the last one a word, and tones tell
  when to move.
* A countdown and the breath are tones, unless they are wanted aloud.
* Nothing is said that would not be over by the time something else happens: a shorter form is
  taken, or nothing. What to do goes before a cue in its midst.
* Nobody is praised.

None of it depends on where one begins to listen, so that a narration can be entered anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, final

from attrs import Factory, field, frozen

from supple._model import Exercise, Side, checks as check
from supple._model.sided import is_sided, on_side
from supple._speech import speaking_ms
from supple._timeline.kinds import SEGMENT_STARTED_BY, EventKind, RestReason
from supple._timeline.timeline import Timeline
from supple.narration._sounds import Tone, ToneKind, Utterance, UtteranceKind

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from supple._timeline.events import Event, Segment

END_MS = 5000
"""How long the last words may take, since nothing comes behind them."""

_SAID_AT = frozenset(
    {*SEGMENT_STARTED_BY, EventKind.ROUTINE_ENDED, *(each for each in EventKind if each.is_cue)}
)
TONES = {
    **{started: ToneKind(kind.value) for started, kind in SEGMENT_STARTED_BY.items()},
    EventKind.COUNTDOWN: ToneKind.COUNTDOWN,
    EventKind.BREATHE_IN: ToneKind.BREATHE_IN,
    EventKind.BREATHE_OUT: ToneKind.BREATHE_OUT,
    EventKind.ROUTINE_ENDED: ToneKind.END,
}
"""The tone that sounds at a kind of event."""


def narrate(
    timeline: Timeline, *, count_aloud: bool = False, breathe_aloud: bool = False
) -> Narration:
    """Work out what a voice says on a timeline, in the language of its texts.

    Args:
        timeline: What is narrated.
        count_aloud: Whether the countdown is said, too, instead of being tones.
        breathe_aloud: Whether it is said, too, when to breathe in and out.

    Raises:
        ModelError: If an argument is not what it should be.
    """
    return Narration(
        check.instance_of(Timeline)("narrate.timeline", timeline),
        count_aloud=check.flag("narrate.count_aloud", count_aloud),
        breathe_aloud=check.flag("narrate.breathe_aloud", breathe_aloud),
    )


@final
@frozen
class Narration:
    """What a voice says on a timeline, and the tones that go with it.

    Iterating it yields every :class:`Utterance` in order: lazily, in constant memory, as often
    as you like. They never overlap, and each can be said in its ``longest_ms``.

    Made by :func:`narrate`.

    Attributes:
        timeline: What is narrated.
        count_aloud: Whether the countdown is said, too, instead of being tones.
        breathe_aloud: Whether it is said, too, when to breathe in and out.
    """

    timeline: Timeline
    count_aloud: bool = field(kw_only=True)
    breathe_aloud: bool = field(kw_only=True)
    _exercises: Mapping[str, Exercise] = field(
        init=False,
        eq=False,
        repr=False,
        default=Factory(lambda self: self.timeline.routine.exercises, takes_self=True),
    )
    _sided: frozenset[str] = field(
        init=False,
        eq=False,
        repr=False,
        default=Factory(lambda self: _sided_texts(self.timeline), takes_self=True),
    )

    def __iter__(self) -> Iterator[Utterance]:
        """Yield every utterance in order, lazily."""
        return self.utterances()

    def utterances(self, from_ms: int = 0, to_ms: int | None = None) -> Iterator[Utterance]:
        """Yield what begins to be said from one instant up to another, in order, lazily.

        Args:
            from_ms: The first instant that is meant.
            to_ms: The first instant after those that are meant; all, where it is left out.

        Raises:
            TimelineError: If a bound is not an integer, at once and not while iterating.
        """
        timeline = self.timeline
        timeline.events(from_ms, to_ms)  # judges the bounds
        first_ms = timeline.at(min(max(from_ms, 0), timeline.duration_ms)).segment.start_ms
        return self._between(first_ms, from_ms, to_ms)

    def tones(self, from_ms: int = 0, to_ms: int | None = None) -> Iterator[Tone]:
        """Yield the tones from one instant up to another, in order, lazily.

        Args:
            from_ms: The first instant that is meant.
            to_ms: The first instant after those that are meant; all, where it is left out.

        Raises:
            TimelineError: If a bound is not an integer, at once and not while iterating.
        """
        events = self.timeline.events(from_ms, to_ms)
        return (
            Tone(event.at_ms, TONES[event.kind])
            for event in events
            if event.kind in TONES and not self._is_aloud(event.kind)
        )

    def at(self, event: Event) -> Utterance | None:
        """Return what is to be said at an event that a player has delivered, if anything is.

        A jump into the midst of a step or a hold has what to do said in full, since whoever
        jumps may not have heard it.

        >>> import supple
        >>> back = supple.load_catalog("lower-back")
        >>> player = supple.Player(supple.schedule(back.routines["in-bed"]))
        >>> narration = narrate(player.timeline)
        >>> for event in player.start(now_ms=0):
        ...     if said := narration.at(event):
        ...         print(said.text)
        Get ready: Knee rolls, lying on your back. First: left
        """
        if event.kind not in _SAID_AT:
            return None
        if not event.jump:
            return next(self.utterances(event.at_ms, event.at_ms + 1), None)
        longest_ms = event.remaining_ms or 0
        if event.why is not None:
            said = self._pause(event, event.why)
        elif event.kind in SEGMENT_STARTED_BY:
            said = _forms(UtteranceKind.INSTRUCTION, [event.text])
        else:
            return None
        chosen = _fitting(said, longest_ms)
        return chosen and Utterance(
            event.at_ms, longest_ms=longest_ms, kind=chosen[0], text=chosen[1]
        )

    def _between(self, first_ms: int, from_ms: int, to_ms: int | None) -> Iterator[Utterance]:
        """Yield what begins between two instants, worked out from the start of a segment on."""
        pending: _Pending | None = None
        opens: set[str] = set()  # what else starts together with the segment
        for event in self.timeline.events(first_ms):
            at_ms, kind = event.at_ms, event.kind
            if kind not in _SAID_AT:
                opens.add(kind)
                continue
            chosen: _Said | None = None
            if not kind.is_cue or pending is None or pending.is_over(at_ms):
                chosen = self._choose(event, opens)
            opens.clear()
            if pending is not None and (chosen or not kind.is_cue):
                if pending.at_ms >= from_ms:
                    yield pending.until(at_ms)
                pending = None
            if to_ms is None or at_ms < to_ms:
                pending = _Pending(at_ms, *chosen) if chosen else pending
            elif pending is None:
                return
        if pending is not None and pending.at_ms >= from_ms:
            yield pending.until(self.timeline.duration_ms + END_MS)

    def _choose(self, event: Event, opens: Container[str]) -> _Said | None:
        """Return the fullest of what can be said at an event that there is time for."""
        if event.kind is EventKind.ROUTINE_ENDED:
            return _fitting(self._end(), END_MS)
        if event.kind.is_cue:
            return _fitting(self._cue(event), event.remaining_ms or 0)
        return _fitting(self._opening(event, opens), event.duration_ms or 0)

    # --- what could be said, the fullest form first ---------------------------------

    def _end(self) -> Sequence[_Said]:
        return [(UtteranceKind.END, self.timeline.phrases.finished)]

    def _cue(self, event: Event) -> Sequence[_Said]:
        if event.kind in TONES and not self._is_aloud(event.kind):
            return []
        is_count = event.kind is EventKind.COUNTDOWN
        return [(UtteranceKind.COUNT if is_count else UtteranceKind.CUE, event.text)]

    def _is_aloud(self, kind: str) -> bool:
        """Tell whether words take the place of a tone."""
        if kind == EventKind.COUNTDOWN:
            return self.count_aloud
        return self.breathe_aloud and kind in {EventKind.BREATHE_IN, EventKind.BREATHE_OUT}

    def _opening(self, event: Event, opens: Container[str]) -> Sequence[_Said]:
        """Return what can be said where a segment starts."""
        if event.why is not None:
            return self._pause(event, event.why)
        unannounced = self._unannounced(event, opens)
        if self._is_new(event):
            return _forms(UtteranceKind.INSTRUCTION, [*unannounced, event.text], [event.text])
        if EventKind.REP_STARTED in opens and event.reps != 1:
            number = self._number(event)
            return _forms(UtteranceKind.COUNT, [*unannounced, number], [number])
        return _forms(UtteranceKind.SIDE, unannounced)

    def _pause(self, event: Event, why: RestReason) -> Sequence[_Said]:
        """Return what can be said in a rest: what comes after it."""
        phrases = self.timeline.phrases
        before = self._before(event.at_ms)
        coming = self.timeline.at(event.at_ms).next
        if coming is None:  # pragma: no cover - there is never a trailing rest
            return []
        side = None
        if event.next_side is not None and coming.exercise is not None:  # the last of several
            side = phrases.sides()[event.next_side]
        if why is RestReason.SWITCH_SIDES:
            kind, lead = UtteranceKind.SIDE, [f"{event.text}: {side}"]
            side = None
        else:
            kind, lead = UtteranceKind.NEXT, [event.text]
        if why is RestReason.REST and coming.exercise is not None:
            exercise = self._exercises[coming.exercise]
            lead.append(phrases.transition.replace("{exercise}", exercise.name))
        counts = [
            phrases.counted(phrase, number, total)
            for phrase, number, total, was in (
                (phrases.round, coming.round, coming.rounds, before and before.round),
                (phrases.set, coming.set, coming.sets, before and before.set),
            )
            if number is not None and total is not None and number not in {1, was}
        ]
        sides = [] if side is None else [f"{phrases.first}: {side}"]
        return _forms(kind, [*lead, *counts, *sides], [*lead, *sides], lead, [event.text])

    def _unannounced(self, event: Event, opens: Container[str]) -> list[str]:
        """Return what no pause has said: the exercise and the side, where they are new."""
        before = self._before(event.at_ms)
        if before is not None and before.why is not None:
            return []
        said = []
        if EventKind.EXERCISE_STARTED in opens and event.exercise is not None:
            said.append(self._exercises[event.exercise].name)
        changes = before is None or before.side is not event.side
        if event.side is not None and changes and event.text not in self._sided:
            said.append(self.timeline.phrases.sides()[event.side])
        return said

    def _is_new(self, event: Event) -> bool:
        """Tell whether a text has not been said before, or on the other side only."""
        if any(count not in {None, 1} for count in (event.rep, event.set, event.round)):
            return False
        if event.side is None or event.exercise is None or event.text in self._sided:
            return True
        return event.side is event.content.place.first_side

    def _number(self, event: Event) -> str:
        return self.timeline.phrases.last_rep if event.rep == event.reps else str(event.rep)

    def _before(self, ms: int) -> Segment | None:
        """Return the segment before the one that is under way."""
        start_ms = self.timeline.at(ms).segment.start_ms
        return self.timeline.at(start_ms - 1).segment if start_ms else None


def _sided_texts(timeline: Timeline) -> frozenset[str]:
    """Return the texts that name a side, as they stand on a timeline."""
    words = timeline.phrases.sides()
    return frozenset(
        on_side(segment.text, side, words)
        for exercise in timeline.routine.exercises.values()
        for segment in exercise.cycle
        if is_sided(segment.text)
        for side in Side
    )


_Said: TypeAlias = "tuple[UtteranceKind, str]"


def _forms(kind: UtteranceKind, *forms: Sequence[str]) -> Sequence[_Said]:
    """Return the forms that have words, each once, in their order."""
    return [(kind, text) for text in dict.fromkeys(". ".join(form) for form in forms) if text]


def _fitting(said: Sequence[_Said], longest_ms: int) -> _Said | None:
    """Return the fullest form that can be said in a time."""
    return next((each for each in said if speaking_ms(each[1]) <= longest_ms), None)


class _Pending(NamedTuple):
    """What is being said, while it is not known yet when something else comes."""

    at_ms: int
    kind: UtteranceKind
    text: str

    def is_over(self, ms: int) -> bool:
        return self.at_ms + speaking_ms(self.text) <= ms

    def until(self, ms: int) -> Utterance:
        return Utterance(self.at_ms, longest_ms=ms - self.at_ms, kind=self.kind, text=self.text)
