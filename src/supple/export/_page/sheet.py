"""The sheet: a routine as a handout, complete without a script."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from supple._dosing import (
    circuit_in_words,
    dose_in_words,
    frequency_in_words,
    length_in_words,
    rest_in_words,
    span_in_words,
)
from supple._model import (
    AdviceTier,
    Circuit,
    Hold,
    Prescription,
    Rest,
    Routine,
    RoutineItem,
    Side,
    Step,
)
from supple._model.exercise import prescribed, sides_of
from supple._model.sided import on_side
from supple._timeline.timeline import Timeline
from supple.export._markup import Markup, tag
from supple.export._page.figures import Figure
from supple.export._pieces import ends_ms

_GRAVEST_FIRST = tuple(reversed(AdviceTier))
_FIRST = [tier for tier in _GRAVEST_FIRST if tier.is_warning]
_THEN = [tier for tier in _GRAVEST_FIRST if not tier.is_warning]


def sheet(
    timeline: Timeline, figures: Mapping[tuple[str, Side | None], Figure], *, is_shown: bool
) -> Markup:
    """Return a routine as a handout, in the language that it has; one ``is_shown`` at first."""
    return _Sheet(timeline, figures).whole(is_shown=is_shown)


def shown_sides(routine: Routine) -> Iterator[tuple[str, Side | None]]:
    """Yield the exercises of a sheet, each with the side of its pictures: the first one."""
    for item in routine.prescriptions:
        yield item.id, sides_of(item)[0]


class _Sheet:
    def __init__(
        self, timeline: Timeline, figures: Mapping[tuple[str, Side | None], Figure]
    ) -> None:
        self.timeline = timeline
        self.figures = figures
        self.routine = timeline.routine
        self.labels = timeline.phrases
        self.sides = timeline.phrases.sides()
        self.numbers = {id: n for n, id in enumerate(self.routine.exercises, start=1)}

    def whole(self, *, is_shown: bool) -> Markup:
        labels, routine = self.labels, self.routine
        return tag(
            "article",
            tag(
                "header",
                tag("h1", routine.name),
                tag("p", routine.purpose, class_="lead") if routine.purpose else None,
                *(tag("p", fact, class_="facts") for fact in self.facts()),
            ),
            tag("div", *self.items(routine.items), class_="exercises"),
            self.warnings(labels.not_for, "contraindications"),
            self.warnings(labels.take_care, "cautions"),
            tag("div", *map(self.advice, _FIRST), class_="advice first"),
            tag("div", *map(self.advice, _THEN), class_="advice"),
            self.sources(),
            tag("footer", tag("p", f"{labels.disclaimer} {labels.made_with}")),
            class_="sheet",
            lang=routine.language,
            hidden=not is_shown,
        )

    def facts(self) -> Iterator[str]:
        """Yield how long it takes, how often it is done, and what is needed."""
        yield span_in_words(*ends_ms(self.timeline), self.labels)
        if self.routine.frequency is not None:
            yield frequency_in_words(self.routine.frequency, self.labels)
        if self.routine.equipment:
            yield f"{self.labels.you_need}: {self.labels.names_of(self.routine.equipment)}"

    def items(self, items: Sequence[RoutineItem], *, depth: int = 2) -> Iterator[Markup]:
        for item in items:
            if isinstance(item, Rest):
                yield tag("p", rest_in_words(item, self.labels), class_="rest")
            elif isinstance(item, Circuit):
                yield tag(
                    "section",
                    tag(_heading(depth), ", ".join(circuit_in_words(item, self.labels))),
                    tag("div", *self.items(item.items, depth=depth + 1), class_="exercises"),
                    class_="circuit",
                )
            else:
                yield self.exercise(prescribed(item), depth)

    def exercise(self, item: Prescription, depth: int) -> Markup:
        exercise, first = item.exercise, sides_of(item)[0]
        figure = self.figures.get((exercise.id, first))
        return tag(
            "section",
            tag(
                _heading(depth),
                self.number(exercise.id),
                exercise.name,
            ),
            figure.pictures({pose.id: pose.alt for pose in exercise.poses}) if figure else None,
            tag("p", dose_in_words(item, phrases=self.labels), class_="dose"),
            tag("p", self.labels.name_of(exercise.position), class_="position"),
            tag(
                "ol",
                *self.steps(exercise.setup, None),
                *self.steps(item.cycle, first),
                *self.steps(exercise.finish, None),
            ),
            *(
                tag(
                    "p",
                    self.labels.both_sides.format(one=self.sides[one], other=self.sides[other]),
                    class_="sides",
                )
                for one, other in pairwise(item.sides)
            ),
            tag("p", item.note, class_="remark") if item.note else None,
            class_="exercise",
        )

    def steps(self, segments: Iterable[Step | Hold], side: Side | None) -> Iterator[Markup]:
        for segment in segments:
            length = length_in_words(segment, self.labels)
            yield tag(
                "li",
                on_side(segment.text, side, self.sides),
                tag("span", f" {length}", class_="length") if length else None,
            )

    def warnings(self, heading: str, kind: str) -> Markup | None:
        """Return every warning of a kind once, with the numbers of its exercises."""
        found: dict[str, list[Markup]] = {}
        for id, exercise in self.routine.exercises.items():
            for text in getattr(exercise, kind):
                found.setdefault(text, []).append(self.number(id))
        points = [tag("li", text, " ", *numbers) for text, numbers in found.items()]
        return _section(heading, points, "cautions")

    def advice(self, tier: AdviceTier) -> Markup | None:
        """Return the advice of a tier."""
        points = [tag("li", each.text) for each in self.routine.advice_in(tier)]
        kind = "tier warning" if tier.is_warning else "tier"
        return _section(self.labels.tier(tier), points, f"{kind} {tier.value}")

    def sources(self) -> Markup | None:
        """Return every source once: those of the doses, with their exercises, and of advice."""
        found: dict[tuple[str, str | None], list[Markup]] = {}
        addresses: dict[str, str | None] = {}
        for id, exercise in self.routine.exercises.items():
            for source in exercise.sources:
                addresses[source.title] = source.url
                if source.gives and not source.is_default:
                    found.setdefault((source.title, source.url), []).append(self.number(id))
        for each in self.routine.advice:
            if each.source is not None and not any(title == each.source for title, _ in found):
                found.setdefault((each.source, addresses.get(each.source)), [])
        points = [
            tag(
                "li",
                tag("a", title, href=url, rel="noreferrer") if url else title,
                " ",
                *numbers,
                tag("span", f" {url}", class_="address") if url else None,
            )
            for (title, url), numbers in found.items()
        ]
        return _section(self.labels.sources, points, "sources")

    def number(self, id: str) -> Markup:
        return tag("span", str(self.numbers[id]), class_="number")


def _section(heading: str, points: Sequence[Markup], class_: str) -> Markup | None:
    """Return points below a heading, if there are any."""
    if not points:
        return None
    return tag("section", tag("h2", heading), tag("ul", *points), class_=class_)


def _heading(depth: int) -> str:
    return f"h{min(depth, 6)}"
