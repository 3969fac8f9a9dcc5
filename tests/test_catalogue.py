"""The catalogue of claims: no verdict before the learner has committed to one."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from workbook import lyushkov
from workbook.claims import VERDICTS
from workbook.classroom.grade import grade
from workbook.record import Line, encode_line, parse_line

pytestmark = [pytest.mark.book, pytest.mark.timeout(900)]

PAGE = "book/claims.html"
FIRST = next(iter(lyushkov.claims.values()))


@pytest.fixture
def page(built_book: Path, chromium_context: Any) -> Any:
    opened = chromium_context.new_page()
    opened.goto((built_book / PAGE).as_uri())
    opened.locator(".wb-record").wait_for()
    return opened


def _commit(page: Any, claim: str, verdict: str) -> Any:
    card = page.locator(f'.wb-claim[data-claim="{claim}"]')
    card.locator("summary").first.click()
    card.get_by_label(verdict, exact=True).check()
    card.locator(".wb-commit").click()
    return card


def test_every_claim_is_on_its_page_with_the_line_where_it_first_stands(built_book: Path) -> None:
    soup = BeautifulSoup((built_book / PAGE).read_text("utf-8"), "html.parser")
    cards = {str(card["data-claim"]): card for card in soup.select(".wb-claim")}
    assert list(cards) == list(lyushkov.claims)
    for claim in lyushkov.claims.values():
        text = " ".join(cards[claim.id].get_text(" ").split())
        assert " ".join(claim.text.split()) in text
        line = lyushkov.edition.line_of(lyushkov.edition.passages[claim.first].span.start)
        assert f"line {line}" in text


@pytest.mark.browser
def test_no_verdict_is_seen_before_the_learner_commits(page: Any) -> None:
    seen = page.locator("main").inner_text()
    for claim in lyushkov.claims.values():
        assert " ".join(claim.reasons.split())[:50] not in " ".join(seen.split())


@pytest.mark.browser
def test_after_committing_the_verdict_stays_and_is_noted_in_the_record(
    page: Any, tmp_path: Path
) -> None:
    mine = next(word for word in VERDICTS if word != FIRST.verdict)
    _commit(page, FIRST.id, mine)
    page.reload()
    card = page.locator(f'.wb-claim[data-claim="{FIRST.id}"]')
    said = " ".join(card.inner_text().split())
    assert mine in said
    assert FIRST.verdict in said
    assert " ".join(FIRST.reasons.split())[:50] in said
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my answers").click()
    handed_in = tmp_path / "handins"
    handed_in.mkdir()
    download.value.save_as(handed_in / "answers.jsonl")
    (text,) = (handed_in / "answers.jsonl").read_text("utf-8").splitlines()
    line = parse_line(text)
    assert line
    assert (line.exercise, line.stage, line.answer) == (FIRST.id, "verdict", mine)
    assert encode_line(line) == text


def _shown(page: Any) -> int:
    return int(page.locator(".wb-claim:visible").count())


@pytest.mark.browser
def test_the_catalogue_is_filtered_by_voice_type_and_committed_verdict(page: Any) -> None:
    claims = list(lyushkov.claims.values())
    page.get_by_label("Who says it").select_option("anonymous")
    assert _shown(page) == sum(claim.voice == "anonymous" for claim in claims)
    page.get_by_label("What kind of claim").select_option("fact")
    both = sum(claim.voice == "anonymous" and claim.type == "fact" for claim in claims)
    assert _shown(page) == both
    assert f"{both} of {len(claims)} claims shown." in page.locator(".wb-count").inner_text()
    page.get_by_role("button", name="Show all").focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        f"document.querySelectorAll('.wb-claim:not([hidden])').length == {len(claims)}"
    )
    page.get_by_label("The workbook’s verdict").select_option(FIRST.verdict)
    assert _shown(page) == 0, "a verdict is found only where the learner has committed"
    page.get_by_label("The workbook’s verdict").select_option("")
    _commit(page, FIRST.id, VERDICTS[0])
    page.get_by_label("The workbook’s verdict").select_option(FIRST.verdict)
    assert _shown(page) == 1


@pytest.mark.browser
def test_a_verdict_is_committed_by_keyboard_alone(page: Any) -> None:
    card = page.locator(f'.wb-claim[data-claim="{FIRST.id}"]')
    card.locator("summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    card.locator(".wb-said").wait_for()
    assert page.evaluate("document.activeElement.className") == "wb-said"


def test_a_hand_in_with_verdicts_is_graded_as_if_they_were_not_there(tmp_path: Path) -> None:
    lines = [
        Line("lyushkov", FIRST.id, 1, "supported", "2026-11-23T21:04:05.000Z", "verdict"),
        Line("lyushkov", "who_remembers", 1, ["gerdowning"], "2026-11-23T21:04:06.000Z"),
    ]
    (tmp_path / "a.jsonl").write_text("".join(encode_line(line) + "\n" for line in lines), "utf-8")
    grade(lyushkov, tmp_path / "a.jsonl", tmp_path / "report")
    with (tmp_path / "report" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["status"] == "graded"
    assert row["reason"] == "Verdicts on claims, noted and not marked: 1."
    assert float(row["who_remembers"]) == 0


def test_searching_the_book_finds_no_verdict(built_book: Path) -> None:
    index = (built_book / "searchindex.js").read_text("utf-8")
    titles = json.loads(index[index.index("{") : index.rindex("}") + 1])["titles"]
    assert any("claims" in title.lower() for title in titles)
    for claim in lyushkov.claims.values():
        assert " ".join(claim.reasons.split())[:60] not in index
