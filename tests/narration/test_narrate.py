"""Narration: what is said in its time, what is silence, and that it can be entered anywhere."""

from __future__ import annotations

import subprocess
import tracemalloc
import wave
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, strategies as st

from supple import (
    Circuit,
    Dose,
    EventKind,
    Exercise,
    Hold,
    Mark,
    ModelError,
    Pacing,
    Player,
    Prescription,
    Rest,
    Routine,
    Step,
    TimelineError,
    load_catalog,
    schedule,
)
from supple._phrases import LANGUAGES
from supple.narration import Tone, ToneKind, Utterance, UtteranceKind, narrate
from tests import strategies as my
from tests.needs import needs

if TYPE_CHECKING:
    from pathlib import Path

    from supple import Timeline

NO_PAUSES = Pacing(get_ready=0, transition=0, position_change=0, switch_sides=0, between_sets=0)


def said(timeline: Timeline, **given: bool) -> list[tuple[int, str]]:
    """List what is said on a timeline, and when."""
    return [(each.at_ms, each.text) for each in narrate(timeline, **given)]


def exercise(name: str = "Reach", **given: Any) -> Exercise:
    """Return an exercise; where nothing else is said, a hold of four seconds."""
    about = {"kind": "stretch", "position": "standing", "cycle": [Hold("Keep", seconds=4)]}
    return Exercise(name.lower(), name=name, **(about | given))


# --- what is said ---------------------------------------------------------------------


def test_the_first_repetition_is_said_and_the_others_counted() -> None:
    """After the first repetition only its number is said, and of the last one that it is."""
    squat = exercise(
        "Squat",
        reps=4,
        setup=[Step("Stand up straight", seconds=2)],
        cycle=[Step("Go down", seconds=2), Step("Come up", seconds=2)],
        finish=[Step("Shake your legs", seconds=2)],
    )
    assert said(schedule(Routine("day", items=[squat]))) == [
        (0, "Get ready: Squat, standing"),
        (5_000, "Stand up straight"),
        (7_000, "Go down"),
        (9_000, "Come up"),
        (11_000, "2"),
        (15_000, "3"),
        (19_000, "Last repetition"),
        (23_000, "Shake your legs"),
        (25_000, "End of the routine"),
    ]


@pytest.mark.parametrize("sides", ["alternate", "each"])
def test_the_other_side_is_named_and_the_rest_of_it_known(sides: str) -> None:
    """A pause says which side comes; what names no side is not said again on the other one."""
    bend = exercise(
        "Bend",
        sides=sides,
        cycle=[Step("Bend to the {side}"), Hold("Breathe calmly", seconds=4)],
    )
    assert said(schedule(Routine("day", items=[bend]))) == [
        (0, "Get ready: Bend, standing. First: left"),
        (5_000, "Bend to the left"),
        (8_000, "Breathe calmly"),
        (12_000, "Switch sides: right"),
        (15_000, "Bend to the right"),
        (22_000, "End of the routine"),
    ]


def test_a_pause_says_what_comes_and_how_often() -> None:
    """Rests name the exercise behind them, and the set and the round where these change."""
    routine = Routine(
        "day",
        items=[
            Rest(3, text="Lie down"),
            Circuit([exercise(sets=2, rest=6), Rest(9)], rounds=2, rest=8),
            exercise("Bow", sides="each"),
        ],
    )
    assert said(schedule(routine)) == [
        (0, "Lie down. Next: Reach"),
        (3_000, "Keep"),
        (7_000, "Rest. Set 2 of 2"),
        (17_000, "Rest. Next: Reach"),
        (26_000, "Rest. Next: Reach. Round 2 of 2"),
        (38_000, "Rest. Set 2 of 2"),
        (48_000, "Rest. Next: Bow. First: left"),
        (57_000, "Keep"),
        (61_000, "Switch sides: right"),
        (68_000, "End of the routine"),
    ]


def test_without_pauses_exercise_and_side_are_said_with_what_to_do() -> None:
    """Where no pause could say it, the first instruction names the exercise and the side."""
    squat = exercise("Squat", sides="alternate", reps=2)
    assert said(schedule(Routine("day", items=[exercise(), squat]), pacing=NO_PAUSES)) == [
        (0, "Reach. Keep"),
        (4_000, "Squat. left. Keep"),
        (8_000, "right"),
        (12_000, "left. Last repetition"),
        (16_000, "right"),
        (20_000, "End of the routine"),
    ]


def test_a_load_is_said_with_the_name_and_a_note_once() -> None:
    """A pause names what an exercise is done with, and has its note where there is room."""
    lift = exercise("Lift", reps=2, cycle=[Hold("Lift it", seconds=4)])
    item = Prescription(lift, load="2 kg", note="Only as far as is easy.")
    routine = Routine("day", items=[exercise(), Circuit([item, Rest(9)], rounds=2)])
    pacing = Pacing(transition=8)
    assert said(schedule(routine, pacing=pacing)) == [
        (0, "Get ready: Reach, standing"),
        (5_000, "Keep"),
        (9_000, "Next: Lift, 2 kg. Only as far as is easy."),
        (17_000, "Lift it"),
        (21_000, "Last repetition"),
        (25_000, "Rest. Next: Lift, 2 kg. Round 2 of 2"),
        (34_000, "1"),
        (38_000, "Last repetition"),
        (42_000, "End of the routine"),
    ]


@pytest.mark.parametrize(
    ("setup", "hold", "where"),
    [(9, 9, "Sit down. Note"), (2, 9, "Keep. Note"), (2, 2, "Move on. Note")],
)
def test_a_note_has_the_first_room_that_there_is(setup: int, hold: int, where: str) -> None:
    """What no pause could say comes once, with the first of what to do that leaves room for it."""
    note = "Note well that all of this is easy, and let go."
    sit = exercise(
        "Sit",
        reps=2,
        sides="each",
        setup=[Step("Sit down", seconds=setup)],
        cycle=[Hold("Keep", seconds=hold), Hold("Move on", seconds=8)],
    )
    for pacing in (Pacing(), NO_PAUSES):
        timeline = schedule(Prescription(sit, note=note, load="a band"), pacing=pacing)
        texts = [text for _, text in said(timeline)]
        name = "Sit" if pacing is NO_PAUSES else "Get ready: Sit, standing"
        assert texts[0].startswith(f"{name}, a band")
        [noted] = [text for text in texts if "Note" in text]
        assert where in noted
        assert noted.endswith(note)


def test_a_note_without_room_is_not_said() -> None:
    """Nothing is said that would not be over in time, and nothing once a repetition is over."""
    sit = exercise(
        "Sit",
        reps=2,
        cycle=[Hold("Keep", seconds=2)],
        finish=[Step("Get up", seconds=30)],
    )
    note = "Note well that all of this is meant to be quite easy, and let go."
    texts = [text for _, text in said(schedule(Prescription(sit, note=note)))]
    assert texts == [
        *("Get ready: Sit, standing", "Keep", "Last repetition", "Get up", "End of the routine"),
    ]


def test_short_texts_come_in_the_second_repetition() -> None:
    """What an author has for a voice is said the second time, and where a text is too long."""
    squat = exercise(
        "Squat",
        reps=4,
        cycle=[
            Step("Go down as far as it is comfortable", say="Down", seconds=2),
            Step("Come up", seconds=2),
            Step("Keep your {side} arm up", say="Arm {side}", seconds=2),
        ],
        sides="each",
        first_side="right",
    )
    assert said(schedule(Routine("day", items=[squat])))[:9] == [
        (0, "Get ready: Squat, standing. First: right"),
        (5_000, "Down"),
        (7_000, "Come up"),
        (9_000, "Keep your right arm up"),
        (11_000, "2. Down"),
        (15_000, "Arm right"),
        (17_000, "3"),
        (23_000, "Last repetition"),
        (29_000, "Switch sides: left"),
    ]


def test_one_side_alone_is_said_in_full() -> None:
    """Where only the other side is worked, all of it is said there."""
    bend = exercise("Bend", sides="each", cycle=[Step("Breathe calmly", seconds=3)])
    routine = Routine("day", items=[Prescription(bend, dose=Dose(), side="right")])
    assert said(schedule(routine))[:2] == [
        (0, "Get ready: Bend, standing. First: right"),
        (5_000, "Breathe calmly"),
    ]


def test_breath_is_said_in_the_first_repetition() -> None:
    """When to breathe is a cue of the first repetition, and silent afterwards."""
    rest = exercise(cycle=[Hold("Stay", seconds=9, breath=(2, 2))], reps=2)
    cues = [
        (each.at_ms, each.text)
        for each in narrate(schedule(Routine("day", items=[rest])))
        if each.kind is UtteranceKind.CUE
    ]
    assert cues == [(7_000, "Breathe out"), (9_000, "Breathe in")]  # a countdown covers 11_000


def test_what_does_not_fit_gives_way() -> None:
    """What would not be over in time is said in a shorter form, or not at all."""
    long = " ".join(["on"] * 13)
    reach = exercise(
        cycle=[
            Hold(long, seconds=5, marks=[Mark("Breathe out", fraction=0.5)]),
            Hold(long, seconds=4),
            Hold("Stay", seconds=9, marks=[Mark("Breathe out", fraction=0.5)]),
        ]
    )
    pacing = Pacing(get_ready=1.5, countdown=(3,))
    assert said(schedule(Routine("day", items=[reach]), pacing=pacing)) == [
        (0, "Get ready: Reach, standing"),
        (1_500, long),
        (10_500, "Stay"),
        (15_000, "Breathe out"),
        (19_500, "End of the routine"),
    ]


def test_a_countdown_is_tones_unless_wanted_aloud() -> None:
    """A countdown sounds as tones; said aloud, a count that something else covers is left out."""
    timeline = schedule(Routine("day", items=[exercise()]))
    quiet, loud = narrate(timeline), narrate(timeline, count_aloud=True)
    assert [*quiet.tones()] == [
        Tone(0, ToneKind.REST),
        *(Tone(at_ms, ToneKind.COUNTDOWN) for at_ms in (2_000, 3_000, 4_000)),
        Tone(5_000, ToneKind.HOLD),
        *(Tone(at_ms, ToneKind.COUNTDOWN) for at_ms in (6_000, 7_000, 8_000)),
        Tone(9_000, ToneKind.END),
    ]
    assert [each.kind for each in loud.tones()] == ["rest", "hold", "end"]

    assert [*quiet] == [
        Utterance(0, longest_ms=5_000, kind=UtteranceKind.NEXT, text="Get ready: Reach, standing"),
        Utterance(5_000, longest_ms=4_000, kind=UtteranceKind.INSTRUCTION, text="Keep"),
        Utterance(9_000, longest_ms=5_000, kind=UtteranceKind.END, text="End of the routine"),
    ]
    assert [(each.at_ms, each.longest_ms, each.text) for each in loud] == [
        (0, 2_000, "Get ready: Reach, standing"),
        (2_000, 1_000, "3"),
        (3_000, 1_000, "2"),
        (4_000, 1_000, "1"),
        (5_000, 1_000, "Keep"),
        (6_000, 1_000, "3"),
        (7_000, 1_000, "2"),
        (8_000, 1_000, "1"),
        (9_000, 5_000, "End of the routine"),
    ]


def test_where_a_hold_ends_that_sounds() -> None:
    """Behind a hold no step or rest sounds but its end; another hold sounds as it begins."""
    reach = exercise(
        "reach", cycle=[Step("Up", seconds=2), Hold("Keep", seconds=1), Hold("On", seconds=1)]
    )
    narration = narrate(schedule(Routine("day", items=[reach, Rest(2), reach])))
    kinds = [each.kind for each in narration.tones() if each.kind != "countdown"]
    one = ["rest", "step", "hold", "hold"]
    assert kinds == [*one, "hold-ends", *one[1:], "end"]
    [begins, ends] = [
        [each.at_ms for each in narration.tones() if each.kind == kind]
        for kind in ("hold", "hold-ends")
    ]
    assert [*narration.tones(ends[0], ends[0] + 1)] == [Tone(ends[0], ToneKind.HOLD_ENDS)]
    assert ends[0] == begins[1] + 1000


# --- laws -----------------------------------------------------------------------------


@given(my.timelines, st.booleans(), st.data())
def test_laws(timeline: Timeline, count_aloud: bool, data: st.DataObject) -> None:  # noqa: FBT001
    """Nothing overruns or overlaps, it can be entered anywhere, and a player is told the same."""
    narration = narrate(timeline, count_aloud=count_aloud)
    everything = [*narration]
    for each in everything:
        words = len(each.text.split())
        letters = len([letter for letter in each.text if letter.isalnum()])
        assert words * 60_000 <= each.longest_ms * 180
        assert letters * 68 <= each.longest_ms
    for one, other in pairwise(everything):
        assert one.at_ms + one.longest_ms <= other.at_ms
        assert timeline.at(one.at_ms).segment.end_ms >= one.at_ms + one.longest_ms
    bounds = st.integers(-1, timeline.duration_ms + 1)
    if everything:
        bounds |= st.sampled_from([each.at_ms for each in everything])
    first, last = data.draw(bounds), data.draw(st.none() | bounds)
    within = range(first, timeline.duration_ms + 1 if last is None else last)
    assert [*narration.utterances(first, last)] == [u for u in everything if u.at_ms in within]
    assert [*narration.tones(first, last)] == [t for t in narration.tones() if t.at_ms in within]
    told = [said for event in timeline if (said := narration.at(event)) is not None]
    assert told == everything


def test_it_is_lazy_and_exact_however_long() -> None:
    """A narration of centuries begins at once, and at its far end, too."""
    many = exercise(reps=10**9, sets=2, cycle=[Step("Go", seconds=1), Step("Stop", seconds=1)])
    timeline = schedule(Routine("day", items=[many]))
    narration = narrate(timeline)
    assert [each.text for each in islice(narration, 5)] == [
        *("Get ready: Reach, standing", "Go", "Stop", "2", "3")
    ]
    last = [*narration.utterances(timeline.duration_ms - 4_000)]
    assert [each.text for each in last] == ["999999999", "Last repetition", "End of the routine"]
    assert [*narration.utterances(timeline.duration_ms + 1)] == []
    tracemalloc.start()
    for _ in islice(narration, 3_000):
        pass
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak - held < 100_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bundled_routines_are_calm(language: str) -> None:
    """Less than a third of the time is speech, and no instruction comes twice in a row."""
    back = load_catalog("lower-back", language=language)
    for routine in back.routines.values():
        for level in (0, 0.5, 1):
            timeline = schedule(routine, level=level, phrases=back.phrases)
            everything = [*narrate(timeline)]
            steps = [each for each in timeline.segments() if each.rep in {None, 1}]
            unsaid = {each.text for each in steps if each.why is None} - {
                each.text for each in everything
            }
            assert unsaid == set()
            for one, other in pairwise(everything):
                assert one.text != other.text
            words = sum(len(each.text.split()) for each in everything)
            assert words * 60_000 < timeline.duration_ms / 3 * 180


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_real_voice_keeps_to_the_time(language: str, tmp_path: Path) -> None:
    """espeak-ng, told to speak 180 words a minute, says each text in the time that it has."""
    program = needs("espeak-ng")
    back = load_catalog("lower-back", language=language)
    slots: dict[str, int] = {}
    for each in narrate(schedule(back.routines["lower-back"], phrases=back.phrases)):
        slots[each.text] = min(each.longest_ms, slots.get(each.text, each.longest_ms))
    spoken = tmp_path / "said.wav"
    for text, longest_ms in slots.items():
        command = [program, "-v", language, "-s", "180", "-z", "-w", str(spoken), text]
        subprocess.run(command, check=True)
        with wave.open(str(spoken)) as sound:
            ms = sound.getnframes() * 1000 / sound.getframerate()
        assert ms <= longest_ms, text


# --- with a player --------------------------------------------------------------------


def test_a_jump_has_what_to_do_said_in_full() -> None:
    """Who jumps into a later repetition hears what to do there, and in a rest what comes."""
    timeline = schedule(
        Routine("day", items=[exercise(reps=3, sides="each")]), pacing=Pacing(get_ready=4)
    )
    narration = narrate(timeline)
    player = Player(timeline)
    player.start(0)

    def heard(to_ms: int) -> list[str]:
        events = player.seek(0, to_ms=to_ms)
        return [said.text for event in events if (said := narration.at(event))]

    assert heard(10_000) == ["Keep"]
    assert heard(16_500) == ["Switch sides: right"]
    assert heard(18_999) == []
    assert heard(2_000) == ["Get ready: Reach, standing"]
    at = [event for event in player.seek(0, to_ms=10_500) if event.kind is EventKind.HOLD_STARTED]
    assert narration.at(at[0]) == Utterance(
        10_500, longest_ms=1_500, kind=UtteranceKind.INSTRUCTION, text="Keep"
    )
    assert [narration.at(event) for event in player.stop(0)] == [None] * 5


def test_wrong_arguments() -> None:
    """What is no timeline, no flag or no instant is refused at once."""
    timeline = schedule(Routine("day", items=[exercise()]))
    wrong: Any = "day"
    with pytest.raises(ModelError, match=r"^narrate.timeline: must be Timeline \(got 'day'\)$"):
        narrate(wrong)
    with pytest.raises(ModelError, match=r"^narrate.count_aloud: must be "):
        narrate(timeline, count_aloud=wrong)
    for ask in (narrate(timeline).utterances, narrate(timeline).tones):
        with pytest.raises(TimelineError, match="must be a whole number"):
            ask(wrong)
        with pytest.raises(TimelineError, match="must be a whole number"):
            ask(0, wrong)
