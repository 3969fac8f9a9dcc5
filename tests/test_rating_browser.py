"""The forms for weighing evidence, with exercises of the real case, in a real Chromium."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from axe import faults
from hands import (
    BLIND_LOOK,
    COLUMN,
    EXERCISES,
    RATED,
    WHOLE,
    Keys,
    Mouse,
    expected,
    face,
    level,
    use,
)
from workbook import forms, lyushkov
from workbook.feedback import words
from workbook.judging import judge
from workbook.layout import lines
from workbook.record import parse_line

sync_api = pytest.importorskip("playwright.sync_api")
from playwright.sync_api import BrowserContext, Locator, Page, expect  # noqa: E402

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
UI = words()["ui"]


def opened(context: BrowserContext, folder: Path, theme: str = "light", width: int = 1280) -> Page:
    chosen = {name: lyushkov.compiled[name] for name in EXERCISES}
    exercises = {name: {"face": face, "key": key} for name, (face, key) in chosen.items()}
    data = json.dumps({"case": lyushkov.id, "exercises": exercises, "words": words()})
    places = "".join(
        f'<div class="wb-exercise" id="{name}" data-case="{lyushkov.id}" data-exercise="{name}">'
        "</div>"
        for name in exercises
    )
    paper, ink = ("#fff", "#222") if theme == "light" else ("#121212", "#ddd")
    html = (
        f'<!doctype html><html lang="en" data-theme="{theme}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<title>Exercises</title><style>body{margin:0 auto;padding:0 1rem;max-width:50rem;"
        f"background:{paper};color:{ink};font-family:sans-serif}}{forms.css()}</style></head>"
        f"<body><main><h1>Exercises</h1><h2>Weighing</h2>{places}</main>"
        f'<script type="application/json" class="wb-data">{data.replace("<", chr(92) + "u003c")}'
        f"</script><script>{forms.bundle()}</script></body></html>"
    )
    (folder / "page.html").write_text(html, "utf-8")
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((folder / "page.html").as_uri())
    return page


def form(page: Page, name: str) -> Locator:
    return page.locator(f"#{name} .wb-form")


def kept(page: Page) -> dict[str, list[Any]]:
    lines = page.evaluate(
        "Object.keys(localStorage).filter(k => k.startsWith('wb.line')).sort()"
        ".map(k => localStorage[k])"
    )
    found: dict[str, list[Any]] = {}
    for line in map(parse_line, lines):
        if line:
            found.setdefault(line.exercise, []).append((line.stage, line.answer))
    return found


@pytest.mark.parametrize("hand", [Mouse, Keys])
def test_each_form_keeps_the_same_lines_by_mouse_and_by_keys(
    chromium_context: BrowserContext, tmp_path: Path, hand: type[Mouse]
) -> None:
    page = opened(chromium_context, tmp_path)
    for name in EXERCISES:
        use(hand(page), form(page, name), name)
    assert kept(page) == expected()


def test_a_rating_shows_whose_words_they_are_only_after_the_first_look(
    chromium_context: BrowserContext, tmp_path: Path
) -> None:
    page = opened(chromium_context, tmp_path)
    here = form(page, RATED)
    expect(here).to_contain_text(UI["rate_hidden"])
    expect(here.locator(".wb-chip")).to_have_count(0)
    expect(here.locator(".wb-dial:visible")).to_have_count(2)
    here.locator(".wb-check").click()
    expect(here.locator(".wb-reply")).to_have_text("Choose a mark for: Fit, Faithfulness.")
    for dial, mark in BLIND_LOOK.items():
        level(here, dial, mark).check()
    here.locator(".wb-check").click()
    expect(here.locator("figcaption .wb-chip")).to_contain_text("the opening post")
    expect(here.locator(".wb-dial:visible")).to_have_count(6)
    expect(here.locator(".wb-worked")).to_have_count(0)
    expect(here.locator(".wb-rate-verdict")).to_have_text(UI["rate_open"])
    expect(here.locator(".wb-reply")).to_have_count(0)  # there is nothing to compare yet
    page.reload()  # between the two looks
    expect(here.locator(".wb-dial:visible")).to_have_count(6)
    for dial in ("closeness", "traceability", "independence", "circumstances"):
        level(here, dial, WHOLE[dial]).check()
    expect(here.locator(".wb-rate-verdict")).to_have_text("By the rule: very low.")
    level(here, "faithfulness", WHOLE["faithfulness"]).check()
    here.locator(".wb-check").click()
    expect(here.locator(".wb-reply")).to_have_text(UI["missing_because"])
    here.locator(".wb-because-field").fill(str(WHOLE["because"]))
    here.locator(".wb-sure").fill("49")
    here.locator(".wb-check").click()
    expect(here.locator(".wb-reply")).to_have_text(UI["missing_confidence"])
    here.locator(".wb-sure").fill(str(WHOLE["confidence"]))
    here.locator("select").select_option(WHOLE["find"])  # type: ignore[arg-type]
    here.locator(".wb-check").click()
    told = judge(*lyushkov.compiled[RATED], [BLIND_LOOK, WHOLE])
    expect(here.locator(".wb-part")).to_have_text([line.said for line in lines(told.part)])
    said = here.locator(".wb-feedback, .wb-status").first.inner_text()
    assert "Faithfulness: 1 before, 0 after." in said
    assert "very low” becomes “moderate" in said
    worked = here.locator(".wb-worked-answer").all_text_contents()
    assert worked == [line.said for line in lines(told.worked or "")]
    assert (
        worked[0]
        == "These are our own readings, with our reasons. They are no panel's, and no key."
    )
    page.reload()
    expect(here.locator(".wb-part")).to_have_text([line.said for line in lines(told.part)])
    expect(here.locator(".wb-because-field")).to_have_value(str(WHOLE["because"]))


def test_a_rating_by_tab_and_arrows_alone(chromium_context: BrowserContext, tmp_path: Path) -> None:
    page = opened(chromium_context, tmp_path)
    here = form(page, RATED)

    def tab_to(target: Locator) -> None:
        for _ in range(60):
            if target.evaluate("e => e === document.activeElement"):
                return
            page.keyboard.press("Tab")
        raise AssertionError("Tab never got there")

    def set_dial(dial: str, mark: Any) -> None:
        tab_to(level(here, dial, 0))  # a group without a choice is entered at its first button
        for _ in range([0, 1, 2, 3, "N"].index(mark)):
            page.keyboard.press("ArrowDown")
        if mark == 0:
            page.keyboard.press("Space")

    for dial, mark in BLIND_LOOK.items():
        set_dial(dial, mark)
    tab_to(here.locator(".wb-check"))
    page.keyboard.press("Enter")
    expect(here.locator(".wb-road").first).to_be_visible()
    assert page.evaluate("document.activeElement.textContent") == UI["rate_step_revealed"]
    for dial in ("closeness", "traceability", "independence", "circumstances"):
        set_dial(dial, WHOLE[dial])
    tab_to(here.locator(".wb-because-field"))
    page.keyboard.type("Words differ.")
    tab_to(here.locator(".wb-sure"))
    page.keyboard.type("75")
    tab_to(here.locator(".wb-check"))
    page.keyboard.press("Enter")
    expect(here.locator(".wb-worked")).to_be_visible()
    stages = [stage for stage, _ in kept(page)[RATED]]
    assert stages == ["blind", "revealed"]


def test_a_column_shows_one_passage_at_a_time_and_finds_the_open_one(
    chromium_context: BrowserContext, tmp_path: Path
) -> None:
    page = opened(chromium_context, tmp_path, width=390)
    here = form(page, COLUMN)
    expect(here.locator(".wb-page:visible")).to_have_count(1)
    shown = []
    for n in range(6):
        shown.append(here.locator(".wb-page:visible blockquote").inner_text())
        if n != 2:
            level(here, f"passage{n}", 1).check()
        if n < 5:
            here.get_by_role("button", name=UI["column_next"], exact=True).click()
    assert shown == [" ".join(row["words"].split()) for row in face(COLUMN)["rows"]]
    here.locator(".wb-check").click()
    expect(here.locator(".wb-reply")).to_have_text(
        "Still without a mark: 1 of 6. The first of them is shown now."
    )
    expect(here.locator(".wb-page:visible .wb-page-name")).to_have_text("Passage 3 of 6")
    assert kept(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(chromium_context: BrowserContext, tmp_path: Path, theme: str) -> None:
    page = opened(chromium_context, tmp_path, theme, width=390)
    page.emulate_media(reduced_motion="reduce")
    assert faults(page, theme) == []
    for name in (RATED, COLUMN):
        use(Mouse(page), form(page, name), name)
        small = form(page, name).evaluate(
            """form => [...form.querySelectorAll("button, select, textarea, input, summary")]
              .map(e => [e.className, (e.closest("label") ?? e).getBoundingClientRect()])
              .filter(([, b]) => b.width && (b.width < 24 || b.height < 24)).map(([n]) => n)"""
        )
        assert small == []
    assert faults(page, theme) == []
