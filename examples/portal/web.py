"""What the portal answers.

Every answer is JSON, but for the page and the stream. A refusal says what was required and where
in the document, and nothing of this machine.
"""

from __future__ import annotations

import asyncio
import hmac
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

import supple
from supple.catalog import RoutineLimits, loads_routine

from .sessions import MOST_LISTENERS, BusyError, Session, Sessions
from .store import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

CATALOGS = (supple.load_catalog("lower-back"),)
"""What a routine may name. Whatever else is installed is not for the portal."""

LIMITS = RoutineLimits(size=64 * 1024, duration_ms=2 * 60 * 60 * 1000)
BODY_SECONDS = 10
MOST_PROBLEMS = 20
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
PAGE = Path(__file__).with_name("page.html").read_text(encoding="utf-8")

read_routine = partial(loads_routine, catalogs=CATALOGS, limits=LIMITS)


def make_app(database: Path, *, token: str, hosts: list[str], speed: float = 1) -> Starlette:
    """Return the portal.

    Args:
        database: The file in which everything is kept.
        token: What a therapist's program sends to post routines.
        hosts: The names under which the portal is reached; it answers to no other.
        speed: How many times as fast as real a routine goes, to try it out.
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.store = store = Store(database)
        app.state.sessions = Sessions(store, read_routine, speed=speed)
        app.state.reading = asyncio.Semaphore(2)
        app.state.token = token
        try:
            yield
        finally:
            app.state.sessions.close()
            store.close()

    return Starlette(
        routes=[
            Route("/routines", post_routine, methods=["POST"]),
            Route("/routines/{key}", put_routine, methods=["PUT"]),
            Route("/routines/{key}/sessions", post_session, methods=["POST"]),
            Route("/sessions/{key}", get_session),
            Route("/sessions/{key}/commands", post_command, methods=["POST"]),
            Route("/sessions/{key}/events", get_events),
            Route("/go/{key}", get_page),
        ],
        lifespan=lifespan,
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=hosts)],
        exception_handlers={
            supple.CatalogError: refuse_document,
            supple.ModelError: partial(refuse, 422),
            supple.PlayerStateError: partial(refuse, 409),
            supple.SnapshotError: partial(refuse, 409),
            BusyError: refuse_busy,
            HTTPException: refuse_request,
            Exception: refuse_fault,
        },
    )


# --- a therapist's program ------------------------------------------------------------


async def post_routine(request: Request) -> Response:
    """Keep a routine."""
    require_token(request)
    document, routine = await routine_of(request)
    key = request.app.state.store.add_routine(document)
    return answer(about(key, routine), 201, Location=f"/routines/{key}")


async def put_routine(request: Request) -> Response:
    """Replace a routine; whoever is doing it goes on with the new one the next time."""
    require_token(request)
    document, routine = await routine_of(request)
    key = request.path_params["key"]
    if not request.app.state.store.replace_routine(key, document):
        raise HTTPException(404)
    return answer(about(key, routine))


async def post_session(request: Request) -> Response:
    """Begin a session; its page is for the person."""
    require_token(request)
    store: Store = request.app.state.store
    if store.routine(routine := request.path_params["key"]) is None:
        raise HTTPException(404)
    key = store.add_session(routine)
    return answer({"key": key, "page": f"/go/{key}"}, 201, Location=f"/sessions/{key}")


# --- the person -----------------------------------------------------------------------


async def get_session(request: Request) -> Response:
    """Say how things stand."""
    return answer(session_of(request).as_dict())


async def post_command(request: Request) -> Response:
    """Start, pause, resume, skip, go back, stop."""
    session_of(request).command(await body_of(request))
    return Response(status_code=204, headers=HEADERS)


async def get_events(request: Request) -> Response:
    """Send what happens for as long as somebody listens."""
    session = session_of(request)
    if session.listeners >= MOST_LISTENERS:
        raise BusyError
    stream = session.stream(request.headers.get("last-event-id", ""))
    return StreamingResponse(stream, media_type="text/event-stream", headers=HEADERS)


async def get_page(request: Request) -> Response:
    """Send the page; it finds its session by its own address."""
    del request
    nonce = token_urlsafe()
    policy = f"default-src 'none'; connect-src 'self'; img-src data:; frame-ancestors 'none'; \
style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'"
    headers = HEADERS | {"Content-Security-Policy": policy, "Referrer-Policy": "no-referrer"}
    return HTMLResponse(PAGE.replace("NONCE", nonce), headers=headers)


# --- reading requests -----------------------------------------------------------------


def require_token(request: Request) -> None:
    """Let nobody else pass than who has the token of therapists."""
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(given.encode(), request.app.state.token.encode()):
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})


def session_of(request: Request) -> Session:
    """Return the session that a request is about."""
    session: Session | None = request.app.state.sessions.find(request.path_params["key"])
    if session is None:
        raise HTTPException(404)
    return session


async def body_of(request: Request) -> bytes:
    """Return the body, if it is JSON, comes in time and is no larger than is allowed.

    A page of somebody else cannot send JSON without asking first, and is never allowed to.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415, "must be application/json")
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > LIMITS.size:
                    raise HTTPException(413, f"must be at most {LIMITS.size} bytes long")
    except TimeoutError:
        raise HTTPException(408, f"must come within {BODY_SECONDS} seconds") from None
    except ClientDisconnect:
        raise HTTPException(400) from None
    return bytes(body)


async def routine_of(request: Request) -> tuple[str, supple.Routine]:
    """Return the routine in a body, as it was posted and as a value.

    It is read in a thread, two at a time, so that a large one holds up nobody who is exercising.
    """
    body = await body_of(request)
    async with request.app.state.reading:
        routine = await asyncio.to_thread(read_routine, body)
    return body.decode(), routine


# --- answering ------------------------------------------------------------------------


def answer(data: object, status: int = 200, **headers: str) -> Response:
    """Return plain data as JSON."""
    return JSONResponse(data, status, HEADERS | headers)


def about(key: str, routine: supple.Routine) -> dict[str, Any]:
    """Return what a therapist should see of a routine before sending it to somebody."""
    timeline = supple.schedule(routine)
    exercises = {id: exercise.name for id, exercise in routine.exercises.items()}
    duration_ms = timeline.duration_ms
    return {"key": key, "name": routine.name, "duration_ms": duration_ms, "exercises": exercises}


async def refuse_document(_: Request, error: Exception) -> Response:
    """Say what is wrong with a document, and where; of a great many faults the first ones."""
    assert isinstance(error, supple.CatalogError)
    problems = [
        {"path": each.path, "requirement": each.requirement, "message": str(each)}
        for each in error.problems[:MOST_PROBLEMS]
    ]
    total = len(error.problems)
    return answer({"error": "CatalogError", "count": total, "problems": problems}, 422)


async def refuse(status: int, _: Request, error: Exception) -> Response:
    """Say what is wrong with a command, or with its time."""
    assert isinstance(error, supple.SuppleError)
    return answer(error.as_dict(), status)


async def refuse_busy(_: Request, error: Exception) -> Response:
    """Ask to come again."""
    del error
    return answer({"error": "BusyError"}, 503, **{"Retry-After": "10"})


async def refuse_request(_: Request, error: Exception) -> Response:
    """Say what is wrong with a request."""
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    return answer({"error": "HTTPError", "message": error.detail}, error.status_code, **headers)


async def refuse_fault(_: Request, error: Exception) -> Response:
    """Say that it is the portal's fault, and no more; the log of the server has the rest."""
    del error
    return answer({"error": "InternalError"}, 500)
