"""Typing an answer in a notebook, a script or a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

import workbook
from workbook import lyushkov
from workbook.ask import RECORD_MIME, Ask
from workbook.feedback import Feedback
from workbook.record import Record

RIGHT = ["gerdowning", "book", "several_japanese", "lyushkov"]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.setenv("WORKBOOK_RECORD", "on")
    monkeypatch.chdir(tmp_path)
    return Ask(lyushkov)


def test_any_case_folder_is_imported_by_its_name() -> None:
    assert workbook.lyushkov is lyushkov
    assert "lyushkov" in dir(workbook)
    with pytest.raises(AttributeError, match="its cases are: lyushkov"):
        _ = workbook.nobody  # type: ignore[attr-defined]


def test_tab_completion_offers_every_exercise(ask: Ask) -> None:
    assert set(dir(ask)) == {*lyushkov.items, "due", "hand_in", "progress"}


def test_a_typed_answer_is_judged_and_kept_beside_the_notebook(ask: Ask, tmp_path: Path) -> None:
    got = ask.who_remembers.answer(RIGHT)
    assert isinstance(got, Feedback)
    assert got.verdict == "correct"
    assert Record(tmp_path / "answers.jsonl").answers("lyushkov", "who_remembers", 1) == [RIGHT]


def test_run_all_again_spends_no_try(ask: Ask) -> None:
    for _ in range(3):
        got = ask.who_remembers.answer(["gerdowning"])
        again = ask.who_remembers.answer(["gerdowning", "book"])
    assert isinstance(got, Feedback)
    assert isinstance(again, Feedback)
    assert again.tries == 2
    assert len(Record(Path("answers.jsonl")).lines()) == 2


@pytest.mark.parametrize("blank", [(), (...,), (None,), ("",), ([],), ({},)])
def test_a_blank_shows_the_question_and_records_nothing(ask: Ask, blank: tuple[object]) -> None:
    shown = str(ask.who_remembers.answer(*blank))
    assert "gerdowning, line " in shown
    assert "Several Japanese remembered that Lyushkov originally said" in shown
    assert 'ask.who_remembers.answer(["…", "…"])' in shown
    assert not Path("answers.jsonl").exists()


@pytest.mark.parametrize("name", list(lyushkov.items))
def test_every_exercise_shows_a_face_without_its_answer(ask: Ask, name: str) -> None:
    bundle = ask[name].answer(...)._repr_mimebundle_()
    face, key = lyushkov.compiled[name]
    for kind in ("text/plain", "text/markdown", "text/html"):
        assert bundle[kind]
        assert key["because"] not in bundle[kind]
    assert face["prompt"] in bundle["text/plain"]


def test_several_values_instead_of_a_list_are_told_about_brackets(ask: Ask) -> None:
    got = ask.who_remembers.answer("gerdowning", "book")
    assert str(got) == (
        "… Unanswered\nanswer(…) takes one value. "
        'Put several names in square brackets: answer(["…", "…"]).'
    )


def test_a_mistyped_exercise_gets_a_sentence_not_a_traceback(ask: Ask) -> None:
    assert str(ask.who_remember.answer(RIGHT)) == (
        "… Unanswered\nThere is no exercise “who_remember”; did you mean “who_remembers”?"
    )


def test_what_cannot_be_read_is_not_kept(ask: Ask) -> None:
    got = ask.who_remembers.answer([7])
    assert isinstance(got, Feedback)
    assert got.verdict == "unanswered"
    assert not Path("answers.jsonl").exists()


def test_an_answer_that_cannot_be_written_is_judged_all_the_same(ask: Ask) -> None:
    Path("answers.jsonl").mkdir()
    got = ask.who_remembers.answer(RIGHT)
    assert isinstance(got, Feedback)
    assert got.verdict == "correct"
    assert got.reply.startswith("Your record answers.jsonl cannot be read")


def test_a_fault_in_a_check_is_ours_and_the_answer_is_kept(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Feedback:
        raise ZeroDivisionError

    monkeypatch.setattr("workbook.ask.judge", broken)
    got = ask.who_remembers.answer(RIGHT)
    assert isinstance(got, Feedback)
    assert got.reply == "Something went wrong on our side, not yours. Your answer is kept."
    assert Record(Path("answers.jsonl")).answers("lyushkov", "who_remembers", 1) == [RIGHT]


def test_hand_in_embeds_this_cases_lines_as_they_stand(ask: Ask) -> None:
    ask.who_remembers.answer(RIGHT)
    Record(Path("answers.jsonl")).commit("another", "x", 1, "y")
    shown = ask.hand_in()
    assert shown is not None
    bundle = shown._repr_mimebundle_()
    lines = Path("answers.jsonl").read_text("utf-8").splitlines()
    assert bundle[RECORD_MIME] == {"format": 1, "case": "lyushkov", "lines": lines[:1]}
    assert bundle["text/plain"] == (
        f"Answered: 1 of {len(lyushkov.items)} exercises, kept in answers.jsonl and in this "
        "output. Save the notebook and hand it in."
    )


def test_nothing_is_recorded_while_a_book_is_built(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBOOK_RECORD", "off")
    assert str(ask.who_remembers.answer(RIGHT)).startswith("✓ Correct")
    assert str(ask.hand_in()) == "Nothing is recorded in this run."
    assert not Path("answers.jsonl").exists()


def test_a_book_page_holds_id_and_prompt_only(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_FACE", "book")
    html = ask.who_remembers.answer(...)._repr_mimebundle_()["text/html"]
    face, _ = lyushkov.compiled["who_remembers"]
    assert html == (
        '<div class="wb-exercise" data-case="lyushkov" data-exercise="who_remembers">'
        f"<p>{face['prompt']}</p></div>"
    )


def test_what_is_due_again_is_told_by_chapter(ask: Ask) -> None:
    assert str(ask.due(3)) == "Nothing is due again in chapter 03."
    ask.template_line.answer(lyushkov.compiled["template_line"][1]["readings"][0]["answer"])
    twin = lyushkov.items["template_line"].twin
    title = lyushkov.items[twin].title
    said = f"Due again: {title}. Type ask.{twin}.answer(...)."
    assert str(ask.due(3)) == str(ask.due("06")) == said
    assert str(ask.due(4)) == "Nothing is due again in chapter 04."
    assert str(ask.due("x")).startswith("There is no chapter “x”. The chapters are: 01, 02,")
