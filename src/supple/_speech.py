"""How long a voice takes to say a text: the one estimate that everything shares.

A voice that reads aloud has a pace of words and a pace of letters, and the slower one counts:
long words take longer than short ones. So each language gets its own pace in words. Read aloud,
texts of 14 languages take 68 ms a letter (Trauzettel-Klosinski and Dietz, "Standardized
Assessment of Reading Performance", Investigative Ophthalmology & Visual Science 53, 2012,
doi:10.1167/iovs.11-8284), and English ones 183 words a minute (Brysbaert, "How many words do we
read per minute?", Journal of Memory and Language 109, 2019, doi:10.1016/j.jml.2019.104047).
"""

from __future__ import annotations

from supple._units import MS_PER_MINUTE

WORDS_PER_MINUTE = 180
"""The fastest pace at which a voice is to speak; it is that of many voices of computers, too."""

_MS_PER_LETTER = 68


def speaking_ms(text: str) -> int:
    """Return how long it takes to say a text, in milliseconds.

    >>> speaking_ms("Let go and relax")
    1334
    >>> speaking_ms("Donaudampfschiff")
    1088
    """
    letters = sum(map(str.isalnum, text))
    words_ms = -(-len(text.split()) * MS_PER_MINUTE // WORDS_PER_MINUTE)  # rounded up
    return max(words_ms, letters * _MS_PER_LETTER)
