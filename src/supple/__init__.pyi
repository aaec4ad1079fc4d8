from supple import (
    catalog as catalog,
    columns as columns,
    export as export,
    figures as figures,
    mqtt as mqtt,
    narration as narration,
    planning as planning,
    testing as testing,
    timers as timers,
)
from supple._dosing import dose_in_words as dose_in_words
from supple._errors import (
    CatalogError as CatalogError,
    EventLineError as EventLineError,
    ExportError as ExportError,
    MisfitError as MisfitError,
    MissingExtraError as MissingExtraError,
    ModelError as ModelError,
    PlayerStateError as PlayerStateError,
    Problem as Problem,
    RunnerClosedError as RunnerClosedError,
    SnapshotError as SnapshotError,
    SuppleError as SuppleError,
    TimelineError as TimelineError,
    TimelineIndexError as TimelineIndexError,
    UnknownNameError as UnknownNameError,
)
from supple._model import (
    Advice as Advice,
    AdviceTier as AdviceTier,
    Amount as Amount,
    BodyArea as BodyArea,
    Breath as Breath,
    Circuit as Circuit,
    Dose as Dose,
    DosePart as DosePart,
    DoseSource as DoseSource,
    Equipment as Equipment,
    Exercise as Exercise,
    ExerciseKind as ExerciseKind,
    Frequency as Frequency,
    Hold as Hold,
    Link as Link,
    Mark as Mark,
    Pacing as Pacing,
    Phase as Phase,
    Picture as Picture,
    Position as Position,
    Prescription as Prescription,
    Range as Range,
    Rest as Rest,
    Routine as Routine,
    RoutineItem as RoutineItem,
    Side as Side,
    Sides as Sides,
    Step as Step,
)
from supple._model.pose import Pose as Pose
from supple._phrases import Phrases as Phrases
from supple._player.commands import read_command as read_command
from supple._player.player import Player as Player
from supple._player.states import (
    GapPolicy as GapPolicy,
    PlayerCommand as PlayerCommand,
    PlayerState as PlayerState,
    SkipOver as SkipOver,
)
from supple._timeline.events import (
    Event as Event,
    Moment as Moment,
    Posed as Posed,
    Segment as Segment,
)
from supple._timeline.kinds import (
    EventKind as EventKind,
    RestReason as RestReason,
    SegmentKind as SegmentKind,
    UnknownKind as UnknownKind,
)
from supple._timeline.schedule import schedule as schedule
from supple._timeline.timeline import (
    ExerciseSpan as ExerciseSpan,
    ExerciseSpans as ExerciseSpans,
    Timeline as Timeline,
)
from supple.catalog._catalog import Catalog as Catalog
from supple.catalog._load import load_catalog as load_catalog

__all__: list[str]
__version__: str
