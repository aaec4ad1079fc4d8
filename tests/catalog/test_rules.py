"""Checking a catalog: errors in plain words, and warnings about what is doubtful."""

from __future__ import annotations

import json
import tomllib
import tracemalloc
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest

import supple
from supple import CatalogError, ModelError, Problem, UnknownNameError, load_catalog
from supple._model.pose import Pose
from supple.catalog import RULES, Checked, Finding, Severity, check
from supple.catalog._format import TABLES, keys_of
from supple.catalog._rules import rule
from supple.catalog._rules.plain_words import EXAMPLES, REMEDIES, WORDS, message, remedy, written
from tests.catalog.files import whole, write_folder, write_zip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BRIDGE = """\
id = "bridge"
name = "Bridge"
kind = "strengthening"
position = "lying-on-back"
cautions = ["Breathe."]

[[cycle]]
step = "Lift your hips"

[[cycle]]
hold = "Stay"
seconds = 5

[[sources]]
title = "A leaflet, 2021"
says = "Hold for 5 seconds."
gives = ["reps", "sets", "hold"]
"""
CATALOG = """\
format = 1
name = "acme"
title = "Acme"
version = "1"
language = "en"

[[advice]]
tier = "stop"
text = "Stop if it hurts."

[[advice]]
tier = "emergency"
text = "Get help."
"""
SOUND = {"catalog.toml": CATALOG, "exercises/bridge.toml": BRIDGE}


def checked(folder: Path, files: Mapping[str, Any] = SOUND) -> Checked:
    """Return the outcome of checking a catalog of some files."""
    return check(write_folder(folder, files))


def warned(folder: Path, old: str = "", new: str = "") -> list[str]:
    """Return the warnings about the catalog with one text of its exercise replaced."""
    assert old in BRIDGE
    exercise = BRIDGE.replace(old, new) if old else BRIDGE + new
    found = checked(folder, SOUND | {"exercises/bridge.toml": exercise})
    assert found.errors == ()
    return [f"{each.rule}, line {each.line}: {each.message}" for each in found.warnings]


# --- the whole -----------------------------------------------------------------------


def test_sound_catalog(tmp_path: Path) -> None:
    """A catalog with nothing wrong or doubtful has no findings."""
    found = checked(tmp_path)
    assert found == Checked((), ("catalog.toml", "exercises/bridge.toml"))
    assert str(found) == "no errors, no warnings in 2 files"


def test_bundled_catalog() -> None:
    """An exercise has no caution, for no source has one for it; the article has no address."""
    assert [(each.rule, each.file) for each in check("lower-back").findings] == [
        ("source-can-be-found", "exercises/bridge.toml"),
        ("exercise-has-cautions", "exercises/cat-camel.toml"),
    ]


def test_desk_break() -> None:
    """The example in the repository is sound."""
    folder = Path(__file__).parents[2] / "examples" / "desk_break" / "src" / "supple_desk_break"
    if not folder.is_dir():
        pytest.skip("the examples are not here")
    assert check(folder).findings == ()


def test_errors_come_before_warnings(tmp_path: Path) -> None:
    """Sound exercises are looked at for doubts while others have errors."""
    found = checked(
        tmp_path,
        {
            "catalog.toml": CATALOG,
            "exercises/a.toml": BRIDGE.replace('"bridge"', '"a"').replace("cautions", "#"),
            "exercises/bridge.toml": BRIDGE.replace("seconds = 5", 'seconds = "5"'),
        },
    )
    assert found.findings == (
        Finding(
            severity=Severity.ERROR,
            rule="catalog-loads",
            file="exercises/bridge.toml",
            line=12,
            path="cycle[1].seconds",
            message="seconds in cycle no. 2 must be a number; it is '5'",
            remedy="write, without quotation marks:\nseconds = 5",
        ),
        Finding(
            severity=Severity.WARNING,
            rule="exercise-has-cautions",
            file="exercises/a.toml",
            line=None,
            path="cautions",
            message="there is no word on who should take care, and of what",
            remedy="write, above the first line in [[double brackets]], for example:\n"
            'cautions = ["Do not push to the end of the stretch."]',
        ),
    )
    assert (found.errors, found.warnings) == (found.findings[:1], found.findings[1:])
    assert str(found) == "1 error, 1 warning in 3 files"


def test_archive_and_json(tmp_path: Path) -> None:
    """A zip file is checked like a folder, and examples are in the manner of the file."""
    files = whole()
    files["exercises/a-reach.json"]["cycle"][1]["seconds"] = 0
    found = check(write_zip(tmp_path / "acme.zip", files))
    [error] = found.errors
    assert (error.file, error.line) == ("exercises/a-reach.json", 1)
    assert error.message == (
        "seconds in cycle no. 2 must be at least 0.001 and at most 86400; it is 0"
    )
    assert error.remedy == 'write, for example:\n"seconds": 10'


def test_nothing_to_check(tmp_path: Path) -> None:
    """What is no catalog at all is an error of the call."""
    with pytest.raises(CatalogError, match="must be the name of an installed catalog"):
        check(tmp_path / "nothing")
    with pytest.raises(UnknownNameError):
        check("nothing-of-this-name")
    with pytest.raises(ModelError, match=r"check\.name_or_path: must be a name or a path"):
        check(5)  # type: ignore[arg-type]


def test_empty_folder(tmp_path: Path) -> None:
    """An empty folder lacks both things that a catalog has."""
    found = checked(tmp_path, {})
    assert [(each.rule, each.file, each.line, each.message) for each in found.findings] == [
        ("catalog-loads", "catalog.toml", None, "the file is missing, or is no file"),
        ("catalog-loads", "exercises", None, "the folder is missing, or is no folder"),
    ]


# --- errors in plain words -----------------------------------------------------------

ERRORS = {
    "kind": (
        'kind = "strengthening"',
        'kind = "strenghtening"',
        3,
        (
            "kind must be one of stretch, dynamic-stretch, mobility, strengthening, balance, "
            "breathing, nerve-glide, relaxation; it is 'strenghtening'"
        ),
        "did you mean 'strengthening'?",
    ),
    "missing": (
        'kind = "strengthening"\n',
        "",
        None,
        "kind is missing",
        'write, above the first line in [[double brackets]], for example:\nkind = "stretch"',
    ),
    "missing inside": (
        "seconds = 5",
        "",
        10,
        "seconds in cycle no. 2 is missing",
        "write, for example:\nseconds = 10",
    ),
    "unknown": (
        "cautions",
        "caution",
        5,
        "caution is no word that supple knows in this place",
        "did you mean 'cautions'?",
    ),
    "unknown among few": (
        'title = "A leaflet, 2021"',
        'title = "A leaflet, 2021"\nqqq = 1',
        16,
        "qqq in sources no. 1 is no word that supple knows in this place",
        "leave it out, or write one of 'title', 'says', 'gives', 'is_default', 'url'",
    ),
    "both": (
        'hold = "Stay"',
        'hold = "Stay"\nstep = "Stay"',
        10,
        "cycle no. 2 must have exactly one of step, hold",
        "keep one of them, and begin another group for the other",
    ),
    "no toml": (
        "seconds = 5",
        "seconds = five",
        12,
        'the line must have "quotation marks" around a text',
        'write:\nseconds = "five"',
    ),
    "twice": (
        "seconds = 5",
        "seconds = 5\nseconds = 6",
        13,
        "the file says one thing twice",
        (
            "delete one of the two; every further step of a list begins with its own heading, "
            "such as [[cycle]]"
        ),
    ),
    "range": (
        "seconds = 5",
        "seconds = [9, 5]",
        12,
        "seconds in cycle no. 2 must have the smaller number first",
        "write the two numbers the other way round",
    ),
    "list": (
        'cautions = ["Breathe."]',
        'cautions = "Breathe."',
        5,
        "cautions must be a list; it is 'Breathe.'",
        'write:\ncautions = ["Breathe."]',
    ),
    "true": (
        'name = "Bridge"',
        "name = true",
        2,
        "name must be text; it is true",
        'write, for example:\nname = "Knee rolls"',
    ),
    "side": (
        "Lift your hips",
        "Lift your {side} hip",
        8,
        (
            "step in cycle no. 1 must not name a side: only the cycle of an exercise with sides "
            "has one; it is 'Lift your {side} hip'"
        ),
        'write the text without {side}, or let sides be "each" or "alternate"',
    ),
}


@pytest.mark.parametrize("slip", ERRORS)
def test_errors_in_plain_words(slip: str, tmp_path: Path) -> None:
    """Each error has its line, what is wrong, and what to write instead."""
    old, new, *expected = ERRORS[slip]
    assert old in BRIDGE
    found = checked(tmp_path, SOUND | {"exercises/bridge.toml": BRIDGE.replace(old, new)})
    [error] = found.errors
    assert [error.line, error.message, error.remedy] == expected


def test_translation_of_another_language(tmp_path: Path) -> None:
    """What must be one certain text is shown as it must be."""
    text = 'format = 1\nlanguage = "en"\n[texts]\n[phrases]\nrest = 5\n'
    found = checked(tmp_path, SOUND | {"translations/de.toml": text})
    assert [(each.line, each.message, each.remedy) for each in found.findings] == [
        (
            2,
            "language must be 'de', the name of its file; it is 'en'",
            'write:\nlanguage = "de"',
        ),
        (
            5,
            "rest in phrases must be text; it is 5",
            'write one line of text in "quotation marks"',
        ),
    ]


@pytest.mark.parametrize("content", [b"\xff", "text".encode("utf-16")])
def test_no_text(content: bytes, tmp_path: Path) -> None:
    """Bytes that are no text are shown to nobody."""
    found = checked(tmp_path, SOUND | {"exercises/bridge.toml": content})
    [error] = found.errors
    assert error.message.startswith("the file ")
    assert error.remedy.startswith("save the file again with the encoding UTF-8")


def test_what_nobody_foresaw() -> None:
    """A requirement without words of its own has a general remedy."""
    problem = Problem("exercises/x.toml", requirement="must be nice", got=[1])
    assert message(problem) == "the file must be nice"
    assert remedy(problem) == "correct what stands there, or leave it out"


@pytest.mark.parametrize(
    "key", sorted({key for each in TABLES.values() for key in keys_of(each, TABLES)})
)
def test_every_word_has_an_example(key: str) -> None:
    """There is an example for each word that a file may have, in both formats."""
    names = [name for name in EXAMPLES if name.rpartition(".")[2] == key]
    assert names
    for name in names:
        value = EXAMPLES[name]
        assert tomllib.loads(written("x.toml", key, value)) == {key: value}
        assert json.loads(f"{{{written('x.json', key, value)}}}") == {key: value}


def test_examples_are_good(tmp_path: Path) -> None:
    """A catalog of nothing but examples is accepted."""
    segment = {"hold": EXAMPLES["hold"], "seconds": EXAMPLES["seconds"]}
    words = [word for word in TABLES if word.__name__ == "Exercise"]
    keys = [
        key
        for key in keys_of(TABLES[words[0]], TABLES)
        if key not in {"pictures", "easier", "harder"}
    ]
    exercise = {key: EXAMPLES[key] for key in keys} | {"cycle": [*EXAMPLES["cycle"], segment]}
    top = ("format", "title", "version", "language", "summary", "advice", "routines")
    catalog = {key: EXAMPLES[key] for key in top} | {"name": EXAMPLES["catalog.name"]}
    files = {"catalog.json": catalog, "exercises/knee-rolls.json": exercise}
    pose = {key: EXAMPLES[key] for key in keys_of(TABLES[Pose], TABLES)}
    files["poses/knees-bent.json"] = pose | {"id": EXAMPLES["pose"]}
    files["exercises/knee-rolls.json"]["cycle"][0] |= {"pose": EXAMPLES["pose"]}
    made = load_catalog(write_folder(tmp_path, files))
    assert made["knee-rolls"].reps.high == 10
    assert made.poses[EXAMPLES["pose"]].twist == -55


# --- warnings ------------------------------------------------------------------------


def test_dose_without_source(tmp_path: Path) -> None:
    """Each part of a dose that no source gives is named, those that there are."""
    assert warned(tmp_path, 'gives = ["reps", "sets", "hold"]', 'gives = ["reps"]') == [
        "dose-has-source, line 14: no source says where the dose comes from: sets, hold"
    ]


def test_dose_without_any_source(tmp_path: Path) -> None:
    """The example to copy gives just what is lacking."""
    exercise = BRIDGE[: BRIDGE.index("[[sources]]")].replace("cautions", "rest = 5\ncautions")
    [finding] = checked(tmp_path, SOUND | {"exercises/bridge.toml": exercise}).findings
    assert finding.line is None
    assert finding.remedy.endswith('gives = ["reps", "sets", "hold", "rest"]')


@pytest.mark.parametrize(
    ("says", "figure"),
    [
        ("Hold for 6 seconds.", "6"),
        ("Hold for 6 to 10 seconds.", "6–10"),
        ("Hold for 6-10 seconds, then 12 seconds.", "6–12"),
        ("10–6 seconds.", "6–10"),
    ],
)
def test_hold_outside_published_range(says: str, figure: str, tmp_path: Path) -> None:
    """A hold beyond all that its sources plainly say is told."""
    assert warned(tmp_path, "Hold for 5 seconds.", says) == [
        (
            "hold-in-published-range, line 12: the hold lasts 5 seconds, "
            f"but its sources say {figure}"
        )
    ]


@pytest.mark.parametrize(
    "says",
    [
        "Hold for six seconds.",
        "Hold for 6 seconds, or a minute.",
        "A count of 6.",
        "6 s.",
        "Hold it.",
        "1.6 seconds.",
        "Hold for 5 to 10 seconds.",
    ],
)
def test_unclear_sources_raise_no_doubt(says: str, tmp_path: Path) -> None:
    """Where any source might mean something else, nothing is said."""
    assert warned(tmp_path, "Hold for 5 seconds.", says) == []


MORE = '[[sources]]\ntitle = "Another, 2022"\nsays = "{}"\n{}\n'


@pytest.mark.parametrize(
    ("says", "more", "is_doubtful"),
    [
        ("2 to 9 seconds.", "", False),
        ("9 seconds.", "", True),
        ("About a minute.", "", False),
        ("Our own 2 seconds.", "is_default = true", True),
        ("Our own.", 'is_default = true\ngives = ["hold"]', False),
    ],
)
def test_every_source_counts(says: str, more: str, is_doubtful: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """Sources for comparison widen the range, the author's own figures do not."""
    exercise = BRIDGE.replace("5 seconds.", "6 seconds.") + MORE.format(says, more)
    found = checked(tmp_path, SOUND | {"exercises/bridge.toml": exercise}).findings
    assert [each.rule for each in found] == ["hold-in-published-range"] * is_doubtful


def test_general_figure_for_static_stretches(tmp_path: Path) -> None:
    """Where no publication gives the hold of a static stretch, there is a general figure."""
    own = BRIDGE.replace('"strengthening"', '"stretch"') + "is_default = true\n"
    found = checked(tmp_path, SOUND | {"exercises/bridge.toml": own}).findings
    assert [each.message for each in found] == [
        "the hold lasts 5 seconds, but the general figure for static stretches is 10–30"
    ]
    assert warned(tmp_path, "", "is_default = true\n") == []


def test_text_too_long_for_its_time(tmp_path: Path) -> None:
    """A text that is still spoken when its time is over is told, unless the person decides."""
    words = " ".join(["up"] * 10)
    long = f"step = {words!r}"
    told = f"text-fits-its-time, line 8: {words!r} takes about 4 seconds to say, but has only 3"
    assert warned(tmp_path, 'step = "Lift your hips"', long) == [told]
    assert warned(tmp_path, 'step = "Lift your hips"', f"{long}\nseconds = 4") == []
    assert warned(tmp_path, 'step = "Lift your hips"', f"{long}\nuntil_ready = true") == []
    told = "line 11: 'Stay' takes about 1 second to say, but has only 0.3"
    found = warned(tmp_path, "seconds = 5", "seconds = 0.3")
    assert f"text-fits-its-time, {told}" in found
    assert warned(tmp_path, 'hold = "Stay"', f"hold = '{'up ' * 16}'") == [
        (
            f"text-fits-its-time, line 11: {'up ' * 16!r} takes about 6 seconds to say, "
            "but has only 5"
        )
    ]


ROUTINE = """
[[routines]]
id = "rounds"
items = [
    {{ exercise = "bridge" }},
    {{ rest = 1{} }},
    {{ rounds = 2, circuit = [
        {{ exercise = "bridge", reps = 2{} }},
        {{ rest = [2, 9]{} }},
        {{ exercise = "bridge", hold = 9 }},
    ] }},
]
"""


def too_long(folder: Path, files: Mapping[str, Any]) -> list[tuple[str, int | None, str, str]]:
    """Return where texts are too long for their time, what is said, and what to do."""
    return [
        (each.file, each.line, each.message, each.remedy)
        for each in checked(folder, {**SOUND, **files}).findings
        if each.rule == "text-fits-its-time"
    ]


def test_text_too_long_for_the_time_that_a_routine_gives(tmp_path: Path) -> None:
    """Rests that say something, and holds that a routine shortens, are listened to as well."""
    catalog = CATALOG + ROUTINE.format("", "", "")
    assert too_long(tmp_path / "silent", {"catalog.toml": catalog}) == []
    short = CATALOG + ROUTINE.format(', text = "Rest"', ", hold = 1", ', text = "Have a sip"')
    assert too_long(tmp_path / "short", {"catalog.toml": short}) == []

    catalog = CATALOG + ROUTINE.format(
        ', text = "Shake your long legs"',
        ", hold = [1, 5]",
        ', text = "Have a long sip of cool water"',
    )
    exercise = BRIDGE.replace('"Stay"', '"Keep your hips up"')
    files = {"catalog.toml": catalog, "exercises/bridge.toml": exercise}
    assert too_long(tmp_path / "long", files) == [
        (
            "catalog.toml",
            19,
            "'Shake your long legs' takes about 2 seconds to say, but has only 1",
            "shorten the text, or write:\nrest = 2",
        ),
        (
            "catalog.toml",
            21,
            "'Keep your hips up' takes about 2 seconds to say, but has only 1",
            "shorten the text, or write:\nhold = 2",
        ),
        (
            "catalog.toml",
            22,
            "'Have a long sip of cool water' takes about 3 seconds to say, but has only 2",
            "shorten the text, or write:\nrest = 3",
        ),
    ]


def test_routines_are_listened_to_once_no_file_has_an_error(tmp_path: Path) -> None:
    """Texts of an exercise are told beside errors elsewhere, those of routines wait."""
    files = {
        "catalog.toml": CATALOG + ROUTINE.format(', text = "Shake your long legs"', "", ""),
        "exercises/bridge.toml": BRIDGE.replace('"Stay"', f'"{"up " * 16}"'),
        "translations/de.toml": "format = 2",
    }
    assert [file for file, *_ in too_long(tmp_path, files)] == ["exercises/bridge.toml"]


SPOKEN_GERMAN = """\
format = 1
language = "de"

[texts]
"Stay to the {side}" = "Halte die Hüfte oben, nach {side}"
"Lift your hips" = "Heb die Hüfte langsam und ganz gleichmäßig weit nach oben"
"Shake your long legs" = "Schüttle beide Beine aus"
"A leaflet" = "Ein Merkblatt, von dem niemand sagt, wie lange man daran liest"

[phrases]
left = "links, zur Wand hin, so weit es von dort aus geht"
"""


def test_translation_too_long_for_the_time_of_its_text(tmp_path: Path) -> None:
    """A translation has the least time that its text has anywhere, and its own words for sides."""
    shake = "text = 'Shake your long legs'"
    items = f"{{ rest = 4, {shake} }}, {{ rest = 1, {shake} }}"
    files = {
        "catalog.toml": f'{CATALOG}[[routines]]\nid = "go"\n'
        f'items = [{{ exercise = "bridge" }}, {items}]\n',
        "exercises/bridge.toml": BRIDGE.replace('"Stay"', '"Stay to the {side}"').replace(
            "cautions", 'sides = "each"\ncautions'
        ),
        "translations/de.toml": SPOKEN_GERMAN,
    }
    translation = [each for each in too_long(tmp_path, files) if "translations" in each[0]]
    assert translation == [
        (
            "translations/de.toml",
            7,
            "'Schüttle beide Beine aus' takes about 2 seconds to say, but has only 1",
            "shorten the text, or write in catalog.toml:\nrest = 2",
        ),
        (
            "translations/de.toml",
            6,
            (
                "'Heb die Hüfte langsam und ganz gleichmäßig weit nach oben' takes about 4 "
                "seconds to say, but has only 3"
            ),
            "shorten the text, or write in exercises/bridge.toml:\nseconds = 4",
        ),
        (
            "translations/de.toml",
            5,
            ("'Halte die Hüfte oben, nach {side}' takes about 6 seconds to say, but has only 5"),
            "shorten the text, or write in exercises/bridge.toml:\nseconds = 6",
        ),
    ]


def test_sides_are_said_in_the_words_of_the_catalog(tmp_path: Path) -> None:
    """A catalog's own words for its sides take their time."""
    exercise = BRIDGE.replace('"Stay"', '"Stay and look to the {side}"').replace(
        "cautions", 'sides = "each"\ncautions'
    )
    own = 'format = 1\nlanguage = "en"\n[phrases]\nright = "{}"\n'
    far = "right, where the big old window of the room with the plants is"
    for word, lines in (("right", []), (far, [12])):
        files = {"exercises/bridge.toml": exercise, "translations/en.toml": own.format(word)}
        assert [line for _, line, *_ in too_long(tmp_path / word[:7], files)] == lines


def test_no_advice(tmp_path: Path) -> None:
    """Advice on when to stop and on emergencies is missed, with an example to copy."""
    catalog = CATALOG[: CATALOG.index("[[advice]]")]
    found = checked(tmp_path, SOUND | {"catalog.toml": catalog}).findings
    assert [(each.rule, each.message) for each in found] == [
        ("advice-has-stop-and-emergency", "there is no advice on when to stop"),
        ("advice-has-stop-and-emergency", "there is no advice on when to get help at once"),
    ]
    example = found[0].remedy.partition("\n")[2]
    assert example == '[[advice]]\ntier = "stop"\ntext = "Stop an exercise at once if it hurts."'


GERMAN = """\
format = 1
language = "{}"

[texts]
"Lift your hip" = "Heb die Hüfte"
"Old" = "Alt"
"""


def test_translations(tmp_path: Path) -> None:
    """What a translation lacks is told once for each language, what it has too much one by one."""
    found = checked(tmp_path, SOUND | {"translations/de.toml": GERMAN.format("de")}).findings
    assert [(each.rule, each.line, each.message, each.remedy) for each in found] == [
        (
            "translation-is-complete",
            4,
            (
                "8 texts of the catalog are not translated: "
                "'Acme', 'Stop if it hurts.', 'Get help.', 5 more"
            ),
            (
                "fill in what 'supple translate de' writes below texts:\n"
                'Acme = "..."\n'
                '"Stop if it hurts." = "..."\n"Get help." = "..."\nBridge = "..."\n'
                '"Breathe." = "..."\n"Lift your hips" = "..."\nStay = "..."\n'
                '"Hold for 5 seconds." = "..."'
            ),
        ),
        (
            "translation-is-used",
            5,
            "the catalog has no such text: 'Lift your hip'",
            "did you mean 'Lift your hips'?",
        ),
        (
            "translation-is-used",
            6,
            "the catalog has no such text: 'Old'",
            "delete it, or write the text to the letter as the catalog has it",
        ),
    ]


def test_few_missing_texts(tmp_path: Path) -> None:
    """Up to three missing texts are shown, and one is spoken of as one."""
    texts = ["Acme", "Stop if it hurts.", "Bridge", "Breathe.", "Lift your hips", "Stay"]
    table = "".join(f'"{text}" = "x"\n' for text in [*texts, "Hold for 5 seconds."])
    translation = f'format = 1\nlanguage = "de"\n[texts]\n{table}'
    [finding] = checked(tmp_path, SOUND | {"translations/de.toml": translation}).findings
    assert finding.message == "1 text of the catalog is not translated: 'Get help.'"
    assert finding.remedy.endswith('\n"Get help." = "..."')


def test_language_that_the_library_does_not_speak(tmp_path: Path) -> None:
    """What the library says in a catalog's own language has its place in the catalog, too."""
    catalog = CATALOG.replace('language = "en"', 'language = "nl"')
    [finding] = checked(tmp_path, SOUND | {"catalog.toml": catalog}).findings
    assert (finding.rule, finding.file) == ("phrases-are-complete", "translations/nl.toml")
    assert "phrases of the library are left in English: " in finding.message


def test_rules_are_named_and_explained() -> None:
    """Each rule has an id of plain words, and says in sentences what it finds and why."""
    assert next(iter(RULES)) == "catalog-loads"
    for id, each in RULES.items():
        assert id == each.id
        assert each.finds.endswith(".")
        assert each.why.endswith(".")
        assert (each.severity is Severity.ERROR) == (id == "catalog-loads")


def test_every_code_is_that_of_a_requirement() -> None:
    """What is said by the code of a requirement is said of one that there is."""
    package = Path(supple.__path__[0])
    code = "".join(
        path.read_text(encoding="utf-8")
        for part in ("_model", "catalog")
        for path in sorted((package / part).rglob("*.py"))
        if path.name != "plain_words.py"
    )
    assert [each for each in (*WORDS, *REMEDIES) if f'"{each}"' not in code] == []


def test_words_that_toml_wants_in_quotes() -> None:
    """What a remedy shows can be copied: keys and values are such as TOML has."""
    for text in ("Rücken", "a b", "", "ab-c_9", 'say "x"', "a\\b", "x\x7fy", "骨", "1.5"):
        assert tomllib.loads(written("de.toml", text, text)) == {text: text}
        assert json.loads(f"{{{written('de.json', text, text)}}}") == {text: text}
    assert written("de.toml", "Rücken", "...") == '"Rücken" = "..."'
    assert written("de.toml", "reps", [1, 2]) == "reps = [1, 2]"


# --- what it costs -------------------------------------------------------------------


def test_hints_have_one_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many translations are unused, close matches are looked for a few times only."""
    asked: list[int] = []

    def count(_: str, known: Sequence[str]) -> tuple[str, ...]:
        asked.append(len(known))
        return ()

    monkeypatch.setattr(rule, "close_matches", count)
    texts = "".join(f'"Old {i}" = "Alt"\n' for i in range(30))
    files = {
        f"translations/{tag}.toml": f'format = 1\nlanguage = "{tag}"\n[texts]\n{texts}'
        for tag in ("de", "fr", "nl")
    }
    found = checked(tmp_path, SOUND | files)
    assert sum(each.rule == "translation-is-used" for each in found.findings) == 90
    assert asked == [8] * 20


def test_lines_of_few_paths_cost_little(tmp_path: Path) -> None:
    """A deep document of very many values is walked without a note of each."""
    deep = "[" * 40 + ",".join(["1"] * 40_000) + "]" * 40
    path = "exercises/bridge.json"
    files = {"catalog.toml": CATALOG, path: f'{{"id": "bridge", "reps": 0,\n"cycle": {deep}}}'}
    folder = write_folder(tmp_path, files)
    tracemalloc.start()
    began = process_time()
    found = check(folder)
    seconds, memory = process_time() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert {each.line for each in found.findings if each.path == "cycle[0]"} == {2}
    assert memory < 30 * 2**20
    assert seconds < 10


def test_many_exercises_and_translations(tmp_path: Path) -> None:
    """Two hundred exercises in four languages with unused texts are checked in seconds."""
    files = {"catalog.toml": CATALOG} | {
        f"exercises/e-{i}.toml": BRIDGE.replace('"bridge"', f'"e-{i}"')
        .replace("Lift your hips", f"Lift your hips a little for the {i}th time and stay there")
        .replace("step", "until_ready = true\nstep")
        for i in range(200)
    }
    texts = "".join(f'"Lift your hips a little for time {i}" = "Alt"\n' for i in range(20))
    for tag in ("de", "fr", "nl", "es"):
        head = f'format = 1\nlanguage = "{tag}"\n[texts]\n'
        files[f"translations/{tag}.toml"] = head + texts
    began = process_time()
    found = checked(tmp_path, files)
    assert process_time() - began < 15
    assert sum(each.rule == "translation-is-used" for each in found.findings) == 80
