"""Let a broker start, pause and skip a routine: `python mqtt_bridge.py [HOST [PORT]]`.

With Home Assistant at the same broker, the routine appears there as a device. Without it:
`mosquitto_pub -t supple/in-bed/command -m start`, and `mosquitto_sub -t 'supple/#' -v`.
"""

import sys

import supple
from supple.mqtt import Bridge

host = sys.argv[1] if sys.argv[1:] else "localhost"
port = int(sys.argv[2]) if sys.argv[2:] else 1883


def show(event: supple.Event) -> None:
    """Print what is under way."""
    print(event.text)


timeline = supple.schedule(supple.load_catalog("lower-back").routines["in-bed"])
with Bridge(timeline, host=host, port=port, on_event=show, only="segments") as bridge:
    print(f"waiting for commands on {bridge.topics.command}", flush=True)
    bridge.runner.wait()
