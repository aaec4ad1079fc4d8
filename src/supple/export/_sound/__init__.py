"""A timeline as sound; the codecs share all of it."""

from collections.abc import Callable
from enum import Enum
from io import BytesIO
from typing import BinaryIO, Final, TypeAlias

from attrs import field, frozen

from supple._errors import ExportError
from supple._extras import brought_by
from supple._timeline.timeline import Timeline
from supple._units import MS_PER_HOUR
from supple.export._lost import Part, are_cut, carrying, present
from supple.export._sound._voices import system_voice

Speak: TypeAlias = Callable[[str, str, float], bytes]

LONGEST_MS: Final = 6 * MS_PER_HOUR
LONGEST_TITLE: Final = 255
"""In bytes of UTF-8: more than that the containers cut off, in the midst of a character."""

_HURRIED = "the notes that there is no time for"


class Chapters(Enum):
    """Where a file has its chapters."""

    NOWHERE = "nowhere"
    CONTAINER = "in a list of their own"
    TAGS = "among the tags"


@frozen
class Sound:
    """A format of sound: how samples become a file."""

    name: str
    container: str
    codec: str
    bits_per_second: int | None
    chapters: Chapters
    options: dict[str, str] = field(factory=dict)

    def write(
        self,
        timeline: Timeline,
        stream: BinaryIO,
        *,
        speak: Speak | None = system_voice,
        progress: Callable[[float], None] | None = None,
    ) -> None:
        """Write a timeline as sound, with the extra ``audio``.

        It speaks what to do, and sounds tones for the countdown and for where steps and holds
        begin and end. All but ``wav`` have a chapter for each exercise.

        Args:
            timeline: What to write.
            stream: Where. Nothing is written before all is done.
            speak: The voice: ``speak(text, language, speed)`` returns a file of sound as bytes,
                of any kind that ffmpeg reads, such as WAV or MP3; ``speed`` is 1, or more
                where there is little time. One of espeak-ng, or else of macOS, that speaks the
                language, where it is left out; ``None`` for tones alone.
            progress: Is told now and then how much is done, from 0 to 1.

        Raises:
            ExportError: If it lasts too long or has too many exercises, each time counted; or
                no voice speaks the language, or it gives no sound.
            MissingExtraError: If PyAV or numpy is not installed.

        Warns:
            UserWarning: Of a text that is too long for its time at the fastest pace: it is cut
                off.
        """
        if timeline.duration_ms > LONGEST_MS:
            hours = LONGEST_MS // MS_PER_HOUR
            requirement = f"must last at most {hours} hours ({LONGEST_MS:,} ms)"
            raise ExportError(self.name, requirement, timeline.duration_ms)
        with brought_by("audio", "av"):
            import av  # noqa: F401 - whether it is there
        with brought_by("audio", "numpy"):
            import numpy  # noqa: F401, ICN001 - as above
        from supple.export._sound._encode import encode
        from supple.export._sound._mix import mixed

        file = BytesIO()  # since some containers go back to write how long they are
        encode(mixed(timeline, speak, progress), timeline, file, self)
        stream.write(file.getvalue())

    def lost(self, timeline: Timeline) -> tuple[str, ...]:
        """Return what is not heard."""
        heard = [Part.CUES, Part.STEPS, Part.RESTS, Part.COUNTS, Part.NOTES]
        names = [timeline.routine.name]
        if self.chapters is not Chapters.NOWHERE:
            heard.append(Part.CHAPTERS)
            names += [exercise.name for exercise in timeline.routine.exercises.values()]
        hurried = [_HURRIED] if present(timeline, Part.NOTES) else []
        return (*carrying(*heard)(timeline), *hurried, *are_cut(names, LONGEST_TITLE))
