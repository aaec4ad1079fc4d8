"""Whatever stands in the files, there is a catalog or one `CatalogError`, and nothing else."""

from __future__ import annotations

import json
import tomllib
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import importlib_resources
from hypothesis import example, given, strategies as st

from supple import Catalog, CatalogError, load_catalog
from supple.catalog.data import lower_back
from tests.catalog.files import whole, write_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hypothesis.strategies import DrawFn, SearchStrategy

BUNDLED = importlib_resources.files(lower_back)
TOML = {
    "catalog.toml": BUNDLED.joinpath("catalog.toml").read_bytes(),
    **{
        f"{folder}/{file.name}": file.read_bytes()
        for folder in ("exercises", "poses")
        for file in BUNDLED.joinpath(folder).iterdir()
    },
}
GOOD: dict[str, Any] = whole() | {
    name.replace(".toml", ".json"): tomllib.loads(content.decode())
    for name, content in TOML.items()
}
"""The bundled catalog and two more exercises, as plain data."""


def good_zip() -> bytes:
    """Return the bundled catalog as a zip file."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in TOML.items():
            archive.writestr(name, content)
    return stream.getvalue()


ZIP = good_zip()


def outcome(path: Path) -> Catalog | CatalogError:
    """Return the catalog at a path, or the error that loading it raises."""
    try:
        return load_catalog(path)
    except CatalogError as error:
        return error


def require_catalog_or_error(path: Path) -> None:
    """Load a catalog; an error must have problems, and a text that garbles no terminal."""
    found = outcome(path)
    if isinstance(found, CatalogError):
        assert found.problems
        assert all(problem.requirement for problem in found.problems)
        assert all(str(problem).isprintable() for problem in found.problems)
        assert str(found).replace("\n", "").isprintable()


def require_of_folder(files: dict[str, Any]) -> None:
    """Do the same with the catalog that some files make."""
    with TemporaryDirectory() as folder:
        require_catalog_or_error(write_folder(Path(folder), files))


# --- bytes


@st.composite
def damaged(draw: DrawFn, content: bytes) -> bytes:
    """Return bytes of which one piece is another."""
    start = draw(st.integers(0, len(content)))
    end = draw(st.integers(start, min(start + 20, len(content))))
    return content[:start] + draw(st.binary(max_size=20)) + content[end:]


def rubbish() -> SearchStrategy[bytes]:
    """Return bytes, text, and what looks a little like TOML or JSON."""
    words = ["id", "=", '"', "'", "[", "]", "{", "}", ".", ",", "\n", "#", "1", "\\u0000", "e9"]
    return (
        st.binary()
        | st.text().map(lambda text: text.encode(errors="surrogatepass"))
        | st.lists(st.sampled_from(words)).map(lambda found: "".join(found).encode())
    )


@given(file=st.sampled_from(sorted(TOML)), content=rubbish())
def test_any_bytes_in_toml(file: str, content: bytes) -> None:
    """Any bytes in place of a TOML file are a catalog or one error."""
    require_of_folder(TOML | {file: content})


@given(file=st.sampled_from(sorted(TOML)), content=rubbish())
def test_any_bytes_in_json(file: str, content: bytes) -> None:
    """Any bytes in place of a JSON file are a catalog or one error."""
    files = {name: data for name, data in TOML.items() if name != file}
    require_of_folder(files | {file.replace(".toml", ".json"): content})


@given(
    damage=st.sampled_from(sorted(TOML)).flatmap(
        lambda file: st.tuples(st.just(file), damaged(TOML[file]))
    )
)
def test_any_damage_to_toml(damage: tuple[str, bytes]) -> None:
    """A good TOML file with a few other bytes is a catalog or one error."""
    require_of_folder(TOML | dict([damage]))


@given(content=st.binary() | damaged(ZIP) | damaged(ZIP[-200:]).map(lambda end: ZIP[:-200] + end))
def test_any_bytes_in_a_zip_file(content: bytes) -> None:
    """Any bytes in place of a zip file are a catalog or one error."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "acme.zip")
        path.write_bytes(content)
        require_catalog_or_error(path)


# --- plain data

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([0, -1, 10**12, 10**13, 10**4000, 1e308, 0.0005])
    | st.floats()
    | st.text(st.characters())  # lone surrogates included
    | st.sampled_from(["", " ", "\x00", "\u202e", "\ud800", "{side}", "{", "bridge", "../a", "a"])
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def places(data: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the place of every value inside of plain data."""
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in inner:
        yield (*place, key)
        if isinstance(value, dict | list):
            yield from places(value, (*place, key))


PLACES = [
    (file, *place)
    for file, data in GOOD.items()
    if isinstance(data, dict)
    for place in places(data)
]


def holder(files: dict[str, Any], place: tuple[Any, ...]) -> Any:
    """Return what holds the value of a place."""
    found: Any = files
    for key in place[:-1]:
        found = found[key]
    return found


def drop(inside: Any, key: Any, _: Any) -> None:
    """Take a value away."""
    del inside[key]


def replace(inside: Any, key: Any, value: Any) -> None:
    """Put another value in the place of one."""
    inside[key] = value


def rename(inside: Any, key: Any, value: Any) -> None:
    """Put a value under another key, or at the end of its list."""
    if isinstance(inside, dict):
        inside[str(value)] = inside.pop(key)
    else:
        inside.append(inside.pop(key))


def wrap(inside: Any, key: Any, _: Any) -> None:
    """Put a list of one value in the place of that value."""
    inside[key] = [inside[key]]


CHANGES: list[Callable[[Any, Any, Any], None]] = [drop, replace, rename, wrap]


@given(
    changes=st.lists(
        st.tuples(st.sampled_from(CHANGES), st.sampled_from(PLACES), anything),
        min_size=1,
        max_size=3,
    )
)
@example(changes=[])
@example(changes=[(replace, ("catalog.json", "routines", 0, "items", 0, "exercise"), {})])
@example(changes=[(replace, ("exercises/bridge.json", "reps"), [5, 5, 5])])
def test_any_change_to_plain_data(
    changes: list[tuple[Callable[[Any, Any, Any], None], tuple[Any, ...], Any]],
) -> None:
    """A catalog in which any values are dropped, replaced, renamed or wrapped is one or none."""
    files = deepcopy(GOOD)
    for change, place, value in changes:
        try:
            change(holder(files, place), place[-1], value)
        except (KeyError, IndexError, TypeError, AttributeError):
            continue  # an earlier change has taken the place away
    require_of_folder(files)


@given(data=anything, file=st.sampled_from(["catalog.json", "exercises/bridge.json"]))
def test_any_plain_data(data: Any, file: str) -> None:
    """Any plain data in place of a file is a catalog or one error."""
    require_of_folder(GOOD | {file: json.dumps(data)})


def test_the_good_catalog_is_good(tmp_path: Path) -> None:
    """What the changes start from is a catalog."""
    assert len(load_catalog(write_folder(tmp_path, GOOD))) == 8
