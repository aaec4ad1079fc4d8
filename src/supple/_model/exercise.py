"""One exercise: what the person does and keeps, how much of it, and where that comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from supple._model import amounts, requirements as must, takes
from supple._model.advice import Advice
from supple._model.amounts import Amount, Range, Times
from supple._model.brief import Brief
from supple._model.requirements import (
    InstanceOf,
    ListOf,
    Requirement,
    WordOf,
    WordOr,
    optional,
    refuse,
)
from supple._model.sided import is_sided
from supple._model.words import (
    BodyArea,
    DosePart,
    Equipment,
    ExerciseKind,
    Phase,
    Position,
    Side,
    Sides,
)
from supple._notebook import InNotebook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from attrs import Attribute

    from supple._model.pose import Pose  # noqa: TC004 - no timeline needs it, and attrs reads no types
    from supple._phrases import Phrases  # noqa: TC004 - it is made of these classes


@frozen(kw_only=True, repr=False)
class Mark(Brief):
    """A cue that the author places inside a step or a hold, such as "breathe out".

    Exactly one of ``fraction`` and ``before_end`` says where. A mark that would not lie
    strictly inside its segment, at the dose chosen, is left out.

    Args:
        text: What to say.
        fraction: How far into the segment, between 0 and 1, both excluded.
        before_end: How many seconds before the end of the segment.
    """

    text: str = field(validator=must.TEXT, kw_only=False)
    fraction: int | float | None = field(validator=optional(must.FRACTION), default=None)
    before_end: int | float | None = field(validator=optional(must.SECONDS), default=None)

    def __attrs_post_init__(self) -> None:
        if (self.fraction is None) == (self.before_end is None):
            given = (self.fraction, self.before_end)
            refuse("either", "must have either fraction or before_end", given, "Mark")


@frozen(repr=False)
class Breath(Brief):
    """How a person breathes through a step or a hold, over and over.

    Args:
        in_: Seconds of breathing in.
        out: Seconds of breathing out.
    """

    in_: int | float = field(validator=must.SECONDS)
    out: int | float = field(validator=must.SECONDS)


class _BreathOf(Requirement[Breath]):
    """A breath, or a pair of seconds: in and out."""

    def kept(self, value: Any) -> Breath:
        if isinstance(value, Breath):
            return value
        if not isinstance(value, tuple | list) or len(value) != 2:  # noqa: PLR2004 - a pair
            refuse("breath", "must be a pair of seconds: in and out", value)
        return Breath(*(must.SECONDS.require(f"[{i}]", each) for i, each in enumerate(value)))

    def schema(self) -> must.Schema:
        return ListOf(must.SECONDS, least=2, most=2).schema()


_OWN = ("text", "seconds", "until_ready")


def _own_first(cls: type, made: list[Attribute[Any]]) -> list[Attribute[Any]]:
    """Put what a step or a hold has for itself before what both have."""
    del cls
    return sorted(made, key=lambda each: each.name not in _OWN)


@frozen(kw_only=True, repr=False)
class _Said(Brief):
    """What a step and a hold have in common."""

    text: str = field(validator=must.TEMPLATE, kw_only=False)
    marks: tuple[Mark, ...] = field(
        converter=takes.marks, validator=ListOf(InstanceOf(Mark)), default=()
    )
    breath: Breath | None = field(
        converter=takes.breath, validator=optional(_BreathOf()), default=None
    )
    say: str | None = field(validator=optional(must.TEMPLATE), default=None)
    pose: str | None = field(validator=optional(must.NAME), default=None)


@frozen(kw_only=True, repr=False, field_transformer=_own_first)
class Step(_Said):
    """A movement that the person makes.

    Args:
        text: What to do; in a cycle with sides, ``{side}`` stands for the side, and
            ``{left form|right form}`` for the form of a word that the side asks for.
        seconds: How long it takes, an amount; the pacing's where it is left out.
        until_ready: Whether the person says when it is done. Its duration is then an estimate.
        marks: Cues inside the step.
        breath: How to breathe through it: seconds in and seconds out, over and over, from a
            breath in on.
        say: What a voice says, where that is shorter than the text.
        pose: The name of the pose at its end.
    """

    seconds: Range | None = field(
        converter=takes.amount_or_none, validator=optional(amounts.SECONDS), default=None
    )
    until_ready: bool = field(validator=must.FLAG, default=False)


@frozen(kw_only=True, repr=False, field_transformer=_own_first)
class Hold(_Said):
    """A position that the person keeps.

    Args:
        text: What to keep; in a cycle with sides, ``{side}`` stands for the side, and
            ``{left form|right form}`` for the form of a word that the side asks for.
        seconds: How long, an amount.
        marks: Cues inside the hold.
        breath: How to breathe through it: seconds in and seconds out, over and over, from a
            breath in on.
        say: What a voice says, where that is shorter than the text.
        pose: The name of the pose that is kept.
    """

    seconds: Range = field(converter=takes.amount, validator=amounts.SECONDS)


@frozen(kw_only=True, repr=False)
class DoseSource(Brief):
    """Where a dose comes from.

    Args:
        title: The publication, or the library where the figure is its own default.
        says: What it says about the dose, in the catalog author's words.
        gives: The parts of this exercise's dose that were taken from it; empty where it
            stands for comparison only.
        is_default: Whether the figure is a default of the catalog or the library, and no
            publication stands behind it.
        url: Where to read it.
    """

    title: str = field(validator=must.TEXT, kw_only=False)
    says: str = field(validator=must.TEXT)
    gives: tuple[DosePart, ...] = field(
        converter=takes.dose_parts, validator=ListOf(WordOf(DosePart)), default=()
    )
    is_default: bool = field(validator=must.FLAG, default=False)
    url: str | None = field(validator=optional(must.URL), default=None)


@frozen(kw_only=True, repr=False)
class Picture(Brief):
    """A picture of an exercise, kept beside the catalog.

    Args:
        path: Where it lies inside the catalog's folder, with forward slashes.
        alt: What it shows, for someone who does not see it.
        credit: Whose it is and under which licence.
    """

    path: str = field(validator=must.PATH, kw_only=False)
    alt: str = field(validator=must.TEXT)
    credit: str | None = field(validator=optional(must.TEXT), default=None)


@frozen(kw_only=True, repr=False)
class Link(Brief):
    """A web page about an exercise, such as a film of it.

    Args:
        title: What there is to see.
        url: Where it is.
    """

    title: str = field(validator=must.TEXT, kw_only=False)
    url: str = field(validator=must.URL)


_SEGMENT: InstanceOf[Step | Hold] = InstanceOf(Step, Hold)
_SEGMENTS = ListOf(_SEGMENT)


@frozen(eq=False, repr=False)
class FromCatalog:
    """What all exercises of a catalog have from it and share."""

    advice: tuple[Advice, ...] = ()
    phrases: Phrases | None = None
    language: str = ""
    """The language that the phrases are for."""


_IDS = ListOf(must.NAME)
_SIDE = WordOf(Side)
_SIDELESS = "must not name a side: only the cycle of an exercise with sides has one"


@frozen(kw_only=True, repr=False)
class Exercise(Brief, InNotebook):
    """One movement pattern that a person does, with its usual dose.

    Args:
        id: The identifier, such as ``knee-rolls``.
        name: What people call it.
        kind: What sort of movement it is.
        position: How the body rests on its support.
        cycle: What one repetition does, on one side where there are sides. It has at least
            one step or hold.
        sides: Whether one side is worked at a time, and in which order.
        setup: What is done once, before the first set.
        finish: What is done once, after the last set.
        reps: Repetitions, counted per side; an amount.
        sets: Sets of these repetitions; an amount.
        rest: Seconds of rest between sets, an amount; the pacing's where it is left out.
        purpose: What it is good for.
        targets: The areas of the body that it works: a :class:`BodyArea` where it is one of
            those words, which every language has a name for, or else a text.
        equipment: What is needed for it: an :class:`Equipment` where it is one of those words,
            or else a text.
        cautions: What to take care of, and who should. They are shown, never acted upon.
        contraindications: Who should not do it. They are shown, never acted upon.
        phase: The part of a session in which it has its place; that of its kind where it is
            left out.
        first_side: The side that comes first, where there are sides.
        easier: The ids of exercises of the same catalog that are easier.
        harder: The ids of exercises of the same catalog that are harder.
        sources: Where each part of the dose comes from.
        pictures: Pictures of it.
        links: Web pages about it.
        language: The language of its texts, a tag of BCP 47 such as ``en`` or ``pt-BR``.

    Poses, advice and phrases are those of the catalog that it is from, which gives them. They do
    not count when exercises are compared, and a changed copy keeps them.

    Raises:
        ModelError: If a value is refused, or a text names a side where there is none.

    >>> turn = Exercise(
    ...     "neck-turn",
    ...     name="Neck turn",
    ...     kind="mobility",
    ...     position="sitting",
    ...     sides="alternate",
    ...     cycle=[Step("Turn to the {side}"), Hold("Stay there", seconds=(3, 5))],
    ...     reps=(2, 4),
    ... )
    >>> turn.reps, turn.with_dose(reps=3).dose.reps
    (Range(2, 4), Range(3))
    """

    id: str = field(validator=must.NAME, kw_only=False)
    name: str = field(validator=must.TEXT)
    kind: ExerciseKind = field(converter=takes.kind, validator=WordOf(ExerciseKind))
    position: Position = field(converter=takes.position, validator=WordOf(Position))
    cycle: tuple[Step | Hold, ...] = field(
        converter=takes.segments, validator=ListOf(_SEGMENT, least=1)
    )
    sides: Sides = field(converter=takes.sides, validator=WordOf(Sides), default=Sides.NONE)
    setup: tuple[Step | Hold, ...] = field(
        converter=takes.segments, validator=_SEGMENTS, default=()
    )
    finish: tuple[Step | Hold, ...] = field(
        converter=takes.segments, validator=_SEGMENTS, default=()
    )
    reps: Range = field(converter=takes.times, validator=amounts.TIMES, default=Range(1))
    sets: Range = field(converter=takes.times, validator=amounts.TIMES, default=Range(1))
    rest: Range | None = field(
        converter=takes.amount_or_none, validator=optional(amounts.SECONDS_OR_ZERO), default=None
    )
    purpose: str | None = field(validator=optional(must.TEXT), default=None)
    targets: tuple[BodyArea | str, ...] = field(
        converter=takes.texts, validator=ListOf(WordOr(BodyArea)), default=()
    )
    equipment: tuple[Equipment | str, ...] = field(
        converter=takes.texts, validator=ListOf(WordOr(Equipment)), default=()
    )
    cautions: tuple[str, ...] = field(converter=takes.texts, validator=must.TEXTS, default=())
    contraindications: tuple[str, ...] = field(
        converter=takes.texts, validator=must.TEXTS, default=()
    )
    _phase: Phase | None = field(
        converter=takes.phase, validator=optional(WordOf(Phase)), default=None
    )
    first_side: Side = field(converter=takes.side, validator=_SIDE, default=Side.LEFT)
    easier: tuple[str, ...] = field(converter=takes.texts, validator=_IDS, default=())
    harder: tuple[str, ...] = field(converter=takes.texts, validator=_IDS, default=())
    sources: tuple[DoseSource, ...] = field(
        converter=takes.sources, validator=ListOf(InstanceOf(DoseSource)), default=()
    )
    pictures: tuple[Picture, ...] = field(
        converter=takes.pictures, validator=ListOf(InstanceOf(Picture)), default=()
    )
    links: tuple[Link, ...] = field(
        converter=takes.links, validator=ListOf(InstanceOf(Link)), default=()
    )
    language: str = field(validator=must.LANGUAGE, default="en")

    _poses: tuple[Pose, ...] = field(default=(), alias="_poses", eq=False, repr=False)
    _from_catalog: FromCatalog = field(
        default=FromCatalog(), alias="_from_catalog", eq=False, repr=False
    )

    def __attrs_post_init__(self) -> None:
        if self._phase is self.kind.phase:
            object.__setattr__(self, "_phase", None)
        if self._poses:  # a changed copy may name others
            named = {segment.pose for segment in self.segments}
            kept = tuple(pose for pose in self._poses if pose.id in named)
            object.__setattr__(self, "_poses", kept)
        sideless = {"setup": self.setup, "finish": self.finish}
        if self.sides is Sides.NONE:
            sideless["cycle"] = self.cycle
        for part, segments in sideless.items():
            for i, segment in enumerate(segments):
                marks = ((f"marks[{j}].text", mark.text) for j, mark in enumerate(segment.marks))
                for name, text in (("text", segment.text), ("say", segment.say), *marks):
                    if text is not None and is_sided(text):
                        refuse("sideless", _SIDELESS, text, f"Exercise.{part}[{i}].{name}")

    def with_poses(self, poses: Iterable[Pose]) -> Exercise:
        """Return the same exercise with those of some poses that its steps and holds name.

        Args:
            poses: Poses; where none has a name, its own of that name stays.
        """
        return taken_over(self, {pose.id: pose for pose in poses}, self._from_catalog)

    @property
    def phase(self) -> Phase:
        """The part of a session in which it has its place."""
        return self._phase or self.kind.phase

    @property
    def advice(self) -> tuple[Advice, ...]:
        """The advice of the catalog that it is from; empty where it is from none."""
        return self._from_catalog.advice

    @property
    def poses(self) -> tuple[Pose, ...]:
        """The poses of that catalog that its steps and holds name, each once, in order."""
        return self._poses

    @property
    def phrases(self) -> Phrases | None:
        """What the library itself says with it, as that catalog has it.

        ``None`` where it is from none, or from one in another language.
        """
        given = self._from_catalog
        return given.phrases if must.is_same(given.language, self.language) else None

    @property
    def segments(self) -> tuple[Step | Hold, ...]:
        """Its steps and holds: those of the setup, of the cycle and of the finish."""
        return (*self.setup, *self.cycle, *self.finish)

    @property
    def has_hold(self) -> bool:
        """Whether there is a hold in the cycle, whose seconds a dose can set."""
        return any(isinstance(segment, Hold) for segment in self.cycle)

    @property
    def has_wait(self) -> bool:
        """Whether the person says when one of its steps is done."""
        return any(isinstance(each, Step) and each.until_ready for each in self.segments)

    def with_dose(
        self,
        *,
        reps: Times | None = None,
        sets: Times | None = None,
        hold: Amount | None = None,
        rest: Amount | None = None,
    ) -> Prescription:
        """Prescribe this exercise with another dose, for one place in one routine.

        What is left out stays as the exercise has it.

        Args:
            reps: Repetitions, counted per side.
            sets: Sets of these repetitions.
            hold: Seconds of every hold in the cycle.
            rest: Seconds of rest between sets; 0 for none.

        Returns:
            An item for a routine. The exercise itself is unchanged.

        Raises:
            ModelError: If an amount is refused, or ``hold`` is given and the cycle has none.
        """
        return Prescription(self, dose=Dose(reps=reps, sets=sets, hold=hold, rest=rest))


def taken_over(
    exercise: Exercise, poses: Mapping[str, Pose], from_catalog: FromCatalog
) -> Exercise:
    """Return the same exercise as one of a catalog that has some poses."""
    known = {pose.id: pose for pose in exercise.poses}
    named = dict.fromkeys(each.pose for each in exercise.segments if each.pose)
    found = (poses.get(id) or known.get(id) for id in named)
    return evolve(exercise, _poses=tuple(filter(None, found)), _from_catalog=from_catalog)


@frozen(kw_only=True, repr=False)
class Dose(Brief):
    """How much of an exercise, where it differs from the exercise's own dose.

    What is ``None`` stays as the exercise has it.

    Args:
        reps: Repetitions, counted per side.
        sets: Sets of these repetitions.
        hold: Seconds of every hold in the cycle.
        rest: Seconds of rest between sets; 0 for none.
    """

    reps: Range | None = field(
        converter=takes.times_or_none, validator=optional(amounts.TIMES), default=None
    )
    sets: Range | None = field(
        converter=takes.times_or_none, validator=optional(amounts.TIMES), default=None
    )
    hold: Range | None = field(
        converter=takes.amount_or_none, validator=optional(amounts.SECONDS), default=None
    )
    rest: Range | None = field(
        converter=takes.amount_or_none, validator=optional(amounts.SECONDS_OR_ZERO), default=None
    )


@frozen(kw_only=True, repr=False)
class Prescription(Brief):
    """An exercise as it is done in one place of one routine.

    Args:
        exercise: What to do.
        dose: How much of it, where that differs from the exercise's own.
        side: The only side that is worked; both where it is left out.
        left: How much of it on the left, where that differs from ``dose``.
        right: How much of it on the right, where that differs from ``dose``.
        first_side: The side that comes first; the exercise's where it is left out.
        note: A sentence to the person who does it.
        load: What is lifted or pulled, such as ``2 kg`` or ``red band``.

    Raises:
        ModelError: If a value is refused, something is said of the sides of an exercise that has
            none, or of both where only one is worked, or of a hold that its cycle has not.
    """

    exercise: Exercise = field(validator=InstanceOf(Exercise), kw_only=False)
    dose: Dose = field(validator=InstanceOf(Dose), default=Dose())
    side: Side | None = field(
        converter=takes.side_or_none, validator=optional(_SIDE), default=None
    )
    left: Dose | None = field(validator=optional(InstanceOf(Dose)), default=None)
    right: Dose | None = field(validator=optional(InstanceOf(Dose)), default=None)
    first_side: Side | None = field(
        converter=takes.side_or_none, validator=optional(_SIDE), default=None
    )
    note: str | None = field(validator=optional(must.TEXT), default=None)
    load: str | None = field(validator=optional(must.TEXT), default=None)

    def __attrs_post_init__(self) -> None:
        for name in ("side", "left", "right", "first_side"):
            given = getattr(self, name)
            if given is None:
                continue
            if self.exercise.sides is Sides.NONE:
                requirement = f"must be left out, for {self.id!r} has no sides"
                refuse("no-sides", requirement, given, f"Prescription.{name}")
            if self.side is not None and name != "side":
                requirement = "must be left out where side says the only one"
                refuse("one-side", requirement, given, f"Prescription.{name}")
        for name in ("dose", "left", "right"):
            dose = getattr(self, name)
            if dose is not None and dose.hold is not None and not self.exercise.has_hold:
                requirement = f"must be left out, for {self.id!r} has no hold in its cycle"
                refuse("no-hold", requirement, dose.hold, f"Prescription.{name}.hold")

    @property
    def id(self) -> str:
        """The identifier of the exercise."""
        return self.exercise.id

    @property
    def name(self) -> str:
        """What people call the exercise."""
        return self.exercise.name

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that are worked, in order; empty where the exercise has none."""
        if self.exercise.sides is Sides.NONE:
            return ()
        if self.side is not None:
            return (self.side,)
        first = self.first_side or self.exercise.first_side
        return (first, first.other)

    def for_side(self, side: Side | None) -> Prescription:
        """Return the same on one side alone, with the dose of that side.

        Args:
            side: The side; ``None`` for an exercise that has none.
        """
        own = {Side.LEFT: self.left, Side.RIGHT: self.right}.get(side) if side else None
        dose = self.dose if own is None else _merged(self.dose, own)
        return evolve(self, dose=dose, side=side, left=None, right=None, first_side=None)

    def with_dose(
        self,
        *,
        reps: Times | None = None,
        sets: Times | None = None,
        hold: Amount | None = None,
        rest: Amount | None = None,
    ) -> Prescription:
        """Prescribe the same with another dose; what is left out stays as it is.

        The arguments are those of :meth:`Exercise.with_dose`. What is prescribed for one side
        stays, too.
        """
        dose = Dose(reps=reps, sets=sets, hold=hold, rest=rest)
        return evolve(self, dose=_merged(self.dose, dose))

    @property
    def reps(self) -> Range:
        """Repetitions, counted per side."""
        return self.exercise.reps if self.dose.reps is None else self.dose.reps

    @property
    def sets(self) -> Range:
        """Sets of these repetitions."""
        return self.exercise.sets if self.dose.sets is None else self.dose.sets

    @property
    def rest(self) -> Range | None:
        """Seconds of rest between sets, or ``None`` for the pacing's."""
        return self.exercise.rest if self.dose.rest is None else self.dose.rest

    @property
    def cycle(self) -> tuple[Step | Hold, ...]:
        """What one repetition does, with the holds as long as the dose says."""
        hold = self.dose.hold
        if hold is None:
            return self.exercise.cycle
        return tuple(
            evolve(segment, seconds=hold) if isinstance(segment, Hold) else segment
            for segment in self.exercise.cycle
        )


def _merged(dose: Dose, changes: Dose) -> Dose:
    """Return a dose with changes."""
    parts = {part: getattr(changes, part) for part in DosePart}
    return evolve(dose, **{part: each for part, each in parts.items() if each is not None})


def exercise_of(item: Exercise | Prescription) -> Exercise:
    """Return the exercise that an item has."""
    return item.exercise if isinstance(item, Prescription) else item


def prescribed(item: Exercise | Prescription) -> Prescription:
    """Return an exercise with its own dose as a prescription."""
    return item if isinstance(item, Prescription) else Prescription(item)


def sides_of(item: Exercise | Prescription) -> tuple[Side | None, ...]:
    """Return the sides that are worked, in their order; ``None`` is that of no side."""
    return prescribed(item).sides or (None,)
