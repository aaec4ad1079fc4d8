"""``supple translate``: the file in which a catalog is translated, begun or completed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from supple.cli._command import NEARBY, TAG, FailedError, UsageError, reading, shown
from supple.cli._streams import writing

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from supple.catalog._languages.worksheet import Worksheet

ABOUT = (
    "Write translations/TAG.toml in the folder of a catalog, with every text beside what it is "
    "to be called. What is translated is kept, what has changed since is marked, and what is "
    "left has empty quotation marks, to be filled in."
)
_ABOUT_TAG = "the language to translate into, such as fr or pt-BR"
ARGUMENTS = (
    (("tag",), {"metavar": "TAG", "help": _ABOUT_TAG, "type": reading("TAG", TAG)}),
    NEARBY,
)


def run(arguments: Namespace) -> int:
    """Write the file of the translation, say how much is left, and return the exit status."""
    from supple import CatalogError
    from supple._files import replace_file
    from supple.catalog._finding.folder import Folder
    from supple.catalog._finding.nearby import nearby
    from supple.catalog._languages.worksheet import Worksheet
    from supple.catalog._reading.reading import survey

    place = Path(nearby(arguments.name))
    if not place.is_dir():
        raise UsageError(
            f"PATH: must be the folder of a catalog or of its project (got {shown(str(place))})"
        )
    folder = Folder(place, is_trusted=False)
    seen = survey(folder, name=None)
    if seen.catalog is None or seen.problems:
        raise CatalogError(str(place), seen.problems)
    found = seen.translations.get(arguments.tag.lower())
    if found is not None and not found.file.endswith(".toml"):
        raise FailedError(f"{found.file}: only a translation in TOML can be completed")
    before = "" if found is None else folder.read(found.file).decode()
    known = _known_phrases(arguments.tag)
    sheet = Worksheet(seen.catalog, seen.translations, arguments.tag, before, known)
    file = place / sheet.gaps.file
    with writing(f"{file}: it"):
        file.parent.mkdir(exist_ok=True)
        replace_file(file, sheet.content.encode())
    for line in _account(sheet, file):
        print(line)
    return 0


def _known_phrases(tag: str) -> dict[str, str]:
    """Return what the installed catalogs that speak a language call the library's own words."""
    from supple import Phrases
    from supple._model.requirements import is_same
    from supple.catalog._load import load_installed
    from supple.cli._lookup import PATIENCE

    read, _ = load_installed(language=tag, patience=PATIENCE)
    return {
        id: catalog.phrases[id]
        for catalog in reversed(read)
        if is_same(catalog.phrases.language, tag)
        for id, english in Phrases.english.items()
        if catalog.phrases[id] != english
    }


def _account(sheet: Worksheet, file: Path) -> Iterator[str]:
    from supple._printable import printable
    from supple.catalog._rules.plain_words import counted

    yield f"{printable(str(file))} is written."
    texts_left = len(sheet.gaps.missing)
    phrases_left = len(sheet.gaps.missing_phrases) - len(sheet.taken)
    for left, all_of, what in (
        (texts_left, sheet.gaps.texts, "text"),
        (phrases_left, sheet.gaps.phrases, "phrase"),
    ):
        if total := len(all_of):
            yield f"{total - left} of {counted(total, what)} translated, {left} left"
    if sheet.taken:
        yield f"{counted(len(sheet.taken), 'phrase')} taken from catalogs that are installed"
    if sheet.changed:
        yield f"{counted(sheet.changed, 'text')} changed since: look for '# was:' above them"
    if phrases_left:
        yield "What is said while a routine is done stands first among the phrases"
    if texts_left or phrases_left:
        yield "Write between the empty quotation marks, then: supple check"
