"""Pictures in the cells of a terminal."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from supple.figures import Role, between, draw_runs, draw_text, text_stage

from .poses import POSES, poses

if TYPE_CHECKING:
    from supple._model.pose import Pose

SIZES = st.tuples(st.integers(1, 60), st.integers(1, 24))


def test_a_figure_in_braille() -> None:
    """Somebody on all fours, on a mat, in twenty-eight columns and eight lines."""
    drawn = draw_text(POSES["back-arched"], columns=28, lines=8)
    assert (
        "\n".join(line.rstrip() for line in drawn)
        == """\
        ⣀⣤⣤⣄⣀
      ⣠⣾⣿⣿⣿⣿⣿⣿⣦⡀
      ⢿⣿⣿⡿⠛⠛⣿⣿⣿⣿⡄
   ⢀⣶⣶⣷⣭⣿⡇ ⡄⠘⢿⣿⣿
   ⠸⣿⣿⣿⠏⣻⣏⠾⡿⠆⢹⣿⣿⡇
    ⠈⠉⢁⢡⣿⠃ ⠃ ⠈⣿⣿⣷⣤⣤⣤⣤⣤⣤⣤⡀
 ⠠⠠⠡⠡⠠⠷⠿⠣⠡⠡⠡⠡⠡⠻⠿⠟⠛⠛⠻⠩⠩⠩⠡⠠⠡⠁
   ⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁"""
    )


def test_a_figure_in_half_blocks() -> None:
    """The same in half blocks, of which a cell has two."""
    drawn = draw_text(POSES["back-arched"], columns=28, lines=8, has_blocks=True)
    assert (
        "\n".join(line.rstrip() for line in drawn)
        == """\
         ▄▄▄
      ▄███████▄
      ████▀▀████
    ▄█▄▄█▄  ▀███
   ▀█████▄▀█ ▀██
       ▄█▀ ▀  ███▄█▄█▄█▄
  ▀ ▀ ▄█  ▀ ▀ ▀▀▀▀▀▀▀▀  ▀ ▀
   ▀ ▀ ▀ ▀ ▀ ▀ ▀ ▀"""
    )


@given(pose=poses(), size=SIZES, has_blocks=st.booleans())
def test_any_pose_fills_the_cells_that_it_is_given(
    pose: Pose, size: tuple[int, int], *, has_blocks: bool
) -> None:
    """There are as many lines and columns as asked for, of the characters of the kind."""
    columns, lines = size
    drawn = draw_text(pose, columns=columns, lines=lines, has_blocks=has_blocks)
    assert [len(line) for line in drawn] == [columns] * lines
    known = set(" ▀▄█") if has_blocks else {" ", *map(chr, range(0x2801, 0x2900))}
    assert set("".join(drawn)) <= known


@given(pose=poses(), has_blocks=st.booleans())
def test_runs_are_the_same_picture(pose: Pose, *, has_blocks: bool) -> None:
    """Runs joined are the lines, neighbours differ in their role, and only blanks have none."""
    runs = draw_runs(pose, columns=30, lines=9, has_blocks=has_blocks)
    text = draw_text(pose, columns=30, lines=9, has_blocks=has_blocks)
    assert ["".join(part for part, _ in line) for line in runs] == text
    for line in runs:
        roles = [role for _, role in line]
        assert all(a is not b for a, b in pairwise(roles))
        assert all((role is None) == (not part.strip()) for part, role in line)


def test_legs_arms_mat_and_arrow_have_their_roles() -> None:
    """A terminal with colours can tell legs from arms, and both from the mat."""
    runs = draw_runs(POSES["hips-lifted"], columns=60, lines=20)
    found = {role for line in runs for _, role in line}
    assert {Role.LEGS, Role.BODY, Role.MAT, Role.ARROW, Role.HAIR, None} <= found


def test_a_shared_stage_keeps_the_place() -> None:
    """Drawn on one stage the mat is where it was."""
    pair = [POSES["knees-bent"], POSES["hips-lifted"]]
    stage = text_stage(pair, columns=40, lines=12)
    rows = [draw_text(each, columns=40, lines=12, stage=stage)[-3] for each in pair]
    assert rows[0] == rows[1] == "    ⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁                      "


def test_a_frame_is_quick() -> None:
    """A frame of forty by twelve takes a few milliseconds: a player draws it on every tick.

    The bound stands far above what it takes on a quiet machine, and far below what would be felt.
    """
    pair = [POSES["lying"], POSES["knee-hugged"]]
    stage = text_stage(pair, columns=40, lines=12)
    best = 1.0
    for i in range(20):
        start = time.perf_counter()
        draw_text(between(pair[0], pair[1], i / 20), columns=40, lines=12, stage=stage)
        best = min(best, time.perf_counter() - start)
    assert best < 0.02


@pytest.mark.parametrize("has_blocks", [True, False])
def test_a_pose_that_leaves_its_stage_is_cut(*, has_blocks: bool) -> None:
    """What is outside of the cells is left out, on all four sides."""
    stage = text_stage([POSES["lying"]], columns=20, lines=6, has_blocks=has_blocks)
    for dx, dy in ((9, 0), (-9, 0), (0, 9), (0, -9)):
        pose = POSES["lying"]
        moved = evolve(
            pose,
            pelvis=(pose.pelvis[0] + dx, pose.pelvis[1] + dy, 0),
            **{
                limb: evolve(
                    getattr(pose, limb),
                    **{
                        end: (p[0] + dx, p[1] + dy, p[2])
                        for end in ("hand", "foot")
                        if (p := getattr(getattr(pose, limb), end, None))
                    },
                )
                for limb in ("left_leg", "right_leg", "left_arm", "right_arm")
            },
        )
        drawn = draw_text(moved, columns=20, lines=6, stage=stage, has_blocks=has_blocks)
        assert [len(line) for line in drawn] == [20] * 6
