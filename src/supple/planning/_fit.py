"""Fit a routine to a time, by choosing its amounts inside the ranges that it has."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from math import gcd, lcm
from operator import getitem
from typing import TYPE_CHECKING, NamedTuple

from attrs import field, frozen

from supple._errors import MisfitError, ModelError
from supple._model import Circuit, Pacing, Rest, Routine, requirements as must
from supple._model.routine import ROUTINE, first_of
from supple._timeline.schedule import schedule
from supple._timeline.timing import Timing
from supple._units import minutes_to_ms, ms_to_clock, seconds_to_ms
from supple.planning._dosed import FollowsLevel, dosed
from supple.planning._duration import Durations
from supple.planning._options import menus
from supple.planning._search import choose
from supple.planning._usual import FIT_SLACK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from supple._model import Exercise, Prescription, RoutineItem
    from supple._timeline.timeline import Timeline
    from supple.planning._options import Menu, Option

MOST_TIMES = 16384
"""How many different times are told apart; where there are more, they are told in grains."""

LONGEST_MINUTES = 24 * 60


@frozen(kw_only=True)
class Timed:
    """A routine that was made for a time."""

    routine: Routine = field(repr=False)
    level: int | float
    pacing: Pacing = field(repr=False)
    wanted_ms: int
    duration_ms: int

    @property
    def short_ms(self) -> int:
        """By how much it is shorter than what was asked for."""
        return self.wanted_ms - self.duration_ms

    @property
    def timeline(self) -> Timeline:
        """The routine laid out at its level and pacing."""
        return schedule(self.routine, level=self.level, pacing=self.pacing)


@frozen(kw_only=True)
class Fitted(Timed):
    """A routine whose amounts were chosen for a time.

    Attributes:
        routine: The routine with these amounts.
        level: The level that belongs to them.
        follows_level: What follows it, as in :class:`Dosed`.
        pacing: The pacing that it was fitted at.
        wanted_ms: The time that was asked for.
        duration_ms: The time that it takes, which is never more.
        relative_doses: How much each place has, in order as written: 0 is the least work that
            its ranges allow and 1 the most. It is 1 where there is nothing to choose.
        floor: The lowest of them; 1 where nothing at all could be chosen.
        grain_ms: How finely times were compared: 1 unless there were very many of them.
    """

    follows_level: dict[int | None, tuple[FollowsLevel, ...]] = field(repr=False)
    relative_doses: tuple[Fraction, ...] = field(repr=False)
    floor: Fraction
    grain_ms: int


def fit(
    routine: Routine | Exercise | Prescription,
    *,
    minutes: float,
    slack: float = FIT_SLACK,
    level: float = 0.0,
    pacing: Pacing | None = None,
) -> Fitted:
    """Choose the amounts of a routine so that it takes a time.

    Repetitions, sets and hold seconds are chosen, each inside the range that it has; all else
    follows the level. The wishes, in their order:

    1. The lowest relative dose is as high as it can be, among the answers that are at most
       ``slack`` shorter than the longest one.
    2. The time is as long as it can be. It is never longer than asked for.
    3. The highest relative dose is as low as it can be, and then the doses are even: the lowest
       as great as it can be, then the second lowest, and so on.
    4. Of what is the same in all of that, the earlier exercise does more.

    The same arguments give the same answer on every machine. Holds are chosen in whole seconds
    and at the ends of their ranges. A place with thousands of combinations has a coarser grid,
    and where very many times are possible, they are compared in grains.

    Args:
        routine: The routine, or one exercise; it stays as it is.
        minutes: How long it should take.
        slack: Seconds that it may be shorter for the sake of evenness.
        level: What chooses whatever a dose cannot say, such as rests.
        pacing: The time between things; ``Pacing()`` where it is left out.

    Raises:
        MisfitError: If its shortest is longer than that, or its longest is shorter by more than
            ``slack``. The error says by how much and what would help, and has the nearest.
        ModelError: If an argument is not what it should be.

    >>> from supple import load_catalog
    >>> mine = fit(load_catalog("lower-back").routines["lower-back"], minutes=7)
    >>> mine.duration_ms, mine.short_ms, mine.timeline.duration_ms
    (420000, 0, 420000)
    """
    routine = ROUTINE.require("fit.routine", routine)
    wanted_ms = wanted("fit.minutes", minutes)
    slack_ms = seconds_to_ms(must.SECONDS_OR_ZERO.require("fit.slack", slack))
    timing = Timing.of("fit", level, pacing)
    durations = Durations(timing)
    offered = list(menus(routine.items, durations))
    span = _span(routine.items, durations, offered)
    chosen, grain_ms = [menu.options[0] for menu in offered], 1
    if wanted_ms >= span.shortest_ms:
        chosen, grain_ms = _chosen(offered, wanted_ms - span.shortest_ms, slack_ms)
    doses = [menu.dose(option) for menu, option in zip(offered, chosen, strict=True)]
    result = dosed(routine, doses, level=timing.level)
    relative = tuple(
        Fraction(option.work, menu.most_work) if len(menu.options) > 1 else Fraction(1)
        for menu, option in zip(offered, chosen, strict=True)
    )
    fitted = Fitted(
        routine=result.routine,
        level=result.level,
        follows_level=result.follows_level,
        pacing=timing.pacing,
        wanted_ms=wanted_ms,
        duration_ms=durations.whole(result.routine.items),
        relative_doses=relative,
        floor=min(relative),
        grain_ms=grain_ms,
    )
    if span.shortest_ms <= wanted_ms <= span.longest_ms + slack_ms:
        return fitted
    raise _misfit(routine, durations, span, fitted)


def wanted(where: str, minutes: object) -> int:
    """Require a number of minutes that a plan may take, and return its milliseconds."""
    kept = must.REAL.require(where, minutes)
    if not 0 < kept <= LONGEST_MINUTES:
        requirement = f"must be more than 0 and at most {LONGEST_MINUTES} minutes"
        raise ModelError(where, requirement, minutes)
    return max(minutes_to_ms(kept), 1)


class _Span(NamedTuple):
    """What items can take inside their ranges."""

    shortest_ms: int
    longest_ms: int

    def __str__(self) -> str:
        return " to ".join(dict.fromkeys(map(ms_to_clock, self)))


def _span(
    items: Sequence[RoutineItem], durations: Durations, offered: Iterable[Menu] | None = None
) -> _Span:
    shortest = longest = durations.whole(items)
    for menu in menus(items, durations) if offered is None else offered:
        shortest += menu.options[0].ms - menu.asked_ms
        longest += menu.options[-1].ms - menu.asked_ms
    return _Span(shortest, longest)


def _chosen(offered: Sequence[Menu], room_ms: int, slack_ms: int) -> tuple[list[Option], int]:
    """Return what to do in each place, and the grain in which times were compared."""
    free = [menu for menu in offered if len(menu.options) > 1]
    beyond = [[each.ms - menu.options[0].ms for each in menu.options] for menu in free]
    common = reduce(gcd, (ms for costs in beyond for ms in costs), 0) or 1
    room = min(room_ms, sum(costs[-1] for costs in beyond)) // common
    grain = common * max(-(-room // MOST_TIMES), 1)
    scale = lcm(*(menu.most_work for menu in free))
    worths = [[each.work * (scale // menu.most_work) for each in menu.options] for menu in free]

    def choice(room: int, rounding: int) -> list[int]:
        costs = ([(ms + rounding) // grain for ms in each] for each in beyond)
        pairs = [list(zip(*pair, strict=True)) for pair in zip(worths, costs, strict=True)]
        return choose(pairs, room, slack_ms // grain)

    # Told in grains a time is off by half of one at the most, to either side, so a choice may
    # be too long by some of them, and is so no more when there is as much less room.
    room = room * common // grain
    rounding = 0 if grain == common else grain // 2 if len(free) < MOST_TIMES else grain - 1
    found = choice(room, rounding)
    while (over := sum(map(getitem, beyond, found)) - room_ms) > 0:
        room -= -(-over // grain)
        found = choice(room, rounding)
    picks = iter(found)
    picked = [menu.options[next(picks) if len(menu.options) > 1 else 0] for menu in offered]
    return picked, 1 if grain == common else grain


def _misfit(routine: Routine, durations: Durations, span: _Span, nearest: Fitted) -> MisfitError:
    wanted_ms = nearest.wanted_ms
    if wanted_ms < span.shortest_ms:
        off = f"{ms_to_clock(span.shortest_ms - wanted_ms)} too long"
        remedy = _fewer(routine, durations, wanted_ms)
    else:
        off = f"{ms_to_clock(wanted_ms - span.longest_ms)} too short"
        remedy = _rounds(routine, durations, wanted_ms)
    reason = (
        f"{routine.id} takes {span} inside its ranges, which is {off} "
        f"for {ms_to_clock(wanted_ms)}: {remedy}"
    )
    return MisfitError(reason, wanted_ms, *span, nearest)


def _rounds(routine: Routine, durations: Durations, wanted_ms: int) -> str:
    """Say how many rounds would be long enough."""

    def span_of(rounds: int) -> _Span:
        return _span([Circuit(routine.items, rounds=rounds)], durations)

    once = span_of(1).longest_ms
    rounds = 1 + -(-(wanted_ms - once) // (span_of(2).longest_ms - once))
    span = span_of(rounds)
    if span.shortest_ms <= wanted_ms:
        return f"do it in {rounds} rounds, which take {span}"
    return f"{rounds} rounds take {span}, so add exercises, or do fewer of them in {rounds} rounds"


def _fewer(routine: Routine, durations: Durations, wanted_ms: int) -> str:
    """Say which items to leave out, the longest ones first, so that it is short enough."""
    items = [item for item in routine.items if not isinstance(item, Rest)]
    longest_first = sorted(items, key=durations.item, reverse=True)
    for count in range(1, len(items)):
        left_out = longest_first[:count]
        kept = [item for item in routine.items if not any(item is each for each in left_out)]
        span = _span(kept, durations)
        if span.shortest_ms <= wanted_ms:
            names = ", ".join(dict.fromkeys(map(_name, left_out)))
            return f"without {names} it takes {span}"
    return "not even its shortest item by itself is short enough"


def _name(item: RoutineItem) -> str:
    first = first_of(item)
    name = "rest" if isinstance(first, Rest) else first.id
    return f"the circuit of {name}" if isinstance(item, Circuit) else name
