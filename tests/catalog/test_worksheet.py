"""The file in which a catalog is translated: begun, completed, and brought up to date."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import importlib_resources
import pytest

import supple
from supple import Phrases
from supple._phrases import LANGUAGES
from supple.catalog import Translation, _load, check
from supple.catalog._languages.reword import translated
from supple.cli import main

ALL = len(Phrases.english)
CATALOG = """\
format = 1
name = "stairs"
title = "Stair break"
version = "1"
language = "en"
"""
STRETCH = """\
id = "calf-stretch"
name = "Calf stretch"
kind = "stretch"
position = "standing"
sides = "alternate"

[[cycle]]
hold = "Press your {side} heel down"
seconds = 20
"""
FRENCH = """\
format = 1
language = "fr"

[texts]
# Their word for it
"Calf stretch" = "Étirement du mollet"

[phrases]
# One word is enough.
rest = "Repos"
"""


@pytest.fixture
def stairs(tmp_path: Path) -> Path:
    """Return the folder of a small catalog."""
    for name in ("exercises", "translations"):
        (tmp_path / name).mkdir()
    (tmp_path / "catalog.toml").write_text(CATALOG, encoding="utf-8")
    (tmp_path / "exercises" / "calf-stretch.toml").write_text(STRETCH, encoding="utf-8")
    return tmp_path


def translate(folder: Path, language: str, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """Run the command, and return what the file holds and what was said."""
    assert main(["translate", language, str(folder)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    file = folder / "translations" / f"{language}.toml"
    assert out.splitlines()[0] == f"{file} is written."
    return file.read_text("utf-8"), out.partition("\n")[2]


def test_it_begins_a_translation(stairs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A new file has every text and every phrase, each with room for what to say."""
    (stairs / "translations").rmdir()
    content, said = translate(stairs, "fr", capsys)
    assert said == (
        "0 of 3 texts translated, 3 left\n"
        f"0 of {ALL} phrases translated, {ALL} left\n"
        "What is said while a routine is done stands first among the phrases\n"
        "Write between the empty quotation marks, then: supple check\n"
    )
    assert '# --- calf-stretch\n\n"Calf stretch" = ""\n' in content
    assert '\nswitch_sides = ""  # Switch sides\n' in content
    assert '# --- How much, and how long\n\nhours = ""  # {n} h\n' in content
    data = tomllib.loads(content)
    assert data["texts"] == dict.fromkeys(
        ["Stair break", "Calf stretch", "Press your {side} heel down"], ""
    )
    assert [*data["phrases"]] == [*Phrases.english]
    assert set(data["phrases"].values()) == {""}


def test_it_keeps_what_is_translated(stairs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Translations and the notes above them stay, and once more changes nothing."""
    file = stairs / "translations" / "fr.toml"
    file.write_text(FRENCH, encoding="utf-8")
    content, said = translate(stairs, "fr", capsys)
    assert said.startswith(
        f"1 of 3 texts translated, 2 left\n1 of {ALL} phrases translated, {ALL - 1} left\n"
    )
    assert '\n# Their word for it\n"Calf stretch" = "Étirement du mollet"\n' in content
    assert '\n# One word is enough.\nrest = "Repos"  # Rest\n' in content
    assert translate(stairs, "fr", capsys) == (content, said)
    french = supple.load_catalog(stairs, language="fr")
    assert french["calf-stretch"].name == "Étirement du mollet"
    assert french.title == "Stair break"
    assert french.phrases.rest == "Repos"


def test_notes_may_hold_anything(stairs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A note that looks like a text, and is none that could be read, stays a note."""
    file = stairs / "translations" / "fr.toml"
    notes = [
        f"# a = {each}" for each in ("[" * 20_000, "9" * 5_000, "1979-99-99", "{", "'", "\u2028x")
    ]
    file.write_text(FRENCH.replace("# Their word for it", "\n".join(notes)), encoding="utf-8")
    content, _ = translate(stairs, "fr", capsys)
    assert "\n".join(notes) in content


def test_check_agrees(stairs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is left is what the check misses, and once all is filled in it misses nothing."""
    content, _ = translate(stairs, "fr", capsys)
    found = {each.message.partition(":")[0] for each in check(stairs).findings if each.file}
    assert "3 texts of the catalog are not translated" in found
    assert f"{ALL} phrases of the library are left in English" in found
    file = stairs / "translations" / "fr.toml"
    filled = (
        content.replace('down" = ""', 'down" = "Talon {side}"')
        .replace('break" = ""', 'break" = "Oui"')
        .replace('stretch" = ""', 'stretch" = "Oui"')
    )
    whole = re.sub(r'^(\w+) = ""  # (.*)$', r'\1 = "\2"  # \2', filled, flags=re.MULTILINE)
    file.write_text(whole, encoding="utf-8")
    content, said = translate(stairs, "fr", capsys)
    assert content == whole
    assert said == f"3 of 3 texts translated, 0 left\n{ALL} of {ALL} phrases translated, 0 left\n"
    rules = {each.rule for each in check(stairs).findings if each.file == "translations/fr.toml"}
    assert rules.isdisjoint(
        {"translation-is-complete", "phrases-are-complete", "translation-is-used"}
    )


def test_it_marks_what_has_changed(stairs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What has changed since has its former words above it, until it is translated anew."""
    file = stairs / "translations" / "fr.toml"
    old = '"Calf stretch" = "Étirement du mollet"\n"Off with it" = "Adieu"\n'
    file.write_text(f'format = 1\nlanguage = "fr"\n\n[texts]\n{old}', encoding="utf-8")
    exercise = stairs / "exercises" / "calf-stretch.toml"
    exercise.write_text(STRETCH.replace("Calf stretch", "Calf stretches"), encoding="utf-8")
    content, said = translate(stairs, "fr", capsys)
    was = '# was: "Calf stretch" = "Étirement du mollet"\n'
    assert f'\n{was}"Calf stretches" = ""\n' in content
    assert '# --- what the catalog no longer has\n\n# was: "Off with it" = "Adieu"\n' in content
    assert "1 text changed since: look for '# was:' above them\n" in said
    assert translate(stairs, "fr", capsys) == (content, said)
    file.write_text(content.replace('stretches" = ""', 'stretches" = "Mollet"'), encoding="utf-8")
    content, said = translate(stairs, "fr", capsys)
    assert was not in content
    assert '# was: "Off with it" = "Adieu"\n' in content
    assert "changed since" not in said


def test_a_language_of_the_library(stairs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the library speaks the language, its phrases stand there as notes."""
    content, said = translate(stairs, "de", capsys)
    assert said.startswith("0 of 3 texts translated, 3 left\nWrite ")
    assert '\n# rest = "Pause"  # Rest\n' in content
    content, said = translate(stairs, "en", capsys)
    assert said == ""
    assert "[texts]" not in content


def test_phrases_are_taken_from_another_catalog(
    stairs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who has translated the phrases for one catalog need not do so for the next."""
    said = Translation("fr", phrases={"rest": "Repos", "halfway": "À moitié"})
    other = supple.Catalog("other", title="Other", version="1", language="en", translations=[said])
    french = translated(other, [said])
    monkeypatch.setattr(_load, "load_installed", lambda **_: ([french, other], {}))
    (stairs / "translations" / "fr.toml").write_text(FRENCH, encoding="utf-8")
    content, said_of_it = translate(stairs, "fr", capsys)
    assert '\nrest = "Repos"  # Rest\n' in content
    assert '\nhalfway = "À moitié"  # Halfway\n' in content
    assert f"2 of {ALL} phrases translated, {ALL - 2} left\n" in said_of_it
    assert "1 phrase taken from catalogs that are installed\n" in said_of_it
    _, again = translate(stairs, "fr", capsys)
    assert "taken" not in again


def test_a_variety_of_a_language(stairs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a more general translation says stands there as a note, to be said otherwise."""
    (stairs / "translations" / "fr.toml").write_text(FRENCH, encoding="utf-8")
    content, said = translate(stairs, "fr-CA", capsys)
    assert '\n# "Calf stretch" = "Étirement du mollet"\n' in content
    assert '\n# rest = "Repos"  # Rest\n' in content
    assert said.startswith("1 of 3 texts translated, 2 left\n")


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_the_bundled_translation_says_the_same(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A complete translation that is written anew says what it did."""
    bundled = Path(str(importlib_resources.files("supple.catalog.data.lower_back")))
    shutil.copytree(bundled, tmp_path / "back")
    _, said = translate(tmp_path / "back", language, capsys)
    assert said.endswith(" texts translated, 0 left\n")
    again = supple.load_catalog(tmp_path / "back", language=language)
    assert again == supple.load_catalog("lower-back", language=language)


def test_what_cannot_be_translated(
    stairs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A broken catalog or translation, another format and no folder leave all as it is."""
    assert main(["translate", "fran çais", str(stairs)]) == 2
    assert "TAG: must be a language tag such as 'en' or 'pt-BR'" in capsys.readouterr().err
    assert main(["translate", "fr", "lower-back"]) == 2
    assert "PATH: must be the folder of a catalog" in capsys.readouterr().err
    file = stairs / "translations" / "fr.toml"
    file.write_text(FRENCH.replace('"Repos"', "5"), encoding="utf-8")
    assert main(["translate", "fr", str(stairs)]) == 1
    assert "phrases.rest: must be text (got 5)" in capsys.readouterr().err
    assert "5" in file.read_text("utf-8")
    file.unlink()
    file.with_suffix(".json").write_text('{"format": 1, "language": "fr"}', encoding="utf-8")
    assert main(["translate", "fr", str(stairs)]) == 1
    assert "only a translation in TOML can be completed" in capsys.readouterr().err
    file.with_suffix(".json").unlink()
    (stairs / "translations").rmdir()
    (stairs / "translations").touch()
    assert main(["translate", "fr", str(stairs)]) == 1
    assert capsys.readouterr().out == ""
    del tmp_path


def test_an_empty_translation_is_left_out() -> None:
    """Empty quotation marks stand for what is still to be written."""
    assert Translation("fr", texts={"Bridge": "", "Rest": "Repos"}, phrases={"rest": ""}) == (
        Translation("fr", texts={"Rest": "Repos"})
    )
