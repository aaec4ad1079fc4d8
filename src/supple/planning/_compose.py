"""Compose a routine: choose exercises of catalogs and their order, for a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import reduce
from math import gcd
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from attrs import field, frozen

from supple._errors import MisfitError, ModelError, UnknownNameError
from supple._model import Pacing, Position, Routine, requirements as must
from supple._timeline.timing import Timing
from supple._units import ms_to_clock, seconds_to_ms
from supple.catalog._catalog import Catalog
from supple.planning._candidates import (
    PHASES,
    POSITIONS,
    Asked,
    Reason,
    Why,
    candidates,
    reason,
    word,
)
from supple.planning._duration import Durations
from supple.planning._fit import Timed, wanted
from supple.planning._route import Item, Wishes, best_route, evened
from supple.planning._usual import CHANGES, PLAN_SLACK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from supple._model.words import PositionWord
    from supple.planning._candidates import Candidate
    from supple.planning._route import Cell

T = TypeVar("T")

MOST_TIMES = 8192
MOST_CHANGES = len(PHASES) * len(POSITIONS)
MOST_TARGETS = 12


@frozen(kw_only=True)
class Plan(Timed):
    """A routine that was composed, and why it is what it is.

    Attributes:
        routine: The routine. Its exercises have their own doses.
        level: The level that it was composed at.
        pacing: The pacing that it was composed at.
        wanted_ms: The time that was asked for.
        duration_ms: The time that it takes, which is never more.
        changes: How often the position changes.
        covered: The targets asked for that it works, in the order in which they were.
        missing: Those that it does not work.
        is_estimated: Whether the time of any exercise is an estimate, since the person says when a
            step of it is done.
        chosen: Why each exercise is there, by id, in the order of the routine.
        left_out: Why each other exercise is not, by id.
    """

    changes: int
    covered: tuple[str, ...]
    missing: tuple[str, ...]
    is_estimated: bool
    chosen: Mapping[str, Reason] = field(repr=False)
    left_out: Mapping[str, Reason] = field(repr=False)

    def why(self, id: str) -> str:
        """Return why an exercise is there, or why it is not, in a sentence.

        Raises:
            UnknownNameError: If no catalog has an exercise of that id.
        """
        reasons = {**self.left_out, **self.chosen}
        if id not in reasons:
            raise UnknownNameError("exercise", id, reasons)
        return str(reasons[id])


def compose(  # noqa: PLR0913 - what a person may ask for, each by its name
    catalogs: Iterable[Catalog],
    *,
    minutes: float,
    targets: Iterable[str] = (),
    level: float = 0.0,
    pacing: Pacing | None = None,
    avoid_positions: Iterable[PositionWord] = (),
    conditions: Iterable[str] = (),
    equipment: Iterable[str] = (),
    include: Iterable[str] = (),
    exclude: Iterable[str] = (),
    max_changes: int = CHANGES,
    slack: float = PLAN_SLACK,
    seed: int = 0,
    id: str = "plan",
    name: str | None = None,
) -> Plan:
    """Choose exercises and their order for a time.

    An exercise may be there if it works a target that is asked for, needs no equipment that is
    not there, and nothing that its catalog says speaks against it. Of all routines of such
    exercises, each once and at its own dose, the best one is taken. The wishes, in their order:

    1. As many targets as can be are covered.
    2. The time is filled, but for ``slack`` at the most. Changing position fills no time.
    3. The position changes as seldom as can be.
    4. The targets come about as often as each other. This is sought by exchanging exercises,
       so it is not always the most even that there could be; the first three are exact.
    5. The seed decides.

    Exercises that mobilise come first, then those that stretch, those that strengthen, and those
    that calm down. The same arguments give the same routine on every machine.

    Args:
        catalogs: Where the exercises come from. Of two with one id the earlier one counts.
        minutes: How long it should take. It is never longer.
        targets: The areas of the body to work, such as ``lower-back``; any where left out.
            The work doubles with each, is small up to eight, and too many are refused.
        level: What to pick out of every range.
        pacing: The time between things; ``Pacing()`` where it is left out.
        avoid_positions: Positions to avoid. Whoever avoids kneeling avoids all fours, too.
        conditions: What holds of the person, such as ``pregnancy``, in the language of the
            catalogs. An exercise is left out where one of its contraindications has that word
            in it, and where a caution has it, the reason tells. What stands in none of all is
            refused. This finds words and understands nothing: read what a plan has, too.
        equipment: What there is.
        include: The ids of exercises that must be there.
        exclude: The ids of exercises that must not.
        max_changes: How often the position may change.
        slack: Seconds that may be left over.
        seed: Another seed gives another routine, where there are several that are as good.
        id: The id of the routine.
        name: Its name; the id where it is left out.

    Raises:
        MisfitError: If there is no exercise to choose, or no time for what must be there.
        UnknownNameError: If no catalog has an exercise to be included or excluded.
        ModelError: If an argument is not what it should be, or a target, a condition or a thing
            means nothing to any exercise.

    >>> from supple import load_catalog
    >>> plan = compose([load_catalog("lower-back")], minutes=4, targets=["lower-back"], seed=3)
    >>> plan.duration_ms == plan.timeline.duration_ms <= 240_000
    True
    """
    given = must.ListOf(must.InstanceOf(Catalog)).require("compose.catalogs", catalogs)
    wanted_ms = wanted("compose.minutes", minutes)
    slack_ms = seconds_to_ms(must.SECONDS_OR_ZERO.require("compose.slack", slack))
    timing = Timing.of("compose", level, pacing)
    asked = Asked(
        targets=tuple(dict.fromkeys(map(word, _listed("targets", targets, must.TEXT)))),
        avoid_positions=frozenset(
            _listed("avoid_positions", avoid_positions, must.WordOf(Position))
        ),
        conditions=tuple(map(str.casefold, _listed("conditions", conditions, must.TEXT))),
        equipment=tuple(map(word, _listed("equipment", equipment, must.TEXT))),
        include=frozenset(_listed("include", include, must.TEXT)),
        exclude=frozenset(_listed("exclude", exclude, must.TEXT)),
        seed=must.Whole(-(2**63), 2**63).require("compose.seed", seed),
    )
    if len(asked.targets) > MOST_TARGETS:
        raise ModelError("compose.targets", f"must be at most {MOST_TARGETS}", len(asked.targets))
    most_changes = must.Whole(0, MOST_CHANGES).require("compose.max_changes", max_changes)
    room_ms = wanted_ms - seconds_to_ms(timing.pacing.get_ready)
    found, left_out = candidates(given, asked, Durations(timing), room_ms)
    items, wishes = _problem(found, asked, timing, room_ms, slack_ms)
    route = best_route(items, wishes, most_changes=most_changes)
    if route is None or wishes.must & ~route.covered:
        raise _misfit(found, left_out, timing, wanted_ms, most_changes)
    route = evened(route, items, wishes)
    chosen = [found[item.number] for _, block in route.blocks for item in sorted(block)]
    cells = {cell for cell, _ in route.blocks}
    reasons = {each.exercise.id: _why(each, chosen) for each in chosen}
    left_out |= {
        each.exercise.id: _why_not(each, cells)
        for each in found
        if each.exercise.id not in reasons
    }
    worked = {target for each in chosen for target in each.targets}
    routine = Routine(id, items=[each.exercise for each in chosen], name=name)
    return Plan(
        routine=routine,
        level=timing.level,
        pacing=timing.pacing,
        wanted_ms=wanted_ms,
        duration_ms=Durations(timing).whole(routine.items),
        changes=route.changes,
        covered=tuple(each for each in asked.targets if each in worked),
        missing=tuple(each for each in asked.targets if each not in worked),
        is_estimated=any(each.exercise.has_wait for each in chosen),
        chosen=reasons,
        left_out=left_out,
    )


def _listed(name: str, value: object, each: must.Requirement[T]) -> tuple[T, ...]:
    """Require a list, or a set, which is put in an order, since its own means nothing."""
    in_order = sorted(value, key=str) if isinstance(value, set | frozenset) else value
    return must.ListOf(each).require(f"compose.{name}", in_order)


def _problem(
    found: Sequence[Candidate], asked: Asked, timing: Timing, room_ms: int, slack_ms: int
) -> tuple[list[Item], Wishes]:
    """Return the candidates and the wishes as the search sees them, in whole grains of time."""
    same = seconds_to_ms(timing.pacing.transition)
    # No less than none, or a position passed through without an exercise would bring time.
    change = max(seconds_to_ms(timing.pacing.position_change) - same, 0)
    # Every exercise brings one transition along, so there is room for one more of them.
    room = max(room_ms + same, 0)
    times = [each.ms + same for each in found]
    common = reduce(gcd, [*times, change, room, slack_ms], 0) or 1
    # In a coarser grain everything is rounded to where it cannot become too long.
    grain = common * max(-(-(room // common) // MOST_TIMES), 1)
    cells = dict.fromkeys(each.cell for each in found if each.must)
    must = {cell: 1 << (len(asked.targets) + i) for i, cell in enumerate(cells)}
    bits = {target: 1 << i for i, target in enumerate(asked.targets)}
    items = [
        Item(
            i,
            each.cell,
            sum(bits[target] for target in each.targets) | (must[each.cell] if each.must else 0),
            -(-time // grain),
            each.must,
        )
        for i, (each, time) in enumerate(zip(found, times, strict=True))
    ]
    return items, Wishes(
        must=sum(must.values()),
        targets=sum(bits.values()),
        room=room // grain,
        change=-(-change // grain),
        slack=slack_ms // grain,
    )


def _why(candidate: Candidate, chosen: Iterable[Candidate]) -> Reason:
    phrases = candidate.catalog.phrases
    others = {target for each in chosen if each is not candidate for target in each.targets}
    alone = [target for target in candidate.targets if target not in others]
    why = Why.WORKS if candidate.targets else Why.FILLS
    if candidate.must:
        why = Why.ASKED_FOR
    elif alone:
        why = Why.ONLY_ONE
    targets = phrases.names_of(alone or candidate.targets)
    return reason(why, phrases, candidate.cautions, targets=targets)


def _why_not(candidate: Candidate, cells: Iterable[Cell]) -> Reason:
    phrases = candidate.catalog.phrases
    if candidate.cell in cells:
        return reason(Why.NO_ROOM, phrases)
    position = phrases.name_of(candidate.exercise.position)
    return reason(Why.CHANGE, phrases, position=position)


_UNFIT = {
    Why.EXCLUDED: "excluded",
    Why.TWICE: "of an id that an earlier catalog has",
    Why.POSITION: "in a position to avoid",
    Why.KNEELING: "on the knees",
    Why.CONDITION: "advised against",
    Why.EQUIPMENT: "for equipment that is not there",
    Why.OTHER_TARGETS: "for other targets",
    Why.TOO_LONG: "too long for the time",
}


def _misfit(
    found: Sequence[Candidate],
    left_out: Mapping[str, Reason],
    timing: Timing,
    wanted_ms: int,
    most_changes: int,
) -> MisfitError:
    if not found:
        counts = Counter(each.why for each in left_out.values()).most_common()
        listed = ", ".join(f"{n} {'is' if n == 1 else 'are'} {_UNFIT[why]}" for why, n in counts)
        told = f"no exercise may be there: {listed or 'there is none'}"
        return MisfitError(told, wanted_ms, 0, 0)
    time_of = Durations(timing).whole
    what, shortest = "the shortest exercise", min(time_of([each.exercise]) for each in found)
    if needed := [each.exercise for each in sorted(found, key=attrgetter("cell")) if each.must]:
        what, shortest = "what must be there", time_of(needed)
    return MisfitError(
        f"{what} takes {ms_to_clock(shortest)}, which does not fit into "
        f"{ms_to_clock(wanted_ms)} with at most {most_changes} changes of position",
        wanted_ms,
        shortest,
        time_of([each.exercise for each in found]),
    )
