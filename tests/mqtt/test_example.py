"""The example mqtt_bridge.py, at a real broker."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.child import Child

if TYPE_CHECKING:
    from tests.mqtt.conftest import Broker, Listener

EXAMPLE = Path(__file__).parents[2] / "examples" / "mqtt_bridge.py"
BASE = "supple/in-bed"


def test_example(broker: Broker, listener: Listener) -> None:
    """It waits for commands, shows what is under way, and ends with the routine."""
    with Child(
        [sys.executable, "-W", "error", EXAMPLE, broker.host, str(broker.port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as program:
        listener.wait_for(f"{BASE}/availability", "online".__eq__)
        listener.client.publish(f"{BASE}/command", "start")
        listener.client.publish(f"{BASE}/command", '{"command": "seek", "to_ms": 297000}')
        listener.wait_for(f"{BASE}/availability", "offline".__eq__)
        shown, complaints = program.communicate(timeout=30)
    assert complaints == ""
    assert program.returncode == 0
    assert shown.splitlines() == [
        f"waiting for commands on {BASE}/command",
        "Get ready: Knee rolls, lying on your back",
    ]
