"""The public strategies, as the tests of time want them: undescribed, and in English.

What a routine says beside its doses takes no time, so a test is faster without it, and the
plain expansion in `oracle.py` knows no other language.
"""

from __future__ import annotations

from typing import Any

from attrs import evolve, fields, has
from hypothesis import strategies as st

from supple import Range, schedule
from supple.testing import strategies as public

levels = public.levels()
ranges = public.ranges()
marks = public.marks()
sources = public.sources()
pictures = public.pictures()
advice = public.advice()

steps = public.steps
holds = public.holds
exercises = public.exercises
doses = public.doses
prescriptions = public.prescriptions
rests = public.rests
circuits = public.circuits
pacings = public.pacings

routines = public._routines(described=False)
timelines = st.builds(schedule, routines, level=levels, pacing=pacings())


def single(value: Any) -> Any:
    """Return a value with a single value in place of every amount that is a range."""
    if isinstance(value, Range):
        return Range(value.low)
    if isinstance(value, tuple):
        return tuple(map(single, value))
    if not has(type(value)):
        return value
    named = {each.name: each.alias for each in fields(type(value)) if each.init}
    return evolve(value, **{alias: single(getattr(value, name)) for name, alias in named.items()})
