"""A runner: what the player says, when the timer calls, whoever calls whom."""

from __future__ import annotations

import asyncio
import copy
import pickle
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
import trio
from hypothesis import given, strategies as st

from supple import (
    EventKind,
    Exercise,
    GapPolicy,
    Hold,
    Mark,
    ModelError,
    Pacing,
    Player,
    PlayerState,
    PlayerStateError,
    Rest,
    Routine,
    RunnerClosedError,
    Step,
    schedule,
)
from supple.testing import ManualClock
from supple.timers import Runner
from supple.timers.threads import ThreadTimer

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from supple import Event, Timeline
    from supple.timers import Handle, Timer

BOW = Exercise(
    "bow",
    name="Bow",
    kind="stretch",
    position="standing",
    cycle=[Step("Bow", seconds=1), Hold("Stay", seconds=3)],
)
REACH = Exercise(
    "reach",
    name="Reach",
    kind="stretch",
    position="standing",
    cycle=[
        Step("Reach up", seconds=2, until_ready=True, marks=[Mark("Breathe", fraction=0.5)]),
        Hold("Stay", seconds=4),
    ],
    reps=2,
)
PLAIN = Pacing(get_ready=0, countdown=())

ONE = schedule(Routine("one", items=[BOW]), pacing=PLAIN)
OPEN = schedule(Routine("open", items=[REACH]), pacing=PLAIN)
ALL = schedule(Routine("all", items=[REACH, Rest(3), BOW]))

BEGINNING = [
    "routine.started",
    "exercise.started",
    "set.started",
    "rep.started",
    "step.started",
]
MIDDLE = ["step.ended", "hold.started"]
END = ["hold.ended", "rep.ended", "set.ended", "exercise.ended", "routine.ended"]


class Stage:
    """A runner on a manual clock, what it has said, and what is done when it says so."""

    def __init__(self, of: Player | Timeline, *, timer: Timer | None = None) -> None:
        self.clock = ManualClock()
        self.said: list[str] = []
        self.reactions: dict[str, Callable[[], object]] = {}
        self.runner = Runner(
            of,
            timer or self.clock,
            lambda event: self.say(event.kind.value),
            on_change=lambda state: self.say(state.value),
        )

    def say(self, word: str) -> None:
        """Note an event or a state, and do once what is to be done then."""
        self.said.append(word)
        self.reactions.pop(word, int)()

    def take(self) -> list[str]:
        """Return what was said since this was last asked."""
        said, self.said = self.said, []
        return said


# --- laws -----------------------------------------------------------------------------

milliseconds = st.sampled_from([0, 0, 1, 500, 1000, 2000, 3000]) | st.integers(0, 7000)
commands: st.SearchStrategy[tuple[str, dict[str, Any]]] = st.one_of(
    st.sampled_from(["start", "pause", "resume", "ready", "stop", "poll"]).map(
        lambda name: (name, {})
    ),
    st.tuples(
        st.sampled_from(["skip", "back"]),
        st.fixed_dictionaries({"over": st.sampled_from(["exercise", "segment"])}),
    ),
    st.tuples(
        st.just("seek"), st.fixed_dictionaries({"to_ms": st.sampled_from([0, 3000, 9999, -1])})
    ),
    st.tuples(
        st.just("set_speed"), st.fixed_dictionaries({"speed": st.sampled_from([0.5, 1, 3, 0])})
    ),
)
waits = st.tuples(st.sampled_from(["advance", "jump"]), milliseconds)
policies = st.sampled_from(GapPolicy)


class Bare:
    """A player without a runner, given the calls that a runner should give it."""

    def __init__(self, player: Player) -> None:
        self.player = player
        self.now_ms = 0
        self.told: list[Event | PlayerState] = []

    def wait(self, way: str, ms: int) -> None:
        """Let time pass: call at each deadline, or late, when all the time has passed."""
        goal_ms = self.now_ms + ms
        if way == "jump":
            self.now_ms = goal_ms
        while (due_ms := self.player.next_deadline_ms) is not None and due_ms <= goal_ms:
            self.now_ms = max(self.now_ms, due_ms)
            self.do("due", {})
        self.now_ms = goal_ms

    def do(self, name: str, arguments: dict[str, Any]) -> None:
        """Give a command, and note what it brings."""
        before = self.player.state
        self.told += getattr(self.player, name)(self.now_ms, **arguments)
        if self.player.state is not before:
            self.told.append(self.player.state)


def outcome(call: Callable[[], object]) -> str | None:
    """Return the error of a call."""
    try:
        call()
    except (PlayerStateError, ModelError) as error:
        return str(error)
    return None


@given(
    timeline=st.sampled_from([ONE, OPEN, ALL]),
    policy=policies,
    acts=st.lists(st.tuples(waits, commands), max_size=12),
)
def test_a_runner_says_what_a_bare_player_says(
    timeline: Timeline,
    policy: GapPolicy,
    acts: list[tuple[tuple[str, int], tuple[str, dict[str, Any]]]],
) -> None:
    """Whatever is commanded and whenever, it brings the events of a player called the same."""
    clock = ManualClock()
    told: list[Event | PlayerState] = []
    runner = Runner(Player(timeline, on_gap=policy), clock, told.append, on_change=told.append)
    bare = Bare(Player(timeline, on_gap=policy))
    for (way, ms), (name, arguments) in [(("advance", 0), ("start", {})), *acts]:
        getattr(clock, way)(ms / 1000)
        bare.wait(way, ms)
        assert told == bare.told

        ours = outcome(partial(getattr(runner, name), **arguments))
        theirs = outcome(partial(bare.do, "due" if name == "poll" else name, arguments))
        assert ours == theirs
        assert told == bare.told
        assert runner.player.snapshot() == bare.player.snapshot()
        assert runner.state is bare.player.state
        assert runner.moment() == bare.player.moment(bare.now_ms)
        deadline_ms = bare.player.next_deadline_ms
        assert clock.pending == (() if deadline_ms is None else (deadline_ms / 1000,))


@given(st.lists(milliseconds, max_size=20))
def test_every_event_of_a_timeline_comes_once(waits: list[int]) -> None:
    """Left alone, a runner brings the timeline, at the offsets that it has, and nothing else."""
    clock = ManualClock()
    told: list[tuple[int, Event]] = []
    timeline = ONE
    Runner(timeline, clock, lambda event: told.append((clock.time_ms(), event))).start()
    for ms in [*waits, timeline.duration_ms]:
        clock.advance(ms / 1000)
    assert told == [(event.at_ms, event) for event in timeline]
    assert clock.pending == ()


# --- time -----------------------------------------------------------------------------


def test_a_late_call_moves_no_deadline() -> None:
    """Where a call comes late, the next is asked for at its own instant: nothing drifts."""
    stage = Stage(ONE)
    stage.runner.start()
    stage.clock.jump(1.75)
    assert stage.take() == [*BEGINNING, "running", *MIDDLE]
    assert stage.clock.pending == (4.0,)


class Hasty(ManualClock):
    """A clock that calls 10 ms early, the first time that it is asked for an instant."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[float] = []

    def call_at(self, when: float, callback: Callable[[], object]) -> Any:
        """Ask for a call, too early."""
        self.asked.append(when)
        early = 0.01 if self.asked.count(when) == 1 else 0
        return super().call_at(when - early, callback)


def test_an_early_call_brings_nothing_early() -> None:
    """Where a call comes early, it brings nothing, and another one is asked for."""
    clock = Hasty()
    stage = Stage(ONE, timer=clock)
    stage.runner.start()
    stage.take()
    clock.advance(0.99)
    assert stage.take() == []
    assert clock.pending == (1.0,)
    clock.advance(0.01)
    assert stage.take() == MIDDLE
    assert clock.asked == [1.0, 1.0, 4.0]


class Reset:
    """A timer whose clock can be put back while its calls stay where they are."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.behind = 0.0

    def time(self) -> float:
        """Return the present instant."""
        return self.clock.time() - self.behind

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Ask for a call."""
        return self.clock.call_at(when + self.behind, callback)


def test_a_clock_that_is_put_back_a_little() -> None:
    """The player waits for the clock to catch up, and says nothing twice."""
    timer = Reset()
    stage = Stage(ONE, timer=timer)
    stage.runner.start()
    stage.take()
    timer.behind = 0.5
    timer.clock.advance(1.25)
    assert stage.take() == []
    timer.clock.advance(0.25)
    assert stage.take() == MIDDLE


def test_a_clock_that_is_put_back_a_lot() -> None:
    """The player follows the clock once the runner hears of it, and loses no time."""
    timer = Reset()
    stage = Stage(ONE, timer=timer)
    stage.runner.start()
    timer.clock.advance(0.5)
    stage.runner.poll()
    timer.behind = 3600.0
    stage.runner.poll()
    stage.take()
    assert timer.clock.pending == (1.0,)
    timer.clock.advance(0.5)
    assert stage.take() == MIDDLE


def test_a_gap_is_told() -> None:
    """Where the machine has slept, the player pauses, and the one who shows it hears so."""
    stage = Stage(ONE)
    stage.runner.start()
    stage.take()
    stage.clock.jump(3600)
    assert stage.take() == ["paused"]
    assert stage.runner.player.missed_ms == 3_599_000
    stage.runner.resume()
    assert stage.take() == ["running"]
    stage.clock.advance(1)
    assert stage.take() == MIDDLE


def test_a_state_that_comes_with_events_comes_after_them() -> None:
    """Who hears of a state has heard all that led to it."""
    stage = Stage(OPEN)
    stage.runner.start()
    assert stage.take() == [*BEGINNING, "waiting"]
    stage.clock.advance(1)
    assert stage.take() == ["cue.mark"]
    stage.runner.ready()
    assert stage.take() == [*MIDDLE, "running"]
    stage.runner.stop(reason="phone")
    assert stage.take() == [*END, "stopped"]
    assert stage.runner.player.stop_reason == "phone"


def test_states_need_not_be_told() -> None:
    """Without whoever wants to hear of states, only the events come."""
    told: list[Event] = []
    clock = ManualClock()
    runner = Runner(ONE, clock, told.append)
    runner.start(at_ms=1000)
    assert runner.moment().segment.text == "Stay"
    clock.advance(3)
    assert runner.state is PlayerState.FINISHED
    assert told[-1] == ONE[-1]


@pytest.mark.parametrize(
    ("before", "after"),
    [([], ["start"]), (["start"], []), (["start", "pause"], ["resume"])],
    ids=["ready", "running", "paused"],
)
def test_a_restored_player_goes_on(before: list[str], after: list[str]) -> None:
    """A player that was kept goes on when it is polled, with nothing lost or said again."""
    told: list[Event] = []
    with Runner(ONE, ManualClock(), told.append) as first:
        for name in before:
            getattr(first, name)()

    clock = ManualClock(start=1000)
    player = Player.restore(ONE, first.player.snapshot(), now_ms=clock.time_ms())
    second = Runner(player, clock, told.append)
    for name in ["poll", *after]:
        getattr(second, name)()
    clock.advance(4)
    assert told == list(ONE)


def test_a_restored_player_that_waits() -> None:
    """What was due while nobody looked comes with the poll; then it waits on."""
    first = Stage(OPEN)
    first.runner.start()
    player = Player.restore(OPEN, first.runner.player.snapshot())
    second = Stage(player)
    second.clock.advance(1.5)
    second.runner.poll()
    assert second.take() == ["cue.mark"]
    assert second.runner.state is PlayerState.WAITING
    assert second.clock.pending == ()


# --- callbacks that do something ------------------------------------------------------


def test_a_command_from_a_callback() -> None:
    """A command is carried out at once; what it brings comes after what was due before."""
    stage = Stage(ONE)
    states: list[PlayerState] = []

    def stop() -> None:
        stage.runner.stop()
        states.append(stage.runner.state)

    stage.reactions["exercise.started"] = stop
    stage.runner.start()
    assert states == [PlayerState.STOPPED]
    ended = ["step.ended", "rep.ended", "set.ended", "exercise.ended", "routine.ended"]
    assert stage.take() == [*BEGINNING, "running", *ended, "stopped"]
    assert stage.clock.pending == ()


def test_a_command_from_a_change_of_state() -> None:
    """A program that wants no pause after a gap goes on from inside the news of it."""
    stage = Stage(ONE)
    stage.reactions["paused"] = stage.runner.resume
    stage.runner.start()
    stage.take()
    stage.clock.jump(100)
    assert stage.take() == ["paused", "running"]
    assert stage.clock.pending == (101.0,)


def test_a_refused_command_from_a_callback() -> None:
    """It raises where it is given, and the callback may go on from there."""
    stage = Stage(ONE)
    refused: list[str | None] = []
    stage.reactions["set.started"] = lambda: refused.append(outcome(stage.runner.ready))
    stage.runner.start()
    assert refused == ["a player that is running cannot take the command ready"]
    assert stage.take() == [*BEGINNING, "running"]


def test_a_callback_that_raises() -> None:
    """The timer gets what it raises, and the events behind it come with the next call."""
    stage = Stage(ONE)
    stage.runner.start()
    stage.take()

    def fail() -> None:
        raise LookupError("no speaker")

    stage.reactions["step.ended"] = fail
    with pytest.raises(LookupError, match="no speaker"):
        stage.clock.advance(1)
    assert stage.take() == ["step.ended"]
    stage.clock.advance(0)
    assert stage.take() == ["hold.started"]
    stage.clock.advance(3)
    assert stage.take() == [*END, "finished"]


def test_the_last_callback_raises() -> None:
    """Where there is nothing behind it, nothing more is asked for."""
    stage = Stage(ONE)
    stage.reactions["finished"] = partial(int, "x")
    stage.runner.start()
    with pytest.raises(ValueError, match="invalid literal"):
        stage.clock.advance(4)
    assert stage.clock.pending == ()
    assert stage.take()[-1] == "finished"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_callback_raises_into_a_command(error: type[BaseException]) -> None:
    """Whoever gave the command gets it; the command is done, and the next works as ever."""
    stage = Stage(ONE)

    def fail() -> None:
        raise error

    stage.reactions["routine.started"] = fail
    with pytest.raises(error):
        stage.runner.start()
    assert stage.runner.state is PlayerState.RUNNING
    assert stage.take() == ["routine.started"]
    stage.runner.pause()
    assert stage.take() == [*BEGINNING[1:], "running", "paused"]


# --- closing --------------------------------------------------------------------------


def test_closing_lets_go() -> None:
    """Nothing is asked for and nothing comes any more; a snapshot can be taken still."""
    stage = Stage(ONE)
    with stage.runner as runner:
        runner.start()
        stage.take()
    assert stage.clock.pending == ()
    stage.clock.advance(10)
    assert stage.take() == []
    assert stage.runner.player.snapshot()["state"] == "running"
    stage.runner.close()


def test_closing_from_a_callback() -> None:
    """What was due behind it does not come."""
    stage = Stage(ONE)
    stage.reactions["set.started"] = stage.runner.close
    stage.runner.start()
    assert stage.take() == BEGINNING[:3]
    assert stage.clock.pending == ()


def test_closing_and_raising() -> None:
    """A callback that closes and raises leaves nothing to come."""
    stage = Stage(ONE)

    def fail() -> None:
        stage.runner.close()
        raise LookupError

    stage.reactions["set.started"] = fail
    with pytest.raises(LookupError):
        stage.runner.start()
    assert stage.clock.pending == ()
    assert stage.take() == BEGINNING[:3]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("start", {}),
        ("pause", {}),
        ("resume", {}),
        ("skip", {}),
        ("back", {}),
        ("seek", {"to_ms": 0}),
        ("ready", {}),
        ("set_speed", {"speed": 2}),
        ("stop", {}),
        ("poll", {}),
    ],
)
def test_a_closed_runner_refuses(name: str, arguments: dict[str, Any]) -> None:
    """No command is taken after closing, and nothing has changed."""
    stage = Stage(ONE)
    stage.runner.close()
    with pytest.raises(RunnerClosedError) as caught:
        getattr(stage.runner, name)(**arguments)
    assert str(caught.value) == "the runner is closed"
    assert stage.runner.state is PlayerState.READY


# --- timers that are not quite what they should be ------------------------------------


class Deaf:
    """A timer that cannot take a call back, as where another thread is just making it."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.time = self.clock.time

    def call_at(self, when: float, callback: Callable[[], object], /) -> Deaf:
        """Ask for a call for good."""
        self.clock.call_at(when, callback)
        return self

    def cancel(self) -> None:
        """Do nothing."""


def test_a_call_that_was_cancelled_too_late() -> None:
    """It brings nothing, and does not ask for a call beside the one that is to come."""
    timer = Deaf()
    stage = Stage(ONE, timer=timer)
    stage.runner.start()
    timer.clock.advance(0.5)
    stage.runner.pause()
    stage.runner.resume()  # the deadline is the same
    stage.runner.set_speed(speed=0.5)
    stage.take()
    assert list(timer.clock.pending) == [1.0, 1.0, 1.5]
    timer.clock.advance(0.5)
    assert list(timer.clock.pending) == [1.5]
    assert stage.take() == []
    timer.clock.advance(0.5)
    assert stage.take() == MIDDLE
    stage.runner.close()
    timer.clock.advance(100)
    assert stage.take() == []


class Closed(ManualClock):
    """A timer that refuses to call while it is closed."""

    is_closed = False

    def call_at(self, when: float, callback: Callable[[], object]) -> Any:
        """Ask for a call, if there is anybody who calls."""
        if self.is_closed:
            raise RuntimeError("the loop is closed")
        return super().call_at(when, callback)


def test_a_timer_that_is_closed() -> None:
    """Its error is raised, the events come all the same, and the next command asks again."""
    clock = Closed()
    stage = Stage(ONE, timer=clock)
    clock.is_closed = True
    with pytest.raises(RuntimeError, match="the loop is closed"):
        stage.runner.start()
    assert stage.take() == [*BEGINNING, "running"]
    with pytest.raises(RuntimeError, match="the loop is closed"):
        stage.runner.poll()
    clock.is_closed = False
    stage.runner.poll()
    assert list(clock.pending) == [1.0]
    clock.is_closed = True
    stage.runner.stop()
    assert list(clock.pending) == []


# --- threads --------------------------------------------------------------------------


def test_a_command_from_another_thread_while_a_callback_runs() -> None:
    """It is carried out and returns; the thread of the callback brings what it brings."""
    clock = ManualClock()
    said: list[tuple[str, str]] = []
    entered, leave = threading.Event(), threading.Event()

    def hear(event: Event) -> None:
        said.append((event.kind.value, threading.current_thread().name))
        if event.kind.value == "step.started":
            entered.set()
            assert leave.wait(timeout=10)

    runner = Runner(ONE, clock, hear)
    thread = threading.Thread(target=runner.start, name="starting")
    thread.start()
    try:
        assert entered.wait(timeout=10)
        runner.seek(to_ms=1000)
        assert runner.moment().segment.text == "Stay"
        assert clock.pending == (3.0,)
        assert said == [(kind, "starting") for kind in BEGINNING]
    finally:
        leave.set()
        thread.join()
    assert said == [(kind, "starting") for kind in [*BEGINNING, *MIDDLE]]


def test_commands_from_many_threads() -> None:
    """However they meet, events come one at a time, and make a stream that nests."""
    told: list[str] = []
    inside: list[int] = []

    def hear(event: Event) -> None:
        inside.append(1)
        told.append(event.kind.value)
        assert inside.pop() == 1
        assert not inside

    runner = Runner(OPEN, ManualClock(), hear)
    runner.start()

    def jump(to_ms: int) -> None:
        for _ in range(100):
            runner.seek(to_ms=to_ms)

    threads = [threading.Thread(target=jump, args=(ms,)) for ms in (0, 2500, 7000, 9000)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    runner.stop()
    open_kinds: list[str] = []
    for kind in told:
        what, _, edge = kind.partition(".")
        if edge == "started":
            open_kinds.append(what)
        elif edge == "ended":
            assert open_kinds.pop() == what
    assert open_kinds == []
    assert told[-1] == "routine.ended"


# --- commands by their words ----------------------------------------------------------


def test_commands_by_their_words() -> None:
    """A command that comes as a word is that of the player."""
    stage = Stage(ONE)
    stage.runner.command("start", at_ms=1000)
    stage.runner.command("toggle")
    assert stage.take()[-1] == "paused"
    stage.runner.toggle()
    stage.runner.command("set-speed", speed=2)
    stage.clock.advance(1.5)
    assert stage.take()[-1] == "finished"
    with pytest.raises(ModelError, match="did you mean 'stop'"):
        stage.runner.command("stopp")  # type: ignore[arg-type]  # as it comes from outside


# --- only some events -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        ("segments", ["step.started", "hold.started"]),
        ("hold.ended", ["hold.ended"]),
        ({"step.started", EventKind.ROUTINE_ENDED}, ["step.started", "routine.ended"]),
        ((), []),
        (None, [*BEGINNING, *MIDDLE, *END]),
    ],
    ids=["segments", "one", "some", "none", "all"],
)
def test_only_some_events(only: Any, expected: list[str]) -> None:
    """Whoever names kinds hears of those and no others, and of every state."""
    clock, said = ManualClock(), list[str]()
    runner = Runner(
        ONE,
        clock,
        lambda event: said.append(event.kind.value),
        only=only,
        on_change=lambda state: said.append(state.value),
    )
    runner.start()
    clock.advance(4)
    assert [each for each in said if "." in each] == expected
    assert [each for each in said if "." not in each] == ["running", "finished"]


def test_no_such_kind() -> None:
    """A kind that there is not is refused by its name."""
    unknown: list[Any] = ["hold.start", ["hold.start"]]
    for only in unknown:
        with pytest.raises(ModelError, match=r"Runner.only.*did you mean 'hold.started'"):
            Runner(ONE, ManualClock(), print, only=only)


# --- waiting for the end --------------------------------------------------------------


def test_waiting_for_the_end() -> None:
    """Whoever waits goes on once everything has been handed on, and not before."""
    said: list[str] = []
    entered, on = threading.Event(), threading.Event()

    def say(event: Event) -> None:
        if event.kind is EventKind.ROUTINE_ENDED:
            entered.set()
            assert on.wait(10)
        said.append(event.kind.value)

    player = Player(ONE, speed=100)
    with ThreadTimer() as timer, Runner(player, timer, say) as runner:
        runner.start()
        assert entered.wait(10)
        assert not runner.wait(0.01) or said[-1] != "routine.ended"
        threading.Timer(0.01, on.set).start()
        assert runner.wait(10)
        assert said[-1] == "routine.ended"
        assert runner.wait()  # at once
    assert runner.wait()


def test_waiting_is_over_when_the_runner_is_closed() -> None:
    """A runner that is closed keeps nobody waiting; the routine is not over."""
    with ThreadTimer() as timer:
        runner = Runner(OPEN, timer, print, only=())
        runner.start()
        assert not runner.wait(0.001)
        threading.Timer(0.01, runner.close).start()
        assert not runner.wait(10)
        assert not runner.wait()


def test_a_callback_must_not_wait() -> None:
    """A callback that waited for its own runner would wait for ever."""
    stage = Stage(ONE)
    errors: list[str] = []

    def wait() -> None:
        with pytest.raises(RuntimeError) as caught:
            stage.runner.wait()
        errors.append(str(caught.value))

    stage.reactions["step.started"] = wait
    stage.runner.start()
    assert errors == ["a callback must not wait for the runner that calls it"]
    assert not stage.runner.wait(0)


def test_the_last_callback_raises_and_somebody_waits() -> None:
    """What the last callback raises keeps nobody waiting."""
    stage = Stage(ONE)
    stage.reactions["finished"] = partial(int, "x")
    stage.runner.start()
    with pytest.raises(ValueError, match="invalid literal"):
        stage.clock.advance(4)
    assert stage.runner.wait()


def test_a_player_that_is_over_is_not_waited_for() -> None:
    """Nothing more comes of a player that was stopped before."""
    player = Player(ONE)
    player.stop(0)
    assert Runner(player, ManualClock(), print).wait()


RUNS: dict[str, Callable[[Callable[[], Coroutine[Any, Any, Any]]], Any]] = {
    "asyncio": lambda main: asyncio.run(main()),
    "trio": trio.run,
}


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_waiting_in_a_coroutine(run: Any) -> None:
    """Under asyncio and trio the end is awaited, whatever thread it comes in."""

    async def main() -> list[bool]:
        with ThreadTimer() as timer:
            runner = Runner(Player(ONE, speed=100), timer, print, only=())
            runner.start()
            ends = [await runner.until_over(), await runner.until_over()]
            other = Runner(ONE, timer, print, only=())
            other.start()
            threading.Timer(0.01, other.close).start()
            return [*ends, await other.until_over()]

    assert run(main) == [True, True, False]


def test_waiting_can_be_cancelled() -> None:
    """Who gives up waiting leaves nothing behind, even where the loop has ended since."""

    async def main(runner: Runner) -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(runner.until_over(), 0.01)

    async def leave(runner: Runner) -> None:
        waiting = runner.until_over()
        task = asyncio.ensure_future(waiting)
        await asyncio.sleep(0)
        task.cancel()

    clock = ManualClock()
    runner = Runner(ONE, clock, print, only=())
    runner.start()
    asyncio.run(main(runner))
    asyncio.run(leave(runner))
    clock.advance(4)
    assert runner.wait(0)


# --- a clock that fails ---------------------------------------------------------------


class Failing:
    """A timer whose clock cannot be read some times."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.failures = 0

    def time(self) -> float:
        """Return the present instant, or fail."""
        if self.failures:
            self.failures -= 1
            raise OSError("no clock")
        return self.clock.time()

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Ask for a call."""
        return self.clock.call_at(when, callback)


def test_a_clock_that_fails_once_ends_nothing() -> None:
    """Where the clock cannot be read when something is due, it is read again a little later."""
    timer, said = Failing(), list[str]()
    runner = Runner(ONE, timer, lambda event: said.append(event.kind.value))
    runner.start()
    said.clear()
    timer.failures = 2
    for _ in range(2):
        with pytest.raises(OSError, match="no clock"):
            timer.clock.advance(2)
    timer.clock.advance(0)
    assert timer.clock.pending == (1.2,)
    timer.clock.advance(0.2)
    assert said == MIDDLE
    assert timer.clock.pending == (4.0,)


def test_a_clock_that_fails_with_a_command_changes_nothing() -> None:
    """Whoever gave the command learns of it, and the routine goes on."""
    timer, said = Failing(), list[str]()
    runner = Runner(ONE, timer, lambda event: said.append(event.kind.value))
    runner.start()
    timer.failures = 1
    with pytest.raises(OSError, match="no clock"):
        runner.pause()
    assert runner.state is PlayerState.RUNNING
    timer.clock.advance(4)
    assert said == [*BEGINNING, *MIDDLE, *END]


def test_a_clock_that_fails_behind_a_callback_that_raises() -> None:
    """What is behind a callback that raises comes all the same."""
    timer, said = Failing(), list[str]()

    def say(event: Event) -> None:
        said.append(event.kind.value)
        if event.kind is EventKind.ROUTINE_STARTED:
            timer.failures = 1
            raise LookupError

    runner = Runner(ONE, timer, say)
    with pytest.raises(LookupError):
        runner.start()
    timer.clock.advance(0)
    assert said == BEGINNING


def test_a_runner_is_not_copied() -> None:
    """A copy would share its player and its calls with the original, so there is none."""
    for copied in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError, match="there is one Runner, which cannot be copied"):
            copied(Stage(ONE).runner)


def test_a_runner_drives_a_player_or_a_timeline() -> None:
    """Anything else is refused at once, as everywhere."""
    with pytest.raises(ModelError, match=r"Runner.player: must be Player or Timeline"):
        Runner(BOW, ManualClock(), print)  # type: ignore[arg-type]
