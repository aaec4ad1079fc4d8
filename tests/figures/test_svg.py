"""Pictures as SVG, read by an XML parser."""

from __future__ import annotations

import io
import os
import pickle
import re
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from supple import ModelError
from supple.figures import (
    DARK,
    LIGHT,
    PRINT,
    Role,
    animate_svg,
    draw_svg,
    mirrored,
    stage_for,
    stylesheet,
)

from ..needs import needs_module
from .poses import POSES, poses

if TYPE_CHECKING:
    from supple._model.pose import Pose

SVG = "{http://www.w3.org/2000/svg}"
ROLE = re.compile(r"\*\.(s[fs])-([a-z-]+)\{(fill|stroke):(#[0-9a-f]{6})\}")


def parts(svg: str) -> list[str]:
    """Return what the paths of a picture are, in their order."""
    return [each.attrib["data-part"] for each in ET.fromstring(svg).iter(f"{SVG}path")]  # noqa: S314 - its own


@pytest.mark.parametrize("id", POSES)
def test_a_picture_is_told_in_words(id: str) -> None:
    """A picture is an image with a title, and a description of what the pose shows."""
    pose = POSES[id]
    root = ET.fromstring(draw_svg(pose, title="Bridge & <more>"))  # noqa: S314 - its own
    assert root.attrib == {"viewBox": "0 0 240 180", "role": "img"}
    title, desc = root[0], root[1]
    assert (title.tag, title.text) == (f"{SVG}title", "Bridge & <more>")
    assert (desc.tag, desc.text) == (f"{SVG}desc", pose.alt)
    alone = ET.fromstring(draw_svg(pose))  # noqa: S314 - its own
    assert alone[0].text == pose.alt
    assert alone.find(f"{SVG}desc") is None


def test_a_picture_carries_light_colours_and_rules_for_dark_ones() -> None:
    """Each element has a literal colour; the rules change each role on dark paper, no variable."""
    svg = draw_svg(POSES["hips-lifted"])
    root = ET.fromstring(svg)  # noqa: S314 - its own
    sheet = root.find(f"{SVG}style")
    assert sheet is not None
    assert sheet.text == stylesheet()
    assert "var(" not in svg
    rules = {(kind, role): colour for kind, role, _, colour in ROLE.findall(stylesheet())}
    assert rules == {(kind, role): DARK[role] for role in Role for kind in ("sf", "ss")}
    for path in root.iter(f"{SVG}path"):
        roles = {each[3:] for each in path.attrib["class"].split()}
        assert len(roles) == 1
        [role] = roles
        assert {path.attrib["fill"], path.attrib.get("stroke")} <= {
            LIGHT[Role(role)],
            "none",
            None,
        }


@pytest.mark.parametrize("is_moving", [False, True])
def test_a_reader_without_media_queries_shows_the_light_colours(is_moving: bool) -> None:  # noqa: FBT001 - a parameter
    """nanosvg, which pygame reads SVG with, draws the colours of light paper and no others."""
    needs_module("pygame")
    import pygame

    pair = [POSES["lying"], POSES["knee-hugged"]]
    svg = animate_svg(pair, has_paper=True) if is_moving else draw_svg(pair[1], has_paper=True)
    surface = pygame.image.load(io.BytesIO(svg.encode()), "figure.svg")
    pixels = Counter(
        "#{:02x}{:02x}{:02x}".format(*surface.get_at((x, y))[:3])
        for x in range(surface.get_width())
        for y in range(surface.get_height())
    )
    assert surface.get_size() == (240, 180)
    assert pixels[LIGHT[Role.PAPER]] > pixels[LIGHT[Role.BODY]] > 500
    assert pixels[LIGHT[Role.LEGS]] > 500
    assert not pixels.keys() & {DARK[role] for role in (Role.BODY, Role.LEGS, Role.PAPER)}


def test_fixed_colours_have_no_rules() -> None:
    """A picture in given colours has no style sheet and no classes."""
    svg = draw_svg(POSES["hips-lifted"], colours=PRINT, has_paper=True)
    assert "<style" not in svg
    assert "class=" not in svg
    assert f'<rect width="240" height="180" fill="{PRINT[Role.PAPER]}"/>' in svg
    assert "<style" not in draw_svg(POSES["hips-lifted"], has_style=False)
    assert '<rect width="240" height="180" fill="#ffffff" class="sf-paper"/>' in draw_svg(
        POSES["hips-lifted"], has_paper=True
    )


@pytest.mark.parametrize("colours", [LIGHT, DARK, PRINT])
def test_body_and_arrows_stand_out_from_the_paper(colours: dict[Role, str]) -> None:
    """By WCAG's formula bodies and arrows have a contrast of 3 to 1, far limbs of 2 to 1."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    def contrast(role: Role) -> float:
        pair = sorted((luminance(colours[role]), luminance(colours[Role.PAPER])))
        return (pair[1] + 0.05) / (pair[0] + 0.05)

    assert all(contrast(role) >= 3 for role in (Role.BODY, Role.LEGS, Role.ARROW))
    assert all(contrast(role) >= 2 for role in (Role.BODY_FAR, Role.LEGS_FAR, Role.HAIR))


def test_the_same_bytes_every_time() -> None:
    """Another process, whose sets are in another order, draws the same bytes."""
    program = """
import pickle, sys
from supple.figures import animate_svg, draw_svg
pair = pickle.loads(sys.stdin.buffer.read())
sys.stdout.write(draw_svg(pair[1], before=pair[0]) + animate_svg(pair))
"""
    pair = [POSES["knees-up"], POSES["knees-rolled"]]
    for seed in ("1", "2"):
        ran = subprocess.run(
            [sys.executable, "-c", program],
            input=pickle.dumps(pair),
            capture_output=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        )
        assert ran.stdout.decode() == draw_svg(pair[1], before=pair[0]) + animate_svg(pair)


@given(poses())
def test_any_pose_gives_a_picture(pose: Pose) -> None:
    """Whatever the pose and the view, the picture is well-formed, and its numbers are finite."""
    svg = draw_svg(pose)
    assert "nan" not in svg
    assert "inf" not in svg
    assert len(parts(svg)) >= 14


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_text_stays_text(title: str) -> None:
    """No title alters the structure of a picture."""
    root = ET.fromstring(draw_svg(POSES["lying"], title=title))  # noqa: S314 - its own
    assert root[0].text == title


def test_far_limbs_are_paler_seen_from_the_side_only() -> None:
    """From the side one arm and one leg are paler; from the front none is."""
    assert draw_svg(POSES["lying"]).count('class="sf-legs-far"') == 1
    assert draw_svg(POSES["lying"]).count('class="sf-body-far"') == 1
    assert "-far" not in draw_svg(POSES["looking-ahead"], has_style=False)


def test_the_worked_side_stays_in_front() -> None:
    """Seen from the side the leg that is hugged is near, on the left as on the right."""
    right = parts(draw_svg(POSES["knee-hugged"]))
    left = parts(draw_svg(mirrored(POSES["knee-hugged"])))
    assert right.index("right leg") > right.index("trunk") > right.index("left leg")
    assert left.index("left leg") > left.index("trunk") > left.index("right leg")


def test_ghosts() -> None:
    """A ghost is the other side, or the pose before, and only of what differs."""
    rolled = [each for each in parts(draw_svg(POSES["knees-rolled"])) if "ghost" in each]
    assert sorted(rolled) == ["ghost of left leg", "ghost of right leg"]
    chin = POSES["chin-back"]
    assert not [each for each in parts(draw_svg(chin)) if "ghost" in each]
    before = draw_svg(chin, before=POSES["chin-level"])
    assert [each for each in parts(before) if "ghost" in each] == ["ghost of head"]


def test_somebody_at_a_desk_is_behind_it_from_the_front() -> None:
    """From the front the desk is nearer than the body, from elsewhere farther."""
    pose = POSES["palms-together"]
    front = parts(draw_svg(pose))
    assert front.index("desk") > front.index("trunk")
    side = parts(draw_svg(evolve(pose, scene=evolve(pose.scene, turned=0, is_close=False))))
    assert side.index("desk") < side.index("trunk")


def test_a_chair_stands_the_other_way_for_who_faces_left() -> None:
    """A mirrored sitter has the mirrored chair."""
    pose = POSES["hands-behind-head"]
    assert parts(draw_svg(mirrored(pose))) != []
    one, two = stage_for([pose]), stage_for([mirrored(pose)])
    assert [each.name for each in one.props] == [each.name for each in two.props]
    assert two.frame.scale == pytest.approx(one.frame.scale)


# --- moving


def moves(svg: str) -> dict[str, ET.Element]:
    """Return what moves each part that moves."""
    return {
        path.attrib["data-part"]: path[0]
        for path in ET.fromstring(svg).iter(f"{SVG}path")  # noqa: S314 - its own
        if len(path)
    }


def test_a_moving_picture_goes_there_and_back() -> None:
    """Each part that moves has a list of shapes, from the first pose to the last and back."""
    svg = animate_svg([POSES["knees-bent"], POSES["hips-lifted"]], seconds=3, title="Bridge")
    found = moves(svg)
    assert {"trunk", "head", "left leg", "right arm"} <= found.keys()
    assert "mat" not in found
    for animation in found.values():
        values = animation.attrib["values"].split(";")
        times = [float(each) for each in animation.attrib["keyTimes"].split(";")]
        assert animation.attrib["dur"] == "6s"
        assert animation.attrib["repeatCount"] == "indefinite"
        assert len(values) == len(times) == 20
        assert times == sorted(times)
        assert (times[0], times[-1]) == (0.0, 1.0)
        assert values == values[::-1]
        assert len({re.sub(r"-?[\d.]+", "", each) for each in values}) == 1


def test_nothing_to_draw() -> None:
    """A stage needs a pose, and a movement two."""
    with pytest.raises(ModelError) as none:
        stage_for([])
    assert str(none.value) == "stage_for.poses: must not be empty (got [])"
    with pytest.raises(ModelError) as one:
        animate_svg([POSES["lying"]])
    assert str(one.value).startswith("animate_svg.poses: must be at least two (got [Pose(")


def test_less_motion_and_print_show_the_last_pose() -> None:
    """A still picture stands beside the moving one, shown to who wants less motion."""
    svg = animate_svg([POSES["chin-level"], POSES["chin-back"]], colours=LIGHT)
    root = ET.fromstring(svg)  # noqa: S314 - its own
    moving, still = root.findall(f"{SVG}g/{SVG}g")
    assert moving.attrib == {"class": "s-moving"}
    assert still.attrib == {"class": "s-still", "display": "none"}
    names = [each.attrib["data-part"] for each in still]
    assert "ghost of head" in names
    assert not [each for each in moving if "ghost" in each.attrib["data-part"]]
    sheet = root.find(f"{SVG}style")
    assert sheet is not None
    assert sheet.text == (
        "@media(prefers-reduced-motion:reduce),print"
        "{.s-moving{display:none}.s-still{display:inline}}"
    )
