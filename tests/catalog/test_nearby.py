"""Whoever names a place near a catalog means that catalog."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

import supple
from supple.catalog import check, new_catalog
from supple.catalog._finding.nearby import nearby


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return the folder of a project with a catalog."""
    return new_catalog("neck-care", tmp_path)


INSIDE = [
    "..",
    ".",
    "src",
    "src/supple_neck_care",
    "src/supple_neck_care/catalog.toml",
    "src/supple_neck_care/exercises",
    "src/supple_neck_care/exercises/example-side-bend.toml",
]


@pytest.mark.parametrize("place", INSIDE)
def test_it_finds_the_folder(place: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From anywhere near, by a path from elsewhere or from here, the folder is found."""
    wanted = project / "src" / "supple_neck_care"
    assert str(check(project / place)) == "no errors, no warnings in 2 files"
    assert supple.load_catalog(nearby(project / place)).name == "neck-care"
    monkeypatch.chdir(project / place if (project / place).is_dir() else project)
    near = "." if (project / place).is_dir() else place
    found = nearby(near)
    assert Path(found).resolve() == wanted.resolve()


def test_a_wheel(project: Path, tmp_path: Path) -> None:
    """A wheel is an archive with a catalog among other folders."""
    wheel = tmp_path / "supple_neck_care-0.1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for file in sorted((project / "src").rglob("*.*")):
            archive.write(file, file.relative_to(project / "src").as_posix())
        archive.writestr("supple_neck_care-0.1.dist-info/METADATA", "Name: neck")
    assert str(check(wheel)) == "no errors, no warnings in 2 files"
    assert supple.load_catalog(wheel).name == "neck-care"


def test_several_catalogs(project: Path, tmp_path: Path) -> None:
    """Where there are several, somebody has to say which."""
    new_catalog("back-care", tmp_path)
    with pytest.raises(supple.CatalogError, match="must hold one catalog: name one of ") as info:
        check(tmp_path)
    assert "supple_neck_care" in str(info.value)
    assert "supple_back_care" in str(info.value)
    assert check(project).findings == ()


def test_names_and_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed name stays one; a folder of another name is found; nothing stays nothing."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lower-back").mkdir()
    assert nearby("lower-back") == "lower-back"
    made = new_catalog("neck-care", tmp_path)
    (made / "src" / "supple_neck_care").rename(tmp_path / "neck-care")
    assert supple.load_catalog(nearby("neck-care")).name == "neck-care"
    (tmp_path / "notes.txt").write_text("")
    for nothing in ("", "nothing-here", "notes.txt", str(tmp_path / "lower-back")):
        assert nearby(nothing) == nothing
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "neck-care").rename(tmp_path / ".hidden" / "neck-care")
    assert nearby(tmp_path) == tmp_path
