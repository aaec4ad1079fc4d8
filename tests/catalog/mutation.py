"""Ways to damage a catalog that keep its structure: what a reader meets is nearly right."""

from __future__ import annotations

import json
import struct
from copy import deepcopy
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

# --- JSON


VALUES: list[Any] = [
    None, True, False, 0, -1, 1, 9.9, 1e-9, 1e300, 10**13, float("nan"), float("inf"), -0.0,
    "", " ", "5", "true", "x" * 1001, "\ud800", "\x1b[2J", "\u202e", "\ufdd0", "\U000e0041",
    "{side}", "{", "{left|right}", "..", "/etc/passwd", "a\\b", "\u017f", "\ufb01",
    [], [[]], [1, 2, 3], [2, 1], [None],
    {}, {"": {}}, {"step": "x"}, {"hold": "x", "seconds": 1}, {"exercise": "reach"}, {"rest": 1},
    {"circuit": [], "rounds": 0},
]  # fmt: skip
"""What stands where something else should."""


def nodes(data: Any) -> list[tuple[Any, Any]]:
    """Return every container in plain data, each with every key that it has."""
    found, level = [], [data]
    while level:
        inner = []
        for each in level:
            keys = list(each) if isinstance(each, dict) else list(range(len(each)))
            found += [(each, key) for key in keys]
            inner += [each[key] for key in keys if isinstance(each[key], dict | list)]
        level = inner
    return found


def deep(value: Any, depth: int) -> Any:
    """Return a value inside of very many lists."""
    for _ in range(depth):
        value = [value]
    return value


Change: TypeAlias = "Callable[[Any, Any, Any, Random], None]"

CHANGES: list[Change] = [
    lambda parent, key, *_: parent.__delitem__(key),
    lambda parent, key, _, random: parent.__setitem__(
        key, [parent[key]] * random.choice([1, 2, 3, 20])
    ),
    lambda parent, key, _, random: parent.__setitem__(
        key, {random.choice(["", "id", "step", "seconds"]): parent[key]}
    ),
    lambda parent, key, other, _: parent.__setitem__(key, json.loads(json.dumps(other))),
    lambda parent, key, _, random: parent.__setitem__(
        key, deep(parent[key], random.choice([3, 99, 101, 250]))
    ),
    # A copy, since a value that stands in a document is changed there by what comes next.
    *[lambda parent, key, _, random: parent.__setitem__(key, deepcopy(random.choice(VALUES)))] * 3,
]
"""What may be done to the value of a key."""


def renamed(parent: Any, key: Any, random: Random) -> None:
    """Give a value another key, or stand a list behind itself."""
    if isinstance(parent, list):
        parent += parent[:20] * random.choice([1, 5])
    else:
        other = random.choice([key.upper(), key[:-1], f"{key} ", "\ufb01", "x" * 99])
        parent[other] = parent.pop(key)


def mutated_json(content: bytes, random: Random) -> bytes:
    """Return a JSON document with a few of its values, keys or letters changed."""
    data = json.loads(content)
    for _ in range(random.randint(1, 3)):
        found = nodes(data)
        if not found:
            break
        parent, key = random.choice(found)
        other, other_key = random.choice(found)
        if random.random() < 0.2:
            renamed(parent, key, random)
        else:
            random.choice(CHANGES)(parent, key, other[other_key], random)
    text = json.dumps(data, ensure_ascii=random.random() < 0.5)
    return lettered(text.encode(errors="surrogatepass"), random)


PIECES = [b"\xff", b"\0", b"9" * 5000, b'"', b"[" * 200, b"[" * 100_000]
"""What may stand in the middle of anything."""


def lettered(content: bytes, random: Random) -> bytes:
    """Return a document, now and then with something wrong in its very letters."""
    if random.random() < 0.8:
        return content
    at = random.randint(0, len(content))
    return random.choice(
        [
            content[:at],
            b"\xef\xbb\xbf" + content,
            content[:at]
            + random.choice([b"\xff", b"\0", b"9" * 5000, b'"', b"[" * 200])
            + content[at:],
            content.replace(b'"id"', b'"id": 1, "id"', 1),
            content + content,
            content.decode(errors="replace").encode("utf-16"),
        ]
    )


# --- TOML

TOKENS = [
    "inf", "nan", "-0.0", "1e400", "0x1F", "1_0", "9" * 5000, "1979-05-27", "07:32:00", "true",
    '""', "''", '"""x\ny"""', "'''x'''", '"\\u0000"', '"\\U0001F600"', '"\\uD800"', '"\\x1b"',
    "[]", "[[]]", "[1, 2, 3]", "[2, 1]", "{}", "{ a = 1, a = 2 }", "{ step = 'x' }", '"{side}"',
    "[" * 50 + "]" * 50, "{ a." + "b." * 40 + "c = 1 }",
]  # fmt: skip
"""What stands behind an equals sign instead of what should."""

LINES = [
    "[cycle]", "[[cycle]]", "[[cycle.marks]]", "[a.b.c]", "[[]]", "[]", "= 1", "id", '"" = 1',
    "id = 'x'", "step.x = 1", "a.b.c.d = 1", "[texts]", "[[texts]]", "\x00", "# \x07", "\r",
    "format = 2", "x = 1 y = 2", "[[routines]]", "items = [", "]",
]  # fmt: skip
"""Lines that do not belong."""


def mutated_toml(content: bytes, random: Random) -> bytes:
    """Return a TOML document with a few of its lines or values changed."""
    lines = content.decode().split("\n")
    for _ in range(random.randint(1, 3)):
        i, j = random.randrange(len(lines)), random.randrange(len(lines))
        key, equals, value = lines[i].partition("=")
        match random.randrange(8):
            case 0:
                del lines[i]
                lines = lines or [""]
            case 1:
                lines.insert(j, lines[i])
            case 2:
                lines[i], lines[j] = lines[j], lines[i]
            case 3:
                lines.insert(i, random.choice(LINES))
            case 4 if equals:
                lines[i] = f"{key}={lines[j].partition('=')[2]}"
            case 5 if equals:
                lines[i] = random.choice(["", "x.", '"', "\u017f"]) + f"{key}={value}"
            case _ if equals:
                lines[i] = f"{key}= {random.choice(TOKENS)}"
            case _:
                lines[i] += random.choice(LINES)
    return lettered("\n".join(lines).encode(errors="surrogatepass"), random)


# --- zip files

NAMES = [
    "../x", "/x", "a//b", "a\\b", "/", "x/", "catalog.toml/x", "a/" * 20 + "b", "x" * 600,
    "exercises", "exercises/", "exercises/\x1b.json", "catalog.json", "CATALOG.JSON",
    "exercises/\u202e.json",
]  # fmt: skip
"""Names of files that an archive should not have."""

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
FIELDS = {LOCAL: (4, 30), CENTRAL: (4, 46), END: (4, 22)}
"""Where the fields of each record of an archive begin and end, counted from its mark."""


def mutated_zip(files: Mapping[str, bytes], random: Random) -> bytes:
    """Return an archive of which some names, fields or bytes are wrong."""
    files = {**files}
    if random.random() < 0.3:
        files[random.choice(NAMES)] = random.choice(list(files.values()))
    if random.random() < 0.1:
        files = {f"below/{name}": content for name, content in files.items()}
    stream = BytesIO()
    with ZipFile(stream, "w", random.choice([ZIP_STORED, ZIP_DEFLATED])) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        if random.random() < 0.1:
            archive.comment = random.choice([b"x", END, CENTRAL * 9, b"x" * 60_000])
    changed = bytearray(stream.getvalue())
    change: list[Callable[[], None]] = [
        lambda: set_field(changed, random),
        lambda: set_field(changed, random),
        lambda: set_byte(changed, random),
        lambda: cut(changed, random),
    ]
    for _ in range(random.randint(0, 3)):
        random.choice(change)()
    return bytes(changed)


def set_field(content: bytearray, random: Random) -> None:
    """Write another number into a field of some record of an archive."""
    mark = random.choice([LOCAL, CENTRAL, CENTRAL, END])
    places = [i for i in range(len(content)) if content.startswith(mark, i)]
    if not places:
        return
    start, end = FIELDS[mark]
    size = random.choice([1, 2, 4])
    at = random.choice(places) + random.randrange(start, end - size + 1, 2)
    number = random.choice([0, 1, 8, 12, 14, 99, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF])
    content[at : at + size] = struct.pack("<L", number)[:size]


def set_byte(content: bytearray, random: Random) -> None:
    """Write another byte."""
    if content:
        content[random.randrange(len(content))] = random.randrange(256)


def cut(content: bytearray, random: Random) -> None:
    """Take a piece away, or put one in twice."""
    at = random.randint(0, len(content))
    piece = content[at : at + random.choice([1, 20, 500])]
    if random.random() < 0.5:
        del content[at : at + len(piece)]
    else:
        content[at:at] = piece
