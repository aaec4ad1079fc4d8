"""Pictures as SVG: still ones, and such that move by themselves."""

import math
from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise

from attrs import evolve

from supple._errors import ModelError
from supple._model.pose import Pose, unchecked
from supple.figures._body import Capsule, Outline
from supple.figures._motion import between, eased
from supple.figures._picture import Stage, shapes_of, stage_for
from supple.figures._shapes import LIGHT, Colours, Role, Shape, stylesheet
from supple.figures._view import Flat


def number(x: float) -> str:
    """Return a number with one decimal place at most."""
    text = f"{x:.1f}"
    return "0" if text == "-0.0" else text.removesuffix(".0")


def path(outline: Outline, *, is_open: bool = False) -> str:
    """Return the data of a path; outlines of the same kind give the same commands."""
    end = "" if is_open else "z"
    return "".join(
        _capsule(each)
        if isinstance(each, Capsule)
        else f"M{'L'.join(f'{number(x)} {number(y)}' for x, y in each)}{end}"
        for each in outline
    )


def _capsule(capsule: Capsule) -> str:
    (ax, ay), ra, (bx, by), rb = capsule.a, capsule.ra, capsule.b, capsule.rb
    dx, dy = bx - ax, by - ay
    # Where one circle holds the other the path keeps its commands, so that it can be animated.
    d = max(math.hypot(dx, dy), abs(ra - rb) + _LEAST)
    way, opening = math.atan2(dy, dx), math.acos((ra - rb) / d)

    def on(c: Flat, r: float, angle: float) -> str:
        return f"{number(c[0] + r * math.cos(angle))} {number(c[1] + r * math.sin(angle))}"

    # A radius is rounded up: an arc whose ends are farther apart than it spans would bulge.
    big_a, big_b = int(opening < math.pi / 2), int(opening > math.pi / 2)
    return (
        f"M{on(capsule.a, ra, way + opening)}L{on(capsule.b, rb, way + opening)}"
        f"A{number(rb)} {number(rb)} 0 {big_b} 0 {on(capsule.b, rb, way - opening)}"
        f"L{on(capsule.a, ra, way - opening)}"
        f"A{number(ra)} {number(ra)} 0 {big_a} 0 {on(capsule.a, ra, way + opening)}z"
    )


_LEAST = 1e-3


def _element(shape: Shape, colours: Colours | None, inner: str = "") -> str:
    """Return an element; without colours one that is light or dark as its page is."""
    colour = (colours or LIGHT)[shape.role]
    classes = [] if shape.is_open else [f"sf-{shape.role}"]
    data = path(shape.outline, is_open=shape.is_open)
    attributes = (
        f'data-part="{shape.name}" d="{data}" fill="{"none" if shape.is_open else colour}"'
    )
    if shape.edge:
        attributes += f' stroke="{colour}" stroke-width="{number(shape.edge)}"'
        classes.append(f"ss-{shape.role}")
    if colours is None:
        attributes += f' class="{" ".join(classes)}"'
    return f"<path {attributes}>{inner}</path>" if inner else f"<path {attributes}/>"


def draw_svg(  # noqa: PLR0913 - a picture has this many aspects, each by its name
    pose: Pose,
    *,
    stage: Stage | None = None,
    before: Pose | None = None,
    title: str | None = None,
    colours: Colours | None = None,
    has_paper: bool = False,
    has_style: bool = True,
) -> str:
    """Return a picture of a pose as the text of an SVG.

    It has a title and a description for who does not see it, and the same arguments give the
    same bytes, everywhere.

    Args:
        pose: What to draw.
        stage: Where to draw it, from :func:`stage_for`; for this pose alone where it is left out.
        before: The pose in which the movement starts, for scenes that show it as a ghost.
        title: What it is called; what the pose shows is then its description.
        colours: The colours, by role. Where they are left out, the picture is light or dark as
            its page is, and light in a program that cannot tell.
        has_paper: Whether the background is painted.
        has_style: Whether the rules for dark paper stand in it. Leave them out where the page
            has them once, from :func:`stylesheet`.
    """
    stage = stage or stage_for([pose])
    body = "".join(_element(each, colours) for each in shapes_of(pose, stage, before=before))
    style = stylesheet() if colours is None and has_style else ""
    head = _head(stage, style, colours, has_paper=has_paper)
    return _document(stage, head, body, pose.alt, title)


def animate_svg(
    poses: Sequence[Pose],
    *,
    title: str | None = None,
    seconds: float = 2.0,
    colours: Colours | None = None,
    has_paper: bool = False,
) -> str:
    """Return a picture that moves through some poses and back, without end, as an SVG.

    It stays a while in each pose. Somebody who asked their system for less motion, and a
    printer, see the last pose still.

    Args:
        poses: The poses, at least two, in their order.
        title: What it is called; what the last pose shows is then its description.
        seconds: How long it takes from one pose to the next.
        colours: The colours, as for :func:`draw_svg`.
        has_paper: Whether the background is painted.

    Raises:
        ModelError: If there are not two poses.
    """
    if len(poses) < 2:  # noqa: PLR2004 - from one to another
        raise ModelError("animate_svg.poses", "must be at least two", poses)
    stage, last = stage_for(poses), poses[-1]
    plain = evolve(last.scene, ghost=None, arrows=())
    there = [unchecked(each, scene=plain) for each in poses]
    stops = [*there, *there[-2::-1]]
    moves = len(stops) - 1
    frames: list[list[Shape]] = []
    times: list[float] = []
    for i, (a, b) in enumerate(pairwise(stops)):
        for step in range(_STEPS + 1):
            part = step / _STEPS
            frames.append(shapes_of(between(a, b, eased(part)), stage))
            times.append((i + _STAY + (1 - 2 * _STAY) * part) / moves)
    frames, times = [frames[0], *frames, frames[-1]], [0.0, *times, 1.0]
    key_times = ";".join(f"{t:.3f}" for t in times)
    by_name = [{shape.name: shape for shape in each} for each in frames]
    timing = f'dur="{seconds * moves:g}s" repeatCount="indefinite" keyTimes="{key_times}"'
    moving = "".join(
        _element(by_name[0][shape.name], colours, _animation(shape.name, by_name, timing))
        for shape in shapes_of(there[-1], stage)
    )
    still = "".join(_element(each, colours) for each in shapes_of(last, stage, before=poses[-2]))
    body = f'<g class="s-moving">{moving}</g><g class="s-still" display="none">{still}</g>'
    style = (stylesheet() if colours is None else "") + _CALM
    head = _head(stage, style, colours, has_paper=has_paper)
    return _document(stage, head, body, last.alt, title)


_STEPS = 8
_STAY = 0.2
_CALM = (
    "@media(prefers-reduced-motion:reduce),print{.s-moving{display:none}.s-still{display:inline}}"
)


def _animation(name: str, frames: Sequence[Mapping[str, Shape]], timing: str) -> str:
    """Return what moves a shape, or nothing where it keeps still."""
    shapes = [each[name] for each in frames]
    values = [path(each.outline, is_open=each.is_open) for each in shapes]
    if len({*values}) == 1:
        return ""
    return f'<animate attributeName="d" {timing} values="{";".join(values)}"/>'


def _head(stage: Stage, style: str, colours: Colours | None, *, has_paper: bool) -> str:
    sheet = f"<style>{style}</style>" if style else ""
    if not has_paper:
        return sheet
    width, height = number(stage.frame.width), number(stage.frame.height)
    kind = "" if colours else f' class="sf-{Role.PAPER}"'
    colour = (colours or LIGHT)[Role.PAPER]
    return f'{sheet}<rect width="{width}" height="{height}" fill="{colour}"{kind}/>'


def _document(stage: Stage, head: str, body: str, alt: str, title: str | None) -> str:
    width, height = number(stage.frame.width), number(stage.frame.height)
    told = f"<desc>{escape(alt)}</desc>" if title else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">'
        f"<title>{escape(title or alt)}</title>{told}{head}"
        f'<g stroke-linejoin="round" stroke-linecap="round">{body}</g></svg>\n'
    )
