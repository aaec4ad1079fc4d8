"""Read the instructions of a record: prose in, steps and holds out.

The last sentences speak of the whole, so repetitions and sides are read there and nowhere
else. A sentence that is read so is taken out of the steps, since the timeline now does what it
says. What is not plain stays in the steps, and the person does what it says.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from attrs import field, frozen

from supple._model import Hold, Position, Range, Step
from supple.catalog.free_exercise_db import _rules as rules

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence

    Paragraph = list[str]


@frozen(kw_only=True)
class Told:
    """What instructions say, each with the words that say it; no words where they do not.

    Args:
        position: The position that they begin in, where they name one and only one.
        position_words: The sentence that names it, or that says lying and not how.
        setup: What is done once.
        setup_words: The sentence that ends it.
        cycle: What is done in a repetition; it has at least one segment.
        holds: The holds, each with the words that it comes from.
        reps: The repetitions, where there is a number.
        reps_words: The words about them, with or without a number.
        is_each_side: Whether the whole is done on one side and then on the other.
        sides_words: The words about it, whether they could be followed or not.
        cautions: What they call a caution.
    """

    position: Position | None
    position_words: str
    setup: tuple[Step | Hold, ...]
    setup_words: str
    cycle: tuple[Step | Hold, ...]
    holds: tuple[tuple[Range, str], ...] = field(init=False)
    reps: Range | None
    reps_words: str
    is_each_side: bool
    sides_words: str
    cautions: tuple[str, ...]

    @holds.default
    def _holds(self) -> tuple[tuple[Range, str], ...]:
        return tuple(
            (segment.seconds, segment.text)
            for segment in (*self.setup, *self.cycle)
            if isinstance(segment, Hold)
        )


def tell(lines: Sequence[str]) -> Told | None:
    """Return what the lines of instructions say, or ``None`` where they say nothing to do.

    Args:
        lines: Each of visible text, without braces.
    """
    paragraphs, cautions = _without_cautions(lines)
    if not paragraphs:
        return None
    before, after, setup_words = _parted(paragraphs)
    position, position_words = _position([*chain.from_iterable(before or paragraphs[:1])])
    is_handed = any(rules.HANDED.search(line) for line in lines)
    counts = [rules.REPS, rules.REPS_UNCOUNTED] if before else [rules.REPS_UNCOUNTED]

    reps = _taken(after, *counts)
    sides = None if is_handed else _taken(after, rules.SIDES)
    said = _found(rules.SIDES, after[-1][-1]) if is_handed else sides
    reps = reps or _taken(after, *counts)
    has_holds = sides or not any(rules.ONE_SIDE_FIRST.search(line) for line in lines)
    segments = _segments if has_holds else _prose
    count = _amount(reps) if reps else None
    if sides and count is None:
        # The other side has to be prepared as well, so the preparation is told for both.
        before, after, setup_words = [], [*before, *after], ""
    return Told(
        position=position,
        position_words=position_words,
        setup=segments(before),
        setup_words=setup_words,
        cycle=segments(after),
        reps=count,
        reps_words=reps["reps"] if reps else "",
        is_each_side=sides is not None,
        sides_words=said["sides"] if said else "",
        cautions=cautions,
    )


def _without_cautions(lines: Iterable[str]) -> tuple[list[Paragraph], tuple[str, ...]]:
    """Return the lines as sentences, and apart from them the rests that are a caution."""
    paragraphs, cautions = [], []
    for line in lines:
        start = rules.CAUTION.search(line)
        if start:
            cautions.append(_sentence(start["caution"]))
        rest = line[: start.start()] if start else line
        if rest.strip():
            paragraphs.append(rules.SENTENCE_END.split(rest.strip()))
    return paragraphs, tuple(cautions)


def _position(sentences: Sequence[str]) -> tuple[Position | None, str]:
    """Return the only position that sentences name, and the sentence that does.

    Where one says lying, and not how, there is the sentence alone.
    """
    named: dict[Position, str] = {}
    lying = ""
    for sentence in sentences:
        posture = rules.POSTURE.match(sentence)
        position = _named(sentence, posture)
        if position is not None:
            named.setdefault(position, sentence)
        elif posture is not None:
            lying = lying or sentence
    taken = {
        found["verb"].lower().replace("lay", "lie")
        for sentence in sentences
        for found in rules.TAKES_POSITION.finditer(sentence)
    }
    if len(named) > 1 or len(taken) > 1:
        return None, ""
    return named.popitem() if named else (None, lying)


def _named(sentence: str, posture: re.Match[str] | None) -> Position | None:
    if rules.ALL_FOURS.match(sentence):
        return Position.ALL_FOURS
    if posture is None:
        return None
    word = (posture[1] or posture[2]).lower()
    rest = sentence[posture.end() :]
    lying = (position for pattern, position in rules.LYING if pattern.search(rest))
    return rules.POSTURES.get(word) or next(lying, None)


def _parted(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph], str]:
    """Part what is done once from what is repeated, where exactly one sentence says so."""
    ends = [
        (i, j)
        for i, paragraph in enumerate(paragraphs)
        for j, sentence in enumerate(paragraph)
        if rules.STARTING_POSITION.fullmatch(sentence)
    ]
    if len(ends) == 1:
        i, j = ends[0]
        rest, after = paragraphs[i][j + 1 :], paragraphs[i + 1 :]
        if after and (not rest or rules.NOTE.match(rest[0])):
            return paragraphs[: i + 1], after, paragraphs[i][j]
    return [], paragraphs, ""


def _taken(paragraphs: list[Paragraph], *patterns: re.Pattern[str]) -> re.Match[str] | None:
    """Take the end of a form off the last sentence, unless it is all that there is."""
    last = paragraphs[-1]
    found = next(filter(None, (_found(pattern, last[-1]) for pattern in patterns)), None)
    before = found.groupdict().get("before") if found else None
    if found is None or (len(paragraphs) == len(last) == 1 and not before):
        return None
    last[-1:] = [_sentence(before)] if before else []
    if not last:
        del paragraphs[-1]
    return found


def _prose(paragraphs: Iterable[Paragraph]) -> tuple[Step | Hold, ...]:
    """Return a step for each paragraph."""
    return tuple(step for paragraph in paragraphs for step in _steps(paragraph))


def _segments(paragraphs: Iterable[Paragraph]) -> tuple[Step | Hold, ...]:
    """Return a step for each paragraph, parted where there is a hold."""
    return tuple(segment for paragraph in paragraphs for segment in _parts(paragraph))


def _parts(paragraph: Paragraph) -> Iterable[Step | Hold]:
    prose: Paragraph = []
    for sentence in paragraph:
        found = _found(rules.HOLD, sentence)
        if found is None:
            prose.append(sentence)
            continue
        prose += [_sentence(found["before"])] if found["before"] else []
        yield from _steps(prose)
        yield Hold(_sentence(found["hold"]), seconds=_seconds(found))
        prose = [_sentence(found["after"])] if found["after"] else []
    yield from _steps(prose)


def _steps(prose: Paragraph) -> list[Step]:
    return [Step(" ".join(prose), until_ready=True)] if prose else []


def _found(pattern: re.Pattern[str], sentence: str) -> re.Match[str] | None:
    """Return a match of the whole sentence, unless its parts or its amount make no sense."""
    found = pattern.fullmatch(sentence)
    if found is None or rules.CONDITION.search(found.groupdict().get("before") or ""):
        return None
    low, high = (int(found.groupdict().get(bound) or 0) for bound in ("low", "high"))
    return None if high and low > high else found


def _amount(found: re.Match[str], times: int = 1) -> Range | None:
    bounds = found.groupdict()
    if bounds.get("low") is None:
        return None
    return Range(int(bounds["low"]) * times, int(bounds["high"] or bounds["low"]) * times)


def _seconds(found: re.Match[str]) -> Range:
    one = found["one"]
    unit = rules.SECONDS[(one or found["unit"]).lower()]
    return _amount(found, unit) or Range(unit)


def _sentence(part: str) -> str:
    """Return a part of a sentence as a sentence of its own."""
    ending = "" if part.endswith((".", "!", "?", ")", '"')) else "."
    return part[0].upper() + part[1:] + ending
