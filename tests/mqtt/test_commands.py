"""What comes in as a command: it is carried out, or it is answered and changes nothing."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, strategies as st

import supple
from tests.mqtt.stage import Stage, short_routine

WORDS = "start, pause, resume, toggle, skip, back, seek, ready, set-speed, stop"


def running(at_s: float = 1.5) -> Stage:
    """Return a stage on which the routine has run for a while."""
    stage = Stage(short_routine())
    stage.send("start")
    stage.clock.advance(at_s)
    stage.states()
    return stage


def where(stage: Stage) -> tuple[str, int]:
    """Return the state that was published last, and the position."""
    state = stage.states()[-1]
    return state["state"], state["position_ms"]


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ("pause", ("paused", 1500)),
        ("skip", ("finished", 5000)),
        ("back", ("running", 0)),
        ("stop", ("stopped", 1500)),
        (" pause\r\n", ("paused", 1500)),
        ('{"command": "pause"}', ("paused", 1500)),
        ('{"command": "skip", "over": "segment"}', ("running", 2000)),
        ('{"command": "back", "over": "segment"}', ("running", 0)),
        ('{"command": "seek", "to_ms": 3250}', ("running", 3250)),
        ('{"command": "stop", "reason": "The phone rang"}', ("stopped", 1500)),
    ],
)
def test_commands(payload: str, expected: tuple[str, int]) -> None:
    """A command is carried out, and the state that it leads to is published."""
    stage = running()
    stage.send(payload)
    assert where(stage) == expected


def test_start_at_an_offset() -> None:
    """A start may say where."""
    stage = Stage(short_routine())
    stage.send('{"command": "start", "at_ms": 2000}')
    assert where(stage) == ("running", 2000)


def test_pause_and_resume() -> None:
    """After a pause it goes on where it was."""
    stage = running()
    stage.send("pause")
    stage.clock.advance(100)
    stage.send("resume")
    stage.states()
    stage.clock.advance(0.5)
    assert where(stage) == ("running", 2000)


def test_ready() -> None:
    """A step until ready ends when somebody says so."""
    stage = running(4)
    stage.send("ready")
    assert where(stage) == ("finished", 5000)


def test_speed() -> None:
    """Another speed is shown at once, and kept."""
    stage = running()
    stage.send('{"command": "set-speed", "speed": 2}')
    assert stage.states()[-1]["speed"] == 2
    stage.clock.advance(0.25)
    assert where(stage) == ("running", 2000)


def test_reason() -> None:
    """The reason of a stop is kept."""
    stage = running()
    stage.send('{"command": "stop", "reason": "The phone rang"}')
    assert stage.bridge.runner.player.stop_reason == "The phone rang"


# --- beginning anew


def test_start_begins_anew_when_it_is_over() -> None:
    """Where the routine is over, a start begins it anew, with the settings of before."""
    settings = {"speed": 2, "hands_free": True, "gap_ms": 700, "on_gap": "skip"}
    stage = Stage(supple.Player(short_routine(), **settings))  # type: ignore[arg-type]  # by name
    first = stage.bridge.runner
    stage.send("start")
    stage.clock.advance(2.5)
    assert where(stage) == ("finished", 5000)
    stage.send("start")
    assert where(stage) == ("running", 0)
    again = stage.bridge.runner
    assert again is not first
    assert {name: getattr(again.player, name) for name in settings} == settings
    with pytest.raises(supple.RunnerClosedError):
        first.poll()


def test_refused_start_leaves_it_over() -> None:
    """A start that cannot be carried out leaves a routine over that was over."""
    stage = running()
    stage.send("stop")
    before = stage.bridge.runner
    stage.client.published.clear()
    stage.send('{"command": "start", "at_ms": 5001}')
    assert stage.errors() == [
        "Player.start.at_ms: must be a whole number from 0 to 5000 (got 5001)"
    ]
    assert stage.bridge.runner is before
    assert before.state == "stopped"


# --- refused


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        (b"", f"command: must be one of {WORDS} (got '')"),
        (b"Pause", f"command: must be one of {WORDS}; did you mean 'pause'? (got 'Pause')"),
        (b"\xff", r"command: must be UTF-8 (got b'\xff')"),
        (b"p" * 1001, "command: must be at most 1000 bytes long (got 1001)"),
        ("é".encode() * 501, "command: must be at most 1000 bytes long (got 1002)"),
        (b"seek", "Player.seek.to_ms: must be given with seek (got nothing)"),
        (b"set-speed", "Player.set_speed.speed: must be given with set-speed (got nothing)"),
        (b"{}", f"command: must be one of {WORDS} (got nothing)"),
        (b"[]", f"command: must be one of {WORDS} (got '[]')"),
        (b'{"command": ["pause"]}', f"command: must be one of {WORDS} (got ['pause'])"),
        (b'{"command": "pause", "for": 3}', "Player.pause: must have no arguments (got 'for')"),
        (
            b'{"command": "pause", "\\ud800\\u202e": 3}',
            r"Player.pause: must have no arguments (got '\ud800\u202e')",
        ),
        (
            b'{"command": "seek", "to_ms": 1, "to_ms": 2}',
            "command.to_ms: must stand only once (got 2)",
        ),
        (
            b'{"command": "set-speed", "speed": NaN}',
            "command: must have no number that is not finite (got 'NaN')",
        ),
        (
            b'{"command": "seek", "to_ms": "1"}',
            "Player.seek.to_ms: must be a whole number from 0 to 5000 (got '1')",
        ),
        (
            b'{"command": "skip", "over": "day"}',
            "Player.skip.over: must be one of exercise, segment (got 'day')",
        ),
        (b"start", "a player that is running cannot take the command start"),
        (b"resume", "a player that is running cannot take the command resume"),
        (b"ready", "a player that is running cannot take the command ready"),
    ],
)
def test_refused_commands(payload: bytes, message: str) -> None:
    """What cannot be carried out is answered with the reason and changes nothing."""
    stage = running()
    before = stage.bridge.runner.player.snapshot()
    stage.send(payload)
    assert stage.client.published == [("supple/desk/error", message, 0, False)]
    assert stage.bridge.runner.player.snapshot() == before


@pytest.mark.parametrize("payload", [b"{", b'{"command": "stop"', b'{"a":' * 190])
def test_refused_json(payload: bytes) -> None:
    """What begins as a JSON object has to be one."""
    stage = running()
    stage.send(payload)
    (message,) = stage.errors()
    assert message.startswith("command: must be a word or a JSON object: ")


def test_a_flood_of_commands_gets_ten_answers_a_second() -> None:
    """What is refused beyond that is counted, and told when the second is over."""
    stage = running()
    for _ in range(500):
        stage.send("jump")
    assert len(stage.errors()) == 10
    stage.clock.advance(0.5)
    assert stage.errors() == []
    stage.clock.advance(0.5)
    assert stage.errors() == ["commands: 490 more were refused or dropped"]
    stage.clock.advance(10)
    assert stage.errors() == []
    stage.send("jump")
    assert len(stage.errors()) == 1


def test_no_more_than_a_hundred_commands_wait() -> None:
    """What comes while a hundred commands wait is dropped, counted and told."""
    stage = running()
    for _ in range(250):
        stage.client.receive(stage.bridge.topics.command, b"toggle")
    stage.clock.advance(0)
    assert stage.errors() == []
    assert len(stage.clock.pending) < 5
    stage.clock.advance(1)
    assert stage.errors() == ["commands: 150 more were refused or dropped"]
    assert stage.bridge.runner.state == "running"
    stage.send("pause")
    assert where(stage)[0] == "paused"


def test_closing_ends_the_counting() -> None:
    """After closing nothing is told any more."""
    stage = running()
    for _ in range(20):
        stage.send("jump")
    stage.bridge.close()
    stage.client.published.clear()
    stage.clock.advance(10)
    assert stage.client.published == []
    assert stage.clock.pending == ()


def test_retained_command() -> None:
    """A command that the broker has kept is refused: nobody gives it now."""
    stage = running()
    stage.send("stop", retain=True)
    (message,) = stage.errors()
    assert message == (
        "command: must not be retained, or it would be given anew at every connection"
        " (got b'stop')"
    )
    assert stage.bridge.runner.state == "running"


words = st.sampled_from(WORDS.split(", "))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
objects = st.fixed_dictionaries(
    {"command": words | values},
    optional=dict.fromkeys(("at_ms", "over", "to_ms", "speed", "reason", "x"), values),
)
payloads = st.binary() | st.text().map(str.encode) | objects.map(json.dumps).map(str.encode)


@given(payload=payloads)
@example(payload=b'{"command": "stop", "reason": "\\ud800"}')
@example(payload=b'{"command": "seek", "to_ms": 1' + b"0" * 900 + b"}")
def test_any_bytes(payload: bytes) -> None:
    """Any bytes are a command that is carried out, or one answer, and never anything else."""
    stage = running()
    before = stage.bridge.runner.player.snapshot()
    stage.send(payload)
    topics = {topic for topic, *_ in stage.client.published}
    if "supple/desk/error" in topics:
        assert len(stage.client.published) == 1
        assert stage.bridge.runner.player.snapshot() == before
    else:
        assert "supple/desk/state" in topics
