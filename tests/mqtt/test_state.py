"""The state as a listener sees it, and when it is published."""

from __future__ import annotations

import json
import re

from attrs import fields

import supple
from supple.export import event_lines
from supple.mqtt import Topics
from tests.mqtt.stage import Stage, short_routine

READY = {
    "routine": "desk",
    "state": "ready",
    "position_ms": 0,
    "duration_ms": 5000,
    "speed": 1,
    "segment": "rest",
    "text": "Get ready: Reach, standing",
    "remaining_ms": 1000,
    "exercise": None,
    "side": None,
    "rep": None,
    "reps": None,
    "set": None,
    "sets": None,
    "round": None,
    "rounds": None,
    "next": "Reach to the left",
    "lost_events": 0,
}


def test_the_reference_names_every_topic_and_every_key() -> None:
    """What the class of the topics tells is what there is."""
    named = {*re.findall(r"``(\w+)``", Topics.__doc__ or "")}
    assert {*READY} | {each.name for each in fields(Topics)} - {"base"} <= named


def test_state_at_connection() -> None:
    """At a connection the state is published, to be retained, with what is to come first."""
    stage = Stage(short_routine())
    stage.client.connect()
    assert stage.client.published == []  # all of it comes in the thread of the timer
    stage.clock.advance(0)
    topic, payload, qos, retain = stage.client.published[-1]
    assert (topic, qos, retain) == ("supple/desk/state", 0, True)
    assert json.loads(payload) == READY


def test_state_in_a_hold() -> None:
    """In a hold the state names the exercise, the side, the counters and what is left."""
    stage = Stage(short_routine())
    stage.bridge.runner.start()
    stage.clock.advance(1)
    stage.states()
    stage.clock.advance(0.25)
    stage.send("pause")
    (state,) = {json.dumps(state) for state in stage.states()}
    assert json.loads(state) == {
        "routine": "desk",
        "state": "paused",
        "position_ms": 1250,
        "duration_ms": 5000,
        "speed": 1,
        "segment": "hold",
        "text": "Reach to the left",
        "remaining_ms": 750,
        "exercise": "reach",
        "side": "left",
        "rep": 1,
        "reps": 1,
        "set": 1,
        "sets": 1,
        "round": None,
        "rounds": None,
        "next": "Switch sides",
        "lost_events": 0,
    }


def test_state_when_it_is_over() -> None:
    """Once the routine is over nothing is under way, and nothing comes next."""
    stage = Stage(short_routine())
    stage.bridge.runner.start()
    stage.clock.advance(2)
    stage.states()
    stage.send("stop")
    state = stage.states()[-1]
    assert {key: value for key, value in state.items() if value is not None} == {
        "routine": "desk",
        "state": "stopped",
        "position_ms": 2000,
        "duration_ms": 5000,
        "speed": 1,
        "lost_events": 0,
    }
    assert state.keys() == READY.keys()


def test_state_whenever_something_begins() -> None:
    """The state is published once at every segment, at every change, and not in between."""
    stage = Stage(short_routine())
    stage.bridge.runner.start()
    stage.clock.advance(60)
    seen = [(each["state"], each["position_ms"]) for each in stage.states()]
    assert sorted(set(seen), key=seen.index) == [
        ("running", 0),
        ("running", 1000),
        ("running", 2000),
        ("running", 3000),
        ("waiting", 4000),
    ]
    stage.send("ready")
    assert [each["state"] for each in stage.states()] == ["finished", "finished"]


def test_state_while_it_runs() -> None:
    """Where nothing happens, the state comes once a second, and in a pause it does not."""
    hold = supple.Hold("Keep", seconds=9)
    keep = supple.Exercise("keep", name="K", kind="stretch", position="standing", cycle=[hold])
    pacing = supple.Pacing(get_ready=0, countdown=(2,))
    stage = Stage(supple.schedule(supple.Routine("k", items=[keep]), pacing=pacing))
    stage.bridge.runner.start()
    stage.states()
    stage.clock.advance(3.5)
    assert [each["remaining_ms"] for each in stage.states()] == [8000, 7000, 6000]
    stage.send("pause")
    stage.states()
    stage.clock.advance(60)
    assert stage.states() == []
    stage.send("resume")
    stage.states()
    stage.clock.advance(5)
    assert [each["remaining_ms"] for each in stage.states()] == [4500, 3500, 2500, 2000, 1000]


def test_events_are_published_as_lines() -> None:
    """Every event comes once, in order, at least once delivered and not retained."""
    timeline = short_routine()
    stage = Stage(supple.Player(timeline, hands_free=True))
    stage.bridge.runner.start()
    stage.clock.advance(5)
    events = [each for each in stage.client.published if each[0] == "supple/desk/event"]
    assert [event_lines.decode(payload) for _, payload, _, _ in events] == [*timeline]
    assert {(qos, retain) for _, _, qos, retain in events} == {(1, False)}


def test_events_are_handed_on() -> None:
    """A program sees the events, too, each after it was published."""
    seen = []
    stage = Stage(short_routine(), on_event=lambda event: seen.append((event, published())))

    def published() -> int:
        return len([each for each in stage.client.published if each[0] == "supple/desk/event"])

    stage.bridge.runner.start()
    assert seen == [(short_routine()[0], 1), (short_routine()[1], 2)]
