"""Tries, points and replies: what a learner is told, whole sentences included."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.case import open_case
from workbook.feedback import Feedback
from workbook.judging import judge

CASE = open_case("lyushkov")
FACE, KEY = CASE.compiled["who_remembers"]
RIGHT = ["gerdowning", "book", "several_japanese", "lyushkov"]


def said(*answers: Any) -> Feedback:
    return judge(FACE, KEY, answers)


def test_right_at_once_earns_the_point_and_the_explanation() -> None:
    got = said(RIGHT)
    assert (got.verdict, got.score, got.points, got.best) == ("correct", 1, 1, 1)
    assert (got.tries, got.tries_left, got.closed) == (1, 0, True)
    assert got.reply == "Yes. That is how we read it too."
    assert got.because == KEY["because"]
    assert got.worked == KEY["worked"]


def test_three_tries_at_full_six_tenths_and_three_tenths() -> None:
    wrong = ["gerdowning", "lyushkov"]
    assert said(wrong, RIGHT).best == pytest.approx(0.6)
    near = said(wrong, RIGHT[:3])
    assert near.score == pytest.approx(0.75)
    assert near.points == pytest.approx(0.75 * 0.6)
    third = said(wrong, ["gerdowning"], RIGHT)
    assert third.points == pytest.approx(0.3)
    assert third.best == pytest.approx(0.375)


def test_the_best_try_is_kept() -> None:
    near, far = RIGHT[:3], ["gerdowning"]
    first = said(near)
    assert said(near, far).best == first.best
    assert said(near, far).points == 0


def test_after_three_tries_the_worked_answer_comes_and_later_answers_earn_nothing() -> None:
    tries = [["gerdowning"], ["gerdowning", "lyushkov"], ["book", "gerdowning"]]
    got = said(*tries)
    assert got.closed
    assert got.worked == KEY["worked"]
    late = said(*tries, RIGHT)
    assert late.verdict == "correct"
    assert late.points == 0
    assert late.best == got.best


def test_nothing_of_the_answer_before_it_is_earned() -> None:
    got = said(["gerdowning"])
    assert (got.worked, got.because, got.alternatives) == (None, None, ())


def test_the_same_answer_again_is_no_new_try() -> None:
    assert said(["gerdowning"], ["gerdowning"], ("gerdowning",)).tries == 1


def test_the_poster_alone_and_a_reversed_chain_earn_nothing_and_are_told_why() -> None:
    alone, backwards = said(["gerdowning"]), said(RIGHT[::-1])
    assert (alone.score, backwards.score) == (0, 0)
    assert alone.part == (
        "You stopped at the one who posted the words. Who else stands behind them?"
    )
    assert backwards.part == (
        "You have built it from the inside out. "
        "Start with the one who posted the words and work inwards."
    )


def test_a_partly_right_chain_is_told_how_far_it_stands() -> None:
    got = said(["gerdowning", "book", "lyushkov"])
    assert got.verdict == "partly"
    label = CASE.edition.voices["book"].label
    assert got.part == f"Your chain stands as far as “{label}”. It is too short."


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (None, "No answer yet. Nothing is lost by trying."),
        ([], "No answer yet. Nothing is lost by trying."),
        ([7], "Voice 1 of your chain should be a name in quotation marks; what came was a number."),
        (
            [True],
            "Voice 1 of your chain should be a name in quotation marks; "
            "what came was true or false.",
        ),
        (
            "gerdowning",
            'Your answer should be a list of voice names, such as ["…", "…"]; '
            "what came was a text.",
        ),
        (
            float("nan"),
            'Your answer should be a list of voice names, such as ["…", "…"]; '
            "what came was a number.",
        ),
    ],
)
def test_an_answer_of_the_wrong_type_is_told_what_was_expected(
    answer: object, sentence: str
) -> None:
    got = said(answer)
    assert (got.verdict, got.reply, got.tries) == ("unanswered", sentence, 0)


def test_a_million_voices_are_counted_not_scored() -> None:
    got = said(["gerdowning"] * 1_000_000)
    most = 2 * len(FACE["voices"])
    assert got.reply == f"Your chain has 1000000 voices; the longest one possible here has {most}."


def test_an_unknown_voice_is_named_and_a_lone_surrogate_does_no_harm() -> None:
    got = said(["gerdowning", "lu\ud800shkov"])
    assert got.reply.startswith("“lu\ufffdshkov” is not one of the voices offered here. They are: ")
    got.html().encode("utf-8")


def test_an_unreadable_answer_loses_nothing_that_came_before() -> None:
    got = said(["gerdowning", "book"], [7])
    assert got.verdict == "unanswered"
    assert got.tries == 1
    assert got.best > 0


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)


@pytest.mark.parametrize("name", list(CASE.items))
@given(value=PLAIN)
def test_no_value_at_all_breaks_an_item(name: str, value: object) -> None:
    got = judge(*CASE.compiled[name], [value])
    assert got.verdict in ("correct", "partly", "not yet", "unanswered", "noted")
    assert got.reply


def test_feedback_reads_the_same_in_every_face() -> None:
    got = said(["gerdowning", "book", "lyushkov"])
    for face in (got.text(), got.markdown(), got.html()):
        assert "Partly" in face
    assert "Try 1 of 3." in got.text()
    assert "M2" not in got.text() + got.markdown() + got.html()


def test_html_is_escaped() -> None:
    hostile = Feedback("x", "not yet", reply="<script>alert(1)</script>")
    assert "<script>" not in hostile.html()
