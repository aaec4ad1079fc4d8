"""Sound: decoded by ffmpeg, measured, and compared with the stream."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import wave
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given

import supple
from supple import Circuit, ExportError, Hold, MissingExtraError, Step, load_catalog, schedule
from supple.export import m4b, mp3, opus, wav, write_file

from ..laws import share
from ..needs import needs, needs_module
from .routines import exercise, routine, texts

needs_module("av")
needs_module("numpy")

import numpy as np  # noqa: E402 - as above

from supple._voices import SystemVoice  # noqa: E402 - as above
from supple.export._sound import _voices  # noqa: E402 - as above
from supple.export._sound._mix import AFTER_TONE_MS  # noqa: E402 - as above
from supple.export._sound._tones import tone  # noqa: E402 - as above
from supple.narration import ToneKind, narrate  # noqa: E402 - as above

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from supple import Timeline

FORMATS = {"m4b": m4b, "mp3": mp3, "opus": opus, "wav": wav}
RATE = 48_000


def written(to: Any, timeline: Timeline, **options: Any) -> bytes:
    """Return a timeline as a file of sound."""
    stream = io.BytesIO()
    to.write(timeline, stream, **options)
    return stream.getvalue()


def heard(file: Path) -> Any:
    """Return what is heard when a file is played, by a decoder of its own."""
    command = [needs("ffmpeg"), "-v", "error", "-i", str(file)]
    command += ["-f", "f32le", "-ac", "1", "-ar", str(RATE), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    return np.frombuffer(done.stdout, dtype=np.float32)


def onsets(sound: Any, *, silence_ms: int = 100) -> list[int]:
    """Return the milliseconds at which something is heard after some silence."""
    per_ms = np.abs(sound[: len(sound) // 48 * 48]).reshape(-1, 48).max(axis=1)
    loud = np.flatnonzero(per_ms > 0.02)
    return [int(ms) for ms, gap in zip(loud, np.diff(loud, prepend=-1000), strict=True)
            if gap > silence_ms]  # fmt: skip


def a_voice(seconds: float) -> Callable[[str, str, float], bytes]:
    """Return a voice that takes so long for any text at its usual pace, as a hum."""

    def speak(text: str, language: str, speed: float) -> bytes:
        del text, language
        hum = np.sin(np.arange(round(16_000 * seconds / speed)) * 0.2) * 12_000
        return wav_file(hum)

    return speak


def wav_file(samples: Any) -> bytes:
    """Return samples at 16 kHz as a file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setparams((1, 2, 16_000, 0, "NONE", ""))
        writer.writeframes(np.asarray(samples, dtype="<i2").tobytes())
    return file.getvalue()


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    """Return a minute and more with steps, holds, rests and two sides."""
    reach = exercise(
        "reach", cycle=[Step("Reach up", seconds=3), Hold("Keep", seconds=7.25)], sides="alternate"
    )
    rock = exercise("rock", name="Rock", cycle=[Step("Rock", seconds=2.5)], reps=3)
    return schedule(routine(reach, rock))


# --- what is heard ----------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_tones_sound_when_they_are_due(name: str, timeline: Timeline, tmp_path: Path) -> None:
    """In every format each tone begins within 10 ms of its instant, and nothing else does."""
    file = tmp_path / f"a.{name}"
    file.write_bytes(written(FORMATS[name], timeline, speak=None))
    sound = heard(file)
    due = [each.at_ms for each in narrate(timeline).tones()]
    found = onsets(sound)
    assert len(found) == len(due)
    assert max(abs(ms - at) for ms, at in zip(found, due, strict=True)) <= 10
    assert np.abs(sound).max() < 0.5
    assert len(sound) / RATE == pytest.approx(timeline.duration_ms / 1000 + 1, abs=0.1)


def test_a_hold_begins_and_ends_with_tones_of_its_own(timeline: Timeline) -> None:
    """The beginning of a hold, its end, a step, a rest and a second of a countdown differ."""
    kinds = [each.kind for each in narrate(timeline).tones()]
    first_side = kinds[kinds.index(ToneKind.HOLD) :]
    assert first_side[:5] == ["hold", "countdown", "countdown", "countdown", "hold-ends"]
    samples = {kind: tone(kind) for kind in ToneKind}
    pitches = {
        kind: [
            round(float(np.abs(np.fft.rfft(part)).argmax() / len(part) * 24_000), -1)
            for part in np.array_split(each, 3)
        ]
        for kind, each in samples.items()
    }
    assert len({*map(tuple, pitches.values())}) == len(pitches)
    assert pitches[ToneKind.HOLD][0] < pitches[ToneKind.HOLD][2]
    assert pitches[ToneKind.HOLD_ENDS][0] > pitches[ToneKind.HOLD_ENDS][2]
    assert all(abs(each[0]) < 0.001 and abs(each[-1]) < 0.01 for each in samples.values())


def test_the_voice_speaks_in_its_slots(timeline: Timeline, tmp_path: Path) -> None:
    """Each text begins when its tone is over, and is over itself before the next one."""
    file = tmp_path / "a.wav"
    file.write_bytes(written(wav, timeline, speak=a_voice(1.0)))
    sound = heard(file)
    for said in narrate(timeline):
        begins = (said.at_ms + AFTER_TONE_MS) * RATE // 1000
        level = np.abs(sound[begins : begins + RATE * 98 // 100]).reshape(98, -1).max(axis=1)
        assert level.min() > 0.5, said
    assert np.abs(sound).max() < 0.95


def test_who_has_little_time_speaks_faster(tmp_path: Path) -> None:
    """A text that is too long at the usual pace is said faster, and begins with its tone."""
    timeline = schedule(routine(exercise(cycle=[Step("Go", seconds=2)])))
    speeds: list[float] = []
    hum = a_voice(2.6)

    def speak(text: str, language: str, speed: float) -> bytes:
        assert language == "en"
        speeds.append(speed if text == "Go" else 0)
        return hum(text, language, speed)

    file = tmp_path / "a.wav"
    file.write_bytes(written(wav, timeline, speak=speak))
    assert sorted({*speeds}) == [0, 1, 1.4]


def test_a_voice_that_hurries_too_little_is_asked_again() -> None:
    """Where a voice is not as fast as it was asked to be, it is asked for the fastest pace."""
    timeline = schedule(routine(exercise(cycle=[Step("Go", seconds=2)])))
    speeds = []

    def speak(text: str, language: str, speed: float) -> bytes:
        speeds.append(speed)
        return a_voice(1 if text != "Go" or speed >= 1.6 else 2.6)(text, language, 1)

    written(wav, timeline, speak=speak)
    assert speeds.count(1.6) == 1


def test_what_cannot_be_said_is_cut_off_and_told(tmp_path: Path) -> None:
    """A text that is too long at the fastest pace fades where its time is over, with a warning."""
    timeline = schedule(
        routine(exercise(cycle=[Step("Go on", seconds=2), Hold("Keep", seconds=9)]))
    )
    with pytest.warns(UserWarning, match=r"^'Go on' cannot be said in 2000 ms and is cut off$"):
        file = written(wav, timeline, speak=a_voice(4))
    (tmp_path / "a.wav").write_bytes(file)
    sound = heard(tmp_path / "a.wav")
    assert np.abs(sound).max() < 0.95


def test_a_real_voice(tmp_path: Path) -> None:
    """espeak-ng says every cue in its time, in German, without clipping."""
    needs("espeak-ng")
    catalog = load_catalog("lower-back", language="de")
    rolls = supple.Routine("rolls", items=[catalog["knee-rolls"]])
    file = tmp_path / "rolls.m4b"
    file.write_bytes(
        written(m4b, schedule(rolls, phrases=catalog.phrases))
    )  # a warning would fail
    assert 0.5 < np.abs(heard(file)).max() < 1


def test_how_much_is_done_is_told(timeline: Timeline, tmp_path: Path) -> None:
    """It grows from block to block, and is 1 in the end."""
    told: list[float] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            _voices, "find_voice", lambda language: SystemVoice("", language, is_say=False)
        )
        patch.setattr(_voices, "_run", hums)
        write_file(timeline, tmp_path / "a.wav", progress=told.append)
    assert told == sorted({*told})
    assert (len(told), told[-1]) == (2, 1)


def hums(command: list[str], text: str) -> subprocess.CompletedProcess[bytes]:
    """Answer as a program that hums."""
    return subprocess.CompletedProcess(command, 0, a_voice(0.5)(text, "en", 1), b"")


def test_a_routine_costs_little() -> None:
    """The bundled routine takes at most ten seconds of computing, besides the speaking."""
    timeline = schedule(load_catalog("lower-back").routines["lower-back"])
    said = a_voice(1.5)("", "", 1)
    before = process_time()
    written(m4b, timeline, speak=lambda *_: said)
    assert process_time() - before < 10


# --- what stands in the file -------------------------------------------------------------


@pytest.mark.parametrize("name", ["m4b", "mp3", "opus"])
def test_chapters_are_exact(name: str, timeline: Timeline, tmp_path: Path) -> None:
    """Another reader finds the title and the exercises as chapters, to the millisecond."""
    file = tmp_path / f"a.{name}"
    file.write_bytes(written(FORMATS[name], timeline, speak=None))
    command = [needs("ffprobe"), "-v", "error", "-of", "json", "-show_chapters"]
    command += ["-show_format", "-show_streams", str(file)]
    said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    starts = {event.text: event.at_ms for event in timeline if event.kind == "exercise.started"}
    found = {
        each["tags"]["title"]: round(float(each["start_time"]) * 1000) for each in said["chapters"]
    }
    assert found == {"Daily": 0} | starts
    [sound] = [each for each in said["streams"] if each["codec_type"] == "audio"]
    tags = said["format"].get("tags", {}) | sound.get("tags", {})
    assert tags["title"] == "Daily"


@share(0.1)
@given(texts, texts)
@example("CHAPTER001=00:00:00.000", "x;CHAPTER000NAME=y\\n[CHAPTER]=")
@example("🧘" * 63, "é" * 127 + "x")
def test_no_text_alters_the_chapters(daily: str, reach: str) -> None:
    """Whatever the texts are, another reader finds them as titles, and no chapter or tag more."""
    timeline = schedule(routine(exercise(name=reach), name=daily))
    for name, to in FORMATS.items():
        command = [needs("ffprobe"), "-v", "error", "-of", "json", "-show_chapters"]
        command += ["-show_format", "-show_streams", "-"]
        file = written(to, timeline, speak=None)
        done = subprocess.run(command, input=file, capture_output=True, check=True)
        said = json.loads(done.stdout)
        titles = [each["tags"] for each in said["chapters"]]
        assert titles == [{"title": daily}, {"title": reach}] * (name != "wav"), name
        [sound] = [each for each in said["streams"] if each["codec_type"] == "audio"]
        tags = said["format"].get("tags", {}) | sound.get("tags", {})
        assert {key.lower(): tags[key] for key in tags}["title"] == daily, name
        assert {key.lower() for key in tags} <= TAGS, name


def test_a_title_is_cut_in_whole_characters() -> None:
    """What is longer than a title may be ends with a whole character, and that is told."""
    long = schedule(routine(exercise(name="é" * 128), name="🧘" * 64))
    done = subprocess.run(
        [needs("ffprobe"), "-v", "error", "-of", "json", "-show_chapters", "-"],
        input=written(m4b, long, speak=None),
        capture_output=True,
        check=True,
    )
    titles = [each["tags"]["title"] for each in json.loads(done.stdout)["chapters"]]
    assert titles == ["🧘" * 63, "é" * 127]
    assert m4b.lost(long) == wav.lost(long)[1:] == ("the ends of long texts",)
    assert wav.lost(schedule(routine(exercise(name="é" * 128)))) == ("the chapters",)


TAGS = {"title", "genre", "encoder", "language", "handler_name", "vendor_id", "major_brand",
        "minor_version", "compatible_brands"}  # fmt: skip
"""What a file says of itself, besides its chapters."""


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_input_gives_the_same_bytes(name: str, timeline: Timeline) -> None:
    """Written twice, a file is the same, byte for byte."""
    one, other = (written(FORMATS[name], timeline, speak=a_voice(1.5)) for _ in range(2))
    assert one == other


def test_what_is_lost(timeline: Timeline) -> None:
    """Sound has neither pictures nor waits; WAV has no chapters either."""
    back = schedule(load_catalog("lower-back").routines["lower-back"])
    assert "the advice" in m4b.lost(back)
    assert m4b.lost(timeline) == mp3.lost(timeline) == opus.lost(timeline) == ()
    assert wav.lost(timeline) == ("the chapters",)


# --- what cannot be written --------------------------------------------------------------


def test_what_is_too_long() -> None:
    """More than six hours, or more than a thousand chapters, are refused by arithmetic."""
    with pytest.raises(ExportError, match="m4b: must last at most 6 hours"):
        written(m4b, schedule(routine(Circuit([exercise()], rounds=10**12))))


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (b"no sound", "sound of 'Get ready: .*': must be said as a file of sound"),
        (wav_file([]), "sound of 'Get ready: .*': must be said as a file of sound"),
        (wav_file([0] * 16_000), "sound of 'Get ready: .*': must be heard"),
    ],
)
def test_a_voice_that_is_none(file: bytes, message: str, timeline: Timeline) -> None:
    """What is no sound, and what is silent, is refused with the text that was to be said."""
    with pytest.raises(ExportError, match=message):
        written(wav, timeline, speak=lambda *_: file)


@pytest.mark.parametrize("package", ["av", "numpy"])
def test_without_the_extra(
    package: str, timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a package is missing, the error names it and the extra."""
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=rf"package {package}, .*'supple\[audio\]'"):
        written(wav, timeline)


# --- the voices of the system ------------------------------------------------------------


def program(folder: Path, name: str, script: str) -> None:
    """Put a program of a name into a folder."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_a_language_that_the_voice_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A more general language is taken, but never another; the text is never an argument."""
    program(
        tmp_path,
        "espeak",
        f"""
        echo "$*" >> {tmp_path}/log
        case "$*" in -q*"-v en ") ;; "-v en "*) /bin/cat ;; *) exit 1 ;; esac""",
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    assert _voices.system_voice("--help; x", "en-GB", 1.5) == b"--help; x"
    assert _voices.system_voice("y", "en-GB", 1) == b"y"
    assert (tmp_path / "log").read_text().splitlines() == [
        "-q -v en-gb ",
        "-q -v en ",
        "-v en -s 270 --stdin --stdout",
        "-v en -s 180 --stdin --stdout",
    ]
    with pytest.raises(ExportError) as caught:
        _voices.system_voice("x", "pt-BR", 1)
    assert str(caught.value) == (
        f"sound: {tmp_path}/espeak has no voice for the language 'pt-br' or 'pt' (got 'pt-BR')"
    )


def test_the_voice_of_macos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no espeak, `say` writes a file, with a voice for the language."""
    listed = "echo 'Anna  de_DE  # Hallo!'; echo 'Bad News  en_US  # Hi!'"
    program(
        tmp_path,
        "say",
        f"""
        if [ "$2" = "?" ]; then {listed}; else (echo "$1 $2 $3 $4"; /bin/cat) > "$8"; fi""",
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    assert _voices.system_voice("Hello", "en", 1) == b"-v Bad News -r 180\nHello"
    program(tmp_path, "say", "echo mute >&2; exit 1")
    with pytest.raises(ExportError, match=r"must be said by .*say, which failed .*mute"):
        _voices.system_voice("Hello", "en", 1)
    with pytest.raises(ExportError, match=r"say has no voice for the language 'fr'"):
        _voices.system_voice("Bonjour", "fr", 1)


def test_no_voice_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any voice the error says what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ExportError) as caught:
        _voices.system_voice("Hello", "en", 1)
    assert str(caught.value) == (
        "sound: needs the program espeak-ng, or say on macOS, to be installed (got 'en')"
    )
