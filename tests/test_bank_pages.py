"""Every item of every case is asked once in the book, and answered in its worked notebook."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from workbook import built_in_cases

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "src" / "workbook" / "cases"
PATHS = [
    path
    for case in built_in_cases()
    for path in sorted((CASES / case / "exercises").glob("*.toml"))
]
CHAPTERS = [pytest.param(path, id=f"{path.parts[-3]}-{path.stem}") for path in PATHS]
ASKED = re.compile(r"\bask\.(\w+)\.answer\(")


@cache
def asked_in(path: Path) -> Counter[str]:
    """How often each item's `answer(...)` stands in the code of a notebook."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    # A worked notebook may show a first look before the answer; a learner's has one blank for both.
    asked = [cell for cell in code if "solution-only" not in cell["metadata"].get("tags", [])]
    sources = ["".join(cell["source"]) for cell in asked]
    return Counter(name for source in sources for name in ASKED.findall(source))


def places(name: str, pattern: str) -> list[str]:
    """The notebooks that ask for an item, one mention for each time they do."""
    found = sorted(ROOT.glob(pattern))
    return [str(path.relative_to(ROOT)) for path in found for _ in range(asked_in(path)[name])]


def items(path: Path) -> list[str]:
    return [item["id"] for item in tomllib.loads(path.read_text("utf-8"))["exercise"]]


def test_there_are_chapters_to_look_at() -> None:
    assert PATHS


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_item_stands_on_one_page_and_in_one_worked_notebook(chapter: Path) -> None:
    for folder in ("book", "solutions"):
        # Looked for in all chapters: a second copy elsewhere would be asked and counted twice.
        found = {name: places(name, f"{folder}/*.ipynb") for name in items(chapter)}
        astray = {
            name: at
            for name, at in found.items()
            if len(at) != 1 or not at[0].startswith(f"{folder}/{chapter.stem}-")
        }
        assert astray == {}, f"not exactly once in {folder}/{chapter.stem}-*.ipynb: {astray}"


@pytest.mark.parametrize("folder", ["book", "solutions"])
def test_no_notebook_asks_for_an_item_that_is_not_in_the_bank(folder: str) -> None:
    bank = {name for chapter in PATHS for name in items(chapter)}
    for path in sorted((ROOT / folder).glob("*.ipynb")):
        assert set(asked_in(path)) <= bank, path.name


ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS = ["ten", "eleven", "twelve", *(f"{ten}teen" for ten in ("thir", "four", "fif", "six"))]
TEENS += ["seventeen", "eighteen", "nineteen"]
NUMBERS = [*ONES, *TEENS, "twenty", *(f"twenty-{one}" for one in ONES[1:])]


@pytest.mark.parametrize("folder", ["book", "solutions"])
def test_an_opening_that_says_how_many_questions_there_are_says_so_truly(folder: str) -> None:
    told = 0
    for path in sorted((ROOT / folder).glob("*.ipynb")):
        opening = "".join(json.loads(path.read_text("utf-8"))["cells"][0]["source"])
        for first in re.findall(r"^([A-Z][a-z-]+) ", opening.partition("\n\n")[2], re.MULTILINE)[
            :1
        ]:
            if first.lower() in NUMBERS:
                assert NUMBERS.index(first.lower()) == asked_in(path).total(), path.name
                told += 1
    assert told > 8


def test_a_lesson_that_says_how_many_exercises_wait_says_so_truly() -> None:
    told = 0
    for lesson in sorted((ROOT / "book").glob("[0-9][0-9]-*.ipynb")):
        for page, first in re.findall(
            r"\((\d\d-exercises.ipynb)\): (\w+) more", lesson.read_text()
        ):
            asked = asked_in(lesson.with_name(page)).total()
            assert NUMBERS.index(first) == asked, lesson.name
            told += 1
    assert told > 8
