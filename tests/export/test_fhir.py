"""Plans in FHIR: read by the classes of three releases, and compared with the routine."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from supple import (
    Circuit,
    Dose,
    Frequency,
    Hold,
    Link,
    Prescription,
    Rest,
    Routine,
    Step,
    Timeline,
    load_catalog,
    schedule,
)
from supple.export import fhir
from supple.testing import strategies as public

from ..laws import share
from ..needs import needs_module
from .routines import exercise, hostile_routines, routine

needs_module("fhir.resources")
needs_module("fhirclient")
needs_module("markdown_it")

from fhir.resources.plandefinition import PlanDefinition as PlanR5  # noqa: E402 - as above
from fhir.resources.R4B.plandefinition import PlanDefinition as PlanR4B  # noqa: E402
from fhirclient.models.plandefinition import PlanDefinition as PlanR4  # noqa: E402
from markdown_it import MarkdownIt  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

XHTML = "{http://www.w3.org/1999/xhtml}"


def plan_of(timeline: Timeline) -> Any:
    """Return a plan, after the readers of three releases have taken it and given it back."""
    stream = io.BytesIO()
    fhir.write(timeline, stream)
    plan = json.loads(stream.getvalue())
    PlanR4(plan, strict=True)
    for kind in (PlanR4B, PlanR5):
        assert json.loads(kind.model_validate(plan).model_dump_json()) == plan
    return plan


def said_in(markdown: str) -> str:
    """Return what Markdown shows, by a reader of its own, and refuse all but text and lists."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}
    assert kinds <= {"paragraph", "inline", "bullet_list", "list_item"}, markdown
    inner = [child for token in tokens for child in token.children or []]
    assert {child.type for child in inner} <= {"text", "text_special"}, markdown
    texts = ("".join(c.content for c in token.children or []) for token in tokens)
    return "\n".join(text for text in texts if text)


def places(actions: list[Any]) -> Iterator[Any]:
    """Yield the exercises of a plan in their order."""
    for action in actions:
        yield from places(action.get("action", []))
        if "definitionCanonical" in action:
            yield action


def test_the_bundled_routine() -> None:
    """Its exercises are actions in their order, with the doses in words and in numbers."""
    back = load_catalog("lower-back")
    plan = plan_of(schedule(back.routines["lower-back"], level=0.5))
    assert (plan["id"], plan["status"], plan["language"]) == ("lower-back", "draft", "en")
    [session] = plan["action"]
    assert session["timingTiming"]["repeat"] == {
        "frequency": 2,
        "frequencyMax": 3,
        "period": 1,
        "periodUnit": "d",
        "duration": schedule(back.routines["lower-back"], level=0).duration_ms / 1000,
        "durationMax": schedule(back.routines["lower-back"], level=1).duration_ms / 1000,
        "durationUnit": "s",
    }
    told = [(each["title"], each["description"]) for each in session["action"]]
    assert told[:2] == [
        ("Knee rolls", "hold 10 s, each side"),
        ("Pelvic tilts", "8–10 × hold 5–10 s"),
    ]
    goals = {goal["id"]: goal for goal in plan["goal"]}
    [tilts] = session["action"][1]["goalId"]
    seconds = {"unit": "s", "system": "http://unitsofmeasure.org", "code": "s"}
    assert goals[tilts]["description"]["text"] == "Pelvic tilts: 8–10 × hold 5–10 s"
    assert goals[tilts]["target"] == [
        {"measure": {"text": "reps"}, "detailRange": {"low": {"value": 8}, "high": {"value": 10}}},
        {
            "measure": {"text": "hold"},
            "detailRange": {"low": {"value": 5} | seconds, "high": {"value": 10} | seconds},
        },
        {"measure": {"text": "sets"}, "detailQuantity": {"value": 1}},
    ]
    contained = {each["id"]: each for each in plan["contained"]}
    assert [*contained] == [*back.routines["lower-back"].exercises]
    assert "If you have osteoporosis" in said_in(contained["knee-rolls"]["usage"])
    assert "Stop an exercise if it brings a new pain." in said_in(plan["usage"])
    assert plan["relatedArtifact"][0]["type"] == "citation"
    assert fhir.lost(schedule(back.routines["lower-back"])) == ("the cues", "the figures")


def test_an_exercise_that_has_everything() -> None:
    """Circuits, rests, sides that differ, notes, sets, equipment and links all have a place."""
    reach = exercise(
        cycle=[Step("Reach to the {side}", seconds=2), Hold("Keep", seconds=(3, 4.5))],
        setup=[Step("Sit down", until_ready=True)],
        sides="each",
        reps=(2, 4),
        sets=3,
        rest=15,
        equipment=["chair"],
        cautions=["Slowly."],
        contraindications=["Not with a new hip."],
        links=[Link("Film", url="https://example.org/film")],
    )
    both = Prescription(reach, left=Dose(reps=5), note="Softly", load="1 kg")
    rocked = exercise("rock", name="Rock", reps=5, sets=2)
    plan = plan_of(
        schedule(
            routine(
                both,
                Rest(20),
                Circuit([Prescription(reach, side="right"), Rest(5, text="Breathe")], rounds=2,
                        rest=30),
                Circuit([rocked], rounds=1),
                frequency=Frequency(times_a_day=2, days_a_week=(3, 5)),
                purpose="Loosens *all*",
                advice=[],
            )
        )
    )  # fmt: skip
    [session] = plan["action"]
    assert session["timingTiming"]["repeat"] | {"duration": 0, "durationMax": 0} == {
        "frequency": 6,
        "frequencyMax": 10,
        "period": 1,
        "periodUnit": "wk",
        "duration": 0,
        "durationMax": 0,
        "durationUnit": "s",
    }
    first, rest, rounds, once = session["action"]
    assert said_in(first["description"]) == (
        "left 3 sets: 5 × hold 3–4.5 s; right 3 sets: 2–4 × hold 3–4.5 s, with 1 kg. Softly"
    )
    assert first["goalId"] == ["dose-1", "dose-2"]
    assert [goal["description"]["text"] for goal in plan["goal"]] == [
        "Reach: 3 sets: 5 × hold 3–4.5 s, left only, with 1 kg",
        "Reach: 3 sets: 2–4 × hold 3–4.5 s, right only, with 1 kg",
        "Reach: 3 sets: 2–4 × hold 3–4.5 s, right only",
        "Rock: 2 sets: 5 × hold 4 s",
    ]
    assert [each["measure"]["text"] for each in plan["goal"][0]["target"]] == [
        *("reps", "hold", "sets", "rest")
    ]
    assert rest == {"title": "Rest", "description": "20 s"}
    assert (rounds["title"], rounds["description"]) == ("2 rounds", "rest 30 s between rounds")
    assert rounds["action"][1] == {"title": "Breathe", "description": "5 s"}
    assert (once["title"], once.get("description")) == ("1 round", None)
    reach_is = plan["contained"][0]
    assert said_in(reach_is["description"]).splitlines() == [
        "standing",
        "Sit down (until you are ready)",
        "Reach to the left (2 s)",
        "Keep",
        "first left, then the same right",
    ]
    assert said_in(reach_is["usage"]).splitlines() == [
        *("Who should not do it", "Not with a new hip.", "Take care", "Slowly."),
        *("What you need", "chair"),
    ]
    assert reach_is["relatedArtifact"] == [
        {
            "type": "documentation",
            "display": "Film",
            "document": {"url": "https://example.org/film"},
        }
    ]
    assert plan["purpose"] == r"Loosens \*all\*"


@pytest.mark.parametrize(
    "text",
    ["- a", "+ a", "1. a", "7) a", "a 3. b", "# a", "> a", "* a", "_a_", "`a`", "[a](b)", "a  b",
     "![a](b)", "<b>a</b>", "&lt;", "\\", "a\\", "~~~", "---", "===", "- - -", "| a |", "a_b_c",
     "https://example.org/a_b?c=d&e", "a@example.org", "<https://a.b>", "***", "1.", "-", "10)"],
)  # fmt: skip
def test_a_text_stays_text(text: str) -> None:
    """Whatever Markdown reads as more is shown as it stands."""
    reach = exercise(cycle=[Step(text, seconds=2)], purpose=text, cautions=[text])
    plan = plan_of(schedule(routine(Prescription(reach, note=text), purpose=text, advice=[])))
    [contained] = plan["contained"]
    shown = " ".join(text.split())
    said = {" ".join(said_in(each).split()) for each in (plan["purpose"], contained["purpose"])}
    assert said == {shown}
    assert " ".join(said_in(contained["description"]).split()) == f"standing {shown} (2 s)"
    assert said_in(contained["usage"]).partition("\n")[2].split() == text.split()
    assert said_in(plan["action"][0]["action"][0]["description"]).split()[1:] == text.split()


@share(0.5)
@given(hostile_routines() | public.routines())
def test_no_text_alters_the_structure(daily: Routine) -> None:
    """Three readers find what the routine has, and Markdown and XHTML are text and lists."""
    timeline = schedule(daily)
    plan = plan_of(timeline)
    assert plan == plan_of(timeline)
    assert plan["title"] == daily.name
    contained = {each["id"]: each["title"] for each in plan["contained"]}
    assert contained == {id: each.name for id, each in daily.exercises.items()}
    found = [*places(plan["action"])]
    assert {each["definitionCanonical"] for each in found} == {f"#{id}" for id in contained}
    named = [id for each in found for id in each["goalId"]]
    assert named == [goal["id"] for goal in plan["goal"]]
    for each in plan["contained"]:
        texts = (each.get(key) for key in ("description", "purpose", "usage"))
        assert all(said_in(text) for text in texts if text)
    narrative = ET.fromstring(plan["text"]["div"])  # noqa: S314 - our own output
    assert {each.tag for each in narrative.iter()} <= {
        XHTML + name for name in ("div", "h1", "h2", "ol", "ul", "li", "p")
    }
    heading = narrative.find(f"{XHTML}h1")
    assert heading is not None
    assert heading.text == daily.name
