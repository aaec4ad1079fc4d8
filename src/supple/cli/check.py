"""``supple check``: what is wrong with a catalog, in plain words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from supple.cli._command import JSON, NEARBY, UsageError, shown, switch

if TYPE_CHECKING:
    from argparse import Namespace

    from supple.catalog import Checked

ABOUT = (
    "Check a catalog: say what is wrong with it and what is doubtful, on which line of which "
    "file, and what to write instead. The exit status is 1 where there is an error; warnings do "
    "not count."
)
ARGUMENTS = (
    NEARBY,
    JSON,
    switch(
        "--watch",
        "check it again whenever a file is saved, until Ctrl-C; where PATH is the file of an "
        "exercise, show that as it will be seen, too",
    ),
)

_STYLES = {
    "error": "bold red",
    "warning": "bold yellow",
    "message": "",
    "quote": "yellow",
    "remedy": "dim",
    "example": "green",
}
_LABEL = 9
_LINES_SHOWN = 8


def run(arguments: Namespace) -> int:
    """Check what the arguments name, and return the exit status: 1 where there is an error."""
    if not arguments.watch:
        return _check(arguments)
    from supple.catalog._finding.nearby import nearby
    from supple.cli._watching import watch

    folder = Path(nearby(arguments.name))
    if not folder.is_dir():
        raise UsageError(f"--watch: needs a folder or a file of one (got {shown(arguments.name)})")
    return watch(folder, lambda: _check_and_show(arguments, folder))


def _check(arguments: Namespace) -> int:
    from supple.catalog import check
    from supple.catalog._finding.nearby import nearby

    found = nearby(arguments.name)
    checked = check(found)
    if arguments.json:
        import json

        from attrs import asdict

        for finding in checked.findings:
            print(json.dumps(asdict(finding)))
    else:
        _write_page(checked, None if str(found) == arguments.name else str(found))
    return 1 if checked.errors else 0


def _check_and_show(arguments: Namespace, folder: Path) -> None:
    """Check a catalog, and show the exercise whose file is named, with its figures."""
    from supple import load_catalog
    from supple.catalog._finding.folder import EXERCISES
    from supple.cli._page import Page
    from supple.cli._showing import show_exercise
    from supple.cli.figure import write_pose

    file = Path(arguments.name)
    if _check(arguments) or file.is_dir():
        return
    catalog = load_catalog(folder)
    if file.resolve().parent.name != EXERCISES or file.stem not in catalog:
        return
    page, exercise = Page(), catalog[file.stem]
    page.write()
    page.title(exercise.name, f"{catalog.name}/{exercise.id}", exercise.purpose)
    page.write()
    for pose in exercise.poses:
        write_pose(page, pose, exercise.poses)
    show_exercise(page, exercise, catalog)


def _write_page(checked: Checked, folder: str | None) -> None:
    from supple.cli._page import Page

    page, indent = Page(), (" " * _LABEL, "")
    if folder is not None:
        page.write((folder, "dim"))
    for finding in checked.findings:
        (_, place), *lines = finding.lines()
        label = f"{finding.severity:{_LABEL}}"
        page.write((label, _STYLES[finding.severity]), (place, "cyan"))
        examples = 0
        for kind, line in lines:
            examples += kind == "example"
            if examples <= _LINES_SHOWN:
                inner = [("  ", "")] if kind in {"quote", "example"} else []
                page.write(indent, *inner, (line, _STYLES[kind]))
        if (more := examples - _LINES_SHOWN) > 0:
            page.write(indent, ("  ", ""), (f"and {more} lines more, which --json shows", "dim"))
        page.write()
    page.write((str(checked), "bold"))
