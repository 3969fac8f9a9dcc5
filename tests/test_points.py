"""The points of an nbgrader assignment: the number that ``workbook grade`` finds, or a reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hand_ins import CONTENT_FORM, MODE_FORM, RIGHT, WHO, WRONG, code, kept, line, notebook, record
from small_case import small_case
from workbook import Case, open_case
from workbook.ask import Ask
from workbook.classroom import points as room
from workbook.classroom.keyless import write_keyless
from workbook.classroom.points import NeedsAPerson, handed_in, points


class Desk:
    """A course folder, and one student's assignment in it as nbgrader runs it."""

    def __init__(self, root: Path, case: Case, shown: list[str]) -> None:
        self.root = root
        self.ask = Ask(case)
        self.shown = shown
        self.submitted = root / "submitted/anna/rain"
        self.submitted.mkdir(parents=True)
        self.here = root / "autograded/anna/rain"
        self.here.mkdir(parents=True)

    def hand_in(self, *cells: Any, beside: bytes = b"") -> None:
        """As ``nbgrader autograde`` has it: without outputs, and what lies beside copied."""
        (self.submitted / "rain.ipynb").write_bytes(notebook(*cells))
        bare = [{**cell, "outputs": []} for cell in cells]
        (self.here / "rain.ipynb").write_bytes(notebook(*bare))
        if beside:
            for folder in (self.submitted, self.here):
                (folder / "answers.jsonl").write_bytes(beside)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.setenv("WORKBOOK_RECORD", "on")
    shown: list[str] = []
    monkeypatch.setattr(
        room, "_show", lambda *laid: shown.extend(one.said for one in laid if one.said)
    )
    handed_in.cache_clear()
    room._scales.clear()
    desk = Desk(tmp_path / "course", small_case(tmp_path / "case"), shown)
    monkeypatch.chdir(desk.here)
    return desk


def test_a_typed_answer_earns_its_points_and_gets_its_reply(desk: Desk) -> None:
    desk.hand_in(code('ask.mode.answer("quoted")'), CONTENT_FORM, kept())
    assert str(desk.ask.mode.answer("quoted")).startswith("✎ Recorded")
    assert points(desk.ask.mode) == 1
    assert desk.shown == [
        "Your answer: quoted",
        "✓ Correct",
        "Yes. That is how we read it too.",
        "Closed: 1 of 1 point.",
        "The worked answer: quoted",
        "It says so.",
    ]
    assert not (desk.here / "answers.jsonl").exists()


def test_of_a_part_that_is_right_the_part_of_the_points(desk: Desk) -> None:
    desk.hand_in(code("ask.sure.answer(...)"), kept())
    desk.ask.sure.answer({"op": "not committed", "ben": "probable for"})
    assert points(desk.ask.sure) == pytest.approx(0.8)
    assert points(desk.ask.sure, 3) == pytest.approx(2.4)
    assert "Try 1 of 3." not in desk.shown
    assert any(said.startswith("The worked answer: ") for said in desk.shown)


def test_what_was_clicked_is_found_in_the_notebook_as_it_was_handed_in(desk: Desk) -> None:
    desk.hand_in(MODE_FORM, CONTENT_FORM, kept(WRONG, RIGHT))
    desk.ask.mode.answer(...)
    assert points(desk.ask.mode) == 1
    assert points(desk.ask.mode, policy="best") == 0.6
    assert points(desk.ask.content) == 0
    assert desk.shown[-1] == "No answer was handed in."


def test_what_was_clicked_is_found_in_the_record_beside_it(desk: Desk) -> None:
    desk.hand_in(MODE_FORM, code("ask.hand_in()"), beside=record(RIGHT))
    (desk.submitted / "rain.ipynb").unlink()
    (desk.submitted / "answers.jsonl").unlink()
    desk.submitted.rmdir()  # as where the course's steps have names of their own
    assert points(desk.ask.mode) == 1


def test_an_older_record_beside_takes_nothing_back(desk: Desk) -> None:
    desk.hand_in(MODE_FORM, kept(WRONG, RIGHT), beside=record(WRONG))
    assert points(desk.ask.mode) == 1


def test_the_last_answer_counts_even_if_it_is_an_earlier_one_again(desk: Desk) -> None:
    again = line("mode", "invented", time="2026-11-24T21:04:06.123Z")
    desk.hand_in(MODE_FORM, kept(WRONG, RIGHT, again))
    assert points(desk.ask.mode) == 0
    assert desk.shown[:2] == ["Your answer: invented", "○ Not yet"]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (
            [MODE_FORM, CONTENT_FORM, code("ask.hand_in()")],
            "No record came with the notebook, so what was chosen in its forms is unknown: mode. "
            "Ask for answers.jsonl.",
        ),
        ([CONTENT_FORM], "No record came with the notebook, so what was chosen in its forms is"),
        (
            [code("ask.mode.answer(“quoted”)"), kept()],
            "An answer to mode cannot be read: Curly quotation marks (“ ”) stand in the answer",
        ),
        (
            [MODE_FORM, kept(line("mode", "quoted", revision=7))],
            "The answer to mode is for revision 7 of the question; ours is revision 1.",
        ),
        ([MODE_FORM, kept(RIGHT[:-9])], "The record kept in the notebook is damaged in 1 line"),
    ],
)
def test_what_cannot_be_known_is_no_silent_zero(desk: Desk, cells: list[Any], reason: str) -> None:
    desk.hand_in(*cells)
    with pytest.raises(NeedsAPerson) as caught:
        points(desk.ask.mode)
    assert str(caught.value).startswith(reason)
    assert desk.shown == [str(caught.value)]
    assert caught.value._render_traceback_() == [
        "A person must look at this answer; the reason stands above."
    ]


def test_a_value_that_python_worked_out_counts(desk: Desk) -> None:
    desk.hand_in(code('ask.who.answer(["op", "anna"] + ["ben"])'), kept())
    desk.ask.who.answer(["op", "anna", "ben"])
    assert points(desk.ask.who) == 1


def test_the_students_package_gives_no_marks(desk: Desk, tmp_path: Path) -> None:
    write_keyless(desk.ask._case, tmp_path / "keyless/rain")
    desk.hand_in(code('ask.mode.answer("quoted")'))
    with pytest.raises(NeedsAPerson, match="The students' package is installed here"):
        points(Ask(open_case(tmp_path / "keyless/rain")).mode)


def test_a_fault_of_ours_is_said_to_be_ours(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.hand_in(MODE_FORM, kept(RIGHT))
    monkeypatch.setattr(room, "mark", lambda *_: 1 / 0)
    with pytest.raises(NeedsAPerson, match=r"through a fault of ours \(ZeroDivisionError\)"):
        points(desk.ask.mode)
    with pytest.raises(NeedsAPerson, match="There is no exercise “mod”; did you mean “mode”"):
        points(desk.ask.mod)


def test_the_teachers_further_answers_count_and_no_students(desk: Desk) -> None:
    desk.hand_in(code('ask.who.answer(["op", "ben"])'), kept())
    rules = '[accept]\nwho = [["op", "ben"]]\n'
    for folder in (desk.here, desk.submitted):
        (folder / "grading.toml").write_text(rules, "utf-8")
    assert points(desk.ask.who) != 1
    (desk.root / "grading.toml").write_text(rules, "utf-8")
    assert points(desk.ask.who) == 1
    (desk.root / "grading.toml").write_text("weights = 7", "utf-8")
    room._scales.clear()
    with pytest.raises(NeedsAPerson, match=r"grading\.toml: weights should be "):
        points(desk.ask.who)


def test_for_a_class_the_cell_says_what_it_is_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NBGRADER_EXECUTION")
    assert points(desk.ask.mode) is None
    assert desk.shown == [
        "The points are counted here after you have handed in. Leave this cell as it is."
    ]


def test_a_warning_of_some_package_costs_no_points(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    import warnings

    def warned(folder: Path) -> Any:
        warnings.warn("this will go away", DeprecationWarning, stacklevel=1)
        return handed_in(folder)

    desk.hand_in(MODE_FORM, kept(RIGHT, WHO))
    monkeypatch.setattr(room, "handed_in", warned)
    assert points(desk.ask.mode) == 1
    assert not recwarn.list
