"""The notebook form's Python side, without a browser: what it does with what it is sent."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("anywidget")

from workbook import lyushkov
from workbook.feedback import words
from workbook.forms.widget import ExerciseForm
from workbook.judging import judge

NAME = next(name for name, (face, _) in lyushkov.compiled.items() if face["kind"] == "chain")
FACE, KEY = lyushkov.compiled[NAME]
RIGHT = KEY["readings"][0]["answer"]


@pytest.fixture
def given() -> list[Any]:
    return []


@pytest.fixture
def form(given: list[Any], monkeypatch: pytest.MonkeyPatch) -> ExerciseForm:
    def commit(answer: object) -> dict[str, Any]:
        given.append(answer)
        return judge(FACE, KEY, given).as_dict()

    made = ExerciseForm(FACE, commit, None, words())
    sent: list[Any] = []
    monkeypatch.setattr(made, "send", lambda content, buffers=None: sent.append(content))
    made._sent = sent  # type: ignore[attr-defined]
    return made


def receive(form: ExerciseForm, message: object) -> Any:
    form._receive(form, message, [])
    return form._sent[-1] if form._sent else None


def test_an_answer_is_committed_and_the_feedback_comes_back(
    form: ExerciseForm, given: list[Any]
) -> None:
    message = receive(form, {"type": "commit", "answer": RIGHT})
    assert given == [RIGHT]
    assert message["type"] == "feedback"
    assert message["feedback"]["verdict"] == "correct"
    assert form.feedback == message["feedback"]
    assert form.answer == RIGHT


def test_the_same_feedback_twice_is_said_twice(form: ExerciseForm) -> None:
    receive(form, {"type": "commit", "answer": RIGHT})
    receive(form, {"type": "commit", "answer": RIGHT})
    assert len(form._sent) == 2


@pytest.mark.parametrize(
    "message", [None, 7, "commit", [], {}, {"type": "commit"}, {"type": "shout"}, {"type": []}]
)
def test_a_message_that_is_none_of_ours_is_answered_kindly(
    form: ExerciseForm, given: list[Any], message: object
) -> None:
    said = receive(form, message)
    assert given == []
    assert said["feedback"]["reply"] == words()["ui"]["fault"]
    assert said["feedback"]["tries_left"] == FACE["tries"]


@pytest.mark.parametrize("answer", [[7], True, float("nan"), "\ud800", ["x"] * 100_000, {"a": {}}])
def test_an_odd_answer_costs_no_try(form: ExerciseForm, answer: object) -> None:
    feedback = receive(form, {"type": "commit", "answer": answer})["feedback"]
    assert (feedback["verdict"], feedback["tries"]) == ("unanswered", 0)


def test_a_fault_in_the_check_is_ours_and_costs_no_try(
    form: ExerciseForm, given: list[Any]
) -> None:
    def broken(_: object) -> dict[str, Any]:
        raise RuntimeError("a fault in a check")

    wrong = [FACE["voices"][0]["id"]]
    before = receive(form, {"type": "commit", "answer": wrong})["feedback"]
    form._commit = broken
    after = receive(form, {"type": "commit", "answer": RIGHT})["feedback"]
    assert after["reply"] == words()["ui"]["fault"]
    assert after["tries"] == before["tries"]
    assert form.answer == wrong


def test_hints_are_counted_and_stop_at_the_last(form: ExerciseForm) -> None:
    for _ in range(9):
        form._receive(form, {"type": "hint"}, [])
    assert form.hints == len(FACE["hints"])
    assert form._sent == []


def test_a_form_drawn_again_shows_where_its_learner_is() -> None:
    feedback = judge(FACE, KEY, [RIGHT]).as_dict()
    form = ExerciseForm(FACE, lambda _: feedback, feedback, words(), answer=RIGHT)
    assert (form.feedback, form.answer) == (feedback, RIGHT)


def test_the_words_that_told_are_kept_and_stay_with_the_form(given: list[Any]) -> None:
    kept: list[Any] = []
    made = ExerciseForm(FACE, lambda _: {}, None, words(), tell=kept.append, told=["said"])
    assert made.told == ["said"]
    made._receive(made, {"type": "told", "quotations": ["remembered"]}, [])
    made._receive(made, {"type": "told", "quotations": "odd"}, [])
    assert kept == [["remembered"]]
    assert made.told == ["remembered"]
