"""Guided stretching and mobility routines as exact, timed event streams.

Describe exercises as data, put them into a routine, lay the routine out in time, and let any
timer run the stream of events.

>>> import supple
>>> back = supple.load_catalog("lower-back")
>>> timeline = supple.schedule(back.routines["lower-back"])
>>> for event in timeline.events(0, 5_000):
...     print(event.at_ms, event.kind, event.text)
0 routine.started Lower back
0 rest.started Get ready: Knee rolls, lying on your back
2000 cue.countdown 3
3000 cue.countdown 2
4000 cue.countdown 1

Importing this package is cheap: each name is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # importing typing for it would take half of the time that this takes
if TYPE_CHECKING:
    from supple._errors import (
        CatalogError,
        EventLineError,
        MisfitError,
        MissingExtraError,
        ModelError,
        PlayerStateError,
        Problem,
        RunnerClosedError,
        SnapshotError,
        SuppleError,
        TimelineError,
        TimelineIndexError,
        UnknownNameError,
    )
    from supple._model import (
        Advice,
        AdviceTier,
        Amount,
        Circuit,
        Dose,
        DosePart,
        DoseSource,
        Exercise,
        ExerciseKind,
        Hold,
        Mark,
        Pacing,
        Picture,
        Position,
        Prescription,
        Range,
        Rest,
        Routine,
        RoutineItem,
        Side,
        Sides,
        Step,
    )
    from supple._phrases import Phrases
    from supple._player.player import Player
    from supple._player.states import GapPolicy, PlayerCommand, PlayerState, SkipOver
    from supple._timeline.events import Event, EventKind, Moment, RestReason, Segment, SegmentKind
    from supple._timeline.schedule import schedule
    from supple._timeline.timeline import Timeline
    from supple.catalog._catalog import Catalog
    from supple.catalog._load import load_catalog

    __version__: str

__all__ = [
    "Advice",
    "AdviceTier",
    "Amount",
    "Catalog",
    "CatalogError",
    "Circuit",
    "Dose",
    "DosePart",
    "DoseSource",
    "Event",
    "EventKind",
    "EventLineError",
    "Exercise",
    "ExerciseKind",
    "GapPolicy",
    "Hold",
    "Mark",
    "MisfitError",
    "MissingExtraError",
    "ModelError",
    "Moment",
    "Pacing",
    "Phrases",
    "Picture",
    "Player",
    "PlayerCommand",
    "PlayerState",
    "PlayerStateError",
    "Position",
    "Prescription",
    "Problem",
    "Range",
    "Rest",
    "RestReason",
    "Routine",
    "RoutineItem",
    "RunnerClosedError",
    "Segment",
    "SegmentKind",
    "Side",
    "Sides",
    "SkipOver",
    "SnapshotError",
    "Step",
    "SuppleError",
    "Timeline",
    "TimelineError",
    "TimelineIndexError",
    "UnknownNameError",
    "__version__",
    "load_catalog",
    "schedule",
]

_HOME = {
    "CatalogError": "supple._errors",
    "EventLineError": "supple._errors",
    "MisfitError": "supple._errors",
    "MissingExtraError": "supple._errors",
    "ModelError": "supple._errors",
    "PlayerStateError": "supple._errors",
    "Problem": "supple._errors",
    "RunnerClosedError": "supple._errors",
    "SnapshotError": "supple._errors",
    "SuppleError": "supple._errors",
    "TimelineError": "supple._errors",
    "TimelineIndexError": "supple._errors",
    "UnknownNameError": "supple._errors",
    "Event": "supple._timeline.events",
    "EventKind": "supple._timeline.events",
    "Moment": "supple._timeline.events",
    "RestReason": "supple._timeline.events",
    "Segment": "supple._timeline.events",
    "SegmentKind": "supple._timeline.events",
    "Advice": "supple._model",
    "Amount": "supple._model",
    "Circuit": "supple._model",
    "Dose": "supple._model",
    "DosePart": "supple._model",
    "Exercise": "supple._model",
    "ExerciseKind": "supple._model",
    "Hold": "supple._model",
    "RoutineItem": "supple._model",
    "Mark": "supple._model",
    "Pacing": "supple._model",
    "Picture": "supple._model",
    "Position": "supple._model",
    "Prescription": "supple._model",
    "Range": "supple._model",
    "Rest": "supple._model",
    "Routine": "supple._model",
    "Side": "supple._model",
    "Sides": "supple._model",
    "DoseSource": "supple._model",
    "Step": "supple._model",
    "AdviceTier": "supple._model",
    "Phrases": "supple._phrases",
    "GapPolicy": "supple._player.states",
    "SkipOver": "supple._player.states",
    "Player": "supple._player.player",
    "PlayerCommand": "supple._player.states",
    "PlayerState": "supple._player.states",
    "schedule": "supple._timeline.schedule",
    "Timeline": "supple._timeline.timeline",
    "Catalog": "supple.catalog._catalog",
    "load_catalog": "supple.catalog._load",
}


def __getattr__(name: str) -> object:
    if name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
    elif name == "__version__":
        value = import_module("importlib.metadata").version("supple")
    else:
        raise AttributeError(f"module 'supple' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
