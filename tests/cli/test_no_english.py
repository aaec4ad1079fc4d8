"""No command shows a word that is neither of the library's table nor of the catalog's texts."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import importlib_resources
import pytest

import supple
from supple import Catalog, Phrases, schedule
from supple._phrases import LANGUAGES, phrases_for
from supple.catalog._languages.reword import texts_of
from supple.cli import main
from tests.cli.playing import Stage, on_stage

Capture = pytest.CaptureFixture[str]
MARKED = "art-x-marked"
"""A language that nobody speaks: English with a mark on every word."""
MARK = "ʒ"
WORD = re.compile(r"[^\W\d_]{2,}")
"""Of a single letter nobody can tell the language, and it may be a key."""
BRACED = re.compile(r"(\{[^}]*\})")
COMMANDS = "supple fit --minutes play --log --catalog --language --from export UTC utc Ctrl Esc fg"


def words_of(*texts: str) -> set[str]:
    """Return the words of some texts, in small letters."""
    return {word.casefold() for text in texts for word in WORD.findall(text)}


def marked(text: str) -> str:
    """Return a text with a mark on every word outside of braces, and on the forms in them."""
    parts = BRACED.split(text)
    return "".join(
        part if part[:1] == "{" and "|" not in part else WORD.sub(rf"\g<0>{MARK}", part)
        for part in parts
    )


class Told(NamedTuple):
    """The bundled catalog in a language, and the folder in which that stands."""

    folder: Path
    catalog: Catalog

    @property
    def options(self) -> tuple[str, ...]:
        """What names both on the command line."""
        return "--catalog", str(self.folder), "--language", self.catalog.language

    def strangers(self, out: str) -> set[str]:
        """Return the words of an output that are neither said nor a name."""
        catalog = self.catalog
        said = [BRACED.sub("", catalog.phrases[id]) for id in Phrases.english]
        said += [text.replace("|", " ") for text in texts_of(catalog)]
        names = [catalog.name, *catalog.languages, *catalog.exercises, *catalog.routines]
        for each in catalog.exercises.values():
            names += [text for one in each.sources for text in (one.title, one.url or "")]
            names += [text for one in each.links for text in (one.title, one.url)]
            names += [text for one in each.pictures for text in (one.path, one.credit or "")]
        advice = (each.source or "" for tier in catalog.advice.values() for each in tier)
        return words_of(out) - words_of(*said, *names, *advice, COMMANDS)


@pytest.fixture(scope="module", params=["de", MARKED])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Return the bundled catalog in a language."""
    language: str = request.param
    folder = tmp_path_factory.mktemp("told") / "back"
    shutil.copytree(Path(str(importlib_resources.files("supple.catalog.data.lower_back"))), folder)
    if language == MARKED:
        file = {
            "format": 1,
            "language": language,
            "texts": {text: marked(text) for text in texts_of(supple.load_catalog(folder))},
            "phrases": {id: marked(text) for id, text in Phrases.english.items()},
        }
        (folder / "translations" / f"{language}.json").write_text(json.dumps(file), "utf-8")
    return Told(folder, supple.load_catalog(folder, language=language))


@pytest.mark.parametrize(
    "command",
    [
        "list",
        "show lower-back --kind routine",
        "show in-bed",
        *(f"show {id}" for id in supple.load_catalog("lower-back").exercises if id != "bridge"),
        "plan --minutes 2 --target lower-back --avoid kneeling",
        "plan --minutes 12 --target core --include bridge --exclude knee-rolls",
        "fit lower-back --kind routine --minutes 7",
        "programme lower-back --kind routine --zone UTC --grow hold:1:2:5 --easier-week 2",
        "export lower-back --kind routine --to svg -o -",
        "export lower-back --kind routine --to ics -o -",
        "export lower-back --kind routine --to srt -o -",
        "export lower-back --kind routine --to audacity -o -",
    ],
)
def test_only_what_is_translated_is_shown(
    command: str, told: Told, no_log: Path, capsys: Capture
) -> None:
    """Whatever a command shows comes from the translation, or is a name."""
    del no_log
    assert main([*command.split(), *told.options]) == 0
    out, _ = capsys.readouterr()
    if "svg" in command:
        out = " ".join(_texts(out))
    elif "ics" in command:
        out = _description(out)
    assert told.strangers(out) == set()
    assert len(words_of(out)) > 10


def _description(calendar: str) -> str:
    unfolded = calendar.replace("\r\n ", "").replace("\n ", "")
    said = re.findall(r"^(?:SUMMARY|DESCRIPTION)[^:]*:(.*)$", unfolded, re.MULTILINE)
    return " ".join(said).replace("\\n", " ").replace("\\", "")


def test_a_page_is_translated(told: Told, capsys: Capture) -> None:
    """Neither what stands on a page nor what its script will put there is English."""
    words = ["export", "lower-back", "--kind", "routine", "--to", "html", "-o", "-"]
    assert main([*words, *told.options]) == 0
    page = capsys.readouterr().out
    assert (
        told.strangers(" ".join(_texts(page, told.catalog.language)))
        - words_of(*_names_of_languages())
        == set()
    )
    [data] = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)
    [labels] = [
        each["labels"]
        for each in json.loads(data)["languages"]
        if each["tag"] == told.catalog.language
    ]
    assert told.strangers(" ".join(BRACED.sub("", each) for each in labels.values())) == set()


def _names_of_languages() -> list[str]:
    return [phrases_for(each).language_itself for each in sorted(LANGUAGES)]


def _texts(document: str, language: str | None = None) -> list[str]:
    """Return what a page or a picture says, of a page with several sheets that of a language."""
    found: list[str] = []

    class Reader(HTMLParser):
        inside = ""
        is_other = False

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.inside = tag
            if tag == "article":
                self.is_other = dict(attrs)["lang"] != language
            found.extend(
                value or ""
                for name, value in attrs
                if name in {"aria-label", "alt", "title"} and not self.is_other
            )

        def handle_endtag(self, tag: str) -> None:
            self.inside = ""
            self.is_other = self.is_other and tag != "article"

        def handle_data(self, data: str) -> None:
            if self.inside not in {"script", "style"} and not self.is_other:
                found.append(data)

    Reader().feed(document)
    return found


def test_the_mat_is_translated(told: Told) -> None:
    """Every screen of the player is, from the start to the end."""
    catalog = told.catalog
    timeline = schedule(catalog.routines["in-bed"], phrases=catalog.phrases)

    async def act(stage: Stage) -> None:
        async def look() -> None:
            statics = stage.mat.screen.query("Static")
            text = " ".join([stage.text, *(str(each.render()) for each in statics)])
            assert told.strangers(text) == set()

        await look()
        await stage.press("enter")
        for _ in range(8):
            await stage.wait(7)
            await look()
        await stage.press("space")
        await look()
        await stage.press("question_mark")
        await look()
        await stage.press("question_mark", "space")
        stage.clock.jump(0)
        stage.clock._now += 3_600_000_000
        await stage.press("n")
        await look()
        await stage.press("space", *"nnnnnnnn")
        await look()

    on_stage(timeline, act, size=(120, 40))


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_what_was_done_is_told_in_a_language(language: str, no_log: Path, capsys: Capture) -> None:
    """The calendar and the totals are in the language that is asked for."""
    entry = {"at": "2026-01-02T08:00:00+01:00", "routine": "x", "seconds": 90, "finished": True}
    said = words_of(
        *(BRACED.sub("", text) for text in map(phrases_for(language).__getitem__, Phrases.english))
    )
    for log in ("", json.dumps(entry) + "\n"):
        no_log.write_text(log, encoding="utf-8")
        assert main(["stats", "--language", language, "--weeks", "60"]) == 0
        assert words_of(capsys.readouterr().out) - said <= words_of(COMMANDS)
