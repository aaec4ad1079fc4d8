"""Catalogs that other distributions offer, good and bad."""

from __future__ import annotations

import sys
from importlib import invalidate_caches, metadata
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from supple import CatalogError, UnknownNameError, load_catalog
from supple.catalog import installed, load_errors
from supple.cli import _lookup, main
from tests.catalog.files import CATALOG, contents, whole, write_folder, write_zip

if TYPE_CHECKING:
    from pathlib import Path

numbers = count()


class Site:
    """A folder on Python's path, into which distributions are installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(
        self,
        distribution: str,
        entry_points: str,
        *,
        version: str | None = "1.0",
        about: str | None = None,
    ) -> None:
        """Install a distribution of entry points and no files."""
        write_folder(
            self.folder / f"{distribution}-{version}.dist-info",
            {
                "METADATA": f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n"
                if about is None
                else about,
                "entry_points.txt": f"[supple.catalogs]\n{entry_points}\n",
            },
        )
        invalidate_caches()

    def package(self, code: str | None = "", **changes: Any) -> str:
        """Write a package that is a catalog, under a name of its own."""
        name = f"catalog_{next(numbers)}"
        init = {} if code is None else {"__init__.py": code}
        document = {"catalog.json": CATALOG | changes}
        write_folder(self.folder / name, whole() | document | init)
        invalidate_caches()
        return name


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return a new folder on Python's path."""
    monkeypatch.delenv("SUPPLE_DISABLE_PLUGINS", raising=False)
    monkeypatch.syspath_prepend(tmp_path / "site")
    return Site(write_folder(tmp_path / "site", {}))


def failure(name: str) -> CatalogError:
    """Return the error that loading a catalog raises."""
    with pytest.raises(CatalogError) as caught:
        load_catalog(name)
    return caught.value


def loads_the_others() -> bool:
    """Tell whether the bundled catalog is still there."""
    return load_catalog("lower-back").name == "lower-back"


# --- good ones


def test_the_bundled_catalog_is_installed() -> None:
    """The names of the installed catalogs are told in order."""
    assert "lower-back" in installed()
    assert list(installed()) == sorted(installed())


def test_a_package_is_found_by_name(site: Site) -> None:
    """A package that is an entry point is found by the name of that."""
    package = site.package()
    site.install("acme-stretches", f"acme = {package}")
    assert "acme" in installed()
    assert load_catalog("acme") == load_catalog(site.folder / package)


def test_listing_imports_nothing(site: Site) -> None:
    """The names are told without importing or reading any catalog."""
    package = site.package("raise SystemExit(3)")
    site.install("acme-stretches", f"acme = {package}")
    assert "acme" in installed()
    assert package not in sys.modules


def test_a_package_in_a_package(site: Site) -> None:
    """The entry point may be a package inside of another one."""
    outer = site.package()
    write_folder(site.folder / outer / "inner", whole() | {"__init__.py": ""})
    site.install("acme-stretches", f"acme = {outer}.inner")
    assert load_catalog("acme").name == "acme"


def test_a_package_without_code(site: Site) -> None:
    """The entry point may be a folder without an `__init__.py`."""
    site.install("acme-stretches", f"acme = {site.package(None)}")
    assert load_catalog("acme").name == "acme"


def test_a_package_in_a_zip_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that Python imports out of a zip file is read like one in a folder."""
    name = f"catalog_{next(numbers)}"
    files: dict[str, Any] = {f"{name}/{file}": data for file, data in whole().items()}
    files[f"{name}/__init__.py"] = ""
    files["acme-1.0.dist-info/METADATA"] = "Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n"
    files["acme-1.0.dist-info/entry_points.txt"] = f"[supple.catalogs]\nacme = {name}\n"
    monkeypatch.syspath_prepend(write_zip(tmp_path / "site.zip", files))
    catalog = load_catalog("acme")
    assert catalog == load_catalog(write_folder(tmp_path / "folder", whole()))
    assert ".zip" in (sys.modules[name].__file__ or "")


def test_a_bad_catalog_in_a_zip_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong with a package in a zip file is told like anything else."""
    name = f"catalog_{next(numbers)}"
    wrong = whole() | {"exercises/c.txt": "", "catalog.json": CATALOG | {"title": ""}}
    del wrong["pictures/reach.svg"]
    files: dict[str, Any] = {f"{name}/{file}": data for file, data in wrong.items()}
    files[f"{name}/__init__.py"] = ""
    files["acme-1.0.dist-info/METADATA"] = "Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n"
    files["acme-1.0.dist-info/entry_points.txt"] = f"[supple.catalogs]\nacme = {name}\n"
    monkeypatch.syspath_prepend(write_zip(tmp_path / "site.zip", files))
    assert [str(problem) for problem in failure("acme").problems] == [
        "catalog.json: title: must not be empty (got '')",
        "exercises/c.txt: must be a .toml or .json file, for only exercises belong here",
        (
            "exercises/a-reach.json: pictures[0].path: must be a file inside the catalog's folder "
            "(got 'pictures/reach.svg')"
        ),
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_package_of_links(site: Site, tmp_path: Path) -> None:
    """A package whose files an installer has linked from elsewhere is read."""
    package = site.package()
    cache = tmp_path / "cache"
    cache.mkdir()
    for i, name in enumerate(contents(whole())):
        path = site.folder / package / name
        path.rename(cache / str(i))
        path.symlink_to(cache / str(i))
    site.install("acme-stretches", f"acme = {package}")
    assert load_catalog("acme").name == "acme"


def test_one_distribution_offers_several(site: Site) -> None:
    """A distribution may offer several catalogs, and name one twice to the same effect."""
    first, second = site.package(), site.package(name="other")
    site.install("acme-stretches", f"acme = {first}\nother = {second}\n")
    assert {"acme", "other"} <= set(installed())
    assert load_catalog("other").name == "other"


def test_two_installations_of_one_distribution(site: Site, tmp_path: Path) -> None:
    """Of two installations of one distribution the first one on Python's path counts."""
    site.install("Acme.Stretches", f"acme = {site.package()}")
    later = Site(write_folder(tmp_path / "later", {}))
    later.install("acme_stretches", "acme = nothing_there")
    sys.path.append(str(later.folder))
    try:
        assert load_catalog("acme").name == "acme"
    finally:
        sys.path.remove(str(later.folder))


def test_the_same_entry_point_twice(site: Site) -> None:
    """An entry point that stands twice in one file is no conflict."""
    package = site.package()
    site.install("acme-stretches", f"acme = {package}\n[supple.catalogs]\nacme = {package}")
    assert load_catalog("acme").name == "acme"


# --- switched off


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("", {"acme", "other", "lower-back"}),
        ("all", {"lower-back"}),
        ("acme", {"other", "lower-back"}),
        ("acme, other", {"lower-back"}),
        ("lower-back,unknown", {"acme", "other", "lower-back"}),
    ],
)
def test_switched_off(
    site: Site, monkeypatch: pytest.MonkeyPatch, value: str, names: set[str]
) -> None:
    """An environment variable switches catalogs of others off, all or some."""
    site.install("acme-stretches", f"acme = {site.package()}\nother = nothing_there")
    monkeypatch.setenv("SUPPLE_DISABLE_PLUGINS", value)
    assert set(installed()) & {"acme", "other", "lower-back"} == names
    assert loads_the_others()
    if "acme" not in names:
        with pytest.raises(UnknownNameError, match="no catalog is named 'acme'"):
            load_catalog("acme")


@pytest.mark.parametrize("value", ["all", "other, all"])
def test_what_cannot_be_read_is_switched_off(
    site: Site, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    """Entry points that cannot be read do not matter where all are switched off."""
    site.install("acme-stretches", "acme")
    assert list(load_errors()) == ["entry points of acme-stretches 1.0"]
    monkeypatch.setenv("SUPPLE_DISABLE_PLUGINS", value)
    assert load_errors() == {}
    with pytest.raises(UnknownNameError, match="no catalog is named 'acme'"):
        load_catalog("acme")


# --- all failures at once


def test_no_failure(site: Site) -> None:
    """Where every catalog can be loaded there is no error, and none can be put in."""
    site.install("acme-stretches", f"acme = {site.package()}")
    errors: Any = load_errors()
    assert errors == {}
    with pytest.raises(TypeError):
        errors["acme"] = None


def test_every_failure(site: Site) -> None:
    """Each failure has the key to look for, and is what loading that catalog raises."""
    site.install("acme-a", f"other = {site.package('raise SystemExit')}\nacme = {site.package()}")
    site.install("acme-b", f"acme = {site.package()}\nfine = {site.package(name='fine')}")
    site.install("acme-c", "Caps = nothing_there\n.. = nothing_there")
    site.install("acme-d", "acme")
    errors = load_errors()
    assert list(errors) == ["..", "Caps", "acme", "entry points of acme-d 1.0", "other"]
    assert {key: error.origin for key, error in errors.items()} == {
        "..": "acme-c 1.0",
        "Caps": "acme-c 1.0",
        "acme": None,
        "entry points of acme-d 1.0": "acme-d 1.0",
        "other": "acme-a 1.0",
    }
    for name in ("acme", "other"):
        assert str(errors[name]) == str(failure(name))
        assert errors[name].catalog == name
    assert {"acme", "fine", "other"} <= set(installed())


def test_the_same_distribution_twice_without_a_name(site: Site) -> None:
    """What cannot be told apart by its name is told together."""
    site.install("a", "acme", about="Metadata-Version: 2.1\n")
    site.install("b", "acme", about="Metadata-Version: 2.1\n")
    [(key, error)] = load_errors().items()
    assert key == "entry points of a nameless distribution"
    assert len(error.problems) == 2


@pytest.mark.parametrize("name", ["Acme", "acme_stretches", "..", "a" * 65])
def test_a_name_that_no_catalog_can_have(site: Site, name: str) -> None:
    """An entry point of such a name is not offered, for it would be taken for a path."""
    package = site.package()
    site.install("acme-stretches", f"{name} = {package}")
    assert name not in installed()
    [problem] = load_errors()[name].problems
    assert str(problem) == (
        "acme-stretches 1.0: entry point: must be words of a-z and 0-9 joined by hyphens, "
        f"such as 'knee-rolls', of at most 64 characters (got '{name}')"
    )
    assert package not in sys.modules
    with pytest.raises(UnknownNameError) as caught:
        load_catalog("unknown")
    assert name not in caught.value.known


def test_an_interrupt_is_no_failure(site: Site) -> None:
    """An import that the user breaks off breaks off the rest, too."""
    site.install("acme-stretches", f"acme = {site.package('raise KeyboardInterrupt')}")
    with pytest.raises(KeyboardInterrupt):
        load_errors()


# --- bad ones


def test_two_distributions_of_one_name(site: Site) -> None:
    """Two distributions that offer one name are a conflict that names both."""
    first, second = site.package(), site.package()
    site.install("acme-one", f"acme = {first}")
    site.install("acme-two", f"acme = {second}", version="2.0")
    assert str(failure("acme")) == (
        "catalog acme cannot be read: 1 problem\n"
        "  installed distributions: entry point acme: must be of one distribution only, "
        f"but is of acme-one 1.0 ({first}) and acme-two 2.0 ({second})"
    )
    assert installed().count("acme") == 1
    assert loads_the_others()


def test_a_taken_name(site: Site) -> None:
    """A distribution that takes a bundled name is a conflict, and does not win it."""
    package = site.package(name="lower-back")
    site.install("thief", f"lower-back = {package}")
    [problem] = failure("lower-back").problems
    assert f"thief 1.0 ({package})" in problem.requirement
    assert "(supple.catalog.data.lower_back)" in problem.requirement


RAISES = {
    "raise ValueError('boom')": "ValueError('boom')",
    "raise SystemExit(3)": "SystemExit(3)",
    "import sys; sys.exit()": "SystemExit()",
    "import nothing_there": """ModuleNotFoundError("No module named 'nothing_there'")""",
    "1 / 0": "ZeroDivisionError('division by zero')",
    "def f(): f()\nf()": "RecursionError(",
    "class Stop(BaseException): pass\nraise Stop": "Stop()",
}


@pytest.mark.parametrize("code", RAISES)
def test_a_package_that_raises(site: Site, code: str) -> None:
    """A package that raises when it is imported is told, with distribution and entry point."""
    package = site.package(code)
    site.install("acme-stretches", f"acme = {package}")
    error = failure("acme")
    told = f"must be a package that can be imported, but importing {package} raised {RAISES[code]}"
    assert str(error).startswith(
        "catalog acme of acme-stretches 1.0 cannot be read: 1 problem\n"
        f"  acme-stretches 1.0: entry point acme: {told}"
    )
    assert type(error.__cause__).__name__ in RAISES[code]
    assert loads_the_others()


def test_an_interrupted_import(site: Site) -> None:
    """An import that the user breaks off is broken off."""
    site.install("acme-stretches", f"acme = {site.package('raise KeyboardInterrupt')}")
    with pytest.raises(KeyboardInterrupt):
        load_catalog("acme")


def test_an_error_that_cannot_be_shown(site: Site) -> None:
    """An error whose own text fails is told by its name."""
    code = "class Bad(Exception):\n    def __repr__(self): raise ValueError\nraise Bad"
    package = site.package(code)
    site.install("acme-stretches", f"acme = {package}")
    [problem] = failure("acme").problems
    assert f"but importing {package} raised <Bad" in problem.requirement


@pytest.mark.parametrize(
    "value", ["nothing there", "acme:catalog", "acme.", ".acme", "a-b", "a [b]"]
)
def test_an_entry_point_that_names_no_package(site: Site, value: str) -> None:
    """An entry point must be the dotted name of a package."""
    site.install("acme-stretches", f"acme = {value}")
    [problem] = failure("acme").problems
    assert problem.path in {
        "entry point acme",
        "entry_points.txt",
    }  # newer Pythons refuse the file
    assert problem.file == "acme-stretches 1.0"
    assert loads_the_others()


def test_an_entry_point_that_names_a_package_by_no_name(site: Site) -> None:
    """What cannot be the name of a package is shown."""
    site.install("acme-stretches", "acme = acme:catalog")
    assert str(failure("acme").problems[0]) == (
        "acme-stretches 1.0: entry point acme: must be the name of a package (got 'acme:catalog')"
    )


def test_a_module_is_no_package(site: Site) -> None:
    """An entry point must be a package, for a catalog is a folder."""
    name = f"module_{next(numbers)}"
    write_folder(site.folder, {f"{name}.py": ""})
    site.install("acme-stretches", f"acme = {name}")
    assert str(failure("acme").problems[0]) == (
        f"acme-stretches 1.0: entry point acme: must be a package, a folder of its own "
        f"(got '{name}')"
    )


def test_a_package_without_a_catalog(site: Site) -> None:
    """A package that holds no catalog is told with its distribution."""
    name = f"empty_{next(numbers)}"
    write_folder(site.folder, {f"{name}/__init__.py": ""})
    site.install("acme-stretches", f"acme = {name}")
    assert str(failure("acme")) == (
        "catalog acme of acme-stretches 1.0 cannot be read: 2 problems\n"
        "  catalog.toml: must be a file\n"
        "  exercises: must be a folder"
    )


def test_a_catalog_of_another_name(site: Site) -> None:
    """A catalog must have the name of its entry point."""
    site.install("acme-stretches", f"acme = {site.package(name='other')}")
    assert [str(problem) for problem in failure("acme").problems] == [
        "catalog.json: name: must be 'acme', the name of its entry point (got 'other')"
    ]


def test_entry_points_that_cannot_be_read(site: Site) -> None:
    """A file of entry points that is none is told when no other has the name."""
    site.install("acme-stretches", "acme")
    problem = failure("acme").problems[0]
    assert problem.file == "acme-stretches 1.0"
    assert problem.path == "entry_points.txt"
    assert problem.requirement.startswith("must be readable, but reading it raised ")
    assert "acme" not in installed()
    assert loads_the_others()


def test_a_distribution_that_says_nothing_of_itself(site: Site) -> None:
    """A distribution without a name or a version is told all the same."""
    site.install("acme-stretches", "acme = nothing_there", about="Metadata-Version: 2.1\n")
    assert failure("acme").origin == "a nameless distribution"
    site.install("acme-stretches", "acme = nothing_there", about="Name: acme\n")
    assert failure("acme").origin == "acme"


@pytest.mark.parametrize("about", ["\udcff", None])
def test_a_distribution_whose_metadata_cannot_be_read(site: Site, about: str | None) -> None:
    """Distributions whose metadata is damaged or missing hide no other."""
    good, bad = site.package(), site.package("raise ValueError('boom')", name="other")
    for distribution, entry_point in {"a": f"acme = {good}", "b": f"other = {bad}"}.items():
        site.install(distribution, entry_point)
        metadata_file = site.folder / f"{distribution}-1.0.dist-info" / "METADATA"
        metadata_file.unlink()
        if about is not None:
            metadata_file.write_text(about, "utf-8", "surrogateescape")
    assert load_catalog("acme").name == "acme"
    assert failure("other").origin == "a nameless distribution"


def test_other_distributions_do_not_matter(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A distribution that cannot be looked into, and offers no catalog, stays out of it."""
    site.install("acme-stretches", f"acme = {site.package()}")
    found = list(metadata.distributions())

    class Broken(metadata.PathDistribution):
        def read_text(self, filename: Any) -> str | None:
            if filename == "entry_points.txt":
                raise PermissionError(13, "Permission denied")
            return super().read_text(filename)

    broken = Broken(
        write_folder(site.folder / "broken-1.0.dist-info", {"METADATA": "Name: broken\n"})
    )
    monkeypatch.setattr(metadata, "distributions", lambda: [broken, *found])
    assert load_catalog("acme").name == "acme"
    assert [str(problem) for problem in failure("unknown").problems] == [
        (
            "broken: entry_points.txt: must be readable, but reading it raised "
            "PermissionError(13, 'Permission denied')"
        )
    ]


def test_close_names(site: Site) -> None:
    """A name that no catalog has is told with those that come close."""
    site.install("acme-stretches", f"acme = {site.package()}")
    with pytest.raises(UnknownNameError) as caught:
        load_catalog("acne")
    assert str(caught.value) == "no catalog is named 'acne'; did you mean 'acme'?"
    assert (caught.value.kind, caught.value.name) == ("catalog", "acne")


# --- hostile ones

HOSTILE_CODE = {
    "a repr that leaves": """
class Bad(Exception):
    def __repr__(self): raise SystemExit(3)
raise Bad
""",
    "a metaclass that leaves": """
class Meta(type):
    @property
    def __name__(cls): raise SystemExit(3)
class Bad(Exception, metaclass=Meta):
    def __repr__(self): raise SystemExit(4)
raise Bad
""",
    "a reader that leaves": """
class Reader:
    def files(self): raise SystemExit(3)
class Loader:
    def get_resource_reader(self, name): return Reader()
__spec__.loader = __loader__ = Loader()
""",
    "files that leave": """
class Files:
    def joinpath(self, *names): raise SystemExit(3)
    def iterdir(self): raise SystemExit(4)
    def __truediv__(self, name): raise SystemExit(5)
class Reader:
    def files(self): return Files()
class Loader:
    def get_resource_reader(self, name): return Reader()
__spec__.loader = __loader__ = Loader()
""",
    "files that are no files": """
class Files:
    def joinpath(self, *names): return self
    def is_file(self): return True
    def is_dir(self): return True
    def iterdir(self): return iter([3, None])
    def open(self, mode): return open(__file__)
class Reader:
    def files(self): return Files()
class Loader:
    def get_resource_reader(self, name): return Reader()
__spec__.loader = __loader__ = Loader()
""",
    "a path that leaves": """
class Meta(type):
    def __getattr__(cls, name): raise SystemExit(3)
import sys
class Module(metaclass=Meta): pass
sys.modules[__name__] = Module
""",
}


@pytest.mark.parametrize("code", HOSTILE_CODE.values(), ids=HOSTILE_CODE)
def test_code_that_is_up_to_something(site: Site, code: str) -> None:
    """Whatever the code of a package does, it is one failure among those of others."""
    package = site.package(code)
    site.install("acme-stretches", f"acme = {package}")
    try:
        assert list(load_errors()) == ["acme"]
        told = "catalog acme of acme-stretches 1.0 cannot be read: "
        assert str(failure("acme")).startswith(told)
        assert loads_the_others()
    finally:
        sys.modules.pop(package, None)  # others look at every module


@pytest.mark.parametrize(
    ("content", "keys"),
    [
        (b"\xff\xfe[console_scripts]", []),
        (b"[console_scripts]\nx", []),
        (b"\xff[supple.catalogs]\nacme = acme", ["entry points of broken 1.0"]),
        (b"[supple.catalogs]\nacme", ["entry points of broken 1.0"]),
    ],
)
def test_only_those_who_offer_catalogs_matter(
    site: Site, content: bytes, keys: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Broken entry points are a failure of the distribution only where catalogs are among them."""
    site.install("broken", "")
    path = site.folder / "broken-1.0.dist-info" / "entry_points.txt"
    path.write_bytes(content)
    invalidate_caches()
    assert list(load_errors()) == keys
    assert main(["list"]) == len(keys)
    assert "lower-back" in capsys.readouterr().out


def test_a_distribution_that_cannot_be_looked_into(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be told to offer catalogs is no failure, until a name is not found."""
    found = list(metadata.distributions())

    class Broken(metadata.PathDistribution):
        def read_text(self, _filename: Any) -> str | None:
            raise PermissionError(13, "Permission denied")

    broken = Broken(write_folder(site.folder / "broken-1.0.dist-info", {}))
    monkeypatch.setattr(metadata, "distributions", lambda: [broken, *found])
    assert load_errors() == {}
    assert "a nameless distribution: entry_points.txt: must be readable" in str(failure("acme"))


# --- slow ones

SLOW = """
import threading
threading.Event().wait({seconds})
"""


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command line wait for a moment only."""
    monkeypatch.setattr(_lookup, "PATIENCE", 0.2)


@pytest.mark.usefixtures("hurried")
def test_a_slow_plugin(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody waits for a plugin that hangs but who asks for it, and it is named."""
    site.install("slow-stretches", f"acme = {site.package(SLOW.format(seconds=30))}")
    site.install("fast-stretches", f"zeta = {site.package(name='zeta')}")
    told = (
        "supple: catalog acme of slow-stretches 1.0 cannot be read: 1 problem\n"
        "supple:   slow-stretches 1.0: entry point acme: must be imported and read within "
        "0.2 seconds; ask for it by its name to wait for it, or leave it out by "
        "SUPPLE_DISABLE_PLUGINS=acme\n"
    ).replace("supple:   slow", "  slow")
    for words, status, part in (
        (["list"], 1, "zeta 2.0"),
        (["show", "bridge"], 0, "Bridge"),
        (["events", "lower-back"], 0, "Pelvic tilt"),
    ):
        assert main(words) == status
        out, err = capsys.readouterr()
        assert part in out
        assert err.startswith(told)


@pytest.mark.usefixtures("hurried")
def test_a_slow_plugin_that_is_asked_for(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """Who names a slow plugin gets it, and is told after a while what takes so long."""
    site.install("slow-stretches", f"acme = {site.package(SLOW.format(seconds=0.5))}")
    assert main(["list", "--catalog", "acme"]) == 0
    out, err = capsys.readouterr()
    assert "acme 2.0" in out
    assert err == "supple: catalog acme takes longer than 0.2 seconds to load\n"


@pytest.mark.usefixtures("hurried")
def test_an_interrupt_in_a_plugin(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """What the user breaks off while a plugin is imported is broken off, without a word."""
    site.install("acme-stretches", f"acme = {site.package('raise KeyboardInterrupt')}")
    assert main(["list"]) == 130
    assert capsys.readouterr() == ("", "")
