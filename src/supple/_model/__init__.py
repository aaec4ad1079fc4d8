"""What a routine is made of: frozen values that check themselves and do nothing else.

::

    Routine ─┬─ Exercise ─┬─ Step   what the person does
             ├─ Prescription  └─ Hold   what the person keeps
             ├─ Rest
             └─ Circuit ─── items, repeated for rounds

Every class refuses a wrong value with a :class:`~supple.ModelError` that names the field, the
requirement and the value. Lists are kept as tuples, words of a closed set as enum members, and
every amount as a :class:`Range`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._model.advice import Advice
from supple._model.amounts import Amount, Range
from supple._model.exercise import (
    Breath,
    Dose,
    DoseSource,
    Exercise,
    Hold,
    Link,
    Mark,
    Picture,
    Prescription,
    Step,
)
from supple._model.pacing import Pacing
from supple._model.routine import Circuit, Frequency, Rest, Routine, RoutineItem
from supple._model.words import (
    AdviceTier,
    BodyArea,
    DosePart,
    Equipment,
    ExerciseKind,
    Phase,
    Position,
    Side,
    Sides,
)

if TYPE_CHECKING:
    from supple._model.pose import Arm, Leg, Pose, Scene

__all__ = [
    "Advice",
    "AdviceTier",
    "Amount",
    "Arm",
    "BodyArea",
    "Breath",
    "Circuit",
    "Dose",
    "DosePart",
    "DoseSource",
    "Equipment",
    "Exercise",
    "ExerciseKind",
    "Frequency",
    "Hold",
    "Leg",
    "Link",
    "Mark",
    "Pacing",
    "Phase",
    "Picture",
    "Pose",
    "Position",
    "Prescription",
    "Range",
    "Rest",
    "Routine",
    "RoutineItem",
    "Scene",
    "Side",
    "Sides",
    "Step",
]


def __getattr__(name: str) -> object:
    """Load what a pose is made of when it is first used: no timeline needs it."""
    if name not in {"Arm", "Leg", "Pose", "Scene"}:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from supple._model import pose

    return getattr(pose, name)
