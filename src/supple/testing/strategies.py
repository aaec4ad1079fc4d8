"""Strategies of hypothesis for everything that the model and a timeline can hold.

One function a type, named for it. Amounts are small, so that a routine lays out to a few
thousand events at most, and gather where something happens: at zero, at one millisecond,
around the countdown and the halfway cue. Texts are short, in several scripts.

>>> from hypothesis import given, settings
>>> from supple import schedule
>>> @settings(max_examples=10)
... @given(routines(), levels())
... def test_that_it_ends(routine, level):
...     timeline = schedule(routine, level=level)
...     assert timeline[-1].kind == "routine.ended"
>>> test_that_it_ends()

Each is registered for its type, too: ``st.from_type(supple.Routine)`` is ``routines()``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from attrs import evolve, fields

from supple._extras import brought_by
from supple._model import (
    Advice,
    AdviceTier,
    BodyArea,
    Breath,
    Circuit,
    Dose,
    DosePart,
    DoseSource,
    Equipment,
    Exercise,
    ExerciseKind,
    Frequency,
    Hold,
    Link,
    Mark,
    Pacing,
    Phase,
    Picture,
    Position,
    Prescription,
    Range,
    Rest,
    Routine,
    Side,
    Sides,
    Step,
    requirements as must,
)
from supple._model.pose import Arm, Leg, Pose, Scene
from supple._model.sided import is_sided
from supple._phrases import LANGUAGES, Phrases
from supple._phrases.en import Spoken
from supple._timeline.schedule import schedule
from supple.catalog._catalog import Catalog
from supple.catalog._languages.reword import texts_of
from supple.catalog._reading.reading import poses_of
from supple.catalog._translation import Translation

with brought_by("testing", "hypothesis"):
    from hypothesis import assume, strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supple._model import RoutineItem
    from supple._timeline.events import Event, Moment, Segment
    from supple._timeline.timeline import Timeline

MOST_EVENTS = 2000
"""How many events a routine has at most, at the pacing that is used where none is given."""

_WORDS = ("Breathe out", "Knees left", "Très doucement", "骨盤を傾ける", "Now — 🧘‍♀️", "x")

_SIDED_WORDS = ("Bring the {side} knee up", "{side}, {side}", "{das linke|die rechte} Knie")
_sided_texts = st.sampled_from(_SIDED_WORDS)

_least = must.SECONDS.low
_some_seconds = st.one_of(
    st.sampled_from(
        [_least, 2 * _least, 0.5, 0.999, 1, 1.001, 2, 3, 3.0, 4, 6, 12.345, 20, 30.001]
    ),
    st.integers(1, 40_000).map(lambda ms: ms / 1000),
)
_some_seconds_or_zero = st.one_of(st.just(0), _some_seconds)


# --- words and amounts ---------------------------------------------------------------


@cache
def levels() -> st.SearchStrategy[float]:
    """Make a level: a number from 0 to 1, both included."""
    return st.one_of(
        st.sampled_from([0, 1, 0.5, 0.285, 1 / 3, 0.999, 5e-324, 0.0, 1.0]), st.floats(0, 1)
    )


@cache
def ids() -> st.SearchStrategy[str]:
    """Make an identifier."""
    return st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)


@cache
def texts() -> st.SearchStrategy[str]:
    """Make one line of text."""
    return st.sampled_from([*_WORDS, "abcäß", "it’s", "a, b; c"])


@cache
def languages() -> st.SearchStrategy[str]:
    """Make the tag of a language."""
    return st.sampled_from([*LANGUAGES, "pt-BR", "zh-Hant-TW", "de-CH-1996"])


def _within(requirement: Any) -> st.SearchStrategy[int]:
    """Make a whole number within the bounds that a field requires."""
    return st.integers(requirement.low, requirement.high)


def _ranges(bounds: st.SearchStrategy[float]) -> st.SearchStrategy[Range]:
    pairs = st.tuples(bounds, bounds).map(sorted)
    return bounds.map(Range) | pairs.map(lambda pair: Range(*pair))


@cache
def ranges() -> st.SearchStrategy[Range]:
    """Make any amount: how often, how long, or anything up to the largest that there is."""
    return st.one_of(times(), seconds_or_zero(), _ranges(_within(must.AMOUNT)))


@cache
def times() -> st.SearchStrategy[Range]:
    """Make how often something is repeated."""
    return _ranges(st.sampled_from([1, 1, 2, 2, 3, 4]))


@cache
def seconds() -> st.SearchStrategy[Range]:
    """Make a length of time."""
    return _ranges(_some_seconds)


@cache
def seconds_or_zero() -> st.SearchStrategy[Range]:
    """Make a length of time or none: its low bound may be 0."""
    return _ranges(_some_seconds_or_zero)


# --- exercises -----------------------------------------------------------------------


@cache
def marks() -> st.SearchStrategy[Mark]:
    """Make a cue of the author's; its place often is that of a countdown or of the middle."""
    return st.one_of(
        st.builds(
            Mark,
            texts(),
            fraction=st.sampled_from([0.5, 0.25, 1 / 3, 0.999, 1e-9])
            | st.floats(0, 1, exclude_min=True, exclude_max=True),
        ),
        st.builds(
            Mark, texts(), before_end=st.sampled_from([1, 2, 3, 0.001, 0.5, 10]) | _some_seconds
        ),
    )


@cache
def steps() -> st.SearchStrategy[Step]:
    """Make a step, as it stands in any exercise: its text names no side."""
    return _steps(texts())


@cache
def holds() -> st.SearchStrategy[Hold]:
    """Make a hold, as it stands in any exercise: its text names no side."""
    return _holds(texts())


def _steps(templates: st.SearchStrategy[str]) -> st.SearchStrategy[Step]:
    timed = {"seconds": st.none() | seconds(), "until_ready": st.booleans()}
    return st.builds(Step, **timed, **_said(templates))


def _holds(templates: st.SearchStrategy[str]) -> st.SearchStrategy[Hold]:
    return st.builds(Hold, seconds=seconds(), **_said(templates))


@cache
def breaths() -> st.SearchStrategy[Breath]:
    """Make how to breathe."""
    return st.builds(Breath, st.sampled_from([2, 4, 0.5]), st.sampled_from([3, 6, 1.5]))


def _said(templates: st.SearchStrategy[str]) -> dict[str, st.SearchStrategy[Any]]:
    """Make what a step and a hold say and show."""
    return {
        "text": templates,
        "marks": st.lists(marks(), max_size=2),
        "breath": st.none() | breaths(),
        "say": st.none() | templates,
        "pose": st.none() | ids(),
    }


@cache
def sources() -> st.SearchStrategy[DoseSource]:
    """Make where a dose comes from."""
    return st.builds(
        DoseSource,
        texts(),
        says=texts(),
        gives=st.lists(st.sampled_from(DosePart), max_size=2),
        is_default=st.booleans(),
        url=st.none() | st.sampled_from(["https://example.org/a?b=c#d", "http://example.org"]),
    )


@cache
def pictures() -> st.SearchStrategy[Picture]:
    """Make a picture of an exercise; there is no such file."""
    return st.builds(
        Picture,
        st.sampled_from(["a.svg", "pictures/knee rolls.png", "a/b/c.svg"]),
        alt=texts(),
        credit=st.none() | texts(),
    )


@cache
def poses() -> st.SearchStrategy[Pose]:
    """Make poses: somebody who stands, here or there, and looks around."""
    places = st.sampled_from([-0.3, 0, 0.25])
    scenes = st.builds(
        Scene,
        turned=st.sampled_from([-18, 64, 90]),
        props=st.sampled_from([(), ("mat",), ("chair", "desk")]),
        is_close=st.booleans(),
        ghost=st.sampled_from([None, "before", "other-side"]),
        arrows=st.sampled_from([(), (((0, 1, 0), (0, 2, 0.5)),)]),
    )
    return st.builds(
        _standing,
        ids(),
        alt=texts(),
        pelvis=st.tuples(places, st.sampled_from([3, 3.2]), places),
        gaze=st.sampled_from([0, (0, 60), (-30, 0)]),
        twist=st.sampled_from([0, 20.5]),
        shoulders=st.sampled_from([(0, 0), (0.1, -0.1)]),
        scene=scenes,
    )


def _standing(id: str, **others: Any) -> Pose:
    return Pose(
        id,
        faces="right",
        spine=[92, 90, 88],
        neck=88,
        left_leg=Leg((0, 0.2, -0.3), knee=(1, 0, 0), toes=0),
        right_leg=Leg((0.1, 0.2, 0.3), knee=(1, 0, 0), toes=0),
        left_arm=Arm((0, 3.6, -0.6), elbow=(-1, 0, 0), fingers=-90),
        right_arm=Arm((0, 3.6, 0.6), elbow=(-1, 0, 0), fingers=-90),
        **others,
    )


@cache
def links() -> st.SearchStrategy[Link]:
    """Make a link to a web page."""
    return st.builds(Link, texts(), url=st.just("https://example.org/film"))


@cache
def exercises() -> st.SearchStrategy[Exercise]:
    """Make an exercise."""
    return _exercises(described=True)


@cache
def _exercises(*, described: bool) -> st.SearchStrategy[Exercise]:
    """Make an exercise.

    Unless ``described`` it has nothing that takes no time, such as cautions and sources, and is in
    English.
    """
    return st.sampled_from(Sides).flatmap(lambda sides: _sided(sides, described=described))


@cache
def _sided(sides: Sides, *, described: bool) -> st.SearchStrategy[Exercise]:
    """Make an exercise of these sides, which its cycle may name where there are some."""
    templates = texts() if sides is Sides.NONE else texts() | _sided_texts
    segments = steps() | holds()
    description: dict[str, st.SearchStrategy[Any]] = {
        "purpose": st.none() | texts(),
        "targets": st.lists(texts() | st.sampled_from(BodyArea), max_size=1),
        "equipment": st.lists(texts() | st.sampled_from(Equipment), max_size=1),
        "cautions": st.lists(texts(), max_size=1),
        "contraindications": st.lists(texts(), max_size=1),
        "phase": st.none() | st.sampled_from(Phase),
        "links": st.lists(links(), max_size=1),
        "sources": st.lists(sources(), max_size=1),
        "pictures": st.lists(pictures(), max_size=1),
        "language": languages(),
    }
    return st.builds(
        Exercise,
        ids(),
        name=texts(),
        kind=st.sampled_from(ExerciseKind) if described else st.just(ExerciseKind.STRETCH),
        position=st.sampled_from([Position.SITTING, Position.KNEELING, *Position]),
        cycle=st.lists(_steps(templates) | _holds(templates), min_size=1, max_size=2),
        sides=st.just(sides),
        setup=st.lists(segments, max_size=1),
        finish=st.lists(segments, max_size=1),
        reps=times(),
        sets=times(),
        rest=st.none() | seconds_or_zero(),
        **(description if described else {}),
    )


@cache
def doses() -> st.SearchStrategy[Dose]:
    """Make a dose; one with a hold fits an exercise that has a hold in its cycle."""
    return _doses(has_hold=True)


@cache
def _doses(*, has_hold: bool) -> st.SearchStrategy[Dose]:
    return st.builds(
        Dose,
        reps=st.none() | times(),
        sets=st.none() | times(),
        hold=st.none() | seconds() if has_hold else st.none(),
        rest=st.none() | seconds_or_zero(),
    )


@cache
def prescriptions() -> st.SearchStrategy[Prescription]:
    """Make an exercise with a dose that fits it."""
    return exercises().flatmap(
        lambda exercise: st.builds(
            Prescription,
            st.just(exercise),
            dose=_doses(has_hold=exercise.has_hold),
            note=st.none() | texts(),
            load=st.none() | texts(),
            **_sides(exercise),
        )
    )


def _sides(exercise: Exercise) -> dict[str, st.SearchStrategy[Any]]:
    """Make what is said of both sides of an exercise; not of one side alone."""
    if exercise.sides is Sides.NONE:
        return {}
    own = st.none() | _doses(has_hold=exercise.has_hold)
    return {"left": own, "right": own, "first_side": st.none() | st.sampled_from(Side)}


# --- routines ------------------------------------------------------------------------


@cache
def rests() -> st.SearchStrategy[Rest]:
    """Make a rest between two exercises."""
    return st.builds(Rest, seconds(), text=st.none() | texts())


@cache
def frequencies() -> st.SearchStrategy[Frequency]:
    """Make how often a routine is meant to be done."""
    amounts: dict[str, Any] = {each.name: each.validator for each in fields(Frequency)}
    return st.builds(
        Frequency, **{name: _ranges(_within(of.bound)) for name, of in amounts.items()}
    )


@st.composite
def circuits(draw: st.DrawFn) -> Circuit:
    """Make a circuit, itself of circuits up to three deep."""
    return _Items(draw, nested=3).circuit()


@cache
def advice() -> st.SearchStrategy[Advice]:
    """Make a piece of advice."""
    return st.builds(Advice, st.sampled_from(AdviceTier), text=texts(), source=st.none() | texts())


def routines() -> st.SearchStrategy[Routine]:
    """Make a routine of a few thousand events at most, with circuits up to three deep."""
    return _routines(described=True)


@st.composite
def _routines(draw: st.DrawFn, *, described: bool) -> Routine:
    return _Items(draw, nested=3, described=described).routine(draw(ids()))


class _Items:
    """Items that share a few exercises, no two of which have the same identifier."""

    def __init__(self, draw: st.DrawFn, *, nested: int, described: bool = True) -> None:
        self.draw = draw
        self.nested = nested
        self.described = described
        chosen = draw(st.lists(_exercises(described=described), min_size=1, max_size=3))
        self.pool = [evolve(exercise, id=f"exercise-{i}") for i, exercise in enumerate(chosen)]

    def routine(self, id: str) -> Routine:
        items = self.items()
        described: dict[str, st.SearchStrategy[Any]] = {
            "name": texts(),
            "purpose": texts(),
            "frequency": frequencies(),
            "advice": st.lists(advice(), max_size=2),
            "language": languages(),
        }
        chosen = described if self.described else {"name": texts()}
        others: dict[str, Any] = self.draw(st.fixed_dictionaries({}, optional=chosen))
        made = Routine(id, items=items, **others)
        assume(schedule(made, level=1).count() <= MOST_EVENTS)
        return made

    def items(self) -> list[RoutineItem]:
        """Draw items that have an exercise in them somewhere."""
        before = [self.item() for _ in range(self.draw(st.integers(0, 2)))]
        after = [self.item() for _ in range(self.draw(st.integers(0, 1)))]
        return [*before, self.work(), *after]

    def item(self) -> RoutineItem:
        if self.draw(st.booleans()):
            return self.draw(rests())
        return self.work()

    def work(self) -> RoutineItem:
        kinds = ["exercise", "prescription", *["circuit"] * bool(self.nested)]
        kind = self.draw(st.sampled_from(kinds))
        if kind == "circuit":
            return self.circuit()
        exercise = self.pool[self.draw(st.integers(0, len(self.pool) - 1))]
        if kind == "exercise":
            return exercise
        sides = [{}, _sides(exercise)]
        if exercise.sides is not Sides.NONE:
            sides.append({"side": st.sampled_from(Side)})
        said = self.draw(st.sampled_from(sides))
        dose = self.draw(_doses(has_hold=exercise.has_hold))
        return Prescription(exercise, dose=dose, **self.draw(st.fixed_dictionaries(said)))

    def circuit(self) -> Circuit:
        self.nested -= 1
        items = self.items()
        self.nested += 1
        return Circuit(
            items,
            rounds=self.draw(times()),
            rest=self.draw(st.just(Range(0)) | seconds_or_zero()),
        )


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    """Make a catalog of a few exercises, up to two routines of them, advice and translations."""
    made = _Items(draw, nested=2)
    named = draw(st.lists(ids(), max_size=2, unique=True))
    named_poses = (id for each in made.pool for _, id in poses_of(each))
    catalog = Catalog(
        draw(ids()),
        title=draw(texts()),
        version=draw(st.sampled_from(["1.0", "2026.1"])),
        language=draw(languages()),
        exercises=made.pool,
        poses=[evolve(draw(poses()), id=id) for id in dict.fromkeys(named_poses)],
        routines=[made.routine(each) for each in named],
        advice=draw(st.lists(advice(), max_size=3)),
        summary=draw(st.none() | texts()),
    )
    spoken = draw(st.lists(languages(), max_size=2, unique=True))
    said = texts_of(catalog)
    translations = [
        draw(_translations(tag, () if tag == catalog.language else said)) for tag in spoken
    ]
    return evolve(catalog, translations=translations)


def _translations(language: str, said: Sequence[str]) -> st.SearchStrategy[Translation]:
    """Make a translation of some texts into a language."""
    pairs = {each: _sided_texts if is_sided(each) else texts() for each in said}
    return st.builds(
        Translation,
        st.just(language),
        texts=st.fixed_dictionaries({}, optional=pairs),
        phrases=st.fixed_dictionaries({}, optional=_phrases()),
    )


# --- timelines -----------------------------------------------------------------------


@cache
def pacings() -> st.SearchStrategy[Pacing]:
    """Make a pacing."""
    pause = _some_seconds_or_zero
    return st.builds(
        Pacing,
        get_ready=pause,
        transition=pause,
        position_change=pause,
        switch_sides=pause,
        between_sets=pause,
        step=_some_seconds,
        switch_soon=st.none() | st.sampled_from([1, 5]),
        countdown=st.just((3, 2, 1)) | st.lists(st.integers(1, 12), max_size=4, unique=True),
        halfway=st.none() | st.sampled_from([0, 2, 6, 20]) | pause,
    )


@cache
def phrases() -> st.SearchStrategy[Phrases]:
    """Make the words that the library itself says in some language."""
    return st.builds(Phrases, language=languages(), **_phrases())


def _phrases() -> dict[str, st.SearchStrategy[str]]:
    """Make each phrase that is said while a routine is done, by its name."""
    said = dict.fromkeys(Spoken.english, texts())
    coming = st.sampled_from(["{exercise}: {position}", "→ {exercise}", "x"])
    return {**said, **dict.fromkeys(("get_ready", "transition", "position_change"), coming)}


@cache
def timelines() -> st.SearchStrategy[Timeline]:
    """Make a routine, as of :func:`routines`, at a level and a pacing, laid out in time."""
    return st.builds(schedule, routines(), level=levels(), pacing=pacings())


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Make an event, one of those on a timeline."""
    timeline = draw(timelines())
    return timeline[draw(st.integers(0, len(timeline) - 1))]


@st.composite
def moments(draw: st.DrawFn) -> Moment:
    """Make what is going on at one instant of a timeline."""
    timeline = draw(timelines())
    return timeline.at(draw(st.integers(0, timeline.duration_ms)))


def segments() -> st.SearchStrategy[Segment]:
    """Make a step, a hold or a rest, one of those on a timeline."""
    return moments().map(lambda moment: moment.segment)
