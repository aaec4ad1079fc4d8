"""One browser for all tests of the page, and pages to look at in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from supple import load_catalog, schedule
from supple.export import html
from tests.needs import needs, needs_module

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from supple import Timeline

# What a browser would do besides, on the network above all.
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]


def bundled(language: str, routine: str = "lower-back") -> Timeline:
    """Return a bundled routine in a language, laid out in time."""
    back = load_catalog("lower-back", language=language)
    return schedule(back.routines[routine], phrases=back.phrases)


def everything() -> str:
    """Return the page of the bundled routine, in every language."""
    others = [bundled("de"), bundled("es")]
    return html.page(bundled("en"), translations=others)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return the Chromium of the system, without a window.

    It is there for one file, since as long as it is no other event loop can run.
    """
    needs_module("playwright")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of the bundled routine's page, in every language."""
    path = tmp_path_factory.mktemp("page") / "lower-back.html"
    path.write_text(everything(), encoding="utf-8")
    return path


@pytest.fixture
def visit(browser: Browser, file: Path) -> Iterator[Callable[..., Page]]:
    """Return what opens a page from disk: with its clock in hand, and nothing else asked for.

    Whatever the page complains of, or asks of the network, fails the test.
    """
    complaints: list[str] = []
    requests: list[str] = []
    files = {file.as_uri()}
    contexts = []

    def visit(
        at: Path = file,
        *,
        width: int = 360,
        height: int = 740,
        before: str = "",
        **options: object,
    ) -> Page:
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        files.add(at.as_uri())
        if before:
            page.add_init_script(before)
        page.clock.install(time=0)
        page.goto(at.as_uri())
        page.clock.pause_at(1000)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []
    assert {*requests} <= files
