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

from supple._model.advice import Advice as Advice
from supple._model.amounts import Amount as Amount, Range as Range
from supple._model.exercise import (
    Breath as Breath,
    Dose as Dose,
    DoseSource as DoseSource,
    Exercise as Exercise,
    Hold as Hold,
    Link as Link,
    Mark as Mark,
    Picture as Picture,
    Prescription as Prescription,
    Step as Step,
)
from supple._model.pacing import Pacing as Pacing
from supple._model.routine import (
    Circuit as Circuit,
    Frequency as Frequency,
    Rest as Rest,
    Routine as Routine,
    RoutineItem as RoutineItem,
)
from supple._model.words import (
    AdviceTier as AdviceTier,
    BodyArea as BodyArea,
    DosePart as DosePart,
    Equipment as Equipment,
    ExerciseKind as ExerciseKind,
    Phase as Phase,
    Position as Position,
    Side as Side,
    Sides as Sides,
)
