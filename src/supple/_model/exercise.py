"""One exercise: what the person does and keeps, how much of it, and where that comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from supple._errors import ModelError
from supple._model import amounts, checks as check
from supple._model.amounts import Range
from supple._model.sided import is_sided
from supple._model.words import DosePart, ExerciseKind, Position, Sides

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supple._model.amounts import Amount


@frozen(init=False)
class Mark:
    """A cue that the author places inside a step or a hold, such as "breathe out".

    Exactly one of ``fraction`` and ``before_end`` says where. A mark that would not lie
    strictly inside its segment, at the dose chosen, is left out.

    Args:
        text: What to say.
        fraction: How far into the segment, between 0 and 1, both excluded.
        before_end: How many seconds before the end of the segment.
    """

    text: str
    fraction: int | float | None
    before_end: int | float | None

    def __init__(
        self, text: str, *, fraction: float | None = None, before_end: float | None = None
    ) -> None:
        if (fraction is None) == (before_end is None):
            raise ModelError(
                "Mark", "must have either fraction or before_end", (fraction, before_end)
            )
        self.__attrs_init__(
            text=check.text("Mark.text", text),
            fraction=check.optional(check.fraction)("Mark.fraction", fraction),
            before_end=check.optional(check.seconds)("Mark.before_end", before_end),
        )


_marks = check.sequence_of(check.instance_of(Mark))


@frozen(init=False)
class Step:
    """A movement that the person makes.

    Args:
        text: What to do; in a cycle with sides, ``{side}`` stands for the side, and
            ``{left form|right form}`` for the form of a word that the side asks for.
        seconds: How long it takes, an amount; the pacing's where it is left out.
        until_ready: Whether the person says when it is done. Its duration is then an estimate.
        marks: Cues inside the step.
    """

    text: str
    seconds: Range | None
    until_ready: bool
    marks: tuple[Mark, ...]

    def __init__(
        self,
        text: str,
        *,
        seconds: Amount | None = None,
        until_ready: bool = False,
        marks: Iterable[Mark] = (),
    ) -> None:
        self.__attrs_init__(
            text=check.template("Step.text", text),
            seconds=check.optional(amounts.seconds)("Step.seconds", seconds),
            until_ready=check.flag("Step.until_ready", until_ready),
            marks=_marks("Step.marks", marks),
        )


@frozen(init=False)
class Hold:
    """A position that the person keeps.

    Args:
        text: What to keep; in a cycle with sides, ``{side}`` stands for the side, and
            ``{left form|right form}`` for the form of a word that the side asks for.
        seconds: How long, an amount.
        marks: Cues inside the hold.
    """

    text: str
    seconds: Range
    marks: tuple[Mark, ...]

    def __init__(self, text: str, *, seconds: Amount, marks: Iterable[Mark] = ()) -> None:
        self.__attrs_init__(
            text=check.template("Hold.text", text),
            seconds=amounts.seconds("Hold.seconds", seconds),
            marks=_marks("Hold.marks", marks),
        )


@frozen(init=False)
class DoseSource:
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

    title: str
    says: str
    gives: tuple[DosePart, ...]
    is_default: bool
    url: str | None

    def __init__(
        self,
        title: str,
        *,
        says: str,
        gives: Iterable[DosePart | str] = (),
        is_default: bool = False,
        url: str | None = None,
    ) -> None:
        self.__attrs_init__(
            title=check.text("DoseSource.title", title),
            says=check.text("DoseSource.says", says),
            gives=check.sequence_of(check.word_of(DosePart))("DoseSource.gives", gives),
            is_default=check.flag("DoseSource.is_default", is_default),
            url=check.optional(check.url)("DoseSource.url", url),
        )


@frozen(init=False)
class Picture:
    """A picture of an exercise, kept beside the catalog.

    Args:
        path: Where it lies inside the catalog's folder, with forward slashes.
        alt: What it shows, for someone who does not see it.
        credit: Whose it is and under which licence.
    """

    path: str
    alt: str
    credit: str | None

    def __init__(self, path: str, *, alt: str, credit: str | None = None) -> None:
        self.__attrs_init__(
            path=check.relative_path("Picture.path", path),
            alt=check.text("Picture.alt", alt),
            credit=check.optional(check.text)("Picture.credit", credit),
        )


_segment: check.Check[Step | Hold] = check.instance_of(Step, Hold)
_segments = check.sequence_of(_segment)
_cycle = check.sequence_of(_segment, required=True)
_texts = check.sequence_of(check.text)


@frozen(init=False)
class Exercise:
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
        targets: The areas of the body that it works.
        equipment: What is needed for it.
        cautions: What to take care of, and who should. They are shown, never acted upon.
        sources: Where each part of the dose comes from.
        pictures: Pictures of it.

        language: The language of its texts, a tag of BCP 47 such as ``en`` or ``pt-BR``.

    Raises:
        ModelError: If a value is refused, or a text names a side where there is none.
    """

    id: str
    name: str
    kind: ExerciseKind
    position: Position
    cycle: tuple[Step | Hold, ...]
    sides: Sides
    setup: tuple[Step | Hold, ...]
    finish: tuple[Step | Hold, ...]
    reps: Range
    sets: Range
    rest: Range | None
    purpose: str | None
    targets: tuple[str, ...]
    equipment: tuple[str, ...]
    cautions: tuple[str, ...]
    sources: tuple[DoseSource, ...]
    pictures: tuple[Picture, ...]
    language: str

    def __init__(  # noqa: PLR0913 - an exercise is described by this much, each by its name
        self,
        id: str,
        *,
        name: str,
        kind: ExerciseKind | str,
        position: Position | str,
        cycle: Iterable[Step | Hold],
        sides: Sides | str = Sides.NONE,
        setup: Iterable[Step | Hold] = (),
        finish: Iterable[Step | Hold] = (),
        reps: Amount = 1,
        sets: Amount = 1,
        rest: Amount | None = None,
        purpose: str | None = None,
        targets: Iterable[str] = (),
        equipment: Iterable[str] = (),
        cautions: Iterable[str] = (),
        sources: Iterable[DoseSource] = (),
        pictures: Iterable[Picture] = (),
        language: str = "en",
    ) -> None:
        self.__attrs_init__(
            id=check.name("Exercise.id", id),
            name=check.text("Exercise.name", name),
            kind=check.word_of(ExerciseKind)("Exercise.kind", kind),
            position=check.word_of(Position)("Exercise.position", position),
            cycle=_cycle("Exercise.cycle", cycle),
            sides=check.word_of(Sides)("Exercise.sides", sides),
            setup=_segments("Exercise.setup", setup),
            finish=_segments("Exercise.finish", finish),
            reps=amounts.times("Exercise.reps", reps),
            sets=amounts.times("Exercise.sets", sets),
            rest=check.optional(amounts.seconds_or_zero)("Exercise.rest", rest),
            purpose=check.optional(check.text)("Exercise.purpose", purpose),
            targets=_texts("Exercise.targets", targets),
            equipment=_texts("Exercise.equipment", equipment),
            cautions=_texts("Exercise.cautions", cautions),
            sources=check.sequence_of(check.instance_of(DoseSource))("Exercise.sources", sources),
            pictures=check.sequence_of(check.instance_of(Picture))("Exercise.pictures", pictures),
            language=check.language("Exercise.language", language),
        )
        self._require_sides_where_named()

    def _require_sides_where_named(self) -> None:
        sideless = {"setup": self.setup, "finish": self.finish}
        if self.sides is Sides.NONE:
            sideless["cycle"] = self.cycle
        for part, segments in sideless.items():
            for i, segment in enumerate(segments):
                if is_sided(segment.text):
                    raise ModelError(
                        f"Exercise.{part}[{i}].text",
                        "must not name a side: only the cycle of an exercise with sides has one",
                        segment.text,
                    )

    @property
    def has_hold(self) -> bool:
        """Whether there is a hold in the cycle, whose seconds a dose can set."""
        return any(isinstance(segment, Hold) for segment in self.cycle)

    def with_dose(
        self,
        *,
        reps: Amount | None = None,
        sets: Amount | None = None,
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


@frozen(init=False)
class Dose:
    """How much of an exercise, where it differs from the exercise's own dose.

    What is ``None`` stays as the exercise has it.

    Args:
        reps: Repetitions, counted per side.
        sets: Sets of these repetitions.
        hold: Seconds of every hold in the cycle.
        rest: Seconds of rest between sets; 0 for none.
    """

    reps: Range | None
    sets: Range | None
    hold: Range | None
    rest: Range | None

    def __init__(
        self,
        *,
        reps: Amount | None = None,
        sets: Amount | None = None,
        hold: Amount | None = None,
        rest: Amount | None = None,
    ) -> None:
        self.__attrs_init__(
            reps=check.optional(amounts.times)("Dose.reps", reps),
            sets=check.optional(amounts.times)("Dose.sets", sets),
            hold=check.optional(amounts.seconds)("Dose.hold", hold),
            rest=check.optional(amounts.seconds_or_zero)("Dose.rest", rest),
        )


@frozen(init=False)
class Prescription:
    """An exercise together with the dose that it has in one place of one routine.

    Args:
        exercise: What to do.
        dose: How much of it, where that differs from the exercise's own.
    """

    exercise: Exercise
    dose: Dose

    def __init__(self, exercise: Exercise, *, dose: Dose) -> None:
        exercise = check.instance_of(Exercise)("Prescription.exercise", exercise)
        dose = check.instance_of(Dose)("Prescription.dose", dose)
        if dose.hold is not None and not exercise.has_hold:
            raise ModelError(
                "Dose.hold",
                f"must be left out, for {exercise.id!r} has no hold in its cycle",
                dose.hold,
            )
        self.__attrs_init__(exercise=exercise, dose=dose)

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
            Hold(segment.text, seconds=hold, marks=segment.marks)
            if isinstance(segment, Hold)
            else segment
            for segment in self.exercise.cycle
        )
