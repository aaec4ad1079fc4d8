# ruff: noqa: INP001 - read by Sphinx, no package
"""Draws how a player gets from one state to another, from the tables that it goes by.

The words of the picture come from the tables; where things stand is written below. A change of
the tables that has no place in the picture yet is an error.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from supple._player.states import COMMANDS, HAPPENINGS, Happening, PlayerState

if TYPE_CHECKING:
    from supple._player.states import PlayerCommand

READY, RUNNING, WAITING, PAUSED, FINISHED, STOPPED = PlayerState


class Box(NamedTuple):
    """Where a state stands, in pixels: its middle and its size."""

    x: int
    y: int
    width: int = 116
    height: int = 46


class Route(NamedTuple):
    """How an edge runs, as the path of SVG, and where its words stand."""

    path: str
    x: int
    y: int
    anchor: str = "middle"
    a_line: int = 4
    """How many commands stand on a line."""


VIEW = "32 0 836 530"

BOXES = {
    READY: Box(98, 270),
    RUNNING: Box(350, 270),
    WAITING: Box(525, 84),
    PAUSED: Box(700, 270),
    FINISHED: Box(525, 398),
    STOPPED: Box(450, 500, width=820),
}

ROUTES = {
    (READY, READY): Route("M72 247 C60 197 136 197 124 245", 98, 199),
    (READY, RUNNING): Route("M156 270 H288", 222, 260),
    (READY, STOPPED): Route("M98 293 V473", 106, 388, "start"),
    (RUNNING, RUNNING): Route("M322 247 C306 190 250 216 296 250", 262, 192),
    (RUNNING, WAITING): Route("M352 247 C360 160 400 96 463 84", 380, 120, "end"),
    (WAITING, RUNNING): Route("M488 107 C470 170 430 220 396 245", 474, 176, "start"),
    (RUNNING, PAUSED): Route("M408 262 H638", 525, 236),
    (PAUSED, RUNNING): Route("M642 280 H412", 525, 300),
    (RUNNING, FINISHED): Route("M372 293 C384 350 416 392 459 397", 402, 342, "start"),
    (PAUSED, FINISHED): Route("M678 293 C666 350 634 392 591 397", 648, 342, "end"),
    (RUNNING, STOPPED): Route("M334 293 V473", 326, 440, "end"),
    (WAITING, WAITING): Route("M499 61 C487 12 563 12 551 59", 525, 16),
    (WAITING, PAUSED): Route("M583 88 C650 100 690 160 699 243", 676, 128, "start"),
    (WAITING, STOPPED): Route("M583 76 H826 Q846 76 846 96 V473", 838, 440, "end"),
    (PAUSED, PAUSED): Route("M758 258 C806 240 806 300 762 284", 778, 216, a_line=2),
    (PAUSED, STOPPED): Route("M716 293 V473", 724, 440, "start"),
}

LINE_HEIGHT = 17

STYLE = """
.state-diagram { width: 100%; height: auto; font: 15px var(--font-stack, sans-serif); }
.state-diagram rect { fill: var(--color-background-secondary, #f8f9fb);
  stroke: var(--color-brand-primary, #0a4bff); stroke-width: 1.5; }
.state-diagram .is-over rect { stroke-dasharray: 5 4; }
.state-diagram path { fill: none; stroke: var(--color-foreground-secondary, #5a5c63);
  stroke-width: 1.5; }
.state-diagram marker path { fill: var(--color-foreground-secondary, #5a5c63); stroke: none; }
.state-diagram text { fill: var(--color-foreground-primary, black); }
.state-diagram .state { font-weight: 600; text-anchor: middle; }
.state-diagram .happening { font-style: italic;
  fill: var(--color-foreground-secondary, #5a5c63); }
"""


def edges() -> dict[tuple[PlayerState, PlayerState], list[PlayerCommand | Happening]]:
    """Return what leads from one state to another, in the order of the tables."""
    words: dict[tuple[PlayerState, PlayerState], list[PlayerCommand | Happening]] = {}
    for table in (COMMANDS, HAPPENINGS):
        for state, row in table.items():
            for word, to in row.items():
                words.setdefault((state, to), []).append(word)
    return words


def draw() -> str:
    """Return the picture, as SVG to stand in a page of HTML."""
    drawn_edges = "\n".join(_edge(state, to, words) for (state, to), words in edges().items())
    drawn_states = "\n".join(_state(state) for state in PlayerState)
    return f"""\
<svg class="state-diagram" viewBox="{VIEW}" role="img" aria-labelledby="state-diagram-title"
  xmlns="http://www.w3.org/2000/svg">
<title id="state-diagram-title">The states of a player</title>
<style>{STYLE}</style>
<defs><marker id="state-diagram-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8"
  markerHeight="8" orient="auto"><path d="M0 0 L8 4 L0 8 Z"/></marker></defs>
{drawn_edges}
{drawn_states}
</svg>"""


def _state(state: PlayerState) -> str:
    x, y, width, height = BOXES[state]
    is_over = "" if COMMANDS[state] else ' class="is-over"'
    return (
        f'<g{is_over}><rect x="{x - width // 2}" y="{y - height // 2}" width="{width}"'
        f' height="{height}" rx="10"/>'
        f'<text class="state" x="{x}" y="{y + 5}">{escape(state)}</text></g>'
    )


def _edge(state: PlayerState, to: PlayerState, words: list[PlayerCommand | Happening]) -> str:
    path, x, y, anchor, a_line = ROUTES[state, to]
    commands = ", ".join(word for word in words if not isinstance(word, Happening)).split()
    lines = [
        ("command", " ".join(commands[i : i + a_line])) for i in range(0, len(commands), a_line)
    ]
    lines += [("happening", word) for word in words if isinstance(word, Happening)]
    texts = (
        f'<text class="{kind}" x="{x}" y="{y + i * LINE_HEIGHT}" text-anchor="{anchor}">'
        f"{escape(line)}</text>"
        for i, (kind, line) in enumerate(lines)
    )
    return (
        f'<g data-from="{state}" data-to="{to}">'
        f'<path d="{path}" marker-end="url(#state-diagram-head)"/>{"".join(texts)}</g>'
    )
