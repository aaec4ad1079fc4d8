"""What Home Assistant has to be told so that it shows a routine as a device.

The format is that of device discovery: https://www.home-assistant.io/integrations/mqtt/, at
"Device discovery payload". One retained message describes the device with all of its parts.
Home Assistant requires ``device`` with an identifier, ``origin`` with a name, and for every
component its platform and a ``unique_id``. What a sensor and a button take stands at
https://www.home-assistant.io/integrations/sensor.mqtt/ and
https://www.home-assistant.io/integrations/button.mqtt/.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from supple._phrases import capital
from supple._player.states import PlayerCommand, PlayerState
from supple.mqtt._topics import OFFLINE, ONLINE

if TYPE_CHECKING:
    from supple import Phrases, Timeline
    from supple.mqtt._topics import Topics

_BUTTONS = {
    PlayerCommand.START: ("start", "mdi:play"),
    PlayerCommand.PAUSE: ("pause", "mdi:pause"),
    PlayerCommand.RESUME: ("resume", "mdi:play-pause"),
    PlayerCommand.BACK: ("back", "mdi:skip-previous"),
    PlayerCommand.SKIP: ("skip", "mdi:skip-next"),
    PlayerCommand.READY: ("ready", "mdi:check"),
    PlayerCommand.STOP: ("stop_here", "mdi:stop"),
}
"""What is a button: the id of the phrase that it says, and its icon."""


def device_id(topics: Topics) -> str:
    """Return what identifies the device: the same for one base topic, another for another.

    It has letters, digits, hyphens and underscores only, as the discovery topic requires.
    """
    legible = re.sub(r"[^a-zA-Z0-9]+", "-", topics.base).strip("-")
    return f"{legible}-{sha256(topics.base.encode()).hexdigest()[:8]}"


def discovery_topic(topics: Topics, prefix: str) -> str:
    """Return the topic on which Home Assistant looks for the device."""
    return f"{prefix}/device/{device_id(topics)}/config"


def discovery_payload(topics: Topics, timeline: Timeline, *, version: str) -> str:
    """Return the description of the device, as JSON; ``version`` is that of supple."""
    phrases = timeline.phrases
    components = _sensors(topics, phrases) | {
        command.value: {
            "platform": "button",
            "name": capital(phrases[id]),
            "icon": icon,
            "command_topic": topics.command,
            "payload_press": command.value,
        }
        for command, (id, icon) in _BUTTONS.items()
    }
    identifier = device_id(topics)
    for key, component in components.items():
        component["unique_id"] = f"{identifier}-{key}"
    return json.dumps(
        {
            "device": {
                "identifiers": [identifier],
                "name": timeline.routine.name,
                "model": "Guided routine",
                "sw_version": version,
            },
            "origin": {"name": "supple", "sw_version": version},
            "availability_topic": topics.availability,
            "payload_available": ONLINE,
            "payload_not_available": OFFLINE,
            "components": components,
        }
    )


def _sensors(topics: Topics, phrases: Phrases) -> dict[str, dict[str, Any]]:
    sensor = {"platform": "sensor", "state_topic": topics.state}
    return {
        "state": sensor
        | {
            "name": None,  # that of the device
            "icon": "mdi:yoga",
            "device_class": "enum",
            "options": [state.value for state in PlayerState],
            "value_template": "{{ value_json.state }}",
            "json_attributes_topic": topics.state,
        },
        "instruction": sensor
        | {
            "name": phrases.what_to_do,
            "icon": "mdi:text",
            # Home Assistant takes no state of more than 255 characters.
            "value_template": "{{ value_json.text[:255] if value_json.text else None }}",
        },
        "remaining": sensor
        | {
            "name": capital(phrases.time),
            "device_class": "duration",
            "unit_of_measurement": "s",
            "value_template": (
                "{{ None if value_json.remaining_ms is none"
                " else (value_json.remaining_ms / 1000) | round(0, 'ceil') | int }}"
            ),
        },
    }
