"""Where a bridge publishes, and which topics there can be."""

from __future__ import annotations

import pytest

from supple import ModelError
from supple.mqtt import Topics
from tests.mqtt.stage import Stage, short_routine
from tests.refusals import GARBLING


def test_topics_lie_below_the_base() -> None:
    """Every topic is a level below the base, under its own name."""
    topics = Topics("home/gym")
    names = ("state", "event", "availability", "error", "command", "bridge")
    assert [getattr(topics, name) for name in names] == [f"home/gym/{name}" for name in names]


def test_base_of_the_routine() -> None:
    """Where nothing is said, the topics are named for the routine."""
    assert Stage(short_routine()).bridge.topics == Topics("supple/desk")


@pytest.mark.parametrize(
    ("base", "requirement"),
    [
        ("", "must not be empty"),
        (7, "must be text"),
        ("a/#", "must have no wildcards"),
        ("a/+/b", "must have no wildcards"),
        ("$SYS/broker", "must not begin with $, which is for brokers"),
        ("/a", "must neither begin nor end with /"),
        ("a/", "must neither begin nor end with /"),
        ("a" * 1001, "must be at most 1000 characters long"),
        ("a\ufffe", GARBLING),
        ("a\ufdd0/b", GARBLING),
        ("a\0b", GARBLING),
    ],
)
def test_refused_base(base: object, requirement: str) -> None:
    """What no topic name can begin with is refused."""
    with pytest.raises(ModelError) as caught:
        Topics(base)  # type: ignore[arg-type]  # the wrong type is the point
    assert caught.value.where == "Topics.base"
    assert caught.value.requirement == requirement
    assert caught.value.got == base


def test_longest_base() -> None:
    """A base of a thousand characters is the longest."""
    assert Topics("a" * 1000).base == "a" * 1000
