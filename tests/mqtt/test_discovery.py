"""What Home Assistant is told, held against what its documentation requires."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from attrs import evolve
from jinja2 import Environment

import supple
from supple import ModelError, PlayerState, Timeline
from supple.mqtt import Topics
from tests.mqtt.stage import Stage, short_routine

# https://www.home-assistant.io/integrations/mqtt/ and the pages of the sensor and the button:
# what must be there, and everything that may be there of what is there.
DEVICE = {"identifiers", "name", "model", "sw_version"}
SHARED = {"availability_topic", "payload_available", "payload_not_available"}
ENTITY = {"platform", "unique_id", "name", "icon"}
REQUIRED = {"sensor": {"state_topic"}, "button": {"command_topic"}}
OPTIONAL = {
    "sensor": {
        "device_class",
        "json_attributes_topic",
        "options",
        "unit_of_measurement",
        "value_template",
    },
    "button": {"payload_press"},
}


def discovered(timeline: Timeline | None = None, **settings: Any) -> tuple[str, dict[str, Any]]:
    """Return the topic and the payload with which a bridge makes itself known."""
    stage = Stage(timeline or short_routine(), **settings)
    stage.client.connect()
    stage.clock.advance(0)
    topic, payload, qos, retain = stage.client.published[0]
    assert (qos, retain) == (1, True)
    return topic, json.loads(payload)


def test_discovery_topic() -> None:
    """The topic is that of a device, with an identifier of the characters that are allowed."""
    topic, payload = discovered(topic="küche/supple rückruf")
    assert re.fullmatch(r"homeassistant/device/([a-zA-Z0-9_-]+)/config", topic)
    assert topic.split("/")[2] in payload["device"]["identifiers"]


def test_discovery_has_what_is_required() -> None:
    """There are a device with an identifier, an origin with a name, and nothing unknown."""
    _, payload = discovered()
    assert payload.keys() == {"device", "origin", "components"} | SHARED
    assert payload["device"].keys() == DEVICE
    assert payload["device"]["name"] == "Desk"
    assert payload["origin"] == {"name": "supple", "sw_version": supple.__version__}
    assert payload["availability_topic"] == "supple/desk/availability"
    assert (payload["payload_available"], payload["payload_not_available"]) == (
        "online",
        "offline",
    )
    for component in payload["components"].values():
        kind = component["platform"]
        assert component.keys() >= {"platform", "unique_id"} | REQUIRED[kind]
        assert component.keys() <= ENTITY | REQUIRED[kind] | OPTIONAL[kind]


def test_sensors() -> None:
    """The state, the instruction and what remains are read from the state."""
    _, payload = discovered()
    sensors = {
        key: component
        for key, component in payload["components"].items()
        if component["platform"] == "sensor"
    }
    assert sensors.keys() == {"state", "instruction", "remaining"}
    assert {each["state_topic"] for each in sensors.values()} == {"supple/desk/state"}
    assert sensors["state"]["device_class"] == "enum"
    assert sensors["state"]["options"] == [*PlayerState]
    assert sensors["remaining"]["device_class"] == "duration"
    assert sensors["remaining"]["unit_of_measurement"] == "s"


def test_buttons_are_commands() -> None:
    """Every button sends a command that a player knows."""
    _, payload = discovered()
    pressed = [
        (key, component["payload_press"], component["command_topic"])
        for key, component in payload["components"].items()
        if component["platform"] == "button"
    ]
    words = ["start", "pause", "resume", "back", "skip", "ready", "stop"]
    assert pressed == [(word, word, "supple/desk/command") for word in words]
    assert {*words} < {*supple.PlayerCommand}


def test_names_are_in_the_language_of_the_routine() -> None:
    """A German routine has a German device, with the identifiers of an English one."""
    german = supple.schedule(evolve(short_routine().routine, language="de"))
    _, payload = discovered(german)
    names = {key: each["name"] for key, each in payload["components"].items()}
    assert names == {
        "state": None,
        "instruction": "Was zu tun ist",
        "remaining": "Zeit",
        "start": "Anfangen",
        "pause": "Anhalten",
        "resume": "Weiter",
        "back": "Zurück",
        "skip": "Auslassen",
        "ready": "Ich bin so weit",
        "stop": "Hier aufhören",
    }
    ids = [each["unique_id"] for each in payload["components"].values()]
    assert ids == [each["unique_id"] for each in discovered()[1]["components"].values()]


def test_identifiers_are_stable_and_unique() -> None:
    """The same topic gives the same identifiers, another one gives others."""
    _, once = discovered(topic="a/b")
    _, again = discovered(topic="a/b")
    _, other = discovered(topic="a-b")
    assert once == again
    ids = [each["unique_id"] for each in once["components"].values()]
    others = [each["unique_id"] for each in other["components"].values()]
    assert ids[0] == "a-b-c14cddc0-state"
    assert len({*ids, *others}) == 2 * len(ids)


def test_another_prefix() -> None:
    """Home Assistant may look for devices elsewhere."""
    topic, _ = discovered(discovery="smart/home")
    assert topic.startswith("smart/home/device/supple-desk-")


def test_no_discovery() -> None:
    """Nothing is told to Home Assistant where that is not wanted."""
    stage = Stage(short_routine(), discovery=None)
    stage.client.connect()
    stage.clock.advance(0)
    topics = [topic for topic, *_ in stage.client.published]
    assert topics == [f"supple/desk/{name}" for name in ("availability", "bridge", "state")]


def test_refused_prefix() -> None:
    """A prefix that no topic can begin with is refused."""
    with pytest.raises(ModelError) as caught:
        Stage(short_routine(), discovery="a/#")
    assert str(caught.value) == "Bridge.discovery: must have no wildcards (got 'a/#')"


def test_templates_take_every_state() -> None:
    """The templates give a text, a number of seconds, and nothing where there is nothing."""
    _, payload = discovered()
    environment = Environment(autoescape=True)

    def shown(sensor: str, **state: object) -> str:
        template = payload["components"][sensor]["value_template"]
        return str(environment.from_string(template).render(value_json=state))

    assert shown("state", state="running") == "running"
    assert shown("instruction", text="Reach") == "Reach"
    assert shown("instruction", text="x" * 300) == "x" * 255
    assert shown("instruction", text=None) == "None"
    assert shown("remaining", remaining_ms=2001) == "3"
    assert shown("remaining", remaining_ms=0) == "0"
    assert shown("remaining", remaining_ms=None) == "None"


def test_topics_are_public() -> None:
    """A program can tell where a bridge publishes without one."""
    assert Topics("supple/desk").availability == discovered()[1]["availability_topic"]
