"""``supple list``: the catalogs with their exercises and routines."""

import json
from pathlib import Path

import pytest

from supple.cli import main
from tests.cli.program import Install, Run


def test_bundled_catalog(run: Run) -> None:
    """Each exercise has its dose in words, each routine its shortest and longest duration."""
    done = run("list", SUPPLE_DISABLE_PLUGINS="all")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("Lower back  lower-back ")
    assert lines[2] == "Languages: de, en, es"
    assert "  bridge           Bridge           8–10 × hold 5 s" in lines
    assert "  cat-camel        Cat-camel        5–8 times" in lines
    assert "  knee-rolls       Knee rolls       hold 10 s, each side" in lines
    assert any(line.startswith("  in-bed           In bed           5 min ") for line in lines)


def test_catalog_of_a_path(acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One catalog is looked at alone, and what it says is not taken for markup."""
    assert main(["list", "--catalog", str(acme)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out == (
        "Acme  acme 2.0\n"
        "Stretches for [red]everyone[/red] :smile:\n"
        "\n"
        "Exercises\n"
        "  reach    Réach     2 sets: 2–3 × hold 5–10 s, each side\n"
        "  squat    Squat     once\n"
        "\n"
        "Routines\n"
        "  reach    Reaching  96 s at the gentle end, 3 min at the full dose\n"
        "  rounds   Rounds    2 min at the gentle end, 4 min at the full dose\n"
        "  endless  endless   1\u00a0666\u00a0666\u00a0666 h 40 min\n"
    )


def test_several_catalogs(install: Install, run: Run) -> None:
    """Catalogs follow one another by name, a blank line between them."""
    done = run("list", PYTHONPATH=str(install("neck")))
    assert done.returncode == 0
    assert "\n\nAcme  neck 2.0\n" in done.stdout
    assert done.stdout.startswith(run("list", SUPPLE_DISABLE_PLUGINS="all").stdout)


def test_catalog_without_routines(acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a catalog does not have has no heading either."""
    (acme / "exercises" / "reach.toml").unlink()
    (acme / "catalog.toml").write_text(
        'format = 1\nname = "few"\ntitle = "Few"\nversion = "1"\nlanguage = "en"\n'
    )
    assert main(["list", "--catalog", str(acme)]) == 0
    assert capsys.readouterr() == ("Few  few 1\n\nExercises\n  squat  Squat  once\n", "")


def test_json(acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same as one line of JSON in ASCII, with numbers beside the words."""
    assert main(["list", "--catalog", str(acme), "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.isascii()
    assert out.count("\n") == 1
    assert json.loads(out) == {
        "format": 1,
        "catalogs": [
            {
                "name": "acme",
                "title": "Acme",
                "version": "2.0",
                "language": "en",
                "languages": ["en"],
                "summary": "Stretches for [red]everyone[/red] :smile:",
                "exercises": [
                    {
                        "id": "reach",
                        "name": "Réach",
                        "kind": "dynamic-stretch",
                        "position": "standing",
                        "sides": "each",
                        "reps": [2, 3],
                        "sets": [2, 2],
                        "holds": [[5, 10]],
                        "dose": "2 sets: 2–3 × hold 5–10 s, each side",
                    },
                    {
                        "id": "squat",
                        "name": "Squat",
                        "kind": "strengthening",
                        "position": "standing",
                        "sides": "none",
                        "reps": [1, 1],
                        "sets": [1, 1],
                        "holds": [],
                        "dose": "once",
                    },
                ],
                "routines": [
                    {
                        "id": "reach",
                        "name": "Reaching",
                        "exercises": ["reach"],
                        "duration_ms": [96_000, 188_000],
                    },
                    {
                        "id": "rounds",
                        "name": "Rounds",
                        "exercises": ["squat", "reach"],
                        "duration_ms": [144_000, 217_000],
                    },
                    {
                        "id": "endless",
                        "name": "endless",
                        "exercises": ["squat"],
                        "duration_ms": [6_000_000_000_005_000, 6_000_000_000_005_000],
                    },
                ],
            }
        ],
    }


def test_failures_of_every_kind(install: Install, run: Run) -> None:
    """What can be read is listed; each failure is told beside it, and how to leave it out."""
    site = install("neck")
    (site / "neck_stretches" / "__init__.py").write_text("raise SystemExit(0)")
    broken = site / "broken-2.0.dist-info"
    broken.mkdir()
    (broken / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 2.0\n")
    (broken / "entry_points.txt").write_text("[supple.catalogs]\nbroken\n")
    done = run("list", "--json", PYTHONPATH=str(site), SUPPLE_DISABLE_PLUGINS="")
    assert done.returncode == 1
    assert [each["name"] for each in json.loads(done.stdout)["catalogs"]] == ["lower-back"]
    first, _, *others = done.stderr.splitlines()
    assert first == "supple: catalog entry points of broken 2.0 cannot be read: 1 problem"
    assert others == [
        "supple: catalog neck of neck_stretches 1.0 cannot be read: 1 problem",
        (
            "  neck_stretches 1.0: entry point neck: must be a package that can be imported, "
            "but importing neck_stretches raised SystemExit(0)"
        ),
        "supple: to leave catalogs out, name them in SUPPLE_DISABLE_PLUGINS",
    ]
    left_out = run("list", PYTHONPATH=str(site), SUPPLE_DISABLE_PLUGINS="all")
    assert (left_out.returncode, left_out.stderr) == (0, "")
