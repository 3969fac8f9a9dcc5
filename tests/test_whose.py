"""The thread asks: whose? What stands on its page, and what holds a key back."""

from __future__ import annotations

import csv
from pathlib import Path

from bs4 import BeautifulSoup

from small_case import small_case
from whose_passages import DATA, FREE, NESTED
from workbook import lyushkov
from workbook.book.thread import post_pages
from workbook.book.whose import groups, whose_data
from workbook.classroom.grade import grade
from workbook.record import Line, encode_line

EDITION = lyushkov.edition
TIME = "2026-11-23T21:04:05.000Z"


def _line(passage: str) -> int:
    return EDITION.line_of(EDITION.passages[passage].span.start)


# What stands on the page


def test_every_passage_can_be_tapped_and_reached_by_its_mark() -> None:
    page = BeautifulSoup("".join(post.html for post in post_pages(lyushkov)), "html.parser")
    marks = [str(mark["data-passages"]).split() for mark in page.select(".wb-whose")]
    assert sorted(name for names in marks for name in names) == sorted(EDITION.passages)
    for passage in EDITION.passages.values():
        spans = page.select(f'.wb-text[data-in~="{passage.id}"]')
        said = " ".join("".join(span.get_text() for span in spans).split())
        assert said.replace(" ", "") == "".join(passage.exact.split()), passage.id
    for span in page.select(".wb-text[data-in]"):
        sizes = [len(EDITION.passages[name].exact) for name in str(span["data-in"]).split()]
        assert sizes == sorted(sizes), "the innermost comes first"


def test_a_mark_is_named_after_its_line_and_words_and_leads_to_their_page() -> None:
    page = BeautifulSoup("".join(post.html for post in post_pages(lyushkov)), "html.parser")
    link = page.select_one(f'.wb-whose[data-passages="{FREE}"] a')
    assert link is not None
    assert str(link["title"]).startswith(f"Whose? Line {_line(FREE)}: “")
    assert link["href"] == f"wb:passages#reading-{FREE}"
    assert link.get_text() == ""


# The key, and what holds it back


def test_a_key_waits_for_the_exercises_that_it_would_answer(tmp_path: Path) -> None:
    case = small_case(tmp_path)
    told = whose_data(case, True, lambda name: f"#{name}", None)
    assert told["passages"]["a1"]["gates"] == ["who", "sure"]
    assert told["passages"]["a1"]["asking"] == ["mode", "content", "who", "sure"]
    assert told["exercises"]["mode"]["gate"] is None
    assert told["exercises"]["who"]["gate"]["face"]["revision"] == 2
    not_here = whose_data(case, True, lambda name: None, None)
    assert not_here["passages"]["a1"]["gates"] == []


def test_words_inside_a_longer_passage_wait_for_its_exercises_too() -> None:
    around = next(group[0].id for group in groups(EDITION) if NESTED in [p.id for p in group])
    assert set(DATA["passages"][around]["gates"]) <= set(DATA["passages"][NESTED]["gates"])


def test_a_class_gets_the_question_and_no_key() -> None:
    told = whose_data(lyushkov, False, lambda name: f"#{name}", "cards.html")
    assert len(told["passages"]) == len(EDITION.passages)
    assert not any(one["readings"] or one["gates"] for one in told["passages"].values())
    assert not any(one["gate"] for one in told["exercises"].values())
    assert {name for _, group in told["groups"] for name in group} == set(EDITION.voices)


def test_a_hand_in_with_guesses_is_graded_as_if_they_were_not_there(tmp_path: Path) -> None:
    lines = [
        Line("lyushkov", FREE, 1, ["gerdowning"], TIME, "whose"),
        Line("lyushkov", "who_remembers", 1, ["gerdowning"], TIME),
    ]
    (tmp_path / "a.jsonl").write_text("".join(encode_line(line) + "\n" for line in lines), "utf-8")
    grade(lyushkov, tmp_path / "a.jsonl", tmp_path / "report")
    with (tmp_path / "report/gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["status"] == "graded"
    assert row["reason"] == "Guesses at whose words they are, noted and not marked: 1."
    assert float(row["who_remembers"]) == 0
