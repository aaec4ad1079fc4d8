"""The time between and around what a routine says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from supple._errors import ModelError
from supple._model import checks as check

if TYPE_CHECKING:
    from collections.abc import Iterable


@frozen(init=False)
class Pacing:
    """The time between and around what a routine says, and the cues inside it.

    Every default is this library's own choice, made so that a person can follow without
    haste; none is a clinical figure. All are seconds. Where a rest is 0 there is none.

    Args:
        get_ready: Before the first exercise.
        transition: Between two exercises in the same position.
        position_change: Between two exercises in different positions.
        switch_sides: Between one side and the other.
        between_sets: Between two sets, where neither exercise nor dose says.
        step: The length of a step that has none of its own; more than 0.
        countdown: The whole seconds before the end of a hold or a rest at which a countdown
            cue falls, where the segment is longer than that; kept from the greatest down.
        halfway: The shortest hold that has a cue in its middle; ``None`` for none at all.
    """

    get_ready: int | float
    transition: int | float
    position_change: int | float
    switch_sides: int | float
    between_sets: int | float
    step: int | float
    countdown: tuple[int, ...]
    halfway: int | float | None

    def __init__(  # noqa: PLR0913 - eight settings, each by its name
        self,
        *,
        get_ready: float = 5,
        transition: float = 5,
        position_change: float = 10,
        switch_sides: float = 3,
        between_sets: float = 30,
        step: float = 3,
        countdown: Iterable[int] = (3, 2, 1),
        halfway: float | None = 20,
    ) -> None:
        counted = check.sequence_of(check.whole(1, 3600))("Pacing.countdown", countdown)
        if len(set(counted)) != len(counted):
            raise ModelError("Pacing.countdown", "must not name a second twice", counted)
        self.__attrs_init__(
            get_ready=check.seconds_or_zero("Pacing.get_ready", get_ready),
            transition=check.seconds_or_zero("Pacing.transition", transition),
            position_change=check.seconds_or_zero("Pacing.position_change", position_change),
            switch_sides=check.seconds_or_zero("Pacing.switch_sides", switch_sides),
            between_sets=check.seconds_or_zero("Pacing.between_sets", between_sets),
            step=check.seconds("Pacing.step", step),
            countdown=tuple(sorted(counted, reverse=True)),
            halfway=check.optional(check.seconds_or_zero)("Pacing.halfway", halfway),
        )
