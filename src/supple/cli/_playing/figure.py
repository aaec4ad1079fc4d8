"""The figure that goes with an instant of a timeline: as cells of text, or as a real picture."""

from __future__ import annotations

import logging
from contextlib import suppress
from functools import cache, partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

from textual.content import Content

from supple import Side
from supple.cli._playing.parts import MatPart, lines_of
from supple.figures import (
    DARK,
    LIGHT,
    Role,
    body_at,
    draw_runs,
    draw_svg,
    on_side,
    stage_for,
    text_stage,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.widget import Widget

    from supple.cli._playing.view import Shown, View
    from supple.figures import Stage

_LEAST = (24, 6)
_STYLES = {
    "body": "$foreground",
    "legs": "$foreground",
    "hair": "$foreground",
    "body-far": "$quiet",
    "legs-far": "$quiet",
    "mat": "$faint",
    "pillow": "$faint",
    "ghost": "$faint",
    "wood": "$faint",
    "arrow": "$accent",
}


class Figure(MatPart):
    """The body, moving, in braille or else in blocks; nothing without a pose or without room."""

    def __init__(self, shown: Shown, *, has_blocks: bool = False) -> None:
        super().__init__(self._content, id="figure")
        self._shown = shown
        self._has_blocks = has_blocks
        self._stage = cache(partial(_stage, text_stage, shown, has_blocks=has_blocks))

    def _content(self, view: View, columns: int, lines: int) -> Content:
        pose = body_at(self._shown.timeline, view.moment)
        if pose is None or columns < _LEAST[0] or lines < _LEAST[1]:
            return Content("")
        stage = self._stage(view.exercise.exercise, columns=columns, lines=lines)
        runs = draw_runs(
            pose, columns=columns, lines=lines, stage=stage, has_blocks=self._has_blocks
        )
        return lines_of(
            [(text, _STYLES.get(role or "", "")) for text, role in line] for line in runs
        )


class Picture(MatPart):
    """The body, moving, as a picture.

    Args:
        shown: What is played.
        image: What shows a picture on this terminal.
        rasterize: What makes a PNG of an SVG, so many pixels wide.
        cell: How many pixels a cell of the terminal has across and down.
    """

    def __init__(
        self, shown: Shown, image: Any, rasterize: Callable[..., bytes], cell: tuple[int, int]
    ) -> None:
        super().__init__(lambda *_: Content(""), id="figure")
        self._shown = shown
        self._image = image
        self._rasterize = rasterize
        self._cell = cell
        self._stage = cache(partial(_stage, stage_for, shown))
        self._painted: object = None

    def compose(self) -> ComposeResult:
        yield self._image

    def show(self, view: View) -> None:
        """Show the body of a view, if it looks different from what is shown."""
        from PIL import Image

        pose = body_at(self._shown.timeline, view.moment)
        size, theme = self.content_size, self.app.current_theme
        if not size or self._painted == (pose, size, theme.name):
            return
        self._painted = (pose, size, theme.name)
        if pose is None:
            self._image.image = None
            return
        width, height = size.width * self._cell[0], size.height * self._cell[1]
        colours = {**(DARK if theme.dark else LIGHT), Role.PAPER: theme.background or "#000000"}
        stage = self._stage(view.exercise.exercise, width=width, height=height)
        svg = draw_svg(pose, stage=stage, colours=colours, has_paper=True, has_style=False)
        self._image.image = Image.open(BytesIO(self._rasterize(svg, width=width)))


def figure_for(
    shown: Shown, *, has_blocks: bool = False, has_pictures: bool = True
) -> Callable[[], Widget]:
    """Return what makes the best figure that this terminal can show.

    The terminal is asked for it, which it answers only before a screen has taken it over.
    """
    logging.getLogger("textual_image").addHandler(logging.NullHandler())  # many do not answer
    with suppress(ImportError):
        from resvg_py import svg_to_bytes
        from textual_image import renderable, widget
        from textual_image._terminal import get_cell_size

        kinds = {renderable.TGPImage: widget.TGPImage, renderable.SixelImage: widget.SixelImage}
        if has_pictures and (image := kinds.get(renderable.Image)):
            return lambda: Picture(shown, image(), svg_to_bytes, get_cell_size())
    return lambda: Figure(shown, has_blocks=has_blocks)


def _stage(make: Callable[..., Stage], shown: Shown, exercise: str, **size: int) -> Stage:
    """Return a stage for all poses of an exercise, on both sides."""
    poses = shown.timeline.routine.exercises[exercise].poses
    return make([on_side(pose, side) for pose in poses for side in (None, Side.LEFT)], **size)
