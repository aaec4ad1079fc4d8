"""A plan for the systems of therapists and clinics (HL7 FHIR, R4 to R5).

A routine is a ``PlanDefinition``, which is meant for nobody in particular. Its actions are the
exercises in their order, each with its dose in words and, as goals, in numbers; what an exercise
is stands in it as an ``ActivityDefinition``. Everything in it is common to R4, R4B and R5
(https://hl7.org/fhir/R4/plandefinition.html), and a draft: whoever takes it over answers for it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final, TypeAlias

from supple._dosing import circuit_in_words, dose_in_words, seconds_in_words
from supple._model import (
    Circuit,
    DosePart,
    Exercise,
    Hold,
    Prescription,
    Range,
    Rest,
    Routine,
    RoutineItem,
)
from supple._model.exercise import prescribed
from supple._timeline.timeline import Timeline
from supple._units import DAYS_OF_A_WEEK, ms_to_seconds
from supple.export._lost import Part, carrying
from supple.export._markup import Markup, tag
from supple.export._pieces import ends_ms, instructions

SUFFIX = ".fhir.json"
MEDIA_TYPE = "application/fhir+json"

lost = carrying(
    *(Part.STEPS, Part.RESTS, Part.CHAPTERS, Part.COUNTS, Part.WAITS, Part.NOTES),
    *(Part.ADVICE, Part.CAUTIONS, Part.AIMS, Part.LINKS, Part.SOURCES),
)

_Element: TypeAlias = dict[str, Any]
_Action: TypeAlias = tuple[_Element, Markup]
"""An action, and what the narrative shows of it."""

_SECOND: Final = {"unit": "s", "system": "http://unitsofmeasure.org", "code": "s"}
_GROUP: Final = {"groupingBehavior": "logical-group", "selectionBehavior": "all"}

# What CommonMark reads as more than text, at the beginning of a block or anywhere.
_MARKDOWN: Final = re.compile(r"[\\`*_\[\]<>#|~&!]|^[-+=]|(?<=\d)[.)](?=\s|$)")


def write(timeline: Timeline, stream: BinaryIO) -> None:
    """Write a plan; each amount is the range that the routine has, whatever the level."""
    plan = _Plan(timeline).whole()
    stream.write(json.dumps(plan, ensure_ascii=False, indent=1).encode() + b"\n")


class _Plan:
    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.routine = timeline.routine
        self.labels = timeline.phrases
        self.goals: list[_Element] = []

    def whole(self) -> _Element:
        routine = self.routine
        actions = [*self.actions(routine.items)]
        known = self.warnings(routine)
        for each in routine.advice:
            known.setdefault(self.labels.tier(each.tier), []).append(each.text)
        cited = dict.fromkeys(each.source for each in routine.advice if each.source)
        session: _Element = {
            "title": routine.name,
            **_GROUP,
            "action": [action for action, _ in actions],
            "timingTiming": {"repeat": self.often() | self.duration()},
        }
        return _filled(
            resourceType="PlanDefinition",
            id=routine.id,
            language=routine.language,
            text={"status": "generated", "div": self.narrative(actions, known)},
            contained=[self.activity(each) for each in routine.exercises.values()],
            title=routine.name,
            status="draft",
            purpose=_markdown(routine.purpose),
            usage=_listed(known | {self.labels.disclaimer: []}),
            relatedArtifact=[_artifact("citation", each, None) for each in cited],
            goal=self.goals,
            action=[session],
        )

    def often(self) -> _Element:
        """Return how often: some times a day, or a week where it is not on every day."""
        if (often := self.routine.frequency) is None:
            return {}
        times, days = often.times_a_day, often.days_a_week
        low, high, unit = times.low, times.high, "d"
        if days.low < DAYS_OF_A_WEEK:
            low, high, unit = low * days.low, high * days.high, "wk"
        most = {"frequencyMax": high} if low < high else {}
        return {"frequency": low, **most, "period": 1, "periodUnit": unit}

    def duration(self) -> _Element:
        """Return how long a session takes, from the gentle end to the full dose."""
        gentle_s, full_s = map(ms_to_seconds, ends_ms(self.timeline))
        most = {"durationMax": full_s} if gentle_s < full_s else {}
        return {"duration": gentle_s, **most, "durationUnit": "s"}

    def actions(self, items: Iterable[RoutineItem]) -> Iterator[_Action]:
        for item in items:
            if isinstance(item, Circuit):
                rounds, *between = circuit_in_words(item, self.labels)
                inner = [*self.actions(item.items)]
                yield _action(rounds, "".join(between), inner, **_GROUP)
            elif isinstance(item, Rest):
                lasts = seconds_in_words(item.seconds, self.labels)
                yield _action(item.text or self.labels.rest, lasts)
            else:
                place = prescribed(item)
                dose = dose_in_words(place, phrases=self.labels)
                told = f"{dose}. {place.note}" if place.note else dose
                goals = [*self.doses(place)]
                yield _action(item.name, told, goalId=goals, definitionCanonical=f"#{item.id}")

    def doses(self, item: Prescription) -> Iterator[str]:
        """Keep a dose as goals, one for each side where they differ, and yield their ids."""
        doses = [item.for_side(side) for side in item.sides or (None,)]
        if all(_targets(dose) == _targets(doses[0]) for dose in doses):
            doses = [item]
        for dose in doses:
            words = f"{item.name}: {dose_in_words(dose, phrases=self.labels)}"
            id = f"dose-{len(self.goals) + 1}"
            self.goals.append({"id": id, "description": {"text": words}, "target": _targets(dose)})
            yield id

    def activity(self, exercise: Exercise) -> _Element:
        """Return what an exercise is, whatever its dose."""
        needed = [self.labels.name_of(each) for each in exercise.equipment]
        usage = self.warnings(exercise) | ({self.labels.you_need: needed} if needed else {})
        done = [*instructions(prescribed(exercise), self.labels, has_holds=False)]
        artifacts = [
            *(
                _artifact("citation", f"{each.title}: {each.says}", each.url)
                for each in exercise.sources
            ),
            *(_artifact("documentation", each.title, each.url) for each in exercise.links),
        ]
        return _filled(
            resourceType="ActivityDefinition",
            id=exercise.id,
            language=exercise.language,
            title=exercise.name,
            status="draft",
            description=_listed({self.labels.name_of(exercise.position): done}),
            purpose=_markdown(exercise.purpose),
            usage=_listed(usage),
            relatedArtifact=artifacts,
            kind="ServiceRequest",
            intent="proposal",
            code={"text": exercise.name},
            timingTiming=_filled(repeat=self.often()),
            bodySite=[{"text": self.labels.name_of(each)} for each in exercise.targets],
        )

    def warnings(self, of: Exercise | Routine) -> dict[str, list[str]]:
        """Return what should be known before, by headings."""
        found = {self.labels.not_for: of.contraindications, self.labels.take_care: of.cautions}
        return {heading: [*texts] for heading, texts in found.items() if texts}

    def narrative(self, actions: Iterable[_Action], known: Mapping[str, list[str]]) -> str:
        """Return all that a person needs to know, as XHTML."""
        parts = [tag("h1", self.routine.name), tag("ol", *(shown for _, shown in actions))]
        for heading, texts in known.items():
            parts += [tag("h2", heading), tag("ul", *(tag("li", each) for each in texts))]
        parts.append(tag("p", self.labels.disclaimer))
        return tag("div", *parts, xmlns="http://www.w3.org/1999/xhtml")


def _filled(**elements: Any) -> _Element:
    """Return what is there: FHIR has no empty elements."""
    return {name: value for name, value in elements.items() if value}


def _action(
    title: str, words: str | None, inner: Iterable[_Action] = (), **others: Any
) -> _Action:
    inner = [*inner]
    nested = tag("ol", *(shown for _, shown in inner)) if inner else None
    action = _filled(
        title=title,
        description=_markdown(words),
        **others,
        action=[each for each, _ in inner],
    )
    return action, tag("li", title, f": {words}" if words else None, nested)


def _targets(item: Prescription) -> list[_Element]:
    """Return a dose in numbers, each with the word for a part of a dose."""
    holds = dict.fromkeys(each.seconds for each in item.cycle if isinstance(each, Hold))
    amounts: list[tuple[DosePart, Range]] = [(DosePart.REPS, item.reps)]
    amounts += [(DosePart.HOLD, seconds) for seconds in holds]
    amounts.append((DosePart.SETS, item.sets))
    if item.rest is not None:
        amounts.append((DosePart.REST, item.rest))
    return [{"measure": {"text": part.value}, **_amount(part, amount)} for part, amount in amounts]


def _amount(part: DosePart, amount: Range) -> _Element:
    unit = _SECOND if part in {DosePart.HOLD, DosePart.REST} else {}
    low, high = ({"value": value, **unit} for value in (amount.low, amount.high))
    return {"detailQuantity": low} if low == high else {"detailRange": {"low": low, "high": high}}


def _artifact(kind: str, words: str, url: str | None) -> _Element:
    return _filled(type=kind, display=words, document=_filled(url=url))


def _markdown(text: str | None) -> str | None:
    """Return a text as Markdown that says the same, with nothing but text in it."""
    return text and _MARKDOWN.sub(r"\\\g<0>", text.strip())


def _listed(sections: Mapping[str, list[str]]) -> str:
    """Return headings and what stands below each, as Markdown."""
    blocks = []
    for heading, texts in sections.items():
        blocks.append(_markdown(heading))
        blocks += ["\n".join(f"- {_markdown(each)}" for each in texts)] if texts else []
    return "\n\n".join(filter(None, blocks))
