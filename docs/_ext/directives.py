# ruff: noqa: INP001 - read by Sphinx, no package
"""Adds a directive for each table and picture of the pages that the code itself can tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

import exporters
import format_words
import limits
from sphinx.util.docutils import SphinxDirective
from state_picture import draw

from supple import Pacing
from supple._docstrings import told_of
from supple._model import requirements as must
from supple._phrases import GROUPS, LANGUAGES, phrases_for
from supple._player.states import ARGUMENTS, PlayerCommand
from supple._timeline.events import FACTS
from supple._timeline.facts import Fact, KindOfEvent, TrueOnly
from supple._timeline.kinds import EventKind
from supple.catalog import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def table(*rows: Iterable[str]) -> str:
    """Return rows, of which the first is the head, as a table of Markdown."""
    head, *others = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([head, re.sub(r"[^|]+", "---", head), *others])


def event_facts() -> str:
    """Return what an event says."""
    return table(
        ("key", "value", "stands in", "meaning"),
        *((f"`{name}`", value(fact), kinds(fact), fact.words) for name, fact in FACTS.items()),
    )


def kinds(fact: Fact[Any]) -> str:
    """Return in which events a fact stands."""
    if fact.is_anywhere:
        return "every event" if fact.is_needed else "any event"
    jump = ", and any jump" if fact.with_jump else ""
    return code(*fact.kinds) + jump + ("" if fact.is_needed else ", some")


def value(fact: Fact[Any]) -> str:
    """Return what a fact may be."""
    match fact.requirement:
        case must.Whole(low=least):
            more = f", from {fact.least[1]} in {code(fact.least[0])}" if fact.least else ""
            return f"integer from {least}{more}"
        case TrueOnly():
            return "true"
        case must.WordOf(words=words):
            return code(*words)
        case KindOfEvent():
            return "text: the kind of an event, or of one that is newer than the reader"
        case must.Name():
            return "text: an identifier"
        case _:
            return "text: one line"


def takes(command: PlayerCommand) -> tuple[str, str]:
    """Return what a command takes besides the instant, and what is meant where it is left out."""
    argument = ARGUMENTS.get(command)
    if argument is None:
        return "", ""
    usual = "" if argument.default is None else code(str(argument.default))
    return code(argument.name), "refused" if argument.is_required else usual


def pacing() -> str:
    """Return what a pacing sets, in seconds."""
    usual = Pacing()
    rows = (
        (f"`{name}`", str(getattr(usual, name)).strip("()"), meaning.replace("'", "`"))
        for name, meaning in told_of(Pacing).items()
    )
    return table(("setting", "seconds", "where it stands"), *rows)


def code(*words: str) -> str:
    """Return words as they are written in a file."""
    return ", ".join(f"`{word}`" for word in words)


def phrases() -> str:
    """Return every phrase of the library, group by group."""
    tables = (
        table(("key", "in English"), *((f"`{id}`", said) for id, said in group.english.items()))
        for group in GROUPS
    )
    return "\n\n".join(
        f"**{group.about}**\n\n{made}" for group, made in zip(GROUPS, tables, strict=True)
    )


TEXTS: dict[str, Callable[..., str]] = {
    "event-facts": event_facts,
    "event-kinds": lambda: code(*EventKind),
    "commands": lambda: table(
        ("command", "takes", "without it"), *((code(each), *takes(each)) for each in PlayerCommand)
    ),
    "exporters": lambda: table(
        ("format", "files", "extra", "what for", "cannot carry"), *exporters.rows()
    ),
    "format-keys": lambda heading: table(
        ("key", "value", "default", "meaning"), *format_words.table_of_keys(heading)
    ),
    "format-values": lambda: table(
        ("word", "what it stands for"), *format_words.table_of_values()
    ),
    "languages": lambda: ", ".join(
        f"{phrases_for(tag).language_itself} (`{tag}`)" for tag in LANGUAGES
    ),
    "limits": lambda heading: table(("limit", "at most"), *limits.rows(heading)),
    "pacing": pacing,
    "phrases": phrases,
    "rules": lambda: table(
        ("rule", "what it finds", "why", "severity"),
        *((f"`{rule.id}`", rule.finds, rule.why, rule.severity) for rule in RULES.values()),
    ),
    "state-diagram": lambda: f"```{{raw}} html\n{draw()}\n```",
}
"""What each directive puts where it stands, in Markdown; its argument is the heading."""


class Made(SphinxDirective):
    """Puts a text where it stands."""

    optional_arguments = 1
    final_argument_whitespace = True
    text: ClassVar[Callable[..., str]]

    def run(self) -> list[nodes.Node]:
        """Return what the text stands for."""
        return self.parse_text_to_nodes(type(self).text(*self.arguments))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directives."""
    for name, text in TEXTS.items():
        app.add_directive(name, type(name, (Made,), {"text": staticmethod(text)}))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
