"""*Which words told you?* in a real Chromium: by mouse, by keyboard alone, kept, read by axe."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from axe import faults
from workbook import forms, lyushkov
from workbook.feedback import words
from workbook.kinds import released
from workbook.record import Line, parse_line
from workbook.telling import say_telling

sync_api = pytest.importorskip("playwright.sync_api")
from playwright.sync_api import BrowserContext, Locator, Page, expect  # noqa: E402

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
UI = words()["ui"]
NAME = "he_knew"
FACE, KEY = lyushkov.compiled[NAME]
CUES = KEY["told"]
RIGHT = KEY["readings"][0]["answer"]
OWN = [i for i, (_, _, word) in enumerate(FACE["passage"]["tokens"]) if word]


def page_html(theme: str = "light", *, keyless: bool = False) -> str:
    shown = {"face": released(FACE), "key": None} if keyless else {"face": FACE, "key": KEY}
    data = json.dumps({"case": lyushkov.id, "exercises": {NAME: shown}, "words": words()})
    paper, ink = ("#fff", "#222") if theme == "light" else ("#121212", "#ddd")
    return (
        f'<!doctype html><html lang="en" data-theme="{theme}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<title>Words</title><style>body{margin:0 auto;padding:0 1rem;max-width:46rem;"
        f"background:{paper};color:{ink};font-family:sans-serif}}{forms.css()}</style></head>"
        f'<body><main><h1>Words</h1><div class="wb-exercise" data-case="{lyushkov.id}" '
        f'data-exercise="{NAME}"></div></main>'
        f'<script type="application/json" class="wb-data">{data.replace("<", chr(92) + "u003c")}'
        f"</script><script>{forms.bundle()}</script></body></html>"
    )


def opened(context: BrowserContext, folder: Path, theme: str = "light", **more: Any) -> Page:
    (folder / "page.html").write_text(page_html(theme, **more), "utf-8")
    page = context.new_page()
    page.goto((folder / "page.html").as_uri())
    return page


def answer(page: Page) -> None:
    page.locator(f'label:has(input[value="{RIGHT}"])').click()
    page.locator(".wb-check").click()


def step(page: Page) -> Locator:
    return page.locator(".wb-telling")


def told(page: Page) -> list[Line]:
    lines = page.evaluate(
        "Object.keys(localStorage).filter(k => k.startsWith('wb.line')).sort()"
        ".map(k => localStorage[k])"
    )
    return [line for line in map(parse_line, lines) if line and line.stage == "words"]


def quoted(tokens: list[int]) -> str:
    text, places = FACE["passage"]["text"], FACE["passage"]["tokens"]
    return " ".join(text[places[tokens[0]][0] : places[tokens[-1]][1]].split())


def replied(page: Page, quotations: list[Any]) -> None:
    expect(step(page).locator(".wb-telling-said p")).to_have_text(
        say_telling(FACE, CUES, quotations)
    )


def tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {selector}")


def test_words_are_asked_for_after_a_right_answer_only(
    chromium_context: BrowserContext, tmp_path: Path
) -> None:
    page = opened(chromium_context, tmp_path)
    wrong = next(o["id"] for o in FACE["options"] if o["id"] != RIGHT)
    page.locator(f'label:has(input[value="{wrong}"])').click()
    page.locator(".wb-check").click()
    expect(page.locator(".wb-verdict")).to_be_visible()
    expect(step(page)).to_have_count(0)
    answer(page)
    expect(step(page)).to_be_visible()
    expect(step(page).locator(".wb-telling-said")).to_be_empty()
    asked, worked = (page.locator(s).bounding_box() for s in (".wb-telling", ".wb-worked"))
    assert asked and worked
    assert asked["y"] < worked["y"]  # the question comes before what explains it


def test_words_by_mouse_are_kept_and_shown_again(
    chromium_context: BrowserContext, tmp_path: Path
) -> None:
    page = opened(chromium_context, tmp_path)
    answer(page)
    points = page.locator(".wb-best").text_content()
    step(page).locator(".wb-telling-keep").click()
    expect(step(page).locator(".wb-telling-said")).to_have_text(UI["telling_missing"])
    assert told(page) == []
    for token in CUES[0]["tokens"]:
        step(page).locator(".wb-word").nth(OWN.index(token)).click()
    step(page).locator(".wb-telling-keep").click()
    mine = [quoted(CUES[0]["tokens"])]
    replied(page, mine)
    assert [line.answer for line in told(page)] == [mine]
    assert page.locator(".wb-best").text_content() == points
    page.reload()
    replied(page, mine)
    expect(step(page).locator('.wb-word[aria-pressed="true"]')).to_have_count(
        len(CUES[0]["tokens"])
    )
    expect(step(page).locator(".wb-word.wb-cue")).to_have_text([quoted(CUES[0]["tokens"])])
    step(page).locator(".wb-telling-none").click()
    replied(page, [])
    page.reload()
    replied(page, [])
    assert [line.answer for line in told(page)] == [mine, []]


def test_words_by_keyboard_alone(chromium_context: BrowserContext, tmp_path: Path) -> None:
    page = opened(chromium_context, tmp_path)
    answer(page)
    tab_to(page, ".wb-telling .wb-word")
    page.keyboard.press("End")
    page.keyboard.press("Space")
    tab_to(page, ".wb-telling-keep")
    page.keyboard.press("Enter")
    replied(page, [quoted(OWN[-1:])])
    assert [line.exercise for line in told(page)] == [NAME]


def test_a_class_is_asked_too_and_shown_no_cue(
    chromium_context: BrowserContext, tmp_path: Path
) -> None:
    page = opened(chromium_context, tmp_path, keyless=True)
    expect(step(page)).to_have_count(0)
    answer(page)
    step(page).locator(".wb-word").first.click()
    step(page).locator(".wb-telling-keep").click()
    mine = [quoted(OWN[:1])]
    for _ in range(2):
        said = step(page).locator(".wb-telling-said p")
        expect(said).to_have_text(
            [f"You marked: “{mine[0]}”.", "Your class will talk about which words tell it."]
        )
        expect(step(page).locator(".wb-telling-looks")).to_be_hidden()
        page.reload()
    assert [line.answer for line in told(page)] == [mine]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_step(
    chromium_context: BrowserContext, tmp_path: Path, theme: str
) -> None:
    page = opened(chromium_context, tmp_path, theme)
    page.set_viewport_size({"width": 390, "height": 800})
    page.emulate_media(reduced_motion="reduce")
    answer(page)
    step(page).locator(".wb-word").first.click()
    step(page).locator(".wb-telling-keep").click()
    assert faults(page, theme) == []
    assert page.evaluate("document.documentElement.scrollWidth <= 390")
    small = step(page).evaluate(
        """e => [...e.querySelectorAll("button")].map(b => b.getBoundingClientRect())
          .filter(b => b.width < 24 || b.height < 24).length"""
    )
    assert small == 0
