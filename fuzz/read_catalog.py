"""Feed the catalog reader bytes that a coverage-guided fuzzer makes up.

Whatever the bytes, there is a catalog or one ``CatalogError``; anything else ends the run and
leaves the bytes behind. The first byte chooses which document of a catalog the others are. It
grows from the bundled catalog, in TOML and in JSON, and knows the words of the format. Arguments
go to libFuzzer, such as ``-max_total_time=600``.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import atheris
import importlib_resources

with atheris.instrument_imports(include=["supple", "tomllib"]):
    import tomllib

    import supple
    from supple.catalog import schema
    from supple.catalog._schema import NAMES
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
        "catalog": [data / "catalog.toml"],
        "exercises/one": [*data.joinpath("exercises").iterdir()],
        "translations/de": [data / "translations/de.toml"],
    }
    for place, documents in found.items():
        for document in documents:
            content = document.read_bytes()
            as_json = json.dumps(tomllib.loads(content.decode())).encode()
            for suffix, written in ((".toml", content), (".json", as_json)):
                if place + suffix in DOCUMENTS:
                    which = DOCUMENTS.index(place + suffix)
                    seed = folder / f"{which}-{document.name}"
                    seed.write_bytes(bytes([which]) + written)
    timeline = supple.schedule(BUNDLED.routines["in-bed"])
    line = event_lines.encode(timeline[10]).encode()
    folder.joinpath("event-line").write_bytes(bytes([len(DOCUMENTS)]) + line)


def write_words(file: Path) -> None:
    """Write the words of the format, which no fuzzer would guess, as libFuzzer reads them."""
    words = {word for name in NAMES for word in words_of(schema(name))}
    file.write_text("".join(f"{json.dumps(each)}\n" for each in sorted(words)), encoding="ascii")


def words_of(part: Any) -> Iterator[str]:
    """Yield the keys that a part of a schema speaks of, and the words of its closed sets."""
    if isinstance(part, dict):
        yield from part.get("properties", ())
        yield from (each for each in part.get("enum", ()) if isinstance(each, str))
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from words_of(each)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        seeds, words = Path(folder, "seeds"), Path(folder, "words")
        seeds.mkdir()
        write_seeds(seeds)
        write_words(words)
        atheris.Setup([*sys.argv, f"-dict={words}", str(seeds)], read)
        atheris.Fuzz()
