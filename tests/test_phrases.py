"""Phrases: the library's own words, in the language of the routine."""

from __future__ import annotations

import copy
import pickle
import pkgutil
import re
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis import given, strategies as st

from supple import (
    AdviceTier,
    BodyArea,
    DosePart,
    Equipment,
    Exercise,
    ExerciseKind,
    Hold,
    Phrases,
    Position,
    Routine,
    Side,
    _phrases,
    schedule,
)
from supple._errors import show
from supple._phrases import GROUPS, LANGUAGES, fallbacks, language_for, phrases_for
from supple._phrases.table import placeholders
from supple.catalog import schema
from tests.refusals import NO_TEXTS, refusal_of

NAMING = {"get_ready", "transition", "position_change"}
SYMBOLS = {"hours", "minutes", "seconds", "by_side", "enter"}
"""What may be the same in every language."""


def both_sides(language: str) -> Routine:
    """Return a routine in a language."""
    bend = Exercise(
        "bend",
        name="Beugen",
        kind="stretch",
        position="kneeling",
        sides="alternate",
        cycle=[Hold("{side}, das {linke|rechte} Knie", seconds=1)],
        language=language,
    )
    return Routine("daily", items=[bend])


def test_the_library_speaks_the_language_of_the_routine() -> None:
    """What the library says itself is in the language of the routine."""
    timeline = schedule(both_sides("de-AT"))
    assert [segment.text for segment in timeline.segments()] == [
        "Mach dich bereit: Beugen, im Knien",
        "links, das linke Knie",
        "Wechsle die Seite",
        "rechts, das rechte Knie",
    ]
    assert timeline.phrases is phrases_for("de")


def test_english_where_a_language_is_not_spoken() -> None:
    """A language that the library does not speak gets English phrases."""
    assert schedule(both_sides("tlh")).phrases == Phrases()
    assert phrases_for("en-GB") == Phrases()


def test_phrases_may_be_given() -> None:
    """Other phrases may be given, with the placeholders where they are wanted."""
    mine = Phrases(get_ready="{position}! {exercise}! {position}!", switch_sides="Andersrum")
    timeline = schedule(both_sides("de"), phrases=mine)
    assert [segment.text for segment in timeline.segments()] == [
        "kneeling! Beugen! kneeling!",
        "left, das linke Knie",
        "Andersrum",
        "right, das rechte Knie",
    ]
    assert timeline != schedule(both_sides("de"))


def test_a_name_is_no_template() -> None:
    """A placeholder in the name of an exercise stays what it is."""
    bend = evolve(both_sides("en").exercises["bend"], name="{position} {exercise}")
    timeline = schedule(Routine("daily", items=[bend]))
    assert timeline[1].text == "Get ready: {position} {exercise}, kneeling"


def test_every_language_is_a_module() -> None:
    """What is in the folder of the phrases is a language that is named, or what they are of."""
    modules = {each.name for each in pkgutil.iter_modules(_phrases.__path__)}
    assert modules == {*LANGUAGES, "table"}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_is_complete(language: str) -> None:
    """Every language has every phrase, in the order of the table, in words of its own."""
    spoken = language_for(language)
    assert [*spoken.WORDS] == [*Phrases.english]
    assert spoken.BOTH.isdisjoint(language_for("en").BOTH)
    phrases = phrases_for(language)
    assert (phrases.language, phrases.language_itself) != ("en", "English")
    same = {id for id, english in Phrases.english.items() if phrases[id] == english}
    assert same <= SYMBOLS
    assert len({phrases.name_of(position) for position in Position}) == len(Position)
    assert len({*phrases.sides().values()}) == len(Side)
    assert (len({*phrases.weekdays()}), len({*phrases.months()})) == (7, 12)


def test_the_groups_are_the_table() -> None:
    """Each phrase stands in one group, and what is said while a routine is done comes first."""
    assert [id for group in GROUPS for id in group.english] == [*Phrases.english]
    assert next(iter(Phrases.english)) == "get_ready"
    assert len({group.about for group in GROUPS}) == len(GROUPS)


def test_every_closed_word_has_a_name() -> None:
    """Areas, equipment, kinds, positions and parts of a dose are named; a free word is itself."""
    for kind in (BodyArea, Equipment, ExerciseKind, Position, DosePart):
        for word in kind:
            english = Phrases().name_of(word)
            assert english in {word.replace("-", " "), Phrases.english.get(word.name.lower())}
            assert phrases_for("de").name_of(word) != english
    assert phrases_for("fr").names_of(["lower-back", "the left toe"]) == "lower back, the left toe"
    assert phrases_for("de-AT").name_of(BodyArea.LOWER_BACK) == "unterer Rücken"
    assert [phrases_for("es").tier(tier) for tier in AdviceTier][:2] == [
        "Conviene saber",
        "Cuándo parar",
    ]


@pytest.mark.parametrize("name", Phrases.english)
def test_phrases_are_text_without_other_braces(name: str) -> None:
    """A phrase is one harmless line, whose only braces are its placeholders."""
    for wrong, message in NO_TEXTS.values():
        given: dict[str, Any] = {name: wrong}
        assert refusal_of(Phrases, **given) == f"Phrases.{name}: {message}"
    filled = placeholders(Phrases.english[name])
    stray = ["{", "{0}", "{exercise", *({"{side}", "{position}"} - {f"{{{x}}}" for x in filled})]
    for wrong in stray:
        if not (name in NAMING and wrong == "{position}"):
            assert refusal_of(Phrases, **{name: wrong}) == (
                f"Phrases.{name}: must have no braces but its placeholders (got {wrong!r})"
            )
    if filled and name not in NAMING:
        lost = " and ".join(f"{{{each}}}" for each in filled)
        assert refusal_of(Phrases, **{name: "x"}) == (
            f"Phrases.{name}: must have {lost} in it (got 'x')"
        )


def test_phrases_are_values() -> None:
    """They are equal where they say the same, frozen, copied and pickled, and told in a line."""
    mine = Phrases(language="de", rest="Rast")
    assert mine == Phrases(language="de", rest="Rast", halfway="Halfway")
    assert mine != Phrases(rest="Rast")
    assert mine != "Rast"
    assert mine.with_words(rest="Rest") == Phrases(language="de")
    for other in (copy.deepcopy(mine), pickle.loads(pickle.dumps(mine))):  # noqa: S301 - our own
        assert (other, hash(other), repr(other)) == (mine, hash(mine), repr(mine))
    total = len(Phrases.english)
    assert repr(mine) == f"<Phrases de: 1 of {total} other than in English>"
    with pytest.raises(FrozenInstanceError):
        mine.rest = "Pause"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del mine.rest
    with pytest.raises(TypeError, match=r"Phrases\(\) got an unexpected keyword argument 'spam'"):
        Phrases(spam="x")  # type: ignore[call-arg]
    with pytest.raises(KeyError):
        mine["language"]


def test_wrong_phrases() -> None:
    """What is no language, and what are no phrases, is refused."""
    wrong: Any = {"rest": "Pause"}
    assert refusal_of(Phrases, language="deutsch!") == (
        "Phrases.language: must be a language tag such as 'en' or 'pt-BR' (got 'deutsch!')"
    )
    assert refusal_of(schedule, both_sides("de"), phrases=wrong) == (
        "schedule.phrases: must be Phrases (got {'rest': 'Pause'})"
    )


@pytest.mark.parametrize(
    ("tag", "tags"),
    [
        ("de", ["de"]),
        ("pt-BR", ["pt-br", "pt"]),
        ("zh-Hant-TW", ["zh-hant-tw", "zh-hant", "zh"]),
        ("en-x-me", ["en-x-me", "en"]),
        ("en-US-u-ca-gregory", ["en-us-u-ca-gregory", "en-us-u-ca", "en-us", "en"]),
        ("x-me", ["x-me"]),
        (  # the example of RFC 4647, section 3.4
            "zh-Hant-CN-x-private1-private2",
            [
                "zh-hant-cn-x-private1-private2",
                "zh-hant-cn-x-private1",
                "zh-hant-cn",
                "zh-hant",
                "zh",
            ],
        ),
    ],
)
def test_more_general_tags(tag: str, tags: list[str]) -> None:
    """A tag falls back to shorter ones, a singleton going with what it begins."""
    assert fallbacks(tag) == tags


# --- which texts are tags ------------------------------------------------------------

LETTERS = "abcxyzABCXYZ"
DIGITS = "0189"
PATTERN = schema("catalog")["properties"]["language"]["pattern"]


def subtags(
    shortest: int, longest: int, characters: str = LETTERS + DIGITS
) -> st.SearchStrategy[str]:
    """Make one subtag."""
    return st.text(characters, min_size=shortest, max_size=longest)


@st.composite
def private(draw: st.DrawFn) -> list[str]:
    """Make the subtags of private use."""
    own = draw(st.lists(subtags(1, 8), min_size=1, max_size=3))
    return [draw(st.sampled_from("xX")), *own]


@st.composite
def languages(draw: st.DrawFn) -> list[str]:
    """Make the subtags of a language, part by part as in RFC 5646, section 2.1."""
    parts = [draw(subtags(2, 8, LETTERS))]
    if len(parts[0]) < 4:
        parts += draw(st.lists(subtags(3, 3, LETTERS), max_size=3))
    parts += draw(st.lists(subtags(4, 4, LETTERS), max_size=1))
    parts += draw(st.lists(subtags(2, 2, LETTERS) | subtags(3, 3, DIGITS), max_size=1))
    numbered = st.builds("{}{}".format, st.sampled_from(DIGITS), subtags(3, 3))
    parts += draw(st.lists(subtags(5, 8) | numbered, max_size=2))
    for singleton in draw(st.lists(st.sampled_from("abyzABYZ" + DIGITS), max_size=2)):
        parts += [singleton, *draw(st.lists(subtags(2, 8), min_size=1, max_size=2))]
    return parts + draw(st.just([]) | private())


tags = (languages() | private()).map("-".join).filter(lambda tag: len(tag) <= 64)


@given(tag=tags)
def test_well_formed_tags(tag: str) -> None:
    """Every tag of the grammar is taken as it is, by the schema too."""
    assert Phrases(language=tag).language == tag
    assert re.search(PATTERN, tag)


ENDS = ["-", "--ab", "-abcdefghi", "-\u00e9", "-\u212a", "_DE", " "]


@given(tag=tags, end=st.sampled_from(ENDS))
def test_ill_formed_tags(tag: str, end: str) -> None:
    """What no tag of the grammar has at its end is refused after any of them."""
    wrong = tag + end
    assert refusal_of(Phrases, language=wrong) == (
        f"Phrases.language: must be a language tag such as 'en' or 'pt-BR' (got {show(wrong)})"
    )
    assert not re.search(PATTERN, wrong)
