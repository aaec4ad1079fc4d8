"""The rig in JavaScript, held to the one in Python."""

from __future__ import annotations

import json
import math
import re
import subprocess
from itertools import pairwise
from pathlib import Path

import supple
from supple.figures import between, joints, pose_data, rig_data, stage_data, stage_for
from supple.figures._picture import shapes_of
from supple.figures._svg import path

from ..needs import needs
from .poses import POSES

RIG = Path(supple.__path__[0], "export", "_page", "rig.js")

PROGRAM = """
import { readFileSync } from "node:fs";
const { between, eased, joints, paths } = await import(process.argv[1]);
const { rig, cases } = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(cases.map(({ before, after, t, stage }) => {
  const pose = between(before, after, t);
  return { joints: joints(pose, rig), paths: paths(pose, stage, rig), eased: eased(t) };
})));
"""

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def test_joints_and_paths_agree() -> None:
    """For each pose and on the way to the next, joints agree to 1e-9 and paths to 0.1."""
    node = needs("node")
    moves = [(a, b, t) for a, b in pairwise(POSES.values()) for t in (0.0, 0.37, 1.0)]
    cases = [
        {
            "before": pose_data(a),
            "after": pose_data(b),
            "t": t,
            "stage": stage_data(stage_for([a, b])),
        }
        for a, b, t in moves
    ]
    given = json.dumps({"rig": rig_data(), "cases": cases})
    command = [node, "--input-type=module", "-e", PROGRAM, RIG.as_uri()]
    ran = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    for (a, b, t), found in zip(moves, json.loads(ran.stdout), strict=True):
        pose = between(a, b, t)
        expected = joints(pose)
        assert found["joints"].keys() == expected.keys()
        for name, p in expected.items():
            assert math.dist(found["joints"][name], p) < 1e-9, (a.id, b.id, t, name)
        drawn = {each.name: path(each.outline) for each in shapes_of(pose, stage_for([a, b]))}
        assert found["paths"].keys() <= drawn.keys()
        assert len(found["paths"]) == 16
        for name, data in found["paths"].items():
            assert NUMBER.sub("", data) == NUMBER.sub("", drawn[name])
            numbers = zip(NUMBER.findall(data), NUMBER.findall(drawn[name]), strict=True)
            assert all(abs(float(x) - float(y)) < 0.1 + 1e-9 for x, y in numbers)
