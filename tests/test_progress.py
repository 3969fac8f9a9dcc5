"""Progress in a notebook and a terminal: what is done, what to return to, what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from workbook import lyushkov, open_case
from workbook.ask import Ask
from workbook.classroom.keyless import write_keyless
from workbook.growth import say_growth
from workbook.judging import judge
from workbook.progress import Progress
from workbook.record import Line, encode_line
from workbook.spacing import due
from workbook.sums import Part, Question, Sums, sum_up

ALL = len(lyushkov.items)
PARTS = [
    Part(
        chapter,
        "",
        [Question(*lyushkov.compiled[name], lyushkov.items[name].twin) for name in names],
    )
    for chapter, names in lyushkov.chapters.items()
]
PLAIN = [n for n, item in lyushkov.items.items() if not item.noted and "“" not in item.title]
FIRST, SECOND = lyushkov.chapters["01"][:2]


def right(name: str) -> Any:
    return lyushkov.compiled[name][1]["readings"][0]["answer"]


def wrong(name: str, count: int = 1, code: str = "") -> list[Any]:
    """Likely mistakes, each a whole answer; of one code, or of any."""
    face, key = lyushkov.compiled[name]
    answers = [one["answer"] for one in key["mistakes"] if one["answer"] is not None]
    made = [(answer, judge(face, key, [answer]).code) for answer in answers]
    return [answer for answer, found in made if found and code in ("", found)][:count]


def line(name: str, answer: Any, stage: str | None = None) -> Line:
    revision = lyushkov.items[name].revision
    return Line(lyushkov.id, name, revision, answer, "2026-11-23T21:04:05.000Z", stage)


def summed(given: Sequence[Line]) -> Sums:
    return sum_up(PARTS, lyushkov.id, given)


def said(given: Sequence[Line], folder: Path, case: Any = lyushkov) -> str:
    path = folder / "answers.jsonl"
    path.write_text("".join(encode_line(one) + "\n" for one in given), "utf-8")
    return str(Ask(case, path).progress())


@pytest.fixture(autouse=True)
def record_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_RECORD", "on")


# What a learner reads


def test_an_empty_record_is_told_where_to_begin(tmp_path: Path) -> None:
    title = lyushkov.items[FIRST].title.translate(str.maketrans("“”", "‘’"))
    assert said([], tmp_path) == (
        "Your progress\n"
        "Nothing is recorded here yet. Answer one question, and this page begins to fill.\n"
        f"Begin with “{title}”: ask.{FIRST}.answer(...)"
    )


def test_two_answers_and_what_follows_from_them(tmp_path: Path) -> None:
    told = said([line(FIRST, right(FIRST)), line(SECOND, wrong(SECOND)[0])], tmp_path)
    assert f"You have answered 2 of {ALL} exercises. Correct: 1; Not yet: 1; Tries used: 2." in told
    of = len(lyushkov.chapters["01"])
    third = lyushkov.items[lyushkov.chapters["01"][2]].title
    assert f"  - Chapter 1: 2 of {of} (Correct: 1; Not yet: 1). Next: “{third}”\n" in told
    assert (
        "Begun, and still open. There are tries left, or a second look to take.\n"
        f"  - “{lyushkov.items[SECOND].title}”: ask.{SECOND}.answer(...)"
    ) in told
    assert told.endswith(
        "When you have answered more, you can read here what has changed in your answers."
    )


def test_an_exercise_whose_tries_are_used_is_offered_for_reading(tmp_path: Path) -> None:
    told = said([line(FIRST, answer) for answer in wrong(FIRST, 3)], tmp_path)
    assert (
        "Here the tries ran out before you had all of it. The worked answer is open now: "
        "read it once more, with the passage beside it.\n  - “"
    ) in told
    assert "Begun, and still open" not in told


def test_every_face_says_the_same_and_is_safe(tmp_path: Path) -> None:
    said([line(FIRST, right(FIRST))], tmp_path)
    shown = Ask(lyushkov, tmp_path / "answers.jsonl").progress()
    assert isinstance(shown, Progress)
    bundle = shown._repr_mimebundle_()
    assert bundle["text/plain"] == str(shown) == repr(shown)
    assert bundle["text/markdown"].startswith("**Your progress**\n\nYou have answered 1 of ")
    assert f"ask.{SECOND}.answer(...)".replace("_", "\\_") in bundle["text/markdown"]
    assert f"<p>You have answered 1 of {ALL} exercises. Correct: 1" in bundle["text/html"]


def test_a_record_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "answers.jsonl").mkdir()
    told = str(Ask(lyushkov, tmp_path / "answers.jsonl").progress())
    assert told.startswith("Your record answers.jsonl cannot be read")


def test_without_keys_there_is_no_verdict_and_no_growth(tmp_path: Path) -> None:
    folder = tmp_path / "cases" / lyushkov.id
    write_keyless(lyushkov, folder)
    given = [line(name, right(name)) for name in lyushkov.chapters["01"]]
    given += [line(name, right(name)) for name in lyushkov.chapters["03"][:2]]
    told = said(given, tmp_path, open_case(folder))
    of = len(lyushkov.chapters["01"])
    assert f"Recorded: {of + 2} of {ALL} exercises. Your teacher has the key.\n" in told
    assert f"  - Chapter 1: {of} of {of}\n" in told
    assert "Due again. You answered the twin of each some chapters ago." in told
    for word in ("Correct", "Partly", "Not yet", "Tries used", "What has changed", "ran out"):
        assert word not in told


# What is counted


def test_what_is_no_answer_of_this_case_is_passed_over() -> None:
    good = line(FIRST, right(FIRST))
    odd = [
        line(FIRST, "nobody at all"),
        line(FIRST, ""),
        line(FIRST, right(FIRST), "words"),
        Line("other", FIRST, 1, right(FIRST), "t"),
        Line(lyushkov.id, FIRST, 99, right(FIRST), "t"),
        Line(lyushkov.id, "gone", 1, right(FIRST), "t"),
    ]
    assert summed(odd).answered == 0
    sums = summed([*odd, good, good])
    assert (sums.answered, sums.tries, sums.counts["correct"]) == (1, 1, 1)
    assert sums.chapters[0].stands[0].at == len(odd)


def test_a_rating_stays_open_until_its_second_look() -> None:
    name = next(n for n, item in lyushkov.items.items() if item.kind == "rate")
    blind = {"fit": 2, "faithfulness": 1}
    rest = {"closeness": 1, "traceability": 1, "independence": 0, "circumstances": "N"}
    whole = {**blind, **rest, "because": "So it reads.", "confidence": 70}
    assert summed([line(name, blind, "blind")]).open == (name,)
    both = summed([line(name, blind, "blind"), line(name, whole, "revealed")])
    assert (both.open, both.counts["noted"], both.tries) == ((), 1, 0)


def test_the_twins_due_are_those_of_the_chapter_reached() -> None:
    given = [line(n, right(n)) for c in ("01", "02") for n in lyushkov.chapters[c]]
    assert summed(given).chapter == "02"
    given += [line(n, right(n)) for n in lyushkov.chapters["03"][:2]]
    sums = summed(given)
    assert sums.chapter == "03"
    answered = {one.exercise for one in given}
    wanted = due(lyushkov.id, lyushkov.items, lyushkov.chapters, given, "03")
    assert list(sums.due) == [twin for twin in wanted if twin not in answered] != []
    # A twin may stand in a later chapter; to take it there is not to have moved on.
    early = [n for n in sums.due if n in PLAIN and n not in lyushkov.chapters["03"]]
    assert early
    later = summed([*given, *(line(n, right(n)) for n in early)])
    assert later.chapter == "03"
    assert not set(early) & set(later.due)


def test_one_look_ahead_does_not_move_a_learner_on() -> None:
    given = [line(FIRST, right(FIRST)), line(SECOND, right(SECOND))]
    ahead = lyushkov.chapters["09"][0]
    sums = summed([*given, line(ahead, right(ahead))])
    assert (sums.chapter, sums.next) == ("01", lyushkov.chapters["01"][2])


# What has changed


def test_first_tries_of_the_first_and_the_latest_chapter_are_put_side_by_side() -> None:
    ones, fours = lyushkov.chapters["01"][:4], lyushkov.chapters["04"][:5]
    given = [line(n, wrong(n)[0]) for n in ones[:3]] + [line(ones[3], right(ones[3]))]
    assert say_growth(PARTS, summed(given)) == []
    given += [line(n, right(n)) for n in fours]
    sentence = "Right at the first try: 1 of 4 in chapter 1, 5 of 5 in chapter 4."
    assert say_growth(PARTS, summed(given))[0] == sentence
    titled = [Part(p.id, "A “fine” title" if p.id == "04" else "", p.questions) for p in PARTS]
    assert say_growth(titled, summed(given))[0].endswith("5 of 5 in “A ‘fine’ title”.")


def test_fewer_right_in_a_later_chapter_is_said_with_its_reason() -> None:
    given = [line(n, right(n)) for n in lyushkov.chapters["01"][:4]]
    given += [line(n, wrong(n)[0]) for n in lyushkov.chapters["02"] if wrong(n)]
    told = say_growth(PARTS, summed(given))
    assert told[0].startswith("Right at the first try: 4 of 4 in chapter 1, 0 of ")
    assert (
        told[1] == "Later chapters ask for more at once, so this number can fall while you learn."
    )


def _inviting(code: str) -> list[str]:
    """Exercises for which this mistake is declared, all of them up to the first eight that can
    make it with a whole answer."""
    return [n for n in lyushkov.items if wrong(n, code=code)][:8]


def test_a_mistake_that_came_at_first_and_comes_no_more_is_named() -> None:
    names = _inviting("M4")
    given = [line(n, wrong(n, code="M4")[0]) for n in names[:3]]
    given += [line(n, right(n)) for n in names[3:]]
    assert (
        "Taking passing on for agreeing: at first in 3 of 4 questions that invite it, "
        "lately in 0 of 4."
    ) in say_growth(PARTS, summed(given))
    assert say_growth(PARTS, summed(given[:5])) == [], "five questions are too few to say it"


def test_a_mistake_that_still_comes_is_named_too() -> None:
    names = _inviting("M4")
    given = [line(n, right(n)) for n in names[:4]]
    given += [line(n, wrong(n, code="M4")[0]) for n in names[4:]]
    assert (
        "Still to watch. Taking passing on for agreeing: lately in 4 of 4 questions that invite it."
    ) in say_growth(PARTS, summed(given))


def test_a_twin_right_at_once_after_its_partner_was_missed_is_named() -> None:
    missed = next(n for n in PLAIN if lyushkov.items[n].twin in PLAIN)
    twin = lyushkov.items[missed].twin
    given = [line(missed, wrong(missed)[0]), line(twin, right(twin))]
    one, other = lyushkov.items[missed].title, lyushkov.items[twin].title
    assert say_growth(PARTS, summed(given)) == [
        f"You missed “{one}” at the first try. Later you had its twin, “{other}”, right at once."
    ]
    assert say_growth(PARTS, summed(given[::-1])) == []
