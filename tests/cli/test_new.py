"""``supple new``: a distribution that installs and passes its own test as it stands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import importlib_resources
import pytest

import supple
from supple._phrases import LANGUAGES
from supple.catalog import RULES, _template, check, new_catalog, spreadsheet
from supple.catalog._languages.reword import texts_of
from supple.cli import main
from supple.testing import catalog_conformance

DISTRIBUTION = importlib_resources.files("supple.catalog._template") / "distribution"

test_example = catalog_conformance(Path(str(DISTRIBUTION)) / "src" / "supple_your_catalog")

MADE = [
    "README.md",
    "pyproject.toml",
    "src/supple_neck_care/__init__.py",
    "src/supple_neck_care/catalog.toml",
    "src/supple_neck_care/exercises/example-side-bend.toml",
    "tests/test_catalog.py",
]


def files(folder: Path) -> list[str]:
    """Return the files in a folder, hidden ones included."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def test_it_says_what_to_do_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The folder is written into the current one, and each line after that leads on from there."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "neck-care"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "supple-neck-care is written. Next:",
        "  cd supple-neck-care",
        "  supple check --watch                     what is wrong, again whenever you save",
        "  supple show neck-care --catalog .        the routine as a page to read",
        "  supple play neck-care --catalog .        the routine as it will be done",
        "  supple translate fr                      a file to fill in, for another language",
        "  supple figure --help                     how an exercise gets its figure",
        '  python -m pip install -e ".[test]"       your programs find the catalog from now on',
        "  python -m pytest                         every check as a test, before you publish it",
        "  python -m pip wheel --no-deps -w dist .  one file, to give to others",
    ]
    assert err == ""
    assert files(tmp_path) == [f"supple-neck-care/{path}" for path in MADE]


def test_a_name_that_is_nearly_one(capsys: pytest.CaptureFixture[str]) -> None:
    """A name with capital letters or blanks is answered with the one that is meant."""
    assert main(["new", "Neck Care"]) == 2
    assert "; did you mean 'neck-care'? (got 'Neck Care')\n" in capsys.readouterr().err


def test_a_spreadsheet_in_a_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a project that is there already, the spreadsheet alone is written, and never twice."""
    made = new_catalog("neck-care", tmp_path)
    monkeypatch.chdir(made)
    assert main(["new", "--spreadsheet"]) == 0
    assert capsys.readouterr().out.startswith(
        "exercises.csv is written. Next:\n  supple import exercises.csv "
    )
    assert Path("exercises.csv").read_bytes() == spreadsheet.template()
    assert main(["new", "--spreadsheet"]) == 1
    assert capsys.readouterr().err == "supple: exercises.csv: File exists\n"


@pytest.mark.parametrize("language", ["de-AT", *LANGUAGES[1:]])
def test_the_example_is_in_the_language(language: str, tmp_path: Path) -> None:
    """Where the library speaks the language, no text of the example is left in English."""
    made = new_catalog("neck-care", tmp_path, title="!", language=language)
    assert str(check(made)) == "no errors, no warnings in 2 files"
    english = texts_of(
        supple.load_catalog(new_catalog("back-care", tmp_path, title="?") / "src/supple_back_care")
    )
    other = texts_of(supple.load_catalog(made / "src/supple_neck_care"))
    assert len(other) == len(english)
    assert not {*other} & {*english}


def test_an_example_in_another_language_is_owned_up_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where it does not, that is said, and what is left to be translated is the first step."""
    assert main(["new", "neck-care", "--in", str(tmp_path), "--language", "fr"]) == 0
    first, _, third, *others = capsys.readouterr().out.splitlines()
    assert first.endswith(
        "supple-neck-care is written, its example in English: write over it in fr. Next:"
    )
    assert third.split("  ")[1] == "supple translate fr"
    assert any("supple translate en " in line for line in others)


def test_it_writes_into_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A path with a space is quoted in what to do next."""
    folder = tmp_path / "my catalogs"
    folder.mkdir()
    assert main(["new", "neck-care", "--in", str(folder)]) == 0
    made = folder / "supple-neck-care"
    assert capsys.readouterr().out.splitlines()[:2] == [
        f"{made} is written. Next:",
        f'  cd "{made}"',
    ]
    assert files(made) == MADE


def test_it_passes_its_own_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is written has neither an error nor a warning, and the commands it names work."""
    assert main(["new", "neck-care", "--in", str(tmp_path)]) == 0
    monkeypatch.chdir(tmp_path / "supple-neck-care")
    capsys.readouterr()
    assert main(["check"]) == 0
    assert capsys.readouterr().out.endswith("\nno errors, no warnings in 2 files\n")
    assert main(["show", "neck-care", "--catalog", "."]) == 0
    assert capsys.readouterr().out.startswith("Neck care  neck-care/neck-care\n")
    assert main(["translate", "de"]) == 0


def test_title_and_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A title may have any signs, and the language is that of the catalog."""
    words = ["--title", 'The "neck" \\ care', "--language", "de-AT", "--in", str(tmp_path)]
    assert main(["new", "neck-care", *words]) == 0
    catalog = supple.load_catalog(tmp_path / "supple-neck-care" / "src" / "supple_neck_care")
    assert (catalog.title, catalog.language) == ('The "neck" \\ care', "de-AT")
    capsys.readouterr()
    assert fail(capsys, "neck-2", "--title", "\n", "--in", str(tmp_path)) == (
        2,
        "supple: --title: must not be empty (got '\\n')\n",
    )
    assert fail(capsys, "neck-2", "--language", "no tag", "--in", str(tmp_path)) == (
        2,
        "supple: --language: must be a language tag such as 'en' or 'pt-BR' (got 'no tag')\n",
    )


def test_it_asks_on_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a name it asks for what is missing, again where an answer cannot be."""
    asked = []
    answers = iter(["Neck Care", "neck-care", "", "german!", "de"])

    def answer(question: str) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", answer)
    assert main(["new", "--in", str(tmp_path)]) == 0
    assert asked == [
        *["Name, in small letters, such as neck-care: "] * 2,
        "Title, as people will read it [Neck care]: ",
        *["Language of its texts, such as en, de or pt-BR [en]: "] * 2,
    ]
    assert "  must be a language tag such as 'en' or 'pt-BR'\n" in capsys.readouterr().out
    catalog = supple.load_catalog(tmp_path / "supple-neck-care" / "src" / "supple_neck_care")
    assert (catalog.name, catalog.title, catalog.language) == ("neck-care", "Neck care", "de")


def test_it_asks_for_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the command line says is not asked for."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", {"Name, in small letters, such as neck-care: ": "n"}.get)
    words = ["--title", "Nacken", "--language", "de", "--in", str(tmp_path)]
    assert main(["new", *words]) == 0
    assert capsys.readouterr().err == ""
    assert supple.load_catalog(tmp_path / "supple-n" / "src" / "supple_n").title == "Nacken"


def test_nobody_to_ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a terminal, or where the person ends the questions, a name must be given."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    message = "supple: NAME: must be given (see 'supple new --help')\n"
    assert fail(capsys, "--in", str(tmp_path)) == (2, message)

    def end(_question: str) -> str:
        raise EOFError

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", end)
    assert fail(capsys, "--in", str(tmp_path)) == (2, "supple: NAME: must be given\n")
    assert files(tmp_path) == []


def test_only_the_name_is_filled_in(tmp_path: Path) -> None:
    """The example's own name is nowhere left, in any of its forms; the rest is the example."""
    made = new_catalog("neck-care-2", tmp_path)
    assert made == tmp_path / "supple-neck-care-2"
    for template in _template.FILES:
        path = template.replace("your_catalog", "neck_care_2")
        text = (made / path).read_bytes().decode()
        assert "your" not in path
        assert "your-catalog" not in text
        assert "your_catalog" not in text
        assert "Your catalog" not in text
        example = DISTRIBUTION.joinpath(*template.split("/")).read_text(encoding="utf-8")
        assert text.count("\n") == example.count("\n")
    catalog = supple.load_catalog(made / "src" / "supple_neck_care_2")
    assert (catalog.name, catalog.title) == ("neck-care-2", "Neck care 2")
    assert [*catalog.routines] == ["neck-care-2"]


def test_every_file_of_the_example_is_listed() -> None:
    """What lies in the example is copied, but for what Python leaves there."""
    found = [path for path in files(Path(str(DISTRIBUTION))) if "__pycache__" not in path]
    assert found == sorted(_template.FILES)


# --- what is refused -----------------------------------------------------------------


def fail(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Return the status and the message of a command that fails."""
    status = main(["new", *words])
    out, err = capsys.readouterr()
    assert out == ""
    return status, err


@pytest.mark.parametrize("name", ["Neck", "neck care", "../neck", "neck_care", "", "-", "n" * 65])
def test_a_name_that_is_none(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be the name of a catalog is wrong use, and nothing is written."""
    status, message = fail(capsys, "--in", str(tmp_path), "--", name)
    assert status == 2
    assert message.startswith("supple: NAME: must be words of a-z and 0-9 joined by hyphens, ")
    assert files(tmp_path) == []


def test_a_name_that_is_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two installed catalogs of one name would hide each other."""
    assert fail(capsys, "lower-back", "--in", str(tmp_path)) == (
        2,
        "supple: NAME: must not be that of an installed catalog (got 'lower-back')\n",
    )


def test_a_folder_that_is_there_already(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder with something in it, or a file, is left as it is; nothing else is left."""
    taken = tmp_path / "supple-neck-care"
    message = f"supple: {taken}: must not be there yet, or be an empty folder\n"
    taken.mkdir()
    (taken / "notes.txt").write_text("mine", encoding="utf-8")
    assert fail(capsys, "neck-care", "--in", str(tmp_path)) == (1, message)
    assert files(tmp_path) == ["supple-neck-care/notes.txt"]
    shutil.rmtree(taken)
    taken.write_text("mine", encoding="utf-8")
    assert fail(capsys, "neck-care", "--in", str(tmp_path)) == (1, message)
    assert [*tmp_path.iterdir()] == [taken]
    assert taken.read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    """A folder that was made for it is as good as none."""
    (tmp_path / "supple-neck-care").mkdir()
    assert files(new_catalog("neck-care", tmp_path)) == MADE


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The folder to write into is not made."""
    nowhere = tmp_path / "nowhere"
    assert fail(capsys, "neck-care", "--in", str(nowhere)) == (
        1,
        f"supple: {nowhere}: a catalog cannot be written there: No such file or directory\n",
    )
    assert not nowhere.exists()


def test_a_write_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the disk is full halfway, neither the folder nor a part of it stays."""
    replace = Path.replace

    def write_until_full(self: Path, target: Path) -> Path:
        if target.name == "test_catalog.py":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", write_until_full)
    assert fail(capsys, "neck-care", "--in", str(tmp_path)) == (
        1,
        f"supple: {tmp_path}: a catalog cannot be written there: No space left on device\n",
    )
    assert [*tmp_path.iterdir()] == []


def test_a_move_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that has nothing to do with what is there comes through as it is."""

    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError):
        new_catalog("neck-care", tmp_path)
    assert [*tmp_path.iterdir()] == []


# --- installed -----------------------------------------------------------------------


class Installed:
    """A new catalog, built and installed into an environment of its own."""

    def __init__(self, folder: Path) -> None:
        self.source = folder / "supple-neck-care"
        self.environment = folder / "environment"
        self.run(sys.executable, "-m", "supple", "new", "neck-care", "--in", folder, cwd=folder)
        has_pip = find_spec("pip") is not None
        without = ["--without-pip"] if has_pip else []  # to have one installed takes long
        self.run(sys.executable, "-m", "venv", *without, self.environment, cwd=folder)
        # What this test run can import can be imported there: supple, hatchling, pytest, pip.
        lent = {
            str(Path(supple.__file__).parent.parent),
            *(sysconfig.get_path(name) for name in ("purelib", "platlib")),
        }
        encoding = "utf-8" if sys.version_info >= (3, 13) else "locale"
        self.path("purelib").joinpath("lent.pth").write_text(
            "".join(f"{each}\n" for each in sorted(lent)), encoding=encoding
        )
        options = ("--no-deps", "--no-build-isolation", "--no-index", "--quiet")
        self.python("-m", "pip", "install", "--disable-pip-version-check", *options, ".")

    @property
    def data(self) -> Path:
        """The folder that the installed catalog is read from."""
        return self.path("purelib") / "supple_neck_care"

    def path(self, name: str) -> Path:
        """Return a folder of the environment."""
        base = str(self.environment)
        return Path(sysconfig.get_path(name, "venv", {"base": base, "platbase": base}))

    def python(self, *words: str, status: int = 0) -> str:
        """Return what Python prints that runs there, in the folder of the source."""
        python = self.path("scripts") / ("python.exe" if os.name == "nt" else "python")
        return self.run(python, *words, cwd=self.source, status=status)

    def run(self, *command: str | Path, cwd: Path, status: int = 0) -> str:
        """Return what a command prints."""
        done = subprocess.run(
            command,
            cwd=cwd,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env={**os.environ, "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1"},
            timeout=120,
            check=False,
        )
        assert done.returncode == status, done.stdout
        return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Write and install a new catalog, once for all tests here."""
    return Installed(tmp_path_factory.mktemp("new"))


def test_it_passes_as_it_stands(installed: Installed) -> None:
    """Its own test passes, every check of it, without a warning."""
    printed = installed.python("-m", "pytest", "-W", "error", "-p", "no:cacheprovider")
    assert f" {len(RULES)} passed in " in printed


def test_its_events_stream(installed: Installed) -> None:
    """The installed catalog is listed, and its routine runs to its end."""
    assert '"name": "neck-care"' in installed.python("-m", "supple", "list", "--json")
    lines = installed.python("-m", "supple", "events", "neck-care", "--json").splitlines()
    assert '"kind": "routine.started"' in lines[0]
    assert '"kind": "routine.ended"' in lines[-1]
    assert any("Slide your left hand down your leg" in line for line in lines)


class Slip(NamedTuple):
    """A slip of an author's pen, and what the author's own test says of it."""

    rule: str
    file: str
    written: str
    instead_of: str
    finding: str


SLIPS = [
    Slip(
        "catalog-loads",
        "catalog.toml",
        'name = "neck"',
        'name = "neck-care"',
        "name must be 'neck-care', the name of its entry point; it is 'neck'",
    ),
    Slip(
        "dose-has-source",
        "exercises/example-side-bend.toml",
        'gives = ["reps", "sets"]',
        'gives = ["reps", "sets", "hold"]',
        "no source says where the dose comes from: hold",
    ),
    Slip(
        "text-fits-its-time",
        "exercises/example-side-bend.toml",
        "seconds = 1",
        "seconds = 4",
        "'Stand tall with your feet apart' takes about ",
    ),
]


@pytest.mark.parametrize("slip", SLIPS, ids=[slip.rule for slip in SLIPS])
def test_a_slip_fails_the_check_of_it(slip: Slip, installed: Installed) -> None:
    """Its own test fails where the slip is, with the reason and the remedy."""
    path = installed.data / slip.file
    text = path.read_text(encoding="utf-8")
    assert slip.instead_of in text
    path.write_text(text.replace(slip.instead_of, slip.written, 1), encoding="utf-8")
    try:
        printed = installed.python("-m", "pytest", "-p", "no:cacheprovider", status=1)
    finally:
        path.write_text(text, encoding="utf-8")
    assert f"_ test_catalog[{slip.rule}] _" in printed
    assert slip.finding in printed
    assert f"\nwhy: {RULES[slip.rule].why}\n" in printed
    assert "1 failed, " in printed
