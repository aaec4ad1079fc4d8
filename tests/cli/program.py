"""The program as tests start it, and a catalog of which they know every word."""

import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import TypeAlias

Run: TypeAlias = Callable[..., CompletedProcess[str]]
"""The words of the command line, and environment variables by their names."""

Install: TypeAlias = Callable[[str], Path]
"""The name of the catalog to install; gives the folder for ``PYTHONPATH``."""

PROGRAM = [sys.executable, "-P", "-m", "supple"]

CATALOG = """\
format = 1
name = "acme"
title = "Acme"
version = "2.0"
language = "en"
summary = "Stretches for [red]everyone[/red] :smile:"

[[advice]]
tier = "stop"
text = "Stop if it hurts."
source = "Acme"

[[routines]]
id = "reach"
name = "Reaching"
items = [{ exercise = "reach" }]

[[routines]]
id = "rounds"
name = "Rounds"
items = [
    { rounds = [2, 3], rest = 10, circuit = [
        { exercise = "squat", reps = 2 },
        { rest = 5 },
        { exercise = "squat" },
    ] },
    { rest = [20, 30], text = "Have a sip" },
    { exercise = "reach", hold = [1.5, 2.5] },
]

[[routines]]
id = "endless"
items = [{ exercise = "squat", reps = 1_000_000_000_000 }]
"""
REACH = """\
id = "reach"
name = "Réach"
kind = "dynamic-stretch"
position = "standing"
sides = "each"
reps = [2, 3]
sets = 2
rest = 15
purpose = "Opens the side."
targets = ["side", "back"]
equipment = ["a wall"]
cautions = ["Mind the ceiling."]
setup = [{ step = "Stand by the wall", until_ready = true, seconds = 4 }]
cycle = [
    { step = "Raise your {side} arm", until_ready = true },
    { hold = "Lean to the {side}", seconds = [5, 10], marks = [
        { text = "Breathe out", fraction = 0.5 },
        { text = "And back", before_end = 1.5 },
    ] },
]
finish = [{ step = "Shake your arms", seconds = 2 }]

[[sources]]
title = "A paper"
says = "Five to ten seconds."
gives = ["hold"]
url = "https://example.org/a-long-address/that-must-stay-in-one-piece/on-any-screen/whatever-its-width"

[[sources]]
title = "acme"
says = "The rest."
gives = ["reps", "sets"]
is_default = true

[[sources]]
title = "Another paper"
says = "A minute."

[[pictures]]
path = "pictures/reach.svg"
alt = "A person leans to the side."
credit = "Acme, CC0"
"""
SQUAT = """\
id = "squat"
name = "Squat"
kind = "strengthening"
position = "standing"
cycle = [{ step = "Go down" }, { step = "Come up" }]
"""


def write_catalog(folder: Path, *, name: str = "acme") -> Path:
    """Write the catalog into a folder, under another name if need be, and return the folder."""
    (folder / "exercises").mkdir(parents=True)
    text = CATALOG.replace('name = "acme"', f'name = "{name}"')
    (folder / "catalog.toml").write_text(text, encoding="utf-8")
    (folder / "exercises" / "reach.toml").write_text(REACH, encoding="utf-8")
    (folder / "exercises" / "squat.toml").write_text(SQUAT, encoding="utf-8")
    (folder / "pictures").mkdir()
    (folder / "pictures" / "reach.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    return folder
