"""A page for each student: own answers, what to do next, and nobody else's."""

from __future__ import annotations

import csv
import re
from html import unescape
from pathlib import Path

import pytest

from class_of_24 import NAMES, TEXT, case_of_24, class_of_24
from hand_ins import MODE_FORM, RIGHT, WRONG, code, line, notebook, record
from small_case import small_case
from workbook import Case, lyushkov
from workbook.classroom.grade import Options, grade
from workbook.classroom.replies import FEEDBACK, LISTED, in_words
from workbook.classroom.scale import Scale
from workbook.classroom.simulate import simulate

EVIL = "</blockquote><script>alert(1)</script>"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return small_case(tmp_path_factory.mktemp("case"))


def pages(out: Path) -> dict[str, str]:
    """Every page by its student, as the list says."""
    with (out / LISTED).open(encoding="utf-8-sig", newline="") as file:
        listed = {row["student"]: row["page"] for row in csv.DictReader(file)}
    assert len(set(listed.values())) == len(listed)
    assert {Path(page).name for page in listed.values()} == {
        path.name for path in (out / FEEDBACK).iterdir()
    }
    return {student: (out / page).read_text("utf-8") for student, page in listed.items()}


def words_of(page: str) -> str:
    body = page[page.index("<body>") :]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def made(case: Case, folder: Path, files: dict[str, bytes], **options: object) -> dict[str, str]:
    (folder / "in").mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / "in" / name).write_bytes(data)
    grade(case, folder / "in", folder / "out", Options(feedback=True, **options))  # type: ignore[arg-type]
    return pages(folder / "out")


def test_a_page_has_own_answers_replies_and_what_to_do_next(case: Case, tmp_path: Path) -> None:
    said = words_of(made(case, tmp_path, {"a_1_1_a.jsonl": record(WRONG)})["1"])
    assert said == (
        "Your answers: Did it rain? For a Points: 0 of 2. What to do next "
        "Go back to “Quoted?” in chapter 1. It was not there yet. Read the reply below first, "
        "then the passage once more. Not answered yet: “Ben's words”. "
        "Chapter 1 Quoted? How does Anna come in? Your answer: invented "
        "○ Not yet Nobody invents here. Try 1 of 3. 0 of 1 point."
    )


def test_the_reason_is_given_only_once_there_are_no_tries_left(case: Case, tmp_path: Path) -> None:
    files = {"a_1_1_a.jsonl": record(WRONG), "b_2_2_a.jsonl": record(WRONG, RIGHT)}
    found = made(case, tmp_path, files)
    assert "It says so." not in found["1"]
    assert "It says so." in found["2"]
    handed = made(case, tmp_path, files, policy="classroom")
    assert "The worked answer: quoted It says so." in words_of(handed["1"])


def test_in_a_class_the_reply_is_to_the_answer_that_counts(case: Case, tmp_path: Path) -> None:
    back = line("mode", "invented", time="2026-11-24T21:04:06.123Z")
    files = {"a_1_1_a.jsonl": record(WRONG, RIGHT, back), "b_2_2_a.jsonl": record(RIGHT, WRONG)}
    found = made(case, tmp_path, files, policy="classroom")
    for student, place in (("1", 3), ("2", 2)):
        assert words_of(found[student]).endswith(
            f"Your answer {place}: invented ○ Not yet Nobody invents here. "
            "The worked answer: quoted It says so. 0 of 1 point."
        )


def test_whoever_forgot_the_record_is_asked_for_it(case: Case, tmp_path: Path) -> None:
    made_of = notebook(MODE_FORM, code('ask.content.answer("it rained")'))
    said = words_of(made(case, tmp_path, {"a_1_1_a.ipynb": made_of})["1"])
    assert "If you clicked answers together in forms, hand in your record too, the file " in said
    assert "How does Anna come in? What you chose in this form did not come with the note" in said
    assert "could not be read" not in said


def test_no_page_holds_anything_of_somebody_else(tmp_path: Path) -> None:
    case = case_of_24(tmp_path / "case")
    handins = class_of_24(tmp_path)
    marks = tmp_path / "marks.csv"
    marks.write_text("student,item,comment,mark\n1,tell,Whose words are these?,1/2\n", "utf-8")
    options = Options(roster=tmp_path / "class.csv", feedback=True, marks=marks)
    grade(case, handins, tmp_path / "out", options)
    found = pages(tmp_path / "out")
    assert len(found) == 23, "22 students and a stranger handed in; two are absent"
    for student, page in found.items():
        others = [name for n, name in enumerate(NAMES, 1) if str(n) != student]
        assert not [name for name in others if name in page]
        assert ("Whose words are these?" in page) == (student == "1")
    assert "Anna quotes Ben. She says that he says that it rained." in found["1"]
    assert TEXT not in found["1"], "the words and not the line of the record"
    assert "&lt;b&gt;this&lt;/b&gt;" in found["6"]
    assert "There are no points yet. Your teacher will look at what you handed in." in found["15"]
    assert "What your teacher was told of it: The file is empty." in found["15"]


def test_what_a_student_wrote_is_shown_and_never_read(case: Case, tmp_path: Path) -> None:
    files = {
        "a_1_1_a.jsonl": record(line("mode", EVIL)),
        "..jsonl": record(RIGHT),
        "CON.jsonl": record(RIGHT),
        "con.jsonl": record(RIGHT),
        f"{'x' * 200}.jsonl": record(RIGHT),
        "<script>.jsonl": record(RIGHT),
    }
    found = made(case, tmp_path, files)
    assert not [page for page in found.values() if "<script" in page]
    names = [path.name for path in (tmp_path / "out" / FEEDBACK).iterdir()]
    assert all(re.fullmatch(r"student-[a-z0-9.-]{1,80}\.html", name) for name in names)
    assert len({name.lower() for name in names}) == len(files) - 1, "“..jsonl” is a hidden file"


def test_pages_of_somebody_who_is_gone_go_too(case: Case, tmp_path: Path) -> None:
    files = {"a_1_1_a.jsonl": record(RIGHT), "b_2_2_a.jsonl": record(RIGHT)}
    assert set(made(case, tmp_path, files)) == {"1", "2"}
    (tmp_path / "in" / "b_2_2_a.jsonl").unlink()
    assert set(made(case, tmp_path, {})) == {"1"}


def test_a_whole_simulated_book_can_be_answered_to(tmp_path: Path) -> None:
    simulate(lyushkov, 3, tmp_path / "in", seed=4)
    found = made(lyushkov, tmp_path, {})
    assert len(found) == 3
    assert all("What to do next" in page for page in found.values())


def test_an_answer_is_put_in_words_whatever_its_kind() -> None:
    scale = Scale(lyushkov)
    for name, item in lyushkov.items.items():
        key = scale.faces_and_keys[name][1]
        for mistake in key["mistakes"]:
            whole = item.whole(mistake)
            if whole is not None:
                assert in_words(scale, name, whole)
    assert in_words(scale, next(iter(lyushkov.items)), {"strange": [1, None]})
