"""The fleet: each player as it would be alone, all in order, and in bounded memory."""

from __future__ import annotations

import copy
import gc
import pickle
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from attrs import evolve
from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from supple import (
    Exercise,
    GapPolicy,
    Hold,
    ModelError,
    Pacing,
    Player,
    PlayerCommand,
    PlayerState,
    PlayerStateError,
    Routine,
    Step,
    schedule,
)
from supple.testing import ManualClock
from supple.timers import Fleet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from supple import Event, Timeline

Key = TypeVar("Key")


KEEP = Exercise(
    "e", name="E", kind="stretch", position="standing", cycle=[Hold("Keep", seconds=600)]
)


def laid_out(*cycle: Step | Hold, **pacing: Any) -> Timeline:
    """Lay out one exercise without anything around it."""
    exercise = Exercise("e", name="E", kind="stretch", position="standing", cycle=cycle, reps=2)
    return schedule(Routine("r", items=[exercise]), pacing=Pacing(get_ready=0, **pacing))


HOLDS = laid_out(Hold("Keep", seconds=4))
"""Cues at 1000, 2000 and 3000; the second repetition from 4000; the end at 8000."""

LONG = laid_out(Hold("Keep", seconds=600), countdown=(), halfway=None)

WAITS = laid_out(Step("Stand up", seconds=1, until_ready=True), Hold("Keep", seconds=0.7))


def started(now_ms: int = 0, **options: Any) -> Player:
    """Return a player of `HOLDS` that was started."""
    player = Player(HOLDS, **options)
    player.start(now_ms)
    return player


def fleet_of(**players: Player) -> Fleet[str]:
    """Return a fleet of some players."""
    fleet = Fleet[str]()
    for key, player in players.items():
        fleet.add(key, player)
    return fleet


def offsets(batches: Iterator[tuple[Key, tuple[Event, ...]]]) -> list[tuple[Key, list[int]]]:
    """Return who was due, and with events at which offsets."""
    return [(key, [event.at_ms for event in events]) for key, events in batches]


# --- who is in it


def test_a_new_fleet_is_empty() -> None:
    """Without players there is nothing to wait for."""
    fleet = Fleet[str]()
    assert len(fleet) == 0
    assert list(fleet) == []
    assert fleet.next_deadline_ms is None
    assert list(fleet.due(10)) == []
    assert repr(fleet) == "<Fleet of 0, next at None ms>"


def test_players_are_found_by_their_keys() -> None:
    """A fleet has keys in the order in which they were added, each with its own player."""
    ann, bob = started(), started(1_500)
    fleet = fleet_of(bob=bob, ann=ann)
    assert list(fleet) == ["bob", "ann"]
    assert len(fleet) == 2
    assert "ann" in fleet
    assert "cat" not in fleet
    assert repr(fleet) == "<Fleet of 2, next at 1000 ms>"
    assert fleet.moment("bob", 1600).at_ms == 100
    assert fleet.remove("ann") is ann
    assert fleet.remove("bob") is bob


def test_a_key_is_taken_once() -> None:
    """A second player under a key is refused, and the first one stays."""
    ann = started()
    fleet = fleet_of(ann=ann)
    with pytest.raises(ModelError) as caught:
        fleet.add("ann", started())
    assert str(caught.value) == "Fleet.add.key: must not be that of another player (got 'ann')"
    assert list(fleet) == ["ann"]
    assert fleet.remove("ann") is ann


def test_only_players_are_taken() -> None:
    """What is no player is refused, and the key stays free."""
    fleet = Fleet[str]()
    with pytest.raises(ModelError) as caught:
        fleet.add("ann", "bob")  # type: ignore[arg-type]  # it must be refused
    assert str(caught.value) == "Fleet.add.player: must be Player (got 'bob')"
    assert len(fleet) == 0


ASK: dict[str, Callable[[Fleet[str], str], object]] = {
    "remove": Fleet.remove,
    "state": Fleet.state,
    "snapshot": Fleet.snapshot,
    "moment": lambda fleet, key: fleet.moment(key, 0),
    "command": lambda fleet, key: fleet.command(key, "pause", 0),
}


@pytest.mark.parametrize("ask", ASK.values(), ids=ASK)
def test_no_such_player(ask: Callable[[Fleet[str], str], object]) -> None:
    """A key without a player is a `KeyError`, and changes nothing."""
    fleet = fleet_of(ann=started())
    with pytest.raises(KeyError) as caught:
        ask(fleet, "bob")
    assert caught.value.args == ("bob",)
    assert list(fleet) == ["ann"]


def test_a_removed_player_gets_no_events() -> None:
    """Who was removed is not due any more, goes on alone, and leaves the key free."""
    fleet = fleet_of(ann=started(), bob=started(500))
    ann = fleet.remove("ann")
    assert "ann" not in fleet
    assert fleet.next_deadline_ms == 1500
    assert offsets(fleet.due(1500)) == [("bob", [1000])]
    assert [event.at_ms for event in ann.due(1500)] == [1000]
    fleet.add("ann", started(2000))
    assert offsets(fleet.due(3000)) == [("bob", [2000]), ("ann", [1000])]


# --- in order, and lazily


def test_the_earliest_deadline_comes_first() -> None:
    """Players come in the order of their deadlines, each with all that has fallen due."""
    fleet = fleet_of(late=started(900), soon=started(100), mid=started(500))
    assert fleet.next_deadline_ms == 1100
    assert offsets(fleet.due(1500)) == [("soon", [1000]), ("mid", [1000])]
    assert fleet.next_deadline_ms == 1900
    assert offsets(fleet.due(3100)) == [
        ("late", [1000, 2000]),
        ("soon", [2000, 3000]),
        ("mid", [2000]),
    ]


def test_equal_deadlines() -> None:
    """All who have the same deadline come together, each once, before any later one."""
    fleet = fleet_of(bob=started(), ann=started(), cat=started(1), dan=started())
    fleet.command("bob", "pause", 100)
    assert fleet.next_deadline_ms == 1000
    fleet.command("bob", "resume", 100)
    for now_ms in (1001, 2001, 3001):
        keys = [key for key, _ in fleet.due(now_ms)]
        assert sorted(keys[:3]) == ["ann", "bob", "dan"]
        assert keys[3:] == ["cat"]


def test_keys_are_never_compared() -> None:
    """Keys of any hashable kind do, side by side."""
    fleet = Fleet[object]()
    for key in ("ann", 1, None, (1, "x")):
        fleet.add(key, started())
    assert {key for key, _ in fleet.due(1000)} == {"ann", 1, None, (1, "x")}


def test_who_stops_half_way_loses_nothing() -> None:
    """Those who have not had their turn are still due, and have not moved on."""
    fleet = fleet_of(ann=started(), bob=started(1), cat=started(2))
    key, _ = next(fleet.due(1002))
    assert key == "ann"
    assert fleet.next_deadline_ms == 1001
    assert offsets(fleet.due(1002)) == [("bob", [1000]), ("cat", [1000])]
    assert fleet.next_deadline_ms == 2000


def test_a_handler_that_raises_stops_nobody_else() -> None:
    """The one whose handler has failed goes on, and the others come with the next call."""

    def handle_all() -> None:
        for key, _ in fleet.due(1001):
            raise RuntimeError(key)

    fleet = fleet_of(ann=started(), bob=started(1))
    with pytest.raises(RuntimeError, match="ann"):
        handle_all()
    assert offsets(fleet.due(2001)) == [("bob", [1000, 2000]), ("ann", [2000])]


def test_nothing_moves_until_it_is_asked_for() -> None:
    """`due` itself moves no player that is due."""
    fleet = fleet_of(ann=started())
    batches = fleet.due(1000)
    assert fleet.moment("ann", 1000).at_ms == 1000
    assert fleet.next_deadline_ms == 1000
    assert offsets(batches) == [("ann", [1000])]


def test_the_fleet_may_change_in_between() -> None:
    """A handler may remove, pause, add and ask; it holds at once."""
    fleet = fleet_of(ann=started(), bob=started(1), cat=started(2), dan=started(3))
    batches = fleet.due(1003)
    assert next(batches)[0] == "ann"
    fleet.remove("bob")
    assert [event.at_ms for event in fleet.command("cat", "pause", 1003)] == [1000]
    fleet.add("eve", started(-500))
    assert fleet.next_deadline_ms == 500
    assert offsets(batches) == [("eve", [1000]), ("dan", [1000])]
    assert fleet.next_deadline_ms == 1500


def test_two_callers_share_what_is_due() -> None:
    """Two that are under way at once deliver everybody once."""
    fleet = fleet_of(ann=started(), bob=started(1), cat=started(2))
    first, second = fleet.due(1002), fleet.due(1002)
    keys = [next(first)[0], next(second)[0], next(first)[0]]
    assert keys == ["ann", "bob", "cat"]
    assert [*first, *second] == []


@pytest.mark.parametrize("now_ms", [1.5, "1", True, None])
def test_instants_are_integers(now_ms: Any) -> None:
    """Anything else is refused at once, and nothing has changed."""
    fleet = fleet_of(ann=started())
    with pytest.raises(ModelError) as caught:
        fleet.due(now_ms)
    requirement = f"must be a whole number, in milliseconds (got {now_ms!r})"
    assert str(caught.value) == f"Fleet.due.now_ms: {requirement}"
    assert offsets(fleet.due(1000)) == [("ann", [1000])]


# --- commands


def test_commands_change_the_deadline() -> None:
    """A player that was handed out is looked at again, whatever was done to it."""
    fleet = fleet_of(ann=Player(HOLDS))
    deadlines = [fleet.next_deadline_ms]
    assert [event.at_ms for event in fleet.command("ann", "start", 100)] == [0, 0, 0, 0, 0]
    deadlines.append(fleet.next_deadline_ms)
    fleet.command("ann", "pause", 600)
    deadlines.append(fleet.next_deadline_ms)
    assert list(fleet.due(1100)) == []
    fleet.command("ann", "resume", 2000)
    deadlines.append(fleet.next_deadline_ms)
    fleet.command("ann", "seek", 2000, to_ms=2900)
    deadlines.append(fleet.next_deadline_ms)
    assert offsets(fleet.due(2100)) == [("ann", [3000])]
    fleet.command("ann", "stop", 2200)
    deadlines.append(fleet.next_deadline_ms)
    assert deadlines == [None, 1100, None, 2500, 2100, None]


def test_a_refused_command_changes_nothing() -> None:
    """The error of the player comes through, and the player goes on."""
    fleet = fleet_of(ann=started())
    with pytest.raises(PlayerStateError):
        fleet.command("ann", "resume", 100)
    assert offsets(fleet.due(1000)) == [("ann", [1000])]


def test_who_is_handed_out_is_up_to_date() -> None:
    """A snapshot is as of the last instant that the fleet was told, not of the last event."""
    fleet = fleet_of(ann=started(), bob=started(500))
    assert offsets(fleet.due(1400)) == [("ann", [1000])]
    list(fleet.due(1450))
    assert fleet.snapshot("ann")["now_ms"] == 1450
    assert fleet.snapshot("bob")["now_ms"] == 1450
    assert fleet.remove("ann").snapshot()["now_ms"] == 1450


def test_who_finishes_stays() -> None:
    """A player at its end is never due again, and stays until it is removed."""
    fleet = fleet_of(ann=started(gap_ms=10_000))
    [(_, events)] = fleet.due(8000)
    assert events[-1].at_ms == 8000
    assert fleet.state("ann") is PlayerState.FINISHED
    assert list(fleet.due(9000)) == []
    assert fleet.next_deadline_ms is None
    assert "ann" in fleet


# --- clocks that jump


def test_who_pauses_for_a_gap_comes_without_events() -> None:
    """The owner learns of a player that takes a jump of the clock for a gap."""
    fleet = fleet_of(ann=started(), bob=started(1, on_gap="catch-up"))
    assert offsets(fleet.due(6001)) == [
        ("ann", []),
        ("bob", [1000, 2000, 3000, 4000, 4000, 4000, 4000, 5000, 6000]),
    ]
    assert fleet.state("ann") is PlayerState.PAUSED
    assert fleet.snapshot("ann")["missed_ms"] == 5001
    assert fleet.next_deadline_ms == 7001


@pytest.mark.parametrize("on_gap", ["pause", "skip"])
def test_a_gap_begins_where_the_clock_last_was(on_gap: str) -> None:
    """Who was not due for long knows all the same what the clock showed last."""
    fleet, alone = Fleet[str](), Player(LONG, on_gap=GapPolicy(on_gap))
    fleet.add("ann", Player(LONG, on_gap=GapPolicy(on_gap)))
    assert fleet.command("ann", "start", 0) == alone.start(0)
    for now_ms in (1000, 1900, 480_000):
        assert list(fleet.due(now_ms)) == []
        assert alone.due(now_ms) == ()
    [(_, events)] = fleet.due(4_000_000)
    assert events == alone.due(4_000_000)
    assert fleet.snapshot("ann") == alone.snapshot()
    assert fleet.snapshot("ann")["missed_ms"] == (3_400_000 if on_gap == "pause" else None)
    if on_gap == "pause":
        assert fleet.moment("ann", 4_000_000).at_ms == 480_000


def test_a_gap_after_a_call_that_was_left_half_way() -> None:
    """Who had no turn in the last call still knows when it was not due yet."""
    fleet = fleet_of(ann=started(), bob=started(1))
    list(fleet.due(500))
    list(fleet.due(900))
    assert next(fleet.due(1002))[0] == "ann"
    assert offsets(fleet.due(10_000)) == [("bob", []), ("ann", [])]
    assert fleet.moment("bob", 0).at_ms == 899
    assert fleet.moment("ann", 0).at_ms == 1002


def test_a_handler_that_took_long_is_no_gap_for_who_came_before() -> None:
    """A player that was added or told something later than the last call is not told that."""
    fleet = Fleet[str]()
    list(fleet.due(5000))
    fleet.add("ann", Player(LONG, gap_ms=0))
    fleet.command("ann", "start", 5100)
    assert fleet.snapshot("ann")["now_ms"] == 5100
    list(fleet.due(5200))
    fleet.command("ann", "pause", 5300)
    assert fleet.snapshot("ann")["position_ms"] == 200


def test_time_costs_only_those_who_are_due(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a thousand players those are called who are due, however often the clock is told."""
    called: list[Player] = []
    due = Player.due

    def counted(player: Player, now_ms: int) -> tuple[Event, ...]:
        called.append(player)
        return due(player, now_ms)

    fleet = Fleet[int]()
    for key in range(1000):
        player = Player(LONG)
        player.start(0)
        fleet.add(key, player)
    few = {7, 70, 700}
    for key in few:
        fleet.command(key, "seek", 0, to_ms=599_000)
    monkeypatch.setattr(Player, "due", counted)
    for now_ms in range(10, 1000, 10):
        assert list(fleet.due(now_ms)) == []
    assert called == []
    assert {key for key, _ in fleet.due(1000)} == few
    assert len(called) == len(few)
    list(fleet.due(2000))
    assert len(called) == len(few)


def test_who_has_more_than_a_call_brings_leaves_the_others_their_turn() -> None:
    """A player that catches up on a lot comes once a call, and goes on at once."""
    endless = schedule(
        Routine("r", items=[evolve(KEEP, reps=10**12)]),
        pacing=Pacing(get_ready=0, countdown=(), halfway=None),
    )
    fleet = fleet_of(ann=started())
    fleet.add("eve", Player(endless, on_gap="catch-up"))
    fleet.command("eve", "start", 0)
    for now_ms in range(10**15, 10**15 + 3):
        batches = dict(fleet.due(now_ms))
        assert 1000 <= len(batches["eve"]) < 1010
        assert fleet.next_deadline_ms == now_ms + 1
        assert list(fleet.due(now_ms)) == []
    assert fleet.state("ann") is PlayerState.PAUSED


def test_who_asks_in_between_takes_nothing_from_a_player_that_is_behind() -> None:
    """A snapshot between two turns of a player leaves what it still has to bring."""
    timeline = schedule(Routine("r", items=[evolve(KEEP, reps=600)]))
    fleet = fleet_of(eve=Player(timeline, on_gap="catch-up"))
    events = [*fleet.command("eve", "start", 0)]
    for now_ms in range(10**9, 10**9 + 10):
        for _, batch in fleet.due(now_ms):
            events += batch
            fleet.snapshot("eve")
    assert events == list(timeline)


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, pickle.dumps])
def test_a_fleet_is_not_copied(copied: Callable[[object], object]) -> None:
    """A copy would share its players with the original, so there is none."""
    with pytest.raises(TypeError) as caught:
        copied(fleet_of(ann=started()))
    assert str(caught.value) == "there is one Fleet, which cannot be copied or pickled"


def test_a_clock_that_goes_back_a_little_moves_nothing() -> None:
    """Everybody stands still until the clock has caught up."""
    fleet = fleet_of(ann=started(10_000))
    list(fleet.due(10_900))
    assert list(fleet.due(10_100)) == []
    assert fleet.next_deadline_ms == 11_000


def test_a_clock_that_goes_back_far_is_followed() -> None:
    """Everybody goes on at once, from where the clock last was."""
    fleet = fleet_of(ann=started(10_000), bob=started(10_500))
    list(fleet.due(10_900))
    assert list(fleet.due(200)) == []
    assert fleet.next_deadline_ms == 300
    assert offsets(fleet.due(300)) == [("ann", [1000])]
    assert offsets(fleet.due(800)) == [("bob", [1000])]


def test_a_clock_that_goes_back_behind_a_command_is_followed() -> None:
    """The instant of a command counts as well as those that the fleet was told."""
    fleet = fleet_of(ann=started(0))
    list(fleet.due(100))
    fleet.command(
        "ann", "pause", 20_000
    )  # a player takes any clock; the fleet was never told of this one
    fleet.command("ann", "resume", 20_000)
    list(fleet.due(200))
    alone = started(0)
    alone.due(100)
    alone.pause(20_000)
    alone.resume(20_000)
    alone.due(200)
    assert fleet.next_deadline_ms == alone.next_deadline_ms
    assert fleet.snapshot("ann") == alone.snapshot()


# --- each as it would be alone


class FleetMachine(RuleBasedStateMachine):
    """Does anything at any time to a fleet, and the same to bare players beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.fleet = Fleet[int]()
        self.alone: dict[int, Player] = {}
        self.clock = 0

    keys = st.integers(0, 4)

    @rule(
        key=keys,
        timeline=st.sampled_from([HOLDS, WAITS, LONG]),
        speed=st.sampled_from([1, 1, 2, 0.3]),
        gap_ms=st.sampled_from([0, 700, 5000]),
        on_gap=st.sampled_from(GapPolicy),
        starts=st.booleans(),
    )
    def add(self, key: int, timeline: Timeline, *, starts: bool, **options: Any) -> None:
        """Take on a player that was started or not."""
        if key in self.alone:
            return
        player, self.alone[key] = Player(timeline, **options), Player(timeline, **options)
        if starts:
            assert player.start(self.clock) == self.alone[key].start(self.clock)
        self.fleet.add(key, player)

    @rule(key=keys)
    def remove(self, key: int) -> None:
        """Let one go; it is as the one alone."""
        if key in self.alone:
            player, alone = self.fleet.remove(key), self.alone.pop(key)
            assert player.snapshot() == alone.snapshot()

    @rule(by_ms=st.integers(0, 1500) | st.sampled_from([0, 1000, 6000, -100, -1000, -10_000]))
    def clock_moves(self, by_ms: int) -> None:
        """Move the clock, back too, and tell nobody."""
        self.clock += by_ms

    @precondition(lambda self: self.fleet.next_deadline_ms is not None)
    @rule()
    def clock_gets_to_the_deadline(self) -> None:
        """Move the clock to where the fleet wants to be called."""
        self.clock = self.fleet.next_deadline_ms or 0
        self.time_passes()

    @rule()
    def time_passes(self) -> None:
        """Tell everybody the instant; compare order and events."""
        soonest = {key: player.next_deadline_ms for key, player in self.alone.items()}
        batches = list(self.fleet.due(self.clock))
        keys = [key for key, _ in batches]
        assert keys == sorted(keys, key=lambda key: soonest[key] or 0)
        assert len({*keys}) == len(keys)
        expected = {key: player.due(self.clock) for key, player in self.alone.items()}
        assert dict(batches) | dict.fromkeys(self.alone.keys() - {*keys}, ()) == expected

    @rule(
        key=keys,
        command=st.sampled_from(["start", "pause", "resume", "ready", "skip", "back", "stop"]),
    )
    def command(self, key: int, command: str) -> None:
        """Give a command that needs nothing but the instant."""
        self.both(key, command)

    @rule(key=keys, to_ms=st.integers(0, 3400))
    def seek(self, key: int, to_ms: int) -> None:
        """Jump to an offset."""
        self.both(key, "seek", to_ms=to_ms)

    @rule(key=keys, speed=st.sampled_from([0.5, 1, 3]))
    def set_speed(self, key: int, speed: float) -> None:
        """Change the speed."""
        self.both(key, "set-speed", speed=speed)

    def both(self, key: int, command: str, **arguments: Any) -> None:
        """Give the same command to both, unless it has no place."""
        if key not in self.alone:
            return
        word = PlayerCommand(command)
        try:
            expected = self.alone[key].command(word, self.clock, **arguments)
        except PlayerStateError:
            with pytest.raises(PlayerStateError):
                self.fleet.command(key, word, self.clock, **arguments)
        else:
            assert self.fleet.command(key, word, self.clock, **arguments) == expected

    @rule(
        a_bit_ms=st.integers(1, 400),
        away_ms=st.sampled_from([5000, 60_000, 10**7]),
    )
    def two_calls_and_a_gap(self, a_bit_ms: int, away_ms: int) -> None:
        """Call twice without need, and then much too late."""
        for by_ms in (a_bit_ms, a_bit_ms, away_ms):
            self.clock += by_ms
            self.time_passes()

    @rule(by_ms=st.sampled_from([1, 600, 6000, 10**6]))
    def clock_goes_far_back(self, by_ms: int) -> None:
        """Let time pass, set the clock back, and let time pass again."""
        self.clock += 30
        self.time_passes()
        self.clock -= by_ms
        self.time_passes()

    @rule(key=keys)
    def look(self, key: int) -> None:
        """Look at one."""
        if key in self.alone:
            assert self.fleet.snapshot(key) == self.alone[key].snapshot()
            assert self.fleet.moment(key, self.clock) == self.alone[key].moment(self.clock)

    @invariant()
    def states_agree(self) -> None:
        """Compare what everybody is doing."""
        for key, player in self.alone.items():
            assert self.fleet.state(key) is player.state

    @invariant()
    def each_is_as_it_would_be_alone(self) -> None:
        """Compare who is there and when the soonest is due."""
        assert list(self.fleet) == list(self.alone)
        deadlines = [player.next_deadline_ms for player in self.alone.values()]
        soonest = min((each for each in deadlines if each is not None), default=None)
        assert self.fleet.next_deadline_ms == soonest

    def teardown(self) -> None:
        """Compare everything that is left."""
        for key, player in self.alone.items():
            assert self.fleet.snapshot(key) == player.snapshot()


TestFleetMachine = FleetMachine.TestCase
TestFleetMachine.settings = settings(stateful_step_count=40)


# --- memory


def held_by(fleet: Fleet[int]) -> int:
    """Return how many objects a fleet holds, without what its players hold themselves."""
    seen: set[int] = set()
    waiting: list[object] = [fleet]
    while waiting:
        each = waiting.pop()
        if id(each) not in seen and not isinstance(each, type):
            seen.add(id(each))
            if not isinstance(each, Player):
                waiting += gc.get_referents(each)
    return len(seen)


def test_commands_leave_nothing_behind() -> None:
    """However often deadlines change, a fleet holds as much as its players need."""
    fleet = Fleet[int]()
    for key in range(10):
        fleet.add(key, started())
    least = held_by(fleet)
    for to_ms in range(1, 999):  # ever earlier, so that no old deadline is ever reached
        for key in range(10):
            fleet.command(key, "seek", 0, to_ms=to_ms)
            assert fleet.next_deadline_ms == 1000 - to_ms
        assert held_by(fleet) < least + 120
    assert sorted(offsets(fleet.due(2))) == [(key, [1000]) for key in range(10)]


def test_removed_players_leave_nothing_behind() -> None:
    """A fleet from which nearly all have gone holds as much as one that never had them."""
    small, large = Fleet[int](), Fleet[int]()
    for key in range(1000):
        large.add(key, started())
    assert large.next_deadline_ms == 1000
    for key in range(990):
        large.remove(key)
    for key in range(990, 1000):
        small.add(key, started())
    assert small.next_deadline_ms == 1000
    assert held_by(large) < held_by(small) + 120
    assert dict(large.due(1000)) == dict(small.due(1000))


# --- driven by a timer


def test_any_timer_can_drive_it() -> None:
    """A timer needs one call at a time: at the next deadline."""
    clock = ManualClock()
    fleet = fleet_of(ann=started(), bob=started(500))
    seen: list[tuple[float, str, list[int]]] = []

    def tick() -> None:
        for key, at_ms in offsets(fleet.due(clock.time_ms())):
            seen.append((clock.time(), key, at_ms))
        if (deadline_ms := fleet.next_deadline_ms) is not None:
            clock.call_at(deadline_ms / 1000, tick)

    tick()
    clock.advance(2.5)
    assert seen == [
        (1.0, "ann", [1000]),
        (1.5, "bob", [1000]),
        (2.0, "ann", [2000]),
        (2.5, "bob", [2000]),
    ]
    assert clock.pending == (3.0,)
