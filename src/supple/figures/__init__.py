"""Draw bodies from poses: still and moving pictures as SVG, and in the cells of a terminal.

A :class:`~supple.Pose` is data: where the pelvis is, which way the spine points, and where hands
and feet are. A picture is text, and the move between two poses is a function of both and of how
far it has gone. Nothing here reads a file or a clock.
"""

from supple._model.pose import mirrored, on_side
from supple._model.skeleton import joints
from supple.figures._cells import draw_runs, draw_text, text_stage
from supple.figures._colours import DARK, LIGHT, PRINT, Colours, stylesheet
from supple.figures._findings import Finding, find_in_move, find_in_pose
from supple.figures._motion import between, eased
from supple.figures._picture import Role, Stage, stage_for
from supple.figures._rig import pose_data, rig_data, stage_data
from supple.figures._svg import animate_svg, draw_svg

__all__ = [
    "DARK",
    "LIGHT",
    "PRINT",
    "Colours",
    "Finding",
    "Role",
    "Stage",
    "animate_svg",
    "between",
    "draw_runs",
    "draw_svg",
    "draw_text",
    "eased",
    "find_in_move",
    "find_in_pose",
    "joints",
    "mirrored",
    "on_side",
    "pose_data",
    "rig_data",
    "stage_data",
    "stage_for",
    "stylesheet",
    "text_stage",
]
