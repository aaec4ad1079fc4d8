"""A real broker, and somebody who listens to it, independently of the bridge."""

from __future__ import annotations

import queue
import secrets
import socket
import subprocess
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Self

import pytest
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from tests.needs import needs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

SOON = 60
"""Seconds after which something is not coming any more."""


def new_threads(before: Iterable[threading.Thread]) -> set[threading.Thread]:
    """Return the threads that have come; those that others left behind may have gone meanwhile."""
    return {*threading.enumerate()}.difference(before)


def free_port() -> int:
    """Return a port that no system gives away by itself, so that it stays free over a restart."""
    while True:
        with socket.socket() as probe, suppress(OSError):
            probe.bind((Broker.host, 20_000 + secrets.randbelow(10_000)))
            return int(probe.getsockname()[1])


def end(client: Client) -> None:
    """Disconnect a client that is looped, and return once its thread is gone."""
    thread = client._thread
    client.disconnect()
    with suppress(AttributeError):  # where paho forgets its thread while it waits for it
        client.loop_stop()
    if thread is not None:
        thread.join(SOON)


class Broker:
    """A mosquitto on a port of its own, with nothing but a configuration of its own."""

    host = "127.0.0.1"

    def __init__(self, program: str, folder: Path, config: str | None = None) -> None:
        self._program = program
        self._config = folder / "mosquitto.conf"
        self.port = free_port()
        if config is None:
            config = "listener 1883\nallow_anonymous true\npersistence false\n"
        config = config.replace("listener 1883", f"listener {self.port} {self.host}")
        self._config.write_text(config, encoding="ascii")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and return once connections are accepted."""
        self._process = subprocess.Popen(
            [self._program, "-c", self._config],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        assert self._process.stderr is not None
        for line in self._process.stderr:
            if line.rstrip().endswith(b"running"):  # newer ones tell their user's name before
                return
        pytest.fail("the broker does not start")

    def stop(self) -> None:
        """Stop at once, if it runs."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate(timeout=SOON)
            self._process = None


class Listener:
    """Sees everything below a topic, in the order in which the broker sends it."""

    def __init__(self, broker: Broker, below: str = "#", client: Client | None = None) -> None:
        self.messages: queue.Queue[MQTTMessage] = queue.Queue()
        subscribed: queue.Queue[None] = queue.Queue()
        self.client = client or Client(CallbackAPIVersion.VERSION2)
        self.client.on_message = lambda _client, _data, message: self.messages.put(message)
        self.client.on_subscribe = lambda *_: subscribed.put(None)
        self.client.connect(broker.host, broker.port)
        self.client.subscribe(below, qos=2)
        self.client.loop_start()
        subscribed.get(timeout=SOON)

    def wait_for(self, topic: str, is_it: Callable[[str], bool] = lambda _: True) -> MQTTMessage:
        """Return the next message on a topic that is wanted; drop those before it."""
        while True:
            message = self.messages.get(timeout=SOON)
            if message.topic == topic and is_it(message.payload.decode()):
                return message

    def close(self) -> None:
        """Disconnect, and leave no thread."""
        end(self.client)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    """Return a broker that runs."""
    broker = Broker(needs("mosquitto"), tmp_path)
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture
def listener(broker: Broker) -> Iterator[Listener]:
    """Return somebody who sees everything."""
    with Listener(broker) as listener:
        yield listener
