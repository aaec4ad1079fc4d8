"""The importer for records in the form of free-exercise-db: kept, filled in, refused, left out."""

from __future__ import annotations

import json
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, strategies as st

import supple
from supple import CatalogError, DoseSource, Exercise, Hold, ModelError, Range, Step
from supple.catalog import free_exercise_db
from supple.catalog._reading.documents import MOST_VALUES
from supple.catalog.free_exercise_db import Filled, Imported, LeftOut, Refused

RECORD: dict[str, Any] = {
    "name": "Wall Reach",
    "force": "static",
    "level": "beginner",
    "mechanic": None,
    "equipment": "exercise ball",
    "primaryMuscles": ["shoulders"],
    "secondaryMuscles": ["lats", "shoulders"],
    "instructions": [
        "Stand beside a wall.",
        "Slide one hand up the wall. Hold for 10-20 seconds, and then switch sides.",
    ],
    "category": "stretching",
    "images": ["Wall_Reach/0.jpg"],
    "id": "Wall_Reach",
}
START = "Sit down. This will be your starting position."


def read(*records: Any) -> Imported:
    """Import records."""
    return free_exercise_db.read(json.dumps(records))


def changed(**changes: Any) -> dict[str, Any]:
    """Return a record with some values changed; a value of `...` takes its key away."""
    return {key: value for key, value in {**RECORD, **changes}.items() if value is not ...}


def told(*instructions: str) -> Imported:
    """Import a record with these instructions."""
    return read(changed(instructions=instructions))


def only(imported: Imported) -> Exercise:
    """Return the only exercise of an import without refusals."""
    assert imported.refused == ()
    (exercise,) = imported.catalog.exercises.values()
    return exercise


def lines(segments: tuple[Step | Hold, ...]) -> list[str]:
    """Return steps as their text, and holds with their seconds before it."""
    return [
        f"{segment.seconds.low}-{segment.seconds.high}: {segment.text}"
        if isinstance(segment, Hold)
        else segment.text
        for segment in segments
    ]


def why(imported: Imported, field: str) -> list[str]:
    """Return what the account says about a field."""
    return [str(fill) for fill in imported.filled if fill.field == field]


# --- one record ------------------------------------------------------------------


def test_a_plain_record_becomes_an_exercise() -> None:
    """What a record says is kept, and what gives the dose is named."""
    assert only(read(RECORD)) == Exercise(
        "wall-reach",
        name="Wall Reach",
        kind="stretch",
        position="standing",
        sides="each",
        cycle=[
            Step("Stand beside a wall.", until_ready=True),
            Step("Slide one hand up the wall.", until_ready=True),
            Hold("Hold for 10-20 seconds.", seconds=(10, 20)),
        ],
        targets=["shoulders", "lats"],
        equipment=["exercise ball"],
        sources=[
            DoseSource(
                "free-exercise-db",
                says='Record "Wall_Reach": "Hold for 10-20 seconds."',
                gives=["hold"],
                url="https://github.com/yuhonas/free-exercise-db",
            ),
            DoseSource(
                "supple",
                says="One repetition and one set are this library's defaults; "
                "the record gives no plain number.",
                gives=["reps", "sets"],
                is_default=True,
            ),
        ],
    )


def test_everything_that_is_filled_in_is_listed() -> None:
    """Each value that no field gives is listed once, with the words it comes from or a default."""
    assert read(RECORD).filled == (
        Filled("Wall_Reach", "position", "standing", 'the record says "Stand beside a wall."',
               is_default=False),
        Filled("Wall_Reach", "sides", "each", 'the record says "switch sides"', is_default=False),
        Filled("Wall_Reach", "reps", Range(1), "the record does not say plainly", is_default=True),
        Filled("Wall_Reach", "sets", Range(1), "the record does not say plainly", is_default=True),
        Filled("Wall_Reach", "hold", Range(10, 20),
               'the record says "Hold for 10-20 seconds."', is_default=False),
        Filled("Wall_Reach", "steps", "until ready",
               "the record gives no time for a movement", is_default=True),
    )  # fmt: skip


def test_what_has_no_place_is_named_once() -> None:
    """Fields that a catalog does not carry are named with their number, unknown ones last."""
    imported = read(RECORD, changed(id="Two", images=..., zeal=1, **{"a\nb": 2}))
    unknown = "the importer does not know this field"
    assert imported.left_out == (
        LeftOut("images", 1, "the pictures are not known to be free to share"),
        LeftOut("force", 2, "an exercise has no such field"),
        LeftOut("level", 2, "an exercise has no such field"),
        LeftOut("mechanic", 2, "an exercise has no such field"),
        LeftOut("a\nb", 1, unknown),
        LeftOut("zeal", 1, unknown),
    )
    assert str(imported.left_out[4]) == f"'a\\nb' (1): {unknown}"


def test_the_catalog_says_what_it_is() -> None:
    """The catalog has the name that was asked for, and says where its content comes from."""
    catalog = free_exercise_db.read("[]", name="mine").catalog
    assert (catalog.name, catalog.title, catalog.version, catalog.language) == (
        "mine", "free-exercise-db", "rules 1", "en",
    )  # fmt: skip
    assert catalog.summary == (
        "Exercises from the records of a public list. Positions, sides and doses are read from "
        "their prose where it is plain, and defaults elsewhere."
    )
    assert free_exercise_db.read(b"[]").catalog.name == "free-exercise-db"


def test_the_exercises_run() -> None:
    """What was imported can be scheduled: each side, with the hold at its level."""
    routine = supple.Routine("mine", items=[only(read(RECORD))])
    holds = [
        (event.side, event.duration_ms)
        for event in supple.schedule(routine, level=1)
        if event.kind is supple.EventKind.HOLD_STARTED
    ]
    assert holds == [("left", 20_000), ("right", 20_000)]


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("stretching", "stretch"),
        ("strength", "strengthening"),
        ("powerlifting", "strengthening"),
        ("olympic weightlifting", "strengthening"),
        ("strongman", "strengthening"),
    ],
)
def test_a_category_is_a_kind(category: str, kind: str) -> None:
    """A category that supple has a kind for becomes that kind."""
    assert only(read(changed(category=category))).kind == kind


@pytest.mark.parametrize(
    ("equipment", "kept", "listed"),
    [
        (None, (), ["Wall_Reach: equipment = none: the record does not say plainly"]),
        (..., (), ["Wall_Reach: equipment = none: the record does not say plainly"]),
        ("body only", (), []),
        ("other", ("other equipment",), []),
        ("e-z curl bar", ("e-z curl bar",), []),
    ],
)
def test_equipment(equipment: object, kept: tuple[str, ...], listed: list[str]) -> None:
    """Equipment is kept; none is plain for the body only, and a default for a silent record."""
    imported = read(changed(equipment=equipment))
    assert only(imported).equipment == kept
    assert why(imported, "equipment") == listed


def test_no_muscles() -> None:
    """A record that names no muscle has no targets, and that is listed."""
    imported = read(changed(primaryMuscles=None, secondaryMuscles=[]))
    assert only(imported).targets == ()
    assert why(imported, "targets") == [
        "Wall_Reach: targets = none: the record does not say plainly"
    ]


@pytest.mark.parametrize(
    ("given", "id"),
    [
        ("3_4_Sit-Up", "3-4-sit-up"),
        ("_A__-B ", "a-b"),
        ("Développé", "developpe"),
        ("Straße", "strasse"),
    ],
)
def test_an_id_becomes_an_identifier(given: str, id: str) -> None:
    """An id is written in small letters and hyphens; the source keeps it as it was."""
    exercise = only(read(changed(id=given)))
    assert exercise.id == id
    assert exercise.sources[0].says == f'Record "{given}": "Hold for 10-20 seconds."'


# --- instructions ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "position"),
    [
        ("Lie on your back, with one leg straight.", "lying-on-back"),
        ("Lay down face up on a bench.", "lying-on-back"),
        ("Lie back on a bench.", "lying-on-back"),
        ("To begin, lie down with your back pressed against the floor.", "lying-on-back"),
        ("Lie face down with one leg on a roll.", "lying-on-front"),
        ("Hold a weight, and slowly lie facedown.", "lying-on-front"),
        ("Start off by lying on your right side.", "lying-on-side"),
        ("Start off on your hands and knees, then lift a leg.", "all-fours"),
        ("Position yourself on the floor on all fours.", "all-fours"),
        ("Kneel on a mat.", "kneeling"),
        ("Start by kneeling on a mat.", "kneeling"),
        ("Sit in a chair, your partner standing behind you.", "sitting"),
        ("Begin seated on the ground.", "sitting"),
        ("In a seated position, bend forward.", "sitting"),
        ("Seat yourself on the floor.", "sitting"),
        ("Stand up straight.", "standing"),
        ("Breathe. Put on a band and stand tall.", "standing"),
    ],
)
def test_a_position_that_is_told(first: str, position: str) -> None:
    """A sentence of the preparation that begins with a position gives it."""
    imported = told(first, "Breathe.")
    sentence = first.removeprefix("Breathe. ")
    assert only(imported).position == position
    assert why(imported, "position") == [
        f'Wall_Reach: position = {position}: the record says "{sentence}"'
    ]


def test_lying_somehow() -> None:
    """Where a record says lying and not how, lying on the back is the default."""
    imported = told("Lie on a bench. Lie still.")
    assert why(imported, "position") == [
        'Wall_Reach: position = lying-on-back: "Lie on a bench." does not say how'
    ]


@pytest.mark.parametrize(
    "first",
    [
        "Sit or stand with your feet apart.",
        "Sit on the edge of a bench, then lie back.",
        "Begin seated. Begin standing.",
        "Place a dumbbell standing up on a bench.",
        "Bend and sit back with your hips.",
    ],
)
def test_a_position_that_is_not_plain(first: str) -> None:
    """Where a record names no position, or several, standing is the default."""
    assert why(told(first), "position") == [
        "Wall_Reach: position = standing: the record does not name one and only one"
    ]


def test_the_position_is_read_up_to_the_starting_position() -> None:
    """A position is read from the whole preparation, and from nothing behind it."""
    marked = told("Load a bar.", "Lie on your back.", "That is the starting position.", "Kneel.")
    assert only(marked).position == "lying-on-back"
    assert only(told("Load a bar.", "Lie on your back.")).position == "standing"


@pytest.mark.parametrize(
    ("sentence", "segments"),
    [
        # a sentence of its own
        ("Hold for 15 seconds.", ["15-15: Hold for 15 seconds."]),
        ("Hold for 10 to 20 seconds", ["10-20: Hold for 10 to 20 seconds."]),
        ("Hold this stretch for 10–30 seconds.", ["10-30: Hold this stretch for 10–30 seconds."]),
        ("Now, pause for 1-2 seconds.", ["1-2: Pause for 1-2 seconds."]),
        ("Keep that position for 2 minutes.", ["120-120: Keep that position for 2 minutes."]),
        ("Hold for a full second at the top.", ["1-1: Hold for a full second at the top."]),
        ("Hold it for one minute.", ["60-60: Hold it for one minute."]),
        (
            "Hold the contraction for a second as you squeeze the biceps.",
            ["1-1: Hold the contraction for a second as you squeeze the biceps."],
        ),
        # an end or a beginning of a longer one
        ("Turn, and hold for 5 seconds.", ["Turn.", "5-5: Hold for 5 seconds."]),
        ("Bend, squeeze, hold for 5 seconds.", ["Bend, squeeze.", "5-5: Hold for 5 seconds."]),
        (
            "Hold for 5 seconds, then twist back! Breathe.",
            ["5-5: Hold for 5 seconds.", "Twist back! Breathe."],
        ),
        # anything less plain stays as it is
        *(
            (prose, [prose])
            for prose in [
                "Hold for about 10 seconds.",
                "Hold for 10 or more seconds.",
                "Hold for the recommended number of seconds.",
                "Hold for 20-10 seconds.",
                "Hold for 0 seconds.",
                "Hold for 1.5 seconds.",
                "Hold for a second or so.",
                "Hold the dumbbell for 5 seconds.",
                "Pause at points of tension for 10-30 seconds.",
                "Hold for 5 seconds and breathe.",
                "After a second pause, come back.",
                "If you can, hold for 10 seconds.",
                "Don't bend and hold for 10 seconds.",
                "You should bend and hold for 10 seconds.",
            ]
        ),
    ],
)
def test_a_hold_that_is_told(sentence: str, segments: list[str]) -> None:
    """A time that is plainly kept becomes a hold; no other time becomes anything."""
    imported = told(f"Look up. {sentence}", "Look down.")
    first, *rest = segments
    plain = [first] if first[0].isdigit() else []
    expected = ["Look up.", *plain, *rest] if plain else [f"Look up. {first}", *rest]
    assert lines(only(imported).cycle) == [*expected, "Look down."]


def test_every_hold_is_listed_and_has_its_source() -> None:
    """Each hold is listed with its words, and words that come twice are one source."""
    imported = told(
        "Bend. Hold for 5 seconds.", "Turn. Hold for 5 seconds.", "Pause for 1 second."
    )
    assert why(imported, "hold") == [
        'Wall_Reach: hold = 5: the record says "Hold for 5 seconds."',
        'Wall_Reach: hold = 5: the record says "Hold for 5 seconds."',
        'Wall_Reach: hold = 1: the record says "Pause for 1 second."',
    ]
    assert [source.says for source in only(imported).sources[:-1]] == [
        'Record "Wall_Reach": "Hold for 5 seconds."',
        'Record "Wall_Reach": "Pause for 1 second."',
    ]


@pytest.mark.parametrize(
    ("last", "words", "left"),
    [
        ("Switch sides.", "Switch sides", []),
        ("Switch sides once complete.", "Switch sides once complete", []),
        ("Then repeat with the other leg.", "repeat with the other leg", []),
        ("Switch arms and repeat the exercise.", "Switch arms and repeat the exercise", []),
        (
            "Switch legs and repeat the movement for the other side.",
            "Switch legs and repeat the movement for the other side",
            [],
        ),
        ("Come back, then switch to your other leg.", "switch to your other leg", ["Come back."]),
    ],
)
def test_sides_that_are_told(last: str, words: str, left: list[str]) -> None:
    """A last sentence that ends with the change of sides gives the sides, and is done with."""
    imported = told("Lift a leg.", last)
    assert only(imported).sides == "each"
    assert lines(only(imported).cycle) == ["Lift a leg.", *left]
    assert why(imported, "sides") == [f'Wall_Reach: sides = each: the record says "{words}"']


@pytest.mark.parametrize(
    "instructions",
    [
        ["Lift a leg.", "Switch sides. This stretches the hips."],
        ["Lift a leg.", "Continue on alternating sides."],
        ["Lift a leg.", "After 10 seconds, switch sides."],
        ["Switch sides."],
    ],
)
def test_sides_that_are_not_plain(instructions: list[str]) -> None:
    """What does not end the record, or has a condition, or stands alone, stays a step."""
    imported = told(*instructions)
    assert lines(only(imported).cycle) == instructions
    assert why(imported, "sides") == ["Wall_Reach: sides = none: the record does not say plainly"]


def test_words_that_fit_one_side_only() -> None:
    """Steps that name left or right are never told for the other side."""
    imported = told("Lift your left leg.", "Switch sides.")
    assert lines(only(imported).cycle) == ["Lift your left leg.", "Switch sides."]
    assert why(imported, "sides") == [
        (
            'Wall_Reach: sides = none: "Switch sides" is left to the person, '
            "as the steps name left or right"
        )
    ]


@pytest.mark.parametrize(
    "last",
    [
        "Hold for 10 seconds, then twist to the other side.",
        "Hold for 10 seconds. Switch sides. This stretches the hips.",
        "Hold for 10 seconds. Repeat with your left leg, opposite the first.",
        "Turn left, and hold for 10 seconds. Switch sides.",
    ],
)
def test_no_hold_for_one_side_only(last: str) -> None:
    """Where the change of sides stays prose, the hold does, so that no side is held alone."""
    assert lines(only(told("Sit.", last)).cycle) == ["Sit.", last]


@pytest.mark.parametrize(
    ("last", "words", "reps"),
    [
        ("Repeat for 10-20 repetitions.", "Repeat for 10-20 repetitions", Range(10, 20)),
        ("Repeat this action 5 to 10 times.", "Repeat this action 5 to 10 times", Range(5, 10)),
        ("Then repeat the movement for 8 reps.", "repeat the movement for 8 reps", Range(8)),
    ],
)
def test_repetitions_that_are_told(last: str, words: str, reps: Range) -> None:
    """A number of repetitions holds for what stands behind the starting position."""
    imported = told(START, "Curl down.", last)
    exercise = only(imported)
    assert exercise.reps == reps
    assert lines(exercise.setup) == [START]
    assert lines(exercise.cycle) == ["Curl down."]
    low_to_high = f"{reps.low} to {reps.high}" if reps.low < reps.high else reps.low
    assert why(imported, "reps") == [
        f'Wall_Reach: reps = {low_to_high}: the record says "{words}"'
    ]
    assert exercise.sources == (
        DoseSource(
            "free-exercise-db",
            says=f'Record "Wall_Reach": "{words}"',
            gives=["reps"],
            url="https://github.com/yuhonas/free-exercise-db",
        ),
        DoseSource(
            "supple",
            says="One set is this library's default; the record gives no plain number.",
            gives=["sets"],
            is_default=True,
        ),
    )


@pytest.mark.parametrize("last", ["Repeat.", "Repeat for the recommended amount of repetitions."])
def test_repetitions_without_a_number(last: str) -> None:
    """A sentence that asks for repetitions without a number is replaced by a default."""
    imported = told("Curl down.", last)
    assert lines(only(imported).cycle) == ["Curl down."]
    assert only(imported).reps == Range(1)
    assert why(imported, "reps") == [f'Wall_Reach: reps = 1: "{last[:-1]}" gives no number']
    assert only(imported).sources[0].says == 'Record "Wall_Reach": it gives no plain amount'


@pytest.mark.parametrize(
    "instructions",
    [
        ["Sit down.", "Curl down.", "Repeat for 10-20 repetitions."],
        [START, "Curl down.", "Repeat for 20-10 repetitions."],
        [START, "Curl down.", "Repeat 5-10 times, moving faster and faster."],
        [START, "Repeat for 10 repetitions."],
    ],
)
def test_repetitions_that_are_not_plain(instructions: list[str]) -> None:
    """Without a starting position nobody knows what is repeated, so that the prose stays."""
    imported = told(*instructions)
    exercise = only(imported)
    assert lines((*exercise.setup, *exercise.cycle)) == instructions
    assert why(imported, "reps") == ["Wall_Reach: reps = 1: the record does not say plainly"]


def test_repetitions_and_sides_in_one_sentence() -> None:
    """A sentence gives both, in either order; counted repetitions leave the setup alone."""
    imported = told(START, "Lift.", "Repeat for 5 repetitions, and then switch to the other leg.")
    exercise = only(imported)
    assert (exercise.reps, exercise.sides) == (Range(5), "each")
    assert lines(exercise.setup) == [START]
    assert lines(exercise.cycle) == ["Lift."]
    other = only(told(START, "Lift.", "Switch sides. Repeat for 5 repetitions."))
    assert (other.reps, other.sides, other.cycle) == (Range(5), "each", exercise.cycle)


def test_the_starting_position_ends_the_setup() -> None:
    """All up to the starting position, with the notes on it, is done once."""
    note = "Loop a belt. This is your starting position. Tip: breathe. (Relax.)"
    imported = told("Sit down.", note, "Pull the belt.")
    assert lines(only(imported).setup) == ["Sit down.", note]
    assert lines(only(imported).cycle) == ["Pull the belt."]
    assert why(imported, "setup") == [
        (
            "Wall_Reach: setup = up to the starting position: "
            'the record says "This is your starting position."'
        )
    ]


@pytest.mark.parametrize(
    "instructions",
    [
        ["This will be your starting position.", "This will be your starting position.", "Lift."],
        ["This will be your starting position. Now lift.", "Lower."],
        ["Sit.", "This will be your starting position."],
        ["Sit. This will be your starting position.", "Lift.", "Switch sides."],
    ],
)
def test_no_setup(instructions: list[str]) -> None:
    """There is no setup where it is not plain, nor where each side has to be prepared."""
    exercise = only(told(*instructions))
    assert exercise.setup == ()
    assert lines(exercise.cycle) == [line for line in instructions if line != "Switch sides."]


def test_cautions() -> None:
    """What calls itself a caution becomes one, to the end of its line."""
    imported = told(
        "Precaution: pull. Caution: go slowly. Stop if it hurts.\n\nCaution: breathe", "Let go."
    )
    exercise = only(imported)
    assert exercise.cautions == ("Go slowly. Stop if it hurts.", "Breathe.")
    assert lines(exercise.cycle) == ["Precaution: pull.", "Let go."]
    assert why(imported, "cautions") == [
        (
            "Wall_Reach: cautions = Go slowly. Stop if it hurts.: "
            'the record says "Caution: Go slowly. Stop if it hurts."'
        ),
        'Wall_Reach: cautions = Breathe.: the record says "Caution: Breathe."',
    ]


def test_lines_are_paragraphs() -> None:
    """A line break parts two steps, and blank lines and paragraphs are nothing."""
    assert lines(only(told("One.\r\n\r\n  Two. \rThree.", " ", "")).cycle) == [
        "One.", "Two.", "Three.",
    ]  # fmt: skip


def test_a_hold_alone() -> None:
    """An exercise of a hold alone has no step, and no default for steps is listed."""
    imported = told("Hold for 5 seconds.")
    assert lines(only(imported).cycle) == ["5-5: Hold for 5 seconds."]
    assert why(imported, "steps") == []


def test_prose_is_kept_word_for_word() -> None:
    """Markup, addresses, fractions and quotation marks mean nothing to the importer."""
    prose = 'Go ¾ down — "A&B" <b>slowly</b>, see https://example.org/{0}.'.replace("{0}", "%s")
    assert lines(only(told(prose)).cycle) == [prose]


# --- records that are refused ----------------------------------------------------

KINDS = "must be one of stretching, strength, powerlifting, olympic weightlifting, strongman"
BROKEN = "must be one line without control characters or overrides of the text direction"
NAME = (
    "must be words of a-z and 0-9 joined by hyphens, such as 'knee-rolls', "
    "of at most 64 characters"
)

JUMPS = "supple has no kind for jumps and throws"
BRACES = "must have no braces, which have a meaning in supple"

REFUSED: list[tuple[object, str]] = [
    (None, "[0]: must be an object (got None)"),
    ([], "[0]: must be an object (got [])"),
    (changed(id=...), "[0]: id: must be text (got None)"),
    (changed(id=""), "[0]: id: must not be empty (got '')"),
    (changed(id="x" * 65),
     f"{'x' * 65}: id: must be at most 64 characters long (got '{'x' * 65}')"),
    (changed(id="骨盤"), f"骨盤: id: {NAME} (got '骨盤')"),
    (changed(id="--"), f"--: id: {NAME} (got '--')"),
    (changed(id="a\x1b"), f"'a\\x1b': id: {BROKEN} (got 'a\\x1b')"),
    (changed(name=5), "Wall_Reach: name: must be text (got 5)"),
    (changed(name="\ud800"), f"Wall_Reach: name: {BROKEN} (got '\\ud800')"),
    (changed(category=None), f"Wall_Reach: category: {KINDS} (got None)"),
    (changed(category=[]), f"Wall_Reach: category: {KINDS} (got [])"),
    (changed(category="cardio"),
     f"Wall_Reach: category: {KINDS}; supple has no kind for endurance (got 'cardio')"),
    (changed(category="plyometrics"),
     f"Wall_Reach: category: {KINDS}; {JUMPS} (got 'plyometrics')"),
    (changed(equipment=[]), "Wall_Reach: equipment: must be text (got [])"),
    (changed(primaryMuscles="lats"), "Wall_Reach: primaryMuscles: must be a list (got 'lats')"),
    (changed(secondaryMuscles=["lats", None]),
     "Wall_Reach: secondaryMuscles[1]: must be text (got None)"),
    (changed(instructions=...), "Wall_Reach: instructions: must say what to do (got None)"),
    (changed(instructions=[]), "Wall_Reach: instructions: must say what to do (got [])"),
    (changed(instructions=["", "\n"]),
     "Wall_Reach: instructions: must say what to do (got ['', '\\n'])"),
    (changed(instructions=["Caution: hot."]),
     "Wall_Reach: instructions: must say what to do (got ['Caution: hot.'])"),
    (changed(instructions="Sit."), "Wall_Reach: instructions: must be a list (got 'Sit.')"),
    (changed(instructions=["Sit.", 5]), "Wall_Reach: instructions[1]: must be text (got 5)"),
    (changed(instructions=["Sit.", "a\tb"]),
     f"Wall_Reach: instructions[1]: {BROKEN} (got 'a\\tb')"),
    (changed(instructions=["Turn to the {side}."]),
     f"Wall_Reach: instructions[0]: {BRACES} (got 'Turn to the {{side}}.')"),
    (changed(instructions=["Smile :}"]),
     f"Wall_Reach: instructions[0]: {BRACES} (got 'Smile :}}')"),
]  # fmt: skip


@pytest.mark.parametrize(("record", "message"), REFUSED, ids=range(len(REFUSED)))
def test_a_record_that_cannot_be_used_is_reported(record: object, message: str) -> None:
    """A bad record is reported with its place and the reason, and the good ones stay."""
    imported = read(record, changed(id="Good"))
    assert [str(refused) for refused in imported.refused] == [message]
    assert list(imported.catalog) == ["good"]
    assert {fill.record for fill in imported.filled} == {"Good"}


def test_a_text_that_is_too_long() -> None:
    """A paragraph that is longer than a text may be is refused, never cut."""
    (refused,) = told("Sit.", "a" * 1001).refused
    assert refused == Refused(
        "Wall_Reach", "instructions[1]", "must be at most 1000 characters long", "a" * 1001
    )


def test_ids_that_become_the_same() -> None:
    """Of two ids that differ by less than an identifier tells, the first stays."""
    imported = read(RECORD, changed(id="wall-reach", name="Another"))
    assert only(Imported(imported.catalog, (), (), ())).name == "Wall Reach"
    assert [str(refused) for refused in imported.refused] == [
        (
            "wall-reach: id: must not become the id wall-reach, which another record has "
            "(got 'wall-reach')"
        )
    ]


# --- the summary -----------------------------------------------------------------


def test_the_summary() -> None:
    """The outcome as text counts what was used, refused, filled in, read and left out."""
    assert str(
        read(RECORD, changed(id="B", equipment=None), changed(id="C", category="cardio"), 7)
    ) == (
        "free-exercise-db: 2 of 4 records used, 2 refused\n"
        "refused:\n"
        f"  1 x category: {KINDS}; supple has no kind for endurance\n"
        "  1 x must be an object\n"
        "filled with a default:\n"
        "  2 x reps = 1\n"
        "  2 x sets = 1\n"
        "  2 x steps = until ready\n"
        "  1 x equipment = none\n"
        "read out of the instructions:\n"
        "  2 x position\n"
        "  2 x sides\n"
        "  2 x hold\n"
        "left out, with the number of records:\n"
        "  images (2): the pictures are not known to be free to share\n"
        "  force (2): an exercise has no such field\n"
        "  level (2): an exercise has no such field\n"
        "  mechanic (2): an exercise has no such field"
    )


def test_the_summary_stays_short() -> None:
    """A section of more than twenty lines says how many more there are."""
    unknown = {f"field-{i:02}": i for i in range(22)}
    assert str(read(changed(images=..., force=..., level=..., mechanic=..., **unknown))).endswith(
        "  field-19 (1): the importer does not know this field\n  and 2 more"
    )
    assert str(read()) == "free-exercise-db: 0 of 0 records used, 0 refused"


# --- the whole -------------------------------------------------------------------

WHOLE = "catalog free-exercise-db cannot be read: 1 problem\n  the records"

UNREADABLE = [
    (b"{}", ": must be a list of records (got {})"),
    ("null", ": must be a list of records (got None)"),
    (b"", ", line 1: must be JSON: expecting value"),
    ("[1,\n2", ", line 2: must be JSON: expecting ',' delimiter"),
    (b"[\n\xff]", ", line 2: must be UTF-8 text (got b'\\xff')"),
    ('["\ud800"]', ", line 1: must be UTF-8 text (got b'\\xed')"),
    ('[{"id": 1, "id": 2}]', ": must not give a key or a table twice (got 'id')"),
    ("[" * 100_000, ": must be nested at most 100 deep"),
    ("[" * 150 + "]" * 150, ": must be nested at most 100 deep"),
    ("[" + "9" * 5000 + "]", ": must have no number of thousands of digits"),
    ("[" + "0," * MOST_VALUES + "0]", f": must have at most {MOST_VALUES} values"),
    (b" " * (4 * 1024 * 1024 + 1), ": must be at most 4194304 bytes long"),
    (5, ": must be text or bytes (got 5)"),
    (None, ": must be text or bytes (got None)"),
]


@pytest.mark.parametrize(("given_", "message"), UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_is_no_list_of_records(given_: Any, message: str) -> None:
    """A whole that is no list of records gives one error that says why."""
    with pytest.raises(CatalogError) as caught:
        free_exercise_db.read(given_)
    assert str(caught.value) == WHOLE + message


def test_a_name_that_is_no_identifier() -> None:
    """A catalog cannot be named with anything but an identifier."""
    with pytest.raises(ModelError) as caught:
        free_exercise_db.read("[]", name="My List")
    assert str(caught.value) == f"read.name: {NAME} (got 'My List')"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
WORDS = """
Lie Sit Stand kneel on your back side left and then , . ! { } hold for a 1 10-20 9 to seconds
minute switch sides repeat repetitions times with the other leg This will be your starting
position Caution: Tip: If ß ¾ 骨
"""
prose = st.lists(
    st.sampled_from([*WORDS.split(), "\n", "\u202e", "\x00", "\ud800"]), max_size=40
).map(" ".join)


def require_account(imported: Imported, total: int) -> None:
    """Require that every record is used or refused, and that all can be printed."""
    assert len(imported.catalog) + len(imported.refused) == total
    assert str(imported)
    for each in (*imported.filled, *imported.refused, *imported.left_out):
        str(each).encode("utf-8")
    for exercise in imported.catalog.exercises.values():
        defaults = [source.is_default for source in exercise.sources]
        assert defaults == [False] * (len(defaults) - 1) + [True]


@given(key=st.sampled_from(sorted(RECORD)) | st.text(max_size=5), value=json_values)
def test_any_value_in_any_field(key: str, value: object) -> None:
    """Whatever stands in a field, the record is used or refused, and the next one is used."""
    imported = read({**RECORD, key: value}, changed(id="The_Next"))
    require_account(imported, 2)
    assert "the-next" in imported.catalog


@given(st.lists(prose | st.text(max_size=30), max_size=6))
def test_any_instructions(instructions: list[str]) -> None:
    """Whatever prose the instructions are, no word is added to it and no hold is made up."""
    imported = told(*instructions)
    require_account(imported, 1)
    given_words = "".join(instructions).casefold()
    for exercise in imported.catalog.exercises.values():
        assert all(
            word.strip(".").casefold() in given_words
            for segment in (*exercise.setup, *exercise.cycle)
            for word in segment.text.split()
        )
        supple.schedule(supple.Routine("any", items=[exercise]))


@given(st.lists(json_values, max_size=3))
def test_any_list(records: list[object]) -> None:
    """Every list of JSON values gives an account of each."""
    require_account(read(*records), len(records))


@given(st.binary() | st.text() | json_values.map(json.dumps))
def test_any_bytes(given_: bytes | str) -> None:
    """Any bytes and any text give a catalog or the one error."""
    try:
        imported = free_exercise_db.read(given_)
    except CatalogError:
        return
    assert isinstance(imported, Imported)


@pytest.mark.parametrize(
    "words", ["a, ", "and ", "lie and ", "a a and lie ", "then, ", "hold for 1 second then ", ". "]
)
def test_reading_takes_time_in_proportion(words: str) -> None:
    """Prose that is made to be slow to read is not slow enough to matter."""
    records = [changed(id=f"r-{i}", instructions=[(words * 999)[:999]]) for i in range(100)]
    begin = perf_counter()
    assert read(*records).catalog
    assert perf_counter() - begin < 10
