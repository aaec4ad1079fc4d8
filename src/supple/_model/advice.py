"""What a person should know."""

from __future__ import annotations

from attrs import field, frozen

from supple._model import requirements as must, takes
from supple._model.brief import Brief
from supple._model.requirements import WordOf, optional
from supple._model.words import AdviceTier


@frozen(kw_only=True, repr=False)
class Advice(Brief):
    """Something that a person should know, shown and never acted upon.

    Args:
        tier: How pressing it is.
        text: The advice.
        source: Where it comes from.
    """

    tier: AdviceTier = field(converter=takes.tier, validator=WordOf(AdviceTier), kw_only=False)
    text: str = field(validator=must.TEXT)
    source: str | None = field(validator=optional(must.TEXT), default=None)
