"""The mat: what it shows at every size, in every language, and what each key does."""

import asyncio
import signal
import sys
import time
from itertools import pairwise

import pytest
from textual.widgets import Static

import supple
from supple import (
    Advice,
    Circuit,
    Exercise,
    Hold,
    PlayerState,
    Prescription,
    Rest,
    Routine,
    Step,
    schedule,
)
from supple.cli._playing.figure import Figure, Picture, figure_for
from supple.cli._playing.letters import Size, largest, wrap, write
from supple.cli._playing.mat import BootTimer, Mat
from supple.cli._playing.parts import MatPart
from supple.cli._playing.places import Done
from supple.cli._playing.view import Shown
from tests.cli.playing import Stage, on_stage
from tests.needs import needs_module

SIZES = [(40, 12), (80, 24), (120, 40), (200, 55)]
REACH = Exercise(
    "reach",
    name="Reach",
    kind="stretch",
    position="standing",
    sides="each",
    reps=2,
    cycle=[Hold("Reach up on the {side}", seconds=40)],
    cautions=["Mind the lamp."],
    equipment=["a wall"],
)
WAIT = Exercise(
    "wait",
    name="Waiting",
    kind="stretch",
    position="standing",
    cycle=[Step("Find a wall", until_ready=True), Hold("Lean on it", seconds=30)],
    cautions=["Mind the lamp."],
)
ADVICE = [
    Advice("general", text="Take your time."),
    Advice("stop", text="Stop if it hurts."),
    Advice("emergency", text="Get help if your chest hurts."),
]
DAY = schedule(Routine("day", name="Daybreak", items=[REACH, WAIT], advice=ADVICE))


def bundled(language: str, routine: str = "lower-back") -> supple.Timeline:
    """Return the timeline of a bundled routine in a language."""
    catalog = supple.load_catalog("lower-back", language=language)
    return schedule(catalog.routines[routine], phrases=catalog.phrases)


# --- what is shown ------------------------------------------------------------------------


def squeezed(text: str) -> str:
    """Return what is on a screen as one line."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("size", "language"), [*zip(SIZES, ["es", "de", "en", "de"], strict=True)]
)
def test_nothing_moves_and_nothing_is_cut(size: tuple[int, int], language: str) -> None:
    """From one segment to the next every part keeps its place, and every word is shown."""
    timeline = bundled(language)
    starts = [each.start_ms for each in timeline.segments()][::12]

    async def act(stage: Stage) -> None:
        await stage.press("enter")
        places = set()
        for before, after in pairwise([0, *starts]):
            text = await stage.wait((after - before) / 1000)
            parts = stage.mat.screen.query(MatPart).exclude(".below")
            places.add(tuple((each.id, each.region) for each in parts))
            moment = stage.mat.player.moment(0)
            assert moment.next is not None
            assert stage.mat._shown.text(moment.next) in squeezed(text)
            if size == SIZES[0]:
                assert stage.mat._shown.text(moment.segment) in squeezed(text)
        assert len(places) == 1

    on_stage(timeline, act, size=size)


def test_small_mat() -> None:
    """At 40×12 the side has a place, an arrow and a word, and a change of sides says to which."""

    async def act(stage: Stage) -> None:
        await stage.press("enter")
        assert (await stage.wait(6)).split("\n") == [
            " Exercise 1 of 2              3:20 left",
            " ━───────────────────────────── ───────",
            " Reach                Repetition 1 of 2",
            "",
            "              ▄▀▀▀▄ ▄▀▀▀▄",
            "                ▄▄▀ ▀▄▄▄█",
            "    ◀ LEFT    ▄   █     █",
            "               ▀▀▀   ▀▀▀",
            "",
            "          Reach up on the left",
            " ━─────────────────────────────────────",
            "         → Reach up on the left",
        ]
        switching = await stage.wait(80)
        assert "RIGHT ▶" in switching
        assert "Switch sides: RIGHT" in switching
        lit = stage.mat.screen.query(".side.-lit")
        assert {each.id for each in lit} == {"right-beside", "right-below"}

    on_stage(DAY, act, size=(40, 12))


@pytest.mark.parametrize("is_light", [False, True], ids=["dark", "light"])
def test_large_mat(is_light: bool) -> None:  # noqa: FBT001
    """From 80×24 on the side and the instruction are in big letters, each side in its colour."""

    async def act(stage: Stage) -> None:
        await stage.press("enter")
        text = await stage.wait(6)
        for line in write("◀ LEFT", Size.BLOCKS):
            assert line.strip() in text
        for line in write("Reach up on the left", Size.DOTS):
            assert line.strip("\u2800 ") in text
        assert "Next: Reach up on the left" in text
        [left] = stage.mat.screen.query(".below.-lit")
        at, colour = left.region, left.styles.background
        await stage.wait(80)
        [right] = stage.mat.screen.query(".below.-lit")
        assert right.styles.background != colour
        assert right.region.right > at.right
        assert right.region.y == at.y

    mat = on_stage(DAY, act, is_light=is_light)
    assert mat.current_theme.dark is not is_light


@pytest.mark.parametrize("is_plain", [False, True])
def test_light_and_dark_are_offered_where_there_are_colours(*, is_plain: bool) -> None:
    """Neither page offers the key where the colours are those of the terminal."""

    async def act(stage: Stage) -> None:
        assert ("light, dark" in await stage.wait(0)) is not is_plain
        await stage.press("enter")
        assert ("light, dark" in await stage.press("question_mark")) is not is_plain

    on_stage(DAY, act, size=(120, 40), is_plain=is_plain)


def test_resizing_and_ground() -> None:
    """The mat follows the size of the terminal, and a key changes from dark to light."""

    async def act(stage: Stage) -> None:
        await stage.press("enter")
        assert "▄▀▀▀▄ ▄▀▀▀▄" not in await stage.wait(6)
        await stage.pilot.resize_terminal(40, 12)
        assert "▄▀▀▀▄ ▄▀▀▀▄" in await stage.press("d")
        assert not stage.mat.current_theme.dark
        await stage.pilot.resize_terminal(5, 2)
        await stage.pilot.resize_terminal(80, 24)
        assert "▄▀▀▀▄ ▄▀▀▀▄" not in await stage.press("d")
        assert stage.mat.current_theme.dark

    on_stage(DAY, act)


def test_words_without_big_letters() -> None:
    """What cannot be written in big letters is written in those of the terminal."""
    bow = Exercise(
        "bow", name="Поклон", kind="stretch", position="standing", cycle=[Step("Наклонись")]
    )
    endless = Routine("rounds", items=[Circuit([bow, Rest(5)], rounds=200)])

    async def act(stage: Stage) -> None:
        assert stage.text.count("Поклон") == 1
        await stage.press("enter")
        for _ in range(3):
            text = await stage.wait(50)
        assert "Наклонись" in text
        assert set(stage.lines[1].strip()) == {"━", "─"}

    on_stage(schedule(endless), act)


# --- the start ----------------------------------------------------------------------------


def test_start_page() -> None:
    """It says what comes, what is needed and what to mind, with the emergency apart."""

    async def act(stage: Stage) -> None:
        page = stage.mat.screen.query_one("#page")
        shown = [str(each.render()) for each in stage.mat.screen.query("#page Static")]
        assert shown[1:] == [
            *("3 min", "Exercises", "1", "Reach  2:43", "2", "Waiting  0:33"),
            *("What you need", "·", "a wall", "Take care", "·", "Reach, Waiting: Mind the lamp."),
            *("When to stop", "·", "Stop if it hurts."),
            *("Good to know", "·", "Take your time."),
            *("Emergency: get help immediately", "·", "Get help if your chest hurts."),
        ]
        assert stage.mat.screen.query_one("Vertical.emergency").styles.color != page.styles.color
        before = page.scroll_y
        await stage.press("down", "pagedown")
        assert page.scroll_y > before
        await stage.press("pageup", "up")
        assert page.scroll_y == before
        await stage.pilot.click("Foot", offset=(stage.lines[-1].index("↓"), 0))
        assert page.scroll_y > before
        await stage.press("q")

    mat = on_stage(DAY, act, size=(40, 12))
    assert (mat.return_value, mat.player.state) == (0, PlayerState.READY)


def test_start_page_of_a_prescription() -> None:
    """A load and a note stand with the exercise that they are for."""
    reach = Prescription(REACH, note="Only as far as is easy.", load="a red band")
    shown: list[str] = []

    async def act(stage: Stage) -> None:
        shown.extend(str(each.render()) for each in stage.mat.screen.query("#page Static"))
        await stage.press("q")

    on_stage(schedule(Routine("day", items=[reach, WAIT])), act)
    assert shown[2:8] == [
        *("Exercises", "1", "Reach  2:43, with a red band"),
        *("", "Only as far as is easy.", "2"),
    ]


@pytest.mark.parametrize("size", SIZES)
def test_remark(size: tuple[int, int]) -> None:
    """What an exercise is done with and its note stand on the mat from the lead-up on."""
    reach = Prescription(REACH, note="Only as far as is easy.", load="a red band")
    long = Prescription(WAIT, note="Keep to it, and let go of what is not needed. " * 3)

    async def act(stage: Stage) -> None:
        text = squeezed(await stage.press("enter"))
        assert "with a red band · Only as far as is easy." in text
        place = stage.mat.screen.query_one("#middle").region
        assert "· Only as far as is easy." in squeezed(await stage.wait(20))
        text = squeezed(await stage.press("n"))
        assert "red band" not in text
        assert "Keep to it, and let go of" in text
        assert ("…" in text) is (size == SIZES[0])  # where the start page alone has all of it
        assert stage.mat.screen.query_one("#middle").region == place

    on_stage(schedule(Routine("day", items=[reach, long])), act, size=size)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ("Übungen", "Darauf achten", "Wann du aufhörst", "Notfall: hol sofort Hilfe")),
        (
            "es",
            ("Ejercicios", "Ten cuidado", "Cuándo parar", "Emergencia: busca ayuda de inmediato"),
        ),
    ],
)
def test_other_languages(language: str, words: tuple[str, ...]) -> None:
    """Headings, keys and prompts are in the language of the texts."""

    async def act(stage: Stage) -> None:
        said = {str(each.render()) for each in stage.mat.screen.query("#page Static")}
        assert said.issuperset(words)
        text = await stage.press("enter", "space")
        for english in ("Exercise ", "left", "Next", "Space", "leave", "Paused"):
            assert english not in text
        text = await stage.press("question_mark")
        for english in ("Keys", "pause", "leave", "close"):
            assert english not in text

    on_stage(bundled(language), act, size=(60, 14))


# --- the keys -----------------------------------------------------------------------------


def test_pausing_and_moving() -> None:
    """Space pauses and goes on, n and p move by exercises, the arrows by ten seconds."""

    async def act(stage: Stage) -> None:
        mat = stage.mat
        assert "start" in await stage.press("n")  # no place for it yet
        await stage.press("enter")
        await stage.wait(20)
        assert " Paused   Space goes on" in await stage.press("space")
        assert " Paused " in await stage.wait(3600)
        assert mat.player.moment(0).at_ms == 20_000
        await stage.press("right")
        assert mat.player.moment(0).at_ms == 30_000
        await stage.press("left", "left", "left", "left", "left")
        assert mat.player.moment(0).at_ms == 0
        assert "Next: Waiting" in await stage.press("n")
        assert "Paused" not in await stage.press("space")
        assert "Get ready: Reach" in squeezed(await stage.press("p"))
        await stage.press("n")
        text = await stage.wait(5)
        assert "Enter   when you are ready" in text
        assert "Lean on it" in await stage.press("r")
        assert mat.player.state is PlayerState.RUNNING
        await stage.press("r")
        assert mat.player.state is PlayerState.RUNNING

    on_stage(DAY, act, size=(60, 16))


def test_clicking() -> None:
    """The keys at the foot can be clicked."""

    async def act(stage: Stage) -> None:
        await stage.press("enter")
        await stage.wait(6)
        x = stage.lines[-1].index("Space")
        await stage.pilot.click("#keys", offset=(x - 3, 0))
        assert "Paused" in await stage.wait(0)

    on_stage(DAY, act)


def test_help_pauses() -> None:
    """The keys are explained while the routine is paused; a pause from before stays one."""

    async def act(stage: Stage) -> None:
        await stage.press("enter")
        assert "Ctrl-Z" in await stage.press("question_mark")
        states = [stage.mat.player.state]
        for keys in (["escape"], ["space", "question_mark", "question_mark"]):
            await stage.press(*keys)
            states.append(stage.mat.player.state)
        assert states == ["paused", "running", "paused"]

    on_stage(DAY, act)


def test_machine_that_slept() -> None:
    """After a gap the routine is paused and says so; the key that finds it out does no more."""

    async def act(stage: Stage) -> None:
        await stage.press("enter")
        await stage.wait(6)
        stage.clock.jump(0)
        stage.clock._now += 3_600_000_000
        text = await stage.press("n")
        assert "Paused" in text
        assert "The computer was away for" in text
        assert "Exercise 1 of 2" in text
        assert "The computer" not in await stage.press("space")

    on_stage(DAY, act)


def test_what_is_heard() -> None:
    """Events that come together are heard together, and a pause hushes."""

    async def act(stage: Stage) -> None:
        await stage.press("enter")
        [first] = stage.heard
        assert [each.kind for each in first] == ["routine.started", "rest.started"]
        await stage.press("space")
        assert stage.heard[1:] == [()]

    on_stage(DAY, act)


# --- the end ------------------------------------------------------------------------------


def test_end_of_everything() -> None:
    """Who has done all is told so, until Enter."""

    async def act(stage: Stage) -> None:
        await stage.press("enter")
        await stage.wait(DAY.duration_ms / 1000)
        text = stage.text
        assert "3:26 of 3:26" in text
        assert "Nothing left out" in text
        assert stage.heard[-1][-1].kind == "routine.ended"
        await stage.press("enter")

    mat = on_stage(DAY, act, hands_free=True)
    assert (mat.return_value, mat.player.state) == (0, PlayerState.FINISHED)


def test_honest_end() -> None:
    """What was skipped is named, in part where some of it was done, and counts for no time."""

    async def act(stage: Stage) -> None:
        await stage.press("enter")
        await stage.wait(25)
        await stage.press("n")
        await stage.press("n")
        text = await stage.wait(0)
        assert "0:25 of 3:26" in text
        assert "Reach (in part)" in text
        assert "·  Waiting" in text

    on_stage(DAY, act)


@pytest.mark.parametrize(("key", "status"), [("ctrl+q", 0), ("ctrl+c", 130)])
def test_leaving(key: str, status: int) -> None:
    """Each way out stops the player, whatever is on the screen."""

    async def act(stage: Stage) -> None:
        await stage.press("enter")
        await stage.wait(7)
        await stage.press("question_mark", key)

    mat = on_stage(DAY, act)
    assert (mat.return_value, mat.player.state, mat.reached_ms) == (
        status,
        PlayerState.STOPPED,
        7000,
    )


def test_terminal_that_is_gone() -> None:
    """Without its terminal the mat ends as by a hang-up, whatever goes wrong then."""

    async def act(stage: Stage) -> None:
        stage.mat.panic("no word of this")
        await stage.pilot.pause()

    assert on_stage(DAY, act, is_there=lambda: False).return_value == 128 + signal.SIGHUP


def test_late_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """A frame that falls due while the screens are being closed shows nothing."""
    frames: list[int] = []
    close_all = Mat._close_all

    async def close_slowly(mat: Mat) -> None:
        await close_all(mat)
        mat.show()
        frames.append(len(mat.screen_stack))

    async def act(stage: Stage) -> None:
        await stage.press("enter")

    monkeypatch.setattr(Mat, "_close_all", close_slowly)
    on_stage(DAY, act)
    assert frames == [0]


# --- what it is made of -------------------------------------------------------------------


def test_done() -> None:
    """What was done twice counts once."""
    done = Done()
    for begin, reach in ((0, 10), (5, 20), (30, 40), (20, 25), (50, 45)):
        done.begin(begin)
        done.reach(reach)
    assert done.within(0, 100) == 35
    assert done.within(20, 35) == 10


def test_letters() -> None:
    """A word is parted only where it is longer than a line, and no size is chosen that does so."""
    assert wrap("Donaudampfschiff ahoi", 8) == ["Donauda", "mpfschi", "ff ahoi"]
    texts = frozenset({"Knie", "Ferse"})
    assert [largest(texts, width, 9, tuple(Size)) for width in (60, 29, 15, 13)] == [
        *(Size.DOUBLE, Size.BLOCKS, Size.DOTS, Size.PLAIN),
    ]


def test_boot_timer() -> None:
    """The clock goes on while the machine sleeps, where the system has such a one."""
    loop = asyncio.new_event_loop()
    timer = BootTimer(loop)
    late = timer.call_at(timer.time() - 1, print)
    early = timer.call_at(timer.time() + 50, print)
    assert 49 < early.when() - late.when() <= 51
    loop.close()


def test_boot_timer_without_such_a_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere it is the monotonic clock."""
    monkeypatch.delattr(time, "CLOCK_BOOTTIME", raising=False)
    monkeypatch.setattr(time, "monotonic", lambda: 7.5)
    loop = asyncio.new_event_loop()
    assert BootTimer(loop).time() == 7.5
    loop.close()


# --- the figure ---------------------------------------------------------------------------


def test_figure() -> None:
    """The body moves through a step and lies still in a hold; a small screen has none."""
    back = supple.load_catalog("lower-back")

    async def act(stage: Stage) -> None:
        await stage.press("enter")
        figure = stage.mat.screen.query_one("#figure")
        drawn = []
        for seconds in (0, 4, 5.5, 0.5, 0.5, 3, 1):  # get ready, place the feet, roll, hold
            await stage.wait(seconds)
            drawn.append(str(figure.render()))
        ready, still_ready, *rolling, hold, still = drawn
        assert "⣿" in ready
        assert ready == still_ready
        assert len({*rolling, hold}) == 4
        assert hold == still
        await stage.pilot.resize_terminal(40, 12)
        await stage.wait(0)
        assert not figure.display

    on_stage(schedule(back.routines["in-bed"]), act)


def test_no_figure() -> None:
    """Where no step names a pose the place of the figure stays empty."""

    async def act(stage: Stage) -> None:
        await stage.press("enter")
        await stage.wait(6)
        assert str(stage.mat.screen.query_one("#figure").render()) == ""

    on_stage(DAY, act)


def test_real_figure() -> None:
    """Where the terminal shows pictures the body is painted, moving, on the ground of the mat."""
    needs_module("resvg_py")
    from PIL import Image
    from resvg_py import svg_to_bytes

    class Shows(Static):
        image: Image.Image | None = None

    back = supple.load_catalog("lower-back")
    still = Exercise(
        "still", name="Still", kind="stretch", position="sitting", cycle=[Step("Sit")]
    )
    timeline = schedule(Routine("day", items=[back["knee-rolls"], still]))
    shows = Shows()
    figure = Picture(Shown(timeline), shows, svg_to_bytes, (8, 16))

    async def act(stage: Stage) -> None:
        await stage.press("enter")
        painted = []
        for seconds in (0, 4, 5.5, 0.5, 0.5, 3, 1):  # get ready, place the feet, roll, hold
            await stage.wait(seconds)
            assert shows.image is not None
            painted.append(shows.image)
        ready, still_ready, *_, hold, still = painted
        assert ready is still_ready
        assert len({each.tobytes() for each in painted}) == 5
        assert hold is still
        width, height = figure.content_size
        assert hold.size[0] == width * 8
        assert abs(hold.size[1] - height * 16) <= 1
        assert hold.convert("RGB").getpixel((0, 0)) == (0x14, 0x17, 0x1A)
        await stage.press("d")
        assert shows.image is not None
        assert shows.image.convert("RGB").getpixel((0, 0)) == (0xFA, 0xF8, 0xF3)
        await stage.press("n")
        await stage.press("n")
        assert shows.image is None

    on_stage(timeline, act, figure=figure)


@pytest.mark.parametrize(
    ("shows", "kind"), [("TGPImage", Picture), ("SixelImage", Picture), ("UnicodeImage", Figure)]
)
def test_which_figure(shows: str, kind: type, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal with a protocol for pictures gets the real figure, another one the drawn one."""
    needs_module("textual_image")
    from textual_image import renderable

    monkeypatch.setattr(renderable, "Image", getattr(renderable, shows))
    assert type(figure_for(Shown(DAY))()) is kind


def test_figure_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """What paints pictures need not be installed."""
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    assert type(figure_for(Shown(DAY))()) is Figure
