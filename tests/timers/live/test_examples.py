"""The programs in `examples/live`, at a real Postgres and broker, as a reader starts them."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import supple
from supple.export import event_lines
from tests.child import Child
from tests.mqtt.conftest import Broker, Listener
from tests.needs import needs
from tests.timers.live.postgres import postgres

EXAMPLES = Path(__file__).parents[3] / "examples" / "live"


def command(name: str, *arguments: str) -> list[str]:
    """Return the command that starts an example, which complains about nothing."""
    return [sys.executable, "-W", "error", str(EXAMPLES / name), *arguments]


def test_a_session_from_a_worker_to_a_broker(tmp_path: Path) -> None:
    """Tables, a worker, a session and a consumer: whoever listens gets every event, in order."""
    broker = Broker(needs("mosquitto"), tmp_path)
    broker.start()
    try:
        with (
            postgres() as server,
            Listener(broker, "supple/#") as listener,
        ):
            where = server.conninfo
            subprocess.run(command("tables.py", where, "2"), check=True, timeout=60)
            with (
                Child(
                    command("worker.py", where), stdout=subprocess.PIPE, encoding="utf-8"
                ) as worker,
                Child(
                    command("to_mqtt.py", where, broker.host, str(broker.port)),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,  # it is interrupted
                ) as bridge,
            ):
                ann = command("ann.py", where, "ann/1", "in-bed", "100")
                subprocess.run(ann, check=True, timeout=60)
                got: list[dict[str, Any]] = []
                while not got or got[-1]["event"]["kind"] != "routine.ended":
                    message = listener.wait_for("supple/ann%2F1/events")
                    got.append(json.loads(message.payload))
                worker.send_signal(signal.SIGTERM)
                shown, _ = worker.communicate(timeout=60)
                bridge.send_signal(signal.SIGINT)
    finally:
        broker.stop()
    routine = supple.load_catalog("lower-back").routines["in-bed"]
    lines = [json.loads(event_lines.encode(each)) for each in supple.schedule(routine, level=0.5)]
    assert got == [{"number": i, "event": line} for i, line in enumerate(lines, 1)]
    assert worker.returncode == 0
    assert shown.startswith("# TYPE supple_partitions gauge\nsupple_partitions 0\n")


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.name)
def test_the_compose_file_starts_every_program(path: Path) -> None:
    """The commands in it are those of the programs that are there."""
    text = (EXAMPLES / "compose.yaml").read_text(encoding="utf-8")
    named = set(re.findall(r"python (\w+\.py)", text))
    assert path.name in named
    assert named == {path.name for path in EXAMPLES.glob("*.py")}
