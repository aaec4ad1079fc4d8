"""``--language``: the same commands in another language, with the catalog's own phrases."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

import supple
from supple._phrases import LANGUAGES
from supple.cli import main
from supple.export import event_lines

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.program import Run

FRENCH = """\
format = 1
language = "fr"

[texts]
"Acme" = "Acmé"
"Rounds" = "En rond"
"Squat" = "Flexion"
"Réach" = "Étirement"
"Lean to the {side}" = "Penche-toi à {side}"

[phrases]
get_ready = "Prêt ? {exercise}, {position}"
rest = "Repos"
left = "gauche"
right = "droite"
standing = "debout"
"""
OWN = """\
format = 1
language = "en"

[phrases]
rest = "Take a break"
standing = "upright"
left = "port"
right = "starboard"
"""


@pytest.fixture
def bilingual(acme: Path) -> Path:
    """Return the folder of a catalog in English and French, each with phrases of its own."""
    (acme / "translations").mkdir()
    (acme / "translations" / "fr.toml").write_text(FRENCH, encoding="utf-8")
    (acme / "translations" / "en.toml").write_text(OWN, encoding="utf-8")
    return acme


def output_of(*words: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what a command that is done without a complaint writes."""
    assert main(words) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


@pytest.mark.parametrize(
    ("language", "title", "bridge"),
    [
        ([], "Lower back", "Bridge"),
        (["--language", "de-AT"], "Unterer Rücken", "Brücke"),
        (["--language=ES"], "Zona lumbar", "Puente"),
        (["--language", "fr"], "Lower back", "Bridge"),
        (["--language", "de-u-nu-latn"], "Unterer Rücken", "Brücke"),
    ],
    ids=str,
)
def test_bundled_catalog(language: list[str], title: str, bridge: str, run: Run) -> None:
    """A list is in the closest language that a catalog has, and else in its own."""
    done = run("list", *language, SUPPLE_DISABLE_PLUGINS="all")
    told = "supple: lower-back has no texts in fr; they are in en instead\n"
    assert (done.returncode, done.stderr) == (0, told if "fr" in language else "")
    assert done.stdout.startswith(f"{title}  lower-back ")
    assert f"  bridge           {bridge} " in done.stdout


@pytest.mark.parametrize("command", ["show", "events"])
def test_a_missing_language_is_told_once(command: str, run: Run) -> None:
    """What is shown in another language than the one asked for is told, in one line."""
    done = run(command, "bridge", "--language", "fr")
    assert done.stderr == "supple: lower-back has no texts in fr; they are in en instead\n"
    assert (done.returncode, done.stdout) == (0, run(command, "bridge").stdout)


def test_json_names_the_language_that_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    """The language that is told is that of the texts, not that which was asked for."""
    words = ("list", "--catalog", "lower-back", "--language", "de-AT", "--json")
    [catalog] = json.loads(output_of(*words, capsys=capsys))["catalogs"]
    assert (catalog["language"], catalog["title"]) == ("de", "Unterer Rücken")


def test_exercise(bilingual: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Positions and sides are called as the catalog does in that language."""
    words = ("show", f"{bilingual}/reach", "--kind", "exercise")
    french = output_of(*words, "--language", "fr-CA", capsys=capsys)
    assert french.startswith("Étirement  acme/reach\n")
    assert re.search("  Position  +debout\n", french)
    assert "  3. Penche-toi à gauche (hold 5–10 s)\n" in french
    own = output_of(*words, capsys=capsys)
    assert own.startswith("Réach  acme/reach\n")
    assert re.search("  Position  +upright\n", own)
    assert "  3. Lean to the port (hold 5–10 s)\n" in own


def test_routine(bilingual: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A rest without a text is called as the catalog does in that language."""
    words = ("show", f"{bilingual}/rounds")
    assert "     2. Repos, 5 s\n" in output_of(*words, "--language", "fr", capsys=capsys)
    assert "     2. Take a break, 5 s\n" in output_of(*words, capsys=capsys)


def test_list_and_programme(bilingual: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Doses in JSON and the sessions of a programme are told as the catalog does."""
    words = 'times_hold = "{n} times {seconds}"\nbeginning = "So it begins."\n'
    (bilingual / "translations" / "en.toml").write_text(OWN + words, encoding="utf-8")
    listed = json.loads(output_of("list", "--catalog", f"{bilingual}", "--json", capsys=capsys))
    [reach] = [each for each in listed["catalogs"][0]["exercises"] if each["id"] == "reach"]
    assert reach["dose"] == "2 sets: 2–3 times 5–10 s, each side"
    days = ("--starts", "2099-01-01", "--zone", "UTC")
    shown = output_of("programme", f"{bilingual}/rounds", *days, capsys=capsys)
    assert "So it begins." in shown


@pytest.mark.parametrize(
    ("language", "ready"),
    [("fr", "Prêt ? Flexion, debout"), ("en-GB", "Get ready: Squat, upright")],
)
def test_table(
    language: str, ready: str, bilingual: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Events say what the catalog says in that language."""
    words = ("events", f"{bilingual}/squat", "--language", language)
    assert output_of(*words, capsys=capsys).splitlines()[2].endswith(f"  {ready}")


@pytest.mark.parametrize("language", [None, "fr"])
def test_json_lines_are_the_timeline(
    language: str | None, bilingual: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The events are those of the catalog's routine with the catalog's phrases."""
    catalog = supple.load_catalog(bilingual, language=language)
    timeline = supple.schedule(catalog.routines["rounds"])
    option = [] if language is None else ["--language", language]
    out = output_of("events", f"{bilingual}/rounds", "--json", *option, capsys=capsys)
    assert [event_lines.decode(line) for line in out.splitlines()] == list(timeline)


def test_broken_translation(bilingual: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A translation that cannot be read fails those who ask for it, and nobody else."""
    file = bilingual / "translations" / "fr.toml"
    file.write_text(FRENCH.replace('"Flexion"', "5"), encoding="utf-8")
    output_of("show", f"{bilingual}/squat", capsys=capsys)
    assert main(["show", f"{bilingual}/squat", "--language", "fr"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "translations/fr.toml: texts.'Squat': must be text (got 5)" in err


# --- the library's own words ------------------------------------------------------------

BUNDLED = ("lower-back/lower-back", "in-bed", "knee-rolls", "bridge", "childs-pose", "cat-camel")


def headings(page: str) -> set[str]:
    """Return the headings of a page and the labels of its facts."""
    parts = page.split("\n\n")[1:]
    first, *others = parts
    labels = {line[2:].partition("  ")[0] for line in first.splitlines()}
    return labels | {part.partition("\n")[0].partition(",")[0] for part in others}


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("name", BUNDLED)
def test_no_heading_stays_english(
    name: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page in another language has as many headings as in English, and none of those."""
    words = ("show", name, "--catalog", "lower-back")[: 2 if "/" in name else 4]
    if "/" in name:
        words = (*words, "--kind", "routine")
    english = headings(output_of(*words, capsys=capsys))
    other = headings(output_of(*words, "--language", language, capsys=capsys))
    assert len(english) == len(other) > 4
    assert english.isdisjoint(other)


def test_a_list_has_no_english_heading(capsys: pytest.CaptureFixture[str]) -> None:
    """The headings of a list are in the language of the catalog."""
    words = ("list", "--catalog", "lower-back", "--language", "es")
    out = output_of(*words, capsys=capsys)
    assert "\nEjercicios\n" in out
    assert "\nRutinas\n" in out
