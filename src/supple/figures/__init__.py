"""Draw bodies from poses: still and moving pictures as SVG, and in the cells of a terminal.

A :class:`~supple.Pose` is data: where the pelvis is, which way the spine points, and where hands
and feet are. A picture is text, and the move between two poses is a function of both and of how
far it has gone. Nothing here reads a file or a clock.

>>> from supple import load_catalog
>>> from supple.figures import between, draw_text
>>> poses = load_catalog("lower-back").poses
>>> half_way = between(poses["knees-bent"], poses["hips-lifted"], 0.5)
>>> for line in draw_text(half_way, columns=30, lines=7):
...     print(line.rstrip())
                     ⢀
                  ⢀⠄⣴⣵⣿⣷
              ⣀⣠⣤⣤⣵⣿⣿⡿⣿⣿
   ⢀⣤⣖⣦⡄⣠⣤⣶⣿⣿⣿⣿⣿⣿⣿⣿⠟⣋ ⢻⣿
   ⢸⣿⣿⣿⠇⣿⣿⣿⣿⣿⣿⣟⣛⣛⣻⣡⠐⣿⠣⠸⣿⡶⠶⠥⠠
  ⠡⠡⠩⠻⠩⠠⠨⠩⠩⠩⠩⠩⠹⠻⠻⠛⠫⠡⠉ ⠁ ⠁⠁⠁⠁
    ⠁⠁⠁
"""

from supple._model.pose import Arm, Facing, Ghost, Leg, Prop, Scene, mirrored, on_side
from supple._model.skeleton import joints
from supple.figures._cells import draw_runs, draw_text, text_stage
from supple.figures._doubts import Doubt, find_in_move, find_in_pose
from supple.figures._motion import between, eased
from supple.figures._named import Move, body_at, move_of, pose_of
from supple.figures._picture import Stage, stage_for
from supple.figures._rig import pose_data, rig_data, stage_data
from supple.figures._shapes import DARK, LIGHT, PRINT, Colours, Role, stylesheet
from supple.figures._svg import animate_svg, draw_svg

__all__ = [
    "DARK",
    "LIGHT",
    "PRINT",
    "Arm",
    "Colours",
    "Doubt",
    "Facing",
    "Ghost",
    "Leg",
    "Move",
    "Prop",
    "Role",
    "Scene",
    "Stage",
    "animate_svg",
    "between",
    "body_at",
    "draw_runs",
    "draw_svg",
    "draw_text",
    "eased",
    "find_in_move",
    "find_in_pose",
    "joints",
    "mirrored",
    "move_of",
    "on_side",
    "pose_data",
    "pose_of",
    "rig_data",
    "stage_data",
    "stage_for",
    "stylesheet",
    "text_stage",
]
