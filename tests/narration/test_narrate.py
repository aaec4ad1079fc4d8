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


@pytest.mark.parametrize("sides", ["alternate", "each"])
def test_the_side_that_is_prescribed_is_the_one_that_is_named(sides: str) -> None:
    """What is said goes by the sides of the prescription, whichever there are."""
    bend = exercise("Bend", sides=sides, setup=[Step("Stand up", seconds=2)])
    both = Prescription(bend, first_side="right", left=Dose(hold=8), right=Dose(reps=2))
    routine = Routine("day", items=[both, Prescription(bend, side="right")])
    between = {
        "alternate": [
            (11_000, "Switch sides: left"),
            (22_000, "Switch sides: right"),
            (25_000, "Last repetition"),
        ],
        "each": [(11_000, "Last repetition"), (15_000, "Switch sides: left")],
    }[sides]
    end_ms = {"alternate": 29_000, "each": 26_000}[sides]
    assert said(schedule(routine)) == [
        (0, "Get ready: Bend, standing. First: right"),
        (5_000, "Stand up"),
        (7_000, "right. Keep"),
        *between,
        (end_ms, "Next: Bend. First: right"),
        (end_ms + 5_000, "Stand up"),
        (end_ms + 7_000, "right. Keep"),
        (end_ms + 11_000, "End of the routine"),
    ]


@pytest.mark.parametrize("breathe_aloud", [False, True])
def test_the_breath_is_tones_unless_wanted_aloud(breathe_aloud: bool) -> None:  # noqa: FBT001
    """When to breathe sounds as two tones; said aloud, it gives way to what to do."""
    rest = exercise(
        cycle=[Hold("Let go of everything, all the way down, slowly", seconds=12, breath=[3, 3])]
    )
    narration = narrate(
        schedule(Routine("day", items=[rest]), pacing=NO_PAUSES), breathe_aloud=breathe_aloud
    )
    tones = [(each.at_ms, each.kind.value) for each in narration.tones()]
    breaths = [(3_000, "breathe-out"), (6_000, "breathe-in")]  # the countdown has the third one
    counted = [(at_ms, "countdown") for at_ms in (9_000, 10_000, 11_000)]
    ending = [*counted, (12_000, "end")]
    assert tones == [(0, "hold"), *([] if breathe_aloud else breaths), *ending]
    words = [(6_000, "Breathe in")]
    assert [(each.at_ms, each.text) for each in narration] == [
        (0, "Reach. Let go of everything, all the way down, slowly"),
        *(words if breathe_aloud else []),
        (12_000, "End of the routine"),
    ]


def test_a_change_of_side_is_announced_in_words() -> None:
    """Where the pacing wants it, and there is time."""
    bend = exercise("Bend", sides="each", cycle=[Hold("Keep", seconds=10)])
    pacing = Pacing(get_ready=0, switch_soon=5, countdown=())
    assert said(schedule(Routine("day", items=[bend]), pacing=pacing)) == [
        (0, "Bend. left. Keep"),
        (5_000, "Switch sides soon"),
        (10_000, "Switch sides: right"),
        (23_000, "End of the routine"),
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
        (17_000, "Rest"),
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


# --- laws -----------------------------------------------------------------------------


@given(my.timelines() | my.timelines(single=True), st.booleans(), st.booleans(), st.data())
def test_laws(
    timeline: Timeline,
    count_aloud: bool,  # noqa: FBT001
    breathe_aloud: bool,  # noqa: FBT001
    data: st.DataObject,
) -> None:
    """Nothing overruns or overlaps, it can be entered anywhere, and a player is told the same."""
    narration = narrate(timeline, count_aloud=count_aloud, breathe_aloud=breathe_aloud)
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
    tracemalloc.start()
    for _ in islice(narration, 3_000):
        pass
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak - held < 100_000


@pytest.mark.parametrize("language", ["en", "de", "es"])
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


@pytest.mark.parametrize("language", ["en", "de", "es"])
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
        with pytest.raises(TimelineError, match="must be an integer"):
            ask(wrong)
        with pytest.raises(TimelineError, match="must be an integer"):
            ask(0, wrong)
