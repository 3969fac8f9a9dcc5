"""The forms of the matrix and of the tree of sources in a real Chromium: by mouse and by keyboard
alone, step by step, kept over a reload, read by axe, on a phone and on a wide screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from axe import faults
from many_kinds import the_many_kinds
from workbook import forms
from workbook.feedback import words
from workbook.judging import judge
from workbook.layout import lines
from workbook.record import parse_line

sync_api = pytest.importorskip("playwright.sync_api")
from playwright.sync_api import BrowserContext, Locator, Page, expect  # noqa: E402

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
UI = words()["ui"]
CASE = the_many_kinds()
KINDS = ("matrix", "provenance")
CELLS = {
    "breaks": {"rain": "consistent", "guess": "consistent"},
    "holds": {"rain": "inconsistent", "guess": "consistent"},
    "open": {"rain": "neither", "guess": "cannot tell"},
}
BEFORE = {"breaks": 34, "holds": 33, "open": 33}  # what equal shares make of 100
AFTER = {"breaks": 50, "holds": 20, "open": 30}
STEPS: list[Any] = [
    {"before": BEFORE},
    {"before": BEFORE, "cells": CELLS},
    {"before": BEFORE, "cells": CELLS, "opposite": "Dams leak.", "after": AFTER},
]
TREE = {"depends": {"anna": ["ben"], "carl": ["anna"], "eve": ["gauge"]}, "lines": 2}


def opened(context: BrowserContext, folder: Path, theme: str = "light", width: int = 1280) -> Page:
    chosen = {kind: CASE.compiled[f"the_{kind}"] for kind in KINDS}
    exercises = {f"the_{kind}": {"face": f, "key": k} for kind, (f, k) in chosen.items()}
    data = json.dumps({"case": CASE.id, "exercises": exercises, "words": words()})
    places = "".join(
        f'<div class="wb-exercise" data-case="{CASE.id}" data-exercise="{name}"><p>…</p></div>'
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


def form(page: Page, kind: str) -> Locator:
    return page.locator(f".wb-kind-{kind}")


def keep(page: Page, kind: str) -> None:
    form(page, kind).locator(".wb-check").click()


def kept(page: Page) -> list[Any]:
    lines = page.evaluate(
        "Object.keys(localStorage).filter(k => k.startsWith('wb.line')).sort()"
        ".map(k => localStorage[k])"
    )
    found = [line for line in map(parse_line, lines) if line]
    return [(line.stage, line.answer) for line in found]


def note(page: Page) -> list[str]:
    return form(page, "matrix").locator(".wb-part").all_text_contents()


def cell_of(row: str, column: str) -> str:
    face = CASE.compiled["the_matrix"][0]
    labels = {one["id"]: one["label"] for one in (*face["rows"], *face["columns"])}
    return str(UI["matrix_cell"].format(row=labels[row], column=labels[column]))


def fill_cells(page: Page) -> None:
    here = form(page, "matrix")
    for turn, column in enumerate(("rain", "guess")):
        following = here.get_by_role("button", name=UI["matrix_next"], exact=True)
        if turn and following.is_visible():
            following.click()
        for row in CELLS:
            select = here.get_by_label(cell_of(row, column), exact=True)
            select.select_option(CELLS[row][column])


def last_step(page: Page) -> None:
    here = form(page, "matrix")
    here.locator("textarea").fill("Dams leak.")
    for n, points in enumerate(AFTER.values()):
        here.locator(".wb-shares").last.locator("input").nth(n).fill(str(points))


def weighed(page: Page) -> None:
    form(page, "matrix").get_by_text(UI["matrix_equal"]).first.click()
    keep(page, "matrix")
    fill_cells(page)
    keep(page, "matrix")
    last_step(page)
    keep(page, "matrix")


def traced(page: Page) -> None:
    here = form(page, "provenance")
    for n, (row, parents) in enumerate(TREE["depends"].items()):  # type: ignore[attr-defined]
        account = here.locator(".wb-account").nth(n)
        for parent in parents:
            account.locator("select").select_option(parent)
            account.get_by_role("button", name=UI["provenance_add"]).click()
        assert row
    here.locator("input").fill(str(TREE["lines"]))


@pytest.mark.parametrize("width", [390, 1280])
def test_a_matrix_is_kept_step_by_step_and_found_again(
    chromium_context: BrowserContext, tmp_path: Path, width: int
) -> None:
    page = opened(chromium_context, tmp_path, width=width)
    here = form(page, "matrix")
    steps = here.locator(".wb-matrix-step")
    assert [step.is_visible() for step in steps.all()] == [True, False, False]
    keep(page, "matrix")
    expect(here.locator(".wb-reply")).to_have_text(UI["missing_shares"].format(n=100))
    here.get_by_text(UI["matrix_equal"]).first.click()
    keep(page, "matrix")
    assert [step.is_visible() for step in steps.all()] == [True, True, False]
    assert page.evaluate("document.activeElement.textContent") == UI["matrix_step_cells"]
    expect(here.locator(".wb-had")).to_contain_text("It breaks 34; It holds 33; Nobody knows 33")
    fill_cells(page)
    keep(page, "matrix")
    expected = judge(*CASE.compiled["the_matrix"], STEPS[:2])
    assert note(page) == [line.said for line in lines(expected.part)]
    expect(here.locator(".wb-worked")).to_have_count(0)  # not before the last step
    marks = here.locator(".wb-sorting").all_text_contents()
    assert marks == ["◆ tells apart", "○ same for all"]
    page.reload()
    expect(here.locator(".wb-part").first).to_be_visible()
    last_step(page)
    keep(page, "matrix")
    expected = judge(*CASE.compiled["the_matrix"], STEPS)
    assert note(page) == [line.said for line in lines(expected.part)]
    worked = here.locator(".wb-worked-answer").all_text_contents()
    assert worked == [line.said for line in lines(expected.worked or "")]
    assert kept(page) == [("before", STEPS[0]), (None, STEPS[1]), ("after", STEPS[2])]
    page.reload()
    expect(here.locator("textarea")).to_have_value("Dams leak.")
    assert note(page) == [line.said for line in lines(expected.part)]


def test_an_open_cell_is_named_and_turned_to(
    chromium_context: BrowserContext, tmp_path: Path
) -> None:
    page = opened(chromium_context, tmp_path, width=390)
    here = form(page, "matrix")
    here.get_by_text(UI["matrix_equal"]).first.click()
    keep(page, "matrix")
    fill_cells(page)
    expect(here.get_by_label(cell_of("holds", "rain"), exact=True)).not_to_be_visible()
    here.get_by_role("button", name=UI["matrix_earlier"], exact=True).click()
    here.get_by_label(cell_of("holds", "rain"), exact=True).select_option("")
    here.get_by_role("button", name=UI["matrix_next"], exact=True).click()
    keep(page, "matrix")
    said = UI["missing_cells"].format(column="The water", rows="It holds")
    expect(here.locator(".wb-reply")).to_have_text(said)
    expect(here.get_by_label(cell_of("holds", "rain"), exact=True)).to_be_visible()
    assert len(kept(page)) == 1


def test_the_grid_is_a_table_with_heads_for_rows_and_columns(
    chromium_context: BrowserContext, tmp_path: Path
) -> None:
    page = opened(chromium_context, tmp_path)
    form(page, "matrix").get_by_text(UI["matrix_equal"]).first.click()
    keep(page, "matrix")
    table = form(page, "matrix").get_by_role("table", name=UI["matrix_caption"])
    expect(table.get_by_role("columnheader")).to_have_text(
        [UI["matrix_corner"], "The water", "A guess"]
    )
    expect(table.get_by_role("rowheader")).to_have_text(["It breaks", "It holds", "Nobody knows"])


def tab_to(page: Page, target: Locator) -> None:
    for _ in range(150):
        if target.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab never got there")


def choose(page: Page, select: Locator, value: str) -> None:
    """Choose as a keyboard does: by the arrow keys."""
    tab_to(page, select)
    ids = select.evaluate("e => [...e.options].map(o => o.value)")
    for _ in range(ids.index(value)):
        page.keyboard.press("ArrowDown")
    expect(select).to_have_value(value)


def test_both_by_keyboard_alone(chromium_context: BrowserContext, tmp_path: Path) -> None:
    page = opened(chromium_context, tmp_path)
    here = form(page, "matrix")
    for n, points in enumerate(BEFORE.values()):
        tab_to(page, here.locator(".wb-share").nth(n))
        page.keyboard.type(str(points))
    page.keyboard.press("Enter")
    for row, cells in CELLS.items():
        for column, value in cells.items():
            choose(page, here.get_by_label(cell_of(row, column), exact=True), value)
    tab_to(page, here.locator(".wb-check"))
    page.keyboard.press("Enter")
    tab_to(page, here.locator("textarea"))
    page.keyboard.type("Dams leak.")
    for n, points in enumerate(AFTER.values()):
        tab_to(page, here.locator(".wb-shares").last.locator("input").nth(n))
        page.keyboard.type(str(points))
    page.keyboard.press("Enter")
    expect(here.locator(".wb-worked")).to_be_visible()
    assert [answer for _, answer in kept(page)] == STEPS
    tree = form(page, "provenance")
    for n, parents in enumerate(TREE["depends"].values()):  # type: ignore[attr-defined]
        account = tree.locator(".wb-account").nth(n)
        choose(page, account.locator("select"), parents[0])
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    tab_to(page, tree.locator("input"))
    page.keyboard.type(str(TREE["lines"]))
    page.keyboard.press("Enter")
    expect(tree.locator(".wb-verdict strong")).to_have_text("Correct")
    assert kept(page)[-1] == (None, TREE)


def test_the_tree_grows_and_a_circle_is_named(
    chromium_context: BrowserContext, tmp_path: Path
) -> None:
    page = opened(chromium_context, tmp_path)
    here = form(page, "provenance")
    keep(page, "provenance")
    every = "Anna's post, Carl's copy, Eve's water gauge"
    expect(here.locator(".wb-reply")).to_have_text(UI["missing_provenance"].format(rows=every))
    traced(page)
    tree = here.locator(".wb-tree")
    expect(tree.locator("> ul > li > .wb-tree-name")).to_have_text(["Ben", "A gauge"])
    expect(tree.locator("ul ul ul .wb-tree-name")).to_have_text(["Carl's copy"])
    expect(tree).not_to_contain_text("Not traced yet")
    anna = here.locator(".wb-account").nth(0)
    anna.locator(".wb-remove").click()
    assert anna.locator("select").evaluate("e => e === document.activeElement")
    anna.locator("select").select_option("carl")
    anna.get_by_role("button", name=UI["provenance_add"]).click()
    keep(page, "provenance")
    said = UI["circle_provenance"].format(rows="Anna's post, Carl's copy")
    expect(here.locator(".wb-reply")).to_have_text(said)
    assert kept(page) == []
    anna.locator("select").select_option(label=UI["provenance_nobody"])
    anna.get_by_role("button", name=UI["provenance_add"]).click()
    expect(tree).to_contain_text(f"Anna's post ({UI['provenance_begins']})")


def test_a_tree_is_judged_and_found_again(chromium_context: BrowserContext, tmp_path: Path) -> None:
    page = opened(chromium_context, tmp_path)
    here = form(page, "provenance")
    traced(page)
    here.locator("input").fill("3")
    keep(page, "provenance")
    expected = judge(*CASE.compiled["the_provenance"], [{**TREE, "lines": 3}])
    expect(here.locator(".wb-verdict strong")).to_have_text("Partly")
    expect(here.locator(".wb-reply")).to_have_text(expected.reply)
    expect(here.locator(".wb-part")).to_have_text(expected.part)
    page.reload()
    expect(here.locator(".wb-part")).to_have_text(expected.part)
    expect(here.locator(".wb-tree > ul > li > .wb-tree-name")).to_have_text(["Ben", "A gauge"])
    here.locator("input").fill("2")
    keep(page, "provenance")
    expect(here.locator(".wb-verdict strong")).to_have_text("Correct")
    assert [answer["lines"] for _, answer in kept(page)] == [3, 2]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(chromium_context: BrowserContext, tmp_path: Path, theme: str) -> None:
    page = opened(chromium_context, tmp_path, theme)
    page.emulate_media(reduced_motion="reduce")
    assert faults(page, theme) == []
    weighed(page)
    traced(page)
    assert faults(page, theme) == []
    keep(page, "provenance")
    assert faults(page, theme) == []


def test_they_reflow_at_320_pixels_with_targets_of_24(
    chromium_context: BrowserContext, tmp_path: Path
) -> None:
    page = opened(chromium_context, tmp_path, width=320)
    weighed(page)
    traced(page)
    for kind in KINDS:
        small = form(page, kind).evaluate(
            """form => [...form.querySelectorAll("button, select, textarea, input")]
              .map(e => [e.className, e.getBoundingClientRect()])
              .filter(([, b]) => b.width && (b.width < 24 || b.height < 24))
              .map(([name]) => name)"""
        )
        assert small == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0
    scrolled = form(page, "matrix").locator(".wb-matrix-scroll")
    assert scrolled.evaluate("e => e.scrollWidth - e.clientWidth") == 0


def test_in_print_every_cell_and_every_step_is_there(
    chromium_context: BrowserContext, tmp_path: Path
) -> None:
    page = opened(chromium_context, tmp_path, width=500)
    page.emulate_media(media="print")
    here = form(page, "matrix")
    assert all(step.is_visible() for step in here.locator(".wb-matrix-step").all())
    assert all(cell.is_visible() for cell in here.locator("td, th").all())
    expect(here.locator(".wb-turns")).not_to_be_visible()
    expect(form(page, "provenance").locator(".wb-account-add").first).not_to_be_visible()
