"""A translation: the texts of a catalog in another language, and the library's own phrases."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from attrs import field, fields_dict, frozen

from supple._errors import ModelError, close_matches, show, suggestion
from supple._model import checks as check
from supple._model.sided import has_stray_braces, is_sided
from supple._phrases import Phrases
from supple.catalog._by_name import ByName

if TYPE_CHECKING:
    from collections.abc import Callable

PHRASES = tuple(name for name in fields_dict(Phrases) if name != "language")
"""The names of what the library itself says."""

OWN_TEXTS = "must be left out for the language that the texts are in"

_NOTHING: Mapping[str, str] = MappingProxyType({})


@frozen(init=False)
class Translation:
    """The texts of a catalog in one language, each under the text that it stands for.

    It equals every translation that says the same in the same language, in whatever order.

    Args:
        language: The language, a tag of BCP 47 such as ``de`` or ``pt-BR``.
        texts: The translations, by the texts that they stand for. One names the side where its
            text does, and nowhere else. Those of texts that a catalog does not have mean nothing.
        phrases: What the library itself says in that language, by the names that it has in
            :class:`~supple.Phrases`; what is left out is the library's own.

    Raises:
        ModelError: If a value is refused, or a phrase has another name.

    >>> german = Translation("de", texts={"Bridge": "Brücke"}, phrases={"rest": "Erholung"})
    >>> german.texts["Bridge"]
    'Brücke'
    """

    language: str
    texts: Mapping[str, str] = field(repr=False)
    phrases: Mapping[str, str] = field(repr=False)

    def __init__(
        self,
        language: str,
        *,
        texts: Mapping[str, str] = _NOTHING,
        phrases: Mapping[str, str] = _NOTHING,
    ) -> None:
        self.__attrs_init__(
            language=check.language("Translation.language", language),
            texts=_said("text", "Translation.texts", texts, require_text),
            phrases=_said("phrase", "Translation.phrases", phrases, require_phrase),
        )


def require_text(source: object, value: object) -> str:
    """Require a text that can stand wherever the text that it translates stands."""
    if not isinstance(source, str) or not _is_unicode(source):
        raise ModelError("", "must stand for a text, without lone surrogates", value)
    # What has stray braces is no instruction, and its braces mean nothing.
    require = check.text if has_stray_braces(source) else check.template
    text = require("", value)
    if is_sided(text) and not is_sided(source):
        raise ModelError("", "must not name a side, for what it translates names none", text)
    if is_sided(source) and not is_sided(text):
        requirement = "must name the side by {side} or {left form|right form}"
        raise ModelError("", f"{requirement}, as what it translates does", text)
    return text


def require_phrase(name: object, value: Any) -> str:
    """Require what the library can say in place of its own phrase of that name."""
    if not isinstance(name, str) or name not in PHRASES:
        hint = suggestion(close_matches(name, PHRASES), PHRASES)
        raise ModelError("", f"must stand for a phrase{hint}", value)
    phrase: str = getattr(Phrases(**{name: value}), name)
    return phrase


def _said(
    kind: str, where: str, values: object, require: Callable[[object, object], str]
) -> ByName[str, str]:
    if not isinstance(values, Mapping):
        raise ModelError(where, "must be a mapping", values)
    kept = {}
    for key, value in values.items():
        try:
            kept[key] = require(key, value)
        except ModelError as error:
            raise ModelError(f"{where}[{show(key)}]", error.requirement, value) from None
    return ByName(kind, kept)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
