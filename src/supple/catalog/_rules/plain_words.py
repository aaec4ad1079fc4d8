"""The problems of a catalog in the words of people who write no programs.

A problem says what a program should know: the path, the requirement, the value. Here it becomes
a sentence about a line of a file, and what to write there instead.
"""

from __future__ import annotations

import json
import re
from datetime import date, time
from typing import TYPE_CHECKING, Any

from attrs import NOTHING

from supple._errors import show
from supple._printable import printable
from supple.catalog._finding.folder import DOCUMENTS
from supple.catalog._format import FORMAT
from supple.catalog._reading.mistakes import id_meant, number_meant
from supple.catalog._writing.render import render_toml, toml_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supple._errors import Problem

_STEP = re.compile(r"\[(\d+)\]|\.?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[^.\[]+)")
_NUMBER = re.compile(r"[1-9][0-9]{0,4}")
_OF_NUMBERS = frozenset({"number", "whole-number", "bounds"})

_WIDEST = 70  # letters of a line that are shown

WORDS: Mapping[str, str] = {
    "file": "is missing, or is no file",
    "folder": "is missing, or is no folder",
    "toml": "cannot be read from here on",
    "json": "cannot be read from here on",
    "empty": "is empty",
    "utf-8": "has a letter that is not saved as UTF-8",
    "given-twice": "says one thing twice",
    "missing": "is missing",
    "unknown-key": "is no word that supple knows in this place",
    "table": "must be a group of words with their values",
    "either": "must have either fraction or before_end, and only one of the two",
    "pair": "must be one number, or two in square brackets",
    "low-high": "must have the smaller number first",
    "milliseconds": "must not be finer than a thousandth of a second",
    "garbling": "must be one line, without a tab or a mark that nobody sees",
}
"""What to say of a requirement, by its code, where its own words are not plain."""

REMEDIES: Mapping[str, str] = {
    "file": (
        "put it into the folder of the catalog, or see that you name the folder in which it lies"
    ),
    "folder": "create this folder, or move the file of that name elsewhere",
    "unreadable": "see that the file is whole and that you may open it",
    "link": "put a copy of the file there instead of the link",
    "too-large": "shorten it, or divide it into several",
    "too-many": "divide the catalog into several",
    "exercises": (
        "put one file for each exercise into this folder, such as exercises/knee-rolls.toml"
    ),
    "no-file": (
        "put the picture into that place, or write the place where it is, such as "
        "pictures/bridge.svg"
    ),
    "suffix": "move it out of this folder, or let its name end in .toml",
    "tag": "give the file such a name",
    "twin": "move one of the two files out of this folder",
    "toml": (
        'look at this line and at the one before it: texts stand in "quotation marks", lists in '
        "[square brackets], and each line is a word, an equals sign and a value"
    ),
    "json": (
        "look at this line and at the one before it: values are divided by commas, and texts "
        'and words stand in "quotation marks"'
    ),
    "syntax": "change the line, or delete it",
    "empty": "write into it what it is about, or delete it",
    "utf-8": "save the file again with the encoding UTF-8, which every editor offers",
    "given-twice": (
        "delete one of the two; every further step of a list begins with its own heading, such "
        "as [[cycle]]"
    ),
    "digits": "write a shorter number",
    "deep": "put fewer brackets inside of brackets",
    "key-parts": "write words with fewer dots in them",
    "newer-format": "install a newer supple: pip install --upgrade supple",
    "null": "leave it out, or write a value",
    "other-kind": "put it where files of its kind belong, or name it where they are named",
    "one-key": "keep one of them, and begin another group for the other",
    "same-id": "give one of the two another id",
    "twice": "give one of the two another id",
    "two-exercises": "give one of the two another id",
    "own-texts": "leave it out",
    "either": "keep one of the two",
    "low-high": "write the two numbers the other way round",
    "decimals": "write at most three digits after the point",
    "too-long": "shorten it, or divide it into several",
    "misplaced": "move the line up, above the first line in [[double brackets]]",
    "braces": "write {side} where the side is named, and no other braces",
    "sideless": 'write the text without {side}, or let sides be "each" or "alternate"',
    "unsided-text": "leave {side} out, as the original does",
    "sided": "write {side} where the original has it",
    "no-exercise": "name an exercise in it, besides the rests",
    "no-hold": "leave it out",
}
"""What to do about it, where an example would not help."""

_LEG = {"foot": [1.68, 0.17, -0.3], "knee": [0, 1, 0], "toes": 0}
_ARM = {"hand": [-0.1, 0.16, -0.8], "elbow": [0, 0, -1], "fingers": 0}

EXAMPLES: Mapping[str, Any] = {
    "format": FORMAT.version,
    "catalog.name": "neck-care",
    "title": "Neck care",
    "version": "1.0",
    "language": "en",
    "summary": "Six gentle exercises for the neck.",
    "id": "knee-rolls",
    "name": "Knee rolls",
    "kind": "stretch",
    "position": "lying-on-back",
    "sides": "alternate",
    "reps": [8, 10],
    "sets": 1,
    "rest": 30,
    "purpose": "Turns the lower back gently.",
    "targets": ["lower-back", "hips"],
    "equipment": ["chair"],
    "cautions": ["Do not push to the end of the twist."],
    "contraindications": ["People with a fresh injury of the spine."],
    "phase": "stretch",
    "first_side": "left",
    "easier": ["pelvic-tilts"],
    "harder": ["bridge"],
    "links": [{"title": "A film of it", "url": "https://example.org/film"}],
    "breath": [4, 6],
    "say": "Roll to the side",
    "side": "left",
    "left": {"reps": 12},
    "right": {"reps": 8},
    "note": "Only as far as it feels good.",
    "load": "2 kg",
    "frequency": {"times_a_day": [2, 3]},
    "times_a_day": [2, 3],
    "days_a_week": 5,
    "step": "Roll both knees slowly to one side",
    "hold": "Keep both shoulders flat",
    "items.hold": 10,
    "circuit.hold": 10,
    "seconds": 10,
    "until_ready": True,
    "text": "Breathe calmly.",
    "fraction": 0.5,
    "before_end": 3,
    "sources.title": "A leaflet of the clinic",
    "says": "Hold for 10 seconds on each side.",
    "gives": ["hold"],
    "is_default": True,
    "url": "https://example.org/leaflet",
    "path": "pictures/knee-rolls.svg",
    "alt": "A person lies on the back, both knees turned to one side.",
    "credit": "Drawn by A. Person, CC BY 4.0",
    "exercise": "knee-rolls",
    "rounds": 2,
    "tier": "stop",
    "source": "A leaflet of the clinic",
    "cycle": [{"step": "Roll both knees slowly to one side"}],
    "pose": "knee-rolls-end",
    "setup": [{"step": "Bend your knees"}],
    "finish": [{"step": "Stretch your legs"}],
    "marks": [{"text": "Breathe calmly", "fraction": 0.5}],
    "sources": [{"title": "A leaflet of the clinic", "says": "Hold for 10 seconds."}],
    "pictures": [{"path": "pictures/knee-rolls.svg", "alt": "A person lies on the back."}],
    "advice": [{"tier": "stop", "text": "Stop at once if it hurts."}],
    "routines": [{"id": "evening", "items": [{"exercise": "knee-rolls"}]}],
    "items": [{"exercise": "knee-rolls"}],
    "circuit": [{"exercise": "knee-rolls"}],
    "faces": "up",
    "pelvis": [0, 0.47, 0],
    "spine": [176, 180, 184],
    "neck": 176,
    "gaze": 86,
    "twist": -55,
    "shoulders": [0.02, 0.02],
    "left_leg": _LEG,
    "right_leg": {"foot": [1.42, 0.17, 0.3], "knee": [0, 1, 0], "toes": 0},
    "left_arm": _ARM,
    "right_arm": {"hand": [-0.2, 0.16, 1], "elbow": [0, 0.1, 1], "fingers": 10},
    **_LEG,
    **_ARM,
    "scene": {"props": ["mat"]},
    "turned": -18,
    "risen": 13,
    "props": ["mat"],
    "is_close": True,
    "ghost": "before",
    "arrows": [[[0.7, 0, 0.3], [0.7, 0.8, 0.3]]],
    "texts": {"Knee rolls": "Knierollen"},
    "phrases": {"rest": "Erholung"},
    "starts": "2027-03-22",
    "zone": "Europe/Berlin",
    "times": ["08:00", "20:00"],
    "days": 42,
    "easier_week": 4,
    "back_after": 7,
    "grow": [{"part": "hold", "by": 1, "every": 2, "upto": 5}],
    "part": "hold",
    "by": 1,
    "every": 2,
    "upto": 5,
}
"""A value for each word of the files; before a dot stands the list or file it is special to."""


def message(problem: Problem) -> str:
    """Return what is wrong, such as ``seconds in cycle no. 2 must be text; it is 5``."""
    requirement = problem.requirement.removesuffix(str(problem.hint))
    requirement = WORDS.get(problem.code, requirement)
    is_quoted = problem.got is NOTHING or problem.code in {"syntax", "missing"}
    given = "" if is_quoted else _given(problem.got)
    place = "the line" if problem.code == "syntax" else _place(problem)
    return f"{place} {requirement}{given and f'; it is {given}'}"


def quote(problem: Problem) -> str:
    """Return the line that is wrong with a mark under the place, or nothing."""
    if problem.column is None or not isinstance(problem.got, str):
        return ""
    start = max(0, problem.column - _WIDEST // 2) if len(problem.got) > _WIDEST else 0
    shown = printable(problem.got[start : start + _WIDEST].replace("\t", " "))
    return f"{shown}\n{' ' * (problem.column - 1 - start)}^"


def remedy(problem: Problem) -> str:
    """Return what to do about it; an example stands on lines of its own."""
    hint = problem.hint
    if hint.write:
        return f"write:\n{hint.write}"
    if hint.known and not hint.matches:
        return f"leave it out, or write one of {', '.join(map(repr, hint.known))}"
    if hint.matches:
        return str(hint).removeprefix("; ")
    return REMEDIES.get(problem.code) or _example(problem)


def _example(problem: Problem) -> str:
    """Return what to write instead, by an example."""
    key, owner = _key_and_owner(problem)
    if name := problem.hint.name:
        return f"write:\n{written(problem.file, key, name)}"
    if isinstance(problem.got, str) and (meant := _meant(problem, problem.got)) is not None:
        is_number = not isinstance(meant, str) and problem.code != "list"
        words = "write, without quotation marks" if is_number else "write"
        return f"{words}:\n{written(problem.file, key, meant)}"
    if owner in {"texts", "phrases"}:
        return 'write one line of text in "quotation marks"'
    if (better := _of_another_type(problem, key)) is not None:
        return f"write:\n{better}"
    value = EXAMPLES.get(f"{owner}.{key}", EXAMPLES.get(key))
    if value is None:
        return "correct what stands there, or leave it out"
    return f"write, {_shown(problem, key, value)}"


def _of_another_type(problem: Problem, key: str) -> str | None:
    """Return a number as the text that it should be, and an id as an item of a routine."""
    if type(problem.got) in {int, float} and problem.code == "text":
        return written(problem.file, key, str(problem.got))
    if key in {"items", "circuit"} and isinstance(problem.got, str) and problem.path.endswith("]"):
        item = {"exercise": problem.got}
        return f"{_json(item) if problem.file.endswith('.json') else toml_value(item)},"
    return None


def _shown(problem: Problem, key: str, value: Any) -> str:
    if isinstance(value, dict) and problem.path != key and not problem.file.endswith(".json"):
        return f"for example:\n{key} = {toml_value(value)}"
    example = written(problem.file, key, value)
    is_at_the_top = problem.code == "missing" and problem.path == key and example[0] != "["
    return f"{at_the_top(problem.file) if is_at_the_top else ''}for example:\n{example}"


def _meant(problem: Problem, got: str) -> Any:
    """Return what a text stands for that is refused; ``None`` where nobody can tell."""
    if problem.code == "garbling":
        seen = "".join(each if each.isprintable() else " " for each in got)
        return " ".join(seen.split()) or None
    if problem.code == "list":
        return [got]
    if problem.code == "identifier":
        return id_meant(got) or None
    if problem.code in _OF_NUMBERS and "%" not in got:
        return int(got) if _NUMBER.fullmatch(got) else number_meant(got)
    return None


def written(file: str, key: str, value: Any) -> str:
    """Return a word with its value as they stand in a file, in the manner of that file.

    >>> print(written("catalog.toml", "advice", [{"tier": "stop", "text": "Stop."}]))
    [[advice]]
    tier = "stop"
    text = "Stop."
    >>> print(written("catalog.json", "reps", [8, 10]))
    "reps": [8, 10]
    """
    if file.endswith(".json"):
        return f"{_json(key)}: {_json(value)}"
    return render_toml({key: value}).decode().strip("\n")


def at_the_top(file: str) -> str:
    """Return where in a file a word of the whole exercise or catalog has to stand."""
    return "" if file.endswith(".json") else "above the first line in [[double brackets]], "


def counted(number: int, word: str) -> str:
    """Return how many of something there are, such as ``2 errors`` or ``no errors``."""
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"


def _place(problem: Problem) -> str:
    """Return a path in words, the innermost first and counted from 1."""
    words: list[str] = []
    for index, key in (found.groups() for found in _STEP.finditer(problem.path)):
        if index is None:
            words.append(key)
        else:
            words[-1] += f" no. {int(index) + 1}"
    if not words:
        return "the file" if "." in problem.file else "the folder"
    return " in ".join(reversed(words))


def _key_and_owner(problem: Problem) -> tuple[str, str]:
    """Return the last word of a path, and the word that it stands below, or the file's."""
    keys = [found[2] for found in _STEP.finditer(problem.path) if found[2]]
    owner = "catalog" if problem.file in DOCUMENTS else ""
    *outer, key = [owner, *keys] if keys else [owner, ""]
    return key, outer[-1]


def _given(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list | bytes):
        return ""
    if isinstance(value, date | time):
        return value.isoformat()
    return show(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
