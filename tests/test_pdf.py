"""The book on paper: prompts, blanks and pictures, numbered; the answers at the end or nowhere."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pypdf import PdfReader

from conftest import ROOT, load_tool
from workbook import lyushkov as case

pytestmark = [pytest.mark.browser, pytest.mark.book]
NAMES = ["index", "thread", "03-voices-inside-voices", "03-exercises", "10-exercises"]


def flat(text: str) -> str:
    """A text without its breaks and joined letters, which printing may move and set."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@pytest.fixture(scope="module")
def pdf() -> ModuleType:
    return load_tool("pdf")


def printed(
    pdf: ModuleType, site: Path, out: Path, edition: str, browser: Any
) -> tuple[PdfReader, list[str]]:
    toc = pdf.yaml.safe_load((ROOT / "book/_toc.yml").read_text("utf-8"))
    pages = [page for page in pdf.pages_in(toc, ROOT) if page.name.split("/")[-1] in NAMES]
    count = pdf.print_book(site, pages, out, edition, browser=browser)
    reader = PdfReader(out)
    assert len(reader.pages) == count
    return reader, [page.extract_text() for page in reader.pages]


def test_the_book_is_printed_numbered_and_listed(
    pdf: ModuleType, built_book: Path, tmp_path: Path, _chromium_profile: Any
) -> None:
    reader, sheets = printed(
        pdf, built_book, tmp_path / "book.pdf", "self-study", _chromium_profile
    )
    assert "The self-study edition. The answers are at the end." in sheets[0]
    for number, sheet in enumerate(sheets[1:], 2):
        assert sheet.rstrip().endswith(f"\n{number}")
    listed = dict(re.findall(r"^(.+?)\s+(\d+)$", sheets[1], re.MULTILINE))
    for title in ["The thread", "Voices inside voices", "Exercises: voices inside voices"]:
        assert flat(title) in flat(sheets[int(listed[title]) - 1])
    bookmarks = [
        one.title for held in reader.outline for one in (held if isinstance(held, list) else [held])
    ]
    assert "Exercises: voices inside voices" in bookmarks
    assert bookmarks[-1] == "Answers"
    addresses = {
        str(note.get_object().get("/A", {}).get("/URI", ""))
        for page in reader.pages
        for note in page.get("/Annots", [])
    }
    assert not [address for address in addresses if "127.0.0.1" in address]

    asked = flat(" ".join(sheets[: int(listed["Answers"]) - 1]))
    answers = flat(" ".join(sheets[int(listed["Answers"]) - 1 :]))
    for name in ["who_remembers", "did_not_say"]:
        face, key = case.compiled[name]
        assert flat(face["prompt"]) in asked
        assert flat(key["because"]) in answers
        assert flat(key["because"]) not in asked


def test_the_classroom_gets_no_answer_on_paper(
    pdf: ModuleType, built_book: Path, tmp_path: Path, _chromium_profile: Any
) -> None:
    _, sheets = printed(pdf, built_book, tmp_path / "book.pdf", "classroom", _chromium_profile)
    assert "The classroom edition. It holds no answers." in sheets[0]
    text = flat(" ".join(sheets))
    for chapter in ("03", "10"):
        for name in case.chapters[chapter]:
            face, key = case.compiled[name]
            if flat(face["prompt"]) in text:
                assert flat(key["because"]) not in text, name
