"""A small catalog as plain data, and ways to lay catalogs out as files."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from supple import CatalogError, load_catalog

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CATALOG: dict[str, Any] = {
    "format": 1,
    "name": "acme",
    "title": "Acme",
    "version": "2.0",
    "language": "pt-BR",
    "summary": "Two exercises.",
    "advice": [
        {"tier": "emergency", "text": "Get help.", "source": "A leaflet"},
        {"tier": "general", "text": "Take your time."},
    ],
    "routines": [
        {
            "id": "both",
            "name": "Both",
            "purpose": "Everything.",
            "items": [
                {"exercise": "reach"},
                {"rest": 20, "text": "Have a sip"},
                {
                    "circuit": [{"exercise": "squat", "reps": 3, "sets": [1, 2], "rest": 4}],
                    "rounds": [2, 3],
                    "rest": 30,
                },
                {"exercise": "reach", "hold": [1.5, 2.5]},
            ],
        }
    ],
}
"""The document of the catalog."""

REACH: dict[str, Any] = {
    "id": "reach",
    "name": "Reach",
    "kind": "stretch",
    "position": "standing",
    "sides": "each",
    "reps": [2, 3],
    "sets": 2,
    "rest": 15,
    "purpose": "Opens the side.",
    "targets": ["side"],
    "equipment": ["a wall"],
    "cautions": ["Mind the ceiling."],
    "setup": [{"step": "Stand by the wall", "until_ready": True, "seconds": 4}],
    "cycle": [
        {"step": "Raise your {side} arm"},
        {
            "hold": "Lean to the {side}",
            "seconds": [5, 10],
            "marks": [
                {"text": "Breathe out", "fraction": 0.5},
                {"text": "And back", "before_end": 1.5},
            ],
        },
    ],
    "finish": [{"step": "Shake your arms", "seconds": 2}],
    "sources": [
        {
            "title": "A leaflet",
            "says": "Five seconds.",
            "gives": ["hold"],
            "url": "https://a.test",
        },
        {"title": "Acme", "says": "A default.", "gives": ["reps", "sets"], "is_default": True},
    ],
    "pictures": [{"path": "pictures/reach.svg", "alt": "Reaching", "credit": "Acme, CC0"}],
}

SQUAT: dict[str, Any] = {
    "id": "squat",
    "name": "Squat",
    "kind": "strengthening",
    "position": "standing",
    "cycle": [{"step": "Down"}, {"step": "And up"}],
}

PICTURE = "pictures/reach.svg"


def whole() -> dict[str, Any]:
    """Return the files of the catalog, each with its plain data, all free to be changed."""
    return deepcopy(
        {
            "catalog.json": CATALOG,
            "exercises/a-reach.json": REACH,
            "exercises/b-squat.json": SQUAT,
            PICTURE: b"<svg/>",
        }
    )


def contents(files: Mapping[str, Any]) -> dict[str, bytes]:
    """Return files as bytes: bytes as they are, text in UTF-8, and plain data as JSON."""
    return {
        name: data
        if isinstance(data, bytes)
        else (data if isinstance(data, str) else json.dumps(data)).encode()
        for name, data in files.items()
    }


def write_folder(folder: Path, files: Mapping[str, Any]) -> Path:
    """Write files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents(files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def write_zip(path: Path, files: Mapping[str, Any], *, below: str = "") -> Path:
    """Write files into a zip file, below a folder in it."""
    with ZipFile(path, "w") as archive:
        for name, content in contents(files).items():
            archive.writestr(below + name, content)
    return path


def problems_of(path: Path) -> list[str]:
    """Return what is wrong with the catalog at a path, one line for each problem."""
    with pytest.raises(CatalogError) as caught:
        load_catalog(path)
    return [str(problem) for problem in caught.value.problems]
