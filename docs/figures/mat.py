# ruff: noqa: INP001 - a script, no package
"""Draw the pictures of `supple play` that stand in the documentation: ``nox -s figures``."""

import asyncio
import re
from pathlib import Path

import supple
from supple.cli._playing.figure import Figure
from supple.cli._playing.mat import Mat
from supple.cli._playing.view import Shown
from supple.cli._playing.voice import Sounds
from supple.testing import ManualClock

FOLDER = Path(__file__).parents[1] / "_static"
FONTS = "'DejaVu Sans Mono', Menlo, Consolas, monospace"

PICTURES = {
    "play-start": ("en", (120, 40), False, None),
    "play-left": ("en", (100, 30), False, 15_900),
    "play-right": ("de", (100, 30), True, 39_500),
    "play-small": ("en", (40, 12), False, 258_900),
    "play-end": ("en", (80, 24), False, 386_000),
}
"""The language, the size, whether it is light, and the instant; ``None`` before the start."""


async def draw(language: str, size: tuple[int, int], is_light: bool, at_ms: int | None) -> str:  # noqa: FBT001
    """Return one picture as SVG."""
    back = supple.load_catalog("lower-back", language=language)
    timeline = supple.schedule(back.routines["lower-back"])
    shown, clock = Shown(timeline), ManualClock()
    mat = Mat(
        supple.Player(timeline),
        shown,
        lambda: Figure(shown),
        Sounds(),
        is_light=is_light,
        timer=clock,
    )
    async with mat.run_test(size=size) as pilot:
        await pilot.pause()
        if at_ms is not None:
            await pilot.press("enter")
            clock.advance(at_ms / 1000)
            await pilot.pause()
            mat.show()
            await pilot.pause()
        return clean(mat.export_screenshot(title="supple play"))


def clean(svg: str) -> str:
    """Return a screenshot with nothing to be fetched from elsewhere."""
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code, monospace", FONTS).replace("Fira Code", "DejaVu Sans Mono")
    svg = re.sub(r' clip-path="url\(#[^"]*-line-\d+\)"', "", svg)
    svg = re.sub(r'<clipPath id="[^"]*-line-\d+">.*?</clipPath>\s*', "", svg, flags=re.DOTALL)
    return re.sub(r"font-size: 20px;(\s+line-height)", r"font-size: 21px;\1", svg)  # blocks meet


def main() -> None:
    """Draw all of them."""
    FOLDER.mkdir(exist_ok=True)
    for name, (language, size, is_light, at_ms) in PICTURES.items():
        svg = asyncio.run(draw(language, size, is_light, at_ms))
        (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
