"""Each check of a catalog passes what is right, and finds what is wrong."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from attrs import evolve

import supple
from supple import UnknownNameError, load_catalog
from supple.catalog import new_catalog
from supple.export import event_lines
from supple.testing import CHECKS, Check, _checks

if TYPE_CHECKING:
    from supple import Event

CATALOG = "catalog.toml"
EXERCISE = "exercises/example-side-bend.toml"
HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "test-a-catalog.md"


class Slip(NamedTuple):
    """A slip of an author's pen, and what the check of it finds."""

    check: str
    file: str
    written: str
    instead_of: str
    finding: str


SLIPS = {
    "a misspelt key": Slip(
        "catalog-loads",
        EXERCISE,
        "kinds =",
        "kind =",
        "exercises/example-side-bend.toml: kind: must be given",
    ),
    "files out of order": Slip(
        "exercises-are-in-order",
        "exercises/b-squat.toml",
        'id = "z-squat"',
        'id = "b-squat"',
        "exercise example-side-bend: must stand before z-squat",
    ),
    "no cautions": Slip(
        "exercise-has-cautions",
        "exercises/b-squat.toml",
        "cautions = []",
        'cautions = ["Mind your knees."]',
        "exercise b-squat: cautions: must not be empty",
    ),
    "no side in the text": Slip(
        "exercise-names-the-side",
        EXERCISE,
        "Slide a hand",
        "Slide your {side} hand",
        "exercise example-side-bend: cycle: must say {side} in at least one text",
    ),
    "sets without a source": Slip(
        "dose-has-source",
        EXERCISE,
        'gives = ["reps", "hold"]\nis_default',
        'gives = ["reps", "sets", "hold"]\nis_default',
        "exercise example-side-bend: sets: must have a source that gives it",
    ),
    "a hold without a source": Slip(
        "dose-has-source",
        EXERCISE,
        'gives = ["reps", "sets"]\nis_default',
        'gives = ["reps", "sets", "hold"]\nis_default',
        "exercise example-side-bend: hold: must have a source that gives it",
    ),
    "a rest without a source": Slip(
        "dose-has-source",
        "exercises/b-squat.toml",
        "rest = 20",
        "# rest",
        "exercise b-squat: rest: must have a source that gives it",
    ),
    "a source of a hold that there is not": Slip(
        "dose-has-source",
        "exercises/b-squat.toml",
        '"sets", "hold"]',
        '"sets"]',
        "exercise b-squat: hold: must be given by no source, for there is none",
    ),
    "too many repetitions in a routine": Slip(
        "routine-dose-in-range",
        CATALOG,
        '{ exercise = "example-side-bend", reps = [3, 4] }',
        '{ exercise = "example-side-bend" }',
        "routine trunk: example-side-bend: reps: must lie within Range(2, 3), the dose of the "
        "exercise (got Range(3, 4))",
    ),
    "too short a hold in a circuit": Slip(
        "routine-dose-in-range",
        CATALOG,
        '{ rounds = 2, circuit = [{ rest = 5 }, { exercise = "example-side-bend", hold = 4.5 }] }',
        '{ exercise = "example-side-bend" }',
        "routine trunk: example-side-bend: hold: must lie within Range(5, 10), the dose of the "
        "exercise (got Range(4.5))",
    ),
    "no advice on when to stop": Slip(
        "advice-has-stop-and-emergency",
        CATALOG,
        'tier = "general"',
        'tier = "stop"',
        "advice: must have at least one piece of the tier stop",
    ),
    "no advice for an emergency": Slip(
        "advice-has-stop-and-emergency",
        CATALOG,
        'tier = "urgent"',
        'tier = "emergency"',
        "advice: must have at least one piece of the tier emergency",
    ),
    "a picture that is called by its file": Slip(
        "picture-has-alt",
        "exercises/b-squat.toml",
        'alt = "squat.svg"',
        'alt = "A person goes down as if to sit."',
        "exercise b-squat: pictures[0].alt: must say what the picture shows, not what it is "
        "called (got 'squat.svg')",
    ),
    "a picture that is called by its exercise": Slip(
        "picture-has-alt",
        "exercises/b-squat.toml",
        'alt = "SQUAT"',
        'alt = "A person goes down as if to sit."',
        "exercise b-squat: pictures[0].alt: must say what the picture shows, not what it is "
        "called (got 'SQUAT')",
    ),
    "sets for days": Slip(
        "routine-ends-in-a-day",
        "exercises/b-squat.toml",
        "sets = 12_000",
        "sets = 1",
        "exercise b-squat: must last at most 86400000 ms (got 431975000)",
    ),
    "a speech in three seconds": Slip(
        "text-fits-its-time",
        EXERCISE,
        "Slowly and with all the care there is stand up straight",
        "Slowly stand up straight",
        "exercise example-side-bend: step: must be said within 3000 ms (got 'Slowly and with "
        "all the care there is stand up straight', which takes about 3667)",
    ),
    "a speech in an author's rest": Slip(
        "text-fits-its-time",
        CATALOG,
        '{ exercise = "b-squat" }, { rest = 1, text = "Shake out both of your legs" }, '
        '{ exercise = "example-side-bend" }',
        '{ exercise = "example-side-bend" }',
        "routine trunk: rest: must be said within 1000 ms (got 'Shake out both of your legs', "
        "which takes about 2000)",
    ),
    "a speech in another language": Slip(
        "text-fits-its-time",
        "translations/de.toml",
        '"Geh in die Knie, ganz so, als wolltest du dich langsam setzen"',
        '"Geh in die Knie"',
        "exercise b-squat: step: must be said within 3000 ms (got 'Geh in die Knie, ganz so, "
        "als wolltest du dich langsam setzen', which takes about 4000)",
    ),
    "a speech in a hold that a routine shortens": Slip(
        "text-fits-its-time",
        CATALOG,
        '{ exercise = "example-side-bend", hold = 1 }',
        '{ exercise = "example-side-bend" }',
        "routine trunk: hold: must be said within 1000 ms (got 'Keep both feet down and "
        "breathe calmly', which takes about 2334)",
    ),
    "a text that is not translated": Slip(
        "translation-is-complete",
        "exercises/b-squat.toml",
        'step = "Go all the way down"',
        'step = "Go down"',
        "de: must translate 'Go all the way down'",
    ),
    "a translation of nothing": Slip(
        "translation-is-complete",
        "translations/de.toml",
        '"Go down" = "Geh in die Knie"\n"Go up" = "Komm hoch"',
        '"Go down" = "Geh in die Knie"',
        "translations/de.toml: texts.'Go up': must be a text of this catalog",
    ),
    "a translation that cannot be read": Slip(
        "translation-is-complete",
        "translations/de.toml",
        '"Go down" = 5',
        '"Go down" = "Geh in die Knie"',
        "translations/de.toml: texts.'Go down': must be text (got 5)",
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
    write_translation(data)
    return data


@pytest.fixture
def folder(faultless: Path, tmp_path: Path) -> Path:
    """Return a copy of that folder, to make a slip in."""
    return Path(shutil.copytree(faultless, tmp_path / "trunk"))


def write_translation(data: Path) -> None:
    """Translate every text, each into itself but for one."""
    (data / "translations").mkdir()
    head = 'format = 1\nlanguage = "de"\n\n[texts]\n'
    file = data / "translations" / "de.toml"
    file.write_text(head, encoding="utf-8")
    missing = supple.catalog.check_translations(data)["de"].missing
    german = {"Go down": "Geh in die Knie"}
    lines = [f'"{text}" = "{german.get(text, text)}"\n' for text in missing]
    file.write_text(head + "".join(lines), encoding="utf-8")


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS.keys())
def test_a_catalog_without_a_fault_passes(check: Check, folder: Path) -> None:
    """There is nothing to be found where nothing is wrong."""
    assert check.findings(folder) == ()


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_is_found_by_its_check(slip: Slip, folder: Path) -> None:
    """The check says where the slip is, and what would be right."""
    file = folder / slip.file
    text = file.read_text(encoding="utf-8")
    assert slip.instead_of in text
    file.write_text(text.replace(slip.instead_of, slip.written), encoding="utf-8")
    assert slip.finding in CHECKS[slip.check].findings(folder)


def test_a_rest_is_listened_to_in_every_language(folder: Path) -> None:
    """A rest whose own text is short enough may have a translation that is not."""
    catalog, german = folder / CATALOG, folder / "translations" / "de.toml"
    text = catalog.read_text(encoding="utf-8")
    side_bend = '{ exercise = "example-side-bend" }'
    items = f'{{ exercise = "b-squat" }}, {{ rest = 1, text = "Shake out" }}, {side_bend}'
    catalog.write_text(text.replace(side_bend, items), encoding="utf-8")
    with german.open("a", encoding="utf-8") as file:
        file.write('"Shake out" = "Schüttle die Beine aus"\n')
    [finding] = CHECKS["text-fits-its-time"].findings(folder)
    assert finding == (
        "routine trunk: rest: must be said within 1000 ms (got 'Schüttle die Beine aus', "
        "which takes about 1334)"
    )


def test_the_report_gives_the_reason_and_the_remedy() -> None:
    """A report has the findings, up to twenty, then why and what to do."""
    check = CHECKS["advice-has-stop-and-emergency"]
    assert check.report(("one",)) == (
        "advice-has-stop-and-emergency: 1 finding\n"
        "  one\n"
        "why: People must know when to stop, and when to get help at once.\n"
        'remedy: Add [[advice]] with tier = "stop" and with tier = "emergency" to catalog.toml.'
    )
    many = check.report(tuple(map(str, range(25)))).splitlines()
    assert many[0] == "advice-has-stop-and-emergency: 25 findings"
    assert many[20:22] == ["  19", "  and 5 more"]


def test_a_catalog_that_is_not_there() -> None:
    """That a catalog cannot be found is a finding of one check, and an error for any other."""
    assert CHECKS["catalog-loads"].findings("nowhere-to-be-found") == (
        str(UnknownNameError("catalog", "nowhere-to-be-found", supple.catalog.installed())),
    )
    with pytest.raises(UnknownNameError):
        CHECKS["dose-has-source"].findings("nowhere-to-be-found")


def test_a_catalog_that_reads_otherwise(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Values that differ and an order that differs are told when the catalog is read again."""
    catalog = load_catalog(folder)
    turned = supple.Catalog(
        catalog.name,
        title="Other",
        version=catalog.version,
        language=catalog.language,
        exercises=[*catalog.exercises.values()][::-1],
        routines=catalog.routines.values(),
    )
    monkeypatch.setattr(_checks, "load_catalog", lambda _: turned)
    assert CHECKS["catalog-reads-the-same"].findings(folder) == (
        "catalog: must be equal when it is read again",
        "exercises: must come in the same order again (got ['example-side-bend', 'b-squat'])",
    )


def test_a_catalog_whose_copy_differs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each way to copy is tried."""
    monkeypatch.setattr(copy, "deepcopy", lambda _: None)
    assert CHECKS["catalog-can-be-copied"].findings(folder) == (
        "copy.deepcopy: must make an equal catalog",
    )


def test_lines_that_read_otherwise(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that cannot be read, or gives another event, is shown."""
    decode = event_lines.decode

    def misread(line: str) -> Event:
        if '"cue.countdown"' in line:
            raise supple.EventLineError("kind", "must be known", "cue.countdown")
        event = decode(line)
        return evolve(event, at_ms=7) if event.kind == "routine.started" else event

    monkeypatch.setattr(event_lines, "decode", misread)
    first, second, *_ = CHECKS["event-lines-read-back"].findings(folder)
    assert first.startswith('routine trunk at level 0: {"format": 1, "at_ms": 0, "kind": "rou')
    assert "must give an equal event (got <Event at_ms=7 kind='routine.started' " in first
    assert second.endswith("must be readable, but kind: must be known (got 'cue.countdown')")


def test_a_stream_that_breaks_a_law(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken law is told with the routine and the level."""
    monkeypatch.setattr(_checks, "broken_laws", lambda _events, _ms: ["at_ms: must be nice"])
    monkeypatch.setattr(supple.Timeline, "__getitem__", lambda _self, _index: None)
    first, second, *_ = CHECKS["events-obey-laws"].findings(folder)
    assert first == "routine trunk at level 0: at_ms: must be nice"
    assert second == (
        "routine trunk at level 0: timeline[i]: must be event number i of the stream"
    )


def test_a_routine_that_never_ends_is_not_walked(folder: Path) -> None:
    """What is too long to be walked is told once; the other checks pass over it in no time."""
    file = folder / "exercises" / "b-squat.toml"
    text = SQUAT.replace("sets = 1", "sets = 1_000_000_000_000")
    file.write_text(text, encoding="utf-8")
    found = {id: check.findings(folder) for id, check in CHECKS.items()}
    assert {id for id, findings in found.items() if findings} == {"routine-ends-in-a-day"}
    assert found["routine-ends-in-a-day"] == (
        "exercise b-squat: must last at most 86400000 ms (got 35999999999975000)",
        "exercise b-squat: must have at most 100000 events (got 13000000000004)",
    )


def test_checks_are_named_and_explained() -> None:
    """Each check has an id of plain words, a reason and a remedy; all stand on the page."""
    page = HOW_TO.read_text(encoding="utf-8")
    assert next(iter(CHECKS)) == "catalog-loads"
    for id, check in CHECKS.items():
        assert id == check.id
        assert check.reason.endswith(".")
        assert check.remedy.endswith(".")
        assert f"`{id}`" in page
