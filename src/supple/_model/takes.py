"""What a field takes where that is more than what it keeps, for type checkers.

They read it off the converter of the field. Each converter here hands its value on as it is: the
requirement that stands beside it puts the value into its form, or refuses it.
"""

# mypy: disable-error-code="no-any-return"

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from supple._model.advice import Advice
    from supple._model.amounts import Amount, Range, Times
    from supple._model.exercise import Breath, DoseSource, Link, Mark, Picture, Segment
    from supple._model.pose import (
        AnyDirection,
        Arrows,
        Facing,
        FacingWord,
        Ghost,
        GhostWord,
        Pair,
        Prop,
        Spine,
    )
    from supple._model.routine import RoutineItem
    from supple._model.skeleton import Direction, Vector
    from supple._model.words import (
        AdviceTier,
        AdviceTierWord,
        DosePart,
        DosePartWord,
        ExerciseKind,
        ExerciseKindWord,
        Phase,
        PhaseWord,
        Position,
        PositionWord,
        Side,
        Sides,
        SidesWord,
        SideWord,
    )


def amount(value: Amount) -> Range:
    return cast("Any", value)


def amount_or_none(value: Amount | None) -> Range | None:
    return cast("Any", value)


def times(value: Times) -> Range:
    return cast("Any", value)


def times_or_none(value: Times | None) -> Range | None:
    return cast("Any", value)


def breath(value: Breath | Sequence[float] | None) -> Breath | None:
    return cast("Any", value)


def countdown(value: Iterable[int]) -> tuple[int, ...]:
    return cast("Any", value)


def text_or_default(value: str | None) -> str:
    return cast("Any", value)


def texts(value: Iterable[str]) -> tuple[str, ...]:
    return cast("Any", value)


def tier(value: AdviceTierWord) -> AdviceTier:
    return cast("Any", value)


def dose_part(value: DosePartWord) -> DosePart:
    return cast("Any", value)


def dose_parts(value: Iterable[DosePartWord]) -> tuple[DosePart, ...]:
    return cast("Any", value)


def kind(value: ExerciseKindWord) -> ExerciseKind:
    return cast("Any", value)


def phase(value: PhaseWord | None) -> Phase:
    return cast("Any", value)


def position(value: PositionWord) -> Position:
    return cast("Any", value)


def side(value: SideWord) -> Side:
    return cast("Any", value)


def side_or_none(value: SideWord | None) -> Side | None:
    return cast("Any", value)


def sides(value: SidesWord) -> Sides:
    return cast("Any", value)


def advice(value: Iterable[Advice] | None) -> tuple[Advice, ...]:
    return cast("Any", value)


def items(value: Iterable[RoutineItem]) -> tuple[RoutineItem, ...]:
    return cast("Any", value)


def links(value: Iterable[Link]) -> tuple[Link, ...]:
    return cast("Any", value)


def marks(value: Iterable[Mark]) -> tuple[Mark, ...]:
    return cast("Any", value)


def pictures(value: Iterable[Picture]) -> tuple[Picture, ...]:
    return cast("Any", value)


def segments(value: Iterable[Segment]) -> tuple[Segment, ...]:
    return cast("Any", value)


def sources(value: Iterable[DoseSource]) -> tuple[DoseSource, ...]:
    return cast("Any", value)


def arrows(value: Iterable[Iterable[Sequence[float]]]) -> Arrows:
    return cast("Any", value)


def direction(value: AnyDirection) -> Direction:
    return cast("Any", value)


def direction_or_ahead(value: AnyDirection | None) -> Direction:
    return cast("Any", value)


def facing(value: FacingWord) -> Facing:
    return cast("Any", value)


def ghost(value: GhostWord | None) -> Ghost | None:
    return cast("Any", value)


def pair(value: Sequence[float]) -> Pair:
    return cast("Any", value)


def point(value: Sequence[float]) -> Vector:
    return cast("Any", value)


def props(value: Iterable[Prop | str]) -> tuple[Prop, ...]:
    return cast("Any", value)


def spine(value: Sequence[AnyDirection]) -> Spine:
    return cast("Any", value)
