"""What a fact of an event is: its type, the kinds of events that have it, and what it means.

A :class:`Fact` stands once, as an attribute of :class:`~supple.Event`. The attribute itself, the
representation, the event line with its reader and its schema, the rows of a table, and the
reference page are all made from it.
"""

from __future__ import annotations

import re
from enum import Enum
from fnmatch import fnmatchcase
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, Generic, TypeAlias, TypeVar, overload

from supple._errors import Hint, close_matches
from supple._model.requirements import LONGEST_NAME, Requirement, Schema, refuse
from supple._timeline.kinds import KIND_FORM, EventKind, UnknownKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

T = TypeVar("T")

Plain: TypeAlias = int | str | bool
"""What a fact is in an event line: text, a whole number, or true."""


class KindOfEvent(Requirement[EventKind | UnknownKind]):
    """The kind of an event, or of one that is newer than the reader."""

    def kept(self, value: Any) -> EventKind | UnknownKind:
        known = [kind.value for kind in EventKind]
        is_short = isinstance(value, str) and len(value) <= LONGEST_NAME
        if not is_short or not KIND_FORM.fullmatch(value):
            hint = Hint(close_matches(value, known))
            requirement = f"must be of the form x.started, x.ended or cue.x{hint}"
            refuse("kind", requirement, value, hint=hint)
        return EventKind(value) if value in known else UnknownKind(value)

    def schema(self) -> Schema:
        return {"type": "string"} | text_like(KIND_FORM)


class TrueOnly(Requirement[bool]):
    """True, or not there."""

    def kept(self, value: Any) -> bool:
        if value is not True:
            refuse("true", "must be true where it stands", value)
        return True

    def schema(self) -> Schema:
        return {"const": True}


def text_like(form: re.Pattern[str]) -> Schema:
    """Return the JSON Schema of a word of a form, as long as a name may be."""
    return {"maxLength": LONGEST_NAME, "pattern": f"^(?:{form.pattern})$"}


class Home(Enum):
    """Where an event keeps a fact."""

    OFFSET = "_at_ms"
    CONTENT = "_content"
    PLACE = "_content.place"
    COUNTERS = "_counters"


COUNTED: Final = ("rep", "set", "round", "exercise_number")
"""The facts in the counters of an event, in the order of these."""

FACT_FORM: Final = re.compile(r"[a-z]+(_[a-z]+)*")
"""The form of the name of a fact, that of one from the future, too."""


class Fact(property, Generic[T]):
    """A fact of an event, as the attribute that tells it.

    Args:
        requirement: What it is where it applies; where it does not, the attribute is ``None``,
            or ``False`` where it is true only.
        words: What it means.
        home: Where an event keeps it.
        get: What reads it there, where that is more than to look it up.
        kinds: The patterns of the kinds that it stands in, as of a shell.
        is_needed: Whether it stands in each of them, and not only in some.
        with_jump: Whether it stands in whatever a jump has brought, too.
        least: A pattern of kinds, and the least number that it is in these.
        is_wording: Whether it is words of a language, which may change while all else stays.
        total: The fact that says of how many it is one; neither stands without the other.
    """

    name: str

    def __init__(  # noqa: PLR0913 - what there is to know about a fact, each by its name
        self,
        requirement: Requirement[Any],
        words: str,
        home: Home = Home.CONTENT,
        *,
        get: Callable[[Any], T] | None = None,
        kinds: tuple[str, ...] = ("*",),
        is_needed: bool = False,
        with_jump: bool = False,
        least: tuple[str, int] | None = None,
        is_wording: bool = False,
        total: str | None = None,
    ) -> None:
        self.__doc__ = f"{words[0].upper()}{words[1:]}."
        self.requirement = requirement
        self.words = words
        self.home = home
        self._get = get
        self.kinds = kinds
        self.is_needed = is_needed
        self.with_jump = with_jump
        self.least = least
        self.is_wording = is_wording
        self.total = total

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        property.__init__(self, self._get or _getter(self), doc=self.__doc__)

    @property
    def is_anywhere(self) -> bool:
        """Whether events of every kind may have it."""
        return self.kinds == ("*",)

    def stands_in(self, kind: str) -> bool:
        """Tell whether events of a kind may have it."""
        return _matches(kind, self.kinds)

    def least_in(self, kind: str) -> int:
        """Return the least number that it is in events of a kind."""
        pattern, least = self.least or ("", 0)
        return least if fnmatchcase(kind, pattern) else 0

    if TYPE_CHECKING:  # at run time property's own, which is the fastest there is

        @overload
        def __get__(self, instance: None, owner: type, /) -> Self: ...
        @overload
        def __get__(self, instance: object, owner: type | None = None, /) -> T: ...
        def __get__(self, instance: object, owner: type | None = None, /) -> Self | T: ...


@lru_cache(maxsize=512)
def _matches(kind: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(kind, pattern) for pattern in patterns)


def _getter(fact: Fact[Any]) -> Callable[[Any], Any]:
    if fact.home is Home.OFFSET:
        return attrgetter(fact.home.value)
    if fact.home is not Home.COUNTERS:
        return attrgetter(f"{fact.home.value}.{fact.name}")
    index = COUNTED.index(fact.name)
    total = attrgetter(f"{Home.PLACE.value}.{fact.total}")
    return lambda said: None if total(said) is None else said._counters[index]  # noqa: SLF001 - as attrgetter does
