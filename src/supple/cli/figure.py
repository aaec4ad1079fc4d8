"""``supple figure``: how a pose or an exercise looks, drawn again whenever its file changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from supple.cli._command import (
    CATALOG,
    LANGUAGE,
    UsageError,
    ends_in,
    name,
    one_of,
    option,
    shown,
    switch,
)
from supple.cli._streams import writing

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from supple import Exercise, Pose
    from supple.cli._page import Page
    from supple.figures import Colours


ABOUT = (
    "Draw a pose in the terminal, say what is doubtful about it, and write it as a picture where "
    "one is wanted. Of an exercise its poses are drawn, in their order."
)
ARGUMENTS = (
    name("PATH", "the file of a pose, or the id of an exercise, or CATALOG/ID"),
    switch("--watch", "draw it again whenever the file changes, until Ctrl-C"),
    option(
        "--to",
        "the picture to write: an .svg file, or an .html page with the picture large and small, "
        "light, dark and mirrored, which reloads while it is watched",
        metavar="FILE",
        dest="target",
        read=ends_in(".svg", ".html"),
    ),
    option("--side", "left or right, as it is done on that side", read=one_of("left", "right")),
    switch("--blocks", "draw with half blocks, where braille does not look well"),
    CATALOG,
    LANGUAGE,
)

_COLUMNS, _LINES = 48, 14
_STYLES = {
    "body": "cyan",
    "legs": "bold blue",
    "hair": "bold blue",
    "body-far": "dim cyan",
    "legs-far": "dim blue",
    "arrow": "bold red",
    "mat": "dim",
    "pillow": "dim",
    "ghost": "dim",
    "wood": "yellow",
}


def run(arguments: Namespace) -> int:
    """Draw what the arguments name, and return the exit status: 1 where it cannot be read."""
    from supple.cli._routine_files import is_file

    if not arguments.watch:
        return _draw(arguments, is_file=is_file(arguments.name))
    if not is_file(arguments.name):
        raise UsageError(f"--watch: needs the file of a pose (got {shown(arguments.name)})")
    from supple.cli._watching import watch

    return watch(Path(arguments.name), lambda: _draw(arguments, is_file=True))


def _poses(arguments: Namespace) -> tuple[Pose, ...]:
    """Return the poses of the exercise that is named."""
    from supple.cli._lookup import find

    arguments.kind = "exercise"
    exercise = cast("Exercise", find(arguments).thing)
    if not exercise.poses:
        raise UsageError(f"{exercise.id} has no poses: none of its steps and holds names one")
    return exercise.poses


def _draw(arguments: Namespace, *, is_file: bool) -> int:
    """Draw the poses on one stage, write the picture, and tell what is doubtful."""
    from itertools import pairwise

    from supple import Side
    from supple.catalog import read_pose
    from supple.cli._page import Page
    from supple.figures import find_in_move, find_in_pose, on_side, stage_for

    side = arguments.side and Side(arguments.side)
    found = [read_pose(arguments.name)] if is_file else _poses(arguments)
    poses = [on_side(each, side) for each in found]
    page, stage = Page(), stage_for(poses)
    findings = [each for pose in poses for each in find_in_pose(pose, stage)]
    findings += [each for pair in pairwise(poses) for each in find_in_move(*pair, stage)]
    for pose in poses:
        write_pose(page, pose, poses, has_blocks=arguments.blocks)
    for each in findings:
        place = f"{each.where}: " if each.where else ""
        page.write(("doubtful  ", "bold yellow"), (f"{place}{each.message}", ""))
        page.write(("          ", ""), (each.remedy, "dim"))
    if arguments.target is not None:
        _write_picture(arguments, poses, [each.message for each in findings])
    return 0


def write_pose(page: Page, pose: Pose, poses: Sequence[Pose], *, has_blocks: bool = False) -> None:
    """Write a pose in the cells of a terminal, as large as others stand beside it."""
    from supple.figures import draw_runs, text_stage

    columns = min(page.width or _COLUMNS, _COLUMNS)
    size = {"columns": columns, "lines": _LINES}
    stage = text_stage(poses, **size, has_blocks=has_blocks)
    page.title(pose.id, pose.alt)
    for line in draw_runs(pose, **size, stage=stage, has_blocks=has_blocks):
        while line and line[-1][1] is None:
            line.pop()
        page.write(*((text, _STYLES[role] if role else "") for text, role in line))


def _write_picture(arguments: Namespace, poses: list[Pose], findings: list[str]) -> None:
    from supple._files import replace_file
    from supple.figures import animate_svg, draw_svg

    file = Path(arguments.target)
    if file.suffix == ".html":
        text = _html(poses, findings, is_watched=arguments.watch)
    else:
        text = animate_svg(poses) if len(poses) > 1 else draw_svg(poses[0])
    with writing(f"{file}: it"):
        replace_file(file, text.encode())


def _html(poses: list[Pose], findings: list[str], *, is_watched: bool) -> str:
    """Return a page with the picture in the sizes and colours in which it will be seen."""
    from html import escape

    from supple.figures import DARK, LIGHT, PRINT, Role, draw_svg, mirrored, stage_for

    def row(width: int, colours: Colours, shown: list[Pose]) -> str:
        stage = stage_for(shown)
        pictures = "".join(
            f'<div style="width:{width}px">{draw_svg(each, stage=stage, colours=colours)}</div>'
            for each in shown
        )
        return f'<div class="row" style="background:{colours[Role.PAPER]}">{pictures}</div>'

    others = [mirrored(each) for each in poses]
    refresh = '<meta http-equiv="refresh" content="1">' if is_watched else ""
    doubts = "".join(f"<li>{escape(each)}</li>" for each in findings)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8">{refresh}'
        f"<title>{escape(poses[0].id)}</title>"
        "<style>body{margin:1rem;font:1rem sans-serif}.row{display:flex;gap:1rem;padding:.5rem}"
        f"</style><ul>{doubts}</ul>"
        f"{row(400, LIGHT, poses)}{row(400, LIGHT, others)}{row(200, DARK, poses)}"
        f"{row(96, LIGHT, poses)}{row(96, DARK, poses)}{row(96, PRINT, poses)}</html>\n"
    )
