"""A client without a broker, which writes down what it is told and hands over what it is given.

It has what a bridge uses of a client of paho, and nothing is delivered but by the test.
"""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from paho.mqtt.client import MQTTMessage

import supple
from supple.mqtt import Bridge
from supple.testing import ManualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from paho.mqtt.client import Client


class PaperClient:
    """Writes down what is published, and to what it is subscribed."""

    def __init__(self, *, is_connected: bool = False) -> None:
        self.published: list[tuple[str, str, int, bool]] = []
        self.subscribed: list[str] = []
        self.will: tuple[str, str, int, bool] | None = None
        self.on_connect: Callable[..., object] | None = None
        self.rc = 0  # what publishing returns: a full queue is none for what is sent at once
        self._is_connected = is_connected
        self._on_message: dict[str, Callable[..., object]] = {}

    def publish(self, topic: str, payload: str, *, qos: int, retain: bool) -> SimpleNamespace:
        """Write a message down, if it is taken."""
        rc = self.rc if qos or self.rc == 4 else 0
        if rc in {0, 4}:
            self.published.append((topic, payload, qos, retain))
        return SimpleNamespace(rc=rc)

    def will_set(self, topic: str, payload: str, *, qos: int, retain: bool) -> None:
        """Write the last will down."""
        self.will = (topic, payload, qos, retain)

    def message_callback_add(self, topic: str, callback: Callable[..., object]) -> None:
        """Remember who asks for a topic."""
        self._on_message[topic] = callback

    def message_callback_remove(self, topic: str) -> None:
        """Forget who asks for a topic."""
        del self._on_message[topic]

    def subscribe(self, topic: str, qos: int = 0) -> None:
        """Write down which topic is wanted, once per delivery at most."""
        assert qos == 0
        self.subscribed.append(topic)

    def unsubscribe(self, topic: str) -> None:
        """Strike a topic."""
        self.subscribed = [each for each in self.subscribed if each != topic]

    def is_connected(self) -> bool:
        """Tell what the test has said."""
        return self._is_connected

    def connect(self, *, reason_code: int = 0) -> None:
        """Be answered by a broker."""
        if self.on_connect is not None:
            self.on_connect(self, None, {}, reason_code, None)

    def receive(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """Be given a message by a broker."""
        message = MQTTMessage(topic=topic.encode())
        message.payload = payload
        message.retain = retain
        self._on_message[topic](self, None, message)


class Stage:
    """A bridge with such a client and a clock that stands still."""

    def __init__(
        self,
        player: supple.Player | supple.Timeline,
        *,
        client: PaperClient | None = None,
        **settings: Any,
    ) -> None:
        self.client = client or PaperClient()
        self.clock = ManualClock()
        self.bridge = Bridge(
            player, client=cast("Client", self.client), timer=self.clock, **settings
        )

    def send(self, payload: bytes | str, *, retain: bool = False) -> None:
        """Give a command, and let it be carried out."""
        payload = payload.encode() if isinstance(payload, str) else payload
        self.client.receive(self.bridge.topics.command, payload, retain=retain)
        self.clock.advance(0)

    def payloads(self, topic: str) -> list[str]:
        """Return what was published on a topic, and forget everything that was published."""
        found = [payload for name, payload, _, _ in self.client.published if name == topic]
        self.client.published.clear()
        return found

    def states(self) -> list[dict[str, Any]]:
        """Return the states that were published, and forget everything that was published."""
        return [json.loads(payload) for payload in self.payloads(self.bridge.topics.state)]

    def errors(self) -> list[str]:
        """Return what was refused, and forget everything that was published."""
        return self.payloads(self.bridge.topics.error)


def short_routine() -> supple.Timeline:
    """Return five seconds of a routine: ready, left, switch, right, a step until ready."""
    reach = supple.Exercise(
        "reach",
        name="Reach",
        kind="stretch",
        position="standing",
        sides="each",
        cycle=[supple.Hold("Reach to the {side}", seconds=1)],
        finish=[supple.Step("Shake it out", seconds=1, until_ready=True)],
    )
    pacing = supple.Pacing(get_ready=1, switch_sides=1, countdown=())
    return supple.schedule(supple.Routine("desk", name="Desk", items=[reach]), pacing=pacing)
