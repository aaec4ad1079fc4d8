"""Sound without compression, to work on in a studio (WAV).

It speaks what to do, sounds tones for the countdown and for where steps and holds begin and end,
but has no chapters. It needs the extra ``audio``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from supple.export._parts import Part, present
from supple.export._sound import Chapters, Encoding, not_in_sound, write_sound
from supple.export._sound._voices import system_voice

if TYPE_CHECKING:
    from typing import BinaryIO

    from supple._timeline.timeline import Timeline
    from supple.export._sound import Speak

SUFFIX = ".wav"
MEDIA_TYPE = "audio/wav"

_ENCODING: Final = Encoding("wav", "wav", "pcm_s16le", None, Chapters.NOWHERE)


def write(timeline: Timeline, stream: BinaryIO, *, speak: Speak | None = system_voice) -> None:
    """Write a timeline as sound.

    Args:
        timeline: What to write.
        stream: Where.
        speak: The voice: ``speak(text, language, speed)`` returns a file of sound as bytes;
            ``speed`` is 1, or up to 1.6 where there is little time. espeak-ng, or else the voice
            of macOS, where it is left out; ``None`` for tones alone.

    Raises:
        ExportError: If it lasts longer than six hours or has more than 1,000 exercises, each time
            counted; or there is no voice, or it gives no sound.
        MissingExtraError: If PyAV or numpy is not installed.

    Warns:
        UserWarning: Of a text that is too long for its time at the fastest pace: it is cut off.
    """
    write_sound(timeline, stream, _ENCODING, speak)


def lost(timeline: Timeline) -> tuple[str, ...]:
    """Return what is not heard."""
    return (*present(timeline, Part.CHAPTERS), *not_in_sound(timeline))
