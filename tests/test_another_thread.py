"""Pages about another quarrel: its words to the letter, and nothing of the first case in them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from awkward_case import LONG, SCHOOL, awkward_case
from test_book import build
from workbook import Case, lyushkov
from workbook.cli import main

pytestmark = [pytest.mark.book, pytest.mark.timeout(600)]

FACTS = "name,length_in_metres,confidence,source\nNorth arch,12 <or more>,memory,Vane1998\n"
WORKS = "@book{Vane1998, author = {Vane, Olga}, title = {Bridges}, year = {1998}}\n"
PAGE = "\n\n".join(
    [
        "# The bridge",
        "```{thread}\n```",
        *(f"## A {kind}\n\n```{{case}} {kind}\n```" for kind in ("voices", "passages", "facts")),
        "## Works\n\n```{case} bibliography\n```",
        "## What comes back\n\n```{case} returns\n```",
        *(
            f"```{{exercise}} {name}\n```"
            for name in ("mark_school", "mark_nested", "mark_long", "chain_five", "brief")
        ),
    ]
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, Path]:
    folder = tmp_path_factory.mktemp("another")
    case = awkward_case(folder / "weir")
    (folder / "weir/facts").mkdir()
    (folder / "weir/facts/arches.csv").write_text(FACTS, "utf-8-sig")
    (folder / "weir/references.bib").write_text(WORKS, "utf-8-sig")
    done = build(folder, PAGE, workbook_case="weir", language="en")
    assert done.stderr == ""
    assert done.returncode == 0
    return case, folder / "out/html/index.html"


@pytest.fixture(scope="module")
def page(made: tuple[Case, Path]) -> BeautifulSoup:
    return BeautifulSoup(made[1].read_text("utf-8"), "html.parser")


def test_the_thread_stands_there_letter_by_letter(
    made: tuple[Case, Path], page: BeautifulSoup
) -> None:
    edition = made[0].edition
    lines = page.find_all(class_="wb-line-of-thread")
    assert len(lines) > 10
    for line in lines:
        span = edition.lines[int(line["id"].removeprefix("line-")) - 1]
        said = "".join(part.get_text() for part in line.find_all(class_="wb-text"))
        assert said == edition.words(span)


def test_each_passage_is_marked_where_it_stands(
    made: tuple[Case, Path], page: BeautifulSoup
) -> None:
    for passage in made[0].edition.passages.values():
        lines = []
        for line in page.find_all(class_="wb-line-of-thread"):
            parts = [
                part.get_text()
                for part in line.find_all(class_="wb-text")
                if passage.id in part.get("data-in", "").split()
            ]
            lines += ["".join(parts)] if parts else []
        assert "\n".join(lines) == passage.exact


def test_no_word_of_the_first_case_and_of_its_web_log_is_on_the_pages(page: BeautifulSoup) -> None:
    for data in page.find_all("script", class_="wb-data"):
        assert json.loads(data.string)["case"] == "weir"
    own = {"op", "the opening post", "mill_lane", "Unknown"}
    names = {voice.label for voice in lyushkov.edition.voices.values()} - own
    names |= {"Lyushkov", "Trotsky", "Stalin", "blog", "1917", "Japan", "printed passage"}
    said = page.find("body")
    assert said is not None
    text = f"{said.get_text(' ')} {' '.join(str(one) for one in page.find_all('script'))}"
    assert [name for name in names if re.search(rf"\b{re.escape(name)}\b", text)] == []


def test_dates_are_said_in_words_whatever_their_form(page: BeautifulSoup) -> None:
    said = [part.get_text() for part in page.find_all(class_="wb-about")]
    assert "5 March 2021. The forum prints it." in said[0]
    assert "March 2021 to April 2021. Between its neighbours." in said[1]


def test_a_table_of_the_cases_own_is_shown_with_its_sources(page: BeautifulSoup) -> None:
    part = page.find(id="table-arches")
    assert part is not None
    said = " ".join(part.get_text(" ").split())
    assert "Arches: each row with its source. Name Length in metres How we know" in said
    assert "North arch 12 <or more> from memory: not checked here Vane 1998" in said
    assert "Used for: arches" in " ".join(page.get_text(" ").split())


def test_how_to_cite_is_shown_by_a_voice_and_a_line_of_this_thread(
    made: tuple[Case, Path], page: BeautifulSoup
) -> None:
    line = made[0].edition.line_of(made[0].edition.posts["p2"].span.start)
    assert f"(the poster without a name, line {line})" in page.get_text()


def test_a_table_without_rows_is_left_out(page: BeautifulSoup) -> None:
    assert "the question that it comes back as" not in page.get_text()


@pytest.mark.browser
def test_words_after_emoji_are_marked_by_keys_and_kept_as_they_stand(
    made: tuple[Case, Path], chromium_context: Any
) -> None:
    page = chromium_context.new_page()
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(made[1].as_uri())
    form = page.locator("#exercise-mark_school")
    words = form.locator(".wb-word")
    words.first.wait_for()
    assert words.all_text_contents() == re.findall(r"\w+", SCHOOL)
    words.last.focus()
    for _ in range(3):
        page.keyboard.press("Shift+ArrowLeft")
    assert "“the mason cut it”" in form.locator(".wb-marked").inner_text()
    form.get_by_role("button", name="Check", exact=True).click()
    assert "Correct" in form.inner_text()

    whole = page.locator("#exercise-mark_long")
    whole.locator(".wb-word").first.click()
    whole.locator(".wb-word").last.click()
    whole.get_by_role("button", name="Check", exact=True).click()
    assert "you marked too much" in whole.inner_text()
    kept = page.evaluate("Object.values(localStorage).filter((one) => one.startsWith('{'))")
    answers = {json.loads(line)["exercise"]: json.loads(line)["answer"] for line in kept}
    assert answers == {"mark_school": "the mason cut it", "mark_long": LONG.strip(" .")}


@pytest.mark.browser
def test_whose_is_asked_of_any_words_and_quoted_lines_stay_lines(
    made: tuple[Case, Path], chromium_context: Any
) -> None:
    case, path = made
    page = chromium_context.new_page()
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(path.as_uri())
    panel = page.locator(".wb-whose-panel")
    for name, passage in case.edition.passages.items():
        page.locator(f'.wb-whose[data-passages~="{name}"] button').focus()
        page.keyboard.press("Enter")
        assert " ".join(passage.exact.split()) in " ".join(panel.inner_text().split())
        page.keyboard.press("Escape")
        assert panel.count() == 0
    tops = [
        page.locator(f"#line-{case.edition.line_of(case.edition.text.index(words))}").bounding_box()
        for words in ("> The arch is his.", "> The plaque says")
    ]
    assert tops[1]["y"] >= tops[0]["y"] + tops[0]["height"]


def test_a_picture_that_cannot_be_drawn_is_told_in_a_sentence(tmp_path: Path) -> None:
    awkward_case(tmp_path / "weir")
    page = "# A page\n\n```{picture} anatomy\n```\n\n```{picture} travel\n```\n"
    said = build(tmp_path, page, workbook_case="weir").stderr
    assert "the picture “anatomy” has to be told its passage; draw it in a notebook" in said
    assert "the picture “travel” cannot be drawn: this case tells of no passage's way" in said
    assert "Traceback" not in said


def test_hand_ins_of_another_case_are_graded_by_its_folder(tmp_path: Path, capsys: Any) -> None:
    case = awkward_case(tmp_path / "weir")
    line = {"format": 1, "case": "weir", "exercise": "mark_school", "revision": 1, "stage": None}
    line |= {"answer": "the mason cut it", "time": "2026-11-23T21:04:06.123Z"}
    (tmp_path / "in").mkdir()
    (tmp_path / "in/ann.jsonl").write_text(json.dumps(line, ensure_ascii=False) + "\n", "utf-8")
    arguments = [str(tmp_path / "in"), "--out", str(tmp_path / "out")]
    assert main(["grade", *arguments, "--case", str(case.folder)]) == 0
    assert "graded          1" in capsys.readouterr().out
