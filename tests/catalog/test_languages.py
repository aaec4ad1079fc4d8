"""Translations: which text is used, what one may say, and those of the bundled catalog."""

from __future__ import annotations

import json
import pickle
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from supple import (
    AdviceTier,
    CatalogError,
    Circuit,
    ModelError,
    Pacing,
    Phrases,
    Prescription,
    Rest,
    Routine,
    SegmentKind,
    load_catalog,
    schedule,
)
from supple._model import requirements as must
from supple._phrases import LANGUAGES
from supple.catalog import Translation, check
from supple.catalog._catalog import Catalog
from supple.catalog._finding.folder import Folder
from supple.catalog._format import TABLES
from supple.catalog._languages import reword
from supple.catalog._languages.reword import reworded, texts_of
from supple.catalog._reading import reading
from supple.catalog._reading.reading import survey
from supple.catalog._rules.rule import Subject
from supple.testing import strategies
from tests.catalog.files import whole, write_folder, write_zip
from tests.laws import share
from tests.refusals import GARBLING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from supple import Event, Problem
    from supple.catalog._languages.translations import Gaps

NAMES_NO_SIDE = "must not name a side, for what it translates names none"
NAMES_THE_SIDE = (
    "must name the side by {side} or {left form|right form}, as what it translates does"
)
TEMPLATE = "must have no braces but {side} or {left form|right form}"
TABLE = "must be a table of keys and values"
OWN_TEXTS = "must be left out for the language that the texts are in"
NO_TEXT = "must stand for a text, without lone surrogates"
NO_PHRASE = "must stand for a phrase"
TAG_NAME = "must be named by a language tag, such as de.toml or pt-BR.toml"
SUFFIX = "must be a .toml or .json file, for only translations belong here"

KEYS = "'format', 'language', 'texts', 'phrases'"
X = f"{'x' * 37}...{'x' * 38}"
Y = f"{'y' * 37}...{'y' * 38}"
LANGUAGE = "language: must be 'de', the name of its file"

TEXTS = (
    "Acme",
    "Two exercises.",
    "Take your time.",
    "Get help.",
    "Reach",
    "Opens the side.",
    "side",
    "a wall",
    "Mind the ceiling.",
    "Stand by the wall",
    "Raise your {side} arm",
    "Lean to the {side}",
    "Breathe out",
    "And back",
    "Shake your arms",
    "Five seconds.",
    "A default.",
    "Reaching",
    "Squat",
    "Down",
    "And up",
    "Both",
    "Everything.",
    "Have a sip",
)
"""Every text of the small catalog that a person sees, in its order."""


def translation(language: str, texts: Any = (), **others: Any) -> dict[str, Any]:
    """Return the plain data of a translation."""
    return {"format": 1, "language": language, "texts": dict(texts), **others}


def catalog_with(folder: Path, **translations: Any) -> Path:
    """Write the small catalog with translations, by the names of their files without `.json`."""
    files = {f"translations/{name}.json": data for name, data in translations.items()}
    return write_folder(folder, whole() | files)


def facts(events: Iterable[Event]) -> list[object]:
    """Return all but the texts of events."""
    return [
        (each.at_ms, each.kind, each.duration_ms, each.exercise, each.side, each.rep, each.round)
        for each in events
    ]


def problems_in(path: Path, language: str | None) -> list[str]:
    """Return what is wrong with a catalog for those who ask for a language."""
    with pytest.raises(CatalogError) as caught:
        load_catalog(path, language=language)
    return [str(problem) for problem in caught.value.problems]


# --- which text is used


def test_without_a_language_a_catalog_speaks_its_own(tmp_path: Path) -> None:
    """Unless a language is asked for, nothing is translated."""
    path = catalog_with(tmp_path, de=translation("de", {"Acme": "Akme"}))
    catalog = load_catalog(path)
    assert (catalog.title, catalog.language) == ("Acme", "pt-BR")
    assert catalog.languages == ("de", "pt-BR")
    assert catalog["reach"].language == catalog.routines["both"].language == "pt-BR"
    assert catalog.phrases == Phrases()


def test_every_text_can_be_translated(tmp_path: Path) -> None:
    """All that a person sees is translated, wherever it stands; the rest stays as it is."""
    path = catalog_with(tmp_path, de=translation("de", {text: f"{text}!" for text in TEXTS}))
    source, german = load_catalog(path), load_catalog(path, language="de")
    assert texts_of(source) == TEXTS
    assert texts_of(german) == tuple(f"{text}!" for text in TEXTS)
    assert german.language == german["squat"].language == german.routines["both"].language == "de"
    assert german.phrases.rest == "Pause"
    back = reworded(german, lambda text: text[:-1], source.language)
    assert evolve(back, translations=source.translations.values()) == source
    reach = german["reach"]
    assert (reach.sources[0].title, reach.sources[0].url) == ("A leaflet", "https://a.test")
    assert reach.pictures[0].credit == "Acme, CC0"
    assert german.advice[AdviceTier.EMERGENCY][0].source == "A leaflet"
    assert german.routines["both"].advice == (
        *german.advice[AdviceTier.GENERAL],
        *german.advice[AdviceTier.EMERGENCY],
    )


def test_routines_do_the_translated_exercises(tmp_path: Path) -> None:
    """A routine holds the exercises of its catalog, with doses and in circuits, too."""
    path = catalog_with(tmp_path, de=translation("de", {"Squat": "Kniebeuge"}))
    catalog = load_catalog(path, language="de")
    first, rest, circuit, last = catalog.routines["both"].items
    assert first == catalog["reach"]
    assert isinstance(rest, Rest)
    assert isinstance(circuit, Circuit)
    assert isinstance(circuit.items[0], Prescription)
    assert circuit.items[0].exercise == catalog["squat"]
    assert circuit.items[0].exercise.name == "Kniebeuge"
    assert isinstance(last, Prescription)
    assert last.exercise == catalog["reach"]


def test_languages_fall_back_text_by_text(tmp_path: Path) -> None:
    """Each text is that of the most specific translation that has it, or else the source."""
    path = catalog_with(
        tmp_path,
        **{
            "de-AT": translation("de-AT", {"Reach": "Ausstrecken"}, phrases={"rest": "Rast"}),
            "de": translation(
                "de",
                {"Reach": "Strecken", "Squat": "Kniebeuge"},
                phrases={"rest": "Ruhe", "set": "Durchgang"},
            ),
            "es": translation("es", {"Acme": "Acmé"}),
        },
    )
    catalog = load_catalog(path, language="de-AT")
    assert [each.name for each in catalog.exercises.values()] == ["Ausstrecken", "Kniebeuge"]
    assert (catalog.title, catalog.language) == ("Acme", "de-AT")
    spoken = catalog.phrases
    assert (spoken.rest, spoken.set, spoken.round) == ("Rast", "Durchgang", "Runde")
    assert spoken.language == "de-AT"
    assert catalog.languages == ("de-AT",)
    assert load_catalog(path).languages == ("de", "de-AT", "es", "pt-BR")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("de", "de"),
        ("DE", "de"),
        ("de-AT", "de"),
        ("de-Latn-CH-1996", "de"),
        ("zh-Hant-TW", "zh-Hant"),
        ("ZH-hant", "zh-Hant"),
        ("zh", "pt-BR"),
        ("zh-Hans", "pt-BR"),
        ("pt-BR", "pt-BR"),
        ("pt-br", "pt-BR"),
        ("pt-BR-x-rio", "pt-BR"),
        ("pt-PT", "pt"),
        ("pt", "pt"),
        ("fr", "pt-BR"),
        (None, "pt-BR"),
    ],
)
def test_the_language_that_is_found(tmp_path: Path, asked: str | None, found: str) -> None:
    """The closest language is found by lookup, and the catalog's own where none fits."""
    tags = ["de", "zh-Hant", "pt"]
    path = catalog_with(tmp_path, **{tag: translation(tag, {"Acme": tag}) for tag in tags})
    catalog = load_catalog(path, language=asked)
    assert catalog.language == catalog["reach"].language == found
    assert catalog.title == ("Acme" if found == "pt-BR" else found)


def test_the_own_language_comes_before_a_more_general_one(tmp_path: Path) -> None:
    """What a catalog says in the language asked for is not translated into a more general one."""
    path = catalog_with(tmp_path, pt=translation("pt", {"Acme": "Acme geral"}))
    assert load_catalog(path, language="pt-BR-x-rio").title == "Acme"


def test_phrases_for_the_own_language(tmp_path: Path) -> None:
    """A catalog may bring phrases for its own language; they hold where no other one fits."""
    own = {"format": 1, "language": "PT-BR", "phrases": {"rest": "Descanso"}}
    path = catalog_with(tmp_path, **{"PT-BR": own, "fr": translation("fr", {"Acme": "Acmé"})})
    for language in (None, "pt-BR", "pt-BR-x-rio", "it"):
        catalog = load_catalog(path, language=language)
        assert (catalog.language, catalog.phrases.language) == ("pt-BR", "pt-BR")
        assert (catalog.phrases.rest, catalog.phrases.left) == ("Descanso", "left")
    french = load_catalog(path, language="fr")
    assert (french.language, french.title, french.phrases) == ("fr", "Acmé", Phrases())
    assert french.languages == ("fr",)
    assert load_catalog(path).languages == ("fr", "pt-BR")


def test_a_routine_is_scheduled_with_the_phrases_of_its_catalog(tmp_path: Path) -> None:
    """What the library itself says comes from the catalog where it is passed on."""
    phrases = {
        "get_ready": "À vos marques : {exercise}",
        "left": "gauche",
        "switch_sides": "Change",
    }
    french = translation("fr", {"Lean to the {side}": "Penche-toi à {side}"}, phrases=phrases)
    catalog = load_catalog(catalog_with(tmp_path, fr=french), language="fr-CA")
    routine = Routine("reach", items=[catalog["reach"]])
    texts = [each.text for each in schedule(routine, phrases=catalog.phrases).segments()]
    assert texts[:4] == [
        "À vos marques : Reach",
        "Stand by the wall",
        "Raise your gauche arm",
        "Penche-toi à gauche",
    ]
    assert "Change" in texts


def test_toml_and_archives(tmp_path: Path) -> None:
    """A translation may be TOML, and lie in an archive."""
    german = """
        format = 1
        language = "de"
        [texts]
        "Lean to the {side}" = "Neige dich nach {side}"
    """
    files = whole() | {"translations/de.toml": german, "translations/.de.toml.swp": "x"}
    folder, archive = write_folder(tmp_path / "a", files), write_zip(tmp_path / "a.zip", files)
    for path in (folder, archive):
        catalog = load_catalog(path, language="de")
        assert catalog["reach"].cycle[1].text == "Neige dich nach {side}"
        assert load_catalog(path).languages == ("de", "pt-BR")


@given(st.dictionaries(st.sampled_from(TEXTS), strategies.texts()))
def test_any_mapping_of_texts(
    tmp_path_factory: pytest.TempPathFactory, texts: dict[str, str]
) -> None:
    """Exactly the texts that are translated change."""
    texts = {
        source: text + " {side}" if "{side}" in source else text for source, text in texts.items()
    }
    path = catalog_with(tmp_path_factory.mktemp("any"), de=translation("de", texts))
    said = iter([texts.get(text, text) for text in TEXTS])
    source = load_catalog(path)
    catalog = load_catalog(path, language="de")
    again = reworded(source, lambda text: texts.get(text, text), "de")
    assert catalog == again
    assert catalog.title == next(said)
    missing = gaps_of(path)["de"].missing
    assert missing == tuple(text for text in TEXTS if text not in texts)


@share(0.5)
@given(strategies.catalogs())
def test_any_catalog_can_be_reworded(catalog: Catalog) -> None:
    """Rewording reaches every text and changes nothing else but the language."""
    phrases = catalog.phrases
    same = reworded(catalog, lambda text: text, "en")
    assert texts_of(same) == texts_of(catalog)
    for id, exercise in catalog.exercises.items():
        assert evolve(same[id], language=exercise.language) == exercise
    other = reworded(same, lambda text: f"{text}!", "de")
    assert texts_of(other) == tuple(f"{text}!" for text in texts_of(same))
    assert reworded(other, lambda text: text[:-1], "en") == same
    for id, routine in catalog.routines.items():
        plain = schedule(routine, phrases=phrases)
        assert facts(schedule(other.routines[id], phrases=phrases)) == facts(plain)


def is_text(requirement: Any) -> bool:
    """Tell whether a value, or an element of it, is text without a form of its own."""
    bare = must.bare(requirement)
    return type(getattr(bare, "element", bare)) in (must.Text, must.Template, must.WordOr)


def test_every_text_of_the_model_can_be_reworded() -> None:
    """What is text in a file is reworded, but for what others wrote and called so."""
    left = {
        f"{cls.__name__}.{each.name}"
        for cls, table in TABLES.items()
        for each in table.fields
        if is_text(each.validator) and each.name not in reword._SAID.get(cls, ())
    }
    assert left == {"Advice.source", "Catalog.version", "DoseSource.title", "Picture.credit"}


@pytest.mark.parametrize("wrong", ["", "d", "deutsche Sprache", "de_AT", "de.toml", "../de", 5])
def test_what_is_no_language_is_refused(wrong: Any) -> None:
    """The language must be a tag."""
    with pytest.raises(ModelError) as caught:
        load_catalog("lower-back", language=wrong)
    assert str(caught.value) == (
        f"load_catalog.language: must be a language tag such as 'en' or 'pt-BR' (got {wrong!r})"
    )


# --- what a translation may say


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Reach", "Strecken"),
        ("no such text", "was es nicht gibt"),
        ("", "nichts"),
        ("a\nb", "ab"),
        ("Lean to the {side}", "Neige dich nach {side}"),
        ("Lean to the {side}", "Neige dich auf die {linke|rechte} Seite"),
        ("{left|right}", "{side} und {side}"),
        ("Braces {} here", "Geschweifte {Klammern}"),
    ],
)
def test_sound_translations(tmp_path: Path, source: str, text: str) -> None:
    """A translation is a line of text that names the side where its source does."""
    path = catalog_with(tmp_path, de=translation("de", {source: text}))
    assert load_catalog(path, language="de").language == "de"


@pytest.mark.parametrize(
    ("texts", "problem"),
    [
        ({"Reach": 5}, ".'Reach': must be text (got 5)"),
        ({"Reach": None}, ".'Reach': must be text (got None)"),
        ({"Reach": ["a"]}, ".'Reach': must be text (got ['a'])"),
        ({"Reach": " "}, ".'Reach': must not be empty (got ' ')"),
        ({"Reach": "a\nb"}, rf".'Reach': {GARBLING} (got 'a\nb')"),
        ({"Reach": "a\u202eb"}, rf".'Reach': {GARBLING} (got 'a\u202eb')"),
        (
            {"x" * 99: "y" * 1001},
            f".'{X}': must be at most 1000 characters long (got '{Y}')",
        ),
        ({"a\nb": 5}, r".'a\nb': must be text (got 5)"),
        ({"Reach": "nach {side}"}, f".'Reach': {NAMES_NO_SIDE} (got 'nach {{side}}')"),
        ({"Reach": "{linke|rechte}"}, f".'Reach': {NAMES_NO_SIDE} (got '{{linke|rechte}}')"),
        ({"to {side}": "dahin"}, f".'to {{side}}': {NAMES_THE_SIDE} (got 'dahin')"),
        ({"{a|b} x": "dahin"}, f".'{{a|b}} x': {NAMES_THE_SIDE} (got 'dahin')"),
        ({"to {side}": "{seite}"}, f".'to {{side}}': {TEMPLATE} (got '{{seite}}')"),
        ({"Reach": "{}"}, f".'Reach': {TEMPLATE} (got '{{}}')"),
        (
            {"\ud800": "x"},
            rf".'\ud800': {NO_TEXT} (got 'x')",
        ),
        ([], f": {TABLE} (got [])"),
        ("Reach", f": {TABLE} (got 'Reach')"),
        (None, ": must not be null: leave the key out instead"),
    ],
)
def test_unsound_translations(tmp_path: Path, texts: Any, problem: str) -> None:
    """What cannot stand in place of a text is refused, with its place."""
    data = {"format": 1, "language": "de", "texts": texts}
    path = catalog_with(tmp_path, de=data)
    assert problems_in(path, "de") == [f"translations/de.json: texts{problem}"]


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        (5, [f"{TABLE} (got 5)"]),
        ([], [f"{TABLE} (got [])"]),
        ({}, [LANGUAGE, "format: must be given: format = 1"]),
        ({"format": "1", "language": "de"}, ["format: must be 1 (got '1')"]),
        ({"format": True, "language": "de"}, ["format: must be 1 (got True)"]),
        ({"format": 2, "a": 1}, ["format: must be 1; a newer supple may read it (got 2)"]),
        (
            {"format": 1, "language": "de-AT"},
            [f"{LANGUAGE} (got 'de-AT')"],
        ),
        ({"format": 1, "language": "DE"}, [f"{LANGUAGE} (got 'DE')"]),
        ({"format": 1, "language": ["de"]}, [f"{LANGUAGE} (got ['de'])"]),
        (
            {"format": 1, "language": "de", "text": {}, "\x1b": 1},
            [
                rf"'\x1b': must be a known key; known are {KEYS}",
                "text: must be a known key; did you mean 'texts'?",
            ],
        ),
        ({"format": 1, "language": "de", "phrases": []}, [f"phrases: {TABLE} (got [])"]),
        (
            {"format": 1, "language": "de", "phrases": {"rest": 5, "set": "a\nb", "rep": "{n}"}},
            [
                "phrases.rest: must be text (got 5)",
                rf"phrases.set: {GARBLING} (got 'a\nb')",
                "phrases.rep: must have no braces but its placeholders (got '{n}')",
            ],
        ),
        (
            {"format": 1, "language": "de", "phrases": {"rests": "x", "language": "de"}},
            [
                (
                    "phrases.rests: must stand for a phrase; "
                    "did you mean 'rest' or 'wrists' or 'sets'? "
                    "(got 'x')"
                ),
                ("phrases.language: must stand for a phrase; "
                "did you mean 'languages' or 'language_name' or 'language_itself'? (got 'de')"),
            ],
        ),
    ],
)  # fmt: skip
def test_wrong_files(tmp_path: Path, data: Any, problems: list[str]) -> None:
    """Everything that is wrong with a translation is told at once."""
    path = catalog_with(tmp_path, de=data)
    assert problems_in(path, "de-AT") == [f"translations/de.json: {each}" for each in problems]


def test_of_many_unknown_keys_some_are_told(tmp_path: Path) -> None:
    """Of many unknown keys the first twenty are told."""
    wrong = translation("de") | {f"key{i:02}": 1 for i in range(50)}
    assert len(problems_in(catalog_with(tmp_path, de=wrong), "de")) == 20


def test_all_problems_of_a_catalog_are_told_together(tmp_path: Path) -> None:
    """What is wrong with a translation stands beside what is wrong with the catalog."""
    files = whole()
    files["catalog.json"]["title"] = 5
    files["translations/de.json"] = translation("de", {"Reach": 5})
    path = write_folder(tmp_path, files)
    assert problems_in(path, "de") == [
        "catalog.json: title: must be text (got 5)",
        "translations/de.json: texts.'Reach': must be text (got 5)",
    ]
    assert problems_in(path, None) == ["catalog.json: title: must be text (got 5)"]


@pytest.mark.parametrize(
    ("files", "asked", "problems"),
    [
        (["de_AT.toml"], "de-AT", [f"de_AT.toml: {TAG_NAME}"]),
        (["de-.toml"], "de", None),
        (["de.yaml"], "de", [f"de.yaml: {SUFFIX}"]),
        (["de.TOML"], "de", [f"de.TOML: {SUFFIX}"]),
        (["de"], "de", [f"de: {SUFFIX}"]),
        (["README.md", "de_AT.toml", "de.yaml"], "es", None),
        (
            ["de.json", "de.toml"],
            "de",
            ["de.toml: must not stand beside translations/de.json: keep one of the two"],
        ),
        (
            ["DE.toml", "de.toml"],
            "de",
            ["de.toml: must not stand beside translations/DE.toml: keep one of the two"],
        ),
        (["de.json", "de.toml"], "es", None),
    ],
)
def test_names_of_files(
    tmp_path: Path, files: list[str], asked: str, problems: list[str] | None
) -> None:
    """A file that is named wrongly is told to those who ask for the language that it seems for."""
    toml = 'format = 1\nlanguage = "{}"\n'
    written = {
        f"translations/{name}": json.dumps(translation("de"))
        if name.endswith("json")
        else toml.format(name.partition(".")[0])
        for name in files
    }
    path = write_folder(tmp_path, whole() | written)
    assert load_catalog(path).language == "pt-BR"
    if problems is None:
        assert load_catalog(path, language=asked).language == "pt-BR"
    else:
        assert problems_in(path, asked) == [f"translations/{each}" for each in problems]


def test_languages_are_those_of_sound_translations(tmp_path: Path) -> None:
    """A file with a fault, or that is named wrongly, makes no language for who asks for none."""
    written = {
        f"translations/{name}": f'format = 1\nlanguage = "{name.partition(".")[0]}"'
        for name in ("de.toml", "fr_CA.toml", "it.yaml", "README.md", "nl.json", "PT-br.toml")
    }
    path = write_folder(tmp_path, whole() | written | {"translations/es-419.toml": ""})
    catalog = load_catalog(path)
    assert catalog.languages == ("de", "pt-BR")
    assert [*catalog.translations] == ["PT-br", "de"]
    (path / "translations/PT-br.toml").write_text("")
    assert problems_in(path, None) == [
        "translations/PT-br.toml: must not be empty",
    ]


def test_the_own_language_has_its_texts_in_the_catalog(tmp_path: Path) -> None:
    """The file of the catalog's own language gives phrases, and an empty table does not matter."""
    own = translation("PT-br", {"Acme": "Acmé"}, phrases={"rest": "Descanso", "set": 5})
    path = catalog_with(tmp_path, **{"PT-br": own})
    assert problems_in(path, None) == [
        f"translations/PT-br.json: texts: {OWN_TEXTS}: change them in the catalog",
        "translations/PT-br.json: phrases.set: must be text (got 5)",
    ]
    own = translation("PT-br", phrases={"rest": "Descanso"})
    assert load_catalog(catalog_with(tmp_path, **{"PT-br": own})).phrases.rest == "Descanso"


def test_all_translations_together_have_a_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too many bytes are refused for all who have them read, and told once."""
    path = catalog_with(tmp_path, **{tag: translation(tag) for tag in ("de", "es", "fr")})
    size = (path / "translations/de.json").stat().st_size
    monkeypatch.setattr(reading, "LARGEST_TRANSLATIONS", 3 * size)
    assert load_catalog(path).languages == ("de", "es", "fr", "pt-BR")
    monkeypatch.setattr(reading, "LARGEST_TRANSLATIONS", 2 * size - 1)
    problem = f"translations: must hold at most {2 * size - 1} bytes"
    assert problems_in(path, None) == [problem]
    assert [each.file for each in check(path).errors] == [problem.partition(":")[0]]
    assert load_catalog(path, language="fr").language == "fr"


def test_translations_must_be_a_folder(tmp_path: Path) -> None:
    """What cannot be listed matters to those who ask for a language."""
    path = write_folder(tmp_path, whole() | {"translations": "de"})
    assert load_catalog(path).languages == ("pt-BR",)
    assert problems_in(path, "de") == ["translations: must be a folder"]
    [error] = check(path).errors
    assert (error.file, error.message) == (
        "translations",
        "the folder is missing, or is no folder",
    )


def test_problems_of_a_translation_are_told_up_to_a_bound(tmp_path: Path) -> None:
    """A thousand wrong phrases are told, and no more."""
    wrong = translation("de", phrases={f"rest-{n}": "Pause" for n in range(1001)})
    path = catalog_with(tmp_path, de=wrong)
    assert len(check(path).errors) == len(problems_in(path, "de")) == 1000


def test_a_translation_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A link out of the folder is not followed."""
    outside = tmp_path / "de.json"
    outside.write_text(json.dumps(translation("de")), encoding="utf-8")
    path = catalog_with(tmp_path / "acme", es=translation("es"))
    (path / "translations/de.json").symlink_to(outside)
    assert problems_in(path, "de") == [
        "translations/de.json: must not be a link out of the folder"
    ]
    assert load_catalog(path, language="es").language == "es"


def test_a_broken_translation_costs_no_other_reader(tmp_path: Path) -> None:
    """A translation is read only for those who ask for its language."""
    path = catalog_with(tmp_path, de=b"{", es=translation("es", {"Acme": "Acmé"}))
    assert load_catalog(path).title == "Acme"
    assert load_catalog(path, language="es").title == "Acmé"
    assert load_catalog(path, language="fr").title == "Acme"
    [problem] = problems_in(path, "de-AT")
    assert problem.startswith("translations/de.json, line 1: must have a } or ] for each { or [")


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(["format", "language", "texts", "phrases", "rest", "Reach"])
            | st.text(),
            inside,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(
    st.sampled_from(["toml", "json"]),
    st.binary(max_size=80)
    | PLAIN.map(lambda data: json.dumps(data).encode())
    | st.dictionaries(st.sampled_from(TEXTS), PLAIN).map(
        lambda texts: json.dumps(translation("de", texts)).encode()
    )
    | st.dictionaries(st.sampled_from(["rest", "get_ready", "language"]), PLAIN).map(
        lambda phrases: json.dumps(translation("de", phrases=phrases)).encode()
    ),
)
def test_any_content(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, content: bytes
) -> None:
    """Whatever a translation holds, it is used or refused, and no one else notices."""
    files = {f"translations/de.{suffix}": content}
    path = write_folder(tmp_path_factory.mktemp("any"), whole() | files)
    assert load_catalog(path).title == "Acme"
    assert load_catalog(path, language="es").title == "Acme"
    problems = refusal(path)
    if problems:
        assert {problem.file for problem in problems} == {f"translations/de.{suffix}"}
        assert check(path).errors
        return
    catalog = load_catalog(path, language="de")
    assert catalog.language == "de"
    assert schedule(catalog.routines["both"], phrases=catalog.phrases).count()
    assert not check(path).errors


def refusal(path: Path) -> tuple[Problem, ...]:
    """Return what is wrong with the German translation of a catalog, if anything."""
    try:
        load_catalog(path, language="de")
    except CatalogError as error:
        return error.problems
    return ()


# --- what a translation lacks


def gaps_of(path: Path) -> dict[str, Gaps]:
    """Return what a catalog lacks in each of its languages."""
    seen = Subject(survey(Folder(path, is_trusted=False), name=None))
    return {each.language: each for each in seen.gaps}


def test_gaps(tmp_path: Path) -> None:
    """What is missing is told text by text, what is unused with what may be meant."""
    rest = {text: f"{text}!" for text in TEXTS if text not in {"Reach", "Squat", "Have a sip"}}
    path = catalog_with(
        tmp_path,
        **{
            "de": translation("de", rest | {"Squat": "Kniebeuge", "Have a zip": "Trink etwas"}),
            "de-AT": translation("de-AT", {"Reach": "Strecken"}),
            "fr": translation("fr", rest, phrases={"rest": "Repos"}),
            "pt-BR-x-rio": translation("pt-BR-x-rio", {"Qqq": "Z"}),
        },
    )
    gaps = gaps_of(path)
    assert list(gaps) == ["de", "de-AT", "fr", "pt-BR", "pt-BR-x-rio"]
    german, austrian, french, own, regional = gaps.values()
    assert (german.missing, german.missing_phrases) == (("Reach", "Have a sip"), ())
    assert german.unused == ("Have a zip",)
    assert (austrian.missing, austrian.unused) == (("Have a sip",), ())
    assert french.missing == ("Reach", "Squat", "Have a sip")
    assert french.missing_phrases[:4] == (
        "get_ready",
        "transition",
        "position_change",
        "switch_sides",
    )
    assert (len(french.missing_phrases), "rest" in french.missing_phrases) == (
        len(Phrases.english) - 1,
        False,
    )
    assert (own.missing, own.unused, len(own.missing_phrases)) == ((), (), len(Phrases.english))
    assert (regional.missing, len(regional.missing_phrases)) == ((), len(Phrases.english))
    assert (regional.file, regional.unused) == ("translations/pt-BR-x-rio.json", ("Qqq",))
    told = {each.file: each.remedy for each in check(path).findings if each.path == "texts"}
    assert told["translations/de-AT.json"].endswith(':\n"Have a sip": "..."')
    assert told["translations/fr.json"].count("\n") == 3
    told = {each.path: each.remedy for each in check(path).findings}
    assert told["texts.'Have a zip'"] == "did you mean 'Have a sip'?"
    assert told["texts.'Qqq'"].startswith("delete it, or write the text to the letter")


def test_of_many_unused_texts_some_are_compared(tmp_path: Path) -> None:
    """All unused translations are told, the first twenty with what may be meant."""
    unused = {f"Have a sip{i:02}": "Trink" for i in range(30)}
    path = catalog_with(tmp_path, de=translation("de", unused))
    found = [each for each in check(path).findings if each.rule == "translation-is-used"]
    told = [each.remedy.startswith("did you mean 'Have a sip'") for each in found]
    assert told == [True] * 20 + [False] * 10


def test_checking_reads_every_translation(tmp_path: Path) -> None:
    """What is wrong with any translation, or with its name, is told."""
    path = catalog_with(tmp_path, de=b"", es={"format": 1, "language": "es"})
    (path / "translations/fr_CA.toml").touch()
    (path / "translations/README").touch()
    assert [(each.file, each.line) for each in check(path).errors] == [
        ("translations/README", None),
        ("translations/de.json", None),
        ("translations/fr_CA.toml", None),
    ]


def test_checking_has_no_bound_on_all_translations_together(tmp_path: Path) -> None:
    """Each translation alone is within the bound of a catalog; so many are no fault."""
    tags = ["de", "es", "fr", "it", "ja", "ko", "nl", "pl", "sv", "tr"]
    text = {f"{'x' * 900}{i}": "y" * 100 for i in range(900)}
    path = catalog_with(tmp_path, **{tag: translation(tag, text) for tag in tags})
    assert check(path).errors == ()


def test_the_package_has_no_other_names() -> None:
    """What the package has is listed, and what it has not is an error."""
    import supple.catalog

    assert {"Translation", "RULES", "check", "installed"} <= {*dir(supple.catalog)}
    with pytest.raises(AttributeError, match=r"'supple\.catalog' has no attribute 'spam'"):
        _ = supple.catalog.spam  # type: ignore[attr-defined]


# --- catalogs made in Python


def test_languages_and_phrases_of_a_catalog() -> None:
    """A catalog speaks its own language and those of its translations, and says so."""
    catalog = Catalog("acme", title="Acme", version="1", language="de-AT")
    assert (catalog.languages, catalog.phrases.rest) == (("de-AT",), "Pause")
    french = Translation("fr", texts={"Acme": "Acmé"}, phrases={"rest": "Repos"})
    own = Translation("de-at", phrases={"rest": "Rast"})
    other = Catalog(
        "acme", title="Acme", version="1", language="de-AT", translations=[french, own]
    )
    assert (other.languages, [*other.translations]) == (("de-AT", "fr"), ["de-at", "fr"])
    assert other.phrases == catalog.phrases.with_words(language="de-AT", rest="Rast")
    assert other != catalog


def test_translations_are_values() -> None:
    """They are equal whatever their order, can be keys, and survive being pickled."""
    texts, phrases = {"a": "x", "b": "y"}, {"rest": "r", "set": "s"}
    one = Translation("de", texts=texts, phrases=phrases)
    other = Translation(
        "de", texts=dict(reversed(texts.items())), phrases=dict(reversed(phrases.items()))
    )
    assert one == other
    assert hash(one) == hash(other)
    assert evolve(one) == one
    assert one != evolve(one, texts={"a": "x"})
    assert one != Translation("fr", texts=texts, phrases=phrases)
    assert repr(one) == "Translation(language='de')"
    catalog = Catalog("acme", title="A", version="1", language="en", translations=[one])
    again = pickle.loads(pickle.dumps(catalog))  # noqa: S301 - our own bytes
    assert again == catalog
    assert hash(again) == hash(catalog)
    assert again.translations["de"].texts == texts
    with pytest.raises(match="no language is named 'fr'"):
        _ = again.translations["fr"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("de", "Catalog.translations: must be a list (got 'de')"),
        (["de"], "Catalog.translations[0]: must be Translation (got 'de')"),
        (
            [Translation("de"), Translation("DE")],
            "Catalog.translations[1].language: must not be that of another translation (got 'DE')",
        ),
        (
            [Translation("EN", texts={"a": "b"})],
            f"Catalog.translations[0].texts: {OWN_TEXTS} (got {{'a': 'b'}})",
        ),
    ],
)
def test_wrong_translations_of_a_catalog(wrong: Any, message: str) -> None:
    """What are no translations of a catalog is refused."""
    with pytest.raises(ModelError) as caught:
        Catalog("acme", title="Acme", version="1", language="en", translations=wrong)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            {"language": "?"},
            "Translation.language: must be a language tag such as 'en' or 'pt-BR' (got '?')",
        ),
        ({"texts": ["a"]}, "Translation.texts: must be a mapping (got ['a'])"),
        (
            {"texts": {5: "a"}},
            f"Translation.texts[5]: {NO_TEXT} (got 'a')",
        ),
        (
            {"texts": {"\ud800": "a"}},
            rf"Translation.texts['\ud800']: {NO_TEXT} (got 'a')",
        ),
        ({"texts": {"a": 5}}, "Translation.texts['a']: must be text (got 5)"),
        ({"texts": {"a": "{side}"}}, f"Translation.texts['a']: {NAMES_NO_SIDE} (got '{{side}}')"),
        ({"phrases": {"rest": " "}}, "Translation.phrases['rest']: must not be empty (got ' ')"),
        (
            {"phrases": {"rests": "a"}},
            (
                f"Translation.phrases['rests']: {NO_PHRASE}; "
                "did you mean 'rest' or 'wrists' or 'sets'? (got 'a')"
            ),
        ),
        (
            {"phrases": {5: "a"}},
            f"Translation.phrases[5]: {NO_PHRASE}; 'supple translate' writes each (got 'a')",
        ),
    ],
)
def test_wrong_translations(wrong: dict[str, Any], message: str) -> None:
    """What cannot stand for a text or a phrase is refused, with its place."""
    with pytest.raises(ModelError) as caught:
        Translation(**{"language": "de", **wrong})
    assert str(caught.value) == message


# --- the bundled catalog


@cache
def lower_back(language: str) -> Catalog:
    """Return the bundled catalog in a language."""
    return load_catalog("lower-back", language=language)


ROUTINES = ["lower-back", "in-bed"]


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_the_bundled_catalog_is_translated_whole(language: str) -> None:
    """Each text has its translation, each translation its text, and none is left as it was."""
    assert not {each.file for each in check("lower-back").findings} & {
        f"translations/{language}.toml"
    }
    english, translated = texts_of(lower_back("en")), texts_of(lower_back(language))
    assert {*english}.isdisjoint(translated)
    assert lower_back(language).languages == (language,)
    assert load_catalog("lower-back").languages == tuple(sorted(LANGUAGES))


def test_the_bundled_catalog_by_region() -> None:
    """A region without a translation of its own has that of its language."""
    assert lower_back("de-AT") == lower_back("de")
    assert lower_back("es-MX") == lower_back("es")
    whole = load_catalog("lower-back")
    assert lower_back("en-GB") == lower_back("fr") == evolve(whole, translations=[])


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("id", ROUTINES)
def test_no_english_in_a_translated_stream(language: str, id: str) -> None:
    """No event says what it says in English, but for the numbers of the countdown."""
    english = schedule(lower_back("en").routines[id])
    translated = schedule(lower_back(language).routines[id])
    texts = {event.text for event in english if not event.text.isdigit()}
    assert {event.text for event in translated}.isdisjoint(texts)
    assert facts(translated) == facts(english)
    assert not any({"{", "}", "|"} & {*event.text} for event in translated)


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("id", ROUTINES)
def test_there_is_time_to_say_every_translation(language: str, id: str) -> None:
    """Each instruction can be spoken before its segment is over, at the gentle end."""
    for segment in schedule(lower_back(language).routines[id]).segments():
        assert len(segment.text) * 1000 <= segment.duration_ms * 15, segment.text
        if segment.kind is not SegmentKind.REST:
            words = re.findall(r"[\w'’-]+", segment.text)
            assert len(words) * 1000 <= segment.duration_ms * 2.5, segment.text


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_translations_keep_every_figure(language: str) -> None:
    """Numbers in figures are the same in every language."""
    for english, translated in zip(
        texts_of(lower_back("en")), texts_of(lower_back(language)), strict=True
    ):
        assert sorted(re.findall(r"\d+", english)) == sorted(re.findall(r"\d+", translated))


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "en",
            [
                "Get ready: Single knee hug, lying on your back",
                "Let your head and shoulders rest",
                "Bend your left knee to your chest",
                "Draw it gently closer with both hands",
                "Keep your left knee close and breathe calmly",
                "Let go and lower your left leg",
                "Switch sides",
                "Bend your right knee to your chest",
                "Draw it gently closer with both hands",
                "Keep your right knee close and breathe calmly",
                "Let go and lower your right leg",
            ],
        ),
        (
            "de-CH",
            [
                "Mach dich bereit: Knie zur Brust, in Rückenlage",
                "Lass Kopf und Schultern ruhen",
                "Beuge das linke Knie zur Brust",
                "Ziehe es mit beiden Händen sanft heran",
                "Halte das linke Knie nah bei dir und atme ruhig",
                "Lass los und senke das linke Bein",
                "Wechsle die Seite",
                "Beuge das rechte Knie zur Brust",
                "Ziehe es mit beiden Händen sanft heran",
                "Halte das rechte Knie nah bei dir und atme ruhig",
                "Lass los und senke das rechte Bein",
            ],
        ),
        (
            "es-419",
            [
                "Prepárate: Rodilla al pecho, boca arriba",
                "Deja descansar la cabeza y los hombros",
                "Lleva la rodilla izquierda al pecho",
                "Acércala suavemente con ambas manos",
                "Mantén cerca la rodilla izquierda y respira con calma",
                "Suelta y baja la pierna izquierda",
                "Cambia de lado",
                "Lleva la rodilla derecha al pecho",
                "Acércala suavemente con ambas manos",
                "Mantén cerca la rodilla derecha y respira con calma",
                "Suelta y baja la pierna derecha",
            ],
        ),
    ],
)
def test_sides_stand_where_the_grammar_puts_them(language: str, texts: list[str]) -> None:
    """The side is said in the form and in the place that the sentence asks for."""
    exercise = lower_back(language)["single-knee-hug"]
    timeline = schedule(Routine("hug", items=[exercise]))
    assert [segment.text for segment in timeline.segments()] == texts


@pytest.mark.parametrize(
    ("language", "left", "right"),
    [
        ("en", "Roll both knees slowly to the left", "Roll both knees slowly to the right"),
        ("de", "Rolle beide Knie langsam nach links", "Rolle beide Knie langsam nach rechts"),
        (
            "es",
            "Lleva despacio las rodillas a la izquierda",
            "Lleva despacio las rodillas a la derecha",
        ),
    ],
)
def test_directions(language: str, left: str, right: str) -> None:
    """A direction is said as one says it in that language."""
    routine = Routine("rolls", items=[lower_back(language)["knee-rolls"]])
    timeline = schedule(routine, pacing=Pacing(get_ready=0))
    texts = [segment.text for segment in timeline.segments()]
    assert (texts[1], texts[5]) == (left, right)
