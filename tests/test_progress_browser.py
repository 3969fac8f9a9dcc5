"""“Your progress” in a real Chromium, opened from disk, from the browser's record alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from axe import faults
from test_book import build, shown
from workbook import lyushkov
from workbook.feedback import words
from workbook.growth import quoted, say_growth
from workbook.record import Line, encode_line
from workbook.sums import Part, Question, sum_up

sync_api = pytest.importorskip("playwright.sync_api")
from playwright.sync_api import Page, expect  # noqa: E402

pytestmark = [pytest.mark.book, pytest.mark.browser, pytest.mark.timeout(900)]

ROOT = Path(__file__).resolve().parent.parent
SAID, UI = words()["progress"], words()["ui"]
CHAPTER = next(iter(lyushkov.chapters))
HERE = [n for n in lyushkov.chapters[CHAPTER] if lyushkov.items[n].kind == "choice"]
EMPTY = "Nothing is recorded here yet. Answer one question, and this page begins to fill."


def label(name: str, answer: str) -> str:
    options = lyushkov.compiled[name][0]["options"]
    return str(next(one["label"] for one in options if one["id"] == answer))


def right(name: str) -> str:
    return str(lyushkov.compiled[name][1]["readings"][0]["answer"])


def wrong(name: str) -> str:
    return str(lyushkov.compiled[name][1]["mistakes"][0]["answer"])


def record(upto: str) -> list[Line]:
    """All chapters up to one: in the first three what is likely wrong, then all right."""
    lines = []
    for chapter, names in lyushkov.chapters.items():
        if chapter > upto:
            break
        for name in names:
            face, key = lyushkov.compiled[name]
            good = [one["answer"] for one in key["readings"]][:1]
            bad = [one["answer"] for one in key["mistakes"] if one["answer"] is not None]
            for answer in bad[: len(lines) % 4] + good if chapter <= "03" else good:
                time = "2026-11-23T21:04:05.000Z"
                lines.append(Line(lyushkov.id, name, face["revision"], answer, time))
    return lines


def keep(page: Page, lines: list[Line]) -> None:
    page.evaluate(
        "lines => lines.forEach((line, i) => localStorage.setItem("
        "`wb.line.${String(i + 1).padStart(8, '0')}.t`, line))",
        [encode_line(line) for line in lines],
    )
    page.reload()
    page.locator(".wb-progress-sum").wait_for()


@pytest.fixture
def address(built_book: Path) -> Callable[[str], str]:
    return lambda name: (built_book / f"book/{name}.html").as_uri()


@pytest.fixture
def page(address: Callable[[str], str], chromium_context: Any) -> Any:
    opened = chromium_context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.goto(address("progress"))
    opened.locator(".wb-progress-sum").wait_for()
    yield opened
    assert faults == []


def sentence(page: Page) -> Any:
    return page.locator(".wb-progress-sum")


def answer_one(page: Page, name: str, answer: str) -> None:
    form = page.locator(f"#exercise-{name}")
    form.get_by_text(label(name, answer), exact=True).click()
    form.locator(".wb-check").click()
    form.locator(".wb-verdict").wait_for()


def home_of(built_book: Path, name: str) -> str:
    """The page on which an exercise stands."""
    mark = f'id="exercise-{name}"'
    return next(p.stem for p in built_book.glob("book/*.html") if mark in p.read_text("utf-8"))


def test_an_empty_record_says_where_to_begin(page: Page, built_book: Path) -> None:
    expect(sentence(page)).to_have_text(EMPTY)
    expect(page.locator(".wb-chapters")).to_have_count(0)
    begin = page.get_by_role("link", name=re.compile("^Begin with “"))
    begin.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#exercise-*")
    expect(page.locator(":target .wb-form")).to_be_in_viewport()


def test_answered_counted_downloaded_erased_and_restored(
    page: Page, built_book: Path, address: Callable[[str], str], tmp_path: Path
) -> None:
    one, two = HERE[:2]
    for name, answer in ((one, right(one)), (two, wrong(two))):
        page.goto(address(home_of(built_book, name)))
        answer_one(page, name, answer)
    page.get_by_role("link", name="See your progress").click()
    expect(sentence(page)).to_have_text(f"You have answered 2 of {len(lyushkov.items)} exercises.")
    counts = page.locator(".wb-progress-counts")
    for said in ("Correct: 1", "Not yet: 1", "Tries used: 2"):
        expect(counts.get_by_text(said, exact=True)).to_be_visible()
    row = page.locator(".wb-chapter").first
    expect(row).to_contain_text(f"2 of {len(lyushkov.chapters[CHAPTER])}")
    expect(row.locator(".wb-cell-correct")).to_have_count(1)
    expect(page.locator(".wb-back li")).to_contain_text(lyushkov.items[two].title)
    expect(page.get_by_text(SAID["changed later"])).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name=UI["download"]).click()
    download.value.save_as(tmp_path / "answers.jsonl")
    erase = page.get_by_role("button", name=UI["erase"], exact=True)
    erase.focus()
    page.keyboard.press("Enter")  # asks first, and stands on "no"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(sentence(page)).to_have_text(EMPTY)
    page.locator(".wb-file").set_input_files(tmp_path / "answers.jsonl")
    expect(sentence(page)).to_have_text(f"You have answered 2 of {len(lyushkov.items)} exercises.")


def test_an_answer_in_another_tab_is_counted_here_at_once(
    page: Page, chromium_context: Any, built_book: Path, address: Callable[[str], str]
) -> None:
    other = chromium_context.new_page()
    other.goto(address(home_of(built_book, HERE[0])))
    answer_one(other, HERE[0], wrong(HERE[0]))
    expect(sentence(page)).to_have_text(f"You have answered 1 of {len(lyushkov.items)} exercises.")
    page.get_by_role("link", name=re.compile("^Go on with")).focus()
    answer_one(other, HERE[0], right(HERE[0]))
    expect(page.locator(".wb-record-state")).to_contain_text("Kept in this browser: 2.")
    focused = page.evaluate("document.activeElement.textContent")
    assert focused.startswith("Go on with"), "to draw anew takes nobody's place away"


def test_the_page_says_what_the_notebook_says(page: Page, figure: Callable[[str], None]) -> None:
    lines = record("07")
    keep(page, lines)
    titles = {
        name: page.locator(".wb-chapter-title").nth(i).inner_text().partition(" ")[2]
        for i, name in enumerate(lyushkov.chapters)
    }
    parts = [
        Part(
            chapter,
            titles[chapter],
            [Question(*lyushkov.compiled[n], lyushkov.items[n].twin) for n in names],
        )
        for chapter, names in lyushkov.chapters.items()
    ]
    sums = sum_up(parts, lyushkov.id, lines)
    growth = say_growth(parts, sums)
    assert len(growth) >= 5
    assert page.locator(".wb-growth li").all_inner_texts() == growth
    expect(page.get_by_text(f"Tries used: {sums.tries}", exact=True)).to_be_visible()
    for part, chapter, row in zip(
        parts, sums.chapters, page.locator(".wb-chapter").all(), strict=True
    ):
        expect(row).to_contain_text(f"{chapter.answered} of {len(part.questions)}")
        assert row.locator(".wb-cell").count() == len(part.questions)
    back = page.locator(".wb-back a")
    hrefs = back.evaluate_all("links => links.map(one => one.hash.slice('#exercise-'.length))")
    assert sorted(hrefs) == sorted([*sums.due, *sums.open, *sums.ended])
    assert sums.due
    spent = page.evaluate(
        "() => { const start = performance.now();"
        "  window.dispatchEvent(new StorageEvent('storage', { key: 'wb.line' }));"
        "  return new Promise(done => setTimeout(() => done(performance.now() - start))); }"
    )
    figure(f"progress, {len(lines)} answers drawn anew in {spent:.0f} ms; at most 1000 ms")
    assert spent < 1000


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_full_page_has_no_fault_that_axe_finds(page: Page, theme: str) -> None:
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    keep(page, record(max(lyushkov.chapters)))
    assert page.evaluate("document.documentElement.dataset.theme") == theme
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert faults(page, theme) == []
    levels = page.locator("article :is(h1, h2, h3, [role=heading])").evaluate_all(
        "all => all.map(one => one.ariaLevel ?? one.tagName.slice(1))"
    )
    assert levels == ["1", "2", "2", "2", "2"]


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_a_full_page_does_not_scroll_sideways_and_its_targets_are_large(
    page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    keep(page, record(max(lyushkov.chapters)))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    heights = page.locator(".wb-progress :is(a, summary):visible").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert len(heights) > len(lyushkov.chapters)
    assert min(heights) >= 24


def test_without_a_script_the_page_says_what_it_needs(
    address: Callable[[str], str], _chromium_profile: Any
) -> None:
    context = _chromium_profile.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address("progress"))
    expect(page.locator(".wb-progress")).to_have_text(SAID["needs script"])
    expect(page.locator(".wb-progress")).to_be_visible()
    context.close()


def test_the_classrooms_page_knows_what_is_recorded_and_no_more(
    tmp_path: Path, chromium_context: Any
) -> None:
    small = "# A page\n\n" + "".join(f"```{{exercise}} {name}\n```\n\n" for name in HERE[:2])
    made = build(tmp_path, small + "```{case} progress\n```\n", workbook_edition="classroom")
    assert made.stderr == ""
    keys = re.findall(r'"key":(\w+|\{)', shown(tmp_path))
    assert set(keys) == {"null"}, "a key of any kind would give answers away"
    page = chromium_context.new_page()
    page.goto((tmp_path / "out/html/index.html").as_uri())
    expect(sentence(page)).to_have_text(EMPTY)
    form = page.locator(f"#exercise-{HERE[0]}")
    form.get_by_text(label(HERE[0], wrong(HERE[0])), exact=True).click()
    form.locator(".wb-check").click()
    expect(sentence(page)).to_have_text("Recorded: 1 of 2 exercises. Your teacher has the key.")
    expect(page.locator(".wb-chapter")).to_contain_text("1 of 2")
    go_on = page.get_by_role("link", name=f"Go on with {quoted(lyushkov.items[HERE[1]].title)}")
    expect(go_on).to_be_visible()
    told = page.locator(".wb-progress").inner_text()
    for word in ("Correct", "Partly", "Not yet", "Tries used", SAID["changed"]):
        assert word not in told
