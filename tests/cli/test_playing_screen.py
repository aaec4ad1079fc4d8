"""Screens of a routine and pages to read, at any size."""

from unicodedata import category

import pytest
from hypothesis import given, strategies as st

import supple
from supple import Circuit, Exercise, Hold, PlayerState, Rest, Routine, Step, Timeline
from supple.cli._page import screen_width
from supple.cli._playing.cells import wrap, wrap_evenly
from supple.cli._playing.figures import figures, figures_size
from supple.cli._playing.letters import can_write, letters, letters_width
from supple.cli._playing.notices import Notice, draw_notice
from supple.cli._playing.painter import Painter, has_blocks
from supple.cli._playing.screen import draw
from supple.cli._playing.view import View
from tests import strategies as our
from tests.laws import share

sizes = st.tuples(st.integers(1, 200), st.integers(1, 70))
states = st.sampled_from([PlayerState.RUNNING, PlayerState.WAITING, PlayerState.PAUSED])


def timeline_of(*items: supple.RoutineItem, language: str = "en") -> Timeline:
    """Lay out a routine without time to get ready."""
    routine = Routine("day", name="Daybreak", items=items, language=language)
    pacing = supple.Pacing(get_ready=0, transition=0, position_change=0)
    return supple.schedule(routine, pacing=pacing)


def exercise(*cycle: Hold | Step, **more: object) -> Exercise:
    """Return an exercise that is of no importance."""
    about = {"name": "Reach", "kind": "stretch", "position": "standing", **more}
    return Exercise("reach", cycle=cycle, **about)  # type: ignore[arg-type]  # as given


def text_of(view: View, width: int = 60, height: int = 16) -> list[str]:
    """Return the lines of a screen as text."""
    return ["".join(text for text, _ in line).rstrip() for line in draw(view, width, height)]


def shown(timeline: Timeline, at_ms: int = 0, **more: object) -> str:
    """Return a screen as one text."""
    view = View(timeline=timeline, moment=timeline.at(at_ms), **more)  # type: ignore[arg-type]  # as given
    return "\n".join(text_of(view))


# --- laws ----------------------------------------------------------------------------


@share(0.6)
@given(our.timelines(), st.data(), states, sizes, st.booleans())
def test_any_moment_fits_any_screen(
    timeline: Timeline,
    data: st.DataObject,
    state: PlayerState,
    size: tuple[int, int],
    hands_free: bool,  # noqa: FBT001 - hypothesis draws it
) -> None:
    """Whatever goes on, there are at most as many lines as fit, none wider than the screen."""
    at_ms = data.draw(st.integers(0, timeline.duration_ms))
    missed_ms = data.draw(st.none() | st.integers(0, 10**9))
    view = View(
        timeline=timeline,
        moment=timeline.at(at_ms),
        state=state,
        hands_free=hands_free,
        missed_ms=missed_ms,
    )
    width, height = size
    lines = draw(view, width, height)
    assert len(lines) <= height
    for line in lines:
        assert screen_width("".join(text for text, _ in line)) <= width
        assert not any(category(each) == "Cc" for text, _ in line for each in text)


@share(0.6)
@given(our.timelines(), st.data())
def test_the_instruction_is_whole_on_a_small_screen(
    timeline: Timeline, data: st.DataObject
) -> None:
    """At 40 columns and 12 lines no instruction of a few words is cut."""
    moment = timeline.at(data.draw(st.integers(0, timeline.duration_ms)))
    view = View(timeline=timeline, moment=moment)
    lines = ["".join(text for text, _ in line) for line in draw(view, 40, 12, with_letters=False)]
    assert "".join(moment.text.split()) in "".join("".join(lines).split())


@given(st.text(st.characters(codec="utf-8"), min_size=1), st.integers(2, 60))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    """Wrapped lines fit, and hold every character but spaces; evenly takes as few lines."""
    lines = wrap(text, width)
    assert all(screen_width(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    evenly = wrap_evenly(text, width)
    assert len(evenly) == len(lines)
    assert "".join("".join(evenly).split()) == "".join(text.split())


points = st.lists(st.tuples(st.sampled_from(["", "-", "space"]), st.text("ab é骨", min_size=1)))


@given(points, sizes)
def test_notices_fit_and_cut_nothing(points: list[tuple[str, str]], size: tuple[int, int]) -> None:
    """Pages fit the screen, and together hold every word of their points."""
    width, height = size
    pages = draw_notice(Notice("Title", tuple(points), "Keys"), width, height)
    assert pages
    for page in pages:
        assert len(page) <= height
        assert all(screen_width("".join(text for text, _ in line)) <= width for line in page)
    written = "".join(text for page in pages for line in page for text, _ in line)
    for each in "é骨" if width > 1 else "é":
        assert written.count(each) == sum(text.count(each) for _, text in points)


@given(st.text("0123456789:", min_size=1, max_size=8), st.integers(1, 5))
def test_figures_have_their_size(text: str, scale: int) -> None:
    """Figures are as large as they say."""
    lines = figures(text, scale)
    assert {(screen_width(line), len(lines)) for line in lines} == {figures_size(text, scale)}


# --- examples ------------------------------------------------------------------------


def test_place_and_counters() -> None:
    """Exercise, side and counters stand in one line; what happens once is not counted."""
    reach = exercise(Hold("Up on the {side}", seconds=20), sides="each", reps=3, sets=2)
    timeline = timeline_of(Circuit([reach], rounds=4))
    place = "Reach  ·  left  ·  Repetition 1 of 3  ·  Set 1 of 2  ·  Round 1 of 4"
    view = View(timeline=timeline, moment=timeline.at(0))
    assert place in map(str.strip, text_of(view, 80))
    assert "Reach  ·  left  ·  1 of 3  ·  1 of 2  ·  1 of 4" in "\n".join(text_of(view, 60))
    narrow = "\n".join(text_of(view, 24, 30))
    for part in ("Reach", "left", "Repetition 1 of 3", "Set 1 of 2", "Round 1 of 4"):
        assert part in narrow
    once = timeline_of(exercise(Hold("Up", seconds=20)))
    assert " of " not in shown(once)


def test_words_in_the_language_of_the_routine() -> None:
    """Sides, counters and what comes next are in the language of the routine."""
    reach = exercise(Hold("Halten", seconds=20), sides="each", reps=3, language="de")
    text = shown(timeline_of(reach, language="de"))
    assert "links  ·  Wiederholung 1/3" in text
    assert "Als Nächstes: Halten" in text


def test_what_comes_next() -> None:
    """A rest that leads on says so itself, anything else is announced, and so is the end."""
    reach = exercise(Hold("Up", seconds=20))
    routine = Routine("day", items=[reach, Rest(30, text="Sip"), reach])
    timeline = supple.schedule(routine)
    assert " Next: Up" in shown(timeline)
    assert "Next: Sip" in shown(timeline, 5_000)
    assert "Then it is done" in shown(timeline, timeline.duration_ms)
    twice = supple.schedule(Routine("day", items=[reach, reach]))
    assert "Next: Reach" in shown(twice, 5_000)
    assert "Next: Next" not in shown(twice, 5_000)


@pytest.mark.parametrize(
    ("left_ms", "count"),
    [
        (1, "1"),
        (3_000, "3"),
        (3_001, "4"),
        (59_000, "59"),
        (59_001, "1:00"),
        (3_600_000, "1:00:00"),
    ],
)
def test_countdown(left_ms: int, count: str) -> None:
    """The count is rounded up, so it shows 3 as the last three seconds begin."""
    timeline = timeline_of(exercise(Hold("Up", seconds=7200)))
    assert View(timeline=timeline, moment=timeline.at(7_200_000 - left_ms)).count == count


def test_prompts() -> None:
    """Where nothing moves the screen says what to press, in the place of the bar."""
    timeline = timeline_of(exercise(Step("Find a wall", until_ready=True, seconds=9)))
    waiting = shown(timeline, state=PlayerState.WAITING)
    assert " Enter   when you are ready" in waiting
    assert "█" not in waiting
    assert "█" in shown(timeline, hands_free=True)
    paused = shown(timeline, state=PlayerState.PAUSED, missed_ms=125_400)
    assert "The computer was away for 2 min\n" in paused
    assert " Paused   Space goes on" in paused
    assert "space go on" in paused
    view = View(timeline=timeline, moment=timeline.at(0), state=PlayerState.PAUSED)
    assert " Paused" in "\n".join(text_of(view, 10, 12))
    assert "goes on" not in "\n".join(text_of(view, 10, 12))


def test_speed() -> None:
    """The time left is that of the routine; another speed stands beside it."""
    timeline = timeline_of(exercise(Hold("Up", seconds=90)))
    assert shown(timeline, speed=0.5).splitlines()[0].endswith("1:30 left at 0.5×")
    assert shown(timeline).splitlines()[0].endswith("1:30 left")


def test_the_smaller_the_screen_the_less_is_on_it() -> None:
    """What a person would miss least goes first, and the instruction never."""
    timeline = timeline_of(exercise(Hold("Up", seconds=20)))
    view = View(timeline=timeline, moment=timeline.at(0))
    assert [text_of(view, 40, height)[-1].strip() for height in (1, 2, 3)] == ["Up", "20", "20"]
    assert text_of(view, 4, 1) == [" Up"]
    assert "Daybreak" not in "\n".join(text_of(view, 40, 8))
    assert "Daybreak" in "\n".join(text_of(view, 40, 10))
    tall = timeline_of(exercise(Hold("Up and up and up", seconds=20)))
    assert text_of(View(timeline=tall, moment=tall.at(0)), 6, 2) == ["Up and", "up and"]


def test_large_screens_have_big_letters() -> None:
    """Where there is room the instruction is in big letters, if there are letters for it."""
    for text, has_letters in (("Up", True), ("骨盤", False)):
        timeline = timeline_of(exercise(Hold(text, seconds=20)))
        view = View(timeline=timeline, moment=timeline.at(0))
        assert (text not in "\n".join(text_of(view, 120, 40))) is has_letters
        lines = draw(view, 120, 40, with_letters=False)
        assert text in "".join(span for line in lines for span, _ in line)


def test_letters() -> None:
    """Letters with marks are put together, small and capital; others cannot be written."""
    assert [line.rstrip() for line in letters("Öñí")] == [
        " ▀ ▀   ▄▀▄▀  ▄▀",
        "▄▀▀▀▄ █▀▀▀▄  █",
        "█   █ █   █  █",
        " ▀▀▀  ▀   ▀  ▀",
    ]
    assert can_write("Stütze: 50 % – „nein“") is False
    assert can_write("¿Listo? ¡Sí!")
    assert not can_write("a\u0325")
    assert not can_write("ǖ")
    assert letters_width("ii", scale=3) == 9


# --- painting ------------------------------------------------------------------------


def test_only_what_has_changed_is_painted() -> None:
    """A line that stays is not written again, and another size paints everything."""
    written: list[str] = []
    painter = Painter(written.append)
    painter.paint([(("one", "bold cyan"),), (("two", ""),)], (5, 3))
    [first] = written
    assert "\x1b[2J" in first
    assert "\x1b[1;1H\x1b[1;36mone\x1b[0m\x1b[K" in first
    assert "\x1b[2;1Htwo\x1b[K" in first
    painter.paint([(("one", "bold cyan"),), (("three", ""),)], (5, 3))
    assert written[1:] == ["\x1b[?2026h\x1b[2;1Hthree\x1b[?2026l"]
    painter.paint([(("one", "bold cyan"),), (("three", ""),)], (5, 3))
    assert len(written) == 2
    painter.forget()
    painter.paint([], (5, 3))
    assert "\x1b[2J" in written[2]


def test_plain_painting() -> None:
    """Without colours weights are left; without blocks there are characters as wide."""
    written: list[str] = []
    painter = Painter(written.append, in_colour=False, in_ascii=True)
    painter.paint([(("█▀ 3×\x1b", "bold cyan"), ("━", "red"))], (9, 1))
    assert "\x1b[1;1H\x1b[1m#' 3x?\x1b[0m=\x1b[K" in written[0]


def test_encodings_with_blocks() -> None:
    """Not every encoding has the characters that screens are drawn with."""
    assert has_blocks("utf-8")
    assert not has_blocks("ascii")
    assert not has_blocks("latin-1")
