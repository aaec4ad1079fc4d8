"""What `supple check` finds, the conformance suite fails for, and the other way round."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from supple import load_catalog
from supple.catalog import RULES, check, new_catalog
from supple.catalog._languages.reword import texts_of
from supple.testing import catalog_conformance

CATALOG = "catalog.toml"
EXAMPLE = "exercises/example-side-bend.toml"
EXERCISE = "exercises/c-side-bend.toml"


class Slip(NamedTuple):
    """A slip of an author's pen, and what is said about it."""

    rule: str
    file: str
    written: str
    instead_of: str
    message: str


SLIPS = {
    "a misspelt key": Slip(
        "catalog-loads",
        EXERCISE,
        "kinds =",
        "kind =",
        "kind is missing",
    ),
    "files out of order": Slip(
        "exercises-are-in-order",
        "exercises/b-squat.toml",
        'id = "z-squat"',
        'id = "b-squat"',
        "z-squat stands where c-side-bend should, for lists are in the order of the file names",
    ),
    "no cautions": Slip(
        "exercise-has-cautions",
        "exercises/b-squat.toml",
        "cautions = []",
        'cautions = ["Mind your knees."]',
        "there is no word on who should take care, and of what",
    ),
    "no side in the text": Slip(
        "exercise-names-the-side",
        EXERCISE,
        "Slide a hand",
        "Slide your {side} hand",
        "no text of the cycle says which side is meant",
    ),
    "sets without a source": Slip(
        "dose-has-source",
        EXERCISE,
        'gives = ["reps", "hold"]\nis_default',
        'gives = ["reps", "sets", "hold"]\nis_default',
        "no source says where the dose comes from: sets",
    ),
    "a hold without a source": Slip(
        "dose-has-source",
        EXERCISE,
        'gives = ["reps", "sets"]\nis_default',
        'gives = ["reps", "sets", "hold"]\nis_default',
        "no source says where the dose comes from: hold",
    ),
    "a rest without a source": Slip(
        "dose-has-source",
        "exercises/b-squat.toml",
        "rest = 20",
        "# rest",
        "no source says where the dose comes from: rest",
    ),
    "a source of a hold that there is not": Slip(
        "dose-has-source",
        "exercises/b-squat.toml",
        '"sets", "hold"]',
        '"sets"]',
        "a source gives a hold, but there is none",
    ),
    "the exercise of the example": Slip(
        "nothing-is-left-over",
        EXERCISE,
        'id = "example-side-bend"',
        'id = "c-side-bend"',
        "id is still that of the example: 'example-side-bend'",
    ),
    "an address of the example": Slip(
        "nothing-is-left-over",
        "exercises/b-squat.toml",
        'says = "2 times."\nurl = "https://example.org/where-it-can-be-read"',
        'says = "2 times."',
        "url is still that of the example: 'https://example.org/where-it-can-be-read'",
    ),
    "a side by hand": Slip(
        "text-leaves-no-side-out",
        EXERCISE,
        'hold = "Lean to the left and breathe"',
        'hold = "Keep both feet down and breathe calmly"',
        "'Lean to the left and breathe' says left on both sides, for the sides take turns",
    ),
    "a side that one text of several leaves out": Slip(
        "text-leaves-no-side-out",
        EXERCISE,
        'hold = "Keep your hand down and breathe"',
        'hold = "Keep both feet down and breathe calmly"',
        "'Keep your hand down and breathe' does not say which hand, and another text does",
    ),
    "repetitions that no source says": Slip(
        "reps-in-published-range",
        "exercises/b-squat.toml",
        'says = "8 to 10 repetitions."\ngives = ["reps", "sets"]\n',
        'says = "Once."\ngives = ["reps", "sets"]\nis_default = true\n',
        "reps is 1, but its sources say 2–10",
    ),
    "a source that nobody can find": Slip(
        "source-can-be-found",
        "exercises/b-squat.toml",
        'title = "A leaflet"\nsays = "2 times."',
        'title = "A leaflet, 2021"\nsays = "2 times."',
        "'A leaflet' has neither an address nor an edition, so that nobody can look it up",
    ),
    "too many repetitions in a routine": Slip(
        "routine-dose-in-range",
        CATALOG,
        '{ exercise = "c-side-bend", reps = [3, 4] }',
        '{ exercise = "c-side-bend" }',
        "reps of c-side-bend is 3–4, but its sources vouch for 2–3",
    ),
    "too short a hold in a circuit": Slip(
        "routine-dose-in-range",
        CATALOG,
        '{ rounds = 2, circuit = [{ rest = 5 }, { exercise = "c-side-bend", hold = 4.5 }] }',
        '{ exercise = "c-side-bend" }',
        "hold of c-side-bend is 4.5, but its sources vouch for 10–20",
    ),
    "no advice on when to stop": Slip(
        "advice-has-stop-and-emergency",
        CATALOG,
        'tier = "general"',
        'tier = "stop"',
        "there is no advice on when to stop",
    ),
    "no advice for an emergency": Slip(
        "advice-has-stop-and-emergency",
        CATALOG,
        'tier = "urgent"',
        'tier = "emergency"',
        "there is no advice on when to get help at once",
    ),
    "a picture that is called by its file": Slip(
        "picture-has-alt",
        "exercises/b-squat.toml",
        'alt = "squat.svg"',
        'alt = "A person goes down as if to sit."',
        "'squat.svg' is what the picture is called, not what it shows",
    ),
    "a picture that is called by its exercise": Slip(
        "picture-has-alt",
        "exercises/b-squat.toml",
        'alt = "SQUAT"',
        'alt = "A person goes down as if to sit."',
        "'SQUAT' is what the picture is called, not what it shows",
    ),
    "sets for days": Slip(
        "routine-ends-in-a-day",
        "exercises/b-squat.toml",
        "sets = 12_000",
        "sets = 1",
        "b-squat takes 120.0 hours and has 156,004 events",
    ),
    "a speech in three seconds": Slip(
        "text-fits-its-time",
        EXERCISE,
        "Slowly and with all the care there is stand up straight",
        "Slowly stand up straight",
        "'Slowly and with all the care there is stand up straight' takes about 4 seconds to say, "
        "but has only 3",
    ),
    "a speech in an author's rest": Slip(
        "text-fits-its-time",
        CATALOG,
        '{ exercise = "b-squat" }, { rest = 1, text = "Shake out both of your legs" }, '
        '{ exercise = "c-side-bend" }',
        '{ exercise = "c-side-bend" }',
        "'Shake out both of your legs' takes about 2 seconds to say, but has only 1",
    ),
    "a speech in another language": Slip(
        "text-fits-its-time",
        "translations/de.toml",
        '"Geh in die Knie, ganz so, als wolltest du dich langsam setzen"',
        '"Geh in die Knie"',
        "'Geh in die Knie, ganz so, als wolltest du dich langsam setzen' takes about 4 seconds to "
        "say, but has only 3",
    ),
    "a speech in a hold that a routine shortens": Slip(
        "text-fits-its-time",
        CATALOG,
        '{ exercise = "c-side-bend", hold = 1 }',
        '{ exercise = "c-side-bend" }',
        "'Keep both feet down and breathe calmly' takes about 3 seconds to say, but has only 1",
    ),
    "a text that is not translated": Slip(
        "translation-is-complete",
        "exercises/b-squat.toml",
        'step = "Go all the way down"',
        'step = "Go down"',
        "1 text of the catalog is not translated: 'Go all the way down'",
    ),
    "a translation of nothing": Slip(
        "translation-is-used",
        "translations/de.toml",
        '"Go down" = "Geh in die Knie"\n"Go up" = "Komm hoch"',
        '"Go down" = "Geh in die Knie"',
        "the catalog has no such text: 'Go up'",
    ),
    "a translation that cannot be read": Slip(
        "catalog-loads",
        "translations/de.toml",
        '"Go down" = 5',
        '"Go down" = "Geh in die Knie"',
        "'Go down' in texts must be text; it is 5",
    ),
}

SQUAT = """\
id = "b-squat"
name = "Squat"
kind = "strengthening"
position = "standing"
sets = 1
# rest
cautions = ["Mind your knees."]

[[cycle]]
step = "Go down"

[[cycle]]
step = "Stand up"

[[sources]]
title = "trunk"
says = "Once."
gives = ["reps", "sets"]
is_default = true

[[sources]]
title = "A leaflet, 2021"
says = "2 times."

[[pictures]]
path = "squat.svg"
alt = "A person goes down as if to sit."
"""


@pytest.fixture(scope="module")
def faultless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a new catalog, with an exercise and a translation more."""
    made = new_catalog("trunk", tmp_path_factory.mktemp("faultless"))
    data = made / "src" / "supple_trunk"
    (data / "exercises" / "b-squat.toml").write_text(SQUAT, encoding="utf-8")
    (data / "squat.svg").write_text("<svg/>", encoding="utf-8")
    replace_the_example(data)
    write_translation(data)
    return data


def replace_the_example(data: Path) -> None:
    """Make the exercise of the example one of one's own."""
    (data / EXAMPLE).rename(data / EXERCISE)
    for file in (CATALOG, EXERCISE):
        path = data / file
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("example-side-bend", "c-side-bend"), encoding="utf-8")


@pytest.fixture
def folder(faultless: Path, tmp_path: Path) -> Path:
    """Return a copy of that folder, to make a slip in."""
    return Path(shutil.copytree(faultless, tmp_path / "trunk"))


def write_translation(data: Path) -> None:
    """Translate every text, each into itself but for one."""
    (data / "translations").mkdir()
    german = {"Go down": "Geh in die Knie"}
    lines = [f'"{text}" = "{german.get(text, text)}"\n' for text in texts_of(load_catalog(data))]
    text = 'format = 1\nlanguage = "de"\n\n[texts]\n' + "".join(lines)
    (data / "translations" / "de.toml").write_text(text, encoding="utf-8")


def conforming(folder: Path) -> set[str]:
    """Return the rules whose test in the conformance suite passes."""
    test: Any = catalog_conformance(folder)
    [mark] = test.pytestmark
    passed = set()
    for parameter in mark.args[1]:
        try:
            test(*parameter.values)
        except (pytest.fail.Exception, pytest.skip.Exception):
            continue
        passed.add(parameter.id)
    return passed


def test_a_catalog_without_a_fault_passes(faultless: Path) -> None:
    """There is nothing to be found where nothing is wrong."""
    assert check(faultless).findings == ()
    assert conforming(faultless) == {*RULES}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_is_found_by_both(slip: Slip, folder: Path) -> None:
    """`supple check` says where the slip is, and the suite fails for the same rules."""
    file = folder / slip.file
    text = file.read_text(encoding="utf-8")
    assert slip.instead_of in text
    file.write_text(text.replace(slip.instead_of, slip.written), encoding="utf-8")
    checked = check(folder)
    assert (slip.rule, slip.message) in {(each.rule, each.message) for each in checked.findings}
    broken = {each.rule for each in checked.findings}
    assert conforming(folder) == (set() if checked.errors else {*RULES} - broken)


def test_a_routine_that_never_ends_is_not_walked(folder: Path) -> None:
    """What is too long to be walked is told once, in no time."""
    file = folder / "exercises" / "b-squat.toml"
    text = SQUAT.replace("sets = 1", "sets = 1_000_000_000_000")
    file.write_text(text, encoding="utf-8")
    [finding] = check(folder).findings
    assert (finding.rule, finding.file, finding.path) == (
        "routine-ends-in-a-day", "exercises/b-squat.toml", "cycle",
    )  # fmt: skip
    assert finding.message == (
        "b-squat takes 10,000,000,000.0 hours and has 13,000,000,000,004 events"
    )


def test_a_catalog_that_is_not_there(tmp_path: Path) -> None:
    """What cannot even be looked for passes no rule."""
    assert conforming(tmp_path / "nothing") == set()
