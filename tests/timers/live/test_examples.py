"""The programs in `examples/live`, at a real Postgres and broker, as the compose file starts them.

There are no containers here: each command of the file runs as a process, with its environment.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

import supple
from supple.export import event_lines
from tests.child import Child
from tests.mqtt.conftest import Broker, Listener
from tests.needs import needs
from tests.timers.live.postgres import postgres

if TYPE_CHECKING:
    from tests.timers.live.postgres import Server

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples" / "live"
COMPOSE: dict[str, Any] = yaml.safe_load((EXAMPLES / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
PROGRAMS = ("tables", "worker", "to-mqtt")


def command(line: str, *arguments: str) -> list[str]:
    """Return what a line of the file starts, with this Python, which complains about nothing."""
    python, name, *given = shlex.split(line)
    assert python == "python"
    return [sys.executable, "-W", "error", str(EXAMPLES / name), *given, *arguments]


def environment(server: Server) -> dict[str, str]:
    """Return the environment of the services, with the database that is there."""
    given: dict[str, str] = SERVICES["worker"]["environment"]
    assert all(SERVICES[name]["environment"] == given for name in PROGRAMS)
    assert given["PGHOST"] in SERVICES
    return os.environ | given | {"PGHOST": str(server.folder)}


def test_a_session_from_a_worker_to_a_broker(tmp_path: Path) -> None:
    """Tables, a worker, a session and a consumer: whoever listens gets every event, in order."""
    broker = Broker(needs("mosquitto"), tmp_path)
    broker.start()
    pass_on = command(SERVICES["to-mqtt"]["command"])
    assert pass_on[-1] in SERVICES
    pass_on[-1:] = [broker.host, str(broker.port)]
    try:
        with (
            postgres() as server,
            Listener(broker, "supple/#") as listener,
        ):
            env = environment(server)
            tables = command(SERVICES["tables"]["command"])
            subprocess.run(tables, check=True, timeout=60, env=env)
            with (
                Child(
                    command(SERVICES["worker"]["command"]),
                    stdout=subprocess.PIPE,
                    encoding="utf-8",
                    env=env,
                ) as worker,
                Child(
                    pass_on,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,  # it is interrupted
                    env=env,
                ) as bridge,
            ):
                ann = command("python ann.py", "", "ann/1", "in-bed", "100")
                subprocess.run(ann, check=True, timeout=60, env=env)
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


@pytest.mark.parametrize("name", PROGRAMS)
def test_an_image_has_what_its_program_needs(name: str) -> None:
    """What is copied is there, the extras are those of the package, and so is the folder."""
    build = SERVICES[name]["build"]
    context = (EXAMPLES / build["context"]).resolve()
    assert context == ROOT
    lines = build["dockerfile_inline"].splitlines()
    copied = [path for line in lines if line.startswith("COPY ") for path in line.split()[1:-1]]
    assert all((context / path).exists() for path in copied)
    assert {"pyproject.toml", "README.md", "LICENSE", "src", "examples/live"} == {*copied}
    [extras] = re.findall(r"pip install .*\[(.*)\]'", build["dockerfile_inline"])
    assert extras.split(",") == ["mqtt", "postgres"]
    assert lines[-1] == "WORKDIR /supple/examples/live"


def test_services_wait_for_what_they_need() -> None:
    """Whatever a service waits for is a service, and every program of the folder is told of."""
    waits = {name: [*service.get("depends_on", {})] for name, service in SERVICES.items()}
    assert waits == {
        "database": [],
        "broker": [],
        "worker": ["tables"],
        "to-mqtt": ["tables"],
        "tables": ["database"],
    }
    text = (EXAMPLES / "compose.yaml").read_text(encoding="utf-8")
    assert {*re.findall(r"python (\w+\.py)", text)} == {
        path.name for path in EXAMPLES.glob("*.py")
    }
