"""A voice: the newest sentence, at once, and no process left behind."""

import os
import time
from pathlib import Path

import pytest

from supple import Exercise, Hold, Pacing, Routine, schedule
from supple._voices import NoVoiceError, find_voice
from supple.cli._playing.voice import Sounds, Voice
from supple.narration import narrate
from tests.needs import needs

pytestmark = pytest.mark.skipif(os.name != "posix", reason="writes a program as POSIX has them")

PATIENCE_SECONDS = 15

SPEAKS = """\
#!/bin/sh
case "$*" in
  "-q -v de "|"-q -v pt-br ") exit 0 ;;
  -q*) exit 1 ;;
  "-v ?") cat "$0.voices"; exit 0 ;;
esac
read -r said
echo "$* | $said" >>"$SAID"
case "$said" in short*) ;; *) exec sleep 60 ;; esac
"""
VOICES = """\
Anna                de_DE    # Hallo!
Bad News            en_US    # Hi!
Broken
"""


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file in which the only program that speaks writes what it says."""
    monkeypatch.setenv("SAID", str(tmp_path / "said"))
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("sleep", "cat"):
        (programs / name).symlink_to(needs(name))
    monkeypatch.setenv("PATH", str(programs))
    return tmp_path / "said"


def install(said: Path, name: str) -> str:
    """Install a program of a name that speaks, and return its path."""
    program = said.parent / "programs" / name
    program.write_text(SPEAKS)
    program.with_name(f"{name}.voices").write_text(VOICES)
    program.chmod(0o755)
    return str(program)


def wait_for(path: Path, text: str) -> None:
    """Wait until a file has a text."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not path.exists() or path.read_text() != text:
        assert time.monotonic() < deadline, path.exists() and path.read_text()
        time.sleep(0.01)


def test_the_newest_sentence_wins(said: Path) -> None:
    """A new sentence breaks off the old one, and closing leaves nothing running."""
    install(said, "espeak-ng")
    voice = Voice(find_voice("de-AT").command())
    voice.say("Heb die Arme")
    wait_for(said, "-v de -s 180 --stdin | Heb die Arme\n")
    voice.say("--und runter")
    wait_for(said, "-v de -s 180 --stdin | Heb die Arme\n-v de -s 180 --stdin | --und runter\n")
    voice.hush()
    assert voice._speaking is None
    voice.close()
    voice.close()


def test_the_narration_is_said(said: Path) -> None:
    """What the narration has for an event is said, the last of several; a countdown is not."""
    install(said, "espeak-ng")
    up = Exercise(
        "up", name="Up", kind="stretch", position="standing", cycle=[Hold("short", seconds=30)]
    )
    timeline = schedule(Routine("day", items=[up]), pacing=Pacing(get_ready=5))
    events = [*timeline]
    voice = Voice(find_voice("pt-BR").command())
    sounds = Sounds(voice=voice, narration=narrate(timeline))
    sounds.give(events[:5])
    wait_for(said, "-v pt-br -s 180 --stdin | Get ready: Up, standing\n")
    sounds.give(events[2:3])
    assert voice._speaking is not None
    sounds.hush()
    sounds.give(events[5:])
    wait_for(
        said,
        "-v pt-br -s 180 --stdin | Get ready: Up, standing\n"
        "-v pt-br -s 180 --stdin | End of the routine\n",
    )
    sounds.hush()
    voice.close()
    Sounds().hush()


def test_say_of_macos(said: Path) -> None:
    """Where there is only say, the voice is the first that speaks the language."""
    program = install(said, "say")
    voice = Voice(find_voice("de-CH").command())
    voice.say("Hallo")
    wait_for(said, "-v Anna -r 180 -f - | Hallo\n")
    voice.close()
    voice = Voice(find_voice("en-GB").command())
    voice.say("Hi")
    wait_for(said, "-v Anna -r 180 -f - | Hallo\n-v Bad News -r 180 -f - | Hi\n")
    voice.close()
    with pytest.raises(NoVoiceError) as caught:
        find_voice("fr")
    assert str(caught.value) == f"{program} has no voice for the language 'fr'"


def test_no_voice(said: Path) -> None:
    """Without a program that speaks, or one for the language, the message says so."""
    with pytest.raises(NoVoiceError) as caught:
        find_voice("de")
    assert str(caught.value) == "needs the program espeak-ng, or say on macOS, to be installed"
    program = install(said, "espeak-ng")
    with pytest.raises(NoVoiceError) as caught:
        find_voice("xx-YY")
    assert str(caught.value) == f"{program} has no voice for the language 'xx-yy' or 'xx'"


def test_program_that_fails(said: Path) -> None:
    """A program that cannot be run has no voice, and one that reads nothing harms nobody."""
    program = Path(install(said, "espeak-ng"))
    voice = Voice(find_voice("de").command())
    program.write_text("#!/bin/sh\nexec <&-\n")
    for _ in range(20):
        voice.say("Hallo" * 20_000)
    voice.close()
    program.write_text("#!/nowhere\n")
    with pytest.raises(NoVoiceError):
        find_voice("pt-BR")


def test_real_voices() -> None:
    """The voice that is installed speaks the languages of the bundled catalog."""
    needs("espeak-ng")
    for language in ("en", "de", "es", "de-AT", "pt-BR"):
        find_voice(language)
    with pytest.raises(NoVoiceError):
        find_voice("qqq")
