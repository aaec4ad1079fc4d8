"""The player in JavaScript is held to the one in Python: same events, states and deadlines."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import supple
from supple import (
    Circuit,
    Exercise,
    Hold,
    Mark,
    Player,
    PlayerCommand,
    PlayerState,
    PlayerStateError,
    Rest,
    Routine,
    Step,
    schedule,
)
from supple.export._page.streams import FACTS, page_data
from tests.needs import needs

if TYPE_CHECKING:
    from supple import Timeline

PAGE = Path(supple.__path__[0], "export", "_page")
SCENARIOS = Path(__file__).with_name("scenarios.mjs")

WAITS = Routine(
    "waits",
    items=[
        Exercise(
            "open",
            name="Open",
            kind="stretch",
            position="standing",
            sides="alternate",
            reps=(1, 3),
            setup=[Step("Stand", seconds=1)],
            cycle=[
                Step(
                    "Bend to the {side}",
                    seconds=4,
                    until_ready=True,
                    marks=[
                        Mark("Slowly", fraction=0.5),
                    ],
                ),
                Hold("Keep", seconds=(3, 9), marks=[Mark("Breathe", before_end=0.5)]),
            ],
        ),
        Circuit(
            [
                Exercise(
                    "go",
                    name="Go",
                    kind="stretch",
                    position="kneeling",
                    sets=2,
                    rest=2,
                    cycle=[Step("Now", seconds=1.5), Step("Then", until_ready=True)],
                ),
                Rest(3, text="Drink"),
            ],
            rounds=2,
        ),
        Exercise(
            "last",
            name="Last",
            kind="stretch",
            position="kneeling",
            cycle=[Hold("Stay", seconds=8)],
        ),
    ],
)
"""Steps until ready, marks, sides, sets, rounds and rests: whatever a player meets."""

SHOWN = {*FACTS, "at_ms", "rep", "jump"}
TAKEN = [each for each in PlayerCommand if each is not PlayerCommand.SET_SPEED]
HARMLESS = [each for each in TAKEN if each is not PlayerCommand.STOP]


class Scenario:
    """A player of Python that is driven, and what it does, as plain data."""

    def __init__(self, timeline: Timeline, level: int, **settings: Any) -> None:
        self.player = Player(timeline, **settings)
        self.settings = settings
        self.level = level
        self.steps: list[dict[str, Any]] = []

    def tell(self, command: str, now_ms: int, value: Any = None) -> None:
        """Give a command, or let time pass, and note what comes of it."""
        player = self.player
        arguments = {"start": "at_ms", "seek": "to_ms"}
        given = {} if value is None else {arguments[command]: value}
        try:
            events = (
                player.due(now_ms)
                if command == "due"
                else player.command(PlayerCommand(command), now_ms, **given)
            )
        except PlayerStateError:
            told = None
        else:
            told = [
                {
                    k: v
                    for k, v in event.as_dict().items()
                    if k in SHOWN or (k == "remaining_ms" and event.jump)
                }
                for event in events
                if not event.kind.startswith(("rep.", "set.", "round."))
            ]
        moment = player.moment(now_ms)
        expected = {
            "events": told,
            "state": player.state.value,
            "deadline": player.next_deadline_ms,
            "missed": player.missed_ms,
            "at": moment.at_ms,
            "segment": moment.segment.start_ms,
            "next": moment.next.start_ms if moment.next else None,
        }
        self.steps.append(
            {"command": command, "now": now_ms, "value": value, "expected": expected}
        )

    def data(self, page: dict[str, Any]) -> dict[str, Any]:
        """Return it for the file, with the page that the player is in."""
        return {
            "data": page, "level": self.level, "settings": self.settings, "steps": self.steps,
        }  # fmt: skip


def value_for(command: str, dice: random.Random, duration_ms: int) -> Any:
    """Return an argument that a command may have."""
    if command == "seek":
        return dice.choice([0, duration_ms, dice.randrange(duration_ms)])
    if command == "start":
        return dice.choice([None, dice.randrange(duration_ms)])
    return None


def leads_to(state: PlayerState, scenario: Scenario) -> int:
    """Bring a player into a state, and return the instant."""
    if state is not PlayerState.READY:
        scenario.tell("start", 1_000)
        scenario.tell("due", 2_000)
    if state is PlayerState.WAITING:
        scenario.tell("seek", 2_000, 7_000)
    if state is PlayerState.PAUSED:
        scenario.tell("pause", 2_500)
    if state is PlayerState.FINISHED:
        scenario.tell("seek", 2_500, scenario.player.timeline.duration_ms)
    if state is PlayerState.STOPPED:
        scenario.tell("stop", 2_500)
    assert scenario.player.state is state
    return 3_000


def every_command_in_every_state(timeline: Timeline, level: int) -> list[Scenario]:
    """Give each command in each state, timely and late."""
    dice = random.Random(1)  # noqa: S311 - a test's dice
    found = []
    for state in PlayerState:
        for command in ["due", *TAKEN]:
            for later_ms in (0, 700, 60_000):
                scenario = Scenario(timeline, level)
                now_ms = leads_to(state, scenario) + later_ms
                value = value_for(command, dice, timeline.duration_ms)
                scenario.tell(command, now_ms, value)
                scenario.tell("due", now_ms + 400)
                found.append(scenario)
    return found


def at_random(timeline: Timeline, level: int, seed: int) -> Scenario:
    """Do forty things, timely, late, after a gap or with a clock that has gone back."""
    dice = random.Random(seed)  # noqa: S311 - a test's dice
    scenario = Scenario(
        timeline,
        level,
        gap_ms=dice.choice([0, 300, 5_000]),
        on_gap=dice.choice(["pause", "catch-up"]),
    )
    now_ms = dice.randrange(10**9)
    scenario.tell("start", now_ms, value_for("start", dice, timeline.duration_ms))
    for _ in range(40):
        deadline_ms = scenario.player.next_deadline_ms
        waits = [0, 1, 333, 2_718, 40_000, -200, -9_000]
        now_ms += dice.choice(waits)
        if deadline_ms is not None and dice.random() < 0.6:
            now_ms = deadline_ms + dice.choice([-1, 0, 0, 0, 17])
        command = "due" if dice.random() < 0.4 else dice.choice(HARMLESS).value
        scenario.tell(command, now_ms, value_for(command, dice, timeline.duration_ms))
    return scenario


def test_the_player_of_the_page_is_the_player(tmp_path: Path) -> None:
    """Every command in every state, seeks, waits and gaps do in both what they do."""
    node = needs("node")
    bundled = supple.load_catalog("lower-back").routines["lower-back"]
    scenarios = []
    for routine, count in ((WAITS, 120), (bundled, 20)):
        data = page_data([schedule(routine)])
        for level in (0, len(data["levels"]) - 1):
            timeline = schedule(routine, level=data["levels"][level]["level"])
            made = [at_random(timeline, level, seed) for seed in range(count)]
            if routine is WAITS:
                made += every_command_in_every_state(timeline, level)
            scenarios += [each.data(data) for each in made]
    file = tmp_path / "scenarios.json"
    file.write_text(json.dumps(scenarios), encoding="utf-8")
    done = subprocess.run(
        [node, str(SCENARIOS), str(PAGE), str(file)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[:3000]
    assert int(done.stdout) == sum(len(each["steps"]) for each in scenarios)
