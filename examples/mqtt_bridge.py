"""Let a broker start, pause and skip a routine: `python mqtt_bridge.py [HOST [PORT]]`.

With Home Assistant at the same broker, the routine appears there as a device. Without it:
`mosquitto_pub -t supple/in-bed/command -m start`, and `mosquitto_sub -t 'supple/#' -v`.
"""

import sys
from threading import Event

import supple
from supple.mqtt import Bridge

host = sys.argv[1] if sys.argv[1:] else "localhost"
port = int(sys.argv[2]) if sys.argv[2:] else 1883

routine = supple.load_catalog("lower-back").routines["in-bed"]
is_over = Event()


def follow(event: supple.Event) -> None:
    """Show what is under way, and note the end."""
    if event.kind in {"step.started", "hold.started", "rest.started"}:
        print(event.text)
    elif event.kind == "routine.ended":
        is_over.set()


with Bridge(supple.schedule(routine), host=host, port=port, on_event=follow) as bridge:
    print(f"waiting for commands on {bridge.topics.command}", flush=True)
    is_over.wait()
