"""What a catalog should be: one table, by which ``supple check`` and the conformance suite go.

A catalog that one of them passes, the other passes. What a catalog cannot be at fault for has no
place here.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from supple.catalog._rules import exercises, speaking, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supple.catalog._rules.rule import Rule

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        rule.id: rule
        for rule in (
            whole.loads,
            exercises.are_in_order,
            exercises.have_cautions,
            exercises.name_the_side,
            exercises.leave_no_side_out,
            exercises.have_sources,
            exercises.have_sources_to_find,
            exercises.keeps_to_published_holds,
            exercises.keep_to_published_reps,
            whole.keeps_to_doses,
            whole.has_nothing_left_over,
            whole.ends_in_a_day,
            speaking.texts_fit,
            exercises.say_what_pictures_show,
            exercises.can_be_done,
            exercises.can_be_reached,
            whole.has_advice,
            whole.is_translated,
            whole.has_all_phrases,
            whole.has_no_other_translations,
        )
    }
)
"""Every rule of a catalog by its id, in the order in which they are looked at."""
