"""Help, wrong use, exit statuses, and what becomes of the two streams."""

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import supple
from supple.cli import main
from supple.cli._parser import COMMANDS, module_of
from tests.child import Child
from tests.cli.program import PROGRAM, Install, Run

needs_posix = pytest.mark.skipif(os.name != "posix", reason="closes files as POSIX has them")

WRONG_USE = {
    ("lst",): "no command is named 'lst'; did you mean 'list'? (see 'supple --help')",
    ("qqq",): "no command is named 'qqq' (see 'supple --help')",
    ("x" * 99,): f"no command is named '{'x' * 60}...' (see 'supple --help')",
    ("a\nb",): r"no command is named 'a\nb' (see 'supple --help')",
    ("--verson",): "no option is named '--verson'; did you mean '--version'? "
    "(see 'supple --help')",
    ("--json", "list"): "--json: must stand after list (see 'supple list --help')",
    ("list", "--jsn"): "no option is named '--jsn'; did you mean '--json'? "
    "(see 'supple list --help')",
    ("list", "--js"): "no option is named '--js'; did you mean '--json'? "
    "(see 'supple list --help')",
    ("list", "--colour=1"): "no option is named '--colour' (see 'supple list --help')",
    ("list", "more"): "list takes no argument 'more' (see 'supple list --help')",
    ("list", "--catalog"): "--catalog: expected one argument (see 'supple list --help')",
    ("list", "--catalog", "lower-bak"): "no catalog is named 'lower-bak'; "
    "did you mean 'lower-back'?",
    ("show",): "the following arguments are required: NAME (see 'supple show --help')",
    ("show", "bridge", "more"): "show takes no argument 'more' (see 'supple show --help')",
    ("show", "brigde"): "no routine or exercise is named 'brigde'; did you mean 'bridge'? "
    "(see 'supple list')",
    ("show", ""): "no routine or exercise is named '' (see 'supple list')",
    ("show", "\x1b[31m"): r"no routine or exercise is named '\x1b[31m' (see 'supple list')",
    ("show", "bridge", "--kind", "routine"): "no routine is named 'bridge' (see 'supple list')",
    ("show", "bridge", "--kind", "step"): "--kind: must be exercise or routine (got 'step')",
    ("show", "neck/bridge"): "no catalog is named 'neck'; known are 'lower-back'",
    ("show", "lower-back/qqq"): "no routine or exercise is named 'qqq' (see 'supple list')",
    ("show", "lower-back/bridge", "--catalog", "lower-back"): "--catalog: must be left out "
    "where the name says it (got 'lower-back/bridge')",
    ("events",): "the following arguments are required: ROUTINE (see 'supple events --help')",
    ("events", "lower-bak"): "no routine or exercise is named 'lower-bak'; "
    "did you mean 'lower-back'? (see 'supple list')",
    ("events", "in-bed", "--level", "2"): "--level: must be a number from 0 to 1 (got '2')",
    ("events", "in-bed", "--level=-1"): "--level: must be a number from 0 to 1 (got '-1')",
    ("events", "in-bed", "--level", "nan"): "--level: must be a number from 0 to 1 (got 'nan')",
    ("events", "in-bed", "--level", "all"): "--level: must be a number from 0 to 1 (got 'all')",
    **{
        (command, *name, "--language", tag): "--language: must be a language tag such as 'en' or "
        f"'pt-BR' (got {tag!r})"
        for command, *name in (["list"], ["show", "bridge"], ["events", "in-bed"])
        for tag in ("de_AT", "")
    },
    ("list", "--language"): "--language: expected one argument (see 'supple list --help')",
    ("check", "lower-back", "--language", "de"): "no option is named '--language' "
    "(see 'supple check --help')",
    ("events", "in-bed", "--json=1"): "--json: ignored explicit argument '1' "
    "(see 'supple events --help')",
}


@pytest.mark.parametrize("words", WRONG_USE, ids=" ".join)
def test_wrong_use_is_one_line(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrong use ends with status 2 and one line that says what is wrong and what helps."""
    monkeypatch.setenv("SUPPLE_DISABLE_PLUGINS", "all")
    assert main(words) == 2
    assert capsys.readouterr() == ("", f"supple: {WRONG_USE[words]}\n")


def test_help_names_the_commands_and_the_exit_statuses(run: Run) -> None:
    """The help names every command and what each exit status means."""
    done = run("--help", COLUMNS="80")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: supple [-h] [-V] COMMAND ...\n")
    for line in (
        "    list ",
        "    show ",
        "    events ",
        "    check ",
        "    import ",
        "  2    wrong use\n",
    ):
        assert f"\n{line}" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize("command", ["list", "show", "events", "check", "import"])
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The help of a command names the program as users call it."""
    assert main([command, "--help"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"usage: supple {command} [-h] [--")
    assert err == ""


def test_without_a_word_it_says_what_there_is(
    acme: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bare program is no mistake: it shows the routines and what to type, and no more."""
    found = [supple.load_catalog("lower-back"), supple.load_catalog(str(acme))]
    monkeypatch.setattr("supple.cli._lookup.load_installed", lambda **_: (found, {}))
    assert main([]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.splitlines() == [
        "Guided stretching and mobility routines.",
        "",
        "Lower back",
        "  supple play lower-back              Lower back, 6 min",
        "  supple play in-bed                  In bed, 5 min",
        "",
        "Acme",
        "  supple play reach                   Reaching, 96 s",
        "  supple play rounds                  Rounds, 2 min",
        "  supple play endless                 endless, 1\u00a0666\u00a0666\u00a0666 h 40 min",
        "",
        "And also",
        "  supple show knee-rolls              one exercise or routine, to read",
        "  supple export lower-back --to html  one file, to print, send or play",
        "  supple list                         everything that is installed",
        "  supple --help                       all the commands",
    ]


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """The help has a line for each command."""
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"    {command} " in out for command in COMMANDS)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The version is that of the installed distribution."""
    assert main(["--version"]) == 0
    assert capsys.readouterr() == (f"supple {supple.__version__}\n", "")


@pytest.mark.parametrize(
    "words", [["--help"], ["events", "-h"], ["plan", "-h"], ["list", "--jsn"]], ids=" ".join
)
def test_help_and_wrong_use_import_next_to_nothing(
    words: list[str], environment: dict[str, str]
) -> None:
    """Help and wrong use wait neither for the model nor for a catalog nor for rich."""

    def imports_of(*program: str) -> set[str]:
        done = subprocess.run(
            [sys.executable, "-X", "importtime", *program],
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
        return {line.rpartition("|")[2].strip() for line in lines}

    imported = imports_of(*PROGRAM[1:], *words) - imports_of("-c", "pass")
    ours = {name for name in imported if name.startswith("supple")}
    commands = {module_of(command).__name__ for command in COMMANDS}
    frame = {
        *("supple", "supple._lazy", "supple._printable"),
        *("supple.planning", "supple.planning._usual"),  # what is usual, for the help
        *(f"supple.cli{part}" for part in ("", "._command", "._parser", "._streams")),
    }
    assert ours <= frame | commands
    assert not imported & {"attr", "attrs", "rich", "importlib.metadata"}
    if words == ["--help"]:
        assert not ours & commands
        assert not imported & {"argparse", "typing"}


def test_the_words_of_the_process_are_the_default(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without arguments the words are those that the process was started with."""
    monkeypatch.setattr(sys, "argv", ["supple", "show", "nothing"])
    assert main() == 2
    assert "'nothing'" in capsys.readouterr().err


def test_entry_point_and_module_are_one_program(run: Run, environment: dict[str, str]) -> None:
    """The installed command and ``python -m supple`` do the same under the same name."""
    program = Path(sys.executable).with_name("supple")
    for words in (["--help"], ["lst"], ["show", "bridge"]):
        installed = subprocess.run(
            [program, *words], env=environment, capture_output=True, encoding="utf-8", check=False
        )
        module = run(*words)
        assert installed.returncode == module.returncode
        assert (installed.stdout, installed.stderr) == (module.stdout, module.stderr)


# --- catalogs that cannot be read, and packages that are not there -------------------


def test_broken_catalog_is_status_1(acme: Path, run: Run) -> None:
    """A catalog that cannot be read ends with status 1 and names every problem."""
    (acme / "exercises" / "squat.toml").write_text('id = "squat"\n')
    for words in (["list", "--catalog", str(acme)], ["show", f"{acme}/reach"]):
        done = run(*words)
        assert (done.returncode, done.stdout) == (1, "")
        first, *problems = done.stderr.splitlines()
        assert first == f"supple: catalog {acme} cannot be read: {len(problems)} problems"
        assert all(problem.startswith("  exercises/squat.toml") for problem in problems)


def test_broken_plugin_hides_no_good_one(install: Install, run: Run) -> None:
    """The other catalogs are listed and found; the broken one is told about by the list."""
    site = install("neck")
    (site / "neck_stretches" / "catalog.toml").write_text("format = 1\n")
    listed = run("list", PYTHONPATH=str(site))
    assert listed.returncode == 1
    assert listed.stdout == run("list").stdout
    assert listed.stderr.startswith("supple: catalog neck of neck_stretches 1.0 cannot be read: ")
    shown = run("show", "bridge", PYTHONPATH=str(site))
    assert (shown.returncode, shown.stderr) == (0, "")
    missed = run("show", "nothing", PYTHONPATH=str(site))
    assert missed.returncode == 2
    assert missed.stderr == (
        "supple: no routine or exercise is named 'nothing' in the catalogs but neck, "
        "which cannot be read (see 'supple list')\n"
    )


@pytest.mark.parametrize(
    "words", [("list",), ("show", "bridge"), ("events", "bridge")], ids=" ".join
)
def test_missing_rich_is_told_in_one_line(
    words: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    """Without rich there are no pages, and the message says what to install."""
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['rich'] = None\n")
    done = run(*words, PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "supple: this needs the package rich, which is not installed: pip install 'supple[cli]'\n"
    )


def test_json_works_without_rich(run: Run, tmp_path: Path) -> None:
    """JSON needs nothing that the library itself does not need."""
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['rich'] = None\n")
    for words in (["list", "--json"], ["events", "bridge", "--json"]):
        done = run(*words, PYTHONPATH=str(tmp_path))
        assert (done.returncode, done.stderr) == (0, "")
        assert all(json.loads(line) for line in done.stdout.splitlines())


# --- several things of one name ------------------------------------------------------


def test_one_id_in_several_catalogs(install: Install, run: Run) -> None:
    """An id that several catalogs have is asked for together with its catalog."""
    install("ankle")
    site = str(install("neck"))
    done = run("show", "squat", PYTHONPATH=site)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == ("supple: 2 catalogs have 'squat': choose ankle/squat or neck/squat\n")
    for words in (["neck/squat"], ["squat", "--catalog", "neck"]):
        assert run("show", *words, PYTHONPATH=site).stdout.startswith("Squat  neck/squat\n")


def test_one_id_for_an_exercise_and_a_routine(
    acme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An id that an exercise and a routine share is asked for together with the kind."""
    message = (
        "supple: acme has a routine and an exercise that are named 'reach': "
        "choose --kind routine or --kind exercise\n"
    )
    for command in ("show", "events"):
        assert main([command, "reach", "--catalog", str(acme)]) == 2
        assert capsys.readouterr() == ("", message)
    assert main(["show", "reach", "--catalog", str(acme), "--kind", "routine"]) == 0
    assert capsys.readouterr().out.startswith("Reaching  acme/reach\n")
    assert main(["show", f"{acme}/reach", "--kind", "exercise"]) == 0
    assert capsys.readouterr().out.startswith("Réach  acme/reach\n")


# --- the streams ---------------------------------------------------------------------

OUTPUTS = [
    ["--help"],
    ["--version"],
    ["list"],
    ["list", "--json"],
    ["show", "bridge"],
    ["check", "lower-back"],
    ["events", "bridge"],
    ["events", "bridge", "--json"],
]
FILES = [["export", "bridge", "--to", "csv", "-o", name] for name in ("-", "/dev/stdout")]


@needs_posix
@pytest.mark.parametrize("colour", ["", "1"], ids=["plain", "coloured"])
@pytest.mark.parametrize("words", [*OUTPUTS, *FILES], ids=" ".join)
def test_output_that_nobody_reads(
    words: list[str], colour: str, environment: dict[str, str]
) -> None:
    """Where the reader has gone before a word is written, the end is quiet, at exit too."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [*PROGRAM, *words],
            env=environment | {"FORCE_COLOR": colour},
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (141, b"")


@needs_posix
@pytest.mark.parametrize("more", [[], ["--json"]], ids=["table", "json"])
@pytest.mark.parametrize("colour", ["", "1"], ids=["plain", "coloured"])
def test_reader_that_has_enough(
    more: list[str], colour: str, acme: Path, environment: dict[str, str]
) -> None:
    """A stream without end starts at once and ends quietly when its reader does."""
    with Child[bytes](
        [*PROGRAM, "events", f"{acme}/endless", *more],
        env=environment | {"FORCE_COLOR": colour},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 141


@needs_posix
@pytest.mark.parametrize("more", [[], ["--json"]], ids=["table", "json"])
def test_interruption_is_quiet(more: list[str], acme: Path, environment: dict[str, str]) -> None:
    """Ctrl-C ends the program with status 130 and without a word."""
    with Child[bytes](
        [*PROGRAM, "events", f"{acme}/endless", *more],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize("words", OUTPUTS, ids=" ".join)
def test_full_disk_is_status_1(words: list[str], environment: dict[str, str]) -> None:
    """Output that cannot be written is told about in one line."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, *words],
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == "supple: the output cannot be written: No space left on device\n"


@needs_posix
@pytest.mark.parametrize("words", OUTPUTS, ids=" ".join)
def test_no_output_at_all(words: list[str], environment: dict[str, str]) -> None:
    """A standard output that is closed from the start is nothing to fail about."""
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *PROGRAM, *words],
        env=environment,
        stderr=subprocess.PIPE,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("before", [signal.SIG_DFL, signal.SIG_IGN], ids=["usual", "ignored"])
@pytest.mark.usefixtures("capsys")
def test_signals_are_left_as_they_were(
    before: signal.Handlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command changes no signal for good, nor one that is ignored, and runs in any thread."""
    during = []

    def note(_: object) -> int:
        during.append(signal.getsignal(signal.SIGTERM) is before)
        return 0

    monkeypatch.setattr("supple.cli.list.run", note)
    monkeypatch.setattr(sys, "argv", ["supple", "list"])
    usual = signal.signal(signal.SIGTERM, before)
    try:
        with ThreadPoolExecutor() as pool:
            assert (main(), pool.submit(main).result()) == (0, 0)
        assert during == [before is signal.SIG_IGN, True]
        assert signal.getsignal(signal.SIGTERM) is before
    finally:
        signal.signal(signal.SIGTERM, usual)


@needs_posix
def test_no_standard_error(environment: dict[str, str]) -> None:
    """Without a standard error the status still tells, and data stays free of messages."""
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" 2>&-', "sh", *PROGRAM, "show", "nothing"],
        env=environment,
        stdout=subprocess.PIPE,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, b"")


def test_output_in_ascii(acme: Path, run: Run) -> None:
    """What an encoding lacks is written in its letters, so that nothing fails."""
    done = run("list", "--catalog", str(acme), PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Acme  acme 2.0\n"
        "Stretches for [red]everyone[/red] :smile:\n"
        "\n"
        "Exercises\n"
        "  reach    R\\xe9ach     2 sets: 2-3 x hold 5-10 s, each side\n"
        "  squat    Squat     once\n"
        "\n"
        "Routines\n"
        "  reach    Reaching  96 s at the gentle end, 3 min at the full dose\n"
        "  rounds   Rounds    2 min at the gentle end, 4 min at the full dose\n"
        "  endless  endless   1 666 666 666 h 40 min\n"
    )


@pytest.mark.parametrize("words", OUTPUTS, ids=" ".join)
def test_plain_locale_is_enough(words: list[str], run: Run) -> None:
    """Nothing fails in the plainest of environments, coloured or not."""
    for colour in ("", "1"):
        done = run(*words, LANG="C", LC_ALL="C", PYTHONIOENCODING="ascii", FORCE_COLOR=colour)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.isascii()
