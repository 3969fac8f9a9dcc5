"""The forms of the further kinds in a real Chromium: by mouse, by keyboard alone, read by axe."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

import pytest

from axe import faults
from many_kinds import the_many_kinds
from workbook import forms
from workbook.feedback import words
from workbook.judging import judge
from workbook.record import parse_line

sync_api = pytest.importorskip("playwright.sync_api")
from playwright.sync_api import BrowserContext, Locator, Page, expect  # noqa: E402

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
UI = words()["ui"]
CASE = the_many_kinds()
KINDS = ("choices", "classify", "drift", "order", "number")
RIGHT: dict[str, Any] = {
    kind: CASE.compiled[f"the_{kind}"][1]["readings"][0]["answer"] for kind in KINDS
}
WRONG: dict[str, Any] = {
    "choices": ["sure", "saw"],
    "classify": {"anna": "voice", "ben": "topic", "dam": "topic"},
    "drift": {"hedge": "kept", "voice": "left out"},
    "order": ["copy", "post", "write", "speak"],
    "number": 5,
}


def page_html(theme: str = "light") -> str:
    exercises = {name: {"face": face, "key": key} for name, (face, key) in CASE.compiled.items()}
    data = json.dumps({"case": CASE.id, "exercises": exercises, "words": words()})
    places = "".join(
        f'<div class="wb-exercise" data-case="{CASE.id}" data-exercise="the_{kind}">'
        f"<p>{escape(CASE.items[f'the_{kind}'].prompt)}</p></div>"
        for kind in KINDS
    )
    paper, ink = ("#fff", "#222") if theme == "light" else ("#121212", "#ddd")
    return (
        f'<!doctype html><html lang="en" data-theme="{theme}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<title>Exercises</title><style>body{margin:0 auto;padding:0 1rem;max-width:46rem;"
        f"background:{paper};color:{ink};font-family:sans-serif}}{forms.css()}</style></head>"
        f"<body><main><h1>Exercises</h1><h2>One of each kind</h2>{places}</main>"
        f'<script type="application/json" class="wb-data">{data.replace("<", chr(92) + "u003c")}'
        f"</script><script>{forms.bundle()}</script></body></html>"
    )


@pytest.fixture
def context(chromium_context: BrowserContext) -> BrowserContext:
    return chromium_context


@pytest.fixture
def page(context: BrowserContext, tmp_path: Path) -> Page:
    return opened(context, tmp_path)


def opened(context: BrowserContext, folder: Path, theme: str = "light") -> Page:
    (folder / "page.html").write_text(page_html(theme), "utf-8")
    page = context.new_page()
    page.goto((folder / "page.html").as_uri())
    return page


def form(page: Page, kind: str) -> Locator:
    return page.locator(f".wb-kind-{kind}")


def check(page: Page, kind: str) -> None:
    form(page, kind).locator(".wb-check").click()


def verdict(page: Page, kind: str) -> Locator:
    return form(page, kind).locator(".wb-status .wb-verdict strong")


def said(name: str) -> str:
    return str(words()["verdicts"][name]["word"])


def kept(page: Page) -> list[Any]:
    lines = page.evaluate(
        "Object.keys(localStorage).filter(k => k.startsWith('wb.line')).sort()"
        ".map(k => localStorage[k])"
    )
    return [line.answer for line in map(parse_line, lines) if line]


def by_mouse(page: Page, kind: str, answer: Any) -> None:
    here, (face, _) = form(page, kind), CASE.compiled[f"the_{kind}"]
    if kind == "choices":
        for option in answer:
            here.locator(f'label:has(input[value="{option}"])').click()
    elif kind == "order":
        ids = [option["id"] for option in face["options"]]
        for item in answer:
            here.locator(".wb-add").nth(ids.index(item)).click()
    elif kind == "number":
        here.locator(".wb-number").fill(str(answer))
    else:
        ids = [row["id"] for row in face["rows"]]
        for row, label in answer.items():
            place = here.locator(".wb-row").nth(ids.index(row))
            place.locator(f'label:has(input[value="{label}"])').click()


def tab_to(page: Page, selector: str) -> None:
    for _ in range(150):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {selector}")


def by_keyboard(page: Page, kind: str, answer: Any) -> None:
    here, (face, _) = f".wb-kind-{kind}", CASE.compiled[f"the_{kind}"]
    if kind == "choices":
        for option in [o["id"] for o in face["options"] if o["id"] in answer]:
            tab_to(page, f'{here} input[value="{option}"]')
            page.keyboard.press("Space")
    elif kind == "order":
        labels = {option["id"]: option["label"] for option in face["options"]}
        for item in answer:
            page.evaluate("document.activeElement.blur()")
            tab_to(page, f'{here} .wb-add[aria-label="{UI["add"].format(voice=labels[item])}"]')
            page.keyboard.press("Enter")
    elif kind == "number":
        tab_to(page, f"{here} .wb-number")
        page.keyboard.type(str(answer))
    else:
        labels = [value["id"] for value in face["values"]]
        for n, row in enumerate(face["rows"], 1):
            tab_to(page, f"{here} .wb-row:nth-of-type({n}) .wb-radio")
            page.keyboard.press("Space")
            for _ in range(labels.index(answer[row["id"]])):
                page.keyboard.press("ArrowRight")
    tab_to(page, f"{here} .wb-check")
    page.keyboard.press("Enter")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_then_wrong_then_right_by_mouse(page: Page, kind: str) -> None:
    check(page, kind)
    expect(verdict(page, kind)).to_have_text(said("unanswered"))
    assert kept(page) == []
    by_mouse(page, kind, WRONG[kind])
    check(page, kind)
    expected = judge(*CASE.compiled[f"the_{kind}"], [WRONG[kind]])
    expect(verdict(page, kind)).to_have_text(said(expected.verdict))
    expect(form(page, kind).locator(".wb-reply")).to_have_text(expected.reply)
    expect(form(page, kind).locator(".wb-part")).to_have_text(expected.part)
    page.reload()
    expect(verdict(page, kind)).to_have_text(said(expected.verdict))
    if kind == "choices":  # what was chosen is back; choosing it again takes it out
        by_mouse(page, kind, WRONG[kind])
    for remove in form(page, kind).locator(".wb-move-remove").all()[::-1]:
        remove.click()
    by_mouse(page, kind, RIGHT[kind])
    check(page, kind)
    expect(verdict(page, kind)).to_have_text(said("correct"))
    expect(form(page, kind).locator(".wb-worked-answer")).to_be_visible()
    assert kept(page)[1] == RIGHT[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_by_keyboard_alone(page: Page, kind: str) -> None:
    by_keyboard(page, kind, RIGHT[kind])
    expect(verdict(page, kind)).to_have_text(said("correct"))
    assert kept(page) == [RIGHT[kind]]
    assert page.evaluate("document.activeElement.className").split()[-1] == "wb-check"


@pytest.mark.parametrize(
    ("written", "read"),
    [("12,5", 12.5), (" 12.25 ", 12.25), ("−12", -12), (".5", 0.5), ("1 200", 1200)],
)
def test_a_number_is_read_as_people_write_it(page: Page, written: str, read: float) -> None:
    by_mouse(page, "number", written)
    check(page, "number")
    assert kept(page) == [read]


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("twelve", UI["number_unread"].format(found="twelve")),
        ("12 m", UI["number_unread"].format(found="12 m")),
        ("1,200", UI["number_two_ways"].format(found="1,200")),
        ("1.2.3", UI["number_unread"].format(found="1.2.3")),
    ],
)
def test_what_is_no_number_is_said_and_not_kept(page: Page, written: str, sentence: str) -> None:
    by_mouse(page, "number", written)
    check(page, "number")
    expect(form(page, "number").locator(".wb-reply")).to_have_text(sentence)
    assert kept(page) == []


def test_an_order_half_built_names_what_is_open(page: Page) -> None:
    by_mouse(page, "order", RIGHT["order"][:2])
    check(page, "order")
    labels = "Carl copies, op posts"
    reply = form(page, "order").locator(".wb-reply")
    expect(reply).to_have_text(UI["missing_order"].format(items=labels))


def test_what_differs_shows_by_more_than_colour(page: Page) -> None:
    differs = form(page, "drift").locator(".wb-differs")
    expect(differs).to_have_text(["perhaps"])
    style = differs.evaluate(
        "e => [getComputedStyle(e).fontWeight, getComputedStyle(e).textDecorationLine]"
    )
    assert style == ["700", "underline"]
    original, copy = (form(page, "drift").locator(".wb-side").nth(n).bounding_box() for n in (0, 1))
    assert original and copy
    assert original["y"] + original["height"] <= copy["y"] + 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(context: BrowserContext, tmp_path: Path, theme: str) -> None:
    page = opened(context, tmp_path, theme)
    page.emulate_media(reduced_motion="reduce")
    assert faults(page, theme) == []
    for kind in KINDS:
        by_mouse(page, kind, WRONG[kind])
        check(page, kind)
    assert faults(page, theme) == []


def test_it_reflows_at_320_pixels_with_targets_of_24(
    context: BrowserContext, tmp_path: Path
) -> None:
    page = opened(context, tmp_path)
    page.set_viewport_size({"width": 320, "height": 700})
    for kind in KINDS:
        by_mouse(page, kind, RIGHT[kind])
        small = form(page, kind).evaluate(
            """form => [...form.querySelectorAll("button, label:has(input), input[type=text]")]
              .map(e => [e.className, e.getBoundingClientRect()])
              .filter(([, b]) => b.width && (b.width < 24 || b.height < 24))
              .map(([name]) => name)"""
        )
        assert small == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0
