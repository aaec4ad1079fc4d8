"""A translation: the texts of a catalog in another language, and the library's own phrases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from supple._errors import Hint, ModelError, close_matches, show
from supple._model import requirements as must
from supple._model.requirements import Requirement, Schema, refuse
from supple._model.sided import has_stray_braces, is_sided
from supple._phrases import Phrases
from supple.catalog._by_name import ByName

OWN_TEXTS = "must be left out for the language that the texts are in"


class ByText(Requirement[Mapping[str, str]]):
    """What to say in place of texts; what is empty is still to be written, and left out."""

    kind: str
    is_open = True
    """Whether any text may be a key."""

    def entry(self, key: object, value: object) -> str:
        """Return the value of an entry as it is kept, or refuse it."""
        raise NotImplementedError

    def kept(self, value: Any) -> Mapping[str, str]:
        if isinstance(value, ByName) and value.kind == self.kind:
            return value
        if not isinstance(value, Mapping):
            refuse("mapping", "must be a mapping", value)
        kept = {}
        for key, each in value.items():
            try:
                if text := self.entry(key, each):
                    kept[key] = text
            except ModelError as error:
                raise error.within(f"[{show(key)}]") from None
        return ByName(self.kind, kept)

    def schema(self) -> Schema:
        text_or_nothing = {"anyOf": [{"const": ""}, must.TEXT.schema()]}
        return {"type": "object", "additionalProperties": text_or_nothing}


class _Texts(ByText):
    """Texts that can each stand wherever the text that it translates stands."""

    kind = "text"

    def entry(self, key: object, value: object) -> str:
        if not isinstance(key, str) or not _is_unicode(key):
            refuse("source", "must stand for a text, without lone surrogates", value)
        if value == "":
            return ""
        # What has stray braces is no instruction, and its braces mean nothing.
        text = (must.TEXT if has_stray_braces(key) else must.TEMPLATE).kept(value)
        if is_sided(text) and not is_sided(key):
            requirement = "must not name a side, for what it translates names none"
            refuse("unsided-text", requirement, text)
        if is_sided(key) and not is_sided(text):
            requirement = "must name the side by {side} or {left form|right form}"
            refuse("sided", f"{requirement}, as what it translates does", text)
        return text


class _Phrases(ByText):
    """What the library can say in place of its own phrases of these names."""

    kind = "phrase"
    is_open = False

    def entry(self, key: object, value: Any) -> str:
        if not isinstance(key, str) or key not in Phrases.english:
            hint = Hint(close_matches(key, [*Phrases.english]))
            more = str(hint) or "; 'supple translate' writes each"
            refuse("phrase", f"must stand for a phrase{more}", value, hint=hint)
        if value == "":
            return ""
        try:
            phrase: str = getattr(Phrases(**{key: value}), key)
        except ModelError as error:
            refuse(error.code, error.requirement, value)
        return phrase


WORDS = _Phrases()


@frozen
class Translation:
    """The texts of a catalog in one language, each under the text that it stands for.

    It equals every translation that says the same in the same language, in whatever order.

    Args:
        language: The language, a tag of BCP 47 such as ``de`` or ``pt-BR``.
        texts: The translations, by the texts that they stand for; an empty one is still to be
            written, and left out. One names the side where its text does, and nowhere else.
            Those of texts that a catalog does not have mean nothing.
        phrases: What the library itself says in that language, by the names that it has in
            :class:`~supple.Phrases`; what is left out is the library's own.

    Raises:
        ModelError: If a value is refused, or a phrase has another name.

    >>> german = Translation("de", texts={"Bridge": "Brücke"}, phrases={"rest": "Erholung"})
    >>> german.texts["Bridge"]
    'Brücke'
    """

    language: str = field(validator=must.LANGUAGE)
    texts: Mapping[str, str] = field(validator=_Texts(), factory=dict, kw_only=True, repr=False)
    phrases: Mapping[str, str] = field(validator=WORDS, factory=dict, kw_only=True, repr=False)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
