"""A bridge at a real broker: what others see, and what becomes of it when something breaks."""

from __future__ import annotations

import asyncio
import json
import queue
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

import supple
from supple import MissingExtraError, ModelError
from supple.export import event_lines
from supple.mqtt import Bridge
from supple.testing import ManualClock
from tests.child import Child
from tests.mqtt.conftest import SOON, Listener
from tests.mqtt.stage import PaperClient, Stage, short_routine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.mqtt.conftest import Broker

STATE, EVENT = "supple/desk/state", "supple/desk/event"
AVAILABILITY, COMMAND, ERROR = (
    "supple/desk/availability",
    "supple/desk/command",
    "supple/desk/error",
)


def state_is(state: str) -> Callable[[str], bool]:
    """Return what tells a payload that shows a state."""
    return lambda payload: json.loads(payload)["state"] == state


@pytest.fixture
def bridge(broker: Broker) -> Iterator[Bridge]:
    """Return a bridge in real time, without steps to wait for, sixty times as fast."""
    player = supple.Player(short_routine(), hands_free=True, speed=60)
    with Bridge(player, host=broker.host, port=broker.port) as bridge:
        yield bridge


# --- what others see


def test_whole_routine(bridge: Bridge, listener: Listener) -> None:
    """Somebody starts the routine from afar, and sees it from beginning to end."""
    listener.wait_for(STATE, state_is("ready"))
    listener.client.publish(COMMAND, "start")
    events: list[supple.Event] = []
    while not events or events[-1].kind != "routine.ended":
        message = listener.wait_for(EVENT)
        assert (message.qos, message.retain) == (1, False)
        events.append(event_lines.decode(message.payload.decode()))
    assert events == [*bridge.runner.player.timeline]
    listener.wait_for(STATE, state_is("finished"))


def test_commands_from_afar(broker: Broker, listener: Listener) -> None:
    """Each command has its effect, and one that cannot be carried out is answered."""
    with Bridge(short_routine(), host=broker.host, port=broker.port):
        listener.wait_for(STATE, state_is("ready"))
        for command, state in [
            ("start", "running"),
            ("pause", "paused"),
            ('{"command": "seek", "to_ms": 4000}', "paused"),
            ("resume", "waiting"),
            ("back", "running"),
            ('{"command": "seek", "to_ms": 4000}', "waiting"),
            ("ready", "finished"),
            ("start", "running"),
            ("skip", "finished"),
        ]:
            listener.client.publish(COMMAND, command)
            listener.wait_for(STATE, state_is(state))
        listener.client.publish(COMMAND, "jump")
        message = listener.wait_for(ERROR)
        assert message.payload.startswith(b"command: must be one of start, pause")


def test_late_listener(bridge: Bridge, broker: Broker, listener: Listener) -> None:
    """Who comes later is told the state, that somebody is there, and the device at once."""
    listener.wait_for(STATE, state_is("ready"))
    with Listener(broker) as late:
        seen = {late.messages.get(timeout=SOON).topic for _ in range(3)}
    assert {STATE, AVAILABILITY} < seen
    assert any(topic.startswith("homeassistant/device/supple-desk-") for topic in seen)
    assert bridge.topics.base == "supple/desk"


def test_event_loop(broker: Broker, listener: Listener) -> None:
    """With the loop of asyncio as timer everything happens in its thread."""

    async def run() -> list[int]:
        loop, threads, over = asyncio.get_running_loop(), [], asyncio.Event()

        def note(event: supple.Event) -> None:
            threads.append(threading.get_ident())
            if event.kind == "routine.ended":
                over.set()

        with Bridge(
            supple.Player(short_routine(), hands_free=True, speed=60),
            host=broker.host,
            port=broker.port,
            timer=loop,
            hand_over=loop.call_soon_threadsafe,
            on_event=note,
        ):
            await loop.run_in_executor(None, listener.wait_for, STATE, state_is("ready"))
            listener.client.publish(COMMAND, "start")
            await asyncio.wait_for(over.wait(), SOON)
        return threads

    assert {*asyncio.run(run())} == {threading.get_ident()}


# --- what breaks


def test_last_will(broker: Broker, listener: Listener) -> None:
    """When the process is killed, the broker says that nobody is there any more."""
    program = f"""
import supple
from supple.mqtt import Bridge
timeline = supple.schedule(supple.load_catalog("lower-back").routines["in-bed"])
bridge = Bridge(timeline, host={broker.host!r}, port={broker.port}, topic="supple/desk")
input()
"""
    with Child([sys.executable, "-c", program], stdin=subprocess.PIPE) as process:
        assert listener.wait_for(AVAILABILITY).payload == b"online"
        process.kill()
        assert listener.wait_for(AVAILABILITY).payload == b"offline"


def test_broker_restarts(broker: Broker, bridge: Bridge, listener: Listener) -> None:
    """When the broker is back, so are the state, the availability and the commands."""
    listener.wait_for(STATE, state_is("ready"))
    broker.stop()
    broker.start()
    with Listener(broker, "supple/#") as again:
        assert again.wait_for(AVAILABILITY).payload == b"online"
        again.wait_for(STATE, state_is("ready"))
        again.client.publish(COMMAND, "stop")
        again.wait_for(STATE, state_is("stopped"))
    assert bridge.runner.state == "stopped"


def test_events_of_a_time_without_broker(broker: Broker, listener: Listener) -> None:
    """What happens while the broker is away is told when it is back, each event in its turn."""
    clock, player = ManualClock(), supple.Player(short_routine(), hands_free=True)
    client = Client(CallbackAPIVersion.VERSION2)  # looped by the test itself
    with Bridge(player, client=client, timer=clock) as bridge:
        client.connect(broker.host, broker.port)
        while not client.is_connected():
            client.loop()
        clock.advance(0)
        listener.wait_for(STATE, state_is("ready"))
        broker.stop()
        while client.is_connected():
            client.loop()
        bridge.runner.start()
        clock.advance(5)
        broker.start()
        with Listener(broker, EVENT) as again:
            client.reconnect()
            while again.messages.qsize() < len(player.timeline):
                client.loop(timeout=0.1)
            told = [again.wait_for(EVENT).payload.decode() for _ in player.timeline]
    client.disconnect()
    assert [event_lines.decode(line) for line in told] == [*player.timeline]


def test_broker_comes_later(broker: Broker) -> None:
    """A broker that is not there yet is waited for."""
    broker.stop()
    with Bridge(short_routine(), host=broker.host, port=broker.port):
        broker.start()
        with Listener(broker) as listener:
            assert listener.wait_for(AVAILABILITY).payload == b"online"


def test_retained_command(broker: Broker, listener: Listener) -> None:
    """A command that the broker has kept does not start anything by itself."""
    listener.client.publish(COMMAND, "start", retain=True, qos=1).wait_for_publish(SOON)
    with Bridge(short_routine(), host=broker.host, port=broker.port) as bridge:
        message = listener.wait_for(ERROR)
        assert message.payload.endswith(b"at every connection (got b'start')")
        assert bridge.runner.state == "ready"


# --- closing


def test_close(broker: Broker, listener: Listener) -> None:
    """After closing nobody is there any more, nor is a thread, and the state stays as it is."""
    before = {*threading.enumerate()}
    bridge = Bridge(short_routine(), host=broker.host, port=broker.port)
    listener.wait_for(STATE, state_is("ready"))
    assert {*threading.enumerate()} > before
    bridge.close()
    assert {*threading.enumerate()} == before
    assert listener.wait_for(AVAILABILITY).payload == b"offline"
    bridge.close()
    assert listener.messages.empty()
    assert bridge.runner.state == "ready"
    with pytest.raises(supple.RunnerClosedError):
        bridge.runner.start()


def test_close_without_broker() -> None:
    """Where there is no broker, closing does not wait for one."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        before = {*threading.enumerate()}
        bridge = Bridge(short_routine(), host="127.0.0.1", port=nobody.getsockname()[1])
        bridge.close()
        assert {*threading.enumerate()} == before


def test_close_ends_the_ticks() -> None:
    """After closing nothing waits on the timer."""
    stage = Stage(short_routine())
    stage.bridge.runner.start()
    assert stage.clock.pending
    stage.bridge.close()
    assert stage.clock.pending == ()


def test_close_before_the_greeting() -> None:
    """What was to be said at the connection is not said after closing."""
    stage = Stage(short_routine())
    stage.client.connect()
    stage.bridge.close()
    stage.clock.advance(0)
    assert stage.client.published == [(AVAILABILITY, "offline", 1, True)]


# --- a client of the caller


def test_client_of_the_caller(broker: Broker, listener: Listener) -> None:
    """A client of the caller is used and left as it was: connected, and with its own callbacks."""
    connected: queue.Queue[object] = queue.Queue()
    client = Client(CallbackAPIVersion.VERSION2)

    def note(_client: Client, _data: object, _flags: object, code: object, _more: object) -> None:
        connected.put(code)

    client.on_connect = note
    with Bridge(short_routine(), client=client):
        client.connect(broker.host, broker.port)
        client.loop_start()
        listener.wait_for(STATE, state_is("ready"))
        assert str(connected.get(timeout=SOON)) == "Success"
        listener.client.publish(COMMAND, "start")
        listener.wait_for(STATE, state_is("running"))
    listener.wait_for(AVAILABILITY, "offline".__eq__)
    assert client.is_connected()
    assert client.on_connect is note
    client.disconnect()
    client.loop_stop()


def test_client_that_is_connected() -> None:
    """A client that is connected already is greeted with at once."""
    stage = Stage(short_routine(), client=PaperClient(is_connected=True))
    stage.clock.advance(0)
    assert stage.client.subscribed == [COMMAND]
    assert (AVAILABILITY, "online", 1, True) in stage.client.published


def test_refused_connection() -> None:
    """A broker that refuses the connection is told nothing."""
    stage = Stage(short_routine())
    stage.client.connect(reason_code=135)
    stage.clock.advance(0)
    assert stage.client.subscribed == []
    assert stage.client.published == []


def test_last_will_of_a_client() -> None:
    """The last will says that nobody is there, and is retained."""
    assert Stage(short_routine()).client.will == (AVAILABILITY, "offline", 1, True)


def test_client_is_let_go() -> None:
    """Closing takes back the subscription and the callback."""
    stage = Stage(short_routine())
    stage.client.connect()
    assert stage.client.subscribed == [COMMAND]
    stage.bridge.close()
    assert stage.client.subscribed == []
    assert stage.client.on_connect is None


def test_callback_of_somebody_else_stays() -> None:
    """A callback that was put behind that of the bridge stays, and the bridge is silent."""
    stage = Stage(short_routine())
    inner, calls = stage.client.on_connect, []
    assert inner is not None

    def outer(*arguments: object) -> None:
        calls.append(arguments[3])
        inner(*arguments)

    stage.client.on_connect = outer
    stage.bridge.close()
    stage.client.published.clear()
    stage.client.connect()
    stage.clock.advance(0)
    assert stage.client.on_connect is outer
    assert calls == [0]
    assert stage.client.published == []


# --- refused


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({}, "Bridge: must have either a client or a host (got (None, None))"),
        ({"host": ""}, "Bridge.host: must not be empty (got '')"),
        ({"host": 7}, "Bridge.host: must be text (got 7)"),
        (
            {"host": "a", "port": 65_536},
            "Bridge.port: must be a whole number from 1 to 65535 (got 65536)",
        ),
        ({"host": "a", "topic": "#"}, "Topics.base: must have no wildcards (got '#')"),
        ({"host": "a", "player": "desk"}, "Bridge.player: must be Player (got 'desk')"),
    ],
)
def test_refused_settings(settings: dict[str, Any], message: str) -> None:
    """What a bridge cannot be made of is refused, and nothing is left behind."""
    before = {*threading.enumerate()}
    with pytest.raises(ModelError) as caught:
        Bridge(settings.pop("player", short_routine()), **settings)
    assert str(caught.value) == message
    assert {*threading.enumerate()} == before


def test_client_and_host() -> None:
    """A client has its own broker."""
    with pytest.raises(ModelError, match="must have either a client or a host"):
        Stage(short_routine(), host="localhost")


def test_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where paho is not installed, the error says how to install it."""
    monkeypatch.setitem(sys.modules, "paho.mqtt.client", None)
    with pytest.raises(MissingExtraError) as caught:
        Bridge(short_routine(), host="localhost")
    assert str(caught.value) == (
        "this needs the package paho-mqtt, which is not installed: pip install 'supple[mqtt]'"
    )
