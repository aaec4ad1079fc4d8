"""The loop and its keys, on a clock that a test moves."""

import re
import signal

import pytest

pytest.importorskip("termios")

from supple import Exercise, Hold, Pacing, Player, PlayerState, Routine, Step, schedule
from supple.cli._playing.cues import Cues
from supple.cli._playing.loop import Loop, SignalledError, now_ms
from supple.cli._playing.notices import Notice
from supple.cli._playing.painter import Painter
from supple.cli._playing.terminal import Woken

SOON = (0.1, b"", ())


def exercise(id_: str, *cycle: Hold | Step) -> Exercise:
    """Return an exercise that is of no importance."""
    return Exercise(id_, name=id_.title(), kind="stretch", position="standing", cycle=cycle)


def player_of(*exercises: Exercise) -> Player:
    """Return a player of a routine without time to get ready."""
    pacing = Pacing(get_ready=0, transition=0, position_change=0)
    return Player(schedule(Routine("day", items=exercises), pacing=pacing))


class Script:
    """A terminal on which things happen as they are written down; at the end it hangs up."""

    def __init__(self, *happenings: tuple[float, bytes, tuple[int, ...]]) -> None:
        self._happenings = iter(happenings)
        self.now = 1_000_000
        self.size = (60, 16)
        self.written: list[str] = []
        self.waits: list[float | None] = []
        self.calls: list[str] = []

    def wait(self, seconds: float | None) -> Woken:
        """Let the time of the next happening pass."""
        self.waits.append(seconds)
        passed, data, signals = next(self._happenings, (0, b"", (signal.SIGHUP,)))
        self.now += round(passed * 1000)
        return Woken(data, signals)

    def take(self) -> None:
        """Note it."""
        self.calls.append("take")

    def suspend(self) -> None:
        """Note it."""
        self.calls.append("suspend")

    @property
    def shown(self) -> str:
        """Everything that was painted since the whole screen was, without its looks."""
        whole = "".join(self.written).rpartition("\x1b[2J")[2]
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", " ", whole)

    def loop(self, player: Player, cues: Cues | None = None) -> Loop:
        """Return a loop on it."""
        painter = Painter(self.written.append)
        return Loop(player, self, painter, cues or Cues(), clock=lambda: self.now)


def played(player: Player, *happenings: tuple[float, bytes, tuple[int, ...]]) -> Script:
    """Play until the script is over."""
    script = Script(*happenings)
    with pytest.raises(SignalledError):
        script.loop(player).play()
    return script


def position(player: Player, script: Script) -> int:
    """Return the offset at which the player is."""
    return player.moment(script.now).at_ms


def test_it_plays_to_the_end() -> None:
    """Time alone brings the end, and pictures ten times a second until then."""
    player = player_of(exercise("reach", Hold("Reach up", seconds=1)))
    script = Script(*[SOON] * 10)
    script.loop(player).play()
    assert player.state is PlayerState.FINISHED
    assert script.waits == [0.1] * 10


def test_it_waits_without_end_where_nothing_moves() -> None:
    """In a pause and at a step until ready the program sleeps until a key comes."""
    player = player_of(
        exercise("reach", Step("Find a wall", until_ready=True), Hold("Lean", seconds=9))
    )
    script = played(player, (50, b" ", ()), (50, b" ", ()), (50, b"\r", ()), (1, b" ", ()))
    assert script.waits == [None, None, None, 0.1, None]
    assert player.moment(script.now).text == "Lean"


@pytest.mark.parametrize(
    ("data", "at_ms"),
    [
        (b"\x1b[C", 13_000),
        (b"\x1b[D", 0),
        (b"\x1b[C\x1b[D\x1b[C", 13_000),
        (b"n", 20_000),
        (b"np", 0),
        (b"p", 0),
        (b"r\rx", 3_000),
        (b"?n", 3_000),
        (b"?\x1b[C", 3_000),
    ],
)
def test_moving(data: bytes, at_ms: int) -> None:
    """Arrows seek by ten seconds within the routine, letters go from exercise to exercise."""
    player = player_of(*(exercise(each, Hold("Hold", seconds=20)) for each in ("reach", "bow")))
    script = played(player, (3, b"", ()), (0, data, ()))
    assert position(player, script) == at_ms


def test_seeking_over_the_end_ends_it() -> None:
    """Ten seconds before the end the right arrow leads to the end."""
    player = player_of(exercise("reach", Hold("Hold", seconds=5)))
    Script((0, b"\x1b[C", ())).loop(player).play()
    assert player.state is PlayerState.FINISHED


def test_arrow_in_two_pieces_and_escape() -> None:
    """An arrow key may come in pieces; the first of them alone is the escape key."""
    player = player_of(exercise("reach", Hold("Hold", seconds=30)))
    script = played(
        player, (0, b"\x1b", ()), (0, b"[C", ()), (0, b"?", ()), (0, b"\x1b", ()), (0.05, b"", ())
    )
    assert position(player, script) == 10_000
    assert player.state is PlayerState.RUNNING
    assert script.waits == [0.1, 0.05, 0.1, None, 0.05, 0.1]


def test_help_pauses_and_goes_on_as_before() -> None:
    """The help pauses, and what was paused before stays so; the key to stop stops at once."""
    player = player_of(exercise("reach", Hold("Hold", seconds=30)))
    script = played(player, (0, b"?", ()))
    assert player.state is PlayerState.PAUSED
    assert "the routine is paused" in script.shown
    assert "Ctrl-Z" in script.shown
    for data, state in (
        (b"?x", "running"),
        (b" ?x", "paused"),
        (b"?q", "stopped"),
        (b"q", "stopped"),
    ):
        player = player_of(exercise("reach", Hold("Hold", seconds=30)))
        if state == "stopped":
            Script((0, data, ())).loop(player).play()
        else:
            played(player, (0, data, ()))
        assert player.state == state


def test_machine_that_slept() -> None:
    """After a sleep the routine is paused and says so; the key that woke it does nothing."""
    player = player_of(exercise("reach", Hold("Hold", seconds=30)))
    script = played(player, (3, b"", ()), (125, b" ", ()))
    assert player.state is PlayerState.PAUSED
    assert "The computer was away for 113 s" in script.shown
    player = player_of(exercise("reach", Hold("Hold", seconds=30)))
    Script((3, b"", ()), (125, b"q", ())).loop(player).play()
    assert player.state is PlayerState.STOPPED


def test_keys_that_come_too_late() -> None:
    """A key that comes with the end of the routine does nothing."""
    player = player_of(exercise("reach", Hold("Hold", seconds=3)))
    Script((3, b" nq", ())).loop(player).play()
    assert player.state is PlayerState.FINISHED


@pytest.mark.parametrize(
    ("number", "call"), [(signal.SIGTSTP, "suspend"), (signal.SIGCONT, "take")]
)
def test_stopped_and_continued(number: int, call: str) -> None:
    """Whoever comes back finds the routine paused and the whole screen painted."""
    player = player_of(exercise("reach", Hold("Hold", seconds=30)))
    script = played(player, (1, b"", (number,)), (1, b"", (signal.SIGWINCH,)))
    assert player.state is PlayerState.PAUSED
    assert script.calls == [call]
    assert "".join(script.written).count("\x1b[2J") == 2
    assert "Space goes on" in script.shown


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_that_end(number: int) -> None:
    """A signal that ends the program is handed on with its number."""
    player = player_of(exercise("reach", Hold("Hold", seconds=30)))
    with pytest.raises(SignalledError) as caught:
        Script((1, b"", (number,))).loop(player).play()
    assert caught.value.number == number


def test_reading() -> None:
    """Pages are turned one by one; going back to the shell in between loses none."""
    notice = Notice("Title", tuple(("-", f"point {i}") for i in range(30)), "Enter")
    keys = ((0, b"x", ()), (0, b"", (signal.SIGTSTP,)), (0, b" ", ()), (0, b"\r", ()))
    script = Script(*keys, (0, b" ", ()))
    assert script.loop(player_of(exercise("reach", Hold("Hold", seconds=30)))).read(notice)
    assert "Title 3/3" in script.shown
    assert (
        not Script((0, b"q", ())).loop(player_of(exercise("a", Hold("b", seconds=3)))).read(notice)
    )


def test_a_larger_screen_has_fewer_pages() -> None:
    """When the screen grows, the page shown is one that there still is."""
    notice = Notice("Title", tuple(("-", f"point {i}") for i in range(30)), "Enter")
    script = Script((0, b" ", ()), (0, b" ", ()), (0, b" ", ()))
    waited = script.wait

    def wait(seconds: float | None) -> Woken:
        if len(script.waits) == 2:
            script.size = (60, 60)
        return waited(seconds)

    script.wait = wait  # type: ignore[method-assign]  # the size changes meanwhile
    assert script.loop(player_of(exercise("a", Hold("b", seconds=3)))).read(notice)


def test_bell() -> None:
    """The bell rings where something begins, a jump included, and not at a count."""
    rings: list[int] = []
    player = player_of(exercise("reach", Step("Up", seconds=2), Hold("Hold", seconds=9)))
    script = Script((2, b"", ()), (6, b"", ()), (0, b"p", ()))
    with pytest.raises(SignalledError):
        script.loop(player, Cues(ring=lambda: rings.append(script.now - 1_000_000))).play()
    assert rings == [0, 2_000, 8_000]


def test_clock() -> None:
    """The clock of the machine goes forward."""
    assert now_ms() <= now_ms()
