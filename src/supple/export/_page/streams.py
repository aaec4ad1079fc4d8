"""What the player of a page needs, as plain data: streams of several levels, in every language."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from math import gcd
from typing import Any, Final

from supple._dosing import remark_in_words
from supple._errors import ExportError
from supple._model import AdviceTier
from supple._phrases import Phrases, capital, phrases_for
from supple._phrases.en import OnPage
from supple._player.machine import RESTART_AFTER_MS
from supple._player.player import Player
from supple._player.states import COMMANDS, HAPPENINGS, TOGGLED, PlayerCommand
from supple._speech import speaking_ms
from supple._timeline.kinds import SEGMENT_STARTED_BY, EventKind
from supple._timeline.timeline import Timeline
from supple.export._page.figures import Moves, Numbered
from supple.export._pieces import at_level, require_same_routine
from supple.narration import narrate
from supple.narration._narrate import TONES
from supple.narration._sounds import ATTACK_S, MELODIES, RELEASE_S

_LEVELS: Final = (0, 0.25, 0.5, 0.75, 1)
MOST_IN_PAGE: Final = 20_000  # events at the full dose: some 300 KiB

_SHOWN: Final = (
    *("left", "right", "seconds", "movement", "holding", "resting"),
    *("not_done", *OnPage.english),
)

_BUTTONS: Final = frozenset({"start", "pause", "resume", "skip", "back", "ready"})

FACTS: Final = ("kind", "text", "duration_ms", "exercise", "side", "reps", "open")
"""What of an event the player needs, besides its instant and its repetition."""

_BESIDES: Final = ("remark", "move", "tone")
"""What goes with an event besides: its load and note, how the body moves, and what sounds."""

_COUNTERS: Final = frozenset({"rep", "set", "round"})
"""What begins and ends with what happens in it, and leads the player nowhere."""


def page_data(timelines: Sequence[Timeline]) -> dict[str, Any]:
    """Return what the player of a page needs, of the same routine in every language.

    Raises:
        ExportError: If there is too much of it, or they are not the same routine.
    """
    moves = Moves(timelines[0].routine.exercises)
    packed = _Packed(moves)
    streams: list[dict[str, Any]] = []
    narrations = [_Narrations() for _ in timelines]
    levels = []
    for level in _LEVELS:
        laid_out = [at_level(each, level) for each in timelines]
        stream = packed.stream(laid_out)
        if stream not in streams:
            streams.append(stream)
            for narration, timeline in zip(narrations, laid_out, strict=True):
                narration.add(timeline, stream["unit_ms"])
        levels.append({"level": level, "stream": streams.index(stream)})
    contents = {
        "names": packed.names,
        "words": [*packed.words],
        "rows": [[*row] for row in packed.rows],
    }
    digest = sha256(repr((contents, streams)).encode()).hexdigest()[:12]
    return {
        "key": f"supple {timelines[0].routine.id} {digest}",
        "contents": contents,
        "streams": streams,
        "levels": levels if len(streams) > 1 else levels[:1],
        "languages": [
            {**_language(timeline), "texts": texts, **narration.data(texts)}
            for timeline, texts, narration in zip(
                timelines, zip(*packed.texts, strict=True), narrations, strict=True
            )
        ],
        "figures": moves.data(),
        "tables": {
            "commands": {
                state: {
                    each: to for each, to in row.items() if each is not PlayerCommand.SET_SPEED
                }
                for state, row in COMMANDS.items()
            },
            "happenings": {
                state: {happening.name: to for happening, to in row.items()}
                for state, row in HAPPENINGS.items()
            },
            "toggled": {**TOGGLED},
            "gap_ms": Player(timelines[0]).gap_ms,
            "restart_after_ms": RESTART_AFTER_MS,
        },
        "sounds": {
            "attack_s": ATTACK_S,
            "release_s": RELEASE_S,
            "melodies": {kind: melody._asdict() for kind, melody in MELODIES.items()},
        },
    }


class _Packed:
    """The contents that events share, and the texts that they have in each language.

    A content is a row of numbers, one for each name: -1 for what does not apply, and for what is
    no number, such as a word, -2 less its place among ``words``. Those at the end are left out.
    """

    def __init__(self, moves: Moves) -> None:
        self.names = (*FACTS, *_BESIDES)
        self._moves = moves
        self.words: Numbered[str | bool] = Numbered()
        self.rows: Numbered[tuple[int, ...]] = Numbered()
        self.texts: Numbered[tuple[str, ...]] = Numbered()

    def stream(self, timelines: Sequence[Timeline]) -> dict[str, Any]:
        first = timelines[0]
        if first.count() > MOST_IN_PAGE:
            raise ExportError("html", f"must have at most {MOST_IN_PAGE} events", first.count())
        require_same_routine(timelines, "html")
        numbers: list[int] = []
        before_ms = 0
        unit_ms = gcd(*(event.at_ms for event in first))
        segments, tones = first.segments(), narrate(first).tones()
        for events in zip(*timelines, strict=True):
            if events[0].kind.partition(".")[0] in _COUNTERS:
                continue
            said: dict[str, Any] = events[0].as_dict()
            if events[0].kind in SEGMENT_STARTED_BY:
                said["move"] = self._moves.number(first, next(segments))
            if events[0].kind in TONES:
                said["tone"] = next(tones).kind
            told = (
                remark_in_words(event, each.phrases)
                for event, each in zip(events, timelines, strict=True)
            )
            if events[0].kind is EventKind.EXERCISE_STARTED and any(remarks := tuple(told)):
                said["remark"] = self.texts[remarks]
            at_ms = events[0].at_ms
            said["text"] = self.texts[tuple(event.text for event in events)]
            numbers += [(at_ms - before_ms) // unit_ms, self._row(said), events[0].rep or 0]
            before_ms = at_ms
        return {"duration_ms": first.duration_ms, "unit_ms": unit_ms, "events": numbers}

    def _row(self, said: dict[str, Any]) -> int:
        numbers = [self._number(said.get(name)) for name in self.names]
        while numbers[-1] == -1:
            numbers.pop()
        return self.rows[tuple(numbers)]

    def _number(self, value: Any) -> int:
        if value is None:
            return -1
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        return -2 - self.words[value]


class _Narrations:
    """What is said in a language, for each stream: pairs of an instant and a number.

    In a narration that is the number of a text among the spoken. In the pauses it is that of the
    forms that can be said after a jump, the fullest first. Whatever is said begins where something
    happens, so that it has the unit of the events.
    """

    def __init__(self) -> None:
        self._spoken: Numbered[str] = Numbered()
        self._forms: Numbered[tuple[int, ...]] = Numbered()
        self._narrations: list[list[int]] = []
        self._pauses: list[list[int]] = []

    def add(self, timeline: Timeline, unit_ms: int) -> None:
        narration = narrate(timeline)
        said = ((each.at_ms, self._spoken[each.text]) for each in narration)
        pauses = (
            (each.start_ms, self._forms[tuple(self._spoken[text] for _, text in forms)])
            for each in timeline.segments()
            if each.why is not None and (forms := narration.in_pause(each, each.why))
        )
        for kept, pairs in ((self._narrations, said), (self._pauses, pauses)):
            kept.append([number for at_ms, each in pairs for number in (at_ms // unit_ms, each)])

    def data(self, texts: Iterable[str]) -> dict[str, Any]:
        return {
            "spoken": [*self._spoken],
            "forms": [*self._forms],
            "narrations": self._narrations,
            "pauses": self._pauses,
            "spoken_ms": [*map(speaking_ms, self._spoken)],
            "texts_ms": [*map(speaking_ms, texts)],
        }


def labels_of(phrases: Phrases) -> dict[str, str]:
    """Return the words that stand on a page."""
    said = {id: capital(phrases[id]) if id in _BUTTONS else phrases[id] for id in _SHOWN}
    keys = (
        f"{phrases.space}: {phrases.pause}, {phrases.resume}",
        f"← →: {phrases.back}, {phrases.skip}",
        f"{phrases.enter}: {phrases.ready}",
    )
    return {**said, "keys": " · ".join(keys)}


def _language(timeline: Timeline) -> dict[str, Any]:
    routine = timeline.routine
    phrases, english = timeline.phrases, phrases_for("en")
    is_english = routine.language.partition("-")[0].lower() == english.language
    is_named = is_english or phrases.language_itself != english.language_itself
    return {
        "tag": routine.language,
        "name": phrases.language_itself if is_named else routine.language,
        "title": routine.name,
        "labels": labels_of(phrases),
        "stop_advice": [each.text for each in routine.advice_in(AdviceTier.STOP)],
    }
