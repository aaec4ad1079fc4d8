"""The page in a real browser: a handout without a script, and with one a player that is exact."""

from __future__ import annotations

import json
import re
import subprocess
from base64 import b64encode
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

import supple
from supple import (
    Advice,
    Exercise,
    ExportError,
    Hold,
    Phrases,
    Player,
    Prescription,
    Routine,
    Step,
    schedule,
)
from supple._phrases import LANGUAGES, phrases_for
from supple._player.states import COMMANDS
from supple.export import html
from supple.export._page.streams import page_data
from supple.narration import narrate
from tests.needs import needs, needs_module

from .conftest import bundled, everything
from .test_player_js import PAGE, WAITS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    Visit = Callable[..., Page]

EN = phrases_for("en")

HEARS = """
window.told = [];
addEventListener("DOMContentLoaded", () => {
  const status = document.getElementById("status");
  const note = () => told.push([performance.now(), status.textContent]);
  new MutationObserver(note).observe(status, { childList: true });
});
"""
"""Notes what the status region says, and when by the clock of the page."""


def text(page: Page, id: str) -> str:
    """Return what an element says."""
    return page.locator(f"#{id}").inner_text()


def play_for(page: Page, ms: int) -> None:
    """Let time pass in a page."""
    page.clock.run_for(ms)


def start_speaking(page: Page) -> None:
    """Choose the voice of the device, and start."""
    page.click("#settings-key")
    page.check("#speech")
    page.click("#settings-close")
    page.click("#start")


# --- the file -----------------------------------------------------------------------------


def test_it_is_small_and_the_same_each_time() -> None:
    """The bundled routine in three languages and five levels is below 200 KiB."""
    page = everything()
    assert page == everything()
    assert len(page.encode()) <= 200 * 1024
    assert html.lost(bundled("en")) == ("what the exercises are good for", "the links")


def test_pictures_of_a_catalog_are_lost() -> None:
    """Pictures are files of their own, which the page does not have."""
    picture = supple.Picture("reach.png", alt="Somebody reaches up")
    reach = Exercise(
        "reach",
        name="Reach",
        kind="stretch",
        position="standing",
        cycle=[Hold("Keep", seconds=4)],
        pictures=[picture],
    )
    assert html.lost(schedule(Routine("day", items=[reach]))) == ("the pictures",)


def test_too_much_for_a_page_and_what_is_no_translation() -> None:
    """A page holds a bounded number of events, and the same routine in each language."""
    reach = Exercise(
        "reach",
        name="Reach",
        kind="stretch",
        position="standing",
        reps=10**9,
        cycle=[Hold("Keep", seconds=4)],
    )
    with pytest.raises(ExportError, match=r"^html: must have at most 20000 events \(got 70000"):
        html.page(schedule(Routine("day", items=[reach])))
    few = evolve(reach, reps=1)
    one, two = (
        schedule(Routine("day", items=[evolve(each, language=language)], language=language))
        for each, language in ((few, "en"), (evolve(few, id="stretch"), "de"))
    )
    assert (one.count(), one.duration_ms) == (two.count(), two.duration_ms)
    with pytest.raises(ExportError, match=r"^html\.translations: must be the same routine"):
        html.page(one, translations=[two])
    other = bundled("de", "in-bed")
    with pytest.raises(ExportError) as caught:
        html.page(bundled("en"), translations=[other])
    assert str(caught.value) == "html.translations: must be the same routine (got ['en', 'de'])"


def test_the_script_is_its_modules() -> None:
    """The inline script is the modules behind one another, each name declared once."""
    script = html._script()
    done = subprocess.run(
        [needs("node"), "--check", "--input-type=module", "-"],
        input=script,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    assert "import " not in re.sub(r"`[^`]*`", "", script)


def test_only_what_the_file_holds_may_run() -> None:
    """The policy allows the page's own script and style by their hashes, and nothing else."""
    page = html.page(bundled("en"))
    [policy] = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    [style] = re.findall(r"<style>(.*?)</style>", page, flags=re.DOTALL)
    [script] = re.findall(r'<script type="module">(.*?)</script>', page, flags=re.DOTALL)
    style, script = (
        b64encode(sha256(each.encode()).digest()).decode() for each in (style, script)
    )
    assert unescape(policy).split("; ") == [
        "default-src 'none'",
        f"script-src 'sha256-{script}'",
        f"style-src 'sha256-{style}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]


# --- without a script -----------------------------------------------------------------------


class _Ids(HTMLParser):
    """Lists the identifiers of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the identifier of an element."""
        del tag
        self.found += [value or "" for name, value in attrs if name == "id"]


def test_no_identifier_stands_twice() -> None:
    """Each element that is asked for is the only one of its name."""
    ids = _Ids()
    ids.feed(everything())
    assert len(ids.found) == len({*ids.found})


def test_without_a_script_it_is_a_complete_handout(visit: Visit) -> None:
    """Doses in words, what to do, cautions, advice and sources are there, and no dead button."""
    page = visit(java_script_enabled=False)
    back = supple.load_catalog("lower-back")
    shown = page.locator("body").inner_text()
    for exercise in back.exercises.values():
        assert exercise.name in shown
        for caution in exercise.cautions:
            assert caution in shown
        for segment in (*exercise.setup, *exercise.cycle, *exercise.finish):
            assert segment.text.replace("{side}", "left") in shown
    for advice in back.routines["lower-back"].advice:
        assert advice.text in shown
    for words in ("8–10 × hold 5–10 s", "hold 15–20 s, each side", "5–8 times", EN.emergency):
        assert words in shown
    assert page.locator("button:visible").count() == 0
    assert "Knierollen" not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_six_exercises_print_on_one_page(language: str, browser: Browser, tmp_path: Path) -> None:
    """On A4 the bundled routine is one page, with everything on it."""
    page = browser.new_page(java_script_enabled=False)
    page.set_content(html.page(bundled(language)))
    path = tmp_path / "sheet.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    page.close()
    told = subprocess.run([needs("pdfinfo"), path], capture_output=True, check=True, text=True)
    assert re.search(r"^Pages: +1$", told.stdout, re.MULTILINE)
    assert "(A4)" in told.stdout
    read = subprocess.run(
        [needs("pdftotext"), "-raw", path, "-"], capture_output=True, check=True, encoding="utf-8"
    )
    words = " ".join(read.stdout.split())
    assert phrases_for(language).disclaimer in words
    assert phrases_for(language).emergency in words
    address = "https://www.nhsinform.scot/illnesses-and-conditions/muscle-bone-and-joints/"
    assert address in words.replace(" ", "")


# --- the player -----------------------------------------------------------------------------


def test_what_is_shown_and_when_is_the_stream(visit: Visit) -> None:
    """With the clock of the page advanced, each segment is told at its instant, to the end."""
    page = visit(before=HEARS)
    timeline = bundled("en")
    page.click("#start")
    start_ms = page.evaluate("told[0][0]")
    play_for(page, timeline.duration_ms + 10)
    told = page.evaluate("told")
    expected = []
    for segment in timeline.segments():
        seconds = segment.duration_ms // 1000
        hold = "hold, " if segment.kind == "hold" else ""
        expected.append([segment.start_ms, f"{segment.text}. {hold}{seconds} s"])
    expected.append([timeline.duration_ms, "Done. 6:26 of 6:26"])
    assert [[round(ms - start_ms), said] for ms, said in told] == expected
    assert page.locator("#ended-title").inner_text() == "Done"
    assert page.locator("#ended-left").is_hidden()


def test_what_stands_on_the_page_at_an_instant(visit: Visit) -> None:
    """Exercise, side, what to do, what is left and what comes next stand there."""
    page = visit()
    page.click("#start")
    play_for(page, 15_100)
    shown = {id: text(page, id) for id in ("count", "exercise", "instruction", "side", "next")}
    assert shown == {
        "count": "Exercise 1 of 6",
        "exercise": "Knee rolls",
        "instruction": "Keep both shoulders flat and breathe normally",
        "side": "LEFT",
        "next": "Bring your knees back to the middle",
    }
    assert text(page, "phase") == "HOLD"
    assert text(page, "seconds") == "7"
    page.click("#skip")
    assert (text(page, "count"), text(page, "exercise")) == ("Exercise 2 of 6", "Pelvic tilts")
    page.click("#back")
    assert text(page, "instruction") == "Get ready: Knee rolls, lying on your back"
    page.locator("#seek").fill("200000")
    assert text(page, "instruction") == "Next: Cat-camel, on all fours"
    assert text(page, "elapsed") == "3:20"


def test_load_and_note_stand_with_the_exercise(visit: Visit, tmp_path: Path) -> None:
    """What an exercise is done with, and its note, are there from the lead-up on."""
    path = tmp_path / "noted.html"
    pages = []
    for language, note in (("en", "Easy."), ("de", "Sacht.")):
        back = supple.load_catalog("lower-back", language=language)
        noted = Prescription(back["bridge"], note=note, load="2 kg")
        routine = Routine("day", items=[noted, back["knee-rolls"]], language=language)
        pages.append(schedule(routine, phrases=back.phrases))
    path.write_text(html.page(pages[0], translations=pages[1:]), encoding="utf-8")
    page = visit(path)
    page.click("#settings-key")
    page.select_option("#language", "de")
    page.click("#settings-close")
    page.click("#start")
    assert text(page, "remark") == "mit 2 kg · Sacht."
    play_for(page, 9_000)
    assert text(page, "remark") == "mit 2 kg · Sacht."
    page.click("#skip")
    assert text(page, "remark") == ""


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_buttons_have_a_capital_letter(language: str) -> None:
    """What is said in a line of keys in a terminal stands by itself on the buttons of a page."""
    words = phrases_for(language)
    labels = page_data([bundled(language)])["languages"][0]["labels"]
    for id in ("start", "pause", "resume", "skip", "back", "ready"):
        assert labels[id] == words[id][0].upper() + words[id][1:]
    assert labels["start"] == {"en": "Start", "de": "Anfangen", "es": "Empezar"}[language]
    assert labels["not_done"] == words.not_done


def test_a_long_routine_has_hours(visit: Visit, tmp_path: Path) -> None:
    """From an hour on the page tells times as everything else does."""
    path = tmp_path / "long.html"
    stay = Exercise(
        "stay",
        name="Stay",
        kind="relaxation",
        position="lying-on-back",
        cycle=[Hold("Stay", seconds=4500)],
    )
    path.write_text(html.page(schedule(Routine("long", items=[stay]))), encoding="utf-8")
    page = visit(path)
    page.click("#start")
    assert text(page, "total") == "1:15:05"
    page.locator("#seek").fill("3609000")
    assert text(page, "elapsed") == "1:00:09"
    page.locator("#seek").fill("3599000")
    assert text(page, "elapsed") == "59:59"


def test_nothing_jumps(visit: Visit) -> None:
    """No part of the player moves or changes its size from one segment to the next."""
    page = visit()
    page.click("#start")
    parts = ("exercise", "phase", "instruction", "seconds", "seek", "toggle", "skip")
    places = set()
    for _ in range(14):
        play_for(page, 13_000)
        tops = [page.evaluate(f"{id}.getBoundingClientRect().top") for id in parts]
        places.add(tuple(map(round, tops)))
    assert len(places) == 1


def test_the_end_is_honest(visit: Visit) -> None:
    """The last page tells the time that was played and what was left out, and when to stop."""
    page = visit()
    page.click("#start")
    play_for(page, 50_000)
    page.click("#skip")
    play_for(page, 2_000)
    page.click("#stop")
    assert text(page, "ended-title") == "Stopped"
    assert text(page, "ended-time") == "0:52 of 6:26"
    assert text(page, "ended-left") == (
        "Left out: Pelvic tilts, Single knee hug, Cat-camel, Bridge, Child's pose"
    )
    assert text(page, "ended-advice").splitlines() == [
        "Stop an exercise at once if it brings severe pain.",
        "Stop an exercise if it brings a new pain.",
    ]
    tops = [
        page.evaluate(f"document.getElementById('{id}').getBoundingClientRect().top")
        for id in ("ended-title", "ended-time", "ended-left", "ended-advice", "again")
    ]
    assert tops == sorted({*tops})  # one below the other
    page.click("#sheet")
    assert page.locator("h1:visible").inner_text() == "Lower back"
    assert page.locator("#player").is_hidden()


def test_by_keyboard_alone(visit: Visit) -> None:
    """Start, pause, going on, skipping and going back need no pointer."""
    page = visit(width=1440, height=900)
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.id") != "start":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    play_for(page, 6_000)
    page.keyboard.press("Space")  # the key that has the focus
    assert (text(page, "toggle"), text(page, "notice")) == ("Go on", "Paused")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Space")
    assert text(page, "toggle") == "Pause"
    page.keyboard.press("ArrowRight")
    assert text(page, "exercise") == "Pelvic tilts"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert text(page, "exercise") == "Knee rolls"
    page.keyboard.press("Escape")
    assert text(page, "notice") == "Paused"
    page.keyboard.press("Control+ArrowRight")
    page.keyboard.press("x")
    page.keyboard.press("Enter")
    assert text(page, "exercise") == "Knee rolls"


def test_levels_and_languages(visit: Visit) -> None:
    """Level and language are chosen in the settings, and hold for sheet and player."""
    page = visit()
    page.click("#settings-key")
    page.locator("#level").fill("4")
    assert text(page, "level-words").startswith("full dose · ")
    page.locator("#language").select_option("de")
    assert text(page, "settings-title") == "Einstellungen"
    page.click("#settings-close")
    assert page.locator("h1:visible").inner_text() == "Unterer Rücken"
    assert page.title() == "Unterer Rücken"
    assert page.locator("html").get_attribute("lang") == "de"
    page.click("#start")
    full = supple.load_catalog("lower-back", language="de")
    timeline = schedule(full.routines["lower-back"], level=1, phrases=full.phrases)
    minutes, seconds = divmod(timeline.duration_ms // 1000, 60)
    assert text(page, "total") == f"{minutes}:{seconds:02}"
    assert text(page, "instruction") == timeline.at(0).text
    page.reload()
    assert page.locator("h1:visible").inner_text() == "Unterer Rücken"


def test_the_last_place_is_offered_again(visit: Visit) -> None:
    """Who comes back goes on where they were, or starts anew."""
    page = visit()
    assert page.locator("#resume").is_hidden()
    page.click("#start")
    play_for(page, 65_000)
    page.click("#toggle")
    page.reload()
    assert text(page, "resume") == "Go on at 1:05"
    page.click("#resume")
    assert text(page, "elapsed") == "1:05"
    assert text(page, "exercise") == "Pelvic tilts"


def test_a_page_that_may_keep_nothing(visit: Visit) -> None:
    """Where nothing can be kept, or what is kept is not ours, the page works all the same."""
    forbids = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } });"
    page = visit(before=forbids)
    page.click("#start")
    assert text(page, "exercise") == "Knee rolls"
    page = visit(before='Storage.prototype.getItem = () => \'{"settings": {"level": 99}}\';')
    page.click("#start")
    assert text(page, "total") == "6:26"


def test_a_step_until_ready_waits(visit: Visit, tmp_path: Path) -> None:
    """At a step until ready the page waits, says so, and goes on when it is told."""
    path = tmp_path / "waits.html"
    path.write_text(html.page(schedule(WAITS)), encoding="utf-8")
    page = visit(path)
    page.click("#start")
    play_for(page, 60_000)
    assert text(page, "instruction") == "Bend to the left"
    assert (text(page, "notice"), text(page, "seconds")) == ("Take your time", "…")
    page.click("#ready")
    assert text(page, "instruction") == "Keep"
    assert page.locator("#ready").is_hidden()


def test_a_device_that_slept_is_paused(visit: Visit) -> None:
    """After a gap the page is paused where it was, and says why."""
    page = visit()
    page.click("#start")
    play_for(page, 10_000)
    page.clock.fast_forward(3_600_000)
    assert text(page, "notice") == "Paused: the device was asleep"
    assert text(page, "elapsed") in {"0:10", "0:11"}


DEVICE = """
window.asked = [];
window.handlers = {};
let held;
const lock = () => {
  asked.push("lock");
  held = { released: false, release: () => Promise.resolve(asked.push("free")) };
  return Promise.resolve(held);
};
Object.defineProperty(navigator, "wakeLock", { value: { request: lock } });
navigator.mediaSession.setActionHandler = (name, handler) => {
  if (name === "seekto") throw new TypeError("unknown");
  handlers[name] = handler;
};
let hidden = false;
Object.defineProperty(document, "hidden", { get: () => hidden });
window.hide = (is) => {
  hidden = is;
  held.released ||= is; // as a browser does by itself
  document.dispatchEvent(new Event("visibilitychange"));
};
Object.defineProperty(navigator, "audioSession", { value: { type: "auto" } });
"""


def test_the_device_stays_awake_and_its_keys_work(visit: Visit) -> None:
    """The wake lock is asked for again after the page was hidden; media keys drive the player."""
    page = visit(before=DEVICE)
    page.click("#start")
    assert page.evaluate("asked") == ["lock"]
    page.evaluate("hide(true); hide(false)")
    assert page.evaluate("asked") == ["lock", "lock"]
    page.evaluate("handlers.pause()")
    assert text(page, "notice") == "Paused"
    assert page.evaluate("asked.at(-1)") == "free"
    assert page.evaluate("navigator.mediaSession.playbackState") == "paused"
    page.evaluate("handlers.play(); handlers.nexttrack()")
    assert text(page, "exercise") == "Pelvic tilts"
    assert page.evaluate("navigator.mediaSession.metadata.title") == "Pelvic tilts"
    assert page.evaluate("asked.at(-1)") == "lock"
    page.evaluate("handlers.previoustrack(); handlers.previoustrack()")
    assert text(page, "exercise") == "Knee rolls"


VOICES = """
window.spoken = [];
const voices = [
  { lang: "en-GB", localService: false },
  { lang: "en_US", localService: true, name: "near" },
];
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => voices,
  speak: (said) => spoken.push([said.text, said.voice.name]),
  cancel: () => {},
  addEventListener: () => {},
}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def test_other_sound_is_silenced_only_on_demand(visit: Visit) -> None:
    """The device's other sound goes on, unless the setting, where there is one, says not to."""
    page = visit(before=DEVICE)
    types = []
    for choose in ("#silence", None, "#silence"):
        page.click("#settings-key")
        if choose:
            page.click(choose)
        page.click("#settings-close")
        page.click("#start")
        types.append(page.evaluate("navigator.audioSession.type"))
        page.click("#stop")
        page.click("#sheet")
    assert types == ["playback", "playback", "auto"]


def test_it_speaks_the_narration_with_a_local_voice(visit: Visit) -> None:
    """Speech says what the narration says, by a voice of the device."""
    page = visit(before=VOICES)
    start_speaking(page)
    play_for(page, 70_000)
    expected = [each.text for each in narrate(bundled("en")).utterances(0, 70_000)]
    assert page.evaluate("spoken") == [[each, "near"] for each in expected]


def test_a_jump_is_told_in_the_time_that_is_left(visit: Visit) -> None:
    """After a jump speech says what a narration says of it: a shorter form, or nothing."""
    page = visit(before=VOICES)
    start_speaking(page)
    timeline = bundled("en")
    narration, player = narrate(timeline), Player(timeline)
    player.start(0)
    expected = []
    for segment in timeline.segments():
        for left_ms in (segment.duration_ms - 500, 2_000, 1_000):
            if not 0 < left_ms < segment.duration_ms:
                continue
            said = [narration.at(each) for each in player.seek(0, to_ms=segment.end_ms - left_ms)]
            expected += [each.text for each in said if each][-1:]
            page.locator("#seek").fill(str(segment.end_ms - left_ms))
    told = [each for each, _ in page.evaluate("spoken")]
    assert told[1:] == expected
    assert {"Switch sides", "Get ready: Knee rolls, lying on your back. First: left"} <= {*told}
    assert len(expected) > 50


def test_a_language_without_a_voice_is_not_spoken(visit: Visit) -> None:
    """Speech cannot be chosen where the device has no voice of its own for a language."""
    page = visit(before=VOICES)
    start_speaking(page)
    page.click("#stop")
    page.click("#sheet")
    page.click("#settings-key")
    page.locator("#language").select_option("de")
    assert page.locator("#speech").is_disabled()
    assert page.locator("#no-voice").is_visible()


# --- what is heard --------------------------------------------------------------------------

RENDER = """
async ({ source, events, sounds }) => {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { plan, sound } = await import(url);
  const context = new OfflineAudioContext(1, 8000 * 24, 8000);
  const ahead = { fromMs: 3000, untilMs: 24_000, audioNow: 1 };
  for (const tone of plan(events, ahead)) sound(context, tone, sounds);
  const samples = (await context.startRendering()).getChannelData(0);
  const onsets = [];
  let loudest = 0;
  let quiet = 0;
  samples.forEach((sample, i) => {
    loudest = Math.max(loudest, Math.abs(sample));
    if (Math.abs(sample) > 0.01) {
      if (quiet > 400) onsets.push(i / 8000);
      quiet = 0;
    } else quiet += 1;
  });
  return { onsets, loudest };
}
"""


def unpacked(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the instants and the tones of the events of a page's first stream."""
    contents, [packed, *_] = data["contents"], data["streams"]
    tone = contents["names"].index("tone")
    at_ms, events = 0, []
    for i in range(0, len(packed["events"]), 3):
        wait, content, _ = packed["events"][i : i + 3]
        at_ms += wait * packed["unit_ms"]
        row = contents["rows"][content]
        has_tone = tone < len(row) and row[tone] < 0
        sounds = {"tone": contents["words"][-2 - row[tone]]} if has_tone else {}
        events.append({"at_ms": at_ms, **sounds})
    return events


def test_tones_sound_at_their_instants(browser: Browser) -> None:
    """Rendered sound begins where the narration has a tone, and is not too loud."""
    timeline = bundled("en")
    data = page_data([timeline])
    events = unpacked(data)
    tones = [each for each in events if "tone" in each]
    assert tones == [
        {"at_ms": tone.at_ms, "tone": tone.kind} for tone in narrate(timeline).tones()
    ]
    page = browser.new_page()
    source = (PAGE / "sound.js").read_text(encoding="utf-8")
    heard = page.evaluate(RENDER, {"source": source, "events": events, "sounds": data["sounds"]})
    page.close()
    expected = [tone["at_ms"] / 1000 - 2 for tone in tones if 3000 <= tone["at_ms"] <= 24_000]
    assert heard["onsets"] == pytest.approx(expected, abs=0.02)
    assert 0.1 < heard["loudest"] < 0.9


# --- for everybody --------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing(scheme: str, width: int, visit: Visit) -> None:
    """Sheet, settings, player and end have no violation that axe-core knows of."""
    needs_module("axe_playwright_python")
    import axe_playwright_python

    axe = Path(axe_playwright_python.__path__[0], "axe.min.js").read_text(encoding="utf-8")
    page = visit(width=width, height=900, color_scheme=scheme)
    page.evaluate(axe)

    def violations() -> list[Any]:
        page.evaluate("axe.reset()")
        page.clock.resume()
        found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        return [
            (each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]
        ]

    assert violations() == []
    page.click("#settings-key")
    assert violations() == []
    page.click("#settings-close")
    page.click("#start")
    page.locator("#seek").fill("30000")
    assert violations() == []
    page.click("#stop")
    assert violations() == []


HOSTILE = [
    "</script><script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    '"><svg onload=alert(1)>',
    "<!--",
    "]]>",
    "{n} {total} &amp; &lt;",
    "</style><style>*{display:none}",
    "javascript:window.hacked=1",
    "${window.hacked = 1}`",
]


@pytest.fixture(scope="module")
def hostile_page(browser: Browser) -> Any:
    """Return a page for many texts."""
    page = browser.new_page()
    yield page
    page.close()


@settings(max_examples=settings().max_examples // 5, deadline=None)
@given(said=st.sampled_from(HOSTILE) | st.text(min_size=1, max_size=30))
def test_text_stays_text(said: str, hostile_page: Page) -> None:
    """Whatever a catalog says is shown as it stands, and nothing of it runs."""
    try:
        plain = said.replace("{", "(").replace("}", ")")  # what no step may hold
        reach = Exercise(
            "reach",
            name=said,
            kind="stretch",
            position="standing",
            cycle=[Step(plain, seconds=2)],
            cautions=[said],
        )
        advice = [Advice("stop", text=said, source=said)]
        routine = Routine("day", name=said, purpose=said, items=[reach], advice=advice)
    except supple.ModelError:
        return
    page = hostile_page
    page.goto("about:blank")  # what runs in the page before ends
    page.set_content(html.page(schedule(routine, phrases=Phrases())))
    shown = page.evaluate(
        """() => [
            document.querySelector("h1").textContent,
            document.querySelector(".exercise li").firstChild.textContent,
            document.querySelector(".stop li").textContent,
            document.title.length > 0,
            window.hacked ?? null,
            document.scripts.length,
            document.querySelectorAll("img, style, link, iframe, object, embed").length,
        ]"""
    )
    assert shown == [said, plain, said, True, None, 2, 1]
    page.evaluate("document.getElementById('start').click()")
    assert page.evaluate("document.getElementById('exercise').textContent") == said
    assert page.evaluate("window.hacked ?? null") is None


def test_the_data_is_what_the_library_says() -> None:
    """The tables of the page are those of the library, and nothing ends their element early."""
    page = everything()
    [found] = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page)
    data = json.loads(found)
    assert "<" not in found
    paused = COMMANDS[supple.PlayerState.PAUSED]
    assert data["tables"]["commands"]["paused"] == {
        command.value: state.value for command, state in paused.items() if command != "set-speed"
    }
    assert [each["name"] for each in data["languages"]] == ["English", "Deutsch", "Español"]


# --- figures --------------------------------------------------------------------------------


def path_of(page: Page, part: str) -> str:
    """Return the path of a part of the figure that the player shows."""
    found = page.locator(f"#figure [data-part='{part}']").get_attribute("d")
    assert found is not None
    return found


def test_every_exercise_is_drawn(visit: Visit) -> None:
    """The sheet has two pictures of each exercise, with words for who does not see them."""
    page = visit(java_script_enabled=False)
    cards = page.locator(".sheet:visible .exercise")
    assert cards.count() == 6
    for i in range(6):
        pictures = cards.nth(i).get_by_role("img")
        assert pictures.count() == 2
        for n in range(2):
            box = pictures.nth(n).bounding_box()
            assert box is not None
            assert box["width"] > 100
    described = {pose.alt for pose in supple.load_catalog("lower-back").poses.values()}
    labels = [each.get_attribute("aria-label") for each in cards.get_by_role("img").all()]
    assert {*labels} <= described


def test_the_figure_moves_between_its_poses(visit: Visit) -> None:
    """In a step the body is on its way, in a hold it keeps still, and each side has its own."""
    page = visit()
    page.click("#start")
    play_for(page, 9_100)  # "Roll both knees slowly to the left"
    begun = path_of(page, "left leg")
    play_for(page, 1_000)
    under_way = path_of(page, "left leg")
    play_for(page, 3_000)
    held = path_of(page, "left leg")
    assert len({begun, under_way, held}) == 3
    play_for(page, 5_000)
    assert path_of(page, "left leg") == held
    page.locator("#seek").fill("35000")  # the hold on the right
    play_for(page, 100)
    assert path_of(page, "left leg") != held
    assert page.locator("#figure [data-part^=arrow]").count() == 0
    page.locator("#seek").fill("46000")  # "Next: Pelvic tilts" shows how these begin
    play_for(page, 100)
    coming = path_of(page, "trunk")
    page.locator("#seek").fill("60000")
    play_for(page, 100)
    assert path_of(page, "trunk") != coming


def test_with_less_motion_it_goes_from_pose_to_pose(visit: Visit) -> None:
    """Who asked for less motion sees the pose in which a step ends, from its beginning on."""
    page = visit(reduced_motion="reduce")
    page.click("#start")
    play_for(page, 9_100)
    begun = path_of(page, "left leg")
    play_for(page, 2_800)
    assert path_of(page, "left leg") == begun


def test_a_routine_without_poses_has_no_figure(visit: Visit, tmp_path: Path) -> None:
    """Where nothing is known of a body, nothing is drawn, and all else works."""
    path = tmp_path / "bare.html"
    path.write_text(html.page(schedule(WAITS)), encoding="utf-8")
    page = visit(path)
    assert page.get_by_role("img").count() == 0
    page.click("#start")
    play_for(page, 5_100)
    assert page.locator("#figure path").count() == 0
    assert text(page, "instruction") == "Stand"
