"""A routine in the browser, by server-sent events: `python web_events.py [PORT [SPEED]]`.

Every page sees the same routine. One that loses the connection comes back with the number of the
last event that it has seen, and is sent what it has missed; a new one is sent what is under way.
"""

import asyncio
import json
import sys
from contextlib import suppress
from secrets import token_hex

import supple
from supple.export import event_lines
from supple.timers import aplay

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
  <p id="line" role="status"></p>
</main>
<script>
  const show = (id, text) => { document.getElementById(id).textContent = text }
  const left = document.getElementById("left"), start = document.getElementById("start")
  let endsAt = 0, lasts = 0
  const tick = () => {
    const ms = Math.max(0, endsAt - performance.now())
    left.textContent = lasts ? Math.ceil(ms / 1000) : ""
    left.style.setProperty("--part", lasts ? ms / lasts : 0)
  }
  setInterval(tick, 100)
  start.onclick = () => fetch("start", { method: "POST" })
  const events = new EventSource("events")
  events.onopen = () => show("line", "")
  events.onerror = () => show("line", "The connection is lost. Trying again …")
  events.onmessage = message => {
    const { event, title, ago_ms, speed } = JSON.parse(message.data)
    start.hidden = event.kind !== "routine.ended"
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
        self.changed = asyncio.Condition()
        self.playing: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Play the routine, unless it is being played."""
        if self.playing is None or self.playing.done():
            self.playing = asyncio.create_task(self._play())

    async def _play(self) -> None:
        async for event in aplay(TIMELINE, speed=self.speed):
            self.past.append((asyncio.get_running_loop().time(), event))
            async with self.changed:
                self.changed.notify_all()

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

    async def _is_there(self, number: int) -> bool:
        """Wait for an event, but not for long: a proxy would take silence for the end."""
        try:
            async with asyncio.timeout(15), self.changed:
                return await self.changed.wait_for(lambda: len(self.past) > number)
        except TimeoutError:
            return False

    async def stream(self, writer: asyncio.StreamWriter, number: int) -> None:
        """Send the events from one on, for as long as anybody listens."""
        writer.write(b"retry: 1000\n\n")
        while True:
            while number < len(self.past):
                writer.write(self.message(number).encode())
                number += 1
            await writer.drain()
            if not await self._is_there(number):
                writer.write(b": still here\n\n")


async def answer(stage: Stage, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer one request."""

    def head(status: str, kind: str) -> None:
        writer.write(
            f"HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\n"
            "Cache-Control: no-store\r\nConnection: close\r\n\r\n".encode()
        )

    try:
        async with asyncio.timeout(10):
            request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = request.split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in lines if ": " in line)
        match first.split(" ")[:2]:
            case ["GET", "/"]:
                head("200 OK", "text/html")
                writer.write(PAGE.encode())
            case ["GET", "/events"]:
                head("200 OK", "text/event-stream")
                await stage.stream(writer, stage.first_for(fields.get("last-event-id", "")))
            case ["POST", "/start"]:
                stage.start()
                head("204 No Content", "text/plain")
            case _:
                head("404 Not Found", "text/plain")
        await writer.drain()
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
