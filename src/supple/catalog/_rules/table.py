"""What a catalog should be: one table, by which ``supple check`` and the conformance suite go.

A catalog that one of them passes, the other passes. What a catalog cannot be at fault for has no
place here.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from supple._speech import WORDS_PER_MINUTE
from supple.catalog._rules import exercises, figures, speaking, whole
from supple.catalog._rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        rule.id: rule
        for rule in (
            Rule(
                "catalog-loads",
                "What cannot be read helps nobody, and one wrong value hides the rest.",
                severity=Severity.ERROR,
                find=whole.loads,
            ),
            Rule(
                "exercises-are-in-order",
                "Lists are sorted by file name, so a file named otherwise than its exercise puts "
                "it where nobody looks.",
                find=exercises.are_in_order,
            ),
            Rule(
                "exercise-has-cautions",
                "Hardly any movement suits everybody, and people who should take care must be "
                "able to read so first.",
                find=exercises.have_cautions,
            ),
            Rule(
                "exercise-names-the-side",
                "Who listens with closed eyes hears which side is meant only if the text says so.",
                find=exercises.name_the_side,
            ),
            Rule(
                "text-leaves-no-side-out",
                "A side that is written by hand, or left out, is the wrong one half of the time.",
                find=exercises.leave_no_side_out,
            ),
            Rule(
                "dose-has-source",
                "A reader can judge a dose only by where it comes from.",
                find=exercises.have_sources,
            ),
            Rule(
                "source-can-be-found",
                "Who doubts a figure must be able to read it where it comes from.",
                find=exercises.have_sources_to_find,
            ),
            Rule(
                "hold-in-published-range",
                "A hold that is shorter or longer than anything its own sources say has none.",
                find=exercises.keeps_to_published_holds,
            ),
            Rule(
                "reps-in-published-range",
                "Repetitions that nothing of its own sources says have no source.",
                find=exercises.keep_to_published_reps,
            ),
            Rule(
                "routine-dose-in-range",
                "The sources of an exercise vouch for its own dose, and for no other.",
                find=whole.keeps_to_doses,
            ),
            Rule(
                "nothing-is-left-over",
                "What an example says is true of the example, and a reader takes it for yours.",
                find=whole.has_nothing_left_over,
            ),
            Rule(
                "routine-ends-in-a-day",
                "What lasts for days is a slip of the pen, and no timer can be tried on it.",
                find=whole.ends_in_a_day,
            ),
            Rule(
                "text-fits-its-time",
                "A voice that is still speaking when the next thing starts is in the way. Speech "
                f"has at most {WORDS_PER_MINUTE} words a minute.",
                find=speaking.texts_fit,
            ),
            Rule(
                "picture-has-alt",
                "Who does not see a picture needs to be told what it shows.",
                find=exercises.say_what_pictures_show,
            ),
            Rule(
                "pose-can-be-done",
                "Who tries to lie as a picture shows must be able to, and must see all of it.",
                find=figures.can_be_done,
            ),
            Rule(
                "pose-can-be-reached",
                "A figure moves from pose to pose, and a limb that is too short jumps.",
                find=figures.can_be_reached,
            ),
            Rule(
                "advice-has-stop-and-emergency",
                "People must know when to stop, and when to get help at once.",
                find=whole.has_advice,
            ),
            Rule(
                "translation-is-complete",
                "Who asks for a language gets the rest in another one, in mid-sentence.",
                find=whole.is_translated,
            ),
            Rule(
                "phrases-are-complete",
                "What supple itself says on pages and screens stays in English.",
                find=whole.has_all_phrases,
            ),
            Rule(
                "translation-is-used",
                "A translation of a text that has changed is one that nobody gets any more.",
                find=whole.has_no_other_translations,
            ),
        )
    }
)
"""Every rule of a catalog by its id, in the order in which they are looked at."""
