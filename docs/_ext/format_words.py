# ruff: noqa: INP001 - read by Sphinx, no package
"""Says in words what the schemas of documents say: keys, values, defaults, meanings."""

from __future__ import annotations

import json
import re
from typing import Any, TypeAlias

from supple.catalog import Translation, schema
from supple.catalog._format import TABLES
from supple.catalog._schema import _document

Schema: TypeAlias = dict[str, Any]
Row: TypeAlias = tuple[str, ...]

SCHEMAS = {name: schema(name) for name in ("catalog", "exercise", "pose", "routine")}
SCHEMAS["translation"] = _document(Translation, TABLES)

# The headings of the page, and what each table is about: a schema and a part of it, or all of it.
PARTS = {
    "The catalog": ("catalog", ""),
    "An exercise": ("exercise", ""),
    "A step": ("exercise", "Step"),
    "A hold": ("exercise", "Hold"),
    "A mark": ("exercise", "Mark"),
    "A source": ("exercise", "DoseSource"),
    "A picture": ("exercise", "Picture"),
    "A link": ("exercise", "Link"),
    "A pose": ("pose", ""),
    "A leg": ("pose", "Leg"),
    "An arm": ("pose", "Arm"),
    "A scene": ("pose", "Scene"),
    "A routine": ("catalog", "Routine"),
    "A frequency": ("catalog", "Frequency"),
    "An item: an exercise": ("catalog", "Prescription"),
    "A dose of one side": ("catalog", "Dose"),
    "An item: a circuit": ("catalog", "Circuit"),
    "An item: a rest": ("catalog", "Rest"),
    "Advice": ("catalog", "Advice"),
    "A translation": ("translation", ""),
    "A routine file": ("routine", ""),
    "An item of a routine file: an exercise": ("routine", "Prescription"),
}
NOUNS = {
    "Step": "steps",
    "Hold": "holds",
    "Mark": "marks",
    "DoseSource": "sources",
    "Picture": "pictures",
    "Link": "links",
    "Frequency": "frequency",
    "Dose": "dose",
    "Routine": "routines",
    "Prescription": "exercises",
    "Circuit": "circuits",
    "Rest": "rests",
    "Advice": "advice",
    "Exercise": "exercises",
    "Pose": "poses",
    "Leg": "a leg",
    "Arm": "an arm",
    "Scene": "a scene",
}
# The words for values that many keys have: one key that has it, and what it is.
KINDS = {
    "name": (
        ("catalog", "", "name"),
        "Words of a-z and 0-9 joined by single hyphens; at most {maxLength:,} characters.",
    ),
    "tag": (
        ("catalog", "", "language"),
        "A tag of BCP 47, but no irregular one as `i-klingon`; at most {maxLength:,} characters.",
    ),
    "text": (("catalog", "", "title"), "One line; at most {maxLength:,} characters."),
    "instruction": (
        ("exercise", "Step", "step"),
        "A text whose only braces are those for the side; at most {maxLength:,} characters.",
    ),
    "address": (
        ("exercise", "DoseSource", "url"),
        "A text that begins with `https://` or `http://`; at most {maxLength:,} characters.",
    ),
    "path": (
        ("exercise", "Picture", "path"),
        "A text that leads to a file inside the folder; at most {maxLength:,} characters.",
    ),
    "times": (
        ("exercise", "", "reps"),
        "An amount, in whole numbers from {minimum:,} to {maximum:,}.",
    ),
    "seconds": (
        ("exercise", "Hold", "seconds"),
        "An amount, in numbers from {minimum:,} to {maximum:,}, whole to the thousandth.",
    ),
    "pause": (
        ("exercise", "", "rest"),
        "An amount, in numbers from {minimum:,} to {maximum:,}, whole to the thousandth.",
    ),
    "breath": (
        ("exercise", "Step", "breath"),
        "Two numbers from {minimum:,} to {maximum:,}: the seconds in and the seconds out.",
    ),
    "point": (
        ("pose", "", "pelvis"),
        (
            "A list of three numbers: along, up, and towards who looks from the side. Each is "
            "from {items[minimum]} to {items[maximum]}, in heads."
        ),
    ),
    "angle": (("pose", "", "twist"), "A number from {minimum:,} to {maximum:,}, in degrees."),
    "direction": (
        ("pose", "", "neck"),
        "An angle, or a list of two: around, and out of the plane that is seen from the side.",
    ),
    "flag": (("exercise", "Step", "until_ready"), "`true` or `false`."),
    "list": (("catalog", "", "routines"), "At most {maxItems:,} elements."),
}


def part(document: str, name: str) -> Schema:
    """Return a part of a schema, or all of it where there is no name."""
    whole = SCHEMAS[document]
    found: Schema = whole["$defs"][name] if name else whole
    return found


def bare(value: Schema) -> Schema:
    """Return what a value may be, without what is told of it."""
    return {key: value[key] for key in value if key not in {"description", "default", "examples"}}


def kind(word: str) -> Schema:
    """Return what a word for values stands for."""
    (document, name, key), _ = KINDS[word]
    return bare(part(document, name)["properties"][key])


def listed(words: list[str], last: str) -> str:
    """Return words with commas between them, and a word before the last one."""
    *others, end = words
    return f"{', '.join(others)} {last} {end}" if others else end


def value_words(document: str, value: Schema) -> str:  # noqa: PLR0911 - one for each kind
    """Return the words for what a value may be."""
    value = bare(value)
    if "const" in value:
        return f"`{json.dumps(value['const'])}`"
    if "enum" in value:
        return listed([f"`{json.dumps(each)}`" for each in value["enum"]], "or")
    if word := next((each for each in KINDS if each != "list" and kind(each) == value), None):
        return word
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        return f"[{NOUNS[name]}](#{anchor(document, name)})"
    if "anyOf" in value:
        low, high = value["anyOf"][0]["minimum"], value["anyOf"][0]["maximum"]
        return f"an amount, in whole numbers from {low} to {high}"
    if value["type"] == "array":
        return list_words(document, value)
    if value["type"] == "object":
        return "table of texts"
    if "exclusiveMinimum" in value:
        low, high = value["exclusiveMinimum"], value["exclusiveMaximum"]
        return f"a number between {low:,} and {high:,}, both excluded"
    return f"a number from {value['minimum']:,} to {value['maximum']:,}"


def list_words(document: str, value: Schema) -> str:
    """Return the words for what a list may hold, and how much of it at least."""
    if "minItems" in value and value["minItems"] == value.get("maxItems"):
        words = value_words(document, value["items"])
        return (
            f"list of {value['minItems']}{f' {words}s' if words in KINDS else f', each {words}'}"
        )
    element = bare(value["items"])
    if references := [each["$ref"] for each in element.get("anyOf", [element]) if "$ref" in each]:
        names = [each.rpartition("/")[2] for each in references]
        words = listed([f"[{NOUNS[name]}](#{anchor(document, name)})" for name in names], "and")
    else:
        words = value_words(document, element)
        if words in KINDS:
            words = f"{words}s"
        else:
            words = f"lists, each a {words}" if "items" in element else f"words: {words}"
    least = value.get("minItems", 0)
    return f"list of {words}" + (f"; at least {least}" if least else "")


def anchor(document: str, name: str) -> str:
    """Return the anchor of the table of a part, of that document's own one if there is one."""
    if name in {"Exercise", "Pose"}:
        name, document = "", name.lower()
    headings = {owner: heading for heading, owner in PARTS.items() if owner[1] == name}
    heading = headings.get((document, name)) or next(iter(headings.values()))
    return re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-"))


def default_words(table: Schema, key: str) -> str:
    """Return what happens where a key is left out: nothing is said where nothing does."""
    if key in table["required"]:
        return "required"
    if "default" in (value := table["properties"][key]):
        return f"`{json.dumps(value['default'])}`"
    choices = [choice for each in table.get("oneOf", []) for choice in each["required"]]
    return "one of the two is required" if key in choices else ""


def table_of_keys(heading: str) -> list[Row]:
    """Return the rows of the table below a heading of the page."""
    document, name = PARTS[heading]
    table = part(document, name)
    return [
        (
            f"`{key}`",
            value_words(document, value),
            default_words(table, key),
            value["description"].replace("|", r"\|"),
        )
        for key, value in table["properties"].items()
    ]


def table_of_values() -> list[Row]:
    """Return the rows of the table of words for values, with the bounds that the schemas have."""
    rows: list[Row] = []
    for word, (_, told) in KINDS.items():
        bounds = kind(word).get("anyOf", [kind(word)])[0]
        bounds = bounds | bounds.get("items", {}) if word == "breath" else bounds
        rows.append((word, told.format_map(bounds)))
    return rows
