# ruff: noqa: INP001 - a script, no package
"""Draw the contact sheets of this folder: every exercise large and small, and on its way.

It needs Chromium, which turns pages into pictures.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from html import escape
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from supple import Side, Sides, load_catalog
from supple.figures import (
    DARK,
    LIGHT,
    PRINT,
    Role,
    between,
    draw_svg,
    eased,
    on_side,
    stage_for,
)

if TYPE_CHECKING:
    from supple import Catalog, Exercise, Pose
    from supple.figures import Colours, Stage

HERE = Path(__file__).parent
DESK = HERE.parents[1] / "examples/desk_break/src/supple_desk_break"
STEPS = 4


def poses_on(exercise: Exercise, side: Side | None) -> list[Pose]:
    """Return the poses of an exercise as they are on a side."""
    return [on_side(each, side) for each in exercise.poses]


def pictures(poses: list[Pose], colours: Colours, width: int) -> str:
    """Return the poses of an exercise beside each other, on one stage."""
    stage = stage_for(poses)
    before = [None, *poses]
    return "".join(
        _picture(pose, stage, colours, width, earlier)
        for earlier, pose in zip(before, poses, strict=False)
    )


def _picture(
    pose: Pose, stage: Stage, colours: Colours, width: int, before: Pose | None = None
) -> str:
    drawn = draw_svg(pose, stage=stage, before=before, colours=colours)
    return f'<div style="width:{width}px">{drawn}</div>'


def large(catalog: Catalog) -> str:
    """Return every exercise of a catalog at 400 pixels, and at 96 beside it."""
    rows = []
    for exercise in catalog.exercises.values():
        poses = poses_on(exercise, None)
        rows.append(
            f"<section><h2>{escape(exercise.name)}</h2><div>{pictures(poses, LIGHT, 400)}"
            f"{pictures(poses, LIGHT, 96)}</div></section>"
        )
    return "".join(rows)


def small(catalogs: list[Catalog]) -> str:
    """Return every picture at 96 pixels: light, dark, in print, and on the left."""

    def block(colours: Colours, side: Side | None) -> str:
        drawn = "".join(
            pictures(poses_on(exercise, side), colours, 96)
            for catalog in catalogs
            for exercise in catalog.exercises.values()
            if side is None or exercise.sides is not Sides.NONE
        )
        return f'<section style="background:{colours[Role.PAPER]}"><div>{drawn}</div></section>'

    return block(LIGHT, None) + block(DARK, None) + block(PRINT, None) + block(LIGHT, Side.LEFT)


def moves(catalogs: list[Catalog]) -> str:
    """Return every exercise on its way from pose to pose."""
    rows = []
    for catalog in catalogs:
        for exercise in catalog.exercises.values():
            poses = poses_on(exercise, None)
            stage = stage_for(poses)
            drawn = [
                _picture(between(a, b, eased(i / STEPS)), stage, LIGHT, 130, a)
                for a, b in pairwise(poses)
                for i in range(STEPS)
            ]
            drawn.append(_picture(poses[-1], stage, LIGHT, 130, poses[-2]))
            rows.append(f"<section><div>{''.join(drawn)}</div></section>")
    return "".join(rows)


def shoot(name: str, body: str, width: int, height: int) -> None:
    """Write a page as a picture."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        sys.exit("sheets.py: chromium is not installed")
    style = (
        "body{margin:0;font:16px sans-serif;color:#333;background:#fff}section{padding:6px}"
        "h2{margin:0 0 4px;font-size:16px}section>div{display:flex;flex-wrap:wrap;gap:6px;"
        "align-items:end}"
    )
    with TemporaryDirectory() as folder:
        page = Path(folder, "sheet.html")
        page.write_text(
            f'<!doctype html><meta charset="utf-8"><style>{style}</style>{body}',
            encoding="utf-8",
        )
        subprocess.run(  # noqa: S603 - a browser, on a page of our own
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--hide-scrollbars",
                f"--screenshot={HERE / name}",
                f"--window-size={width},{height}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
        )


def main() -> None:
    """Draw every sheet."""
    back, desk = load_catalog("lower-back"), load_catalog(str(DESK))
    shoot("lower-back.png", large(back), 1540, 2020)
    shoot("desk-break.png", large(desk), 1540, 2700)
    shoot("small.png", small([back, desk]), 730, 1330)
    shoot("moves.png", moves([back, desk]), 1240, 1480)


if __name__ == "__main__":
    main()
