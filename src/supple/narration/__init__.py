"""What a voice says and when, and which tones sound, derived from a timeline.

>>> import supple
>>> from supple.narration import narrate
>>> back = supple.load_catalog("lower-back")
>>> narration = narrate(supple.schedule(back.routines["lower-back"]))
>>> for said in narration.utterances(0, 31_000):
...     print(said.at_ms, said.longest_ms, said.kind, said.text)
0 5000 next Get ready: Knee rolls, lying on your back. First: left
5000 4000 instruction Bend your knees and place your feet flat
9000 3000 instruction Roll both knees slowly to the left
12000 10000 instruction Keep both shoulders flat and breathe normally
22000 3000 instruction Bring your knees back to the middle
25000 3000 side Switch sides: right
28000 3000 instruction Roll both knees slowly to the right
"""

from supple.narration._narrate import Narration, narrate
from supple.narration._sounds import Tone, ToneKind, Utterance, UtteranceKind

__all__ = ["Narration", "Tone", "ToneKind", "Utterance", "UtteranceKind", "narrate"]
