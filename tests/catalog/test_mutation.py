"""Catalogs that are nearly right: each is read, or refused with all that is wrong with it.

A case is made from its number alone, so that a failure can be had again. The thorough profile of
hypothesis makes 20,000 of each sort.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections import Counter
from random import Random
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest

from supple import Catalog, CatalogError, load_catalog, schedule
from supple._printable import printable
from supple.catalog import check
from tests.catalog.files import CATALOG, REACH, SQUAT
from tests.catalog.mutation import mutated_json, mutated_toml, mutated_zip

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CASES = 20_000 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 200
MOST_SECONDS = 10

GERMAN = {"format": 1, "language": "de", "texts": {"Acme": "Spitze"}, "phrases": {"rest": "Pause"}}
JSON: dict[str, bytes] = {
    name: json.dumps(data).encode()
    for name, data in {
        "catalog.json": CATALOG,
        "exercises/a-reach.json": {**REACH, "pictures": []},
        "exercises/b-squat.json": SQUAT,
        "translations/de.json": GERMAN,
    }.items()
}


def written(value: Any) -> str:
    """Return plain data as it stands behind an equals sign in TOML."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{key}" = {written(value[key])}' for key in value) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return json.dumps(value)


def toml(data: dict[str, Any]) -> bytes:
    """Return plain data as a document in TOML, with a headline for each table at the top."""
    lines, below = [], []
    for key, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for table in value:
                below += ["", f"[[{key}]]", *(f"{k} = {written(v)}" for k, v in table.items())]
        elif isinstance(value, dict):
            below += ["", f"[{key}]", *(f'"{k}" = {written(v)}' for k, v in value.items())]
        else:
            lines.append(f"{key} = {written(value)}")
    return "\n".join([*lines, *below, ""]).encode()


TOML = {name.replace(".json", ".toml"): toml(json.loads(data)) for name, data in JSON.items()}


def outcome(path: Path, *, is_checked: bool) -> str:
    """Read a catalog, require that nothing else than a refusal comes of it, and return which."""
    began = process_time()
    try:
        catalog: Catalog | CatalogError = load_catalog(path)
    except CatalogError as error:
        catalog = error
    if isinstance(catalog, CatalogError):
        told = str(catalog)
        assert catalog.problems
        assert all(printable(line) == line for line in told.split("\n"))
        assert told.encode()
        found = "refused"
    else:
        for routine in catalog.routines.values():
            assert schedule(routine, phrases=catalog.phrases).duration_ms >= 0
        found = "read"
    if is_checked:
        try:
            checked = check(path)
        except CatalogError:
            assert found == "refused"
        else:
            assert found == "read" or checked.errors
            for finding in checked.findings:
                assert finding.message
                assert finding.remedy
    assert process_time() - began < MOST_SECONDS
    return found


def run(path: Path, make: Callable[[Random], None]) -> Counter[str]:
    """Try every case, and return how many were read and how many refused."""
    outcomes: Counter[str] = Counter()
    for case in range(CASES):
        make(Random(case))  # noqa: S311 - the same case again is what is wanted
        try:
            outcomes[outcome(path, is_checked=case % 5 == 0)] += 1
        except BaseException as error:
            error.add_note(f"case {case}")
            raise
    return outcomes


@pytest.mark.parametrize(
    ("files", "mutated"), [(JSON, mutated_json), (TOML, mutated_toml)], ids=["json", "toml"]
)
@pytest.mark.timeout(3600)
@pytest.mark.thorough
def test_documents_that_are_nearly_right(
    files: dict[str, bytes], mutated: Callable[[bytes, Random], bytes], tmp_path: Path
) -> None:
    """A document with a few other values, keys, lines or letters is read or refused."""
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert outcome(tmp_path, is_checked=True) == "read"
    changed: list[str] = []

    def make(random: Random) -> None:
        for name in changed:
            (tmp_path / name).write_bytes(files[name])
        changed[:] = [random.choice(sorted(files))]
        (tmp_path / changed[0]).write_bytes(mutated(files[changed[0]], random))

    outcomes = run(tmp_path, make)
    assert min(outcomes["read"], outcomes["refused"]) > CASES // 50


@pytest.mark.timeout(3600)
@pytest.mark.thorough
def test_archives_that_are_nearly_right(tmp_path: Path) -> None:
    """An archive with other names, fields or bytes is read or refused."""
    path = tmp_path / "a.zip"

    def make(random: Random) -> None:
        path.write_bytes(mutated_zip(random.choice([JSON, TOML]), random))

    outcomes = run(path, make)
    assert min(outcomes["read"], outcomes["refused"]) > CASES // 50


def test_the_beginnings_are_right() -> None:
    """What is changed is right to begin with, and the same in both formats."""
    for name, content in TOML.items():
        data = tomllib.loads(content.decode())
        assert data == json.loads(JSON[name.replace(".toml", ".json")])
