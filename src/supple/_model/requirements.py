"""What a field or an argument requires, each requirement in one place.

A requirement stands on the field as its validator. It refuses a value, or puts it into the form
in which it is kept; where a field takes more than it keeps, its converter tells type checkers so,
see :mod:`supple._model.takes`. The strict reader, the JSON Schema, the tables of the reference and
the strategies read it there, through :func:`attrs.fields`.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeAlias, TypeVar

from attrs import NOTHING

from supple._errors import NO_HINT, Hint, ModelError, close_matches
from supple._model.sided import SIDED, has_stray_braces
from supple._printable import GARBLING, printable
from supple._units import LONGEST_SECONDS, SHORTEST_SECONDS, is_whole_ms, plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from enum import StrEnum

    from attrs import Attribute

T = TypeVar("T")
Word = TypeVar("Word", bound="StrEnum")

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema."""

LONGEST_TEXT = 1000
LONGEST_NAME = 64
LARGEST = 10**12
MOST_ELEMENTS = 100_000


def refuse(
    code: str, requirement: str, got: object, where: str = "", hint: Hint = NO_HINT
) -> NoReturn:
    """Refuse a value; ``where`` is the place inside of what was given."""
    raise ModelError(where, requirement, got, code=code, hint=hint)


def refuse_word(got: object, known: Sequence[str], where: str = "") -> NoReturn:
    """Refuse what is none of some words, and tell those that come close."""
    hint = Hint(close_matches(got, known))
    refuse("word", f"must be one of {', '.join(known)}{hint}", got, where, hint)


class Requirement(Generic[T]):
    """What a value must be: a validator of attrs that knows its words and its schema.

    It puts the value into the form in which it is kept, too.
    """

    def __call__(self, instance: object, attribute: Attribute[Any], value: object) -> None:
        try:
            kept = self.kept(value)
        except ModelError as error:
            raise error.within(f"{type(instance).__name__}.{attribute.alias}") from None
        if kept is not value:
            object.__setattr__(instance, attribute.name, kept)

    def require(self, where: str, value: object) -> T:
        """Return the value of an argument as it is kept, or refuse it; ``where`` names it."""
        try:
            return self.kept(value)
        except ModelError as error:
            raise error.within(where) from None

    def kept(self, value: Any) -> T:
        """Return a value as it is kept.

        Raises:
            ModelError: If it is not as required. Its ``where`` is the place inside of the value.
        """
        raise NotImplementedError

    def accepts(self, value: object) -> bool:
        """Tell whether a value is as required."""
        try:
            self.kept(value)
        except ModelError:
            return False
        return True

    def schema(self) -> Schema:
        """Return a new JSON Schema of what a document may give."""
        raise NotImplementedError


class OrNone(Requirement[T | None]):
    """What another requirement accepts, or ``None``."""

    def __init__(self, requirement: Requirement[T]) -> None:
        self.requirement = requirement

    def kept(self, value: Any) -> T | None:
        return None if value is None else self.requirement.kept(value)


optional = OrNone


def bare(requirement: Requirement[Any]) -> Requirement[Any]:
    """Return a requirement as it is for what is not ``None``."""
    return requirement.requirement if isinstance(requirement, OrNone) else requirement


# --- numbers -------------------------------------------------------------------------


def is_real(value: object) -> bool:
    """Tell whether a value is a number, which may yet be infinite or no number at all."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _own(value: Any) -> Any:
    """Return a number of another library as one of Python's own, and anything else as it is."""
    if type(value) is int:  # most are
        return value
    if isinstance(value, bool | float):
        return value if isinstance(value, bool) else float(value)
    try:
        return operator.index(value)
    except Exception:  # noqa: BLE001 - it is what somebody else wrote
        return value


class Real(Requirement[int | float]):
    """A number; it is kept in its plainest form."""

    def kept(self, value: Any) -> int | float:
        number: int | float = _own(value)
        if not is_real(number):
            refuse("number", "must be a number", number)
        return plain(number)


class Number(Real):
    """A number within bounds."""

    finest: tuple[str, str] | None = None
    """The code and the words for one that is finer than thousandths, if it must not be."""

    def __init__(self, low: float, high: float) -> None:
        self.low = low
        self.high = high

    def kept(self, value: Any) -> int | float:
        number = super().kept(value)
        if not self.low <= number <= self.high:  # false for NaN, too
            refuse("bounds", f"must be at least {self.low} and at most {self.high}", number)
        if self.finest and type(number) is not int and not is_whole_ms(number):
            refuse(*self.finest, number)
        return number

    def schema(self) -> Schema:
        return {"type": "number", "minimum": self.low, "maximum": self.high}


class Thousandths(Number):
    """A number within bounds, in whole thousandths."""

    finest = ("decimals", "must have at most three decimal places")


class Seconds(Number):
    """A number of seconds within bounds, whole to the millisecond."""

    finest = ("milliseconds", "must be a whole number of milliseconds")


class Whole(Requirement[int]):
    """A whole number, within bounds where there are some."""

    def __init__(self, low: int | None = None, high: int | None = None, unit: str = "") -> None:
        self.low = low
        self.high = high
        self.unit = unit

    def kept(self, value: Any) -> int:
        number: int = _own(value)
        low, high = self.low, self.high
        if (
            type(number) is not int
            or (low is not None and number < low)
            or (high is not None and number > high)
        ):
            refuse("whole-number", f"must be a whole number{self._bounds}{self.unit}", number)
        return number

    @property
    def _bounds(self) -> str:
        if self.high is not None:
            return f" from {self.low} to {self.high}"
        return "" if self.low is None else f" of at least {self.low}"

    def schema(self) -> Schema:
        bounds = {"minimum": self.low, "maximum": self.high}
        return {"type": "integer"} | {key: n for key, n in bounds.items() if n is not None}


class Between(Number):
    """A number within bounds, which it names whatever is wrong."""

    def kept(self, value: Any) -> int | float:
        number: int | float = _own(value)
        if not is_real(number) or not self.low <= number <= self.high:  # false for NaN, too
            refuse("bounds", f"must be a number from {self.low} to {self.high}", number)
        return plain(number)


class Share(Requirement[int | float]):
    """A part of a whole, but neither nothing nor all of it."""

    def kept(self, value: Any) -> int | float:
        number: int | float = _own(value)
        if not is_real(number) or not 0 < number < 1:  # false for NaN, too
            refuse("fraction", "must be between 0 and 1, both excluded", number)
        return number

    def schema(self) -> Schema:
        return {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}


class Version(Requirement[int]):
    """The version of a format, as each document and each line says it under ``format``."""

    def __init__(self, version: int) -> None:
        self.version = version

    def is_newer(self, value: object) -> bool:
        """Tell whether a value is a version that only a newer supple can read."""
        return type(value) is int and value > self.version

    def kept(self, value: Any) -> int:
        if type(value) is int and value == self.version:
            return value
        if value is NOTHING:
            refuse("missing", f"must be given: format = {self.version}", value)
        if self.is_newer(value):
            refuse("newer-format", f"must be {self.version}; a newer supple may read it", value)
        refuse("format", f"must be {self.version}", value)

    def schema(self) -> Schema:
        return {"const": self.version, "description": "The version of this format."}


class Flag(Requirement[bool]):
    """True or false."""

    def kept(self, value: Any) -> bool:
        if not isinstance(value, bool):
            refuse("flag", "must be true or false", value)
        return value

    def schema(self) -> Schema:
        return {"type": "boolean"}


# --- text ----------------------------------------------------------------------------

_BLANK = r"\u115f\u1160\u2800\u3164\uffa0"  # fillers of Hangul, and Braille without a dot
_UNSEEN = re.compile(rf"[\s{_BLANK}]")


def _is_unseen(letter: str) -> bool:
    return bool(_UNSEEN.match(letter)) or unicodedata.category(letter) == "Cf"


class Line(Requirement[str]):
    """One line of visible text that cannot garble what surrounds it."""

    def kept(self, value: Any) -> str:
        if not isinstance(value, str):
            refuse("text", "must be text", value)
        text = str(value)
        if text.isascii() and text.isprintable() and text.strip():
            return text  # most are
        if all(map(_is_unseen, text)):
            refuse("empty", "must not be empty", text)
        if printable(text) != text:
            hidden = "control characters, hidden characters or overrides of the text direction"
            refuse("garbling", f"must be one line without {hidden}", text)
        return text

    def schema(self) -> Schema:
        return {
            "type": "string",
            "pattern": rf"[^\s{_BLANK}]",
            "not": {"pattern": f"[{GARBLING}]"},
        }


class Text(Line):
    """One line of visible text that is not too long."""

    longest = LONGEST_TEXT

    def kept(self, value: Any) -> str:
        if isinstance(value, str) and len(value) > self.longest:
            refuse("too-long", f"must be at most {self.longest} characters long", value)
        return super().kept(value)

    def schema(self) -> Schema:
        return super().schema() | {"maxLength": self.longest}


class Template(Text):
    """Text whose only braces, if any, name the side."""

    def kept(self, value: Any) -> str:
        text = super().kept(value)
        if has_stray_braces(text):
            requirement = "must have no braces but {side} or {left form|right form}"
            refuse("braces", requirement, text)
        return text

    def schema(self) -> Schema:
        pattern = _portable(rf"(?:[^{{}}]|{SIDED.pattern})*")
        return super().schema() | {"allOf": [{"pattern": pattern}]}


class Formed(Text):
    """Text of a form."""

    def __init__(self, code: str, requirement: str, pattern: str) -> None:
        self.code = code
        self.requirement = requirement
        self.pattern = pattern

    def kept(self, value: Any) -> str:
        text = super().kept(value)
        if not re.fullmatch(self.pattern, text):
            refuse(self.code, self.requirement, text)
        return text

    def schema(self) -> Schema:
        return super().schema() | {"allOf": [{"pattern": _portable(self.pattern)}]}


class Name(Requirement[str]):
    """An identifier: words of a-z and 0-9 joined by single hyphens."""

    code = "identifier"
    words = (
        f"must be words of a-z and 0-9 joined by hyphens, such as 'knee-rolls', "
        f"of at most {LONGEST_NAME} characters"
    )
    pattern = r"[a-z0-9]+(-[a-z0-9]+)*"
    longest = LONGEST_NAME

    def kept(self, value: Any) -> str:
        is_short = isinstance(value, str) and len(value) <= self.longest
        if not is_short or not re.fullmatch(self.pattern, value):
            refuse(self.code, self.words, value)
        return str(value)

    def schema(self) -> Schema:
        pattern = _portable(self.pattern)
        return {"type": "string", "maxLength": self.longest, "pattern": pattern}


class Language(Name):
    """The tag of a language, well-formed as in RFC 5646."""

    code = "language"
    words = "must be a language tag such as 'en' or 'pt-BR'"

    # Language-Tag of RFC 5646, section 2.1: language and extended language, script, region,
    # variants, extensions, private use; or private use alone. The grandfathered tags that it
    # calls irregular, such as i-klingon, are refused: nearly all have another tag to use instead.
    pattern = r"""(?x)
        (
            ([A-Za-z]{2,3}(-[A-Za-z]{3}){0,3} | [A-Za-z]{4,8})
            (-[A-Za-z]{4})?
            (-([A-Za-z]{2} | [0-9]{3}))?
            (-([A-Za-z0-9]{5,8} | [0-9][A-Za-z0-9]{3}))*
            (-[0-9A-WY-Za-wy-z](-[A-Za-z0-9]{2,8})+)*
            (-[Xx](-[A-Za-z0-9]{1,8})+)?
        )
        | [Xx](-[A-Za-z0-9]{1,8})+
        """

    def kept(self, value: Any) -> str:
        text = super().kept(value)
        if len(text) > 3:  # noqa: PLR2004 - the name of a language is longer than its code
            from supple._synonyms import tag_meant

            if (tag := tag_meant(text)) is not None:
                hint = Hint([tag])
                refuse(self.code, f"{self.words}{hint}", text, hint=hint)
        return text


def _portable(pattern: str) -> str:
    """Return a pattern as ECMA-262 has it, without layout and names, for a whole text."""
    bare = re.sub(r"\s+", "", pattern.removeprefix("(?x)")) if "(?x)" in pattern else pattern
    return f"^(?:{re.sub(r'[?]P<[a-z]+>', '', bare)})$"


# --- words, instances, lists ---------------------------------------------------------


class WordOf(Requirement[Word]):
    """One word of a closed set, as text or as its member."""

    def __init__(self, words: type[Word]) -> None:
        self.words = words

    def kept(self, value: Any) -> Word:
        try:
            if isinstance(value, str):
                return self.words(value)
        except ValueError:
            pass
        refuse_word(value, [member.value for member in self.words])

    def schema(self) -> Schema:
        return {"enum": [member.value for member in self.words]}


class WordOr(Requirement[str]):
    """One word of a set that has its member, or any other text."""

    def __init__(self, words: type[StrEnum]) -> None:
        self.words = words

    def kept(self, value: Any) -> str:
        text = TEXT.kept(value)
        try:
            return self.words(text)
        except ValueError:
            return text

    def schema(self) -> Schema:
        return TEXT.schema() | {"examples": [member.value for member in self.words]}


class InstanceOf(Requirement[T]):
    """An instance of one of some classes."""

    def __init__(self, *kinds: type[T]) -> None:
        self.kinds = kinds

    def kept(self, value: Any) -> T:
        if not isinstance(value, self.kinds):
            names = " or ".join(kind.__name__ for kind in self.kinds)
            refuse("instance", f"must be {names}", value)
        return value

    def schema(self) -> Schema:
        references: list[Schema] = [{"$ref": f"#/$defs/{kind.__name__}"} for kind in self.kinds]
        return references[0] if len(references) == 1 else {"anyOf": references}


class ListOf(Requirement[tuple[T, ...]]):
    """A list, each of whose elements is as required; it is kept as a tuple.

    ``refusal`` are the code and the words for one of another length.
    """

    def __init__(
        self,
        element: Requirement[T],
        *,
        least: int = 0,
        most: int = MOST_ELEMENTS,
        refusal: tuple[str, str] = ("empty", "must not be empty"),
    ) -> None:
        self.element = element
        self.least = least
        self.most = most
        self.refusal = refusal

    def kept(self, value: Any) -> tuple[T, ...]:
        elements = listed(value)
        if len(elements) > MOST_ELEMENTS:
            refuse("too-many", f"must have at most {MOST_ELEMENTS} elements", elements)
        if not self.least <= len(elements) <= self.most:
            refuse(*self.refusal, elements)
        kept = []
        for i, element in enumerate(elements):
            try:
                kept.append(self.element.kept(element))
            except ModelError as error:
                raise error.within(f"[{i}]") from None
        return tuple(kept)

    def schema(self) -> Schema:
        least = {"minItems": self.least} if self.least else {}
        items = self.element.schema()
        return {"type": "array", "items": items, "maxItems": self.most} | least


def listed(value: Any) -> tuple[Any, ...]:
    """Return what can be iterated as a tuple, but for what its author cannot mean by a list."""
    # Text is a sequence of letters, a set has no order and a mapping yields its keys.
    try:
        is_list = not isinstance(value, str | bytes | dict | set | frozenset)
        elements = iter(value) if is_list else None
    except TypeError:
        elements = None
    if elements is None:
        refuse("list", "must be a list", value)
    return tuple(islice(elements, MOST_ELEMENTS + 1))


class UniqueOf(ListOf[T]):
    """A list that has nothing of a name twice; it is kept in order, or in ``falling`` order."""

    def __init__(
        self, element: Requirement[T], name: str, *, falling: bool = False, **length: Any
    ) -> None:
        super().__init__(element, **length)
        self.name = name
        self.falling = falling

    def kept(self, value: Any) -> tuple[T, ...]:
        elements: Any = super().kept(value)
        if len({*elements}) != len(elements):
            refuse("twice", f"must not name a {self.name} twice", value)
        return tuple(sorted(elements, reverse=self.falling))


LIST: ListOf[Any] = ListOf(InstanceOf(object))
REAL = Real()
WHOLE = Whole()
COUNT = Whole(0)
INSTANT = Whole(unit=", in milliseconds")
SPEED = Number(0.01, 100)
AMOUNT = Thousandths(0, LARGEST)
TIMES = Whole(1, LARGEST)
SECONDS = Seconds(SHORTEST_SECONDS, LONGEST_SECONDS)
SECONDS_OR_ZERO = Seconds(0, LONGEST_SECONDS)
LEVEL = Between(0, 1)
FRACTION = Share()
FLAG = Flag()
LINE = Line()
TEXT = Text()
TEMPLATE = Template()
URL = Formed(
    "address",
    "must be an address that begins with https:// or http://",
    r"https?://[^\s/]\S*",
)
PATH = Formed(
    "path",
    "must be a path inside the folder, with forward slashes and no '..'",
    r"(?!\.{1,2}(?:/|$))[^/\\:]+(?:/(?!\.{1,2}(?:/|$))[^/\\:]+)*",
)
NAME = Name()
LANGUAGE = Language()
TEXTS = ListOf(TEXT)


def is_same(language: str, other: str) -> bool:
    """Tell whether two tags stand for one language, in whatever case."""
    return language.lower() == other.lower()
