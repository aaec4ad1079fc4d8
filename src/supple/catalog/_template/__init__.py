"""Write a new catalog: a whole distribution, copied from the one in ``distribution``.

What is copied is a working example named ``your-catalog``. Only that name, the title and the
language are replaced in it, and its texts where they are there in that language, in ``texts``.
"""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import Final

import importlib_resources

from supple._errors import ModelError
from supple._files import put_folder
from supple._model import requirements as must
from supple._phrases import fallbacks
from supple.catalog._finding.installed import installed

FILES: Final = (
    "README.md",
    "pyproject.toml",
    "src/supple_your_catalog/__init__.py",
    "src/supple_your_catalog/catalog.toml",
    "src/supple_your_catalog/exercises/example-side-bend.toml",
    "tests/test_catalog.py",
)
"""What is copied, named one by one, so that nothing that lies beside it ever is."""


def new_catalog(
    name: str,
    folder: str | os.PathLike[str] = ".",
    *,
    title: str | None = None,
    language: str = "en",
) -> Path:
    """Write a new catalog, as a distribution that can be installed and passes its own test.

    It holds one exercise, one routine, the advice that a catalog needs, the test and a README,
    all to be edited. The new folder appears whole or not at all.

    Args:
        name: The name of the catalog, such as ``neck-care``.
        folder: The folder to write into, which exists.
        title: What people call it; made of the name where it is left out.
        language: The language that you will write it in, a tag of BCP 47 such as ``en`` or
            ``pt-BR``. The example is in it where supple speaks it, and else in English.

    Returns:
        The path of the new folder, ``supple-neck-care`` for ``neck-care``, inside of ``folder``.

    Raises:
        ModelError: If ``name`` cannot be the name of a catalog, or an installed one has it, or if
            the title or the language is refused.
        FileExistsError: If the new folder is there already and not empty.
        OSError: If it cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = new_catalog("neck-care", folder)
    ...     sorted(path.name for path in made.iterdir())
    ['README.md', 'pyproject.toml', 'src', 'tests']
    """
    name = must.NAME.require("new_catalog.name", name)
    title = must.TEXT.require(
        "new_catalog.title", name.replace("-", " ").capitalize() if title is None else title
    )
    language = must.LANGUAGE.require("new_catalog.language", language)
    if name in installed():
        raise ModelError("new_catalog.name", "must not be that of an installed catalog", name)
    target = Path(os.fspath(folder), f"supple-{name}")
    template = importlib_resources.files(__name__) / "distribution"
    texts = {path: template.joinpath(*path.split("/")).read_text("utf-8") for path in FILES}
    said = _texts(language)
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')  # it stands in quotation marks

    def filled(text: str) -> str:
        """Put what is wanted where the example has its own."""
        for english, other in said.items():
            text = text.replace(json.dumps(english), json.dumps(other, ensure_ascii=False))
        return (
            text.replace("your-catalog", name)
            .replace("your_catalog", name.replace("-", "_"))
            .replace("Your catalog", quoted)
            .replace('language = "en"', f'language = "{language}"')
        )

    put_folder(target, {filled(path): filled(text).encode() for path, text in texts.items()})
    return target


def _texts(language: str) -> dict[str, str]:
    """Return the texts of the example in a language, each by its English; none in others."""
    for tag in fallbacks(language):
        file = importlib_resources.files(__name__) / "texts" / f"{tag}.toml"
        if file.is_file():
            texts: dict[str, str] = tomllib.loads(file.read_text("utf-8"))["texts"]
            return texts
    return {}
