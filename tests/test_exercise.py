"""Exercises: what is kept, what is refused, and what a dose changes."""

from __future__ import annotations

import time
from itertools import repeat
from typing import TYPE_CHECKING, Any

import pytest
from attrs import asdict, evolve

from supple import (
    AdviceTier,
    Dose,
    DosePart,
    DoseSource,
    Exercise,
    ExerciseKind,
    Hold,
    Mark,
    Picture,
    Position,
    Prescription,
    Range,
    Side,
    Sides,
    Step,
)
from supple._errors import show
from tests.refusals import (
    HUGE,
    HUGE_SHOWN,
    NO_LISTS,
    NO_NUMBERS,
    NO_TEXTS,
    Float64,
    endless,
    refusal_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

KEEP = Hold("Keep", seconds=1)
GO = Step("Go")


def exercise(**given: Any) -> Exercise:
    """Return an exercise."""
    described = {"name": "Reach", "kind": "stretch", "position": "standing", "cycle": [KEEP]}
    return Exercise(**{"id": "reach", **described, **given})


# --- what is kept


def test_the_defaults_of_an_exercise() -> None:
    """An exercise of which only the needful is told is done once, without sides."""
    assert asdict(exercise(), recurse=False) == {
        "id": "reach",
        "name": "Reach",
        "kind": ExerciseKind.STRETCH,
        "position": Position.STANDING,
        "cycle": (KEEP,),
        "sides": Sides.NONE,
        "setup": (),
        "finish": (),
        "reps": Range(1),
        "sets": Range(1),
        "rest": None,
        "purpose": None,
        "targets": (),
        "equipment": (),
        "cautions": (),
        "contraindications": (),
        "_phase": None,
        "first_side": Side.LEFT,
        "easier": (),
        "harder": (),
        "sources": (),
        "pictures": (),
        "links": (),
        "language": "en",
        "_poses": (),
        "_from_catalog": exercise()._from_catalog,
    }
    assert (exercise().advice, exercise().poses, exercise().phrases) == ((), (), None)


def test_what_is_as_by_default_is_not_shown() -> None:
    """The repr of an exercise names what somebody chose, and no field that is as by default."""
    assert repr(exercise(phase="calming")).endswith(", phase=<Phase.CALMING: 'calming'>)")
    assert repr(exercise(reps=3)) == (
        "Exercise(id='reach', name='Reach', kind=<ExerciseKind.STRETCH: 'stretch'>, "
        f"position=<Position.STANDING: 'standing'>, cycle=({KEEP!r},), "
        "reps=Range(3))"
    )


def test_words_and_members_are_the_same() -> None:
    """A word of a closed set and its member give the same exercise."""
    words = exercise(kind="dynamic-stretch", position="all-fours", sides="each")
    members = exercise(
        kind=ExerciseKind.DYNAMIC_STRETCH, position=Position.ALL_FOURS, sides=Sides.EACH
    )
    assert words == members
    assert type(words.kind) is ExerciseKind
    assert type(words.position) is Position
    assert type(words.sides) is Sides


@pytest.mark.parametrize(
    "name", ["cycle", "setup", "finish", "targets", "equipment", "cautions", "sources", "pictures"]
)
def test_lists_are_kept_as_tuples(name: str) -> None:
    """A list, a tuple and a generator give the same exercise, which keeps a tuple."""
    element: object = {
        "sources": DoseSource("A book", says="Thrice"),
        "pictures": Picture("a.svg", alt="A knee"),
    }.get(name, "knees" if name in {"targets", "equipment", "cautions"} else GO)
    one = exercise(**{name: [element]})
    assert getattr(one, name) == (element,)
    assert (
        one == exercise(**{name: (element,)}) == exercise(**{name: (each for each in [element])})
    )


def test_steps_and_holds_keep_amounts_as_ranges() -> None:
    """The lengths of steps and holds are ranges; a step may leave its own out."""
    assert repr(Step("Go", seconds=(1, 2), until_ready=True, marks=[Mark("x", fraction=0.5)])) == (
        "Step(text='Go', seconds=Range(1, 2), until_ready=True, "
        "marks=(Mark(text='x', fraction=0.5),))"
    )
    assert Step("Go") == Step("Go", seconds=None, until_ready=False, marks=())
    assert KEEP.seconds == Range(1)


def test_the_parts_of_a_source() -> None:
    """A source names the parts of the dose that it gives, as words or as members."""
    source = DoseSource(
        "A book", says="Hold it", gives=["hold", DosePart.REPS], url="http://x.org/a"
    )
    assert source.gives == (DosePart.HOLD, DosePart.REPS)
    assert all(type(part) is DosePart for part in source.gives)
    assert DoseSource("A book", says="x") == DoseSource(
        "A book", says="x", gives=(), is_default=False
    )


# --- marks


@pytest.mark.parametrize("fraction", [5e-324, 0.5, 0.9999999999999999])
def test_a_fraction_lies_between(fraction: float) -> None:
    """A fraction is a number between 0 and 1."""
    assert Mark("x", fraction=fraction).fraction == fraction


def test_a_fraction_is_kept_as_a_plain_float() -> None:
    """A float of another library's is kept as Python's own."""
    assert type(Mark("x", fraction=Float64(0.25)).fraction) is float


@pytest.mark.parametrize(
    ("wrong", "shown"),
    [
        (0, "0"),
        (0.0, "0.0"),
        (1, "1"),
        (1.0, "1.0"),
        (-0.5, "-0.5"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (HUGE, HUGE_SHOWN),
    ],
    ids=["0", "0.0", "1", "1.0", "negative", "nan", "infinite", "huge"],
)
def test_a_fraction_excludes_both_ends(wrong: float, shown: str) -> None:
    """A mark at the start or the end of a segment, or outside of it, is refused."""
    assert refusal_of(Mark, "x", fraction=wrong) == (
        f"Mark.fraction: must be between 0 and 1, both excluded (got {shown})"
    )


@pytest.mark.parametrize(
    ("wrong", "shown"), [*NO_NUMBERS.values(), ((1, 2), "(1, 2)")], ids=[*NO_NUMBERS, "pair"]
)
def test_the_place_of_a_mark_is_a_number(wrong: Any, shown: str) -> None:
    """A mark's place is one number."""
    assert refusal_of(Mark, "x", fraction=wrong) == (
        f"Mark.fraction: must be between 0 and 1, both excluded (got {shown})"
    )
    assert refusal_of(Mark, "x", before_end=wrong) == (
        f"Mark.before_end: must be a number (got {shown})"
    )


@pytest.mark.parametrize("wrong", [0, -1, 86400.001])
def test_a_mark_before_the_end_has_bounds(wrong: float) -> None:
    """A mark lies from a millisecond to a day before the end."""
    assert Mark("x", before_end=0.001).before_end == 0.001
    assert refusal_of(Mark, "x", before_end=wrong) == (
        f"Mark.before_end: must be at least 0.001 and at most 86400 (got {wrong})"
    )


def test_a_mark_has_one_place() -> None:
    """A mark has a fraction or a number of seconds before the end, and not both."""
    requirement = "Mark: must have either fraction or before_end"
    assert refusal_of(Mark, "x") == f"{requirement} (got (None, None))"
    assert refusal_of(Mark, "x", fraction=0.5, before_end=1) == f"{requirement} (got (0.5, 1))"


# --- text

TEXTS: dict[str, Callable[[Any], str | None]] = {
    "Mark.text": lambda given: Mark(given, fraction=0.5).text,
    "Step.text": lambda given: Step(given).text,
    "Hold.text": lambda given: Hold(given, seconds=1).text,
    "DoseSource.title": lambda given: DoseSource(given, says="x").title,
    "DoseSource.says": lambda given: DoseSource("x", says=given).says,
    "Picture.alt": lambda given: Picture("a", alt=given).alt,
    "Exercise.name": lambda given: exercise(name=given).name,
    "Exercise.targets[0]": lambda given: exercise(targets=[given]).targets[0],
    "Exercise.equipment[0]": lambda given: exercise(equipment=[given]).equipment[0],
    "Exercise.cautions[1]": lambda given: exercise(cautions=["x", given]).cautions[1],
}
OPTIONAL_TEXTS: dict[str, Callable[[Any], str | None]] = {
    "DoseSource.url": lambda given: DoseSource("x", says="x", url=given).url,
    "Picture.credit": lambda given: Picture("a", alt="x", credit=given).credit,
    "Exercise.purpose": lambda given: exercise(purpose=given).purpose,
}


@pytest.mark.parametrize("where", [*TEXTS, "Picture.credit", "Exercise.purpose"])
@pytest.mark.parametrize(
    "text",
    [
        "x" * 1000,
        "骨盤を傾ける",
        "क्षेत्र",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "🧘🏽\u200d♀️",
        "<b>&\"'",
    ],
    ids=["long", "japanese", "hindi joiner", "persian joiner", "emoji", "markup"],
)
def test_any_script_is_text(where: str, text: str) -> None:
    """Text of any script, of up to 1000 characters, is kept as it is."""
    assert (TEXTS | OPTIONAL_TEXTS)[where](text) == text


@pytest.mark.parametrize("where", TEXTS | OPTIONAL_TEXTS)
@pytest.mark.parametrize(("wrong", "message"), [*NO_TEXTS.values()], ids=[*NO_TEXTS])
def test_text_is_one_harmless_line(where: str, wrong: Any, message: str) -> None:
    """What is no text, or could garble what surrounds it, is refused."""
    assert refusal_of((TEXTS | OPTIONAL_TEXTS)[where], wrong) == f"{where}: {message}"


@pytest.mark.parametrize("where", [*TEXTS, "Exercise.purpose"])
def test_text_is_visible(where: str) -> None:
    """Text of nothing but characters that nobody sees is refused as empty."""
    for invisible in ("\u200b", "\u200d\u200c", "\ufeff", " \u2060 "):
        assert refusal_of((TEXTS | OPTIONAL_TEXTS)[where], invisible) == (
            f"{where}: must not be empty (got {invisible!r})"
        )


@pytest.mark.parametrize("where", TEXTS)
def test_required_text(where: str) -> None:
    """None is no text where text is required."""
    assert refusal_of(TEXTS[where], None) == f"{where}: must be text (got None)"


@pytest.mark.parametrize("where", OPTIONAL_TEXTS)
def test_optional_text(where: str) -> None:
    """Some texts may be left out."""
    assert OPTIONAL_TEXTS[where](None) is None


# --- sides in text

SIDED = ["{side}", "To the {side}, then {side}", "Das {linke|rechte} Knie", "{a|b} {side}"]
STRAY = (
    *("{", "}", "{}", "}{", "{side", "{ side }", "{SIDE}", "{{side}}", "{a|}", "{|b}", "{a|b|c}"),
    *("{position}", "{0}"),
)


@pytest.mark.parametrize("text", SIDED)
@pytest.mark.parametrize("sides", ["alternate", "each"])
def test_the_cycle_may_name_the_side(text: str, sides: str) -> None:
    """In the cycle of an exercise with sides a text may name the side."""
    cycle = [Step(text), Hold(text, seconds=1)]
    assert [segment.text for segment in exercise(cycle=cycle, sides=sides).cycle] == [text, text]


@pytest.mark.parametrize("text", STRAY)
def test_other_braces_are_refused(text: str) -> None:
    """Braces that do not name the side are refused."""
    requirement = "must have no braces but {side} or {left form|right form}"
    assert refusal_of(Step, text) == f"Step.text: {requirement} (got {text!r})"
    assert refusal_of(Hold, text, seconds=1) == f"Hold.text: {requirement} (got {text!r})"


@pytest.mark.parametrize("text", SIDED)
@pytest.mark.parametrize(
    ("part", "sides"),
    [("setup", "each"), ("finish", "alternate"), ("cycle", "none"), ("setup", "none")],
)
def test_no_side_is_named_where_there_is_none(text: str, part: str, sides: str) -> None:
    """Outside of the cycle, and where the exercise has no sides, no text names one."""
    message = refusal_of(exercise, **{"sides": sides, part: [GO, Step(text)]})
    assert message == (
        f"Exercise.{part}[1].text: must not name a side: "
        f"only the cycle of an exercise with sides has one (got {text!r})"
    )


# --- names, addresses, paths, languages


@pytest.mark.parametrize("name", ["a", "7", "knee-rolls", "a-1-b-2", "x" * 64])
def test_identifiers(name: str) -> None:
    """An identifier is words of a-z and 0-9 joined by single hyphens."""
    assert exercise(id=name).id == name


@pytest.mark.parametrize(
    ("wrong", "shown"),
    [
        ("", "''"),
        ("Knee", "'Knee'"),
        ("knee rolls", "'knee rolls'"),
        ("knee_rolls", "'knee_rolls'"),
        ("knee--rolls", "'knee--rolls'"),
        ("-knee", "'-knee'"),
        ("knee-", "'knee-'"),
        ("knee\n", r"'knee\n'"),
        ("../knee", "'../knee'"),
        ("kne\u0301e", "'kne\u0301e'"),
        ("\u017f", "'\u017f'"),
        ("\u0661", "'\u0661'"),
        ("\u212a", "'\u212a'"),
        ("x" * 65, f"'{'x' * 65}'"),
        (5, "5"),
        (b"knee", "b'knee'"),
        (None, "None"),
    ],
    ids=ascii,
)
def test_wrong_identifiers(wrong: Any, shown: str) -> None:
    """What is no identifier is refused with an example of one."""
    assert refusal_of(exercise, id=wrong) == (
        "Exercise.id: must be words of a-z and 0-9 joined by hyphens, such as 'knee-rolls', "
        f"of at most 64 characters (got {shown})"
    )


@pytest.mark.parametrize(
    "wrong",
    ["example.org", "ftp://a.org", "javascript:x", "https:/a", " https://a.org", "https://a.org b",
     "https://", "http://", "https://a\xa0b"],
)  # fmt: skip
def test_wrong_addresses(wrong: str) -> None:
    """What is no address of a web page is refused."""
    assert refusal_of(DoseSource, "x", says="x", url=wrong) == (
        f"DoseSource.url: must be an address that begins with https:// or http:// (got {wrong!r})"
    )


@pytest.mark.parametrize("path", ["a.svg", "pictures/a.svg", "a/b/c d.svg", "..a", "a..b/.c"])
def test_paths(path: str) -> None:
    """A picture lies inside the folder of its catalog."""
    assert Picture(path, alt="x").path == path


@pytest.mark.parametrize(
    "wrong",
    [
        *("..", ".", "../a", "a/../b", "a/..", "/a", "//a", "a//b", "a/", "./a", "a/./b"),
        *("C:a", "C:\\a", "a\\b", "\\\\a\\b", "file:a"),
    ],
)
def test_wrong_paths(wrong: str) -> None:
    """A path that could leave the folder is refused."""
    assert refusal_of(Picture, wrong, alt="x") == (
        "Picture.path: must be a path inside the folder, with forward slashes and no '..' "
        f"(got {wrong!r})"
    )


@pytest.mark.parametrize(("wrong", "message"), [*NO_TEXTS.values()], ids=[*NO_TEXTS])
def test_paths_are_text(wrong: Any, message: str) -> None:
    """A path is one harmless line of text."""
    assert refusal_of(Picture, wrong, alt="x") == f"Picture.path: {message}"


@pytest.mark.parametrize(
    "tag",
    [
        *("en", "de", "pt-BR", "zh-Hant-TW", "es-419", "sl-rozaj-biske", "de-1996", "zh-min-nan"),
        *("en-US-u-ca-gregory", "de-a-values", "hi-t-en-h0-hybrid-u-nu-deva-x-me", "ja-0-ab"),
        *("en-x-me", "de-X-mine", "x-whatever", "X-a-1-u", f"en-x-{'abcdefg-' * 7}abc"),
    ],
)
def test_languages(tag: str) -> None:
    """A language is a tag of RFC 5646, kept as it is."""
    assert exercise(language=tag).language == tag


@pytest.mark.parametrize(
    "wrong",
    [
        *("", "x", "e", "english language", "en_US", "en-", "12", "en\n", 5),
        *("en-u", "en-u-a", "en-u-x-me", "en-x", "x-", "en-a-123456789", "u-ca-gregory"),
        *("de-419-DE", "a-DE", "ar-a-aaa-b", "en-\uff55-ca", f"en-x-{'abcdefg-' * 7}abcd"),
        *("i-klingon", "en-GB-oed", "sgn-BE-FR"),
    ],
)
def test_wrong_languages(wrong: Any) -> None:
    """What is no language tag is refused."""
    assert refusal_of(exercise, language=wrong) == (
        f"Exercise.language: must be a language tag such as 'en' or 'pt-BR' (got {wrong!r})"
    )


# --- words

KINDS = (
    "stretch, dynamic-stretch, mobility, strengthening, balance, breathing, "
    "nerve-glide, relaxation"
)
POSITIONS = (
    "lying-on-back, lying-on-front, lying-on-side, all-fours, kneeling, half-kneeling, sitting, "
    "squatting, standing, leaning-on-wall, hanging"
)


@pytest.mark.parametrize(
    ("name", "wrong", "message"),
    [
        ("kind", "strech", f"{KINDS}; did you mean 'stretch'? (got 'strech')"),
        ("kind", "BALANCE", f"{KINDS}; did you mean 'balance'? (got 'BALANCE')"),
        ("kind", "yoga", f"{KINDS} (got 'yoga')"),
        ("kind", None, f"{KINDS} (got None)"),
        ("kind", 5, f"{KINDS} (got 5)"),
        ("kind", ["stretch"], f"{KINDS} (got ['stretch'])"),
        ("kind", Position.SITTING, f"{KINDS} (got 'sitting')"),
        ("kind", "x" * 500, f"{KINDS} (got '{'x' * 37}...{'x' * 38}')"),
        ("position", "kneel", f"{POSITIONS}; did you mean 'kneeling'? (got 'kneel')"),
        ("position", "all fours", f"{POSITIONS}; did you mean 'all-fours'? (got 'all fours')"),
        ("position", "", f"{POSITIONS} (got '')"),
        ("sides", "both", "none, alternate, each; did you mean 'each'? (got 'both')"),
        ("sides", "left", "none, alternate, each (got 'left')"),
        ("sides", Side.LEFT, "none, alternate, each (got 'left')"),
        ("sides", "alternating",
         "none, alternate, each; did you mean 'alternate'? (got 'alternating')"),
        ("sides", True, "none, alternate, each (got True)"),
    ],
    ids=repr,
)  # fmt: skip
def test_wrong_words(name: str, wrong: Any, message: str) -> None:
    """A word outside its closed set is refused with the set and the close words."""
    assert refusal_of(exercise, **{name: wrong}) == f"Exercise.{name}: must be one of {message}"


def test_wrong_parts_of_a_dose() -> None:
    """What is no part of a dose is refused by its place in the list."""
    assert refusal_of(DoseSource, "x", says="x", gives=["reps", "holds"]) == (
        "DoseSource.gives[1]: must be one of reps, sets, hold, rest; "
        "did you mean 'hold'? (got 'holds')"
    )


@pytest.mark.parametrize("wrong", [1, 0, "yes", None], ids=repr)
def test_flags_are_true_or_false(wrong: Any) -> None:
    """A flag is true or false, and no number or word."""
    assert refusal_of(Step, "x", until_ready=wrong) == (
        f"Step.until_ready: must be true or false (got {wrong!r})"
    )
    assert refusal_of(DoseSource, "x", says="x", is_default=wrong) == (
        f"DoseSource.is_default: must be true or false (got {wrong!r})"
    )


# --- lists

LISTS: dict[str, tuple[Callable[[Any], object], str]] = {
    "Step.marks": (lambda given: Step("x", marks=given), "Mark"),
    "Hold.marks": (lambda given: Hold("x", seconds=1, marks=given), "Mark"),
    "DoseSource.gives": (lambda given: DoseSource("x", says="x", gives=given), ""),
    "Exercise.cycle": (lambda given: exercise(cycle=given), "Step or Hold"),
    "Exercise.setup": (lambda given: exercise(setup=given), "Step or Hold"),
    "Exercise.finish": (lambda given: exercise(finish=given), "Step or Hold"),
    "Exercise.targets": (lambda given: exercise(targets=given), ""),
    "Exercise.equipment": (lambda given: exercise(equipment=given), ""),
    "Exercise.cautions": (lambda given: exercise(cautions=given), ""),
    "Exercise.sources": (lambda given: exercise(sources=given), "DoseSource"),
    "Exercise.pictures": (lambda given: exercise(pictures=given), "Picture"),
}


@pytest.mark.parametrize("where", LISTS)
@pytest.mark.parametrize(("wrong", "shown"), [*NO_LISTS.values()], ids=[*NO_LISTS])
def test_lists_are_lists(where: str, wrong: Any, shown: str) -> None:
    """Text, sets, mappings and what cannot be iterated are no lists."""
    make, _ = LISTS[where]
    assert refusal_of(make, wrong) == f"{where}: must be a list (got {shown})"


@pytest.mark.parametrize("where", LISTS)
def test_endless_lists(where: str) -> None:
    """An iterator without an end is refused at once."""
    make, _ = LISTS[where]
    before = time.perf_counter()
    assert refusal_of(make, endless()) == (
        f"{where}: must have at most 100000 elements (got (0, 1, 2, 3, 4, 5, ...))"
    )
    assert refusal_of(make, repeat(KEEP)).startswith(
        f"{where}: must have at most 100000 elements (got ("
    )
    assert time.perf_counter() - before < 2


@pytest.mark.parametrize("where", [where for where, (_, kind) in LISTS.items() if kind])
@pytest.mark.parametrize("wrong", [5, None, "x", [GO]], ids=repr)
def test_elements_are_of_their_kind(where: str, wrong: Any) -> None:
    """An element of another kind is refused by its place in the list."""
    make, kind = LISTS[where]
    good: dict[str, object] = {
        "Mark": Mark("x", fraction=0.5),
        "Step or Hold": GO,
        "DoseSource": DoseSource("x", says="x"),
        "Picture": Picture("a", alt="x"),
    }
    assert (
        refusal_of(make, [good[kind], wrong]) == f"{where}[1]: must be {kind} (got {show(wrong)})"
    )


def test_a_cycle_is_never_empty() -> None:
    """A repetition does something."""
    assert refusal_of(exercise, cycle=()) == "Exercise.cycle: must not be empty (got ())"
    assert exercise(setup=(), finish=()) == exercise()


# --- doses


def test_a_dose_overrides_what_it_names() -> None:
    """A prescription has what its dose says, and the rest from its exercise."""
    given = exercise(cycle=[GO, KEEP], reps=(8, 10), sets=2, rest=30)
    marked = Hold("Stay", seconds=(5, 10), marks=[Mark("x", fraction=0.5)])
    same = given.with_dose()
    assert (same.reps, same.sets, same.rest, same.cycle) == (
        Range(8, 10),
        Range(2),
        Range(30),
        (GO, KEEP),
    )
    other = exercise(cycle=[GO, marked, KEEP]).with_dose(reps=3, sets=(1, 2), hold=(7, 9), rest=0)
    assert (other.reps, other.sets, other.rest) == (Range(3), Range(1, 2), Range(0))
    assert other.cycle == (
        GO,
        Hold("Stay", seconds=(7, 9), marks=marked.marks),
        Hold("Keep", seconds=(7, 9)),
    )
    assert exercise().with_dose().rest is None


def test_a_prescription_is_an_exercise_with_a_dose() -> None:
    """`with_dose` is short for a prescription."""
    given = exercise()
    assert given.with_dose(reps=8, hold=(5, 8)) == Prescription(
        given, dose=Dose(reps=8, hold=(5, 8))
    )
    assert repr(Dose(reps=8, hold=(5, 8))) == ("Dose(reps=Range(8), hold=Range(5, 8))")


def test_no_hold_no_dose_of_it() -> None:
    """The hold of an exercise that has none in its cycle cannot be set."""
    steps = exercise(cycle=[GO], setup=[KEEP], finish=[KEEP])
    assert not steps.has_hold
    assert not steps.has_wait
    assert exercise(finish=[evolve(GO, until_ready=True)]).has_wait
    assert exercise().has_hold
    message = (
        "Prescription.dose.hold: must be left out, for 'reach' has no hold in its cycle "
        "(got Range(5))"
    )
    assert refusal_of(steps.with_dose, hold=5) == message
    assert refusal_of(Prescription, steps, dose=Dose(hold=5)) == message


def test_a_prescription_is_made_of_both() -> None:
    """A prescription takes an exercise and a dose, and nothing else."""
    wrong: Any = "reach"
    assert refusal_of(Prescription, wrong, dose=Dose()) == (
        "Prescription.exercise: must be Exercise (got 'reach')"
    )
    assert refusal_of(Prescription, exercise(), dose=wrong) == (
        "Prescription.dose: must be Dose (got 'reach')"
    )


def test_closed_sets() -> None:
    """The words of the closed sets are those of files and streams."""
    assert {
        words: [member.value for member in words] for words in (Sides, Side, DosePart, AdviceTier)
    } == {
        Sides: ["none", "alternate", "each"],
        Side: ["left", "right"],
        DosePart: ["reps", "sets", "hold", "rest"],
        AdviceTier: ["general", "stop", "routine-care", "urgent", "emergency"],
    }
    assert ", ".join(ExerciseKind) == KINDS
    assert ", ".join(Position) == POSITIONS


@pytest.mark.parametrize("part", ["setup", "cycle", "finish"])
def test_marks_without_a_side(part: str) -> None:
    """A mark may name the side only where there is one: in the cycle of an exercise with sides."""
    parts: dict[str, Any] = {"cycle": [Hold("Reach", seconds=5)]}
    parts[part] = [Hold("Reach", seconds=5, marks=[Mark("To the {side}", fraction=0.5)])]
    for sides in ("none", "each"):
        if (part, sides) == ("cycle", "each"):
            kept = Exercise(
                "a", name="A", kind="stretch", position="standing", sides="each", **parts
            )
            assert kept.cycle == tuple(parts[part])
            continue
        assert refusal_of(
            Exercise, "a", name="A", kind="stretch", position="standing", sides=sides, **parts
        ).startswith(f"Exercise.{part}[0].marks[0].text: must not name a side: ")
