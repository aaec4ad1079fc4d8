"""What a voice says on a timeline, worked out from one segment and what surrounds it.

The rules:

* A pause names what comes: the exercise and what it is done with, its side, the set, the round.
* The note of an exercise is said once: in the pause before it, or else with the first of what
  there is to do that leaves room for it.
* What to do is said in the first repetition. On the other side, only what names that side is
  said again. In the second one the short texts that an author has for a voice are said. Each
  repetition has its number, the last one a word, and tones tell when to move.
* When to breathe in and out is said in the first repetition.
* A countdown is tones, unless it is wanted aloud.
* Nothing is said that would not be over by the time something else happens: a shorter form is
  taken, or nothing. What to do goes before a cue in its midst.
* Nobody is praised.

None of it depends on where one begins to listen, so that a narration can be entered anywhere.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias, final

from attrs import Factory, field, frozen

from supple._model import Prescription, Side, requirements as must
from supple._model.exercise import sides_of
from supple._model.sided import is_sided, on_side
from supple._speech import speaking_ms
from supple._timeline.events import Event, Segment
from supple._timeline.kinds import SEGMENT_STARTED_BY, EventKind, RestReason
from supple._timeline.timeline import Timeline
from supple.narration._sounds import Tone, ToneKind, Utterance, UtteranceKind

END_MS = 5000
"""How long the last words may take, since nothing comes behind them."""

_SAID_AT = frozenset(
    {*SEGMENT_STARTED_BY, EventKind.ROUTINE_ENDED, *(each for each in EventKind if each.is_cue)}
)
TONES = {
    **{started: ToneKind(kind.value) for started, kind in SEGMENT_STARTED_BY.items()},
    EventKind.COUNTDOWN: ToneKind.COUNTDOWN,
    EventKind.ROUTINE_ENDED: ToneKind.END,
}
"""The tone that sounds at a kind of event, unless that is the end of a hold."""

_COVERED = frozenset({ToneKind.STEP, ToneKind.REST})

_BREATH = frozenset({EventKind.BREATHE_IN, EventKind.BREATHE_OUT})

_Said: TypeAlias = tuple[UtteranceKind, str]


class _Texts(NamedTuple):
    """What there is to know of the texts of a timeline, as they stand on it."""

    names: Mapping[str, str]
    """What each exercise is called."""

    sided: frozenset[str]
    """Those that name a side."""

    short: Mapping[str, str]
    """What a voice says for a text, where its author has that shorter."""

    first_sides: Mapping[str, set[Side | None]]
    """The sides with which each exercise begins, in any of its places."""

    places: Sequence[Prescription]
    """What is prescribed in each place, in the order in which they are written."""

    @classmethod
    def of(cls, timeline: Timeline) -> "_Texts":
        exercises, words = timeline.routine.exercises, timeline.phrases.sides()
        sided: set[str] = set()
        short: dict[str, str] = {}
        for exercise in exercises.values():
            for segment in exercise.segments:
                for side in Side:
                    text = on_side(segment.text, side, words)
                    if is_sided(segment.text):
                        sided.add(text)
                    if segment.say is not None:
                        short[text] = on_side(segment.say, side, words)
        places = timeline.routine.prescriptions
        first_sides: dict[str, set[Side | None]] = {}
        for place in places:
            first_sides.setdefault(place.id, set()).add(sides_of(place)[0])
        names = {id: exercise.name for id, exercise in exercises.items()}
        return cls(names, frozenset(sided), short, first_sides, places)

    def place_of(self, segment: Segment) -> Prescription | None:
        """Return what is prescribed where a segment is."""
        number = segment.exercise_number
        return None if number is None else self.places[number - 1]


def narrate(timeline: Timeline, *, count_aloud: bool = False) -> "Narration":
    """Work out what a voice says on a timeline, in the language of its texts.

    Args:
        timeline: What is narrated.
        count_aloud: Whether the countdown is said, too, instead of being tones.

    Raises:
        ModelError: If an argument is not what it should be.
    """
    return Narration(
        must.InstanceOf(Timeline).require("narrate.timeline", timeline),
        count_aloud=must.FLAG.require("narrate.count_aloud", count_aloud),
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
    """

    timeline: Timeline
    count_aloud: bool = field(kw_only=True)
    _texts: _Texts = field(
        init=False,
        eq=False,
        repr=False,
        default=Factory(lambda self: _Texts.of(self.timeline), takes_self=True),
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
            TimelineError: If a bound is no whole number, at once and not while iterating.
        """
        timeline = self.timeline
        timeline.events(from_ms, to_ms)  # judges the bounds
        first_ms = timeline.at(min(max(from_ms, 0), timeline.duration_ms)).segment.start_ms
        return self._between(first_ms, from_ms, to_ms)

    def tones(self, from_ms: int = 0, to_ms: int | None = None) -> Iterator[Tone]:
        """Yield the tones from one instant up to another, as :meth:`utterances` does."""
        return self._tones(self.timeline.events(from_ms, to_ms))

    def _tones(self, events: Iterator[Event]) -> Iterator[Tone]:
        held_until_ms = None
        for event in events:
            if event.kind is EventKind.HOLD_ENDED:
                held_until_ms = event.at_ms
            if event.kind not in TONES or (self.count_aloud and event.kind is EventKind.COUNTDOWN):
                continue
            kind = TONES[event.kind]
            if kind in _COVERED and event.at_ms == held_until_ms:
                kind = ToneKind.HOLD_ENDS
            yield Tone(event.at_ms, kind)

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
            said = self.in_pause(self.timeline.at(event.at_ms).segment, event.why)
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
        """Return the fullest of what can be said at an event that there is time for.

        What follows returns what could be said, each the fullest form first.
        """
        if event.kind is EventKind.ROUTINE_ENDED:
            return _fitting([(UtteranceKind.END, self.timeline.phrases.finished)], END_MS)
        if event.kind.is_cue:
            return _fitting(self._cue(event), event.remaining_ms or 0)
        return _fitting(self._opening(event, opens), event.duration_ms or 0)

    def _cue(self, event: Event) -> Sequence[_Said]:
        if event.kind is EventKind.COUNTDOWN:
            return [(UtteranceKind.COUNT, event.text)] if self.count_aloud else []
        if event.kind in _BREATH and not _is_first(event):
            return []
        return [(UtteranceKind.CUE, event.text)]

    def _opening(self, event: Event, opens: Container[str]) -> Sequence[_Said]:
        """Return what can be said where a segment starts."""
        if event.why is not None:
            return self.in_pause(self.timeline.at(event.at_ms).segment, event.why)
        unannounced = self._unannounced(event, opens)
        short = self._texts.short.get(event.text)
        shorts = [] if short is None else [[short]]
        if self._is_new(event):
            full = [*unannounced, event.text]
            noted = [[*full, note]] if (note := self._note(event.at_ms)) else []
            return _forms(UtteranceKind.INSTRUCTION, *noted, full, [event.text], *shorts)
        again = [short] if short is not None and _is_second(event) else []
        if EventKind.REP_STARTED in opens and event.reps != 1:
            is_last = event.rep == event.reps
            number = self.timeline.phrases.last_rep if is_last else str(event.rep)
            return _forms(
                UtteranceKind.COUNT, [*unannounced, number, *again], [number, *again], [number]
            )
        kind = UtteranceKind.INSTRUCTION if again else UtteranceKind.SIDE
        return _forms(kind, [*unannounced, *again], again)

    def in_pause(self, rest: Segment, why: RestReason) -> Sequence[_Said]:
        """Return what can be said in a rest, the fullest first: what comes after it."""
        phrases = self.timeline.phrases
        before = self._before(rest.start_ms)
        coming = self.timeline.at(rest.start_ms).next
        if coming is None:  # pragma: no cover - there is never a trailing rest
            return []
        side = None if rest.next_side is None else phrases.sides()[rest.next_side]
        if why is RestReason.SWITCH_SIDES:
            kind, lead = UtteranceKind.SIDE, [f"{rest.text}: {side}"]
            side = None
        else:
            kind, lead = UtteranceKind.NEXT, [rest.text]
        if why is RestReason.REST and rest.next_exercise is not None:
            name = self._texts.names[rest.next_exercise]
            lead.append(phrases.transition.replace("{exercise}", name))
        place = self._texts.place_of(coming) if rest.exercise is None else None
        loaded = [*lead[:-1], f"{lead[-1]}, {place.load}"] if place and place.load else lead
        counts = [
            phrases.counted(phrase, number, total)
            for phrase, number, total, was in (
                (phrases.round, coming.round, coming.rounds, before and before.round),
                (phrases.set, coming.set, coming.sets, before and before.set),
            )
            if number is not None and total is not None and number not in {1, was}
        ]
        sides = [] if side is None else [f"{phrases.first}: {side}"]
        note = [place.note] if place and place.note and _is_first(coming) else []
        return _forms(
            kind,
            [*loaded, *counts, *sides, *note],
            [*loaded, *counts, *sides],
            [*loaded, *sides],
            loaded,
            lead,
            [rest.text],
        )

    def _note(self, ms: int) -> str | None:
        """Return the note of an exercise, where no place before had room for it."""
        segment = self.timeline.at(ms).segment
        place = self._texts.place_of(segment)
        note = place.note if place else None
        if note is None:
            return None
        before = self._before(segment.start_ms)
        while before is not None and before.exercise_number == segment.exercise_number:
            if not _is_first(before) or self._has_room(before, note):
                return None
            before = self._before(before.start_ms)
        if before is not None and before.why is not None and before.exercise is None:
            said = _fitting(self.in_pause(before, before.why), before.duration_ms)
            if said is not None and said[1].endswith(note):
                return None
        return note if self._has_room(segment, note) else None

    def _has_room(self, segment: Segment, note: str) -> bool:
        """Tell whether a note can be said with what there is to do, whatever else is said."""
        if segment.why is not None or segment.exercise is None:
            return False
        sides = [] if segment.side is None else [self.timeline.phrases.sides()[segment.side]]
        said = [self._name(segment), *sides, segment.text, note]
        return speaking_ms(". ".join(said)) <= segment.duration_ms

    def _name(self, segment: Segment) -> str:
        """Return what an exercise is called, and what it is done with."""
        place = self._texts.place_of(segment)
        return ", ".join(filter(None, (place.name, place.load))) if place else ""

    def _unannounced(self, event: Event, opens: Container[str]) -> list[str]:
        """Return what no pause has said: the exercise and the side, where they are new."""
        before = self._before(event.at_ms)
        if before is not None and before.why is not None:
            return []
        said = []
        if EventKind.EXERCISE_STARTED in opens and event.exercise is not None:
            said.append(self._name(self.timeline.at(event.at_ms).segment))
        changes = before is None or before.side is not event.side
        if event.side is not None and changes and event.text not in self._texts.sided:
            said.append(self.timeline.phrases.sides()[event.side])
        return said

    def _is_new(self, event: Event) -> bool:
        """Tell whether a text has not been said before, or on the other side only."""
        if not _is_first(event):
            return False
        if event.side is None or event.exercise is None or event.text in self._texts.sided:
            return True
        return event.side in self._texts.first_sides[event.exercise]

    def _before(self, ms: int) -> Segment | None:
        """Return the segment before the one that is under way."""
        start_ms = self.timeline.at(ms).segment.start_ms
        return self.timeline.at(start_ms - 1).segment if start_ms else None


def _is_first(event: Event | Segment) -> bool:
    """Tell whether something comes before anything is repeated."""
    return all(count in {None, 1} for count in (event.rep, event.set, event.round))


def _is_second(event: Event) -> bool:
    """Tell whether something comes for the second time."""
    return event.rep == 2 and event.set in {None, 1} and event.round in {None, 1}  # noqa: PLR2004


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
