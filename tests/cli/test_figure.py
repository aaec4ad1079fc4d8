"""``supple figure``: how a pose or an exercise looks."""

from __future__ import annotations

import signal
import subprocess
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from supple.cli import main
from tests.child import Child
from tests.cli.program import PROGRAM
from tests.figures.poses import FOLDERS, POSES

if TYPE_CHECKING:
    from pathlib import Path

LYING = FOLDERS[0] / "lying.toml"


def test_the_file_of_a_pose(capsys: pytest.CaptureFixture[str]) -> None:
    """A pose is named, told in words and drawn."""
    assert main(["figure", str(LYING)]) == 0
    out, err = capsys.readouterr()
    head, *drawing = out.splitlines()
    assert head == "lying  Lying on the back with both legs long"
    assert len(drawing) == 14
    assert max(map(len, drawing)) <= 48
    assert any("⣿⣿⣿" in line for line in drawing)
    assert err == ""


def test_half_blocks_and_a_side(capsys: pytest.CaptureFixture[str]) -> None:
    """On the left the picture is mirrored, and half blocks draw it as well."""
    assert main(["figure", str(LYING), "--blocks"]) == 0
    right = capsys.readouterr().out.splitlines()[1:]
    assert main(["figure", str(LYING), "--blocks", "--side", "left"]) == 0
    left = capsys.readouterr().out.splitlines()[1:]
    middle = max(right, key=len)
    assert set("".join(right)) == set(" ▀▄█")
    assert left != right
    assert left[right.index(middle)].strip()[0] != middle.strip()[0] or left != right


def test_an_exercise(capsys: pytest.CaptureFixture[str]) -> None:
    """Of an exercise all poses are drawn, on one stage."""
    assert main(["figure", "lower-back/bridge"]) == 0
    out = capsys.readouterr().out.splitlines()
    titles = [line for line in out if line.startswith(("knees-bent", "hips-lifted"))]
    assert titles == [
        "knees-bent  Lying on the back with the knees bent and the feet flat",
        f"hips-lifted  {POSES['hips-lifted'].alt}",
    ]


def test_doubts_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is doubtful stands below the drawing, with its remedy."""
    file = tmp_path / "lying.toml"
    file.write_text(LYING.read_text().replace("foot = [3.08, 0.2,", "foot = [3.0, -0.1,"))
    assert main(["figure", str(file)]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "doubtful  left_leg.foot: the left ankle is 6 cm too low: it is in the floor",
        "          raise it to y = 0.17 or more",
    ]


def test_a_pose_that_cannot_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong with a file goes to the standard error, with status 1."""
    file = tmp_path / "lying.toml"
    file.write_text(LYING.read_text().replace("foot = [3.08, 0.2,", "foot = [3.4, 0.2,"))
    assert main(["figure", str(file)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "the left foot cannot reach so far, it is 6 cm too far" in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["bridge", "--watch"], "--watch: needs the file of a pose (got 'bridge')"),
        ([str(LYING), "--side", "up"], "--side: must be left or right (got 'up')"),
        ([str(LYING), "--to", "a.png"], "--to: must end in .svg or .html (got 'a.png')"),
    ],
)
def test_wrong_use(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong words are told as such, with status 2."""
    assert main(["figure", *words]) == 2
    assert message in capsys.readouterr().err


def test_an_exercise_without_poses(acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An exercise that names no pose has nothing to draw."""
    assert main(["figure", "squat", "--catalog", str(acme)]) == 2
    assert capsys.readouterr().err == (
        "supple: squat has no poses: none of its steps and holds names one\n"
    )


# --- pictures


def test_pictures_as_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pose is written still, an exercise moving."""
    still, moving = tmp_path / "still.svg", tmp_path / "moving.svg"
    assert main(["figure", str(LYING), "--to", str(still)]) == 0
    assert main(["figure", "bridge", "--to", str(moving)]) == 0
    assert "<animate" not in still.read_text()
    assert "<animate" in moving.read_text()
    assert main(["figure", str(LYING), "--to", str(tmp_path / "no" / "still.svg")]) == 1
    assert "still.svg: it cannot be written: No such file or directory" in capsys.readouterr().err


class Counter(HTMLParser):
    """Counts the elements of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.count: dict[str, int] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count an element."""
        del attrs
        self.count[tag] = self.count.get(tag, 0) + 1


def test_a_page(tmp_path: Path) -> None:
    """A page shows a pose in six sizes and colours, and what is doubtful as text."""
    file, page = tmp_path / "lying.toml", tmp_path / "lying.html"
    text = LYING.read_text().replace("foot = [3.08, 0.2,", "foot = [3.0, -0.1,")
    file.write_text(text)
    assert main(["figure", str(file), "--to", str(page)]) == 0
    count = Counter(page.read_text()).count
    assert (count["svg"], count["li"], count["meta"]) == (6, 1, 1)


# --- watching


def test_watching_a_file(tmp_path: Path, environment: dict[str, str]) -> None:
    """Each time the file is saved it is drawn again, faults included, until Ctrl-C."""
    file, page = tmp_path / "lying.toml", tmp_path / "lying.html"
    text = LYING.read_text()
    file.write_text(text)
    with Child(
        [*PROGRAM, "figure", str(file), "--watch", "--to", str(page)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        assert next(line for line in lines if line.startswith("lying")) == (
            "lying  Lying on the back with both legs long\n"
        )
        file.write_text(text.replace("both legs long", "two long legs"))
        assert next(line for line in lines if line.startswith("lying")) == (
            "lying  Lying on the back with two long legs\n"
        )
        file.write_text(text.replace("neck = 176", "nek = 176"))
        assert "must be a known key; did you mean 'neck'?" in next(
            line for line in lines if "nek" in line
        )
        file.unlink()
        assert "must be a file" in next(line for line in lines if "must be a file" in line)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130
    assert 'http-equiv="refresh"' in page.read_text()
