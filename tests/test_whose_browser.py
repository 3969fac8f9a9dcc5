"""The thread asks: whose? By mouse, by keys and by finger; and what of ours it shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from axe import faults
from whose_passages import DATA, EDITION, FREE, GATED, NESTED, SEVERAL, chain_of, label_of
from workbook import lyushkov
from workbook.feedback import words
from workbook.record import Line, encode_line, parse_line

PAGE = "book/thread.html"
UI = words()["ui"]
TIME = "2026-11-23T21:04:05.000Z"
pytestmark = [pytest.mark.book, pytest.mark.browser, pytest.mark.timeout(900)]


class Thread:
    """The thread's page, open in a browser."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.panel = page.locator(".wb-whose-panel")

    def mark(self, passage: str) -> Any:
        return self.page.locator(f'.wb-whose[data-passages~="{passage}"] button')

    def words(self, passage: str) -> Any:
        return self.page.locator(f'.wb-text[data-in~="{passage}"]').first

    def build(self, chain: list[str]) -> None:
        for voice in chain:
            if EDITION.voices[voice].posts_here:
                self.panel.get_by_role("button", name=f"Add {label_of(voice)}", exact=True).click()
            else:
                self.panel.locator("select").select_option(voice)
                self.panel.get_by_role("button", name="Add", exact=True).click()

    def commit(self) -> str:
        self.panel.get_by_role("button", name="Commit", exact=True).click()
        return str(self.panel.locator(".wb-whose-said").inner_text())

    def plant(self, lines: list[Line]) -> None:
        """Lines of a record, as another page of the book would have kept them."""
        self.page.evaluate(
            "lines => lines.forEach((line, i) => {"
            " localStorage.setItem(`wb.line.0000001${i}.t`, line); })",
            [encode_line(line) for line in lines],
        )
        self.page.reload()


@pytest.fixture
def open_thread(built_book: Path, chromium_context: Any) -> Callable[..., Thread]:
    def opened(**size: int) -> Thread:
        page = chromium_context.new_page()
        if size:
            page.set_viewport_size(size)
        page.goto((built_book / PAGE).as_uri())
        page.locator(".wb-whose-mark").first.wait_for()
        return Thread(page)

    return opened


def _told(thread: Thread) -> str:
    return " ".join(thread.panel.inner_text().split()).replace(" :", ":")


def test_after_committing_the_chain_stands_beside_mine(
    open_thread: Callable[..., Thread], tmp_path: Path
) -> None:
    thread = open_thread()
    thread.words(FREE).click()
    assert UI["whose_question"] in _told(thread)
    assert UI["whose_worded"] not in _told(thread)
    assert thread.panel.locator("blockquote").inner_text().split() == (
        EDITION.passages[FREE].exact.split()
    )
    assert thread.page.locator(".wb-asked").count() >= 1
    poster = chain_of(FREE)[0]
    thread.build([poster])
    said = f"as far as {label_of(poster)}. There yours ends."
    assert thread.commit() == f"You and the workbook go the same way {said}"
    told = _told(thread)
    reading = DATA["passages"][FREE]["readings"][0]
    for link in reading["worded"]:
        assert f"{label_of(link['id'])} {link['does']}" in told
    for stance in reading["sure"]:
        assert " ".join(stance["of"].split()) in told
        for voice, value in stance["values"].items():
            assert f"{label_of(voice)}: {words()['values'][value]}" in told
    for flag in reading["flags"]:
        assert flag in told
    card = thread.panel.get_by_role("link", name=UI["whose_card"])
    assert str(card.get_attribute("href")).endswith(f"passages.html#reading-{FREE}")
    assert thread.panel.get_by_role("button", name="Commit", exact=True).count() == 0

    thread.page.reload()
    mark = thread.mark(FREE)
    assert str(mark.get_attribute("aria-label")).endswith("Committed.")
    assert mark.locator("svg").count() == 1
    mark.click()
    assert UI["whose_worded"] in " ".join(thread.panel.inner_text().split())
    with thread.page.expect_download() as download:
        thread.page.get_by_role("button", name="Download my answers").click()
    download.value.save_as(tmp_path / "answers.jsonl")
    (text,) = (tmp_path / "answers.jsonl").read_text("utf-8").splitlines()
    line = parse_line(text)
    assert line
    assert (line.exercise, line.revision, line.stage) == (FREE, 1, "whose")
    assert line.answer == [poster]
    assert encode_line(line) == text


def test_the_same_voices_are_said_to_be_the_same(open_thread: Callable[..., Thread]) -> None:
    thread = open_thread()
    thread.mark(FREE).click()
    thread.build(chain_of(FREE))
    assert thread.commit() == "You and the workbook name the same voices."


def test_words_with_two_statements_show_a_chain_for_each(
    open_thread: Callable[..., Thread],
) -> None:
    thread = open_thread()
    thread.mark(SEVERAL).click()
    thread.build(chain_of(SEVERAL))
    assert thread.commit() == "Your chain is kept."
    told = _told(thread)
    assert "These words hold 2 statements. Each has a chain of its own." in told
    for reading in DATA["passages"][SEVERAL]["readings"]:
        assert reading["label"] in told


def test_a_tapped_place_lists_its_passages_the_innermost_first(
    open_thread: Callable[..., Thread],
) -> None:
    thread = open_thread()
    thread.words(NESTED).click()
    offered = [one.inner_text() for one in thread.panel.locator(".wb-whose-choice").all()]
    assert len(offered) >= 2
    assert offered[0].split() == EDITION.passages[NESTED].exact.split()
    assert [len(one) for one in offered] == sorted(len(one) for one in offered)
    last = thread.panel.locator(".wb-whose-choice").last
    last.click()
    assert last.get_attribute("aria-pressed") == "true"
    marked = "".join(thread.page.locator(".wb-asked").all_inner_texts())
    assert "".join(marked.split()) == "".join(offered[-1].split())


@pytest.mark.parametrize("how", ["right", "three tries"])
def test_no_key_is_seen_before_its_exercise_is_done(
    open_thread: Callable[..., Thread], how: str
) -> None:
    (gate,) = DATA["passages"][GATED]["gates"]
    item, (face, key) = lyushkov.items[gate], lyushkov.compiled[gate]
    thread = open_thread()
    thread.mark(GATED).click()
    thread.build(chain_of(GATED)[:1])
    assert thread.commit() == UI["whose_gated"]
    assert UI["whose_worded"] not in _told(thread)
    assert UI["whose_sure"] not in _told(thread)
    link = thread.panel.get_by_role("link", name=face["title"])
    assert str(link.get_attribute("href")).endswith(f"#exercise-{gate}")
    thread.panel.get_by_role("button", name="Change my chain").click()
    thread.panel.get_by_role("button", name="Commit", exact=True).wait_for()

    right = key["readings"][0]["answer"]
    answers = [right]
    if how == "three tries":
        asked = [one["id"] for one in face["voices"]]
        answers = [_wrong(item.kind, right, asked, n) for n in range(3)]
    lines = [Line("lyushkov", gate, item.revision, one, TIME) for one in answers]
    thread.plant(lines[:-1] or [Line("lyushkov", gate, item.revision + 1, right, TIME)])
    thread.mark(GATED).click()
    assert UI["whose_worded"] not in _told(thread)
    thread.plant(lines)
    thread.mark(GATED).click()
    assert UI["whose_worded"] in _told(thread)


def test_by_keyboard_alone(open_thread: Callable[..., Thread]) -> None:
    thread = open_thread()
    keys = thread.page.keyboard
    mark = thread.mark(FREE)
    mark.focus()
    keys.press("Shift+Tab")
    keys.press("Tab")
    assert thread.page.evaluate("document.activeElement.title").startswith("Whose? Line ")
    keys.press("Enter")
    assert mark.get_attribute("aria-expanded") == "true"
    assert thread.page.evaluate("document.activeElement.id") == "wb-whose-title"
    poster, other = chain_of(FREE)
    _tab_to(thread, f"Add {label_of(poster)}")
    keys.press("Space")
    _tab_to(thread, UI["whose_others"])
    keys.type(label_of(other))
    _tab_to(thread, "Add")
    keys.press("Enter")
    spoken = thread.panel.locator(".wb-spoken[aria-live]").inner_text()
    assert spoken == f"{label_of(other)} added, 2 of 2"
    _tab_to(thread, "Commit")
    keys.press("Enter")
    assert thread.page.evaluate("document.activeElement.className") == "wb-whose-said"
    assert thread.panel.locator(".wb-whose-said").inner_text() == UI["whose_same"]
    keys.press("Escape")
    assert thread.panel.count() == 0
    assert thread.page.evaluate("document.activeElement.ariaLabel").endswith("Committed.")
    assert mark.get_attribute("aria-expanded") == "false"


def test_a_commit_without_a_voice_says_what_is_missing(open_thread: Callable[..., Thread]) -> None:
    thread = open_thread()
    thread.mark(FREE).click()
    thread.panel.get_by_role("button", name="Commit", exact=True).click()
    assert thread.panel.locator(".wb-missing").inner_text() == "Add at least one voice first."
    assert thread.page.evaluate("localStorage.length") <= 2


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)])
def test_what_has_the_focus_is_never_under_the_panel(
    open_thread: Callable[..., Thread], size: tuple[int, int]
) -> None:
    thread = open_thread(width=size[0], height=size[1])
    thread.words(NESTED).click()
    for _ in range(6):
        thread.page.keyboard.press("Shift+Tab")
        box = thread.page.evaluate("""() => {
            const has = document.activeElement.getBoundingClientRect();
            const panel = document.querySelector(".wb-whose-panel").getBoundingClientRect();
            return [has.top, has.bottom, panel.top];
        }""")
        assert 0 <= box[0] < box[1] <= box[2]


def test_words_drawn_across_are_copied_not_asked_about(open_thread: Callable[..., Thread]) -> None:
    thread = open_thread()
    thread.words(FREE).scroll_into_view_if_needed()
    box = thread.words(FREE).bounding_box()
    thread.page.mouse.move(box["x"] + 4, box["y"] + 8)
    thread.page.mouse.down()
    thread.page.mouse.move(box["x"] + 90, box["y"] + 8, steps=4)
    thread.page.mouse.up()
    assert thread.page.evaluate("String(getSelection())")
    assert thread.panel.count() == 0


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_in_the_panel(open_thread: Callable[..., Thread], colours: str) -> None:
    thread = open_thread()
    thread.page.emulate_media(color_scheme=colours, reduced_motion="reduce")

    def check() -> None:
        assert faults(thread.page, colours) == []

    thread.words(NESTED).click()
    check()
    thread.build(chain_of(NESTED)[:2])
    check()
    thread.commit()
    check()
    thread.mark(SEVERAL).click()
    thread.build(chain_of(SEVERAL)[:1])
    thread.commit()
    thread.panel.locator("summary").first.click() if thread.panel.locator(
        "summary"
    ).count() else None
    check()


def _wrong(kind: str, right: Any, voices: list[str], number: int) -> Any:
    """A wrong answer, another one for each number."""
    if kind == "chain":
        others = [voice for voice in voices if voice not in right]
        return [others[number % len(others)], *right[: number // len(others)]]
    values = [value for value in words()["values"] if value not in right.values()]
    return dict.fromkeys(right, values[number])


def _tab_to(thread: Thread, name: str) -> None:
    for _ in range(40):
        thread.page.keyboard.press("Tab")
        focused = thread.page.evaluate(
            "document.activeElement.ariaLabel ?? document.activeElement.textContent"
        )
        if focused == name:
            return
    raise AssertionError(f"“{name}” is not reached by the Tab key")


def test_by_finger(built_book: Path, _chromium_profile: Any) -> None:
    context = _chromium_profile.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto((built_book / PAGE).as_uri())
    thread = Thread(page)
    thread.mark(FREE).wait_for()
    thread.words(NESTED).tap()
    box = thread.panel.bounding_box()
    assert box["y"] + box["height"] <= 844 + 1
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    asked = thread.page.locator(".wb-asked").last.bounding_box()
    assert asked["y"] + asked["height"] <= box["y"], "the words asked about can be read"
    assert asked["y"] >= 0
    for place in thread.panel.locator("button:visible, select:visible").all():
        size = place.bounding_box()
        assert min(size["width"], size["height"]) >= 24
    thread.panel.get_by_role("button", name="Close").tap()
    assert thread.panel.count() == 0
    thread.mark(FREE).tap()
    for voice in chain_of(FREE)[:1]:
        thread.panel.get_by_role("button", name=f"Add {label_of(voice)}", exact=True).tap()
    thread.panel.get_by_role("button", name="Commit", exact=True).tap()
    assert UI["whose_worded"] in _told(thread)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


# What of ours is shown


def test_our_marks_can_be_hidden_and_stay_hidden(
    open_thread: Callable[..., Thread], chromium_context: Any
) -> None:
    chromium_context.add_init_script("""
        window.shifted = 0;
        new PerformanceObserver(list => {
            for (const one of list.getEntries()) {
                if (!one.hadRecentInput) window.shifted += one.value;
            }
        }).observe({type: "layout-shift", buffered: true});
    """)
    thread = open_thread(width=390, height=844)
    page = thread.page
    marks, notes = page.locator(".wb-ours:visible"), page.locator(".wb-notes:visible")
    assert marks.count() == len(EDITION.slips) + len(EDITION.gaps)
    assert notes.count()
    box = page.get_by_label(UI["show_sic"])
    assert box.is_checked()
    box.focus()
    page.keyboard.press("Space")
    assert marks.count() == notes.count() == 0
    page.reload()
    thread.mark(FREE).wait_for()
    assert marks.count() == 0
    assert not box.is_checked()
    page.evaluate("document.querySelector('#line-31').scrollIntoView()")
    page.wait_for_timeout(300)
    assert page.evaluate("window.shifted") == 0, "nothing moves when the page comes to life"
    box.check()
    page.reload()
    assert marks.count() == len(EDITION.slips) + len(EDITION.gaps)


def test_who_comes_by_a_link_to_a_mark_sees_it(open_thread: Callable[..., Thread]) -> None:
    thread = open_thread()
    thread.page.get_by_label(UI["show_sic"]).uncheck()
    thread.page.goto(f"{thread.page.url}#gap-{EDITION.gaps[0].id}")
    thread.page.reload()
    thread.page.locator(f"#gap-{EDITION.gaps[0].id}:visible").wait_for()


def test_whose_can_be_hidden_and_then_asks_nothing(open_thread: Callable[..., Thread]) -> None:
    thread = open_thread()
    thread.mark(FREE).click()
    thread.page.get_by_label(UI["show_whose"]).uncheck()
    assert thread.panel.count() == 0
    assert thread.page.locator(".wb-whose:visible").count() == 0
    thread.words(FREE).click()
    assert thread.panel.count() == 0


def test_on_paper_there_is_nothing_of_it(open_thread: Callable[..., Thread]) -> None:
    thread = open_thread()
    thread.mark(FREE).click()
    thread.page.emulate_media(media="print")
    for place in (".wb-shows", ".wb-whose", ".wb-whose-panel", ".wb-record"):
        assert thread.page.locator(f"{place}:visible").count() == 0, place


def test_without_a_script_the_thread_is_read_with_all_its_marks(
    built_book: Path, _chromium_profile: Any
) -> None:
    context = _chromium_profile.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((built_book / PAGE).as_uri())
    shown = page.locator(".wb-ours:visible").count()
    assert shown == len(EDITION.slips) + len(EDITION.gaps)
    assert page.locator(".wb-shows:visible").count() == 0
    link = page.locator(f'.wb-whose[data-passages~="{FREE}"] a')
    assert str(link.get_attribute("href")).endswith(f"passages.html#reading-{FREE}")
    context.close()
