"""Every page of the built book, in both themes and with what folds open, read by axe."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from axe import faults

ROOT = Path(__file__).resolve().parent.parent
PAGES = re.findall(r"(?:root|file): (\S+)", (ROOT / "book/_toc.yml").read_text("utf-8"))
OPENED = """[...document.querySelectorAll('details')].slice(0, 12).forEach(one => {
  one.open = true;
})"""
"""Of a hundred that are made alike, a dozen tell as much; each costs axe its time."""
pytestmark = [pytest.mark.book, pytest.mark.browser, pytest.mark.timeout(900)]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(built_book: Path, chromium_context: Any, theme: str) -> None:
    page = chromium_context.new_page()
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    found = {}
    for name in [*PAGES, "search"]:
        page.goto((built_book / f"{name}.html").as_uri())
        assert page.evaluate("document.documentElement.dataset.theme") == theme
        page.evaluate(OPENED)
        if wrong := faults(page, theme):
            found[name] = wrong[:3]
    assert found == {}
