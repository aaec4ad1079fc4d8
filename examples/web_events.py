"""A routine in the browser, by server-sent events: `python web_events.py [PORT [SPEED]]`.

Every page sees the same routine. One that loses the connection comes back with the number of the
last event that it has seen, and is sent what it has missed; a new one is sent what is under way.

Any page that a person has open can send requests to this machine. So only those are answered that
name this server as their host, and commands are taken from its own page alone.
"""

import asyncio
import json
import sys
from contextlib import suppress
from secrets import token_hex

import supple
from supple.export import event_lines
from supple.timers import Runner

BACK = supple.load_catalog("lower-back")
TIMELINE = supple.schedule(BACK.routines["in-bed"])
BEGINNINGS = {"step.started", "hold.started", "rest.started", "routine.ended"}

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A routine</title>
<link rel="icon" href="data:,">
<style>
  :root { color-scheme: light dark; --ink: #16302b; --paper: #f4f7f5; --accent: #1f7a66; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e6f0ec; --paper: #101917; --accent: #5cc7ab; }
  }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; text-align: center;
         font: 1.25rem/1.4 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
  main { max-width: 34rem; padding: 2rem; }
  h1 { font-size: 1rem; letter-spacing: .12em; text-transform: uppercase; color: var(--accent); }
  #say { font-size: 2rem; min-height: 2.8em; }
  #left { --part: 0; width: 10rem; aspect-ratio: 1; margin: 1rem auto; border-radius: 50%;
          display: grid; place-items: center; font-size: 3.5rem; font-weight: 200;
          font-variant-numeric: tabular-nums;
          background: radial-gradient(closest-side, var(--paper) 92%, transparent 93%),
                      conic-gradient(var(--accent) calc(var(--part) * 1turn), #8884 0); }
  #count, #line { min-height: 1.4em; opacity: .75; font-size: 1rem; }
  button { font: inherit; padding: .6em 2em; border: 0; border-radius: 2em; cursor: pointer;
           color: var(--paper); background: var(--accent); }
</style>
<main>
  <h1 id="title">A routine</h1>
  <p id="say" role="status">Lie down, and start when you are ready.</p>
  <p id="left" role="timer" aria-live="off"></p>
  <p id="count"></p>
  <button id="start">Start</button>
  <button id="pause" hidden>Pause</button>
  <p id="line" role="status"></p>
</main>
<script>
  const show = (id, text) => { document.getElementById(id).textContent = text }
  const [left, start, pause] = ["left", "start", "pause"].map(id => document.getElementById(id))
  let endsAt = 0, lasts = 0, standsAt = null
  const tick = () => {
    const ms = Math.max(0, endsAt - (standsAt ?? performance.now()))
    left.textContent = lasts ? Math.ceil(ms / 1000) : ""
    left.style.setProperty("--part", lasts ? ms / lasts : 0)
  }
  setInterval(tick, 100)
  const command = word => fetch("command", { method: "POST", body: word })
  start.onclick = () => command("start")
  pause.onclick = () => command("toggle")
  const events = new EventSource("events")
  events.onopen = () => show("line", "")
  events.onerror = () => show("line", "The connection is lost. Trying again …")
  events.addEventListener("state", message => {
    const { state, left_ms } = JSON.parse(message.data)
    start.hidden = ["running", "paused"].includes(state)
    pause.hidden = !start.hidden
    pause.textContent = state === "paused" ? "Go on" : "Pause"
    standsAt = state === "paused" ? performance.now() : null
    endsAt = performance.now() + left_ms
    tick()
  })
  events.onmessage = message => {
    const { event, title, ago_ms, speed } = JSON.parse(message.data)
    show("title", title)
    if (/^(step|hold|rest).started$/.test(event.kind)) {
      show("say", event.text)
      const count = event.rep ? `${event.rep} of ${event.reps}` : ""
      show("count", [event.side, count].filter(Boolean).join(" · "))
      lasts = event.duration_ms / speed
      endsAt = performance.now() + lasts - ago_ms
    }
    if (event.kind === "routine.ended") {
      show("say", "Done. Well done.")
      show("count", "")
      lasts = 0
    }
    tick()
  }
</script>
"""


class Stage:
    """One routine, and everything that has happened in it so far."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self.past: list[tuple[float, supple.Event]] = []
        self.name = token_hex(4)  # numbers of another process mean nothing here
        self.news = asyncio.Event()
        self.runner = self._runner()

    def _runner(self) -> Runner:
        player = supple.Player(TIMELINE, speed=self.speed, hands_free=True)
        return Runner(player, asyncio.get_running_loop(), self._hear, on_change=self._tell)

    def command(self, body: bytes) -> None:
        """Carry out a command; a start begins anew what is over."""
        word, arguments = supple.read_command(body)
        if word == "start" and self.runner.state in {"finished", "stopped"}:
            self.runner = self._runner()
        self.runner.command(word, **arguments)

    def _hear(self, event: supple.Event) -> None:
        self.past.append((asyncio.get_running_loop().time(), event))
        self._tell()

    def _tell(self, _: object = None) -> None:
        """Wake everybody who waits for news."""
        self.news.set()
        self.news = asyncio.Event()

    def first_for(self, last_event_id: str) -> int:
        """Return the number of the event with which to go on, or with which to begin."""
        name, _, number = last_event_id.partition("-")
        if name == self.name and number.isdecimal() and len(number) < 10:
            return int(number) + 1
        for i, (_, event) in reversed([*enumerate(self.past)]):
            if event.kind in BEGINNINGS:
                return i
        return 0

    def message(self, number: int) -> str:
        """Return an event as a page wants it, with how long ago it was."""
        when, event = self.past[number]
        ago_ms = round((asyncio.get_running_loop().time() - when) * 1000)
        data = json.dumps(
            {
                "event": json.loads(event_lines.encode(event)),
                "title": BACK[event.exercise].name if event.exercise else TIMELINE.routine.name,
                "ago_ms": ago_ms,
                "speed": self.speed,
            }
        )
        return f"id: {self.name}-{number}\ndata: {data}\n\n"

    def state(self) -> str:
        """Return the state as a page wants it, with how much is left of what is under way."""
        left_ms = self.runner.moment().remaining_ms / self.speed
        data = json.dumps({"state": self.runner.state, "left_ms": left_ms})
        return f"event: state\ndata: {data}\n\n"

    async def stream(self, writer: asyncio.StreamWriter, number: int) -> None:
        """Send the events from one on, and every state, for as long as anybody listens."""
        writer.write(b"retry: 1000\n\n")
        told = None
        while True:
            news = self.news
            while number < len(self.past):
                writer.write(self.message(number).encode())
                number += 1
            if told is not self.runner.state:
                told = self.runner.state
                writer.write(self.state().encode())
            await writer.drain()
            try:
                async with asyncio.timeout(15):  # a proxy would take silence for the end
                    await news.wait()
            except TimeoutError:
                writer.write(b": still here\n\n")


def refuse(what: list[str], fields: dict[str, str], port: int) -> str | None:
    """Return the status for what another page may have sent, or what is too long."""
    host = fields.get("host")
    if host not in {f"127.0.0.1:{port}", f"localhost:{port}"}:
        return "421 Misdirected Request"  # a name that somebody else has led here
    if what[0] == "POST" and fields.get("origin") != f"http://{host}":
        return "403 Forbidden"
    length = fields.get("content-length", "0")
    return None if length.isdecimal() and len(length) <= 3 else "413 Content Too Large"


async def answer(stage: Stage, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer one request."""

    def head(status: str, kind: str = "text/plain", text: str = "") -> None:
        writer.write(
            f"HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\n"
            "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
            f"X-Frame-Options: DENY\r\nConnection: close\r\n\r\n{text}".encode()
        )

    port = writer.get_extra_info("sockname")[1]
    streams = False
    try:
        async with asyncio.timeout(10):
            request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = request.split("\r\n")
            fields = dict(line.lower().split(": ", 1) for line in lines if ": " in line)
            what = first.split(" ")[:2]
            if refusal := refuse(what, fields, port):
                head(refusal)
                return
            match what:
                case ["GET", "/"]:
                    head("200 OK", "text/html", PAGE)
                case ["POST", "/command"]:
                    stage.command(await reader.readexactly(int(fields.get("content-length", 0))))
                    head("204 No Content")
                case ["GET", "/events"]:
                    head("200 OK", "text/event-stream")
                    streams = True
                case _:
                    head("404 Not Found")
        await writer.drain()
        if streams:
            await stage.stream(writer, stage.first_for(fields.get("last-event-id", "")))
    except supple.SuppleError as error:
        head("409 Conflict", text=str(error))
    except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        pass  # it has gone away, or does not speak HTTP
    finally:
        writer.close()


async def serve(port: int, speed: float) -> None:
    """Serve the page on this machine only."""
    stage = Stage(speed)
    async with asyncio.TaskGroup() as group:
        server = await asyncio.start_server(
            lambda *io: group.create_task(answer(stage, *io)), "127.0.0.1", port
        )
        print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", flush=True)
        try:
            await asyncio.Event().wait()
        finally:
            server.close()


if __name__ == "__main__":
    port = int(sys.argv[1]) if sys.argv[1:] else 8000
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(port, float(sys.argv[2]) if sys.argv[2:] else 1.0))
