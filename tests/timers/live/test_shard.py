"""A shard sends what players alone would, whatever is thrown away in between."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from supple import (
    Circuit,
    Exercise,
    GapPolicy,
    Hold,
    ModelError,
    Pacing,
    Player,
    PlayerState,
    Rest,
    Routine,
    Step,
    SuppleError,
    read_command,
    schedule,
)
from supple.timers.live import Commit, Kept, Refused, Request, Shard, ShardLimits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supple import Event

PLAIN = Pacing(get_ready=0, countdown=(1,), halfway=None)
KEEP = Exercise(
    "keep", name="Keep", kind="stretch", position="standing", cycle=[Hold("K", seconds=4)]
)
REACH = evolve(KEEP, id="reach", cycle=[Step("R", until_ready=True), Hold("H", seconds=2)])

TIMELINES = {
    "holds": schedule(Routine("h", items=[KEEP, Rest(2), KEEP]), pacing=PLAIN),
    "waits": schedule(Routine("w", items=[KEEP, REACH, KEEP]), pacing=PLAIN),
    "long": schedule(Routine("l", items=[evolve(KEEP, cycle=[Hold("L", seconds=900)])])),
    "busy": schedule(
        Routine("b", items=[Circuit([KEEP], rounds=1000)]), pacing=evolve(PLAIN, transition=0)
    ),
}


class Store:
    """What a database keeps: it takes the commit of a tick as a whole, as JSON."""

    def __init__(self, limits: ShardLimits | None = None) -> None:
        self.limits = limits
        self.mark_ms = 0
        self.sessions: dict[str, Kept] = {}
        self.events: dict[str, list[Event]] = defaultdict(list)
        self.refused: list[Refused] = []

    def shard(self) -> Shard:
        """Return the shard of what was committed."""
        return Shard(TIMELINES, self.mark_ms, self.sessions.values(), limits=self.limits)

    def take(self, commit: Commit) -> None:
        """Keep what a tick has brought."""
        self.mark_ms = commit.mark_ms
        for session, number, event in commit.sent:
            self.events[session].append(event)
            assert number == len(self.events[session]), f"{session} loses or repeats"
        for kept in commit.kept:
            snapshot = json.loads(json.dumps(kept.snapshot))
            self.sessions[kept.session] = kept._replace(snapshot=snapshot)
        for session in commit.over:
            self.sessions.pop(session, None)
        self.refused += commit.refused


def opened(routine: str, *commands: str, **settings: Any) -> list[Request]:
    """Return what opens a session "ann" and starts it."""
    opening = Request("ann", json.dumps(settings), routine)
    return [opening, *(Request("ann", command) for command in ("start", *commands))]


def run(store: Store, *ticks: int, requests: Iterable[Request] = ()) -> Shard:
    """Tick at some instants, commit each, and return the shard."""
    shard = store.shard()
    for now_ms in ticks:
        store.take(shard.tick(now_ms, requests))
        requests = ()
    return shard


# --- one way through


def test_a_session_goes_on_where_the_mark_is() -> None:
    """A shard made of what was committed sends the rest, and no event twice."""
    store = Store()
    run(store, 0, 1000, 3500, requests=opened("holds", hands_free=True))
    assert [event.at_ms for event in store.events["ann"]] == [0, 0, 0, 0, 0, 3000]
    run(store, 4000, 7000, 10_000, 20_000)
    alone = Player(TIMELINES["holds"])
    events = [*alone.start(0), *alone.due(4000), *alone.due(7000), *alone.due(10_000)]
    assert alone.state is PlayerState.FINISHED
    assert store.events["ann"] == events == list(TIMELINES["holds"])
    assert store.sessions == {}


def test_a_snapshot_a_command_and_nothing_an_event() -> None:
    """Time alone keeps nothing but the mark."""
    shard = Shard(TIMELINES)
    commit = shard.tick(0, opened("holds"))
    assert [kept.session for kept in commit.kept] == ["ann"]
    commit = shard.tick(3000)
    assert (len(commit.sent), commit.kept, commit.over) == (1, [], [])
    commit = shard.tick(3500)
    assert commit.is_quiet
    assert commit.mark_ms == 3500


def test_who_waits_is_kept_and_is_ready_after_a_crash() -> None:
    """A session waits for its person across a takeover, for as long as it takes."""
    store = Store()
    run(store, 0, 4000, 9000, requests=opened("waits", gap_ms=10_000))
    assert store.sessions["ann"].snapshot["state"] == "waiting"
    shard = run(store, 3_000_000)
    store.take(shard.tick(3_000_500, [Request("ann", "ready")]))
    store.take(shard.tick(3_002_500))
    waited = TIMELINES["waits"].find("step.ended")
    store.take(shard.tick(3_007_500))
    store.take(shard.tick(3_011_500))
    sent = store.events["ann"]
    assert sent == list(TIMELINES["waits"])
    assert [event.at_ms for event in sent[waited : waited + 4]] == [12_000, 12_000, 13_000, 14_000]


def test_a_deadline_far_away_is_kept_by_nobody() -> None:
    """A long hold costs nothing until it ends, and the deadline is known after a takeover."""
    store = Store()
    shard = run(store, 0, 5000, requests=opened("long"))
    assert shard.next_deadline_ms == store.shard().next_deadline_ms == 452_000 + 3000


# --- clocks, outages and time-outs


def test_a_clock_set_back_moves_nothing() -> None:
    """The mark never goes back."""
    store = Store()
    shard = run(store, 5000, 8000, requests=opened("holds"))
    before = len(store.events["ann"])
    commit = shard.tick(2000)
    assert (commit.mark_ms, commit.is_quiet) == (8000, True)
    store.take(shard.tick(9000))
    assert len(store.events["ann"]) > before


@pytest.mark.parametrize("crashes", [False, True])
@pytest.mark.parametrize(
    ("on_outage", "state", "count"),
    [("pause", "paused", 0), ("skip", "over", 5), ("catch-up", "over", 18)],
)
def test_an_outage_is_not_caught_up_with_for_ever(
    on_outage: Any, state: str, count: int, *, crashes: bool
) -> None:
    """After a long silence the policy for outages holds, for a shard that slept and a new one."""
    store = Store(ShardLimits(outage_ms=60_000, on_outage=on_outage))
    shard = run(store, 0, 1000, requests=opened("holds", on_gap="catch-up"))
    before = len(store.events["ann"])
    shard = store.shard() if crashes else shard
    store.take(shard.tick(100_000))
    snapshot = store.sessions["ann"].snapshot if "ann" in store.sessions else {"state": "over"}
    assert snapshot["state"] == state
    assert len(store.events["ann"]) - before == count
    if state == "paused":
        assert snapshot["position_ms"] == 1000
        assert snapshot["on_gap"] == "catch-up"
        store.take(store.shard().tick(200_000, [Request("ann", "resume")]))
        run(store, 202_500)
        assert store.events["ann"][-1].at_ms == 3000


def test_a_skip_over_an_outage_is_kept() -> None:
    """The numbers go on after those of the jump, whoever takes over next."""
    store = Store(ShardLimits(outage_ms=60_000, on_outage="skip"))
    run(store, 0, 1000, requests=opened("busy", on_gap="catch-up"))
    run(store, 101_000)
    assert [event.at_ms for event in store.events["ann"] if event.jump][-1] == 101_000
    before = len(store.events["ann"])
    run(store, 103_000)
    alone = Player(TIMELINES["busy"], on_gap="skip")
    expected = [*alone.start(0), *alone.due(1000), *alone.due(101_000), *alone.due(103_000)]
    assert store.events["ann"] == expected
    assert len(expected) > before


def test_a_short_outage_is_caught_up_with() -> None:
    """Below the limit the gap policy of the session holds alone."""
    store = Store(ShardLimits(outage_ms=60_000))
    run(store, 0, 1000, requests=opened("holds", on_gap="catch-up"))
    run(store, 61_000)
    assert store.events["ann"] == list(TIMELINES["holds"])


@pytest.mark.parametrize("crashes", [False, True])
@pytest.mark.parametrize(
    ("routine", "commands", "since_ms"),
    [("holds", ["pause"], 0), ("waits", [], 9000)],
)
def test_nobody_comes_back(
    routine: str, commands: list[str], since_ms: int, *, crashes: bool
) -> None:
    """A session that stands still for too long is stopped, and says so."""
    store = Store(ShardLimits(unattended_ms=3_600_000))
    shard = run(store, 0, 4000, 9000, requests=opened(routine, *commands, gap_ms=10_000))
    shard = store.shard() if crashes else shard
    assert shard.next_deadline_ms == since_ms + 3_600_000
    store.take(shard.tick(since_ms + 3_599_999))
    assert "ann" in store.sessions
    store.take(shard.tick(since_ms + 3_600_000))
    assert store.sessions == {}
    assert store.events["ann"][-1].kind.value == "routine.ended"
    assert store.events["ann"][-1].jump
    assert len(shard) == 0


def test_a_session_that_is_never_started_times_out() -> None:
    """It is over without an event, and its place is free."""
    store = Store(ShardLimits(unattended_ms=1000))
    run(store, 500, requests=[Request("ann", "{}", "holds")])
    assert store.sessions["ann"].snapshot["now_ms"] == 500
    run(store, 1500)
    assert (store.sessions, store.events) == ({}, {})


def test_more_than_a_tick_brings_survives() -> None:
    """A session that is behind its clock sends the rest, whoever takes over and however often."""
    store = Store()
    run(store, 0, requests=opened("busy", on_gap="catch-up", speed=100, hands_free=True))
    for now_ms in range(40_000, 40_020, 2):
        run(store, now_ms, now_ms + 1)
    assert store.events["ann"] == list(TIMELINES["busy"])


# --- what is refused


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (
            Request("bob", "start"),
            "session: must be one that is open (got 'bob')",
        ),
        (
            Request("an", "start"),
            "session: must be one that is open; did you mean 'ann'? (got 'an')",
        ),
        (
            Request("ann", "{}", "holds"),
            "session: must not be open or over already (got 'ann')",
        ),
        (
            Request("", "{}", "holds"),
            "session: must have 1 to 200 characters (got '')",
        ),
        (
            Request("bob", "{}", "hold"),
            "routine: must be one that is played here; did you mean 'holds'? (got 'hold')",
        ),
        (
            Request("bob", "[]", "holds"),
            "settings: must be a JSON object (got '[]')",
        ),
        (
            Request("bob", "", "holds"),
            "settings: must be a JSON object: Expecting value: line 1 column 1 (char 0) (got '')",
        ),
        (
            Request("bob", '{"speed": 1, "speed": 2}', "holds"),
            "settings.speed: must stand only once (got 2)",
        ),
        (
            Request("bob", '{"fast": 1}', "holds"),
            "settings: must have no keys but speed, hands_free, gap_ms, on_gap (got 'fast')",
        ),
        (
            Request("bob", '{"speed": 1000}', "holds"),
            "Player.speed: must be at least 0.01 and at most 100 (got 1000)",
        ),
        (
            Request("ann", "resume"),
            "a player that is running cannot take the command resume",
        ),
    ],
)
def test_what_has_no_place_is_refused_and_the_others_go_on(request_: Request, why: str) -> None:
    """A refusal says why, and changes nothing."""
    shard = Shard(TIMELINES)
    shard.tick(0, opened("holds"))
    commit = shard.tick(3000, [request_])
    assert commit.refused == [Refused(request_.session, request_.text, why)]
    assert [sent.event.at_ms for sent in commit.sent] == [3000]
    assert (commit.kept, len(shard)) == ([], 1)


def test_a_session_on_another_timing_stays_where_it_is() -> None:
    """It is reported once and kept, and nobody else can take its name."""
    store = Store()
    run(store, 0, requests=opened("holds"))
    changed = TIMELINES | {"holds": TIMELINES["waits"]}
    shard = Shard(changed, store.mark_ms, store.sessions.values())
    commit = shard.tick(10, [Request("ann", "{}", "holds")])
    first, second = commit.refused
    assert first.why.startswith("cannot go on: snapshot.timeline: must be that of ")
    assert second.why == "session: must not be open or over already (got 'ann')"
    assert shard.tick(20).is_quiet
    assert len(Shard({}, 0, store.sessions.values())) == 0


def test_instants_are_integers() -> None:
    """Anything else is refused, and nothing has changed."""
    shard = Shard(TIMELINES)
    with pytest.raises(ModelError) as caught:
        shard.tick(1.5)  # type: ignore[arg-type]
    requirement = "must be a whole number, in milliseconds (got 1.5)"
    assert str(caught.value) == f"Shard.tick.now_ms: {requirement}"
    assert repr(shard) == "<Shard of 0, out until 0 ms>"


@pytest.mark.parametrize("name", ["unattended_ms", "outage_ms"])
def test_limits_are_checked(name: str) -> None:
    """A limit is a whole number of milliseconds, and a policy one of the words."""
    given: Any = {name: 0}
    with pytest.raises(ModelError, match=f"^ShardLimits.{name}: "):
        ShardLimits(**given)
    with pytest.raises(ModelError, match=r"^ShardLimits.on_outage: must be one of "):
        ShardLimits(on_outage="wait")  # type: ignore[arg-type]


# --- each as it would be alone


WORDS = ["start", "pause", "resume", "skip", "back", "ready", "stop", "toggle"]


class ShardMachine(RuleBasedStateMachine):
    """Does anything to sessions of a shard that crashes, and the same to players alone."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = self.last_ms = 0
        self.inbox: list[Request] = []
        self.count = 0
        self.alone: dict[str, Player] = {}
        self.since: dict[str, int] = {}
        self.expected: dict[str, list[Event]] = defaultdict(list)

    @initialize(on_outage=st.sampled_from(GapPolicy))
    def begin(self, on_outage: GapPolicy) -> None:
        """Begin with nothing."""
        self.limits = ShardLimits(unattended_ms=40_000, outage_ms=20_000, on_outage=on_outage)
        self.store = Store(self.limits)
        self.shard = self.store.shard()

    @rule(
        routine=st.sampled_from(["holds", "waits", "waits", "long"]),
        speed=st.sampled_from([1, 1, 2, 0.3]),
        gap_ms=st.sampled_from([0, 700, 5000]),
        on_gap=st.sampled_from(GapPolicy),
        hands_free=st.booleans(),
        starts=st.booleans(),
    )
    def open(self, routine: str, *, starts: bool, **settings: Any) -> None:
        """Open a session, and perhaps start it."""
        session = f"s{self.count}"
        self.count += 1
        self.inbox.append(Request(session, json.dumps(settings), routine))
        if starts:
            self.inbox.append(Request(session, "start"))

    @rule(
        back=st.integers(1, 4),
        text=st.sampled_from([*WORDS, '{"command": "set-speed", "speed": 1.5}', "what"])
        | st.integers(0, 12_000).map(lambda ms: f'{{"command": "seek", "to_ms": {ms}}}'),
    )
    def tell(self, back: int, text: str) -> None:
        """Give one of the last sessions a command."""
        self.inbox.append(Request(f"s{max(self.count - back, 0)}", text))

    steps = st.integers(0, 1500) | st.sampled_from([0, 1000, 3000, 6000, 19_000, 30_000, -800])

    @rule(by_ms=steps)
    def tick(self, by_ms: int) -> None:
        """Let time pass, and commit."""
        self.clock += by_ms
        self.store.take(self.shard.tick(self.clock, self.inbox))
        self._alone(self.store.mark_ms)
        self.inbox = []

    @rule(by_ms=steps)
    def crash_in_a_tick(self, by_ms: int) -> None:
        """Let time pass, lose what that brings, and begin with what was committed."""
        self.shard.tick(self.clock + by_ms, self.inbox)
        self.shard = self.store.shard()

    @rule()
    def move(self) -> None:
        """Go on elsewhere."""
        self.shard = self.store.shard()

    def _alone(self, now_ms: int) -> None:
        """Do to players alone what a tick does, command by command."""
        silent_ms = now_ms - self.last_ms if self.alone else 0
        self.last_ms = now_ms
        if silent_ms > self.limits.outage_ms:
            for session, player in self.alone.items():
                if player.on_gap is GapPolicy.CATCH_UP:
                    player.on_gap = self.limits.on_outage
                    self._hear(session, player.due(now_ms), now_ms)
                    player.on_gap = GapPolicy.CATCH_UP
        for session, text, routine in self.inbox:
            if routine is not None:
                self.alone[session] = Player(TIMELINES[routine], **json.loads(text))
                self.since[session] = now_ms
                continue
            try:
                word, arguments = read_command(text)
                events = self.alone[session].command(word, now_ms, **arguments)
            except (KeyError, SuppleError):
                continue
            self.since.pop(session, None)
            self._hear(session, events, now_ms)
        for session, player in self.alone.items():
            self._hear(session, player.due(now_ms), now_ms)
            if self.since.get(session, now_ms) + self.limits.unattended_ms <= now_ms:
                self._hear(session, player.stop(now_ms), now_ms)

    def _hear(self, session: str, events: tuple[Event, ...], now_ms: int) -> None:
        self.expected[session] += events
        if self.alone[session].state in {"ready", "waiting", "paused"}:
            self.since.setdefault(session, now_ms)
        else:
            self.since.pop(session, None)

    @invariant()
    def all_get_what_they_would_alone(self) -> None:
        """Every event of every session has gone out once, in order; who is not over is kept."""
        for session, events in self.expected.items():
            assert self.store.events[session] == events
        going = {
            session
            for session, player in self.alone.items()
            if player.state not in {"finished", "stopped"}
        }
        assert set(self.store.sessions) == going

    @invariant()
    def another_shard_would_know_the_next_deadline(self) -> None:
        """What was committed says all that the shard knows."""
        assert self.store.shard().next_deadline_ms == self.shard.next_deadline_ms


TestShard = ShardMachine.TestCase


# --- without Postgres


def test_a_shard_needs_no_extra() -> None:
    """Without psycopg there is a shard, and what needs it names the extra."""
    program = """
import sys
sys.modules["psycopg"] = None
from supple.timers import live
print(repr(live.Shard({})))
try:
    live.Worker
except ImportError as error:
    print(error)
"""
    run = [sys.executable, "-c", program]
    done = subprocess.run(run, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines() == [
        "<Shard of 0, out until 0 ms>",
        "this needs the package psycopg, which is not installed: pip install 'supple[postgres]'",
    ]
