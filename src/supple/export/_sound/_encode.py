"""Samples as a file, with chapters. The same samples give the same bytes."""

from collections.abc import Iterable
from fractions import Fraction
from io import BytesIO

import av
import numpy as np

from supple._timeline.timeline import Timeline
from supple._units import ms_to_timestamp
from supple.export._lost import cut
from supple.export._pieces import chapters
from supple.export._sound import LONGEST_TITLE, Chapters, Sound
from supple.export._sound._tones import RATE, Samples


def encode(blocks: Iterable[Samples], timeline: Timeline, file: BytesIO, to: Sound) -> None:
    """Write blocks of samples, with the title of the routine and a chapter for each exercise."""
    with av.open(
        file, "w", format=to.container, options={"fflags": "+bitexact", **to.options}
    ) as container:
        stream = container.add_stream(to.codec, rate=RATE)
        assert isinstance(stream, av.AudioStream)  # noqa: S101 - for the type checker
        stream.layout = "mono"
        stream.codec_context.options = {"flags": "+bitexact"}
        if to.bits_per_second is not None:
            stream.bit_rate = to.bits_per_second
        container.metadata.update({"title": _title(timeline.routine.name), "genre": "Exercise"})
        if to.chapters is Chapters.CONTAINER:
            container.set_chapters(
                [
                    {
                        "id": number,
                        "start": chapter.start_ms,
                        "end": chapter.end_ms,
                        "time_base": Fraction(1, 1000),
                        "metadata": {"title": _title(chapter.title)},
                    }
                    for number, chapter in enumerate(chapters(timeline, to.name))
                ]
            )
        elif to.chapters is Chapters.TAGS:
            # https://wiki.xiph.org/Chapter_Extension; ffmpeg itself rounds their seconds wrongly.
            for number, chapter in enumerate(chapters(timeline, to.name)):
                container.metadata[f"CHAPTER{number:03}"] = ms_to_timestamp(chapter.start_ms, ".")
                container.metadata[f"CHAPTER{number:03}NAME"] = _title(chapter.title)
        start = 0
        for block in blocks:
            whole = np.clip(np.rint(block * 32767), -32768, 32767).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(whole.reshape(1, -1), format="s16", layout="mono")
            frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
            frame.pts = start
            start += len(whole)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _title(text: str) -> str:
    return cut(text, LONGEST_TITLE)
