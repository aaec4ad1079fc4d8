"""The time between and around what a routine says."""

from __future__ import annotations

from attrs import field, frozen

from supple._model import requirements as must, takes
from supple._model.brief import Brief
from supple._model.requirements import UniqueOf, Whole, optional


@frozen(kw_only=True, repr=False)
class Pacing(Brief):
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
        switch_soon: The seconds before the end of the last segment of a side at which a cue says
            that the other side comes; none where that segment is shorter than twice as long.
            ``None`` for none at all.
        halfway: The shortest hold that has a cue in its middle; ``None`` for none at all.
    """

    get_ready: int | float = field(validator=must.SECONDS_OR_ZERO, default=5)
    transition: int | float = field(validator=must.SECONDS_OR_ZERO, default=5)
    position_change: int | float = field(validator=must.SECONDS_OR_ZERO, default=10)
    switch_sides: int | float = field(validator=must.SECONDS_OR_ZERO, default=3)
    between_sets: int | float = field(validator=must.SECONDS_OR_ZERO, default=30)
    step: int | float = field(validator=must.SECONDS, default=3)
    countdown: tuple[int, ...] = field(
        converter=takes.countdown,
        validator=UniqueOf(Whole(1, 3600), "second", falling=True),
        default=(3, 2, 1),
    )
    switch_soon: int | float | None = field(validator=optional(must.SECONDS), default=5)
    halfway: int | float | None = field(validator=optional(must.SECONDS_OR_ZERO), default=20)
