"""Feed the catalog reader bytes that a coverage-guided fuzzer makes up.

Whatever the bytes, there is a catalog or one ``CatalogError``; anything else ends the run and
leaves the bytes behind. The first byte chooses which document of a catalog the others are. It
grows from the bundled catalog. Arguments go to libFuzzer, such as ``-max_total_time=600``.
"""

import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris
import importlib_resources

with atheris.instrument_imports(include=["supple", "tomllib"]):
    import supple
    from supple.export import event_lines

    # Names load when they are first used: now, so that what is behind them is instrumented.
    BUNDLED = supple.load_catalog("lower-back", language="de")

CATALOG = b'format = 1\nname = "fuzz"\ntitle = "Fuzz"\nversion = "1"\nlanguage = "en"\n'
DOCUMENTS = (
    "catalog.toml",
    "catalog.json",
    "exercises/one.toml",
    "exercises/one.json",
    "translations/de.toml",
)


def read(data: bytes) -> None:
    """Read one catalog, or one event line, made of the bytes."""
    choice, content = data[:1], data[1:]
    which = choice[0] % (len(DOCUMENTS) + 1) if choice else 0
    if which == len(DOCUMENTS):
        with suppress(supple.EventLineError):
            event_lines.decode(content.decode("latin-1"))
        return
    with TemporaryDirectory() as folder:
        document = Path(folder, DOCUMENTS[which])
        document.parent.mkdir(exist_ok=True)
        if not document.name.startswith("catalog"):
            Path(folder, "catalog.toml").write_bytes(CATALOG)
        document.write_bytes(content)
        try:
            supple.load_catalog(Path(folder), language="de")
        except supple.CatalogError as error:
            str(error)


def write_seeds(folder: Path) -> None:
    """Write inputs to grow from: the documents of the bundled catalog, and an event line."""
    data = importlib_resources.files("supple.catalog.data.lower_back")
    found = {
        0: [data / "catalog.toml"],
        2: [*data.joinpath("exercises").iterdir()],
        4: [data / "translations/de.toml"],
    }
    for which, documents in found.items():
        for document in documents:
            folder.joinpath(document.name).write_bytes(bytes([which]) + document.read_bytes())
    timeline = supple.schedule(BUNDLED.routines["in-bed"])
    line = event_lines.encode(timeline[10]).encode()
    folder.joinpath("event-line").write_bytes(bytes([len(DOCUMENTS)]) + line)


if __name__ == "__main__":
    with TemporaryDirectory() as seeds:
        write_seeds(Path(seeds))
        atheris.Setup([*sys.argv, seeds], read)
        atheris.Fuzz()
