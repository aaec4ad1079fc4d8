"""A programme in a file: read as it was written, and refused where anything is wrong."""

from __future__ import annotations

import json
from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from supple import CatalogError, ModelError, Pacing, load_catalog
from supple.catalog import check
from supple.planning import Grow, Programme, Progression, read_programme, write_programme

from .test_progression import progressions

if TYPE_CHECKING:
    from pathlib import Path

BACK = load_catalog("lower-back")


@given(
    progressions(),
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.lists(
        st.times().map(lambda at: at.replace(microsecond=0)), min_size=1, max_size=4, unique=True
    ),
    st.none() | st.integers(1, 400),
    st.sampled_from([0, 0.25, 1]),
    st.sampled_from([".toml", ".json"]),
)
def test_what_is_written_is_read(  # noqa: PLR0913, PLR0917 - what a programme is made of
    tmp_path_factory: pytest.TempPathFactory,
    progression: Progression,
    starts: date,
    times: list[time],
    days: int | None,
    level: float,
    suffix: str,
) -> None:
    """Any programme at the usual pacing comes back from a file, and gives the same bytes."""
    path = tmp_path_factory.getbasetemp() / f"programme{suffix}"
    programme = Programme(
        BACK.routines["in-bed"],
        starts=starts,
        zone="Europe/Berlin",
        times=times,
        days=days,
        level=level,
        progression=progression,
    )
    write_programme(programme, path, catalogs=[BACK])
    written = path.read_bytes()
    read = read_programme(path, catalogs=[BACK])
    assert read == programme
    write_programme(read, path, catalogs=[BACK])
    assert path.read_bytes() == written


def six_weeks(**parts: Any) -> Programme:
    """Return six weeks of the bundled routine."""
    facts: dict[str, Any] = {"starts": date(2027, 3, 22), "zone": "Europe/Berlin", "days": 42}
    return Programme(BACK.routines["in-bed"], **(facts | parts))


def test_a_programme_file_is_plain_to_read(tmp_path: Path) -> None:
    """A person can read and write the table."""
    path = tmp_path / "weeks.toml"
    grow = [Grow("hold", by=1, every=2, upto=5), Grow("reps", by=1, every=3)]
    slowly = Progression(grow, easier_week=4, back_after=7)
    write_programme(six_weeks(progression=slowly), path, catalogs=[BACK])
    table = path.read_text().partition("[programme]")[2]
    assert (
        table
        == """
starts = "2027-03-22"
zone = "Europe/Berlin"
times = ["08:00", "13:00", "20:00"]
days = 42
easier_week = 4
back_after = 7

[[programme.grow]]
part = "hold"
by = 1
every = 2
upto = 5

[[programme.grow]]
part = "reps"
by = 1
every = 3
"""
    )


def test_days_and_times_may_be_those_of_toml(tmp_path: Path) -> None:
    """Who writes a file by hand may write days and times without quotes."""
    path = tmp_path / "weeks.toml"
    write_programme(six_weeks(), path, catalogs=[BACK])
    by_hand = path.read_text().replace('"2027-03-22"', "2027-03-22")
    path.write_text(
        by_hand.replace('["08:00", "13:00", "20:00"]', "[08:00:00, 13:00:00, 20:00:00]")
    )
    assert read_programme(path) == six_weeks()


GOOD = {"starts": "2027-03-22", "zone": "UTC"}


@pytest.mark.parametrize(
    ("table", "problems"),
    [
        (None, ["programme: must be given"]),
        ([], ["programme: must be a table of keys and values (got [])"]),
        ({}, ["programme.starts: must be given", "programme.zone: must be given"]),
        (
            GOOD | {"day": 3, "days": 0, "times": "8"},
            [
                "programme.times: must be a list (got '8')",
                "programme.days: must be a whole number from 1 to 36525 (got 0)",
                "programme.day: must be a known key; did you mean 'days'?",
            ],
        ),
        (
            GOOD | {"starts": "22.3.2027", "times": ["8:00"]},
            [
                "programme.starts: must be a day alone, such as 2027-03-22 (got '22.3.2027')",
                "programme.times[0]: must be a time of day such as 08:00 (got '8:00')",
            ],
        ),
        (
            GOOD | {"starts": 3, "times": ["25:00"]},
            [
                "programme.starts: must be a day alone, such as 2027-03-22 (got 3)",
                "programme.times[0]: must be a time of day such as 08:00 (got '25:00')",
            ],
        ),
        (
            GOOD | {"times": []},
            ["programme.times: must be from 1 to 24 times (got [])"],
        ),
        (GOOD | {"grow": {}}, ["programme.grow: must be a list (got {})"]),
        (GOOD | {"grow": [1]}, ["programme.grow[0]: must be a table of keys and values (got 1)"]),
        (GOOD | {"grow": [{"part": "hold", "by": 1}]}, ["programme.grow[0].every: must be given"]),
        (
            GOOD | {"grow": [{"part": "hold", "by": 1, "evry": 1}]},
            [
                "programme.grow[0].every: must be given",
                "programme.grow[0].evry: must be a known key; did you mean 'every'?",
            ],
        ),
        (
            GOOD | {"grow": [{"part": "hold", "by": 0, "every": 1}]},
            ["programme.grow[0].by: must be at least 0.001 and at most 86400 (got 0)"],
        ),
        (
            GOOD | {"grow": [{"part": "reps", "by": 1, "every": 1}] * 2},
            ["programme.grow[0].upto: must be given, or what follows never begins (got None)"],
        ),
    ],
)  # fmt: skip
def test_all_faults_are_told(tmp_path: Path, table: Any, problems: list[str]) -> None:
    """Everything that is wrong with the table is told, with its place in the file."""
    path = tmp_path / "weeks.json"
    write_programme(six_weeks(), path, catalogs=[BACK])
    document = json.loads(path.read_text()) | {"programme": table}
    if table is None:
        del document["programme"]
    path.write_text(json.dumps(document))
    with pytest.raises(CatalogError) as caught:
        read_programme(path)
    assert [str(each) for each in caught.value.problems] == [
        f"weeks.json: {each}" for each in problems
    ]
    assert caught.value.kind == "programme file"


def test_faults_of_the_routine_are_told_too(tmp_path: Path) -> None:
    """What is wrong with the routine in it is told beside what is wrong with the table."""
    path = tmp_path / "weeks.json"
    write_programme(six_weeks(), path, catalogs=[BACK])
    document = json.loads(path.read_text()) | {"items": [], "programme": GOOD | {"days": 0}}
    path.write_text(json.dumps(document))
    with pytest.raises(CatalogError, match="2 problems"):
        read_programme(path)


def test_another_pacing_has_no_place(tmp_path: Path) -> None:
    """A programme with a pacing of its own is not written by halves."""
    path = tmp_path / "weeks.json"
    with pytest.raises(ModelError, match="for a file has no place for another"):
        write_programme(six_weeks(pacing=Pacing(step=4)), path)
    assert not path.exists()


def test_a_routine_file_is_no_programme_and_the_other_way_round(tmp_path: Path) -> None:
    """Each reader takes its own files only."""
    path = tmp_path / "weeks.json"
    write_programme(evolve(six_weeks(), days=1), path, catalogs=[BACK])
    from supple.catalog import read_routine

    with pytest.raises(CatalogError, match="programme: must be a known key"):
        read_routine(path)


def test_a_zone_that_is_nearly_right(tmp_path: Path) -> None:
    """Who reads the answer learns which zone may be meant; a program has it as data."""
    path = tmp_path / "weeks.toml"
    write_programme(six_weeks(), path, catalogs=[BACK])
    path.write_text(path.read_text().replace("Europe/Berlin", "Europe/Berlinn"))
    [finding] = check(path).errors
    assert finding.message == (
        "zone in programme must be the name of a time zone, such as 'Europe/Berlin'; "
        "it is 'Europe/Berlinn'"
    )
    assert finding.remedy.startswith("did you mean 'Europe/Berlin'")
    with pytest.raises(ModelError) as caught:
        six_weeks(zone="Europe/Berlinn")
    assert caught.value.hint.matches[0] == "Europe/Berlin"
