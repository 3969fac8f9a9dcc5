"""The teacher's guide: all exercises in the map, true quotations, and nothing for a class."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from small_case import small_case
from workbook import CaseError, lyushkov, open_case
from workbook.book.pages import linked
from workbook.book.teaching import KINDS, items, mistakes, returns, starters, weeks
from workbook.crediting import cited_lines
from workbook.evidence import verdict
from workbook.kinds import KINDS as FORMS
from workbook.quotations import look_up, quotations, tokens, word_count
from workbook.spacing import RETURNS, returning

ROOT = Path(__file__).resolve().parent.parent
BRIEF = (ROOT / "book/teach-brief.md").read_text("utf-8")
DILEMMAS = (ROOT / "book/teach-dilemmas.md").read_text("utf-8")
HOME = {name: chapter for chapter, names in lyushkov.chapters.items() for name in names}


def named(html: str) -> list[str]:
    """The exercises that a part of a page leads to."""
    return re.findall(r'href="wb:exercise#(\w+)"', html)


def html(parts: list[object]) -> str:
    return "".join(part.html for part in parts)  # type: ignore[attr-defined]


# The map


def test_every_exercise_stands_in_the_map_under_its_chapters_objective() -> None:
    whole, *by_objective = items(lyushkov, True)
    assert named(whole.html) == []
    assert {name for part in by_objective for name in named(part.html)} == set(lyushkov.items)
    for part, objective in zip(by_objective, lyushkov.objectives.values(), strict=True):
        assert (part.id, part.title) == (f"objective-{objective.id}", objective.title)
        assert f'href="#{part.id}"' in whole.html
        here = [name for chapter in objective.chapters for name in lyushkov.chapters[chapter]]
        assert set(here) <= set(named(part.html))
    assert set(KINDS) == set(FORMS)


def test_a_row_says_chapter_form_difficulty_and_the_mistakes_caught() -> None:
    page = BeautifulSoup(html(items(lyushkov, True)), "html.parser")
    link = page.find("a", href="wb:exercise#who_remembers")
    assert link
    row = link.find_parent("tr")
    assert row
    assert [cell.get_text() for cell in row.find_all("td")] == [
        "3",
        "line up voices",
        "medium",
        "M1 M2 M10 M12",
    ]


def test_a_mistake_leads_to_every_exercise_that_has_a_reply_for_it() -> None:
    page = BeautifulSoup(html(mistakes(lyushkov, True)), "html.parser")
    for code in ("M1", "M9", "M12"):
        row = page.find(id=f"mistake-{code.lower()}")
        assert row
        assert set(named(str(row))) == {
            name
            for name, item in lyushkov.items.items()
            if code in {mistake.code for mistake in item.mistake}
        }


def test_an_author_is_told_what_is_wrong_with_an_objective(tmp_path: Path) -> None:
    folder = small_case(tmp_path).folder
    (folder / "objectives.toml").write_text(
        '[[objective]]\nid = "a"\ntitle = "Do it"\ncan = "Does it."\nkinds = ["choise"]\n'
        'mistakes = ["M13"]\nexercises = ["whom"]\nchapters = ["3"]\n',
        "utf-8",
    )
    with pytest.raises(CaseError) as raised:
        open_case(folder)
    assert [str(problem) for problem in raised.value.problems] == [
        "objectives.toml: a: chapter “3” is not known",
        "objectives.toml: a: kind “choise” is not known; did you mean “choice”?",
        "objectives.toml: a: mistake “M13” is not known; did you mean “M3”?",
        "objectives.toml: a: exercise “whom” is not known; did you mean “who”?",
    ]
    (folder / "objectives.toml").write_text(
        '[[objective]]\nid = "a"\ntitle = "Do it"\ncan = "Does it."\nkinds = ["choice"]\n', "utf-8"
    )
    unfinished = [str(one) for one in open_case(folder).unfinished if "objective" in str(one)]
    said = "stands under no objective; name its chapter, its kind or itself under one"
    assert unfinished == [f"objectives.toml: {name}: {said}" for name in ("content", "who", "sure")]


# The schedule


def test_what_comes_back_is_what_the_forms_bring_back() -> None:
    page = BeautifulSoup(html(returns(lyushkov, True)), "html.parser")
    for chapter in lyushkov.chapters:
        back = returning(lyushkov.items, lyushkov.chapters, chapter)
        row = page.find(id=f"back-in-{chapter}")
        assert (row is None) == (not back)
        if row:
            pairs = [tuple(named(str(one))) for one in row.find_all("li")]
            assert sorted(pairs) == sorted((name, twin) for name, (_, twin) in back.items())
            assert len(row.find_all("td")) == len(RETURNS)


def test_a_lesson_begins_with_questions_that_are_not_ahead_of_it_and_not_used_up() -> None:
    used: list[str] = []
    order = list(lyushkov.chapters)
    for chapter in order:
        chosen = starters(lyushkov, chapter, used)
        assert all(order.index(HOME[name]) < order.index(chapter) for name in chosen)
        assert len(chosen) == (0 if chapter in order[: RETURNS[0]] else 3)
        used += chosen
    assert len(used) == len(set(used))
    assert named(html(weeks(lyushkov, True))) == used


# Nothing of it for a class


def test_no_page_for_teachers_shows_an_answer_and_a_class_gets_none_of_it() -> None:
    shown = ""
    for kind in (items, mistakes, weeks, returns):
        assert kind(lyushkov, False) == []
        shown += html(kind(lyushkov, True))
    for item in lyushkov.items.values():
        for said in (item.because, item.fallback, *item.hints, *(m.reply for m in item.mistake)):
            assert not said.strip() or said.strip() not in shown


def test_what_leads_to_a_page_that_is_not_there_is_no_link() -> None:
    said = '<a href="wb:lesson#03"></a>, <a href="wb:exercise#who">Who?</a>'
    there = linked(said, lambda kind, place: (f"{kind}.html#{place}", "Its title"))
    assert there == '<a href="lesson.html#03">Its title</a>, <a href="exercise.html#who">Who?</a>'
    assert linked(said, lambda kind, place: None) == "<span></span>, <span>Who?</span>"


@pytest.mark.book
@pytest.mark.timeout(900)
def test_a_link_of_the_map_leads_to_the_exercise_itself(built_book: Path) -> None:
    mounted: dict[str, str] = {}
    for path in (built_book / "book").glob("*.html"):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for place in page.select(".wb-exercise"):
            mounted[str(place["data-exercise"])] = f"{path.name}#{place['id']}"
    for name in ("teach-items", "teach-returns"):
        page = BeautifulSoup((built_book / f"book/{name}.html").read_text("utf-8"), "html.parser")
        article = page.find("article", class_="bd-article")
        assert article
        found = {str(a["href"]) for a in article.find_all("a", href=re.compile("#exercise-"))}
        assert found <= set(mounted.values())
        if name == "teach-items":
            assert found == {mounted[item] for item in lyushkov.items}
        lesson = article.find("a", href="03-voices-inside-voices.html")
        assert lesson
    assert lesson.get_text() == "Voices inside voices"


# What the guide quotes


def test_every_quotation_in_the_sample_briefs_stands_in_the_thread_where_it_says() -> None:
    exercise = lyushkov.items["evidence_brief"]
    face, _ = lyushkov.compiled["evidence_brief"]
    held = [tokens(source["text"]) for source in face["sources"]]
    lengths = []
    for sample in re.split(r"\n### Sample [ABC]\n", BRIEF)[1:]:
        brief = "\n\n".join(re.findall(r":::\{container\} wb-brief\n(.*?)\n:::", sample, re.DOTALL))
        found = quotations(brief)
        assert len(found) >= 3
        for one in found:
            level = look_up(one.words, face["sources"], held).level
            assert level in ("exact", "alike"), f"{one.words}: {level}"
        note, _ = exercise.note(face, lyushkov.compiled["evidence_brief"][1], [brief])  # type: ignore[attr-defined]
        assert "The words stand on" not in note, "a quotation is cited with another line"
        lengths.append(word_count(brief))
    assert len(lengths) == 3
    assert 400 <= lengths[0] <= 600
    assert all(150 <= length <= 600 for length in lengths)


def test_the_words_that_the_samples_dials_give_are_the_rules_words() -> None:
    shared = {"traceability": 2, "independence": 1, "circumstances": 1}
    low = verdict({"fit": 1, "closeness": 1, "faithfulness": "N", **shared})
    assert f"Independence 1 and Circumstances 1, it is {low}." in BRIEF
    high = verdict({"fit": 2, "closeness": 2, "faithfulness": 3, **shared})
    assert f"By the rule these dials give *{high}*" in BRIEF


def test_a_dilemma_quotes_the_thread_as_it_stands() -> None:
    thread = [" ".join(line.split()) for line in lyushkov.edition.text.split("\n")]
    cited = re.findall(r'"([^"]+)" \((lines? [^)]*)\)', DILEMMAS)
    assert len(cited) >= 7
    for words, where in cited:
        ((first, last),) = cited_lines(where)
        assert words in " ".join(thread[first - 1 : last]), where


def test_each_dilemma_has_two_sides_of_one_length_and_the_same_five_parts() -> None:
    sections = re.split(r"\n## \d+\. ", DILEMMAS)[1:]
    assert len(sections) == 12
    for section in sections:
        section = section.split("\n## ")[0]
        sides = re.findall(
            r":::\{container\} wb-side\n\*\*[^*]+\*\* (.*?)\n:::", section, re.DOTALL
        )
        lengths = [word_count(side) for side in sides]
        assert len(lengths) == 2
        assert max(lengths) <= 1.2 * min(lengths), section[:40]
        for part in ("The question.", "What it turns on.", "What others say.", "For the class."):
            assert section.count(f"**{part}**") == 1, section[:40]
