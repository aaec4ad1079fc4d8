"""The player: equal to a second reading of the rules, lawful, exact, and never put out."""

from __future__ import annotations

import copy
import json
import pickle
import runpy
import tracemalloc
from fractions import Fraction
from itertools import islice, product
from math import ceil
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast, get_args
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from supple import (
    Advice,
    Circuit,
    Event,
    EventKind,
    Exercise,
    GapPolicy,
    Hold,
    Mark,
    ModelError,
    Pacing,
    Phrases,
    Player,
    PlayerCommand,
    PlayerState,
    PlayerStateError,
    Prescription,
    Routine,
    SkipOver,
    SnapshotError,
    Step,
    schedule,
)
from supple._player.states import (
    COMMANDS,
    HAPPENINGS,
    CommandWord,
    GapPolicyWord,
    SkipOverWord,
)
from supple.testing import strategies as public
from tests import oracle, strategies as my
from tests.laws import hold_to, share
from tests.player_model import IllegalError, PlayerModel, told
from tests.refusals import GARBLING, HUGE, HUGE_SHOWN, NO_NUMBERS, Three

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from supple import Timeline
    from tests.oracle import Facts
    from tests.player_model import Shown


# --- what is played


@st.composite
def short_exercises(draw: st.DrawFn, id: str) -> Exercise:
    """Make an exercise that is done a few times."""
    often = st.sampled_from([1, 1, 2])
    exercise: Exercise = my.single(draw(public._exercises(described=False)))
    return evolve(exercise, id=id, reps=draw(often), sets=draw(often))


@st.composite
def short_timelines(draw: st.DrawFn) -> Timeline:
    """Make a timeline of some two hundred events at most, with a circuit in it or without."""
    items: list[Any] = [draw(short_exercises(id)) for id in "abc"[: draw(st.integers(1, 3))]]
    if draw(st.booleans()):
        items.append(my.single(draw(my.rests())))
        items.append(Circuit(items[:1], rounds=2, rest=draw(st.sampled_from([0, 4]))))
    return schedule(Routine("short", items=items), pacing=draw(my.pacings()))


speeds = st.sampled_from([1, 1, 1.0, 2, 0.5, 1.5, 0.3, 0.01, 99.9, 100]) | st.floats(0.01, 100)
gaps = st.sampled_from([0, 1, 500, 5000, 5000, 10**6])
policies = st.sampled_from(GapPolicy)
parts = st.sampled_from(SkipOver)


def kept(player: Player) -> dict[str, Any]:
    """Return the snapshot of a player as it comes back from JSON."""
    snapshot: dict[str, Any] = json.loads(json.dumps(player.snapshot()))
    return snapshot


def shown(player: Player, now_ms: int) -> Shown:
    """Return what a player shows of a moment."""
    moment = player.moment(now_ms)
    following = None if moment.next is None else oracle.held_by(moment.next)
    return moment.at_ms, oracle.held_by(moment.segment), following


# --- a second reading


class PlayerMachine(RuleBasedStateMachine):
    """Does anything at any time to a player and to the model of one."""

    clock = 0

    @initialize(
        timeline=short_timelines(),
        speed=speeds,
        hands_free=st.booleans(),
        gap_ms=gaps,
        on_gap=policies,
        clock=st.sampled_from([0, 0, -(10**12), 1_700_000_000_000]),
    )
    def begin(self, timeline: Timeline, clock: int, **settings: Any) -> None:
        """Make both."""
        self.timeline = timeline
        self.player = Player(timeline, **settings)
        self.model = PlayerModel(timeline, **settings)
        self.clock = clock

    def both(
        self,
        command: Callable[[Player], Iterable[Event]],
        modelled: Callable[[PlayerModel], list[Facts]],
    ) -> None:
        """Do the same to both, and compare what they tell."""
        before = self.player.snapshot()
        try:
            expected = modelled(self.model)
        except IllegalError:
            with pytest.raises(PlayerStateError):
                command(self.player)
            assert self.player.snapshot() == before
        else:
            assert [told(event) for event in command(self.player)] == expected

    # --- the clock

    @rule(by_ms=st.integers(0, 6000) | st.sampled_from([0, 1, 3000, 60_000, 10**7]))
    def clock_advances(self, by_ms: int) -> None:
        """Let the clock go on, a little or a lot."""
        self.clock += by_ms

    @rule(by_ms=st.integers(1, 6000) | st.sampled_from([1, 10**5, 10**9]))
    def clock_goes_back(self, by_ms: int) -> None:
        """Let the clock go back, a little or a lot."""
        self.clock -= by_ms

    @precondition(lambda self: self.player.next_deadline_ms is not None)
    @rule(late_ms=st.sampled_from([-1, 0, 0, 0, 1, 5000, 5001]))
    def clock_gets_to_the_deadline(self, late_ms: int) -> None:
        """Let the clock get to when something is due, or close to it."""
        self.clock = (self.player.next_deadline_ms or 0) + late_ms

    @rule()
    def time_passes(self) -> None:
        """Ask what has fallen due."""
        now = self.clock
        self.both(lambda player: player.due(now), lambda model: model.due(now))

    # --- commands

    @rule()
    def start(self) -> None:
        """Start at the beginning."""
        now = self.clock
        self.both(lambda player: player.start(now), lambda model: model.start(now))

    @precondition(lambda self: self.model.state == "ready")
    @rule(data=st.data())
    def start_elsewhere(self, data: st.DataObject) -> None:
        """Start somewhere."""
        now, at_ms = self.clock, data.draw(self.offsets())
        self.both(
            lambda player: player.start(now, at_ms=at_ms), lambda model: model.start(now, at_ms)
        )

    @rule()
    def pause(self) -> None:
        """Pause."""
        now = self.clock
        self.both(lambda player: player.pause(now), lambda model: model.pause(now))

    @rule()
    def resume(self) -> None:
        """Go on after a pause."""
        now = self.clock
        self.both(lambda player: player.resume(now), lambda model: model.resume(now))

    @rule()
    def toggle(self) -> None:
        """Pause, or go on after a pause."""
        now = self.clock
        self.both(lambda player: player.toggle(now), lambda model: model.toggle(now))

    @rule(over=parts)
    def skip(self, over: SkipOver) -> None:
        """Skip a part."""
        now = self.clock
        self.both(
            lambda player: player.skip(now, over=over), lambda model: model.go(now, "skip", over)
        )

    @rule(over=parts)
    def back(self, over: SkipOver) -> None:
        """Go back over a part."""
        now = self.clock
        self.both(
            lambda player: player.back(now, over=over), lambda model: model.go(now, "back", over)
        )

    @rule(data=st.data())
    def seek(self, data: st.DataObject) -> None:
        """Jump somewhere."""
        now, to_ms = self.clock, data.draw(self.offsets())
        self.both(
            lambda player: player.seek(now, to_ms=to_ms),
            lambda model: model.go(now, "seek", to_ms),
        )

    @rule()
    def ready(self) -> None:
        """Say that the step is done."""
        now = self.clock
        self.both(lambda player: player.ready(now), lambda model: model.ready(now))

    @rule(speed=speeds)
    def set_speed(self, speed: float) -> None:
        """Change the speed."""
        now = self.clock
        self.both(
            lambda player: player.set_speed(now, speed=speed),
            lambda model: model.set_speed(now, speed),
        )

    @precondition(lambda self: self.clock % 5 == 0)  # rarely, for it is over then
    @rule(reason=st.sampled_from([None, "enough"]))
    def stop(self, reason: str | None) -> None:
        """Stop."""
        now = self.clock
        self.both(
            lambda player: player.stop(now, reason=reason), lambda model: model.stop(now, reason)
        )

    @rule()
    def restore(self) -> None:
        """Go on with a restored player."""
        self.player = Player.restore(self.timeline, kept(self.player))

    @rule(clock=st.integers(-(10**6), 10**13))
    def restore_by_another_clock(self, clock: int) -> None:
        """Go on with a restored player, by a clock that shows something else."""
        self.player = Player.restore(self.timeline, kept(self.player), now_ms=clock)
        self.model.moved_to_another_clock(clock - self.model.now)
        self.clock = clock

    def offsets(self) -> st.SearchStrategy[int]:
        """Make an offset, often one at which something happens."""
        edges = sorted({event["at_ms"] for event in self.model.events})
        return st.sampled_from(edges) | st.integers(0, self.timeline.duration_ms)

    # --- what they show

    @invariant()
    def they_agree(self) -> None:
        """Compare what both show."""
        player, model = self.player, self.model
        assert player.state.value == model.state
        assert player.next_deadline_ms == model.deadline()
        assert player.missed_ms == model.missed_ms
        assert player.stop_reason == model.reason
        assert Fraction(str(player.speed)) == model.speed
        for now in (self.clock, self.clock + 700, model.now - 1):
            assert shown(player, now) == model.moment(now)
        where = f"{model.state} at {model.place_ms()} of {model.end_ms} ms"
        assert repr(player) == f"<Player {where}>"

    @invariant()
    def a_snapshot_says_everything(self) -> None:
        """Compare with a restored player."""
        player, again = self.player, Player.restore(self.timeline, kept(self.player))
        assert again.snapshot() == player.snapshot()
        assert again.next_deadline_ms == player.next_deadline_ms
        assert repr(again) == repr(player)
        assert shown(again, self.clock) == shown(player, self.clock)


TestPlayerMachine = PlayerMachine.TestCase
TestPlayerMachine.settings = settings(stateful_step_count=40)


# --- what may be done when

OPEN = Step("Lie down", seconds=4, until_ready=True, marks=[Mark("Slowly", fraction=0.5)])
QUIET = Pacing(countdown=(), halfway=None)


def exercise(id: str, seconds: float, **given: Any) -> Exercise:
    """Return an exercise of one hold."""
    described: dict[str, Any] = {"kind": "stretch", "position": "standing", **given}
    return Exercise(id, name=id.title(), cycle=[Hold(f"Hold {id}", seconds=seconds)], **described)


DAILY = Routine(
    "daily",
    items=[
        exercise("roll", 5, setup=[OPEN], reps=2),
        exercise("tilt", 6),
        Circuit([exercise("bend", 4)], rounds=2),
    ],
    advice=[
        Advice("general", text="Breathe"),
        Advice("stop", text="Stop if it hurts"),
        Advice("stop", text="Stop if you feel dizzy"),
    ],
)
"""In seconds: get ready 0-5, lie down 5-9 (mark at 7), roll 9-14 and 14-19, transition 19-24,
tilt 24-30, transition 30-35, bend 35-39, transition 39-44, bend 44-48."""

TIMELINE = schedule(DAILY, pacing=QUIET)
NOW = 1_000_000


def player_that_is(state: PlayerState) -> Player:
    """Return a player in a state, as of NOW."""
    player = Player(TIMELINE)
    if state is not PlayerState.READY:
        player.start(NOW)
    match state:
        case PlayerState.WAITING:
            player.seek(NOW, to_ms=6000)
        case PlayerState.PAUSED:
            player.pause(NOW)
        case PlayerState.FINISHED:
            player.seek(NOW, to_ms=48_000)
        case PlayerState.STOPPED:
            player.stop(NOW, reason="tired")
    assert player.state is state
    return player


def command_of(player: Player, command: PlayerCommand) -> Callable[..., tuple[Event, ...]]:
    """Return what gives a player a command."""
    arguments: dict[PlayerCommand, dict[str, Any]] = {
        PlayerCommand.SEEK: {"to_ms": 20_000},
        PlayerCommand.SET_SPEED: {"speed": 2},
    }
    method = getattr(player, command.replace("-", "_"))
    return lambda now_ms: method(now_ms, **arguments.get(command, {}))


def everything(player: Player) -> tuple[object, ...]:
    """Return all that can be seen of a player."""
    said = shown(player, NOW), shown(player, NOW + 1500), repr(player)
    return player.snapshot(), player.next_deadline_ms, player.state, player.stop_advice, *said


@pytest.mark.parametrize("command", PlayerCommand)
@pytest.mark.parametrize("state", PlayerState)
@given(later_ms=st.sampled_from([0, 1, 10_000, -1, -(10**9)]) | st.integers())
def test_every_command_in_every_state(
    state: PlayerState, command: PlayerCommand, later_ms: int
) -> None:
    """A command leads where the tables say, or is refused and changes nothing at all."""
    player = player_that_is(state)
    before = everything(player)
    give = command_of(player, command)
    if command in COMMANDS[state]:
        give(NOW)
        leads_to = COMMANDS[state][command]
        assert player.state in {leads_to, *HAPPENINGS[leads_to].values()}
    else:
        with pytest.raises(PlayerStateError) as caught:
            give(NOW + later_ms)
        assert str(caught.value) == (f"a player that is {state} cannot take the command {command}")
        assert (caught.value.state, caught.value.command) == (state, command)
        assert everything(player) == before


LED_TO = {
    (PlayerState.READY, PlayerCommand.START): PlayerState.RUNNING,
    (PlayerState.READY, PlayerCommand.SET_SPEED): PlayerState.READY,
    (PlayerState.READY, PlayerCommand.STOP): PlayerState.STOPPED,
    (PlayerState.RUNNING, PlayerCommand.PAUSE): PlayerState.PAUSED,
    (PlayerState.RUNNING, PlayerCommand.TOGGLE): PlayerState.PAUSED,
    (PlayerState.RUNNING, PlayerCommand.SKIP): PlayerState.RUNNING,
    (PlayerState.RUNNING, PlayerCommand.BACK): PlayerState.RUNNING,
    (PlayerState.RUNNING, PlayerCommand.SEEK): PlayerState.RUNNING,
    (PlayerState.RUNNING, PlayerCommand.SET_SPEED): PlayerState.RUNNING,
    (PlayerState.RUNNING, PlayerCommand.STOP): PlayerState.STOPPED,
    (PlayerState.WAITING, PlayerCommand.PAUSE): PlayerState.PAUSED,
    (PlayerState.WAITING, PlayerCommand.TOGGLE): PlayerState.PAUSED,
    (PlayerState.WAITING, PlayerCommand.SKIP): PlayerState.RUNNING,
    (PlayerState.WAITING, PlayerCommand.BACK): PlayerState.RUNNING,
    (PlayerState.WAITING, PlayerCommand.SEEK): PlayerState.RUNNING,
    (PlayerState.WAITING, PlayerCommand.READY): PlayerState.RUNNING,
    (PlayerState.WAITING, PlayerCommand.SET_SPEED): PlayerState.WAITING,
    (PlayerState.WAITING, PlayerCommand.STOP): PlayerState.STOPPED,
    (PlayerState.PAUSED, PlayerCommand.RESUME): PlayerState.RUNNING,
    (PlayerState.PAUSED, PlayerCommand.TOGGLE): PlayerState.RUNNING,
    (PlayerState.PAUSED, PlayerCommand.SKIP): PlayerState.PAUSED,
    (PlayerState.PAUSED, PlayerCommand.BACK): PlayerState.PAUSED,
    (PlayerState.PAUSED, PlayerCommand.SEEK): PlayerState.PAUSED,
    (PlayerState.PAUSED, PlayerCommand.SET_SPEED): PlayerState.PAUSED,
    (PlayerState.PAUSED, PlayerCommand.STOP): PlayerState.STOPPED,
}


def test_where_each_command_leads() -> None:
    """Every legal command leads from these states to these, and no other is legal."""
    led_to = {}
    for state, command in product(PlayerState, PlayerCommand):
        player = player_that_is(state)
        try:
            command_of(player, command)(NOW)
        except PlayerStateError:
            continue
        led_to[state, command] = player.state
    assert led_to == LED_TO


def picture() -> ET.Element:
    """Return the picture of the states that the documentation shows."""
    drawing = runpy.run_path(str(Path(__file__).parents[1] / "docs/_ext/state_picture.py"))
    return ET.fromstring(drawing["draw"]())  # noqa: S314 - our own


def test_the_picture_shows_every_edge() -> None:
    """The picture has each command and each happening as an arrow, and no other."""
    shown = {
        (edge.get("data-from"), edge.get("data-to"), word)
        for edge in picture().iterfind("{*}g[@data-from]")
        for line in edge.iterfind("{*}text")
        for word in (line.text or "").strip(",").split(", ")
    }
    assert shown == {
        (state.value, to.value, word.value)
        for table in (COMMANDS, HAPPENINGS)
        for state, row in table.items()
        for word, to in row.items()
    }


# --- laws


class Listener:
    """Hears a stream of events and checks that it nests, whatever jumps there are."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.open: list[tuple[Event, int]] = []
        self.latest_ms = 0
        self.ended: int = 0

    def hear(self, events: Iterable[Event]) -> None:
        """Check events that follow those heard before."""
        for event in events:
            assert not self.ended
            if event.jump:
                assert not event.kind.is_cue
            else:
                assert event in self.timeline
                assert event.at_ms >= self.latest_ms
            self.latest_ms = 0 if event.jump else event.at_ms
            if event.kind.is_start:
                self.starts(event)
            elif event.kind.is_end:
                self.ends(event)
            else:
                assert self.open[-1][0].kind.value.startswith(("step", "hold", "rest"))
                assert event.remaining_ms == self.open[-1][1] - event.at_ms

    def starts(self, event: Event) -> None:
        """Check the start of something."""
        is_first = not self.open
        assert (event.kind is EventKind.ROUTINE_STARTED) == is_first
        left_ms = event.remaining_ms if event.jump else event.duration_ms
        assert left_ms is not None
        assert event.jump or event.remaining_ms is None
        self.open.append((event, event.at_ms + left_ms))

    def ends(self, event: Event) -> None:
        """Check the end of something."""
        started, end_ms = self.open.pop()
        assert event.kind.value == started.kind.value.replace("started", "ended")
        for name in (*oracle.CONTEXT, "text", "duration_ms", "why", "open"):
            assert getattr(event, name) == getattr(started, name)
        if event.jump:
            assert event.remaining_ms == end_ms - event.at_ms >= 0
        else:
            assert event.at_ms == end_ms
            assert event.remaining_ms is None
        self.ended += event.kind is EventKind.ROUTINE_ENDED


instants = st.integers() | st.integers(0, 60_000) | st.sampled_from([0, 10**7, -(10**7)])


@st.composite
def doings(draw: st.DrawFn, *commands: PlayerCommand) -> list[tuple[PlayerCommand | None, int]]:
    """Make what to do one after the other, each with how far the clock moves before it."""
    what = st.none() | st.sampled_from(commands)
    return draw(st.lists(st.tuples(what, instants), max_size=20))


def do(
    player: Player, what: PlayerCommand | None, now_ms: int, draw: Callable[[Any], Any]
) -> tuple[Event, ...]:
    """Give a player a command, where it has a place, or let time pass."""
    if what is None or what not in COMMANDS[player.state]:
        return player.due(now_ms)
    arguments: dict[PlayerCommand, Callable[[], dict[str, Any]]] = {
        PlayerCommand.SEEK: lambda: {"to_ms": draw(st.integers(0, player.timeline.duration_ms))},
        PlayerCommand.SET_SPEED: lambda: {"speed": draw(speeds)},
        PlayerCommand.SKIP: lambda: {"over": draw(parts)},
        PlayerCommand.BACK: lambda: {"over": draw(parts)},
    }
    method = getattr(player, what.replace("-", "_"))
    events: tuple[Event, ...] = method(now_ms, **arguments.get(what, dict)())
    return events


def to_the_end(player: Player, now_ms: int) -> Iterator[Event]:
    """Yield what a player tells when it is left to play, and told ready after every mark."""
    while COMMANDS[player.state]:
        if player.next_deadline_ms is not None:
            now_ms = player.next_deadline_ms
            yield from player.due(now_ms)
        elif player.state is PlayerState.WAITING:
            yield from player.ready(now_ms)
        elif player.state is PlayerState.PAUSED:
            yield from player.resume(now_ms)
        else:
            yield from player.start(now_ms)


JUMPS = (PlayerCommand.SKIP, PlayerCommand.BACK, PlayerCommand.SEEK)
OTHERS = (
    PlayerCommand.PAUSE,
    PlayerCommand.RESUME,
    PlayerCommand.TOGGLE,
    PlayerCommand.READY,
    PlayerCommand.SET_SPEED,
)


# A timeline is drawn once and held to every law, each of which draws what is done to a player.


def the_stream_nests(timeline: Timeline, draw: Callable[[Any], Any]) -> None:
    """What ends was started innermost; in the end nothing is open, and nothing comes after."""
    player = Player(timeline, on_gap=draw(policies), gap_ms=draw(gaps))
    listener, now = Listener(timeline), 0
    listener.hear(player.start(now))
    for what, by_ms in draw(doings(*OTHERS, *JUMPS)):
        now += by_ms
        listener.hear(do(player, what, now, draw))
        if not listener.ended:
            assert listener.open[0][0].kind is EventKind.ROUTINE_STARTED
            last = listener.open[-1][0]
            assert (last.text, last.duration_ms) == (
                player.moment(now).text,
                player.moment(now).segment.duration_ms,
            )
    if COMMANDS[player.state]:
        is_stopped = draw(st.booleans())
        listener.hear(player.stop(now) if is_stopped else to_the_end(player, now))
    assert listener.open == []
    assert listener.ended == 1
    assert player.due(now + 10**9) == ()


def whatever_the_clock_does(timeline: Timeline, draw: Callable[[Any], Any]) -> None:
    """Without jumps the events are those of the timeline: none twice, none lost."""
    on_gap = draw(st.sampled_from(["pause", "catch-up"]))
    player = Player(timeline, on_gap=on_gap, gap_ms=draw(gaps))
    now = draw(st.integers())
    expected = list(timeline)
    events = [*player.due(now), *player.start(now)]
    for what, by_ms in draw(doings(*OTHERS)):
        now += by_ms
        if what is PlayerCommand.READY:  # no mark is left out
            while player.state is PlayerState.WAITING and player.next_deadline_ms is not None:
                now = player.next_deadline_ms
                events += player.due(now)
        events += do(player, what, now, draw)
        assert events == expected[: len(events)]
    events += to_the_end(player, now)
    assert events == expected
    assert player.state is PlayerState.FINISHED


def many_calls_bring_what_one_brings(timeline: Timeline, draw: Callable[[Any], Any]) -> None:
    """Calling often brings the same events as calling once, and leads to the same place."""
    gap = draw(st.sampled_from([{"on_gap": "catch-up", "gap_ms": 0}, {"gap_ms": 10**9}]))
    settings = {**gap, "speed": draw(speeds), "hands_free": draw(st.booleans())}
    instants = sorted(draw(st.lists(st.integers(0, 10**6), min_size=1, max_size=30)))
    often, once = Player(timeline, **settings), Player(timeline, **settings)
    often.start(0)
    once.start(0)
    events = [event for now in instants for event in often.due(now)]
    assert events == list(once.due(instants[-1]))
    assert often.snapshot() == once.snapshot()
    assert often.next_deadline_ms == once.next_deadline_ms


def the_deadline_is_when_something_comes(timeline: Timeline, draw: Callable[[Any], Any]) -> None:
    """Called at its deadlines a player tells each event at its instant, and none before."""
    speed, began = draw(speeds), draw(st.integers())
    player = Player(timeline, speed=speed, hands_free=True, gap_ms=0)
    heard = [(began, event) for event in player.start(began)]
    while (deadline := player.next_deadline_ms) is not None:
        assert player.due(deadline - 1) == ()
        assert player.next_deadline_ms == deadline
        events = player.due(deadline)
        assert events
        heard += [(deadline, event) for event in events]
    assert heard == [
        (began + ceil(event.at_ms / Fraction(str(speed))), event) for event in timeline
    ]


def a_pause_only_delays(timeline: Timeline, draw: Callable[[Any], Any]) -> None:
    """Pausing and resuming adds nothing and loses nothing; the time in between is not played."""
    player, now, paused_ms = Player(timeline, hands_free=True, gap_ms=0), 0, 0
    heard = [(0, event) for event in player.start(0)]

    def play_until(end: int | None) -> None:
        while (due := player.next_deadline_ms) is not None and (end is None or due <= end):
            heard.extend((due - paused_ms, event) for event in player.due(due))

    for played_ms, for_ms in draw(
        st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 10**8)))
    ):
        now += played_ms
        play_until(now)
        if player.state is PlayerState.RUNNING:
            assert player.pause(now) == ()
            assert player.next_deadline_ms is None
            now += for_ms
            assert player.due(now) == ()
            assert player.resume(now) == ()
            paused_ms += for_ms
    play_until(None)
    assert heard == [(event.at_ms, event) for event in timeline]


def restoring_is_unobservable(timeline: Timeline, draw: Callable[[Any], Any]) -> None:
    """A restored player does what the other one goes on to do, by the same clock or another."""
    done = draw(doings(*OTHERS, *JUMPS, PlayerCommand.STOP))
    at, clock = draw(st.integers(0, 19)), draw(st.none() | st.integers())
    player, now = Player(timeline), 0
    player.start(now)
    for what, by_ms in done[:at]:
        now += by_ms
        do(player, what, now, draw)
    last: Any = player.snapshot()["now_ms"]
    ahead_ms = 0 if clock is None else clock - last
    again = Player.restore(timeline, kept(player), now_ms=clock)
    for what, by_ms in done[at:]:
        now += by_ms
        drawn: list[Any] = []

        def draw_once(strategy: st.SearchStrategy[Any], drawn: list[Any] = drawn) -> Any:
            drawn.append(draw(strategy))
            return drawn[-1]

        def repeat(_: st.SearchStrategy[Any], drawn: list[Any] = drawn) -> Any:
            return drawn[0]

        events = do(player, what, now, draw_once)
        assert do(again, what, now + ahead_ms, repeat) == events
        assert (again.state, repr(again)) == (player.state, repr(player))
        assert shown(again, now + ahead_ms) == shown(player, now)
        if player.next_deadline_ms is None:
            assert again.next_deadline_ms is None
        else:
            assert again.next_deadline_ms == player.next_deadline_ms + ahead_ms


def what_changes_nothing_leaves_no_trace(timeline: Timeline, draw: Callable[[Any], Any]) -> None:
    """Setting the same speed, or pausing and going on at once, is as if nobody had."""
    settings = {"speed": draw(speeds), "hands_free": True, "gap_ms": 0, "on_gap": "catch-up"}
    alone, nagged, now = Player(timeline, **settings), Player(timeline, **settings), 0
    assert alone.start(now) == nagged.start(now)
    for by_ms in draw(st.lists(st.integers(0, 3000), max_size=20)):
        now += by_ms
        events = list(alone.due(now))
        told = (
            list(nagged.set_speed(now, speed=settings["speed"])) if COMMANDS[nagged.state] else []
        )
        if COMMANDS[nagged.state]:
            told += [*nagged.pause(now), *nagged.toggle(now)]
        assert told == events
        assert nagged.next_deadline_ms == alone.next_deadline_ms
        assert shown(nagged, now + 7) == shown(alone, now + 7)


def going_ahead_is_playing_on(timeline: Timeline, draw: Callable[[Any], Any]) -> None:
    """A player restored up to an instant is where calls at its deadlines would have led."""
    player, now = Player(timeline, speed=draw(speeds), hands_free=draw(st.booleans())), 0
    player.start(now)
    for what, by_ms in draw(doings(*OTHERS, *JUMPS)):
        now += by_ms
        do(player, what, now, draw)
    snapshot = kept(player)
    up_to_ms = snapshot["now_ms"] + draw(st.integers(-5, 60_000) | st.sampled_from([0, 10**9]))
    ahead = Player.restore(timeline, snapshot, up_to_ms=up_to_ms)
    while (deadline := player.next_deadline_ms) is not None and deadline <= up_to_ms:
        player.due(deadline)
    if up_to_ms > snapshot["now_ms"]:
        player.due(up_to_ms)
    assert ahead.snapshot() == player.snapshot()
    assert ahead.next_deadline_ms == player.next_deadline_ms


def a_copy_goes_its_own_way(timeline: Timeline, draw: Callable[[Any], Any]) -> None:
    """A copy tells what the original would, and what it does changes the original in nothing."""
    player, now = Player(timeline, on_gap="catch-up"), 0
    player.start(now)
    for what, by_ms in draw(doings(*OTHERS, *JUMPS)):
        now += by_ms
        do(player, what, now, draw)
    before = everything(player)
    ways = [copy.copy, copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))]  # noqa: S301
    copied = draw(st.sampled_from(ways))(player)
    assert everything(copied) == before
    told = list(to_the_end(copied, now))
    assert everything(player) == before
    assert list(to_the_end(player, now)) == told


def a_wording_is_no_timing(timeline: Timeline, draw: Callable[[Any], Any]) -> None:
    """A player goes on on a timeline of other words as it would on its own."""
    player, now = Player(timeline), 0
    player.start(now)
    for what, by_ms in draw(doings(*OTHERS, *JUMPS)):
        now += by_ms
        do(player, what, now, draw)
    other = schedule(timeline.routine, pacing=timeline.pacing, phrases=PHRASES)
    again = Player.restore(other, kept(player))
    assert again.snapshot() == player.snapshot()
    assert again.restored_at is None
    assert [(each.at_ms, each.kind) for each in to_the_end(again, now)] == [
        (each.at_ms, each.kind) for each in to_the_end(player, now)
    ]


PHRASES = Phrases(rest="Pause", get_ready="Mach dich bereit: {exercise}", halfway="Die Hälfte")

LAWS = [
    what_changes_nothing_leaves_no_trace,
    going_ahead_is_playing_on,
    a_copy_goes_its_own_way,
    a_wording_is_no_timing,
    the_stream_nests,
    whatever_the_clock_does,
    many_calls_bring_what_one_brings,
    the_deadline_is_when_something_comes,
    a_pause_only_delays,
    restoring_is_unobservable,
]


@given(short_timelines(), st.data())
def test_the_laws(timeline: Timeline, data: st.DataObject) -> None:
    """Every player of every timeline keeps every law; a failure names the one that is broken."""
    for law in LAWS:
        hold_to(law, timeline, data.draw)


# --- jumps, one example each


def lines(events: Iterable[Event]) -> list[str]:
    """Return events in short: offset, kind, and what remains where a jump has brought it."""
    return [
        f"{each.at_ms} {each.kind}" + (f" jump, {each.remaining_ms} left" if each.jump else "")
        for each in events
    ]


def playing(at_ms: int = 0, timeline: Timeline = TIMELINE, **settings: Any) -> Player:
    """Return a player that has started at an offset, as of NOW."""
    player = Player(timeline, **settings)
    player.start(NOW, at_ms=at_ms)
    return player


SKIPS = {
    "exercise": [
        *[(0, 19_000), (4999, 19_000), (5000, 19_000), (14_000, 19_000), (18_999, 19_000)],
        *[(19_000, 30_000), (24_000, 30_000), (29_999, 30_000)],
        *[(30_000, 39_000), (38_999, 39_000), (39_000, 48_000), (47_999, 48_000)],
    ],
    "segment": [
        *[(0, 5000), (5000, 9000), (8999, 9000), (9000, 14_000), (13_999, 14_000)],
        *[(14_000, 19_000), (19_000, 24_000), (24_001, 30_000), (30_000, 35_000)],
        *[(38_000, 39_000), (39_000, 44_000), (44_000, 48_000)],
    ],
}
BACKS = {
    "exercise": [
        *[(0, 0), (2999, 0), (3000, 0), (5000, 0), (18_999, 0)],
        *[(19_000, 0), (21_999, 0), (22_000, 19_000), (24_500, 19_000), (29_999, 19_000)],
        *[(30_000, 19_000), (32_999, 19_000), (33_000, 30_000), (35_500, 30_000)],
        *[(39_000, 30_000), (41_999, 30_000), (42_000, 39_000), (47_999, 39_000)],
    ],
    "segment": [
        *[(0, 0), (2999, 0), (4999, 0), (5000, 0), (7999, 0), (8000, 5000), (8999, 5000)],
        *[(9000, 5000), (11_999, 5000), (12_000, 9000), (14_000, 9000), (17_000, 14_000)],
        *[(19_000, 14_000), (24_000, 19_000), (26_999, 19_000), (27_000, 24_000)],
        *[(39_000, 35_000), (44_000, 39_000), (47_000, 44_000)],
    ],
}


@pytest.mark.parametrize(
    ("command", "over", "from_ms", "to_ms"),
    [
        (command, over, from_ms, to_ms)
        for command, table in (("skip", SKIPS), ("back", BACKS))
        for over, jumps in table.items()
        for from_ms, to_ms in jumps
    ],
)
@pytest.mark.parametrize("is_paused", [False, True], ids=["playing", "paused"])
def test_where_a_jump_leads(
    *, command: str, over: str, from_ms: int, to_ms: int, is_paused: bool
) -> None:
    """Skip leads to the end of a part; back to its start, or within 3 seconds one further."""
    player = playing(from_ms)
    if is_paused:
        player.pause(NOW)
    getattr(player, command)(NOW, over=over)
    assert player.moment(NOW).at_ms == to_ms
    assert (player.state is PlayerState.FINISHED) == (to_ms == 48_000)
    assert (player.state is PlayerState.PAUSED) == (is_paused and to_ms < 48_000)


def test_a_part_is_an_exercise_unless_it_is_said() -> None:
    """Skip and back go over a whole exercise where nothing else is said."""
    player = playing(24_000)
    player.back(NOW)
    assert player.moment(NOW).at_ms == 19_000
    player.skip(NOW)
    assert player.moment(NOW).at_ms == 30_000


def test_waiting_counts_as_time_spent() -> None:
    """Who has waited at a short step for long starts it again, and not what came before."""
    short = exercise("roll", 5, setup=[Step("Lie down", seconds=1, until_ready=True)])
    player = playing(5000, schedule(Routine("short", items=[short]), pacing=QUIET))
    assert lines(player.back(NOW + 60_000, over="segment")) == [
        "6000 step.ended jump, 0 left",
        "6000 exercise.ended jump, 5000 left",
        "5000 exercise.started",
        "5000 step.started",
    ]
    player.pause(NOW + 62_999)
    player.resume(NOW + 90_000)
    player.due(NOW + 90_000)
    assert lines(player.back(NOW + 90_000, over="segment"))[-1] == "0 rest.started"


def test_a_wait_that_is_over_counts_in_its_exercise() -> None:
    """After `ready` the time waited still counts for the exercise, and for no segment."""
    wait = exercise("roll", 9, setup=[Step("Lie down", seconds=1, until_ready=True)])
    routine = Routine("wait", items=[exercise("bow", 5), wait, exercise("tilt", 4)])
    timeline = schedule(routine, pacing=Pacing(get_ready=0, transition=0, countdown=()))

    def waited(ready_ms: int) -> Player:
        player = playing(0, timeline)
        player.due(NOW + 5000)
        player.ready(NOW + ready_ms)
        return player

    for back_ms, to_ms in ((15_000, 5000), (15_500, 5000)):
        player = waited(15_000)
        player.back(NOW + back_ms)
        assert player.moment(NOW + back_ms).at_ms == to_ms
        player.back(NOW + back_ms)  # it was started again just now
        assert player.moment(NOW + back_ms).at_ms == 0
    for ready_ms, to_ms in ((7999, 0), (8000, 5000)):  # 1 s at its estimate, the rest longer
        player = waited(ready_ms)
        player.back(NOW + ready_ms)
        assert player.moment(NOW + ready_ms).at_ms == to_ms
    player = waited(15_000)
    player.back(NOW + 15_500, over="segment")
    assert player.moment(NOW + 15_500).text == "Lie down"
    player = waited(15_000)
    player.skip(NOW + 15_500)
    player.back(NOW + 15_500)  # of the third exercise nothing has passed
    assert player.moment(NOW + 15_500).at_ms == 5000
    again = Player.restore(timeline, kept(waited(15_000)))
    again.back(NOW + 15_500)
    assert again.moment(NOW + 15_500).at_ms == 5000


def test_a_wait_that_is_skipped_counts_in_its_exercise() -> None:
    """Who skips a step after waiting long has spent that time in the exercise, too."""
    player = playing(5000)
    player.due(NOW + 60_000)
    player.skip(NOW + 60_000, over="segment")
    player.back(NOW + 60_000)
    assert player.moment(NOW + 60_000).at_ms == 0
    wait = exercise("roll", 9, setup=[Step("Lie down", seconds=1, until_ready=True)])
    timeline = schedule(Routine("wait", items=[exercise("bow", 5), wait]), pacing=QUIET)
    player = playing(10_000, timeline)
    player.skip(NOW, over="segment")
    player.due(NOW + 9000)
    player.skip(NOW + 9000, over="segment")
    player.back(NOW + 9000)
    assert player.moment(NOW + 9000).at_ms == 10_000


def test_skip_tells_what_it_leaves_and_enters() -> None:
    """Skipping an exercise ends what is under way of it, the inner first, and goes on."""
    player = playing(14_500)
    assert lines(player.skip(NOW + 250)) == [
        "14750 hold.ended jump, 4250 left",
        "14750 rep.ended jump, 4250 left",
        "14750 set.ended jump, 4250 left",
        "14750 exercise.ended jump, 4250 left",
        "19000 rest.started",
    ]
    assert player.next_deadline_ms == NOW + 250 + 5000


def test_back_inside_a_circuit() -> None:
    """Going back from one round to the one before starts that one in its lead-in."""
    player = playing(44_000)
    assert lines(player.back(NOW + 1000, over="segment")) == [
        "45000 hold.ended jump, 3000 left",
        "45000 rep.ended jump, 3000 left",
        "45000 set.ended jump, 3000 left",
        "45000 exercise.ended jump, 3000 left",
        "45000 round.ended jump, 3000 left",
        "39000 rest.started",
    ]
    assert [event.round for event in player.skip(NOW + 1000, over="segment")] == [
        *[None, 2, 2, 2, 2, 2]
    ]


def test_seek_into_the_middle() -> None:
    """What is under way at the goal is started, the outer first, and says what remains of it."""
    player = playing()
    assert lines(player.seek(NOW + 1000, to_ms=36_500)) == [
        "1000 rest.ended jump, 4000 left",
        "36500 round.started jump, 2500 left",
        "36500 exercise.started jump, 2500 left",
        "36500 set.started jump, 2500 left",
        "36500 rep.started jump, 2500 left",
        "36500 hold.started jump, 2500 left",
    ]
    assert player.next_deadline_ms == NOW + 3500
    assert lines(player.due(NOW + 3500))[0] == "39000 hold.ended"


def test_seek_inside_a_segment() -> None:
    """A jump inside a segment ends it and starts it again; what surrounds it goes on."""
    assert lines(playing(26_000).seek(NOW, to_ms=29_000)) == [
        "26000 hold.ended jump, 4000 left",
        "29000 hold.started jump, 1000 left",
    ]


def test_seek_to_a_boundary() -> None:
    """What ends at the goal is left out, and what starts there starts as it always does."""
    assert lines(playing().seek(NOW, to_ms=24_000)) == [
        "0 rest.ended jump, 5000 left",
        "24000 exercise.started",
        "24000 set.started",
        "24000 rep.started",
        "24000 hold.started",
    ]


def test_seek_to_the_beginning() -> None:
    """At 0 everything starts again but the routine itself."""
    assert lines(playing(20_000).seek(NOW, to_ms=0)) == [
        "20000 rest.ended jump, 4000 left",
        "0 rest.started",
    ]


def test_seek_to_the_end() -> None:
    """At the end the routine is over."""
    player = playing(20_000)
    assert lines(player.seek(NOW, to_ms=48_000)) == [
        "20000 rest.ended jump, 4000 left",
        "48000 routine.ended",
    ]
    assert player.state is PlayerState.FINISHED
    assert player.next_deadline_ms is None
    assert (player.moment(NOW).at_ms, player.moment(NOW).remaining_ms) == (48_000, 0)


def test_seek_in_a_pause() -> None:
    """In a pause a jump tells where it leads, and stays there until the pause is over."""
    player = playing()
    player.pause(NOW + 1000)
    assert lines(player.seek(NOW + 9000, to_ms=6000)) == [
        "1000 rest.ended jump, 4000 left",
        "6000 exercise.started jump, 13000 left",
        "6000 step.started jump, 3000 left",
    ]
    assert (player.state, player.next_deadline_ms) == (PlayerState.PAUSED, None)
    assert player.due(NOW + 60_000) == ()
    assert player.resume(NOW + 61_000) == ()
    assert (player.state, player.next_deadline_ms) == (PlayerState.WAITING, NOW + 62_000)
    assert lines(player.due(NOW + 62_000)) == ["7000 cue.mark"]


def test_seek_to_the_end_in_a_pause() -> None:
    """A jump to the end finishes a player that is paused, too, and a gap is forgotten."""
    player = playing()
    player.due(NOW + 20_000)
    assert (player.state, player.missed_ms) == (PlayerState.PAUSED, 15_000)
    player.seek(NOW + 20_000, to_ms=48_000)
    assert (player.state, player.missed_ms) == (PlayerState.FINISHED, None)
    assert player.due(NOW + 30_000) == ()


def test_seek_while_it_waits() -> None:
    """A jump leads away from a step until ready, which ends where its estimate does."""
    player = playing(5000)
    player.due(NOW + 60_000)
    assert lines(player.seek(NOW + 60_000, to_ms=12_000)) == [
        "9000 step.ended jump, 0 left",
        "12000 set.started jump, 7000 left",
        "12000 rep.started jump, 2000 left",
        "12000 hold.started jump, 2000 left",
    ]
    assert (player.state, player.next_deadline_ms) == (PlayerState.RUNNING, NOW + 62_000)


def test_start_elsewhere() -> None:
    """Starting at an offset starts the routine, and jumps."""
    player = Player(TIMELINE)
    assert lines(player.start(NOW, at_ms=25_000)) == [
        "0 routine.started",
        "25000 exercise.started jump, 5000 left",
        "25000 set.started jump, 5000 left",
        "25000 rep.started jump, 5000 left",
        "25000 hold.started jump, 5000 left",
    ]
    assert player.next_deadline_ms == NOW + 5000


def test_start_at_the_end() -> None:
    """Starting at the end is over at once."""
    player = Player(TIMELINE)
    assert lines(player.start(NOW, at_ms=48_000)) == ["0 routine.started", "48000 routine.ended"]
    assert player.state is PlayerState.FINISHED


# --- steps until ready


def test_ready_early() -> None:
    """Who is ready early goes on from the end of the step; its later marks are left out."""
    player = playing(5000)
    assert player.state is PlayerState.WAITING
    assert lines(player.ready(NOW + 500)) == [
        "9000 step.ended",
        "9000 set.started",
        "9000 rep.started",
        "9000 hold.started",
    ]
    assert (player.state, player.next_deadline_ms) == (PlayerState.RUNNING, NOW + 5500)


def test_ready_late() -> None:
    """Who is ready late has heard every mark, and everything after it moves."""
    player = playing(5000)
    assert lines(player.due(NOW + 2000)) == ["7000 cue.mark"]
    assert player.next_deadline_ms is None
    assert player.due(NOW + 4000) == ()
    moment = player.moment(NOW + 50_000)
    assert (moment.at_ms, moment.remaining_ms, moment.text) == (9000, 0, "Lie down")
    assert moment.next is not None
    assert moment.next.text == "Hold roll"
    assert lines(player.ready(NOW + 60_000))[:2] == ["9000 step.ended", "9000 set.started"]
    assert player.next_deadline_ms == NOW + 65_000


def test_ready_with_a_mark_that_is_due() -> None:
    """A mark that has fallen due by then is told first."""
    player = playing(5000)
    assert lines(player.ready(NOW + 2000))[:2] == ["7000 cue.mark", "9000 step.ended"]


def test_hands_free() -> None:
    """Without hands a step until ready takes as long as it is estimated to."""
    player = playing(5000, hands_free=True)
    assert (player.state, player.next_deadline_ms) == (PlayerState.RUNNING, NOW + 2000)
    assert lines(player.due(NOW + 4000))[:2] == ["7000 cue.mark", "9000 step.ended"]
    with pytest.raises(PlayerStateError):
        player.ready(NOW)


# --- gaps


def test_a_gap_pauses() -> None:
    """A call that is too late pauses where the clock last was, and says how late it is."""
    player = playing()
    player.due(NOW + 3000)
    assert player.due(NOW + 10_001) == ()
    assert (player.state, player.missed_ms) == (PlayerState.PAUSED, 5001)
    assert player.moment(NOW + 10_001).at_ms == 3000
    assert player.due(NOW + 10**6) == ()
    assert player.resume(NOW + 2_000_000) == ()
    assert (player.missed_ms, player.next_deadline_ms) == (None, NOW + 2_002_000)


def test_as_late_as_may_be() -> None:
    """A call that is late by the gap and no more brings what has fallen due."""
    player = playing()
    assert lines(player.due(NOW + 10_000)) == [
        "5000 rest.ended",
        "5000 exercise.started",
        "5000 step.started",
        "7000 cue.mark",
    ]
    assert (player.state, player.missed_ms) == (PlayerState.WAITING, None)


def test_a_command_after_a_gap() -> None:
    """A command comes after the gap: in the pause that it has brought."""
    player = playing()
    assert player.pause(NOW + 20_000) == ()
    assert (player.state, player.missed_ms) == (PlayerState.PAUSED, 15_000)
    player = playing()
    assert lines(player.skip(NOW + 20_000)) == [
        "0 rest.ended jump, 5000 left",
        "19000 rest.started",
    ]
    assert (player.state, player.missed_ms) == (PlayerState.PAUSED, 15_000)
    player = playing()
    assert lines(player.stop(NOW + 20_000)) == [
        "0 rest.ended jump, 5000 left",
        "0 routine.ended jump, 48000 left",
    ]
    assert (player.state, player.missed_ms) == (PlayerState.STOPPED, None)


def test_a_gap_is_skipped() -> None:
    """After a gap it goes on where the clock is now, as after a jump."""
    player = playing(20_000, on_gap="skip")
    assert lines(player.due(NOW + 17_000)) == [
        "20000 rest.ended jump, 4000 left",
        "37000 round.started jump, 2000 left",
        "37000 exercise.started jump, 2000 left",
        "37000 set.started jump, 2000 left",
        "37000 rep.started jump, 2000 left",
        "37000 hold.started jump, 2000 left",
    ]
    assert (player.state, player.next_deadline_ms) == (PlayerState.RUNNING, NOW + 19_000)
    assert lines(player.due(10**15))[-1] == "48000 routine.ended"


def test_a_step_until_ready_is_not_skipped() -> None:
    """A gap leads to the first step until ready at most, unless hands are free."""
    player = playing(on_gap="skip")
    assert lines(player.due(NOW + 20_000)) == [
        "0 rest.ended jump, 5000 left",
        "5000 exercise.started",
        "5000 step.started",
    ]
    assert (player.state, player.next_deadline_ms) == (PlayerState.WAITING, NOW + 22_000)
    player = playing(on_gap="skip", hands_free=True)
    assert lines(player.due(NOW + 20_000)) == [
        "0 rest.ended jump, 5000 left",
        "20000 rest.started jump, 4000 left",
    ]


def test_a_gap_is_caught_up() -> None:
    """After a gap everything that lies between is told, up to a step until ready."""
    player = playing(on_gap="catch-up")
    assert lines(player.due(NOW + 10**9)) == [
        "5000 rest.ended",
        "5000 exercise.started",
        "5000 step.started",
        "7000 cue.mark",
    ]
    ready = player.ready(NOW + 10**9)
    rest = player.due(NOW + 10**10)
    assert [*ready, *rest] == list(TIMELINE)[6:]
    assert player.state is PlayerState.FINISHED


def test_no_gap_while_it_waits() -> None:
    """Where it waits for a person no call is too late."""
    player = playing(5000)
    assert lines(player.due(NOW + 10**9)) == ["7000 cue.mark"]
    assert player.state is PlayerState.WAITING


def test_a_clock_that_goes_back_a_little() -> None:
    """The player stands still until the clock has caught up."""
    player = playing()
    player.due(NOW + 3000)
    assert player.due(NOW - 2000) == ()
    assert player.next_deadline_ms == NOW + 5000
    assert player.moment(NOW - 2000).at_ms == 3000
    assert player.pause(NOW) == ()
    assert player.moment(NOW).at_ms == 3000


def test_a_clock_that_goes_back_far() -> None:
    """The player follows, and goes on from where it was."""
    player = playing()
    player.due(NOW + 3000)
    assert player.due(NOW - 2001) == ()
    assert player.next_deadline_ms == NOW - 1
    assert len(player.due(NOW - 1)) == 3


# --- commands by their words

WORDS = "start, pause, resume, toggle, skip, back, seek, ready, set-speed, stop"


def test_commands_by_their_words() -> None:
    """A command by its word is the method of that name, with the same arguments."""
    commands: dict[str, dict[str, Any]] = {
        "start": {"at_ms": 24_000},
        "pause": {},
        "toggle": {},
        "seek": {"to_ms": 1000},
        "back": {"over": "segment"},
        "skip": {},
        "set-speed": {"speed": 2},
        "stop": {"reason": "tired"},
    }
    bare: list[tuple[str, dict[str, Any]]] = [(word, {}) for word in ("start", "back", "stop")]
    for word, arguments in [*commands.items(), *bare]:
        one, other = (player_that_is(PlayerState.RUNNING) for _ in "ab")
        if word == "start":
            one, other = Player(TIMELINE), Player(TIMELINE)
        method = getattr(other, word.replace("-", "_"))
        assert one.command(cast("CommandWord", word), NOW + 700, **arguments) == method(
            NOW + 700, **arguments
        )
        assert one.snapshot() == other.snapshot()


@pytest.mark.parametrize(
    ("command", "given", "message"),
    [
        ("seek", {}, "Player.seek.to_ms: must be given with seek (got nothing)"),
        ("set-speed", {}, "Player.set_speed.speed: must be given with set-speed (got nothing)"),
        ("pause", {"over": 1}, "Player.pause: must have no arguments (got 'over')"),
        ("seek", {"to_ms": 1, "x": 2}, "Player.seek: must have no argument but to_ms (got 'x')"),
        (
            "skip",
            {"over": "all"},
            "Player.skip.over: must be one of exercise, segment (got 'all')",
        ),
        (
            "paus",
            {},
            f"Player.command: must be one of {WORDS}; did you mean 'pause'? (got 'paus')",
        ),
    ],
)
def test_no_such_command(command: Any, given: dict[str, Any], message: str) -> None:
    """A command that is none, lacks what it needs or has too much is refused by its name."""
    player = playing()
    before = everything(player)
    with pytest.raises(ModelError) as caught:
        player.command(command, NOW + 1000, **given)
    assert str(caught.value) == message
    assert everything(player) == before


def test_a_toggle_after_a_gap() -> None:
    """Who wants to pause what has just paused by itself finds it paused, and goes on next."""
    player = playing()
    assert player.toggle(NOW + 20_000) == ()
    assert (player.state, player.missed_ms) == (PlayerState.PAUSED, 15_000)
    player.toggle(NOW + 20_000)
    assert player.state is PlayerState.RUNNING


@pytest.mark.parametrize(
    ("alias", "words"),
    [
        (CommandWord, PlayerCommand),
        (GapPolicyWord, GapPolicy),
        (SkipOverWord, SkipOver),
    ],
)
def test_the_words_of_type_checkers(alias: Any, words: Any) -> None:
    """A type checker knows the words of each closed set, in their order."""
    enum, literal = get_args(alias)
    assert enum is words
    assert list(get_args(literal)) == [word.value for word in words]


# --- nothing adds up


@pytest.mark.parametrize(
    ("speed", "every_ms", "at_ms"), [(0.5, 1, 30_000), (0.7, 16, 42_000), (0.3, 7, 18_000)]
)
def test_commands_do_not_make_it_drift(speed: float, every_ms: int, at_ms: int) -> None:
    """However often a speed is set or a pause made, what is over of a millisecond is kept."""
    one = schedule(Routine("one", items=[exercise("bow", 600)]), pacing=QUIET)
    player = playing(0, one, speed=speed)
    for now in range(NOW, NOW + 60_000, every_ms):
        player.set_speed(now, speed=speed)
        player.pause(now)
        player = Player.restore(one, kept(player)) if now % 100 == 0 else player
        player.resume(now)
    assert player.moment(NOW + 60_000).at_ms == at_ms


def test_what_is_over_of_a_millisecond() -> None:
    """Every kind of stop keeps it; a jump leaves it behind."""
    player = playing(20_000, speed=0.3)
    player.pause(NOW + 5)
    snapshot = player.snapshot()
    assert (snapshot["position_ms"], snapshot["position_part"]) == (20_001, "0.5")
    player.set_speed(NOW + 5, speed=0.01)
    player.resume(NOW + 10)
    assert player.moment(NOW + 59).at_ms == 20_001
    assert player.moment(NOW + 60).at_ms == 20_002
    player.set_speed(NOW + 11, speed=0.010000000000000002)
    player.set_speed(NOW + 12, speed=1)
    assert player.snapshot()["position_part"] == "0.520000000000000002"
    assert Player.restore(TIMELINE, kept(player)).snapshot() == player.snapshot()
    player.seek(NOW + 12, to_ms=3)
    assert player.snapshot()["position_part"] == "0"


def test_a_gap_and_a_clock_that_goes_back_keep_it() -> None:
    """A pause for a gap and a clock that is followed keep what is over of a millisecond."""
    player = playing(20_000, speed=0.3, gap_ms=100)
    player.due(NOW + 5)
    player.due(NOW - 1000)
    assert player.next_deadline_ms == NOW - 1000 + 13_329  # 3998.5 ms at 0.3
    player.due(NOW + 10**6)
    assert player.state is PlayerState.PAUSED
    assert player.snapshot()["position_part"] == "0.5"


# --- so much at once and no more


def test_a_call_brings_a_thousand_events() -> None:
    """Where more has fallen due, the deadline is now, and each call brings the next of them."""
    player = Player(ENDLESS, on_gap="catch-up")
    player.start(0)
    expected = ENDLESS.events(1)
    late = 10**15
    for _ in range(3):
        events = player.due(late)
        assert 1000 <= len(events) < 1010
        assert list(islice(expected, len(events))) == list(events)
        assert next(player.timeline.events(events[-1].at_ms + 1)).at_ms > events[-1].at_ms
        assert player.next_deadline_ms == late
        moment = player.moment(late)
        assert (moment.at_ms, moment.remaining_ms) == (events[-1].at_ms + 1000, 0)


@pytest.mark.parametrize(("reps", "calls"), [(250, 1), (251, 2)])
def test_how_many_calls_it_takes(reps: int, calls: int) -> None:
    """A call goes on beyond a thousand events to the end of their instant, and no further."""
    short = schedule(
        Routine("short", items=[exercise("roll", 1, reps=reps)]),
        pacing=Pacing(get_ready=0, countdown=(), halfway=None),
    )
    player = Player(short, on_gap="catch-up")
    events = list(player.start(0))
    for _ in range(calls):
        assert player.state is PlayerState.RUNNING
        events += player.due(10**9)
    assert events == list(short)
    assert player.state is PlayerState.FINISHED


def test_what_is_left_for_later_is_no_gap() -> None:
    """A call that goes on at once is not late, whatever lies behind it."""
    player = Player(ENDLESS, gap_ms=10**9)
    player.start(0)
    player.due(10**9)
    assert player.next_deadline_ms == 10**9
    assert len(player.due(10**9 + 5)) >= 1000
    assert player.state is PlayerState.RUNNING


def behind() -> tuple[Player, int]:
    """Return a player for which more is due than a call has brought, and where it stands."""
    player = Player(ENDLESS, on_gap="catch-up")
    player.start(0)
    return player, player.due(10**15)[-1].at_ms


@pytest.mark.parametrize("command", ["pause", "set-speed", "back", "stop", "skip", "toggle"])
def test_a_command_does_not_wait_for_all_of_it(command: str) -> None:
    """A command is carried out where the events have led, and nothing in between is lost."""
    player, _ = behind()
    events = command_of(player, PlayerCommand(command))(10**15)
    told = [each for each in events if not each.jump]
    assert 1000 <= len(told) < 1010
    assert player.moment(10**15).at_ms <= told[-1].at_ms + 1000
    if command == "pause":
        player.resume(10**15 + 50)
        assert player.next_deadline_ms == 10**15 + 51
        assert player.due(10**15 + 51)[0] == next(ENDLESS.events(told[-1].at_ms + 1))


def test_a_gap_after_that() -> None:
    """A gap is taken where the events have led."""
    player = Player(ENDLESS, gap_ms=10**9)
    player.start(0)
    last_ms = player.due(10**9)[-1].at_ms
    again = Player.restore(ENDLESS, kept(player))
    assert again.snapshot() == player.snapshot()
    assert again.next_deadline_ms == player.next_deadline_ms == 10**9
    assert again.due(3 * 10**9) == ()
    assert (again.state, again.missed_ms) == (PlayerState.PAUSED, 2 * 10**9)
    assert again.moment(0).at_ms == last_ms + 999
    player = Player(ENDLESS, gap_ms=10**9, on_gap="skip")
    player.start(0)
    last_ms = player.due(10**9)[-1].at_ms
    assert player.due(3 * 10**9)[0].at_ms == last_ms + 999


# --- speed and stopping


def test_speed() -> None:
    """At twice the speed twice as much of the timeline passes, from the change on."""
    player = playing(24_000)
    assert player.speed == 1
    assert player.set_speed(NOW + 1000, speed=2) == ()
    assert (player.speed, player.next_deadline_ms) == (2, NOW + 3500)
    assert player.moment(NOW + 2000).at_ms == 27_000
    player.set_speed(NOW + 2000, speed=0.3)
    assert player.next_deadline_ms == NOW + 12_000
    assert player.due(NOW + 11_999) == ()
    assert lines(player.due(NOW + 12_000))[0] == "30000 hold.ended"


def test_speed_before_the_start_and_in_a_pause() -> None:
    """A speed that is set while nothing moves holds from when it does."""
    player = Player(TIMELINE)
    player.set_speed(NOW, speed=2)
    player.start(NOW + 500)
    assert player.next_deadline_ms == NOW + 3000
    player.pause(NOW + 1500)
    player.set_speed(NOW + 9000, speed=1.0)
    assert (player.speed, type(player.speed)) == (1, int)
    player.resume(NOW + 10_000)
    assert player.next_deadline_ms == NOW + 13_000


STOPS = {
    PlayerState.READY: [],
    PlayerState.RUNNING: ["0 rest.ended jump, 5000 left", "0 routine.ended jump, 48000 left"],
    PlayerState.WAITING: [
        "6000 step.ended jump, 3000 left",
        "6000 exercise.ended jump, 13000 left",
        "6000 routine.ended jump, 42000 left",
    ],
    PlayerState.PAUSED: ["0 rest.ended jump, 5000 left", "0 routine.ended jump, 48000 left"],
}


@pytest.mark.parametrize("state", STOPS)
def test_stop(state: PlayerState) -> None:
    """Stopping ends what is under way, keeps the reason, and has advice to show."""
    player = player_that_is(state)
    assert lines(player.stop(NOW, reason="knee")) == STOPS[state]
    assert (player.state, player.stop_reason) == (PlayerState.STOPPED, "knee")
    assert player.next_deadline_ms is None
    assert player.due(NOW + 10**6) == ()
    assert [advice.text for advice in player.stop_advice] == [
        "Stop if it hurts",
        "Stop if you feel dizzy",
    ]


def test_stop_needs_no_reason() -> None:
    """Nobody has to say why."""
    player = playing()
    player.stop(NOW)
    assert player.stop_reason is None


@pytest.mark.parametrize("command", ["pause", "skip", "stop", "set-speed", "back", "seek"])
def test_a_command_that_comes_after_the_end(command: str) -> None:
    """Where the end has come before it, a command brings the end and does nothing more."""
    player = playing(47_000)
    events = command_of(player, PlayerCommand(command))(NOW + 1500)
    assert lines(events)[-1] == "48000 routine.ended"
    assert not any(event.jump for event in events)
    assert (player.state, player.stop_reason) == (PlayerState.FINISHED, None)
    assert player.speed == 1


def test_a_moment_is_never_ahead_of_the_events() -> None:
    """Where an event is due and was not told, the segment stands at its end."""
    player = playing(24_000)
    moment = player.moment(NOW + 7000)
    assert (moment.at_ms, moment.remaining_ms, moment.text) == (30_000, 0, "Hold tilt")
    assert player.moment(NOW + 1).at_ms == 24_001
    player.due(NOW + 7000)
    assert player.moment(NOW).at_ms == 31_000


def test_before_the_start() -> None:
    """Before it starts a player shows the first segment, and nothing comes."""
    player = Player(TIMELINE)
    assert player.due(NOW) == ()
    moment = player.moment(NOW)
    assert (moment.at_ms, moment.elapsed_ms, moment.why) == (0, 0, "get-ready")
    assert player.next_deadline_ms is None
    assert repr(player) == "<Player ready at 0 of 48000 ms>"


# --- arguments

INSTANTS: dict[str, tuple[object, str]] = {
    **NO_NUMBERS,
    "float": (1.0, "1.0"),
    "nan": (float("nan"), "nan"),
    "none": (None, "None"),
}


@pytest.mark.parametrize("wrong", INSTANTS)
@pytest.mark.parametrize("state", PlayerState)
def test_only_integers_are_instants(state: PlayerState, wrong: str) -> None:
    """Every method refuses what is no integer as the present instant, and nothing changes."""
    value, shows = INSTANTS[wrong]
    player = player_that_is(state)
    before = everything(player)
    calls: dict[str, Callable[..., object]] = {"due": player.due, "moment": player.moment}
    for command in COMMANDS[state]:
        calls[command.replace("-", "_")] = command_of(player, command)
    for name, call in calls.items():
        with pytest.raises(ModelError) as caught:
            call(value)
        assert str(caught.value) == (
            f"Player.{name}.now_ms: must be a whole number, in milliseconds (got {shows})"
        )
    assert everything(player) == before


def test_an_instant_is_kept_as_an_integer() -> None:
    """A subclass of int does, and is forgotten."""

    class Instant(int):
        """An integer of somebody else's."""

    player = Player(TIMELINE)
    player.start(Instant(5))
    assert len(player.due(Instant(5005))) == 3
    assert type(player.snapshot()["now_ms"]) is int


def test_what_counts_as_an_integer_is_an_instant() -> None:
    """An object with `__index__` does as an instant and as an offset, as a number of numpy's."""
    three: Any = Three()
    player = Player(TIMELINE, gap_ms=three)
    assert [event.at_ms for event in player.start(three, at_ms=three)][-1] == 3
    assert player.due(three) == ()
    assert player.moment(three).at_ms == 3
    assert (player.snapshot()["now_ms"], player.gap_ms) == (3, 3)


def test_instants_have_no_limit() -> None:
    """An instant may be any integer."""
    player = Player(TIMELINE, on_gap="catch-up", hands_free=True)
    player.start(-HUGE)
    assert player.next_deadline_ms == 5000 - HUGE
    assert player.moment(HUGE).at_ms == 5000
    assert player.due(HUGE)[-1].kind is EventKind.ROUTINE_ENDED
    assert player.due(-HUGE) == ()


def short(value: object) -> str:
    """Return a name for a case."""
    return "huge" if value in {HUGE, -HUGE} else str(value)


COUNT = "must be a whole number of at least 0"
INSTANT = "must be a whole number, in milliseconds"
SPEED = "must be at least 0.01 and at most 100"
OFFSET = "must be a whole number from 0 to 48000"
GAP = "must be a whole number from 0 to 1000000000000"
PART = "must be one of exercise, segment"


@pytest.mark.parametrize(
    ("state", "argument", "value", "message"),
    [
        ("ready", "start.at_ms", -1, f"{OFFSET} (got -1)"),
        ("ready", "start.at_ms", True, f"{OFFSET} (got True)"),
        ("ready", "start.at_ms", 1.0, f"{OFFSET} (got 1.0)"),
        ("ready", "start.at_ms", HUGE, f"{OFFSET} (got {HUGE_SHOWN})"),
        ("running", "seek.to_ms", 48_001, f"{OFFSET} (got 48001)"),
        ("running", "seek.to_ms", None, f"{OFFSET} (got None)"),
        ("running", "seek.to_ms", "5", f"{OFFSET} (got '5')"),
        ("waiting", "seek.to_ms", float("nan"), f"{OFFSET} (got nan)"),
        ("paused", "seek.to_ms", -HUGE, f"{OFFSET} (got {HUGE_SHOWN})"),
        ("running", "skip.over", "round", f"{PART} (got 'round')"),
        ("running", "skip.over", None, f"{PART} (got None)"),
        ("running", "back.over", "parts", f"{PART} (got 'parts')"),
        ("waiting", "back.over", "segmet", f"{PART}; did you mean 'segment'? (got 'segmet')"),
        ("paused", "back.over", 1, f"{PART} (got 1)"),
        ("ready", "set_speed.speed", 0, f"{SPEED} (got 0)"),
        ("running", "set_speed.speed", 0.00999, f"{SPEED} (got 0.00999)"),
        ("running", "set_speed.speed", 100.001, f"{SPEED} (got 100.001)"),
        ("running", "set_speed.speed", -1, f"{SPEED} (got -1)"),
        ("waiting", "set_speed.speed", float("nan"), f"{SPEED} (got nan)"),
        ("paused", "set_speed.speed", float("inf"), f"{SPEED} (got inf)"),
        ("paused", "set_speed.speed", HUGE, f"{SPEED} (got {HUGE_SHOWN})"),
        ("running", "set_speed.speed", True, "must be a number (got True)"),
        ("running", "set_speed.speed", "1", "must be a number (got '1')"),
        ("running", "stop.reason", 5, "must be text (got 5)"),
        ("ready", "stop.reason", "", "must not be empty (got '')"),
        ("waiting", "stop.reason", "a\nb", f"{GARBLING} (got 'a\\nb')"),
    ],
    ids=short,
)
def test_wrong_arguments(state: str, argument: str, value: object, message: str) -> None:
    """An argument that is not what it should be is refused with its name; nothing changes."""
    player = player_that_is(PlayerState(state))
    before = everything(player)
    command, _, name = argument.partition(".")
    with pytest.raises(ModelError) as caught:
        getattr(player, command)(NOW + 1000, **{name: value})
    assert str(caught.value) == f"Player.{argument}: {message}"
    assert everything(player) == before


POLICY = "must be one of pause, skip, catch-up"


@pytest.mark.parametrize(
    ("setting", "value", "message"),
    [
        ("timeline", "daily", "must be Timeline (got 'daily')"),
        ("timeline", None, "must be Timeline (got None)"),
        ("speed", 101, f"{SPEED} (got 101)"),
        ("speed", None, "must be a number (got None)"),
        ("hands_free", 1, "must be true or false (got 1)"),
        ("gap_ms", -1, f"{GAP} (got -1)"),
        ("gap_ms", 10**12 + 1, f"{GAP} (got 1000000000001)"),
        ("gap_ms", 5000.0, f"{GAP} (got 5000.0)"),
        ("gap_ms", HUGE, f"{GAP} (got {HUGE_SHOWN})"),
        ("on_gap", "skp", f"{POLICY}; did you mean 'skip'? (got 'skp')"),
        ("on_gap", None, f"{POLICY} (got None)"),
    ],
    ids=short,
)
def test_wrong_settings(setting: str, value: object, message: str) -> None:
    """A player is not made of what it should not be made of."""
    settings: dict[str, Any] = {"timeline": TIMELINE, setting: value}
    with pytest.raises(ModelError) as caught:
        Player(**settings)
    assert str(caught.value) == f"Player.{setting}: {message}"


# --- snapshots


def test_a_snapshot() -> None:
    """A snapshot is plain, and holds no more than it needs."""
    player = playing(24_000, speed=1.5, gap_ms=700, on_gap="skip")
    player.due(NOW + 1000)
    assert (
        kept(player)
        == player.snapshot()
        == {
            "format": 1,
            "timeline": TIMELINE.shape,
            "state": "running",
            "events": 24,
            "position_ms": 24_000,
            "position_part": "0",
            "since_ms": NOW,
            "now_ms": NOW + 1000,
            "waited_ms": 0,
            "speed": 1.5,
            "hands_free": False,
            "gap_ms": 700,
            "on_gap": "skip",
            "missed_ms": None,
            "stop_reason": None,
            "exercise": "tilt",
            "side": None,
            "rep": 1,
            "set": 1,
            "round": None,
            "size": TIMELINE.count(),
        }
    )


def test_restore_by_the_same_clock() -> None:
    """Where the clock has gone on, the time in between has passed, as a gap if it is long."""
    player = playing(24_000)
    again = Player.restore(TIMELINE, kept(player))
    assert lines(again.due(NOW + 6000))[0] == "30000 hold.ended"
    again = Player.restore(TIMELINE, kept(player))
    assert again.due(NOW + 60_000) == ()
    assert (again.state, again.missed_ms) == (PlayerState.PAUSED, 54_000)


def test_restore_by_another_clock() -> None:
    """Where the clock is another one, the time in between never passed."""
    player = playing(24_000)
    player.due(NOW + 2000)
    again = Player.restore(TIMELINE, kept(player), now_ms=50)
    assert again.next_deadline_ms == 4050
    assert again.moment(50).at_ms == 26_000


def test_restore_what_is_over() -> None:
    """What is over stays over, and shows where it ended."""
    player = playing(5000)
    player.due(NOW + 60_000)
    player.stop(NOW + 60_000, reason="enough")
    again = Player.restore(TIMELINE, kept(player), now_ms=0)
    assert (again.state, again.stop_reason) == (PlayerState.STOPPED, "enough")
    assert again.moment(0).text == "Lie down"
    with pytest.raises(PlayerStateError):
        again.start(0)


def refused(snapshot: Any, timeline: Timeline = TIMELINE) -> str:
    """Return the message with which a snapshot is refused."""
    with pytest.raises(SnapshotError) as caught:
        Player.restore(timeline, snapshot)
    return str(caught.value)


def changed(state: PlayerState, /, **values: Any) -> dict[str, Any]:
    """Return the snapshot of a player in a state, with other values in it."""
    return {**kept(player_that_is(state)), **values}


KEYS = tuple(player_that_is(PlayerState.READY).snapshot())


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_needed(key: str) -> None:
    """A snapshot without one of its keys is refused by its name."""
    snapshot = kept(player_that_is(PlayerState.RUNNING))
    del snapshot[key]
    requirement = {
        "format": "must be given: format = 1",
        "timeline": f"must be that of {TIMELINE.shape!r}",
    }.get(key, "must be there")
    assert refused(snapshot) == f"snapshot.{key}: {requirement} (got nothing)"


@pytest.mark.parametrize(
    ("snapshot", "message"),
    [
        (None, "snapshot: must be what Player.snapshot returned (got None)"),
        ([], "snapshot: must be what Player.snapshot returned (got [])"),
        ({}, "snapshot.format: must be given: format = 1 (got nothing)"),
        ({"format": True}, "snapshot.format: must be 1 (got True)"),
        ({"format": 1.0}, "snapshot.format: must be 1 (got 1.0)"),
        ({"format": 0}, "snapshot.format: must be 1 (got 0)"),
        (
            {"format": 2, "anything": "new"},
            "snapshot.format: must be 1; a newer supple may read it (got 2)",
        ),
    ],
    ids=str,
)
def test_no_snapshot_of_this_format(snapshot: Any, message: str) -> None:
    """What is no snapshot, or one of a newer format, is refused as such."""
    assert refused(snapshot) == message


def test_a_snapshot_of_another_timeline() -> None:
    """A snapshot of another timeline is refused, and both are named."""
    other = schedule(DAILY, pacing=QUIET, level=0)
    assert Player.restore(other, changed(PlayerState.RUNNING)).state is PlayerState.RUNNING
    foreign = schedule(Routine("other", items=DAILY.items), pacing=QUIET)
    assert refused(changed(PlayerState.RUNNING), foreign) == (
        f"snapshot.timeline: must be that of {foreign.shape!r}; at='nearest' goes on at the same "
        f"repetition (got {TIMELINE.shape!r})"
    )


# --- another timing


def daily(**doses: Any) -> Timeline:
    """Return the routine again, with other doses of its first exercise."""
    first = evolve(DAILY.items[0], **doses)
    return schedule(evolve(DAILY, items=[first, *DAILY.items[1:]]), pacing=QUIET)


def test_a_side_that_is_no_more() -> None:
    """Where the side is not worked any more, a player goes on before the exercise."""
    both = Exercise(
        "roll",
        name="Roll",
        kind="mobility",
        position="lying-on-back",
        sides="each",
        cycle=[Hold("x", seconds=5)],
    )
    timeline = schedule(both, pacing=QUIET)
    other = schedule(Prescription(both, side="left"), pacing=QUIET)
    player = playing(timeline.duration_ms - 1, timeline)
    again = Player.restore(other, kept(player), at="nearest")
    assert again.restored_at == other[other.find("exercise.started")]


def test_going_ahead_of_a_wait() -> None:
    """A player that waited is still there, restored up to an instant long after."""
    waiting = player_that_is(PlayerState.WAITING)
    ahead = Player.restore(TIMELINE, kept(waiting), up_to_ms=NOW + 100_000)
    list(waiting.due(NOW + 100_000))
    assert ahead.state is PlayerState.WAITING
    assert ahead.snapshot() == waiting.snapshot()


def test_going_ahead_to_a_mark_of_a_wait() -> None:
    """What falls due at the very instant is behind it, as for who was there all the time."""
    snapshot = kept(playing())
    player = playing()
    for at_ms in (5000, 7000):
        player.due(NOW + at_ms)
    ahead = Player.restore(TIMELINE, snapshot, up_to_ms=NOW + 7000)
    assert ahead.snapshot() == player.snapshot()


def test_a_place_before_what_was_said_is_refused() -> None:
    """A snapshot does not lie before the last of its events."""
    player = playing(7000)
    player.pause(NOW)
    with pytest.raises(SnapshotError, match="position_ms: must lead to between 7000 and 9000"):
        Player.restore(TIMELINE, kept(player) | {"position_ms": 6000})


def test_another_wording_goes_on() -> None:
    """A corrected text is no other timing; the timeline is another one, of the same shape."""
    told = daily(name="Roll about", setup=[evolve(OPEN, text="Lie on your back")])
    assert told.fingerprint != TIMELINE.fingerprint
    assert told.shape == TIMELINE.shape
    again = Player.restore(told, kept(playing(6000)))
    assert (again.moment(NOW).text, again.moment(NOW).at_ms) == ("Lie on your back", 6000)
    assert again.restored_at is None


@pytest.mark.parametrize(
    ("from_ms", "doses", "to_ms", "at"),
    [
        # the second repetition, where the first takes longer now
        (15_000, {"cycle": [Hold("x", seconds=7)]}, 16_000, ("rep.started", 16_000)),
        # the second repetition, where there is one only
        (15_000, {"reps": 1}, 0, ("exercise.started", 5000)),
        # before the first repetition, and before the exercise
        (6000, {"reps": 3}, 0, ("exercise.started", 5000)),
        (2000, {"reps": 3}, 0, ("exercise.started", 5000)),
        # another exercise, which comes later now
        (26_000, {"reps": 3}, 29_000, ("rep.started", 29_000)),
        (20_000, {"reps": 3}, 24_000, ("exercise.started", 29_000)),
        # the second round of a circuit
        (45_000, {"reps": 3}, 49_000, ("rep.started", 49_000)),
    ],
)
def test_the_nearest_place(
    from_ms: int, doses: dict[str, Any], to_ms: int, at: tuple[str, int]
) -> None:
    """On another timing a player goes on at the same repetition, or else before the exercise."""
    for is_paused in (False, True):
        player = playing(from_ms)
        if is_paused:
            player.pause(NOW)
        other = daily(**doses)
        with pytest.raises(SnapshotError, match=r"at='nearest' goes on at the same repetition"):
            Player.restore(other, kept(player))
        again = Player.restore(other, kept(player), at="nearest", now_ms=77)
        assert again.moment(77).at_ms == to_ms
        assert again.restored_at is not None
        assert (again.restored_at.kind.value, again.restored_at.at_ms) == at
        assert again.state == ("paused" if is_paused else "running")
        assert (again.next_deadline_ms is None) == is_paused
        if is_paused:
            again.resume(77)
        assert [each.at_ms for each in to_the_end(again, 77)] == [
            each.at_ms for each in other.events(to_ms + 1)
        ]


def test_the_nearest_place_by_side_and_set() -> None:
    """A repetition is that of the same set and side."""
    settings: dict[str, Any] = {"sides": "each", "reps": 2, "sets": 2}
    quiet = Pacing(get_ready=0, switch_sides=0, between_sets=0, countdown=(), halfway=None)

    def laid_out(seconds: float) -> Timeline:
        return schedule(Routine("r", items=[exercise("bow", seconds, **settings)]), pacing=quiet)

    for at_ms in range(8):
        player = playing(at_ms * 1000 + 500, laid_out(1))
        again = Player.restore(laid_out(3), kept(player), at="nearest")
        assert again.moment(NOW).at_ms == at_ms * 3000
        before, after = player.moment(NOW), again.moment(NOW)
        assert (after.set, after.side, after.rep) == (before.set, before.side, before.rep)
    one_sided = schedule(
        Routine("r", items=[exercise("bow", 3, reps=2)]),
        pacing=quiet,
    )
    again = Player.restore(one_sided, kept(playing(7500, laid_out(1))), at="nearest")
    assert again.moment(NOW).at_ms == 0


def test_the_nearest_place_where_it_waited() -> None:
    """A player that waited runs into the step again, and waits there."""
    player = playing(5000)
    assert player.state is PlayerState.WAITING
    again = Player.restore(daily(reps=3), kept(player), at="nearest")
    assert (again.state, again.moment(NOW).at_ms) == (PlayerState.RUNNING, 0)
    again.due(NOW + 5000)
    assert again.state is PlayerState.WAITING


def test_the_nearest_place_of_what_is_over_or_has_not_begun() -> None:
    """What has not begun begins, and what is over stays so."""
    other = daily(reps=3)
    for state in (PlayerState.READY, PlayerState.FINISHED, PlayerState.STOPPED):
        again = Player.restore(other, changed(state), at="nearest")
        assert again.state is state
        assert again.next_deadline_ms is None
        assert Player.restore(other, kept(again)).snapshot() == again.snapshot()
    finished = Player.restore(other, changed(PlayerState.FINISHED), at="nearest")
    assert finished.moment(NOW).at_ms == other.duration_ms


def test_no_nearest_place() -> None:
    """Where the exercise is no more, or comes less often, it says so or takes the last one."""
    other = schedule(Routine("daily", items=[exercise("bend", 4), exercise("x", 4)]), pacing=QUIET)
    with pytest.raises(SnapshotError) as caught:
        Player.restore(other, kept(playing(15_000)), at="nearest")
    assert str(caught.value) == (
        "snapshot.exercise: must be one of those of the timeline (got 'roll')"
    )
    again = Player.restore(other, kept(playing(45_000)), at="nearest")  # its second round
    assert again.restored_at is not None
    assert (again.restored_at.exercise, again.moment(NOW).at_ms) == ("bend", 5000)
    wrong: Any
    for wrong, hint in (("closest", ""), ("nearst", "; did you mean 'nearest'?")):
        with pytest.raises(ModelError) as refusal:
            Player.restore(other, kept(playing(45_000)), at=wrong)
        assert str(refusal.value) == (
            f"Player.restore.at: must be one of exact, nearest{hint} (got {wrong!r})"
        )


def test_the_same_timing_goes_on_exactly() -> None:
    """Nothing is nearer than the very place."""
    player = playing(15_000)
    again = Player.restore(TIMELINE, kept(player), at="nearest")
    assert again.snapshot() == player.snapshot()
    assert again.restored_at is None


def test_the_nearest_place_of_an_exercise_that_stands_twice() -> None:
    """Where an exercise comes again without a circuit, the one that lies as far along is meant."""

    def laid_out(reps: int) -> Timeline:
        items = [exercise("bow", 2), exercise("tilt", 1, reps=reps), exercise("bow", 2)]
        return schedule(Routine("r", items=items), pacing=Pacing(get_ready=0, transition=0))

    for at_ms, to_ms in ((500, 0), (20_500, 23_000)):
        again = Player.restore(
            laid_out(21), kept(playing(at_ms, laid_out(18))), at="nearest", now_ms=0
        )
        assert (again.moment(0).exercise, again.moment(0).at_ms) == ("bow", to_ms)


@given(
    rounds=st.integers(1, 5),
    reps=st.tuples(st.integers(1, 2), st.integers(1, 2)),
    sides=st.sampled_from(["none", "alternate", "each"]),
    others=st.sampled_from([((1, 40), (40, 1)), ((40, 1), (1, 40)), ((1, 1), (1, 40))]),
)
@share(0.5)
def test_the_nearest_place_is_the_same_wherever_else_it_lies(
    rounds: int,
    reps: tuple[int, int],
    sides: str,
    others: tuple[tuple[int, int], tuple[int, int]],
) -> None:
    """Where an exercise stands once, its round, set and repetition count, not its distance."""
    before, after = others

    def laid_out(of: int, seconds: int) -> Timeline:
        inside = [
            exercise("bow", seconds, sides=sides, reps=reps[0], sets=2),
            exercise("bend", seconds, reps=reps[1]),
        ]
        items: list[Exercise | Circuit] = [
            exercise("roll", 1, reps=before[of]),
            Circuit(inside, rounds=rounds),
            exercise("tilt", 1, reps=after[of]),
        ]
        return schedule(Routine("r", items=items), pacing=QUIET)

    def place(event: Event | None) -> tuple[object, ...]:
        assert event is not None
        return event.kind, event.exercise, event.side, event.round, event.set, event.rep

    old, new = laid_out(0, 2), laid_out(1, 3)
    for start in old:
        if start.kind is EventKind.REP_STARTED and start.exercise in {"bow", "bend"}:
            player = playing(start.at_ms + 1, old)
            again = Player.restore(new, kept(player), at="nearest")
            assert place(again.restored_at) == place(start)


ALL = TIMELINE.count()
LAST = ALL - 1
GOT_HUGE = f"(got {HUGE_SHOWN})"
STATE = "must be one of ready, running, waiting, paused, finished, stopped"


POINT = "must be a part of 1 to 18 places, such as '0.5'"
NAME = (
    "must be words of a-z and 0-9 joined by hyphens, such as 'knee-rolls', "
    "of at most 64 characters"
)
OUTSIDE = "position_ms: must lead to between {} and {} by now (got {})"


@pytest.mark.parametrize(
    ("state", "key", "value", "message"),
    [
        ("ready", "state", "stoped", f"state: {STATE}; did you mean 'stopped'? (got 'stoped')"),
        ("ready", "state", 1, f"state: {STATE} (got 1)"),
        ("ready", "events", 1, "events: must be at least 0 and at most 0 (got 1)"),
        ("running", "events", 0, f"events: must be at least 1 and at most {LAST} (got 0)"),
        ("waiting", "events", ALL, f"events: must be at least 1 and at most {LAST} (got {ALL})"),
        ("stopped", "events", ALL, f"events: must be at least 0 and at most {LAST} (got {ALL})"),
        ("finished", "events", 45, f"events: must be at least {ALL} and at most {ALL} (got 45)"),
        ("paused", "events", -1, f"events: {COUNT} (got -1)"),
        ("paused", "events", HUGE, f"events: must be at least 1 and at most {LAST} {GOT_HUGE}"),
        ("paused", "events", 1.0, f"events: {COUNT} (got 1.0)"),
        ("paused", "events", True, f"events: {COUNT} (got True)"),
        ("paused", "events", 1, "events: must not part what happens at once (got 1)"),
        ("paused", "position_ms", None, f"position_ms: {COUNT} (got None)"),
        ("paused", "position_ms", 5000, OUTSIDE.format(0, 4999, 5000)),
        ("running", "now_ms", NOW - 1, OUTSIDE.format(0, 4999, -1)),
        ("waiting", "position_ms", 4000, OUTSIDE.format(5000, 6999, 4000)),
        ("paused", "position_part", 0.5, f"position_part: {POINT} (got 0.5)"),
        ("paused", "position_part", "0.50", f"position_part: {POINT} (got '0.50')"),
        ("paused", "position_part", "1", f"position_part: {POINT} (got '1')"),
        ("paused", "position_part", "-0.5", f"position_part: {POINT} (got '-0.5')"),
        (
            "paused",
            "position_part",
            "0." + "1" * 19,
            f"position_part: {POINT} (got '0.{'1' * 19}')",
        ),
        ("paused", "waited_ms", -1, f"waited_ms: {COUNT} (got -1)"),
        ("paused", "exercise", 3, f"exercise: {NAME} (got 3)"),
        ("paused", "round", 1.0, f"round: {COUNT} (got 1.0)"),
        ("paused", "size", -1, f"size: {COUNT} (got -1)"),
        ("paused", "set", "1", f"set: {COUNT} (got '1')"),
        ("paused", "rep", -2, f"rep: {COUNT} (got -2)"),
        ("paused", "side", "top", "side: must be one of left, right (got 'top')"),
        ("finished", "position_ms", 47_999, OUTSIDE.format(48_000, 48_000, 47_999)),
        ("stopped", "position_ms", 10**9, OUTSIDE.format(0, 4999, 10**9)),
        ("ready", "position_ms", 1, OUTSIDE.format(0, 0, 1)),
        (
            "running",
            "since_ms",
            None,
            "since_ms: must be a whole number where it is running (got None)",
        ),
        ("running", "since_ms", "0", f"since_ms: {INSTANT} (got '0')"),
        ("paused", "since_ms", NOW, f"since_ms: must be null where it is paused (got {NOW})"),
        ("running", "now_ms", None, f"now_ms: {INSTANT} (got None)"),
        ("running", "speed", 0, f"speed: {SPEED} (got 0)"),
        ("running", "speed", float("nan"), f"speed: {SPEED} (got nan)"),
        ("running", "hands_free", None, "hands_free: must be true or false (got None)"),
        ("waiting", "hands_free", True, "state: must be running at this event (got 'waiting')"),
        ("running", "state", "waiting", "state: must be running at this event (got 'waiting')"),
        ("waiting", "state", "running", "state: must be waiting at this event (got 'running')"),
        ("running", "gap_ms", -1, f"gap_ms: {GAP} (got -1)"),
        ("running", "on_gap", "wait", f"on_gap: {POLICY} (got 'wait')"),
        ("paused", "missed_ms", -1, f"missed_ms: {COUNT} (got -1)"),
        ("running", "missed_ms", 5, "missed_ms: must be null where it is running (got 5)"),
        ("stopped", "stop_reason", 5, "stop_reason: must be text (got 5)"),
        ("paused", "stop_reason", "x", "stop_reason: must be null where it is paused (got 'x')"),
    ],
    ids=short,
)
def test_a_corrupt_snapshot(state: str, key: str, value: object, message: str) -> None:
    """A value that is wrong, or does not agree with the others, is refused by its name."""
    assert refused({**changed(PlayerState(state)), key: value}) == f"snapshot.{message}"


def test_a_key_too_many() -> None:
    """A key that does not belong there is refused."""
    keys = ", ".join(KEYS)
    for key, shows in (("speeed", "'speeed'"), (HUGE, HUGE_SHOWN)):
        snapshot: dict[Any, Any] = {**changed(PlayerState.RUNNING), key: 1}
        assert refused(snapshot) == f"snapshot: must have no keys but {keys} (got {shows})"


def test_the_arguments_of_restore() -> None:
    """What is no timeline or no instant is refused."""
    snapshot = changed(PlayerState.RUNNING)
    wrong: Any = None
    with pytest.raises(ModelError) as caught:
        Player.restore(wrong, snapshot)
    assert str(caught.value) == "Player.restore.timeline: must be Timeline (got None)"
    with pytest.raises(ModelError) as caught:
        Player.restore(TIMELINE, MappingProxyType(snapshot), now_ms=True)  # a mapping does
    assert str(caught.value) == (
        "Player.restore.now_ms: must be a whole number, in milliseconds (got True)"
    )


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=3,
)
likely_values = st.integers(-1, 47) | st.integers(0, 48_000) | st.sampled_from([*PlayerState, NOW])


@given(
    st.sampled_from(PlayerState),
    st.dictionaries(st.sampled_from(KEYS[2:]), json_values | likely_values, max_size=4),
    st.dictionaries(st.text(max_size=3), json_values, max_size=1),
    st.integers(),
    st.data(),
)
def test_any_snapshot_gives_a_player_or_an_error(
    state: PlayerState,
    values: dict[str, Any],
    others: dict[str, Any],
    now: int,
    data: st.DataObject,
) -> None:
    """Whatever stands in it, a snapshot is refused as such, or makes a player that plays on."""
    try:
        player = Player.restore(TIMELINE, {**changed(state, **values), **others})
    except SnapshotError:
        return
    player.moment(now)
    for what in data.draw(st.lists(st.none() | st.sampled_from(PlayerCommand), max_size=4)):
        do(player, what, now, data.draw)
        player.moment(now)
    again = Player.restore(TIMELINE, kept(player))
    assert (again.snapshot(), repr(again)) == (player.snapshot(), repr(player))
    list(to_the_end(player, now))
    assert not COMMANDS[player.state]


# --- without end

ENDLESS = schedule(
    Routine("endless", items=[Circuit([exercise("roll", 1, reps=10**12)], rounds=10**12)]),
    pacing=Pacing(get_ready=0, transition=0, countdown=(), halfway=None),
)


def test_an_endless_timeline() -> None:
    """Jumps, gaps and snapshots of an endless timeline are as quick and small as any."""
    player = playing(5 * 10**26 + 500, ENDLESS, on_gap="skip")
    moment = player.moment(NOW)
    assert (moment.round, moment.rep, moment.elapsed_ms) == (5 * 10**11 + 1, 1, 500)
    assert len(json.dumps(player.snapshot())) < 500
    again = Player.restore(ENDLESS, kept(player))
    assert again.due(NOW + 10**25) == player.due(NOW + 10**25)
    assert (again.moment(NOW).round, again.moment(NOW).elapsed_ms) == (51 * 10**10 + 1, 500)
    assert lines(again.back(NOW + 10**25))[-1] == "509999999999000000000000000 hold.started"
    assert again.skip(NOW + 10**25)[-1].round == 51 * 10**10 + 1


def test_playing_takes_constant_memory() -> None:
    """Playing 100,000 events needs no more memory than playing 1000."""
    player = Player(ENDLESS)
    player.start(0)

    def play(events: int) -> None:
        while events > 0:
            events -= len(player.due(player.next_deadline_ms or 0))

    play(1000)
    tracemalloc.start()
    try:
        play(1000)
        before, _ = tracemalloc.get_traced_memory()
        play(100_000)
        after, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 1024
    assert peak - before < 16 * 1024
