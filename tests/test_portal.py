"""The example of a portal: what it takes, what it refuses, and what it survives."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import threading
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from subprocess import PIPE
from typing import TYPE_CHECKING, Any

import pytest

import supple
from tests.child import Child
from tests.needs import needs_module

for name in ("httpx", "starlette", "uvicorn"):
    needs_module(name)

import httpx  # noqa: E402 - left out above where it is not installed
import uvicorn  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = Path(__file__).parent.parent / "examples"
FAST = 100
SOON = 30
TOKEN = "a token for tests"  # noqa: S105
JSON = {"Content-Type": "application/json"}
THERAPIST = JSON | {"Authorization": f"Bearer {TOKEN}"}

ROUTINE: dict[str, Any] = {
    "format": 1,
    "id": "for-ann",
    "name": "For Ann",
    "items": [
        {"catalog": "lower-back", "exercise": "knee-rolls", "hold": 8},
        {"rest": 20},
        {"catalog": "lower-back", "exercise": "bridge", "reps": [5, 8]},
    ],
}


def with_items(*items: dict[str, Any]) -> dict[str, Any]:
    """Return the routine with other items."""
    return ROUTINE | {"items": [*items]}


def knee_rolls(**more: Any) -> dict[str, Any]:
    """Return an item."""
    return {"catalog": "lower-back", "exercise": "knee-rolls"} | more


@pytest.fixture(scope="module")
def web() -> Iterator[Any]:
    """Return the module that makes the portal."""
    sys.path.insert(0, str(EXAMPLES))
    yield import_module("portal.web")
    sys.path.remove(str(EXAMPLES))


@contextmanager
def served(app: Any) -> Iterator[httpx.Client]:
    """Serve an application from a thread, and give a client for it."""
    config = uvicorn.Config(app, port=0, log_level="critical", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            threading.Event().wait(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=SOON) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(SOON)
        assert not thread.is_alive()


@pytest.fixture(scope="module")
def client(web: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Return a client of a portal that goes a hundred times as fast."""
    database = tmp_path_factory.mktemp("portal") / "portal.sqlite"
    app = web.make_app(database, token=TOKEN, hosts=["127.0.0.1"], speed=FAST)
    with served(app) as client:
        yield client


def posted(client: httpx.Client, routine: dict[str, Any] = ROUTINE) -> str:
    """Post a routine and return its key."""
    answer = client.post("/routines", json=routine, headers=THERAPIST)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["key"])


def begun(client: httpx.Client, routine: dict[str, Any] = ROUTINE) -> str:
    """Post a routine, begin a session and return its address."""
    key = posted(client, routine)
    answer = client.post(f"/routines/{key}/sessions", headers=THERAPIST)
    assert answer.status_code == 201
    return str(answer.headers["location"])


def command(client: httpx.Client, session: str, word: str, **arguments: Any) -> httpx.Response:
    """Give a command."""
    return client.post(f"{session}/commands", json={"command": word} | arguments)


def messages(lines: Iterator[str]) -> Iterator[dict[str, str]]:
    """Yield server-sent events, comments and waits left out, as the standard has them."""
    fields: dict[str, str] = {}
    for line in lines:
        if not line and "data" in fields:
            yield fields
        if not line:
            fields = {}
        elif not line.startswith(":"):
            name, _, value = line.partition(": ")
            fields[name] = value


@contextmanager
def listening(
    client: httpx.Client, session: str, last_event_id: str = ""
) -> Iterator[Iterator[dict[str, str]]]:
    """Give the messages of a stream."""
    headers = {"Last-Event-ID": last_event_id}
    with client.stream("GET", f"{session}/events", headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        yield messages(answer.iter_lines())


def states(found: list[dict[str, str]]) -> list[str]:
    """Return the states that messages tell of."""
    return [json.loads(each["data"])["state"] for each in found if each.get("event") == "state"]


# --- what a therapist gets ------------------------------------------------------------


def test_a_routine_is_kept(client: httpx.Client) -> None:
    """The answer says what was understood, and a session begins ready."""
    answer = client.post("/routines", json=ROUTINE, headers=THERAPIST)
    assert answer.status_code == 201
    about = answer.json()
    assert answer.headers["location"] == f"/routines/{about['key']}"
    assert about == {
        "key": about["key"],
        "name": "For Ann",
        "duration_ms": 119_000,
        "exercises": {"knee-rolls": "Knee rolls", "bridge": "Bridge"},
    }
    begun = client.post(f"/routines/{about['key']}/sessions", headers=THERAPIST).json()
    assert begun["page"] == f"/go/{begun['key']}"
    standing = client.get(f"/sessions/{begun['key']}").json()
    assert standing["state"] == "ready"
    assert standing["stop_advice"][0].startswith("Stop an exercise at once if it brings severe")
    assert standing["moment"]["segment"]["text"].startswith("Get ready: Knee rolls")


@pytest.mark.parametrize(
    ("routine", "path", "message"),
    [
        (
            with_items({"catalog": "lower-back", "exercise": "brigde"}),
            "items[0].exercise",
            "must be the id of an exercise of lower-back; did you mean 'bridge'? (got 'brigde')",
        ),
        (
            with_items(knee_rolls(hold="8")),
            "items[0].hold",
            "must be a number (got '8')",
        ),
        (
            with_items(knee_rolls(), {"catalog": "desk-break", "exercise": "chin-tucks"}),
            "items[1].catalog",
            "must be the name of a catalog; known are 'lower-back' (got 'desk-break')",
        ),
        (
            with_items({"catalog": "../../etc", "exercise": "passwd"}),
            "items[0].catalog",
            (
                "must be words of a-z and 0-9 joined by hyphens, such as 'knee-rolls',"
                " of at most 64 characters (got '../../etc')"
            ),
        ),
        (
            with_items({"circuit": [knee_rolls()], "rounds": 10_000}),
            "items",
            "must take at most 7200000 ms (got 440000000)",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(
    client: httpx.Client, routine: dict[str, Any], path: str, message: str
) -> None:
    """What was required, what was given and where it stands come back, and nothing else."""
    answer = client.post("/routines", json=routine, headers=THERAPIST)
    assert answer.status_code == 422
    [problem] = answer.json()["problems"]
    assert problem["path"] == path
    assert problem["message"] == f"{path}: {message}"
    assert problem["message"].startswith(f"{path}: {problem['requirement']}")


def test_of_many_faults_the_first_are_told(client: httpx.Client) -> None:
    """A document full of faults has a short answer, which says how many there are."""
    faults = with_items(*[knee_rolls(hold=-each - 1) for each in range(50)])
    answer = client.post("/routines", json=faults, headers=THERAPIST).json()
    assert answer["count"] == 50
    assert [each["path"] for each in answer["problems"]] == [f"items[{i}].hold" for i in range(20)]


HOSTILE = {
    "nothing": b"",
    "no JSON": b"{",
    "no UTF-8": b"\xff\xfe{}",
    "no object": b"[]",
    "not a number": json.dumps(with_items(knee_rolls(hold=float("nan")))).encode(),
    "deep": b"[" * 30_000,
    "a long number": b'{"format": ' + b"9" * 20_000 + b"}",
    "many items": json.dumps(with_items(*[{"rest": 1}] * 4_000)).encode(),
    "a bomb of circuits": json.dumps(
        with_items({"circuit": [{"circuit": [knee_rolls()], "rounds": 10**9}], "rounds": 10**9})
    ).encode(),
    "a thousand million repetitions": json.dumps(with_items(knee_rolls(reps=10**9))).encode(),
    "a key twice": b'{"format": 1, "format": 1}',
    "control characters": json.dumps(ROUTINE | {"name": "a\x1b[2Jb"}).encode(),
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_bodies_are_refused(client: httpx.Client, body: bytes) -> None:
    """They get an answer that says why, in time, with nothing of the machine in it."""
    answer = client.post("/routines", content=body, headers=THERAPIST)
    assert answer.status_code == 422
    assert len(answer.content) < 20_000
    for problem in answer.json()["problems"]:
        assert set(problem) == {"path", "requirement", "message"}
        assert problem["requirement"].startswith("must ")
    for secret in (str(EXAMPLES), "site-packages", ".py", ".sqlite", "Traceback", "\x1b"):
        assert secret not in answer.text
    assert posted(client)


def test_requests_that_are_none(client: httpx.Client) -> None:
    """Each kind of wrong request has its status, and an answer in JSON."""
    session = begun(client)
    cases = [
        (client.post("/routines", content=b" " * 70_000, headers=THERAPIST), 413),
        (client.post("/routines", json=ROUTINE), 401),
        (
            client.post(
                "/routines", json=ROUTINE, headers={b"Authorization": "Bearer \xe9".encode()}
            ),
            401,
        ),
        (client.post("/routines", content=b"{}", headers=THERAPIST | {"Content-Type": "x"}), 415),
        (client.put("/routines/none", json=ROUTINE, headers=THERAPIST), 404),
        (client.post("/routines/none/sessions", headers=THERAPIST), 404),
        (client.get("/sessions/none"), 404),
        (client.get("/sessions/none/events"), 404),
        (client.get("/"), 404),
        (client.delete(session), 405),
        (client.post(f"{session}/commands", data={"command": "start"}), 415),
        (command(client, session, "explode"), 422),
        (command(client, session, "seek"), 422),
        (command(client, session, "pause"), 409),
    ]
    assert [answer.status_code for answer, _ in cases] == [status for _, status in cases]
    assert all(answer.json()["error"] for answer, _ in cases)
    assert cases[-1][0].json()["message"] == "a player that is ready cannot take the command pause"
    assert client.get(session, headers={"Host": "evil.example"}).status_code == 400


def test_a_slow_body_is_not_waited_for(
    web: Any, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sends a body by drops is told to hurry."""
    monkeypatch.setattr(web, "BODY_SECONDS", 0.05)
    is_over = threading.Event()

    def drops() -> Iterator[bytes]:
        yield b"{"
        is_over.wait(0.5)
        yield b"}"

    answer = client.post("/routines", content=drops(), headers=THERAPIST)
    assert answer.status_code == 408


def test_a_fault_of_the_portal_says_nothing(
    web: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What went wrong inside stands in the log of the server and not in the answer."""
    app = web.make_app(tmp_path / "portal.sqlite", token=TOKEN, hosts=["*"])
    with served(app) as client:
        monkeypatch.setattr(app.state.store, "session", lambda _: 1 / 0)
        answer = client.get("/sessions/any")
    assert (answer.status_code, answer.json()) == (500, {"error": "InternalError"})


# --- what a person gets ---------------------------------------------------------------


def test_the_stream_is_that_of_the_timeline(client: httpx.Client) -> None:
    """Every event comes, in order, with every state between; then the stream ends."""
    session = begun(client)
    with listening(client, session) as stream:
        first = next(stream)
        assert command(client, session, "start").status_code == 204
        found = [first, *stream]
    assert states(found) == ["ready", "running", "finished"]
    web = sys.modules["portal.web"]
    timeline = supple.schedule(web.read_routine(json.dumps(ROUTINE)))
    events = [json.loads(each["data"]) for each in found if "id" in each]
    assert events == [event.as_dict() for event in timeline]
    with listening(client, session) as stream:
        assert states([*stream]) == ["finished"]


def test_a_lost_connection_catches_up(client: httpx.Client) -> None:
    """Whoever names the last event gets those after it; a number of another process is none."""
    session = begun(client)
    assert command(client, session, "start").status_code == 204
    assert command(client, session, "seek", to_ms=60_000).status_code == 204
    assert command(client, session, "stop", reason="the phone").status_code == 204
    with listening(client, session) as stream:
        everything = [*stream]
    assert states(everything) == ["stopped"]
    assert "pain" in json.loads(everything[0]["data"])["stop_advice"][0]
    with listening(client, session, "cafe-1") as stream:
        assert len([*stream]) == 1


def test_a_place_is_caught_up_with(client: httpx.Client) -> None:
    """The events between the last that was seen and now come in their order."""
    session = begun(client)
    with listening(client, session) as stream:
        next(stream)
        command(client, session, "start")
        first = next(stream)
        second = next(stream)
        command(client, session, "stop")
    with listening(client, session, first["id"]) as stream:
        again = [*stream]
    assert again[0] == second
    assert [json.loads(each["data"])["kind"] for each in again if "id" in each][-1] == (
        "routine.ended"
    )


def test_there_is_room_for_some(client: httpx.Client) -> None:
    """A session has so many listeners and no more."""
    session = begun(client)
    with ExitStack() as stack:
        streams = [stack.enter_context(listening(client, session)) for _ in range(4)]
        assert [states([next(stream)]) for stream in streams] == [["ready"]] * 4
        refused = client.get(f"{session}/events")
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "10")


def test_idle_sessions_make_room(
    web: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that stands still gives way and comes back where it was; one that runs stays."""
    app = web.make_app(tmp_path / "portal.sqlite", token=TOKEN, hosts=["*"], speed=1)
    monkeypatch.setattr(sys.modules["portal.sessions"], "MOST_LIVE", 1)
    with served(app) as client:
        idle, busy = begun(client), begun(client)
        command(client, idle, "start", at_ms=20_000)
        command(client, idle, "pause")
        before = client.get(idle).json()
        assert command(client, busy, "start").status_code == 204
        refused = client.get(idle)
        assert (refused.status_code, refused.json()) == (503, {"error": "BusyError"})
        command(client, busy, "stop")
        assert client.get(idle).json() == before


def test_the_page_needs_nothing_else(client: httpx.Client) -> None:
    """The page allows its own script and style, and whatever else it names is refused."""
    answer = client.get("/go/some-key")
    [nonce] = set(re.findall(r'nonce="([^"]+)"', answer.text))
    assert f"script-src 'nonce-{nonce}'" in answer.headers["content-security-policy"]
    assert "NONCE" not in answer.text
    assert "http://" not in answer.text
    assert client.get("/go/some-key").text != answer.text


# --- what survives --------------------------------------------------------------------


@contextmanager
def process(database: Path) -> Iterator[tuple[Child[str], httpx.Client]]:
    """Start the portal as its own process."""
    path = os.pathsep.join(filter(None, (str(EXAMPLES), os.environ.get("PYTHONPATH"))))
    env = os.environ | {"PORTAL_TOKEN": TOKEN, "PYTHONPATH": path}
    words = [sys.executable, "-m", "portal", str(database), "0", "2"]
    with Child(words, env=env, stdout=PIPE, stderr=PIPE, text=True) as child:
        assert child.stderr is not None
        for line in child.stderr:
            if found := re.search(r"running on (http://\S+)", line):
                break
        else:
            pytest.fail("it never said that it was running")
        with httpx.Client(base_url=found[1], timeout=SOON) as client:
            yield child, client
        child.communicate()


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL], ids=["ended", "killed"])
def test_a_restart_costs_nobody_their_place(tmp_path: Path, end: signal.Signals) -> None:
    """A person goes on, paused, in the segment in which the process went away."""
    database = tmp_path / "portal.sqlite"
    with process(database) as (child, client):
        session = begun(client)
        assert command(client, session, "start", at_ms=12_100).status_code == 204
        before = client.get(session).json()
        child.send_signal(end)
    assert before["state"] == "running"
    assert before["moment"]["segment"]["kind"] == "hold"  # four seconds long

    with process(database) as (child, client):
        after = client.get(session).json()
        assert after["state"] == "paused"
        assert after["moment"]["segment"] == before["moment"]["segment"]
        with listening(client, session) as stream:
            next(stream)
            assert command(client, session, "resume").status_code == 204
            assert command(client, session, "seek", to_ms=118_000).status_code == 204
            assert states([*stream])[-1] == "finished"
        child.send_signal(signal.SIGTERM)
    assert [path.suffix for path in tmp_path.iterdir()] == [".sqlite"]


def test_a_corrected_routine_goes_on(web: Any, tmp_path: Path) -> None:
    """A new dose costs nobody their place; one without the exercise is refused in words."""
    database = tmp_path / "portal.sqlite"
    app = web.make_app(database, token=TOKEN, hosts=["*"], speed=1)
    with served(app) as client:
        key = posted(client)
        begun = client.post(f"/routines/{key}/sessions", headers=THERAPIST)
        session = begun.headers["location"]
        assert command(client, session, "start", at_ms=100_000).status_code == 204
        shorter = with_items(knee_rolls(hold=5), ROUTINE["items"][2])
        answer = client.put(f"/routines/{key}", json=shorter, headers=THERAPIST)
        assert answer.json()["duration_ms"] == 98_000

    with served(app) as client:
        now = client.get(session).json()
        assert now["state"] == "paused"
        assert now["moment"]["segment"]["exercise"] == "bridge"
        client.put(f"/routines/{key}", json=with_items(knee_rolls()), headers=THERAPIST)

    with served(app) as client:
        answer = client.get(session)
        assert answer.status_code == 409
        assert answer.json()["message"].startswith("snapshot.exercise: must be one of those of")
