"""From a click on the built page to a row in the gradebook, with a real Chromium."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbook import lyushkov
from workbook.ask import Ask
from workbook.classroom.grade import Options, grade
from workbook.judging import judge

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.timeout(900)]

PAGE = "book/03-exercises.html"
LEAP = ["gerdowning", "lyushkov"]
RIGHT = ["gerdowning", "book", "several_japanese", "lyushkov"]
FACE, KEY = lyushkov.compiled["who_remembers"]
LABELS = {voice["id"]: voice["label"] for voice in FACE["voices"]}


def _form(page: Any) -> Any:
    return page.locator(".wb-form").filter(has=page.locator(".wb-title", has_text=FACE["title"]))


def _by_mouse(page: Any, form: Any, voices: list[str]) -> None:
    for voice in voices:
        form.locator(".wb-add").filter(has_text=LABELS[voice]).click()
    form.locator(".wb-check").click()


def _by_keyboard(page: Any, form: Any, voices: list[str]) -> None:
    """Tab from the form's first button on, and Enter; the mouse is never touched."""
    for voice in voices:
        form.locator(".wb-add").first.focus()
        for _ in FACE["voices"]:
            if LABELS[voice] in page.evaluate("document.activeElement.textContent"):
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    for _ in range(60):
        if page.evaluate("document.activeElement.classList.contains('wb-check')"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


@pytest.mark.parametrize("way", [_by_mouse, _by_keyboard], ids=["mouse", "keyboard"])
@pytest.mark.parametrize("place", ["served", "double click"])
def test_answer_reload_download_and_grade(
    place: str,
    way: Callable[[Any, Any, list[str]], None],
    built_book: Path,
    served_book: str,
    chromium_context: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = chromium_context.new_page()
    page.goto(f"{served_book}/{PAGE}" if place == "served" else (built_book / PAGE).as_uri())
    form = _form(page)
    way(page, form, LEAP)
    form.locator(".wb-verdict").wait_for()
    assert judge(FACE, KEY, [LEAP]).reply in form.inner_text()

    page.reload()
    form = _form(page)
    assert form.locator(".wb-link").count() == 2, "the answer is found again"
    while form.locator(".wb-move-remove").count():
        form.locator(".wb-move-remove").first.click()
    way(page, form, RIGHT)
    form.get_by_text("Yes. That is how we read it too.").wait_for()
    assert KEY["because"].strip()[:40] in form.inner_text()

    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("Download my answers")).click()
    handed_in = tmp_path / "handins"
    handed_in.mkdir()
    download.value.save_as(handed_in / "answers.jsonl")
    assert download.value.suggested_filename == "answers.jsonl"

    grade(lyushkov, handed_in, tmp_path / "report")
    with (tmp_path / "report" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["status"] == "graded"
    assert float(row["who_remembers"]) == pytest.approx(judge(FACE, KEY, [LEAP, RIGHT]).best)

    with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as archive:  # as Canvas hands it over
        archive.write(handed_in / "answers.jsonl", "berganna_1234_56789_answers.jsonl")
    (tmp_path / "class.csv").write_text(
        'Student,ID,SIS User ID,SIS Login ID,Section\n"Berg, Anna",1234,s1,aberg,A\n', "utf-8"
    )
    options = Options(chapters="3", roster=tmp_path / "class.csv", config=tmp_path / "grading.toml")
    others = [name for name in lyushkov.chapters["03"] if name != "who_remembers"]
    (tmp_path / "grading.toml").write_text(f'[excused]\n"*" = {others!r}\n', "utf-8")
    grade(lyushkov, tmp_path / "submissions.zip", tmp_path / "canvas", options)
    table = (tmp_path / "canvas" / "canvas.csv").read_text("utf-8-sig").splitlines()
    assert table[-1] == '"Berg, Anna",1234,s1,aberg,A,60', "right at the second try"

    monkeypatch.setenv("WORKBOOK_RECORD", "on")
    ask = Ask(lyushkov, tmp_path / "typed.jsonl")
    for answer in (LEAP, RIGHT):
        ask.who_remembers.answer(answer)
    typed, clicked = (
        re.sub(r'"time":"[^"]*"', '"time":""', path.read_text("utf-8"))
        for path in (tmp_path / "typed.jsonl", handed_in / "answers.jsonl")
    )
    assert clicked == typed, "the page and the notebook write the same bytes"
