"""The tables of the reference are made of the schemas, and of the limits in the code."""

from __future__ import annotations

import pkgutil
import re
import runpy
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

import supple

DOCS = Path(__file__).parents[1] / "docs"
REFERENCE = DOCS / "reference"
PAGE = REFERENCE / "catalog-format.md"
LIMITS = REFERENCE / "limits.md"
SOURCE = Path(supple.__path__[0])

words = SimpleNamespace(**runpy.run_path(str(DOCS / "_ext" / "format_words.py")))
limits = SimpleNamespace(**runpy.run_path(str(DOCS / "_ext" / "limits.py")))


def test_each_table_stands_below_its_heading() -> None:
    """Each heading of the format has its table, and no table stands anywhere else."""
    text = PAGE.read_text(encoding="utf-8")
    found = re.findall(r"^#+ ([^#]*?)\n[^#]*?^```\{format-keys\} (.*)\n```$", text, re.MULTILINE)
    assert found == [(heading, heading) for heading in words.PARTS]
    assert len(found) == text.count("{format-keys}")


def test_table_of_keys() -> None:
    """A table has the keys of its part, with their values, defaults and meanings, in order."""
    assert words.table_of_keys("A mark") == [
        ("`text`", "text", "required", "What to say."),
        (
            "`fraction`",
            "a number between 0 and 1, both excluded",
            "one of the two is required",
            "How far into the segment, between 0 and 1, both excluded.",
        ),
        (
            "`before_end`",
            "a number from 0.001 to 86,400",
            "one of the two is required",
            "How many seconds before the end of the segment.",
        ),
    ]


@pytest.mark.parametrize(
    ("heading", "key", "value", "default"),
    [
        ("The catalog", "format", "`1`", "required"),
        ("The catalog", "advice", "list of [advice](#advice)", ""),
        ("An exercise", "sides", '`"none"`, `"alternate"` or `"each"`', '`"none"`'),
        (
            "An exercise",
            "cycle",
            "list of [steps](#a-step) and [holds](#a-hold); at least 1",
            "required",
        ),
        ("An exercise", "reps", "times", "`1`"),
        ("A translation", "language", "tag", "required"),
        ("A translation", "texts", "table of texts", ""),
        ("A step", "breath", "breath", ""),
        ("A source", "gives", 'list of words: `"reps"`, `"sets"`, `"hold"` or `"rest"`', ""),
        ("A frequency", "days_a_week", "an amount, in whole numbers from 1 to 7", "`7`"),
        ("A pose", "spine", "list of 3 directions", "required"),
        ("A pose", "shoulders", "list of 2, each a number from -20 to 20", ""),
        ("A scene", "arrows", "list of lists, each a list of points; at least 2", ""),
    ],
)
def test_words_for_values(heading: str, key: str, value: str, default: str) -> None:
    """A value goes by its word, or is told by its bounds, and leads to the table of its part."""
    row = next(row for row in words.table_of_keys(heading) if row[0] == f"`{key}`")
    assert row[1:3] == (value, default)


def test_table_of_values() -> None:
    """The words for values are explained, with the bounds that the schemas have."""
    told = dict(words.table_of_values())
    assert told["name"] == (
        "Words of a-z and 0-9 joined by single hyphens; at most 64 characters."
    )
    assert told["seconds"] == (
        "An amount, in numbers from 0.001 to 86,400, whole to the thousandth."
    )
    assert told["breath"] == (
        "Two numbers from 0.001 to 86,400: the seconds in and the seconds out."
    )


def test_every_part_has_a_table() -> None:
    """A part of a schema without a table of its own is the same as one that has one."""
    told = [words.part(*owner) for owner in words.PARTS.values()]
    untold = [
        (document, name)
        for document, whole in words.SCHEMAS.items()
        for name, table in whole["$defs"].items()
        if table not in told
    ]
    assert untold == [("routine", "Exercise"), ("routine", "Pose")]


def test_exercises_of_a_routine_file() -> None:
    """They are those of a catalog, and may tell their language."""
    own, carried = words.part("exercise", ""), words.part("routine", "Exercise")
    language = {"language": carried["properties"]["language"]}
    assert carried["properties"] == own["properties"] | language
    assert carried["required"] == own["required"]
    assert words.bare(language["language"]) == words.kind("tag")
    pose = words.part("routine", "Pose")
    assert pose.items() <= words.part("pose", "").items()


@pytest.mark.parametrize("name", ["catalog", "exercise", "pose", "routine", "event"])
def test_schemas_are_offered(name: str) -> None:
    """Each schema can be had from the page."""
    assert f"(schema:{name})" in PAGE.read_text(encoding="utf-8")


def test_every_public_name_stands_in_the_reference() -> None:
    """Whatever a module says that it offers has its entry, and a limit its row."""
    entry = r"^\.\. (?:current|auto)(module|class|function|data|exception):: ([\w.]+)"
    told = {f"supple.{place}" for table in limits.TABLES.values() for place in table.values()}
    for page in REFERENCE.glob("*.md"):
        module = ""
        for kind, name in re.findall(entry, page.read_text(encoding="utf-8"), re.MULTILINE):
            module = name if kind == "module" else module
            told.add(name if name.startswith("supple.") else f"{module}.{name}")
    rooms = ("supple", *(room.name for room in pkgutil.walk_packages(supple.__path__, "supple.")))
    public = {
        f"{room}.{name}"
        for room in rooms
        if not re.search(r"\._|\.cli\b|\.export\.|\.timers\.(?!live$)", room)
        for name in getattr(import_module(room), "__all__", ())
    }
    assert public - told == set()
    assert len(public) > 100


def test_each_limit_has_its_row() -> None:
    """The tables of limits stand below their headings, with the figures that the code has."""
    text = LIMITS.read_text(encoding="utf-8")
    found = re.findall(r"^## ([^#]*?)\n[^#]*?^```\{limits\} (.*)\n```$", text, re.MULTILINE)
    assert found == [(heading, heading) for heading in limits.TABLES]
    assert next(limits.rows("Archives")) == ("bytes of an archive", "67,108,864")
    assert dict(limits.rows("Routines as text"))["events in it"] == "100,000"


def test_every_limit_of_the_code_is_known() -> None:
    """Whatever is named like a limit has its row on the page, or refuses nothing."""
    named = re.compile(r"^(_?(?:LARGEST|LONGEST|MOST)\w*)(?:: [^=]+)? = ", re.MULTILINE)
    found = set()
    for file in SOURCE.rglob("*.py"):
        module = ".".join(file.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
        names = named.findall(file.read_text(encoding="utf-8"))
        found |= {f"{module}.{name}" for name in names}
    places = {place for table in limits.TABLES.values() for place in table.values()}
    on_the_page = {place for place in places if isinstance(place, str)} - {"cli._lookup.PATIENCE"}
    assert found - limits.BESIDE == on_the_page
    assert found >= limits.BESIDE
