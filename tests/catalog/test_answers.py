"""What people write by mistake, and the answers from the line: to the letter, and never wrong."""

from __future__ import annotations

import tomllib
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, strategies as st

from supple import CatalogError
from supple.catalog import check, loads_routine, read_pose, read_routine
from supple.catalog._reading.answers import toml_answer, twice_answer
from supple.catalog._reading.mistakes import LONGEST_LINE, in_seconds, number_meant
from tests.catalog.files import REACH, whole, write_folder
from tests.laws import share

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLE: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("mistakes.toml").read_text(encoding="utf-8")
)
FILES: Mapping[str, str] = TABLE["files"]
MISTAKES: list[dict[str, Any]] = TABLE["mistakes"]
JARGON = ("TOML", "parse", "token", "expected", "expecting", "invalid", "array", "syntax")


def test_there_are_many() -> None:
    """The table is what the answers are measured by, and each mistake stands in it once."""
    assert len({each["name"] for each in MISTAKES}) == len(MISTAKES) >= 60


def test_the_files_are_sound(tmp_path: Path) -> None:
    """Without a mistake there is none."""
    assert check(write_folder(tmp_path, FILES)).errors == ()


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda each: each["name"])
def test_the_answer(mistake: dict[str, Any], tmp_path: Path) -> None:
    """Each answer names file and line, what is wrong and what to write, without jargon."""
    file = mistake["file"]
    text = FILES[file].replace(mistake["instead_of"], mistake["written"])
    errors = check(write_folder(tmp_path, {**FILES, file: text})).errors
    assert {each.file for each in errors} == {file}
    found = [
        {"line": each.line, "message": each.message, "remedy": each.remedy, "quote": each.quote}
        for each in errors
    ]
    assert found == [{"line": None, "quote": ""} | answer for answer in mistake["answers"]]
    for each in errors:
        assert not [word for word in JARGON if word in f"{each.message} {each.remedy}"]


WRITTEN = [
    each
    for each in MISTAKES
    if "quote" in each["answers"][0]
    and each["answers"][0]["remedy"].startswith("write:")
    and "{ } on one" not in each["answers"][0]["message"]  # it takes the place of two lines
]


@pytest.mark.parametrize("mistake", WRITTEN, ids=lambda each: each["name"])
def test_what_to_write_is_right(mistake: dict[str, Any], tmp_path: Path) -> None:
    """Whoever writes what the answer says has one error less, or comes to the next one."""
    file, [first, *_] = mistake["file"], mistake["answers"]
    write = first["remedy"].removeprefix("write:\n")
    lines = FILES[file].replace(mistake["instead_of"], mistake["written"]).split("\n")
    lines[first["line"] - 1] = write
    found = check(write_folder(tmp_path, {**FILES, file: "\n".join(lines)})).errors
    assert first["line"] not in [each.line for each in found if each.quote]


def test_a_picture_of_another_case(tmp_path: Path) -> None:
    """A picture whose name differs by a capital letter names the file that there is."""
    reach = REACH | {"pictures": [{"path": "pictures/reach.svg", "alt": "A person reaches up."}]}
    files = whole() | {"exercises/a-reach.json": reach, "pictures/Reach.SVG": b"<svg/>"}
    files.pop("pictures/reach.svg", None)
    [error] = check(write_folder(tmp_path, files)).errors
    assert error.remedy == "did you mean 'pictures/Reach.SVG'?"


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    """What some editors cannot help but write is read as if it was not there."""
    marked = {name: b"\xef\xbb\xbf" + text.encode() for name, text in FILES.items()}
    assert check(write_folder(tmp_path, marked)).errors == ()


@pytest.mark.parametrize(
    ("text", "suffix", "answer"),
    [
        ('"\u00a0id": 1,\u00a0"x": 2', "json", (1, None, "must be JSON: ")),
        ('{"id":\u00a01}', "json", (1, 7, "must have no no-break space (U+00A0)")),
        ("\u200bid = 1", "toml", (1, 1, "must have no zero width space (U+200B); write:  id = 1")),
        ("id = 1\x00", "toml", (1, 7, "must have no control character (U+0000)")),
        (f"{'x' * 1_000}\u00a0", "toml", (1, None, "must be TOML: ")),
        ('id = "\u00a0" ä', "toml", (1, None, "must be TOML: ")),
    ],
)
def test_letters_that_nobody_sees(
    text: str, suffix: str, answer: tuple[int, int | None, str]
) -> None:
    """A letter that looks like a blank or like nothing is named."""
    line, column, told = answer_to(text, suffix)
    assert (line, column, told[: len(answer[2])]) == answer


def test_a_document_of_another_kind(tmp_path: Path) -> None:
    """A file that is none of the kind that is wanted is told as what it is."""
    file = tmp_path / "bend.toml"
    file.write_text(FILES["exercises/side-bend.toml"], encoding="utf-8")
    for read, kind in ((read_pose, "a pose"), (read_routine, "a routine")):
        with pytest.raises(CatalogError) as caught:
            read(file)
        [problem] = caught.value.problems
        assert str(problem) == f"bend.toml: must be {kind}, but is an exercise"
    [error] = check(
        write_folder(tmp_path / "all", {**FILES, "poses/x.toml": file.read_text()})
    ).errors
    assert (error.file, error.message) == (
        "poses/x.toml",
        "the file must be a pose, but is an exercise",
    )


def test_answers_in_a_text() -> None:
    """A routine that is posted gets the same answers, with the line and the letter."""
    with pytest.raises(CatalogError) as caught:
        loads_routine('format = 1\nid = "a"\nitems = [ { exercise = bridge } ]', format="toml")
    [problem] = caught.value.as_dict()["problems"]
    assert (problem["line"], problem["column"], problem["code"]) == (3, 24, "syntax")
    assert problem["requirement"] == (
        'must have "quotation marks" around a text; write: items = [ { exercise = "bridge" } ]'
    )


def answer_to(text: str, suffix: str) -> tuple[int, int | None, str]:
    """Return the line, the column and the requirement of the one thing that is wrong."""
    with pytest.raises(CatalogError) as caught:
        loads_routine(text, format=suffix)
    [problem] = caught.value.as_dict()["problems"]
    return problem["line"], problem.get("column"), problem["requirement"]


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ('{"id": "a" "x": 1}', "json"),
        ('{"id" "a"}', "json"),
        ('{"id": "a",}', "json"),
        ("{'id': 'a'}", "json"),
        ("{id: 1}", "json"),
        ('{"id": True}', "json"),
        ('{"id": 1 // no\n}', "json"),
        ('{"id" = 1}', "json"),
        ('{"id": [1', "json"),
        ('{"id": "a', "json"),
        ("id a", "toml"),
        ("id = a", "toml"),
        ("items = [\n  1\n  2 ]", "toml"),
        ("items = [\n  1,\nid = 2", "toml"),
        ("id = 'a", "toml"),
    ],
)
@pytest.mark.parametrize("before", [1, 2])
def test_blank_lines_before_alter_nothing(text: str, suffix: str, before: int) -> None:
    """Blank lines before it move what is wrong down, and alter nothing else."""
    line, column, requirement = answer_to(text, suffix)
    assert answer_to("\n" * before + text, suffix) == (line + before, column, requirement)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("name = Rücken 腰", 'name = "Rücken 腰"'),
        ("name = Hüfte, 腰", 'name = "Hüfte, 腰"'),
        ("name = Rücken  # 腰", 'name = "Rücken"  # 腰'),
        ("targets = [Hüfte, 腰]", 'targets = ["Hüfte", "腰"]'),
    ],
)
def test_the_letters_of_a_text_stay(text: str, written: str) -> None:
    """What to write has every letter as the person wrote it."""
    assert written in answer_to(text, "toml")[2]


@pytest.mark.parametrize(("text", "column"), [('{"id": [1', 10), ('{"id": [1\n', 1), ("[", 2)])
def test_a_document_that_breaks_off(text: str, column: int) -> None:
    """What has no end is told at the place where it breaks off."""
    line = 1 + text.count("\n")
    assert answer_to(text, "json") == (line, column, "must have a } or ] for each { or [")


def test_no_answer_rather_than_a_wrong_one() -> None:
    """Where no mistake that is known explains a value in braces, none is put right."""
    assert "; write: " not in answer_to("items = [ { exercise = “bridge” hey } ]", "toml")[2]


def test_the_last_line_of_a_list() -> None:
    """A comma is missed in a list of which the last line of all is the rest."""
    line, _, requirement = answer_to("items = [\n  1\n  2 ]", "toml")
    assert (line, requirement) == (
        2,
        "must have a comma between the elements of a list; write:   1,",
    )


@pytest.mark.parametrize(
    ("text", "number"),
    [("8-10", [8, 10]), ("2 to 3 min", [120, 180]), ("1:30", 90), ("2,5", 2.5), ("x5", 5)],
)
def test_numbers_that_are_meant(text: str, number: Any) -> None:
    """What a text means for a number is told, and nothing for what is none."""
    assert number_meant(text) == number
    assert number_meant(f"{text} bridges") is None
    assert number_meant(text * 2000) is None


@pytest.mark.parametrize(
    ("unit", "seconds"),
    [("minutes", "120"), ("minute", "120"), ("min", "120"), ("hours", "7200"), ("ms", "0.002")],
)
def test_units_of_time(unit: str, seconds: str) -> None:
    """A time in another unit is told in seconds."""
    assert in_seconds(unit, 2) == f"seconds = {seconds}"


def test_no_answer_is_better_than_a_wrong_one() -> None:
    """A hundredth of nothing is no time, and a heading that is there otherwise is no slip."""
    assert toml_answer("seconds = 10%", "Invalid value", 1, 11) is None
    answer = toml_answer("fraction = 50%", "Invalid value", 1, 12)
    assert answer is not None
    assert answer.write == "fraction = 0.5"
    assert number_meant("10%") == 0.1
    assert twice_answer("cycle = []\n[[cycle]]\n", 2) is None
    for key in ("programme.grow", "items.circuit", "poses"):
        answer = twice_answer(f"[{key}]\n[{key}]\n", 2)
        assert answer is not None
        assert (answer.line, answer.write) == (2, f"[[{key}]]")
    answer = twice_answer("[cycle]\n[cycle]\n", 2)
    assert answer is not None
    assert answer.line == 2
    answer = twice_answer("[[cycle]]\nstep = 'a'\n  step = 'b'", 3)
    assert answer is not None
    assert (answer.line, answer.column, answer.write) == (3, 3, "[[cycle]]\nstep = 'b'")


@share(1)
@given(st.text(st.sampled_from("ab =:\"'[]{},.-#“”0123456789\n"), max_size=60), st.integers(1, 4))
def test_no_answer_is_refused_again(text: str, line: int) -> None:
    """Whatever stands in a line, what is to be written can be read, and no reading fails."""
    answer = toml_answer(text, "Invalid value", line, 1)
    if answer is not None and answer.write.strip() not in {"", "]"}:
        written = (
            answer.write.replace("\n]", "]") if answer.write.endswith("\n]") else answer.write
        )
        for each in (written, f"x = [{written}]", f"[{written}"):
            try:
                tomllib.loads(each)
            except tomllib.TOMLDecodeError:
                continue
            return
        assert answer.requirement.endswith(("of a list", "the elements of a list"))


@pytest.mark.parametrize(
    "unit",
    [
        '" ',
        "' ",
        '"' + chr(92),
        "{a=",
        "{a: b ",
        "[",
        "1 ",
        "1,",
        '= "',
        "“",
        "#",
        "a ",
        '"a" ',
        "- ",
    ],
)
def test_an_answer_takes_no_time(unit: str) -> None:
    """The longest line that is looked at is answered soon, whatever stands in it."""
    line = (f"x = {unit * 1000}")[:LONGEST_LINE]
    start = process_time()
    for text in (line, unit * 1000, f"{line[:-1]}]", f"{line[:-1]}}}"):
        toml_answer(text, "Invalid value", 1, 5)
    assert process_time() - start < 5


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("[,]", "must have no comma behind the last value\nwrite: []"),
        ('{"id": 1,}', 'must have no comma behind the last value\nwrite: {"id": 1}'),
        ('{"id": [1,]}', 'must have no comma behind the last value\nwrite: {"id": [1]}'),
        ('{"id": [1,,2]}', 'must have one comma between two values\nwrite: {"id": [1,2]}'),
    ],
)
def test_json_on_one_line(text: str, answer: str) -> None:
    """What stands behind the mistake stays in what to write."""
    with pytest.raises(CatalogError) as caught:
        loads_routine(text, format="json")
    [problem] = caught.value.problems
    assert problem.requirement == answer.replace("\nwrite: ", "; write: ")


@pytest.mark.parametrize(
    ("text", "requirement"),
    [
        ("x = { a: ~ }", "must be TOML: expected '=' after a key in a key/value pair"),
        ("a = { x = 1,\n y = = 2 }", "must not end in a comma; write: a = { x = 1 }"),
        ('{"a": = 1}', "must be JSON: expecting value"),
        ('{"a" ; 1}', "must be JSON: expecting ':' delimiter"),
    ],
)
def test_what_no_answer_makes_right(text: str, requirement: str) -> None:
    """Where one correction is not enough, nothing that is still wrong is told to be written."""
    with pytest.raises(CatalogError) as caught:
        loads_routine(text, format="json" if text.startswith("{") else "toml")
    [problem] = caught.value.problems
    assert problem.requirement == requirement


@pytest.mark.parametrize(
    ("text", "requirement"),
    [
        ("hips", "must be a word, an equals sign and a value, or begin with # as a note"),
        (
            "targets = [\n  hips,\n]",
            'must have "quotation marks" around a text; write:   "hips",',
        ),
    ],
)
def test_a_word_by_itself(text: str, requirement: str) -> None:
    """A word alone is a text where a list is open, and lacks its value anywhere else."""
    assert answer_to(text, "toml")[2] == requirement
