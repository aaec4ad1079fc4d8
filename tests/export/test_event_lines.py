"""The event line: written, read back, and refused where anything is wrong with it."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest
from hypothesis import given, strategies as st

import supple
from supple import Event, EventKind, EventLineError, UnknownKind
from supple.export import event_lines
from tests.refusals import GARBLING

from ..strategies import levels, pacings, routines

HOLD = {
    "format": 1,
    "at_ms": 5000,
    "kind": "hold.started",
    "text": "Breathe",
    "duration_ms": 10_000,
    "exercise": "knee-rolls",
    "side": "left",
    "rep": 1,
    "reps": 3,
    "set": 1,
    "sets": 2,
    "round": 2,
    "rounds": 2,
}
CUE = {
    "format": 1,
    "at_ms": 6000,
    "kind": "cue.countdown",
    "text": "3",
    "remaining_ms": 3000,
}
REST = {
    "format": 1,
    "at_ms": 0,
    "kind": "rest.ended",
    "text": "Rest",
    "duration_ms": 5000,
    "why": "transition",
}
STEP = {
    "format": 1,
    "at_ms": 0,
    "kind": "step.started",
    "text": "Lie down",
    "duration_ms": 5000,
    "open": True,
}

NEWER = {
    "format": 1,
    "at_ms": 0,
    "kind": "song.started",
    "text": "Sing",
    "duration_ms": 5000,
    "why": "rest",
    "verses": 3,
    "loud": True,
    "key": "C major",
}
NEWER_CUE = {
    "format": 1,
    "at_ms": 0,
    "kind": "cue.high-note",
    "text": "Now",
    "remaining_ms": 5000,
}
JUMP = {
    "format": 1,
    "at_ms": 9000,
    "kind": "hold.ended",
    "text": "Breathe",
    "duration_ms": 10_000,
    "remaining_ms": 0,
    "jump": True,
}


@given(routine=routines, level=levels, pacing=pacings())
def test_every_event_comes_back_equal(
    routine: supple.Routine, level: float, pacing: supple.Pacing
) -> None:
    """Reading the line of any event gives an equal event, and writing it again an equal line."""
    for event in supple.schedule(routine, level=level, pacing=pacing):
        line = event_lines.encode(event)
        again = event_lines.decode(line)
        assert again == event
        assert hash(again) == hash(event)
        assert event_lines.encode(again) == line
        assert line.isascii()
        assert "\n" not in line


@pytest.mark.parametrize(
    "said", [HOLD, CUE, REST, STEP, JUMP, NEWER, NEWER_CUE], ids=lambda said: said["kind"]
)
def test_keys_stand_in_the_documented_order(said: dict[str, Any]) -> None:
    """A line has exactly the keys that apply, in the order of the documentation."""
    line = json.dumps(said)
    assert event_lines.encode(event_lines.decode(line)) == line


def test_the_event_says_what_the_line_says() -> None:
    """Every value of a line is an attribute of the event, words as members of their enum."""
    event = event_lines.decode(json.dumps(HOLD) + "\n")
    assert isinstance(event, Event)
    assert event.kind is EventKind.HOLD_STARTED
    assert event.side is supple.Side.LEFT
    assert {key: getattr(event, key) for key in HOLD if key != "format"} == {
        key: value for key, value in HOLD.items() if key != "format"
    }
    assert event.why is None
    assert event.open is False
    assert event_lines.decode(json.dumps(REST)).why is supple.RestReason.TRANSITION
    assert event_lines.decode(json.dumps(STEP)).open is True
    assert event.jump is False
    assert event_lines.decode(json.dumps(JUMP)).jump is True


def test_what_is_newer_is_kept() -> None:
    """A kind and facts that this version has no word for are kept, and tell by their form."""
    event = event_lines.decode(json.dumps(NEWER))
    assert type(event.kind) is UnknownKind
    assert event.kind.value == "song.started"
    assert (event.kind.is_start, event.kind.is_end, event.kind.is_cue) == (True, False, False)
    assert dict(event.extra) == {"verses": 3, "loud": True, "key": "C major"}
    assert event.as_dict() == {key: value for key, value in NEWER.items() if key != "format"}
    assert event_lines.decode(json.dumps(NEWER_CUE)).kind.is_cue
    ended = event_lines.decode(changed(NEWER, kind="song.ended"))
    assert ended.kind.is_end
    assert ended != event
    assert event_lines.decode(changed(NEWER, verses=4)) != event
    for other in (copy.deepcopy(event), pickle.loads(pickle.dumps(event))):  # noqa: S301 - our own
        assert other == event
        assert type(other.kind) is UnknownKind
    assert dict(event_lines.decode(json.dumps(HOLD)).extra) == {}


def test_the_order_of_keys_does_not_matter_to_a_reader() -> None:
    """A program that writes the keys in another order is understood all the same."""
    turned = json.dumps(dict(reversed(HOLD.items())))
    assert event_lines.decode(turned) == event_lines.decode(json.dumps(HOLD))


def changed(said: dict[str, Any], **changes: Any) -> str:
    """Return a line with some values changed; a value of `...` takes its key away."""
    return json.dumps({k: v for k, v in {**said, **changes}.items() if v is not ...})


LONG = "9" * 5000

REFUSED = [
    # the line as a whole
    ("", "line: must be one line of JSON: Expecting value: line 1 column 1 (char 0) (got '')"),
    ("[]", "line: must be a JSON object (got '[]')"),
    ("null", "line: must be a JSON object (got 'null')"),
    ('"text"', "line: must be a JSON object (got '\"text\"')"),
    ('{"at_ms": NaN}',
     "line: must have no number that is not finite (got 'NaN')"),
    ('{"at_ms": -Infinity}',
     "line: must have no number that is not finite (got '-Infinity')"),
    ('{"text": "a", "text": "b"}', "text: must stand only once (got 'b')"),
    # the version
    ("{}", "format: must be given: format = 1 (got nothing)"),
    (changed(HOLD, format=2), "format: must be 1; a newer supple may read it (got 2)"),
    (changed(HOLD, format=0), "format: must be 1 (got 0)"),
    (changed(HOLD, format=True), "format: must be 1 (got True)"),
    (changed(HOLD, format=1.0), "format: must be 1 (got 1.0)"),
    (changed(HOLD, format="1"), "format: must be 1 (got '1')"),
    # keys
    (changed(HOLD, zzz=None), "zzz: must be text, a whole number or true (got None)"),
    (changed(HOLD, zzz=False), "zzz: must be text, a whole number or true (got False)"),
    (changed(HOLD, zzz=0.5), "zzz: must be text, a whole number or true (got 0.5)"),
    (changed(HOLD, duraton_ms=[]),
     ("duraton_ms: must be text, a whole number or true; "
      "did you mean 'duration_ms' or 'at_ms'? (got [])")),
    (changed(HOLD, zzz="a\nb"),
     (f"zzz: {GARBLING} "
      r"(got 'a\nb')")),
    (changed(HOLD, Zzz=1), "Zzz: must be a word of a-z, or several joined by _ (got 1)"),
    (changed(HOLD, **{"z" * 65: 1}),
     f"{'z' * 65}: must be a word of a-z, or several joined by _ (got 1)"),
    (changed(HOLD, **{"z" * n: n for n in range(1, 34)}),
     "line: must have at most 32 keys that are unknown (got 33)"),
    (changed(HOLD, at_ms=...), "at_ms: must be there (got nothing)"),
    (changed(HOLD, kind=...), "kind: must be there (got nothing)"),
    (changed(HOLD, text=...), "text: must be there (got nothing)"),
    # values
    (changed(HOLD, at_ms=-1), "at_ms: must be a whole number of at least 0 (got -1)"),
    (changed(HOLD, at_ms=1.5), "at_ms: must be a whole number of at least 0 (got 1.5)"),
    (changed(HOLD, at_ms=True), "at_ms: must be a whole number of at least 0 (got True)"),
    (changed(HOLD, at_ms="5"), "at_ms: must be a whole number of at least 0 (got '5')"),
    (changed(HOLD, at_ms=None), "at_ms: must be a whole number of at least 0 (got None)"),
    (changed(HOLD, rep=0), "rep: must be a whole number of at least 1 (got 0)"),
    (changed(HOLD, duration_ms=0), "duration_ms: must be a whole number of at least 1 (got 0)"),
    (changed(HOLD, kind="hold"),
     "kind: must be of the form x.started, x.ended or cue.x (got 'hold')"),
    (changed(HOLD, kind="Hold.started"), ("kind: must be of the form x.started, x.ended or cue.x; "
     "did you mean 'hold.started'? (got 'Hold.started')")),
    (changed(HOLD, kind=f"{'z' * 64}.ended"), ("kind: must be of the form x.started, x.ended or "
     f"cue.x (got '{'z' * 64}.ended')")),
    (changed(HOLD, kind=5), "kind: must be of the form x.started, x.ended or cue.x (got 5)"),
    (changed(HOLD, text=" "), "text: must not be empty (got ' ')"),
    (changed(HOLD, text=5), "text: must be text (got 5)"),
    (changed(HOLD, exercise="A B"), ("exercise: must be words of a-z and 0-9 joined by hyphens, "
     "such as 'knee-rolls', of at most 64 characters (got 'A B')")),
    (changed(HOLD, side="lft"),
     "side: must be one of left, right; did you mean 'left'? (got 'lft')"),
    (changed(STEP, open=False), "open: must be true where it stands (got False)"),
    (changed(STEP, open=1), "open: must be true where it stands (got 1)"),
    # what goes with what
    (changed(HOLD, duration_ms=...), "duration_ms: must be there (got nothing)"),
    (changed(HOLD, remaining_ms=5), "remaining_ms: must not stand in hold.started (got 5)"),
    (changed(CUE, remaining_ms=...), "remaining_ms: must be there (got nothing)"),
    (changed(CUE, duration_ms=5), "duration_ms: must not stand in cue.countdown (got 5)"),
    (changed(REST, why=...), "why: must be there (got nothing)"),
    (changed(HOLD, why="rest"), "why: must not stand in hold.started (got 'rest')"),
    (changed(HOLD, open=True), "open: must not stand in hold.started (got True)"),
    (changed(HOLD, jump=True), "remaining_ms: must be there (got nothing)"),
    (changed(HOLD, jump=True, remaining_ms=-1),
     "remaining_ms: must be a whole number of at least 0 (got -1)"),
    (changed(HOLD, jump=False, remaining_ms=5), "jump: must be true where it stands (got False)"),
    (changed(CUE, jump=True), "jump: must not stand in cue.countdown (got True)"),
    (changed(CUE, remaining_ms=0),
     "remaining_ms: must be at least 1 in cue.countdown (got 0)"),
    (changed(HOLD, next_side="left"), "next_side: must not stand in hold.started (got 'left')"),
    (changed(HOLD, note="Slowly"), "note: must not stand in hold.started (got 'Slowly')"),
    (changed(HOLD, exercise_number=1), "exercises: must be there (got nothing)"),
    (changed(HOLD, exercise_number=3, exercises=2),
     "exercise_number: must be at most 2, the exercises (got 3)"),
    (changed(NEWER, duration_ms=...), "duration_ms: must be there (got nothing)"),
    (changed(NEWER, duration_ms=0), "duration_ms: must be a whole number of at least 1 (got 0)"),
    (changed(NEWER_CUE, remaining_ms=...), "remaining_ms: must be there (got nothing)"),
    (changed(NEWER_CUE, remaining_ms=0),
     "remaining_ms: must be at least 1 in cue.high-note (got 0)"),
    (changed(HOLD, reps=...), "reps: must be there (got nothing)"),
    (changed(HOLD, set=...), "set: must be there (got nothing)"),
    (changed(HOLD, rep=4), "rep: must be at most 3, the reps (got 4)"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "message"), REFUSED, ids=range(len(REFUSED)))
def test_anything_else_is_refused(line: str, message: str) -> None:
    """What is no event line is refused with the key, the requirement and the value."""
    with pytest.raises(EventLineError) as caught:
        event_lines.decode(line)
    assert str(caught.value) == message
    assert str(pickle.loads(pickle.dumps(caught.value))) == message  # noqa: S301 - its own


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(changed(HOLD, text="x\x1b[2J"), id="an escape sequence"),
        pytest.param(changed(HOLD, text="x\u202egnp"), id="an override of the text direction"),
        pytest.param(changed(HOLD, text="a\nb"), id="a line break"),
        pytest.param('{"format": 1, "text": "\\ud800"}', id="a lone surrogate"),
    ],
)
def test_text_cannot_garble_a_screen(line: str) -> None:
    """A line from elsewhere is as safe to show as one that was written here."""
    with pytest.raises(EventLineError, match=r"^text: must be one line without control"):
        event_lines.decode(line)


@pytest.mark.parametrize("line", ["[" * 100_000, '{"at_ms": ' + LONG + "}", b"{}", None, 5])
def test_hostile_lines_are_refused(line: Any) -> None:
    """Endless nesting, endless digits and what is no text are refused like any other line."""
    with pytest.raises(EventLineError, match=r"^line: must be (one line of JSON|text)"):
        event_lines.decode(line)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


@given(
    said=st.sampled_from([HOLD, CUE, REST, STEP, NEWER]),
    key=st.sampled_from(sorted({*HOLD, *CUE, *REST, *STEP, *NEWER, "tempo"})),
    value=json_values,
)
def test_a_changed_line_is_an_event_or_an_error(
    said: dict[str, Any], key: str, value: object
) -> None:
    """Whatever stands at a key, the line is read as just that or refused, and never otherwise."""
    line = json.dumps({**said, key: value})
    try:
        event = event_lines.decode(line)
    except EventLineError:
        return
    assert json.loads(event_lines.encode(event)) == {**said, key: value}


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_any_text_is_an_event_or_an_error(line: str) -> None:
    """No text whatever makes the reader fail in another way."""
    with pytest.raises(EventLineError):
        event_lines.decode(line)
