"""The example that shows a routine in a browser, with and without one."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from contextlib import asynccontextmanager
from html import unescape
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from supple.export import event_lines
from tests.needs import needs

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from supple import Event

EXAMPLE = Path(__file__).parent.parent / "examples" / "web_events.py"
SOON = 60
FAST = 100

# What the page says goes into a list, and the page is whole once it has said that it is done.
WATCH = """
<ol id="log"></ol>
<img src="http://127.0.0.1:{port}/wait">
<script>
  new MutationObserver(() => {{
    const item = document.createElement("li"), text = document.getElementById("say").textContent
    item.textContent = text
    document.getElementById("log").append(item)
    if (text.startsWith("Done")) new Image().src = "http://127.0.0.1:{port}/done"
  }}).observe(document.getElementById("say"), {{ childList: true }})
  events.addEventListener("open", () => start.click(), {{ once: true }})
</script>
"""


@pytest.fixture
def example() -> Any:
    """Return the example as a module."""
    spec = spec_from_file_location("web_events", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Site:
    """The example as it is served, with a hand on its connections."""

    def __init__(self, example: Any) -> None:
        self.stage = example.Stage(FAST)
        self.port = 0
        self.writers: list[asyncio.StreamWriter] = []
        self.asked: list[str] = []

    async def ask(self, request: str, *fields: str, body: bytes = b"") -> asyncio.StreamReader:
        """Send a request and return what the answer is read from."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writers.append(writer)
        host = [] if any(field.startswith("Host:") for field in fields) else [self.host]
        lines = [f"{request} HTTP/1.1", *host, *fields]
        writer.write("".join(f"{line}\r\n" for line in [*lines, ""]).encode() + body)
        return reader

    @property
    def host(self) -> str:
        """Return the field that names this server."""
        return f"Host: localhost:{self.port}"

    async def command(self, body: bytes, *fields: str) -> asyncio.StreamReader:
        """Send a command as the page does, or with other fields."""
        fields = fields or (f"Origin: http://localhost:{self.port}",)
        return await self.ask("POST /command", f"Content-Length: {len(body)}", *fields, body=body)


@asynccontextmanager
async def serving(example: Any) -> AsyncIterator[Site]:
    """Serve the example on a free port."""
    site = Site(example)
    tasks: list[asyncio.Task[None]] = []

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        site.writers.append(writer)
        tasks.append(asyncio.create_task(example.answer(site.stage, reader, writer)))

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    site.port = server.sockets[0].getsockname()[1]
    try:
        async with asyncio.timeout(SOON):
            yield site
    finally:
        server.close()
        site.stage.runner.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for writer in site.writers:
            writer.close()


async def messages(reader: asyncio.StreamReader, count: int) -> list[tuple[str, Event]]:
    """Return the next events of a stream, each with its number."""
    found: list[tuple[str, Event]] = []
    while len(found) < count:
        block = (await reader.readuntil(b"\n\n")).decode()
        if match := re.search(r"^id: (.*)\ndata: (.*)\n", block, re.MULTILINE):
            event = json.loads(match[2])["event"]
            found.append((match[1], event_lines.decode(json.dumps(event))))
    return found


async def head(reader: asyncio.StreamReader) -> str:
    """Return the first line of an answer, and pass over the other lines of its head."""
    return (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[0]


def test_whole_routine(example: Any) -> None:
    """Whoever is there from the beginning gets every event, with its number."""

    async def run() -> list[tuple[str, Event]]:
        async with serving(example) as site:
            stream = await site.ask("GET /events")
            assert await head(stream) == "HTTP/1.1 200 OK"
            assert await head(await site.command(b"start")) == "HTTP/1.1 204 No Content"
            return await messages(stream, len(example.TIMELINE))

    seen = asyncio.run(run())
    assert [event for _, event in seen] == [*example.TIMELINE]
    assert [int(number.split("-")[1]) for number, _ in seen] == [*range(len(seen))]


def test_reconnecting(example: Any) -> None:
    """Whoever comes back with a number is sent what came after it, and nothing twice."""

    async def run() -> list[tuple[str, Event]]:
        async with serving(example) as site:
            stream = await site.ask("GET /events")
            await head(await site.command(b"start"))
            before = await messages(stream, 20)
            await messages(stream, 30)  # these are lost on their way
            again = await site.ask("GET /events", f"Last-Event-ID: {before[-1][0]}")
            return before + await messages(again, 40)

    seen = asyncio.run(run())
    assert [event for _, event in seen] == [*example.TIMELINE][:60]


@pytest.mark.parametrize("number", ["another-3", "7", "-", "", "{name}-x", "{name}-" + "9" * 5000])
def test_foreign_number(example: Any, number: str) -> None:
    """Whoever comes without a number of this process is sent what is under way."""

    async def run() -> Event:
        async with serving(example) as site:
            stream = await site.ask("GET /events")
            await head(await site.command(b"start"))
            await messages(stream, 8)
            number_here = number.replace("{name}", site.stage.name)
            late = await site.ask("GET /events", f"Last-Event-ID: {number_here}")
            ((_, event),) = await messages(late, 1)
            return event

    assert asyncio.run(run()).kind in {"step.started", "hold.started", "rest.started"}


def test_other_requests(example: Any) -> None:
    """The page is at the root, there is nothing elsewhere, and noise is hung up on."""

    async def run() -> list[str]:
        async with serving(example) as site:
            page = await site.ask("GET /")
            answers = [await head(page), (await page.read()).decode()[:15]]
            answers += [await head(await site.ask("GET /etc/passwd"))]
            answers += [await head(await site.ask("DELETE /events"))]
            noise = await site.ask("x" * 100_000)
            with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
                await noise.readexactly(1)
            return answers

    missing = "HTTP/1.1 404 Not Found"
    assert asyncio.run(run()) == ["HTTP/1.1 200 OK", "<!doctype html>", missing, missing]


def test_other_hosts(example: Any) -> None:
    """A name that somebody else has led to this machine is not answered."""

    async def run() -> set[str]:
        async with serving(example) as site:
            hosts = ["evil.example", "localhost", "localhost:1", f"evil.example:{site.port}"]
            return {
                await head(await site.ask(request, f"Host: {host}"))
                for host in hosts
                for request in ("GET /", "GET /events", "POST /command")
            }

    assert asyncio.run(run()) == {"HTTP/1.1 421 Misdirected Request"}


def test_commands_come_from_the_own_page(example: Any) -> None:
    """A command of another page, or of none, is refused and starts nothing."""

    async def run() -> list[str]:
        async with serving(example) as site:
            port = site.port
            origins = ["http://evil.example", f"https://localhost:{port}", "null", ""]
            answers = [
                await head(await site.command(b"start", f"Origin: {origin}")) for origin in origins
            ]
            answers.append(await head(await site.command(b"start", "Accept: */*")))
            answers.append(
                await head(await site.command(b"start", f"Origin: http://127.0.0.1:{port}"))
            )
            assert site.stage.runner.state == "ready"
            return answers

    assert {*asyncio.run(run())} == {"HTTP/1.1 403 Forbidden"}


def test_commands(example: Any) -> None:
    """A command is carried out and its state told, or it is answered why not."""

    async def run() -> list[str]:
        async with serving(example) as site:
            stream = await site.ask("GET /events")
            told: list[str] = []
            for body in (b"start", b"toggle", b'{"command": "seek", "to_ms": 99000}', b"stop"):
                assert await head(await site.command(body)) == "HTTP/1.1 204 No Content"
            while '"stopped"' not in "".join(told[-1:]):
                line = (await stream.readline()).decode()
                if line.startswith('data: {"state"'):
                    told.append(line)
            refused = await site.command(b"pause")
            told.append(await head(refused))
            told.append((await refused.read()).decode())
            told.append(await head(await site.command(b"x" * 1000)))
            assert await head(await site.command(b"start")) == "HTTP/1.1 204 No Content"
            assert site.stage.runner.state == "running"
            return told

    *states, status, text, too_long = asyncio.run(run())
    assert [json.loads(each.removeprefix("data: "))["state"] for each in states][-1] == "stopped"
    assert (status, text) == (
        "HTTP/1.1 409 Conflict",
        "a player that is stopped cannot take the command pause",
    )
    assert too_long == "HTTP/1.1 413 Content Too Large"


def test_browser(example: Any, tmp_path: Path) -> None:
    """A browser says every instruction once, though it loses the connection on the way."""
    chromium = needs("chromium")

    async def run() -> str:
        done = asyncio.Event()

        async def wait(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            request = await reader.readuntil(b"\r\n\r\n")
            if request.startswith(b"GET /done"):
                done.set()
            await done.wait()
            writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
            writer.close()

        holder = await asyncio.start_server(wait, "127.0.0.1", 0)
        port = holder.sockets[0].getsockname()[1]
        example.PAGE += WATCH.format(port=port)
        async with serving(example) as site:
            browser = await asyncio.create_subprocess_exec(
                chromium,
                *("--headless", "--no-sandbox", "--disable-gpu"),
                *("--disable-background-networking", f"--user-data-dir={tmp_path}"),
                *("--dump-dom", f"http://127.0.0.1:{site.port}/"),
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
            try:
                while len(site.stage.past) <= 100:
                    await site.stage.news.wait()
                for writer in site.writers:
                    writer.close()
                output, _ = await asyncio.wait_for(browser.communicate(), SOON)
            finally:
                if browser.returncode is None:
                    browser.kill()
                    await browser.wait()
                holder.close()
        return output.decode()

    page = asyncio.run(run())
    said = [unescape(text) for text in re.findall(r"<li>(.*?)</li>", page)]
    segments = [segment.text for segment in example.TIMELINE.segments()]
    assert said == [*segments, "Done. Well done."]
    assert '<p id="line" role="status"></p>' in page
    assert '<button id="start">Start</button>' in page


def test_only_the_status_is_announced(example: Any) -> None:
    """What changes every second is a timer, which is not announced; what to do is a status."""
    assert re.findall(r'id="(\w+)" role="(\w+)"', example.PAGE) == [
        ("say", "status"),
        ("left", "timer"),
        ("line", "status"),
    ]
    assert 'role="timer" aria-live="off"' in example.PAGE


@pytest.mark.skipif(sys.platform == "win32", reason="a process there cannot be interrupted so")
def test_interrupted() -> None:
    """Ctrl-C ends it without a complaint, even while somebody listens."""

    async def run() -> tuple[int, bytes]:
        program = await asyncio.create_subprocess_exec(
            *(sys.executable, "-W", "error", EXAMPLE, "0", str(FAST)),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        assert program.stdout is not None
        try:
            address = (await program.stdout.readline()).decode()
            port = int(address.rstrip("/\n").rpartition(":")[2])
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(f"GET /events HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode())
            await reader.readuntil(b"\r\n\r\n")
            program.send_signal(2)
            _, complaints = await asyncio.wait_for(program.communicate(), SOON)
            writer.close()
        finally:
            if program.returncode is None:
                program.kill()
                await program.wait()
        assert program.returncode is not None
        return program.returncode, complaints

    assert asyncio.run(run()) == (0, b"")
