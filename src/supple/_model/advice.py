"""What a person should know."""

from __future__ import annotations

from attrs import field, frozen

from supple._model import requirements as must
from supple._model.requirements import WordOf, optional
from supple._model.words import AdviceTier, AdviceTierWord

_TIER = WordOf(AdviceTier)


def _tier(value: AdviceTierWord) -> AdviceTier:
    return _TIER.taken(value)


@frozen
class Advice:
    """Something that a person should know, shown and never acted upon.

    Args:
        tier: How pressing it is.
        text: The advice.
        source: Where it comes from.
    """

    tier: AdviceTier = field(converter=_tier, validator=_TIER)
    text: str = field(converter=must.plain_text, validator=must.TEXT, kw_only=True)
    source: str | None = field(
        converter=must.plain_text_or_none,
        validator=optional(must.TEXT),
        default=None,
        kw_only=True,
    )
