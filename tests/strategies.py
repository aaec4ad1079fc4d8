"""The public strategies, as the tests of time want them: undescribed, and in English.

What a routine says beside its doses takes no time, so a test is faster without it, and the
plain expansion in `oracle.py` knows no other language.
"""

from __future__ import annotations

from functools import partial

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

routines = partial(public.routines, described=False)
timelines = partial(public.timelines, described=False)
