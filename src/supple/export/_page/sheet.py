"""The sheet: a routine as a handout, complete without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._dosing import (
    amount_in_words,
    dose_in_words,
    frequency_in_words,
    length_in_words,
    seconds_in_words,
    span_in_words,
)
from supple._model import AdviceTier, Circuit, Exercise, Rest, Side
from supple._model.sided import on_side
from supple._timeline.schedule import schedule
from supple.export._page.markup import Markup, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from supple._model import Hold, Prescription, Routine, RoutineItem, Step
    from supple._phrases import Phrases
    from supple._timeline.timeline import Timeline
    from supple.export._page.figures import Figure

_FIRST = (AdviceTier.EMERGENCY, AdviceTier.STOP)
_THEN = (AdviceTier.URGENT, AdviceTier.ROUTINE_CARE, AdviceTier.GENERAL)


def sheet(
    timeline: Timeline,
    figures: Mapping[tuple[str, Side | None], Figure],
    *,
    is_shown: bool,
) -> Markup:
    """Return a routine as a handout, in the language that it has.

    Args:
        timeline: The routine.
        figures: The pictures that stand on the page, by exercise and side.
        is_shown: Whether it is the one that is seen at first.
    """
    return _Sheet(timeline, figures).whole(is_shown=is_shown)


def shown_sides(items: Iterable[RoutineItem]) -> Iterator[tuple[str, Side | None]]:
    """Yield the exercises of a sheet, each with the side of its pictures: the first one."""
    for item in items:
        if isinstance(item, Circuit):
            yield from shown_sides(item.items)
        elif not isinstance(item, Rest):
            prescribed = item.with_dose() if isinstance(item, Exercise) else item
            yield item.id, prescribed.sides[0] if prescribed.sides else None


class _Sheet:
    def __init__(
        self,
        timeline: Timeline,
        figures: Mapping[tuple[str, Side | None], Figure],
    ) -> None:
        self.timeline = timeline
        self.figures = figures
        self.routine: Routine = timeline.routine
        self.labels: Phrases = timeline.phrases
        self.sides: Mapping[Side, str] = timeline.phrases.sides()
        self.numbers = {id: n for n, id in enumerate(self.routine.exercises, start=1)}

    def whole(self, *, is_shown: bool) -> Markup:
        labels, routine = self.labels, self.routine
        return tag(
            "article",
            tag(
                "header",
                tag("h1", routine.name),
                tag("p", routine.purpose, class_="lead") if routine.purpose else None,
                tag("p", self.duration(), class_="facts"),
                self.frequency(),
                self.needs(),
            ),
            tag("div", *self.items(routine.items), class_="exercises"),
            self.warnings(self.labels.not_for, "contraindications"),
            self.warnings(self.labels.take_care, "cautions"),
            tag("div", *map(self.advice, _FIRST), class_="advice first"),
            tag("div", *map(self.advice, _THEN), class_="advice"),
            self.sources(),
            tag("footer", tag("p", f"{labels.disclaimer} {labels.made_with}")),
            class_="sheet",
            lang=routine.language,
            hidden=not is_shown,
        )

    def duration(self) -> str:
        given = self.timeline
        gentle_ms, full_ms = (
            schedule(
                self.routine, level=level, pacing=given.pacing, phrases=given.phrases
            ).duration_ms
            for level in (0, 1)
        )
        return span_in_words(gentle_ms, full_ms, self.labels)

    def frequency(self) -> Markup | None:
        often = self.routine.frequency
        if often is None:
            return None
        return tag("p", frequency_in_words(often, self.labels), class_="facts")

    def needs(self) -> Markup | None:
        if not self.routine.equipment:
            return None
        needed = self.labels.names_of(self.routine.equipment)
        return tag("p", f"{self.labels.you_need}: {needed}", class_="facts")

    # --- exercises ---

    def items(self, items: Sequence[RoutineItem], *, depth: int = 2) -> Iterator[Markup]:
        for item in items:
            if isinstance(item, Rest):
                text = item.text or self.timeline.phrases.rest
                lasts = seconds_in_words(item.seconds, self.labels)
                yield tag("p", f"{text}, {lasts}", class_="rest")
            elif isinstance(item, Circuit):
                rounds = amount_in_words(item.rounds)
                phrase = self.labels.one_round if rounds == "1" else self.labels.rounds
                yield tag(
                    "section",
                    tag(_heading(depth), phrase.format(n=rounds)),
                    tag("div", *self.items(item.items, depth=depth + 1), class_="exercises"),
                    class_="circuit",
                )
            else:
                yield self.exercise(item, depth)

    def exercise(self, item: Exercise | Prescription, depth: int) -> Markup:
        exercise = item if isinstance(item, Exercise) else item.exercise
        prescribed = item.with_dose() if isinstance(item, Exercise) else item
        note = prescribed.note
        first = prescribed.sides[0] if prescribed.sides else None
        each_time = self.order(prescribed.sides)
        figure = self.figures.get((exercise.id, first))
        return tag(
            "section",
            tag(
                _heading(depth),
                tag("span", str(self.numbers[exercise.id]), class_="number"),
                exercise.name,
            ),
            figure.pictures({pose.id: pose.alt for pose in exercise.poses}) if figure else None,
            tag("p", dose_in_words(item, phrases=self.labels), class_="dose"),
            tag("p", self.timeline.phrases.position(exercise.position), class_="position"),
            tag(
                "ol",
                *self.steps(exercise.setup, None),
                *self.steps(item.cycle, first),
                *self.steps(exercise.finish, None),
            ),
            tag("p", each_time, class_="sides") if each_time else None,
            tag("p", note, class_="remark") if note else None,
            class_="exercise",
        )

    def order(self, sides: Sequence[Side]) -> str | None:
        """Return in which order both sides are worked."""
        if len(sides) < 2:  # noqa: PLR2004 - both
            return None
        one, other = (self.sides[side] for side in sides)
        return self.labels.both_sides.format(one=one, other=other)

    def steps(self, segments: Iterable[Step | Hold], side: Side | None) -> Iterator[Markup]:
        for segment in segments:
            length = length_in_words(segment, self.labels)
            yield tag(
                "li",
                on_side(segment.text, side, self.sides),
                tag("span", f" {length}", class_="length") if length else None,
            )

    # --- what to know ---

    def warnings(self, heading: str, kind: str) -> Markup | None:
        """Return every warning of a kind once, with the numbers of its exercises."""
        found: dict[str, list[str]] = {}
        for id, exercise in self.routine.exercises.items():
            for text in getattr(exercise, kind):
                found.setdefault(text, []).append(str(self.numbers[id]))
        if not found:
            return None
        return tag(
            "section",
            tag("h2", heading),
            tag(
                "ul",
                *(
                    tag("li", text, " ", *(tag("span", n, class_="number") for n in numbers))
                    for text, numbers in found.items()
                ),
            ),
            class_="cautions",
        )

    def advice(self, tier: AdviceTier) -> Markup | None:
        """Return the advice of a tier."""
        pieces = [each for each in self.routine.advice if each.tier is tier]
        if not pieces:
            return None
        return tag(
            "section",
            tag("h2", self.labels.tier(tier)),
            tag("ul", *(tag("li", each.text) for each in pieces)),
            class_=f"tier {tier.value}",
        )

    def sources(self) -> Markup | None:
        """Return every source once: those of the doses, with their exercises, and of advice."""
        found: dict[tuple[str, str | None], list[str]] = {}
        addresses: dict[str, str | None] = {}
        for id, exercise in self.routine.exercises.items():
            for source in exercise.sources:
                addresses[source.title] = source.url
                if source.gives and not source.is_default:
                    found.setdefault((source.title, source.url), []).append(str(self.numbers[id]))
        for each in self.routine.advice:
            if each.source is not None and not any(title == each.source for title, _ in found):
                found.setdefault((each.source, addresses.get(each.source)), [])
        if not found:
            return None
        return tag(
            "section",
            tag("h2", self.labels.sources),
            tag(
                "ul",
                *(
                    tag(
                        "li",
                        tag("a", title, href=url, rel="noreferrer") if url else title,
                        " ",
                        *(tag("span", n, class_="number") for n in numbers),
                        tag("span", f" {url}", class_="address") if url else None,
                    )
                    for (title, url), numbers in found.items()
                ),
            ),
            class_="sources",
        )


def _heading(depth: int) -> str:
    return f"h{min(depth, 6)}"
