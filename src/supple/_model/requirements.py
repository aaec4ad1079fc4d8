"""What a field or an argument requires, each requirement in one place.

A requirement stands on the field as its validator, beside a converter, a plain function whose
types say what is accepted. What a converter cannot convert it hands on as it is, so that the
requirement, which learns the name of the field, refuses it. The strict reader, the JSON Schema,
the tables of the reference and the strategies read it there, through :func:`attrs.fields`.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeAlias, TypeVar

from supple._errors import ModelError, close_matches, show, suggestion
from supple._meant import tag_meant
from supple._model.sided import SIDED, has_stray_braces
from supple._units import LONGEST_SECONDS, SHORTEST_SECONDS, is_whole_ms, plain

if TYPE_CHECKING:
    from enum import StrEnum

    from attrs import Attribute

T = TypeVar("T")
Word = TypeVar("Word", bound="StrEnum")

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema."""

LONGEST_TEXT = 1000
LONGEST_NAME = 64
MOST_TIMES = 10**12
MOST_ELEMENTS = 100_000


def refuse(code: str, requirement: str, got: object, where: str = "") -> NoReturn:
    """Refuse a value; ``where`` is the place inside of what was given."""
    raise ModelError(where, requirement, got, code=code)


class Requirement(Generic[T]):
    """What a value must be: a validator of attrs that knows its words and its schema."""

    def __call__(self, instance: object, attribute: Attribute[Any], value: object) -> None:
        try:
            self.check(value)
        except ModelError as error:
            raise error.within(f"{type(instance).__name__}.{attribute.name}") from None

    def check(self, value: object) -> None:
        """Raise :class:`~supple.ModelError` for a value that is not as required.

        Its ``where`` is the place inside of the value.
        """
        raise NotImplementedError

    def converted(self, value: Any) -> Any:
        """Return a value as it is kept, or as it is where it cannot be converted."""
        return value

    def taken(self, value: Any) -> T:
        """Return a value as it is kept; one that cannot be converted the field refuses later."""
        taken: T = self.converted(value)
        return taken

    def kept(self, value: object, where: str = "") -> T:
        """Return a value as it is kept, or refuse it."""
        kept: T = self.converted(value)
        try:
            self.check(kept)
        except ModelError as error:
            raise error.within(where) from None
        return kept

    def require(self, where: str, value: object) -> T:
        """Return the value of an argument as it is kept, or refuse it; ``where`` names it."""
        return self.kept(value, where)

    def schema(self) -> Schema:
        """Return a new JSON Schema of what a document may give."""
        raise NotImplementedError


class OrNone(Requirement[T | None]):
    """What another requirement accepts, or ``None``."""

    def __init__(self, requirement: Requirement[T]) -> None:
        self.requirement = requirement

    def check(self, value: object) -> None:
        if value is not None:
            self.requirement.check(value)

    def converted(self, value: Any) -> Any:
        return None if value is None else self.requirement.converted(value)


def optional(requirement: Requirement[T]) -> Requirement[T | None]:
    """Return a requirement that lets ``None`` through."""
    return OrNone(requirement)


def bare(requirement: Requirement[Any]) -> Requirement[Any]:
    """Return a requirement as it is for what is not ``None``."""
    return requirement.requirement if isinstance(requirement, OrNone) else requirement


# --- numbers -------------------------------------------------------------------------


def real(value: float) -> int | float:
    """Return a number as one of Python's own."""
    kept: object = value
    return float(kept) if isinstance(kept, float) else whole_number(value)


def real_or_none(value: float | None) -> int | float | None:
    """Return a number as one of Python's own, or ``None``."""
    return None if value is None else real(value)


def number(value: float) -> int | float:
    """Return a number in its plainest form."""
    kept = real(value)
    return plain(kept) if is_real(kept) else kept


def number_or_none(value: float | None) -> int | float | None:
    """Return a number in its plainest form, or ``None``."""
    return None if value is None else number(value)


def whole_number(value: float) -> int | float:
    """Return a whole number as one of Python's own."""
    kept: Any = value
    try:
        return value if isinstance(kept, bool) else operator.index(kept)
    except TypeError:
        return value  # what the types do not let in, and the requirement refuses


def is_real(value: object) -> bool:
    """Tell whether a value is a number, which may yet be infinite or no number at all."""
    return isinstance(value, int | float) and not isinstance(value, bool)


class Real(Requirement[int | float]):
    """A number."""

    def check(self, value: object) -> None:
        if not is_real(value):
            refuse("number", "must be a number", value)

    def converted(self, value: Any) -> Any:
        return real(value)


class Number(Real):
    """A number within bounds, in whole thousandths."""

    finest = ("decimals", "must have at most three decimal places")

    def __init__(self, low: float, high: float) -> None:
        self.low = low
        self.high = high

    def check(self, value: Any) -> None:
        super().check(value)
        if not self.low <= value <= self.high:  # false for NaN, too
            refuse("bounds", f"must be at least {self.low} and at most {self.high}", value)
        if type(value) is not int and not is_whole_ms(value):
            refuse(*self.finest, value)

    def converted(self, value: Any) -> Any:
        return number(value)

    def schema(self) -> Schema:
        return {"type": "number", "minimum": self.low, "maximum": self.high}


class Seconds(Number):
    """A number of seconds within bounds, whole to the millisecond."""

    finest = ("milliseconds", "must be a whole number of milliseconds")


class Whole(Requirement[int]):
    """A whole number within bounds."""

    def __init__(self, low: int, high: int) -> None:
        self.low = low
        self.high = high

    def check(self, value: object) -> None:
        if type(value) is not int or not self.low <= value <= self.high:
            refuse("whole-number", f"must be a whole number from {self.low} to {self.high}", value)

    def converted(self, value: Any) -> Any:
        return whole_number(value)

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


class Level(Real):
    """A number from 0 to 1."""

    def check(self, value: Any) -> None:
        if not is_real(value) or not 0 <= value <= 1:
            refuse("level", "must be a number from 0 to 1", value)


class Fraction(Level):
    """A part of a whole, but neither nothing nor all of it."""

    def check(self, value: Any) -> None:
        if not is_real(value) or not 0 < value < 1:  # false for NaN, too
            refuse("fraction", "must be between 0 and 1, both excluded", value)

    def schema(self) -> Schema:
        return {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}


class Flag(Requirement[bool]):
    """True or false."""

    def check(self, value: object) -> None:
        if not isinstance(value, bool):
            refuse("flag", "must be true or false", value)

    def schema(self) -> Schema:
        return {"type": "boolean"}


# --- text ----------------------------------------------------------------------------

# The categories of Unicode that no instruction needs and that can garble a screen: control
# characters, surrogates, and line and paragraph separators. Of the format characters (Cf) only
# those that reorder what stands around them are refused; joiners are part of some scripts.
_REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_INVISIBLE_CATEGORIES = frozenset({"Cf", "Zs"})
_BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def plain_text(value: str) -> str:
    """Return text as plain text, that of another library, too."""
    kept: object = value
    return str(kept) if isinstance(kept, str) else value


def plain_text_or_none(value: str | None) -> str | None:
    """Return text as plain text, or ``None``."""
    return None if value is None else plain_text(value)


class Line(Requirement[str]):
    """One line of visible text that cannot garble what surrounds it."""

    def check(self, value: Any) -> None:
        if not isinstance(value, str):
            refuse("text", "must be text", value)
        if value.isprintable() and value.strip():
            return  # nothing of what is refused is printable
        categories = [unicodedata.category(character) for character in value]
        if not value.strip() or _INVISIBLE_CATEGORIES.issuperset(categories):
            refuse("empty", "must not be empty", value)
        if not (_BIDI_CONTROLS.isdisjoint(value) and _REFUSED_CATEGORIES.isdisjoint(categories)):
            refuse(
                "garbling",
                "must be one line without control characters or overrides of the text direction",
                value,
            )

    def converted(self, value: Any) -> Any:
        return plain_text(value)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"\S", "not": {"pattern": f"[{_garbling()}]"}}


def _garbling() -> str:
    # Those below 0x3000 are all that there are, but for the surrogates, which no document has.
    return "".join(
        f"\\u{code:04x}"
        for code in range(0x3000)
        if chr(code) in _BIDI_CONTROLS or unicodedata.category(chr(code)) in _REFUSED_CATEGORIES
    )


class Text(Line):
    """One line of visible text that is not too long."""

    longest = LONGEST_TEXT

    def check(self, value: Any) -> None:
        if isinstance(value, str) and len(value) > self.longest:
            refuse("too-long", f"must be at most {self.longest} characters long", value)
        super().check(value)

    def schema(self) -> Schema:
        return super().schema() | {"maxLength": self.longest}


class Template(Text):
    """Text whose only braces, if any, name the side."""

    def check(self, value: Any) -> None:
        super().check(value)
        if has_stray_braces(value):
            requirement = "must have no braces but {side} or {left form|right form}"
            refuse("braces", requirement, value)

    def schema(self) -> Schema:
        pattern = _portable(rf"(?:[^{{}}]|{SIDED.pattern})*")
        return super().schema() | {"allOf": [{"pattern": pattern}]}


class Url(Text):
    """The address of a web page."""

    pattern = r"https?://[^\s/]\S*"

    def check(self, value: Any) -> None:
        super().check(value)
        if not re.fullmatch(self.pattern, value):
            requirement = "must be an address that begins with https:// or http://"
            refuse("address", requirement, value)

    def schema(self) -> Schema:
        return super().schema() | {"pattern": _portable(self.pattern)}


class RelativePath(Text):
    """A path that stays inside its folder, written with forward slashes."""

    pattern = r"(?!\.{1,2}(?:/|$))[^/\\:]+(?:/(?!\.{1,2}(?:/|$))[^/\\:]+)*"

    def check(self, value: Any) -> None:
        super().check(value)
        if not re.fullmatch(self.pattern, value):
            requirement = "must be a path inside the folder, with forward slashes and no '..'"
            refuse("path", requirement, value)

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

    def check(self, value: object) -> None:
        if (
            not isinstance(value, str)
            or len(value) > self.longest
            or not re.fullmatch(self.pattern, value)
        ):
            refuse(self.code, self.words, value)

    def converted(self, value: Any) -> Any:
        return plain_text(value)

    def schema(self) -> Schema:
        pattern = _portable(self.pattern)
        return {"type": "string", "maxLength": self.longest, "pattern": pattern}


class Language(Name):
    """The tag of a language, well-formed as in RFC 5646, of at most 64 characters."""

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

    def check(self, value: Any) -> None:
        super().check(value)
        if (tag := tag_meant(value)) is not None:
            refuse(self.code, f"{self.words}; did you mean {tag!r}?", value)


def _portable(pattern: str) -> str:
    """Return a pattern as ECMA-262 has it, without layout and names, for a whole text."""
    bare = re.sub(r"\s+", "", pattern.removeprefix("(?x)")) if "(?x)" in pattern else pattern
    return f"^(?:{re.sub(r'[?]P<[a-z]+>', '', bare)})$"


# --- words, instances, lists ---------------------------------------------------------


class WordOf(Requirement[Word]):
    """One word of a closed set, as text or as its member."""

    def __init__(self, words: type[Word]) -> None:
        self.words = words

    def check(self, value: object) -> None:
        if not isinstance(value, self.words):
            known = [member.value for member in self.words]
            hint = suggestion(close_matches(value, known))
            refuse("word", f"must be one of {', '.join(known)}{hint}", value)

    def converted(self, value: Any) -> Any:
        try:
            return self.words(value) if isinstance(value, str) else value
        except ValueError:
            return value

    def schema(self) -> Schema:
        return {"enum": [member.value for member in self.words]}


class WordOr(Requirement[str]):
    """One word of a set that has its member, or any other text."""

    def __init__(self, words: type[StrEnum]) -> None:
        self.words = WordOf(words)

    def check(self, value: object) -> None:
        TEXT.check(value)

    def converted(self, value: Any) -> Any:
        word = self.words.converted(value)
        return word if isinstance(word, self.words.words) else plain_text(value)

    def schema(self) -> Schema:
        return TEXT.schema() | {"examples": self.words.schema()["enum"]}


class InstanceOf(Requirement[T]):
    """An instance of one of some classes."""

    def __init__(self, *kinds: type[T]) -> None:
        self.kinds = kinds

    def check(self, value: object) -> None:
        if not isinstance(value, self.kinds):
            names = " or ".join(kind.__name__ for kind in self.kinds)
            refuse("instance", f"must be {names}", value)

    def schema(self) -> Schema:
        references: list[Schema] = [{"$ref": f"#/$defs/{kind.__name__}"} for kind in self.kinds]
        return references[0] if len(references) == 1 else {"anyOf": references}


def listed(value: Any) -> Any:
    """Return what can be iterated as a tuple, but for what its author cannot mean by a list."""
    # Text is a sequence of letters, a set has no order and a mapping yields its keys.
    if isinstance(value, tuple | str | bytes | dict | set | frozenset):
        return value
    try:
        iterator = iter(value)
    except TypeError:
        return value
    return tuple(islice(iterator, MOST_ELEMENTS + 1))


class ListOf(Requirement[tuple[T, ...]]):
    """A list, each of whose elements is as required; it is kept as a tuple."""

    def __init__(self, element: Requirement[T], *, least: int = 0) -> None:
        self.element = element
        self.least = least

    def check(self, value: object) -> None:
        if not isinstance(value, tuple):
            refuse("list", "must be a list", value)
        if len(value) < self.least:
            refuse("empty", "must not be empty", value)
        if len(value) > MOST_ELEMENTS:
            refuse("too-many", f"must have at most {MOST_ELEMENTS} elements", value)
        for i, element in enumerate(value):
            try:
                self.element.check(element)
            except ModelError as error:
                raise error.within(f"[{i}]") from None

    def converted(self, value: Any) -> Any:
        elements = listed(value)
        if not isinstance(elements, tuple):
            return elements
        return tuple(self.element.converted(each) for each in elements)

    def schema(self) -> Schema:
        least = {"minItems": self.least} if self.least else {}
        items = self.element.schema()
        return {"type": "array", "items": items, "maxItems": MOST_ELEMENTS} | least


class UniqueOf(ListOf[T]):
    """A list that has no element twice; it is kept from the greatest down."""

    def check(self, value: Any) -> None:
        super().check(value)
        if len(set(value)) != len(value):
            refuse("twice", "must not name a second twice", value)

    def converted(self, value: Any) -> Any:
        elements = super().converted(value)
        try:
            self.check(elements)
        except ModelError:
            return elements
        return tuple(sorted(elements, reverse=True))


class MappingOf(Requirement[Mapping[str, str]]):
    """What to say in place of texts, or nothing where that is still to be written."""

    is_open = True
    """Whether any text may be a key."""

    def entry(self, key: object, value: object) -> str:
        """Return the value of an entry as it is kept, or refuse it."""
        raise NotImplementedError

    def check(self, value: object) -> None:
        if not isinstance(value, Mapping):
            refuse("mapping", "must be a mapping", value)
        for key, each in value.items():
            try:
                self.entry(key, each)
            except ModelError as error:
                raise error.within(f"[{show(key)}]") from None

    def schema(self) -> Schema:
        text_or_nothing = {"anyOf": [{"const": ""}, TEXT.schema()]}
        return {"type": "object", "additionalProperties": text_or_nothing}


LIST: ListOf[Any] = ListOf(InstanceOf(object))
REAL = Real()
AMOUNT = Number(0, MOST_TIMES)
TIMES = Whole(1, MOST_TIMES)
SECONDS = Seconds(SHORTEST_SECONDS, LONGEST_SECONDS)
SECONDS_OR_ZERO = Seconds(0, LONGEST_SECONDS)
LEVEL = Level()
FRACTION = Fraction()
FLAG = Flag()
LINE = Line()
TEXT = Text()
TEMPLATE = Template()
URL = Url()
PATH = RelativePath()
NAME = Name()
LANGUAGE = Language()
TEXTS = ListOf(TEXT)


def texts(value: Iterable[str]) -> tuple[str, ...]:
    """Return some texts as a tuple."""
    return TEXTS.taken(value)
