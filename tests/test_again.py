"""“Back again”: a page of exercises names what earlier answers make due there, and leads to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from workbook import lyushkov
from workbook.feedback import words
from workbook.record import Line, encode_line

pytestmark = [pytest.mark.book, pytest.mark.browser, pytest.mark.timeout(900)]

ITEM = lyushkov.items["template_line"]
LINE = encode_line(Line(lyushkov.id, ITEM.id, ITEM.revision, "post", "2026-01-01T00:00:00.000Z"))


@pytest.fixture
def page(built_book: Path, chromium_context: Any) -> Any:
    opened = chromium_context.new_page()
    opened.goto((built_book / "book/03-exercises.html").as_uri())
    opened.locator(".wb-live").first.wait_for()
    return opened


def test_nothing_is_shown_where_nothing_is_due(page: Any) -> None:
    assert not page.locator(".wb-due").is_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_twin_two_chapters_on_is_named_and_one_step_away(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("line => localStorage.setItem('wb.line.00000001.test', line)", LINE)
    page.reload()
    block = page.locator(".wb-due")
    block.wait_for()
    assert words()["ui"]["due_about"] in block.inner_text()
    link = block.get_by_role("link")
    assert link.inner_text() == lyushkov.items[ITEM.twin].title
    box = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert box <= 0
    link.focus()
    page.keyboard.press("Enter")
    place = page.locator(f"#exercise-{ITEM.twin}")
    place.wait_for()
    title = lyushkov.items[ITEM.twin].title
    expect(page.get_by_role("heading", name=title)).to_be_in_viewport()
