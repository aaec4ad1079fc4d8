"""What a field takes where that is more than what it keeps, for type checkers.

They read it off the converter of the field. Each converter here hands its value on as it is: the
requirement that stands beside it puts the value into its form, or refuses it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import time

    from supple._model.advice import Advice
    from supple._model.amounts import Amount, Times
    from supple._model.exercise import (
        Breath,
        DoseSource,
        Exercise,
        Hold,
        Link,
        Mark,
        Picture,
        Prescription,
        Step,
    )
    from supple._model.pose import (
        AnyDirection,
        FacingWord,
        GhostWord,
        Prop,
    )
    from supple._model.routine import Routine, RoutineItem
    from supple._model.words import (
        AdviceTierWord,
        DosePartWord,
        ExerciseKindWord,
        PhaseWord,
        PositionWord,
        SidesWord,
        SideWord,
    )


def amount(value: Amount) -> Any:
    return value


def amount_or_none(value: Amount | None) -> Any:
    return value


def times(value: Times) -> Any:
    return value


def times_or_none(value: Times | None) -> Any:
    return value


def breath(value: Breath | Sequence[float] | None) -> Any:
    return value


def countdown(value: Iterable[int]) -> Any:
    return value


def times_of_day(value: Iterable[time] | None) -> Any:
    return value


def text_or_default(value: str | None) -> Any:
    return value


def texts(value: Iterable[str]) -> Any:
    return value


def tier(value: AdviceTierWord) -> Any:
    return value


def dose_part(value: DosePartWord) -> Any:
    return value


def dose_parts(value: Iterable[DosePartWord]) -> Any:
    return value


def kind(value: ExerciseKindWord) -> Any:
    return value


def phase(value: PhaseWord | None) -> Any:
    return value


def position(value: PositionWord) -> Any:
    return value


def routine(value: Routine | Exercise | Prescription) -> Any:
    return value


def side(value: SideWord) -> Any:
    return value


def side_or_none(value: SideWord | None) -> Any:
    return value


def sides(value: SidesWord) -> Any:
    return value


def advice(value: Iterable[Advice] | None) -> Any:
    return value


def items(value: Iterable[RoutineItem]) -> Any:
    return value


def links(value: Iterable[Link]) -> Any:
    return value


def marks(value: Iterable[Mark]) -> Any:
    return value


def pictures(value: Iterable[Picture]) -> Any:
    return value


def segments(value: Iterable[Step | Hold]) -> Any:
    return value


def sources(value: Iterable[DoseSource]) -> Any:
    return value


def arrows(value: Iterable[Iterable[Sequence[float]]]) -> Any:
    return value


def direction(value: AnyDirection) -> Any:
    return value


def direction_or_ahead(value: AnyDirection | None) -> Any:
    return value


def facing(value: FacingWord) -> Any:
    return value


def ghost(value: GhostWord | None) -> Any:
    return value


def pair(value: Sequence[float]) -> Any:
    return value


def point(value: Sequence[float]) -> Any:
    return value


def props(value: Iterable[Prop | str]) -> Any:
    return value


def spine(value: Sequence[AnyDirection]) -> Any:
    return value
