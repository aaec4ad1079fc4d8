"""A bridge at a real broker: what others see, and what becomes of it when something breaks."""

from __future__ import annotations

import asyncio
import json
import queue
import re
import socket
import subprocess
import sys
import threading
from getpass import getuser
from pathlib import Path
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
from tests.mqtt.conftest import SOON, Broker, Listener, end, new_threads
from tests.mqtt.stage import PaperClient, Stage, short_routine
from tests.needs import needs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


def test_events_that_the_client_does_not_take() -> None:
    """What is lost is counted in the state, and told once a second and at the connection."""
    player = supple.Player(short_routine(), hands_free=True)
    stage = Stage(player)
    stage.bridge.runner.start()
    assert stage.states()[-1]["lost_events"] == 0
    stage.client.rc = 15
    stage.clock.advance(2)
    lost = player.timeline.count() - len([*player.timeline.events(2001)]) - 2
    assert [payload for topic, payload, *_ in stage.client.published if topic == ERROR] == [
        f"events: {lost} were lost, for the client keeps no more of them; {lost} so far"
    ]
    assert stage.states()[-1]["lost_events"] == lost


def test_losses_are_told_when_somebody_hears_it() -> None:
    """What was lost without a connection is told at the next one, once."""
    stage = Stage(supple.Player(short_routine(), hands_free=True))
    stage.client.rc = 15
    stage.bridge.runner.start()
    stage.clock.advance(0.5)
    stage.client.rc = 4
    stage.clock.advance(5)
    stage.client.published.clear()
    stage.client.rc = 0
    stage.client.connect()
    stage.clock.advance(0)
    assert (AVAILABILITY, "online", 1, True) in stage.client.published
    assert stage.errors() == [
        "events: 2 were lost, for the client keeps no more of them; 2 so far"
    ]
    stage.clock.advance(5)
    assert stage.errors() == []


def test_what_the_broker_keeps_goes_past_a_full_queue() -> None:
    """Who is there is said even where the queue of the client is full."""
    stage = Stage(short_routine())
    stage.client.rc = 15
    stage.client.connect()
    stage.clock.advance(0)
    assert (AVAILABILITY, "online", 0, True) in stage.client.published
    stage.bridge.close()
    assert stage.client.published[-1] == (AVAILABILITY, "offline", 0, True)


def test_events_beyond_the_queue(broker: Broker) -> None:
    """Without a broker ten thousand events are kept, and the others counted."""
    broker.stop()
    hold = supple.Exercise(
        "hold",
        name="Hold",
        kind="stretch",
        position="standing",
        cycle=[supple.Hold("Stay", seconds=0.001)],
        reps=2600,
    )
    timeline = supple.schedule(
        supple.Routine("desk", items=[hold]), pacing=supple.Pacing(get_ready=0)
    )
    clock = ManualClock()
    with Bridge(timeline, host=broker.host, port=broker.port, timer=clock) as bridge:
        bridge.runner.start()
        clock.advance(5)
        assert bridge.runner.state == "finished"
        assert bridge._answers.lost == len(timeline) - 10_000
        broker.start()
        with Listener(broker, "supple/#") as listener:
            clock_goes_on = threading.Event()

            def go_on() -> None:
                while not clock_goes_on.wait(0.01):
                    clock.advance(0.01)

            worker = threading.Thread(target=go_on)
            worker.start()
            try:
                told = listener.wait_for(ERROR).payload.decode()
            finally:
                clock_goes_on.set()
                worker.join()
    assert told == (
        f"events: {len(timeline) - 10_000} were lost, for the client keeps no more of them; "
        f"{len(timeline) - 10_000} so far"
    )


# --- more than one


def test_two_bridges_notice_each_other(broker: Broker, listener: Listener) -> None:
    """Both say that there is another one, and when one goes, the other is still there."""
    with Bridge(short_routine(), host=broker.host, port=broker.port) as first:
        listener.wait_for(STATE, state_is("ready"))
        with Bridge(short_routine(), host=broker.host, port=broker.port) as second:
            for _ in range(2):
                message = listener.wait_for(ERROR).payload.decode()
                assert message == (
                    "supple/desk: another bridge is on these topics, and each command is "
                    "carried out by both; give one of them another topic"
                )
            assert (first.is_alone, second.is_alone) == (False, False)
        listener.wait_for(AVAILABILITY, "offline".__eq__)
        listener.wait_for(AVAILABILITY, "online".__eq__)
        assert first.is_alone
    listener.wait_for(AVAILABILITY, "offline".__eq__)


def test_a_bridge_hears_itself() -> None:
    """What a bridge says of itself is no other bridge, nor is what the broker had kept."""
    stage = Stage(short_routine())
    stage.client.connect()
    stage.clock.advance(0)
    bridge = stage.bridge.topics.bridge
    (asked,) = stage.payloads(bridge)
    stage.client.receive(bridge, asked.encode())
    stage.client.receive(bridge, asked.rstrip("?").encode())
    stage.client.receive(AVAILABILITY, b"online")
    stage.client.receive(AVAILABILITY, b"offline", retain=True)
    stage.clock.advance(0)
    assert stage.client.published == []
    assert stage.bridge.is_alone


def test_a_bridge_answers_those_who_ask() -> None:
    """Who asks is answered each time; the warning comes once, and not for ever."""
    stage = Stage(short_routine())
    stage.client.connect()
    stage.clock.advance(0)
    bridge = stage.bridge.topics.bridge
    (asked,) = stage.payloads(bridge)
    for _ in range(2):
        stage.client.receive(bridge, b"other?")
        stage.clock.advance(0)
    stage.client.receive(bridge, b"other")
    stage.clock.advance(0)
    said = [(topic, payload) for topic, payload, *_ in stage.client.published]
    assert [payload for topic, payload in said if topic == bridge] == 2 * [asked.rstrip("?")]
    assert len([payload for topic, payload in said if topic == ERROR]) == 1
    for number in range(100):
        stage.client.receive(bridge, f"{number}".encode())
    stage.clock.advance(5)
    assert len(stage.bridge._others) == 16
    stage.client.receive(AVAILABILITY, b"offline")
    stage.client.receive(bridge, b"x")
    stage.bridge.close()
    stage.client.published.clear()
    stage.clock.advance(5)
    assert stage.client.published == []


# --- who may do what


def files_of_the_page() -> dict[str, str]:
    """Return the files that the page shows, each under the path in its first line."""
    page = Path(__file__).parents[2] / "docs" / "how-to" / "connect-home-assistant.md"
    blocks = re.findall(
        r"^```text\n# (\S+)\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    return dict(blocks)


def test_an_access_list(tmp_path: Path) -> None:
    """With the files of the page only those may command who are meant to."""
    files = files_of_the_page()
    assert [*files] == ["/etc/mosquitto/conf.d/supple.conf", "/etc/mosquitto/supple.acl"]
    config, access = files.values()
    passwords, lists = tmp_path / "passwords", tmp_path / "acl"
    lists.write_text(access, encoding="ascii")
    lists.chmod(0o600)
    for i, user in enumerate(("supple", "button", "lamp")):
        options = ["-b"] if i else ["-c", "-b"]
        make = [needs("mosquitto_passwd"), *options, str(passwords), user, f"secret of {user}"]
        subprocess.run(make, check=True, capture_output=True)
    config = config.replace("/etc/mosquitto/supple.passwords", str(passwords))
    config = config.replace("/etc/mosquitto/supple.acl", str(lists))
    broker = Broker(needs("mosquitto"), tmp_path, f"{config}user {getuser()}\n")

    def client_of(user: str) -> Client:
        client = Client(CallbackAPIVersion.VERSION2)
        client.username_pw_set(user, f"secret of {user}")
        return client

    broker.start()
    try:
        supple_client = client_of("supple")
        with Bridge(short_routine(), client=supple_client):
            supple_client.connect(broker.host, broker.port)
            supple_client.loop_start()
            with (
                Listener(broker, "supple/#", client_of("lamp")) as lamp,
                Listener(broker, "supple/#", client_of("button")) as button,
            ):
                lamp.wait_for(STATE, state_is("ready"))
                lamp.client.publish(COMMAND, "stop", qos=1).wait_for_publish(SOON)
                button.client.publish(COMMAND, "start")
                states = []
                while "running" not in states:
                    states.append(json.loads(lamp.wait_for(STATE).payload)["state"])
                assert "stopped" not in states
        end(supple_client)
        stranger, codes = Client(CallbackAPIVersion.VERSION2), queue.Queue[object]()
        stranger.on_connect = lambda *arguments: codes.put(arguments[3])
        stranger.connect(broker.host, broker.port)
        stranger.loop_start()
        assert str(codes.get(timeout=SOON)) == "Not authorized"
        end(stranger)
    finally:
        broker.stop()


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
    before = threading.enumerate()
    bridge = Bridge(short_routine(), host=broker.host, port=broker.port)
    listener.wait_for(STATE, state_is("ready"))
    assert new_threads(before)
    bridge.close()
    assert not new_threads(before)
    assert listener.wait_for(AVAILABILITY).payload == b"offline"
    bridge.close()
    assert listener.messages.empty()
    assert bridge.runner.state == "ready"
    with pytest.raises(supple.RunnerClosedError):
        bridge.runner.start()


def test_close_waits_for_a_thread_that_paho_has_forgotten(
    broker: Broker, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client forgets its thread just before that ends, and then waits for nothing."""
    work, stop, forgotten = Client._thread_main, Client.loop_stop, threading.Event()

    def slow(client: Client) -> None:
        work(client)
        forgotten.set()
        threading.Event().wait(0.05)

    def late(client: Client) -> object:
        assert forgotten.wait(SOON)
        return stop(client)

    before = threading.enumerate()
    with monkeypatch.context() as patched:
        patched.setattr(Client, "_thread_main", slow)
        patched.setattr(Client, "loop_stop", late)
        with Bridge(short_routine(), host=broker.host, port=broker.port):
            listener.wait_for(STATE, state_is("ready"))
        assert not new_threads(before)


def test_close_from_the_thread_of_the_client(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread does not wait for itself, nor is it an error that paho forgets it meanwhile."""

    def forget(client: Client) -> None:
        client._thread = None
        raise AttributeError("'NoneType' object has no attribute 'join'")

    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        bridge = Bridge(short_routine(), host="127.0.0.1", port=nobody.getsockname()[1])
    client = bridge._client
    thread, client._thread = client._thread, threading.current_thread()
    monkeypatch.setattr(Client, "loop_stop", forget)
    bridge.close()
    client._thread_terminate = True
    assert thread is not None
    thread.join(SOON)
    assert not thread.is_alive()


def test_close_without_broker() -> None:
    """Where there is no broker, closing does not wait for one."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        before = threading.enumerate()
        bridge = Bridge(short_routine(), host="127.0.0.1", port=nobody.getsockname()[1])
        bridge.close()
        assert not new_threads(before)


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


def test_close_before_a_command_is_obeyed() -> None:
    """A command that came before closing is refused by then, and nobody is answered."""
    stage = Stage(short_routine())
    stage.client.receive(COMMAND, b"start")
    stage.bridge.close()
    stage.client.published.clear()
    stage.clock.advance(2)
    assert stage.client.published == []
    assert stage.bridge.runner.state == "ready"


def test_close_at_an_event() -> None:
    """Who closes at an event of a command hears no other, and nothing is said after it."""
    heard: list[str] = []

    def hear(event: supple.Event) -> None:
        heard.append(event.kind)
        stage.bridge.close()

    stage = Stage(short_routine(), on_event=hear)
    stage.client.receive(COMMAND, b"start")
    stage.clock.advance(2)
    assert heard == ["routine.started"]
    assert stage.client.published[-1] == (AVAILABILITY, "offline", 1, True)
    assert stage.clock.pending == ()


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
    end(client)


def test_client_that_is_connected() -> None:
    """A client that is connected already is greeted with at once."""
    stage = Stage(short_routine(), client=PaperClient(is_connected=True))
    stage.clock.advance(0)
    assert stage.client.subscribed == [COMMAND, AVAILABILITY, "supple/desk/bridge"]
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
    assert stage.client.subscribed == [COMMAND, AVAILABILITY, "supple/desk/bridge"]
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
        ({"host": "a", "only": "hold"}, re.compile("Bridge.only: must be one of .*")),
        ({"host": "a..b"}, re.compile("Bridge.host: must be the name of a host: .* .got 'a..b'.")),
        ({"host": "b" * 64}, re.compile("Bridge.host: must be the name of a host: .*")),
        (
            {"host": "a", "port": 65_536},
            "Bridge.port: must be a whole number from 1 to 65535 (got 65536)",
        ),
        ({"host": "a", "topic": "#"}, "Topics.base: must have no wildcards (got '#')"),
        (
            {"host": "a", "player": "desk"},
            "Bridge.player: must be Player or Timeline (got 'desk')",
        ),
    ],
)
def test_refused_settings(settings: dict[str, Any], message: str | re.Pattern[str]) -> None:
    """What a bridge cannot be made of is refused, and nothing is left behind."""
    before = threading.enumerate()
    with pytest.raises(ModelError) as caught:
        Bridge(settings.pop("player", short_routine()), **settings)
    if isinstance(message, str):
        assert str(caught.value) == message
    else:
        assert message.fullmatch(str(caught.value))
    assert not new_threads(before)


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
