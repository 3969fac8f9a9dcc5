"""A class as a platform hands it over: who it is, what counts, and the same bytes every time."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from class_of_24 import case_of_24
from hand_ins import (
    CONTENT_FORM,
    MODE_FORM,
    RIGHT,
    WHO,
    WRONG,
    code,
    line,
    notebook,
    record,
    zipped,
)
from small_case import small_case
from workbook import Case
from workbook.classroom.answers import AnswerTable
from workbook.classroom.earned import Answered, Given, packed
from workbook.classroom.grade import GradeError, Options, Summary, grade
from workbook.classroom.marking import Marks
from workbook.classroom.naming import Who, is_receipt, who
from workbook.classroom.scale import Scale
from workbook.classroom.standing import Handed, Standing

CONTENT = line("content", "it rained")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return small_case(tmp_path_factory.mktemp("case"))


def rows(path: Path, key: str) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}


def hand_in(folder: Path, files: dict[str, bytes], old: bool = True) -> Path:
    """Write files; ``old`` ones changed long ago, so that their time can be relied on."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        if old:
            os.utime(path, (1_700_000_000, 1_700_000_000))
    return folder


def graded(case: Case, folder: Path, out: Path, **options: object) -> Summary:
    return grade(case, folder, out, Options(**options))  # type: ignore[arg-type]


NAMES = {
    "berganna_123_456_answers.jsonl": Who("123", "berganna", "canvas", "1", 456),
    "berganna_LATE_123_457_answers-1.jsonl": Who("123", "berganna", "canvas", "2", 457, True),
    "download.zip/berganna_123_456_work.zip/other_999_1_a.jsonl": Who(
        "123", "berganna", "canvas", "1", 456
    ),
    "Anna Berg_77_assignsubmission_file_/answers.jsonl": Who("77", "Anna Berg", "moodle"),
    "Anna Berg_77_assignsubmission_file_answers.jsonl": Who("77", "Anna Berg", "moodle"),
    "Essay 1_aberg_attempt_2026-11-23-21-04-06_answers.jsonl": Who(
        "aberg", "", "blackboard", "2026-11-23 21:04:06", 20261123210406, when="2026-11-23 21:04:06"
    ),
    "submitted/aberg/ch1/ch1.ipynb": Who("aberg", platform="nbgrader"),
    "Anna Berg_77_assignsubmission_file_/answers (2).jsonl": Who(
        "77", "Anna Berg", "moodle", order=2
    ),
    "berganna_late_123_457_a.jsonl": Who("123", "berganna", "canvas", "1", 457, True),
    "anon_Ab3dE_457_a.jsonl": Who("Ab3dE", "", "canvas, anonymous", "1", 457),
    "LATE_anon_12345_458_a-1.jsonl": Who("12345", "", "canvas, anonymous", "2", 458, True),
    "berganna_123_456_answers-2026-11-23.jsonl": Who("123", "berganna", "canvas", "1", 456),
    "Week_3_a_berg_attempt_2026-11-23-21-04-06_a_b.jsonl": Who(
        "3_a_berg",
        platform="blackboard",
        attempt="2026-11-23 21:04:06",
        order=20261123210406,
        when="2026-11-23 21:04:06",
    ),
    "Anna Berg/answers_2026_11_23.jsonl": Who(),
    "Anna Berg/answers_23_11_2026_b.jsonl": Who(),
    "answers (1).jsonl.txt": Who(order=1),
    "anna.jsonl": Who(),
    "anna (1).jsonl": Who(order=1),
    "anna (2026).jsonl": Who(),
    "my_answers_final.jsonl": Who(),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_platforms_name_tells_who_handed_in(name: str) -> None:
    assert who(name) == NAMES[name]


def test_a_folder_called_submitted_is_nbgraders_and_slips_are_passed_over() -> None:
    assert who("aberg/ch1/a.ipynb", "submitted") == Who("aberg", platform="nbgrader")
    assert is_receipt("Essay_aberg_attempt_2026-11-23-21-04-06.txt")
    assert not is_receipt("Essay_aberg_attempt_2026-11-23-21-04-06_mine.txt")


ATTEMPTS = {
    "berganna_1_10_a.jsonl": record(RIGHT),
    "berganna_1_11_a-1.jsonl": record(WRONG, CONTENT),
    "cobo_2_12_a.jsonl": record(WRONG, RIGHT),
}


@pytest.mark.parametrize(
    ("policy", "mode", "two_tries"),
    [("best", "1", "0.6"), ("last", "0", "0.6"), ("first", "1", "0"), ("classroom", "0", "1")],
)
def test_of_several_attempts_and_tries_the_policy_says_which_counts(
    policy: str, mode: str, two_tries: str, case: Case, tmp_path: Path
) -> None:
    graded(case, hand_in(tmp_path / "in", ATTEMPTS), tmp_path / "out", policy=policy)
    found = rows(tmp_path / "out" / "students.csv", "student")
    assert (found["1"]["mode"], found["1"]["hand_ins"]) == (mode, "2")
    assert found["2"]["mode"] == two_tries


@pytest.mark.parametrize("policy", ["best", "last", "classroom"])
def test_a_record_beside_the_notebook_tells_what_was_clicked_in_it(
    policy: str, case: Case, tmp_path: Path
) -> None:
    files = {
        "Anna_1_assignsubmission_file_/01.ipynb": notebook(MODE_FORM, CONTENT_FORM),
        "Anna_1_assignsubmission_file_/answers.jsonl": record(RIGHT),
        "Bo_2_assignsubmission_file_/01.ipynb": notebook(MODE_FORM, CONTENT_FORM),
        "Bo_2_assignsubmission_file_/answers.jsonl": record(WHO),  # of another chapter
        "Cy_3_assignsubmission_file_/01.ipynb": notebook(MODE_FORM, code("ask.x.answer(1)")),
        "Cy_3_assignsubmission_file_/answers.jsonl": record(RIGHT),
    }
    graded(case, hand_in(tmp_path / "in", files), tmp_path / "out", policy=policy, chapters="1")
    found = rows(tmp_path / "out" / "students.csv", "student")
    assert (found["1"]["status"], found["1"]["reason"], found["1"]["percent"]) == (
        "graded",
        "",
        "50",
    )
    assert (found["1"]["mode"], found["1"]["content"]) == ("1", "")
    assert (found["2"]["status"], found["2"]["mode"]) == ("needs a person", "unknown")
    assert found["3"]["status"] == "needs a person"
    assert found["3"]["reason"].endswith("01.ipynb: There is no exercise “x”.")


def test_what_lies_beside_a_hand_in_holds_up_no_mark(case: Case, tmp_path: Path) -> None:
    site = ("class/site/a.html", b"<html>"), ("class/notes.txt", b"x"), ("class/a.png", b"x")
    files = {
        "berganna_1_10_a.zip": zipped(("class/answers.jsonl", record(RIGHT, CONTENT)), *site),
        "cobo_2_11_a.zip": zipped(*site),
        "dee_3_12_a.jsonl": record(RIGHT),
        "dee_3_13_b.jsonl": b"{",
    }
    graded(case, hand_in(tmp_path / "in", files), tmp_path / "out")
    found = rows(tmp_path / "out" / "students.csv", "student")
    assert (found["1"]["status"], found["1"]["percent"]) == ("graded", "100")
    place = "berganna_1_10_a.zip/class"
    assert found["1"]["reason"] == (
        f"Handed in beside it and not read: {place}/a.png, {place}/notes.txt "
        f"and {place}/site/a.html."
    )
    assert (found["2"]["status"], found["2"]["percent"]) == ("rejected", "")
    assert (found["3"]["status"], found["3"]["percent"]) == ("needs a person", "")


def test_the_second_file_of_one_name_is_the_later_one(case: Case, tmp_path: Path) -> None:
    folder = "Anna_1_assignsubmission_file_"
    files = {f"{folder}/a (1).jsonl": record(RIGHT), f"{folder}/a.jsonl": record(WRONG)}
    graded(case, hand_in(tmp_path / "in", files), tmp_path / "out", policy="last")
    assert rows(tmp_path / "out" / "students.csv", "student")["1"]["mode"] == "1"


def test_records_that_are_the_same_to_the_byte_are_listed(case: Case, tmp_path: Path) -> None:
    typed = notebook(code('ask.mode.answer("quoted")'))
    files = {
        "anna_1_10_a.jsonl": record(RIGHT),
        "anna_1_11_a-1.jsonl": record(RIGHT),
        "bo_2_12_b.jsonl": record(WRONG),
        "cy_3_13_a.ipynb": typed,
        "dee_4_14_a.ipynb": typed,
    }
    out = tmp_path / "out"
    hand_in(tmp_path / "in", files)
    assert "to the byte" not in str(graded(case, tmp_path / "in", out))
    assert not (out / "copies.csv").exists()
    hand_in(tmp_path / "in", {"eve_5_15_a.jsonl": record(RIGHT)})
    summary = str(graded(case, tmp_path / "in", out))
    assert (
        "  Records that several students handed in, to the byte, listed in copies.csv: 3\n"
    ) in summary
    found = rows(out / "copies.csv", "hand_in")
    assert [row["student"] for row in found.values()] == ["1", "1", "5"]
    assert len({row["copy"] for row in found.values()}) == 1
    students = rows(out / "students.csv", "student")
    assert {one["status"] for one in students.values()} == {"graded"}


def test_what_comes_late_does_not_count_once_there_is_a_cut_off(case: Case, tmp_path: Path) -> None:
    files = {
        "berganna_1_10_a.jsonl": record(line("mode", "invented")),
        "berganna_LATE_1_11_a.jsonl": record(RIGHT),
        "cobo_LATE_2_12_a.jsonl": record(RIGHT),
        "E_dee_attempt_2026-11-24-00-00-01_a.jsonl": record(RIGHT),
    }
    hand_in(tmp_path / "in", files)
    graded(case, tmp_path / "in", tmp_path / "out")
    assert rows(tmp_path / "out" / "students.csv", "student")["1"]["mode"] == "1"
    graded(case, tmp_path / "in", tmp_path / "out", late="2026-11-23T23:59")
    found = rows(tmp_path / "out" / "students.csv", "student")
    assert found["1"]["mode"] == "0"
    for student in ("2", "dee"):
        assert found[student]["percent"] == ""
        assert found[student]["reason"] == "All that was handed in came late."
    in_book = rows(tmp_path / "out" / "gradebook.csv", "hand_in")
    assert [row["late"] for row in in_book.values()] == ["late", "", "late", "late"]


SOMEBODY = {
    "Anna Berg - answers.jsonl": "1",
    "12-34 - Anna Berg - Nov 23, 2026 904 PM/a.jsonl": "1",
    "Berg, Anna(aberg)/Submission attachment(s)/a.jsonl": "1",
    "Submitted files/Anna Berg/Week 1/Version 2/a.jsonl": "1",
    "answers-anna-berg.jsonl": "1",
    "Jo\u0308rg Cole/a.jsonl": "2",  # as a Mac writes it
    "Anna Berg/chapter_2_7_a.jsonl": "1",  # with numbers as Canvas puts them
    "Anna Berg/answers_2026_11_23.jsonl": "1",
    "12-3 - Anna Berg- Nov 23, 2026 904 PM - a.jsonl": "1",
    "03_Anna_Berg.jsonl": "1",
    "AnnaBerg-03.jsonl": "1",
    "03 Cole Jo\u0308rg (1).jsonl": "2",
    "03_1234567.jsonl": "3",
    "Week_1_d_ek_attempt_2026-11-23-21-04-06_a.jsonl": "4",
    "Week 1_ek_attempt_2026-11-23-21-04-06_a.jsonl": "3",
    "Dana Ek_4_assignsubmission_file/a.jsonl": "4",
    "Red-Dana Ek_4_assignsubmission_file/a.jsonl": "4",
    "Participant_4_assignsubmission_file/a.jsonl": "4",
    "Group 1_4_assignsubmission_file/a.jsonl": "",  # a group's number, not a student's
    "Anna Berg_4_assignsubmission_file/a.jsonl": "1",
    "3/Anna Berg.jsonl": "1",  # the third chapter's folder
    "3/annaberg_1_10_a.jsonl": "1",
    "3/answers.jsonl": "3",
    "Anna Berg and Jörg Cole.jsonl": "",
    "anna_03_2.jsonl": "",
    "answers (2).jsonl": "",
    "Week 1 - answers.jsonl": "",
}


@pytest.mark.parametrize("name", SOMEBODY)
def test_the_class_list_finds_somebody_in_the_names_of_files_and_folders(
    name: str, case: Case, tmp_path: Path
) -> None:
    table = "id;name;login;sis id\n1;Anna Berg;aberg;\n2;Jörg Cole;jcole;\n"  # as in Germany
    table += "3;Eve Ek;ek;1234567\n4;Dana Ek;d_ek;\n2;Jörg Cole;jcole;\n"
    (tmp_path / "class.csv").write_text(table, "utf-8")
    hand_in(tmp_path / "in", {name: record(RIGHT)})
    graded(case, tmp_path / "in", tmp_path / "out", roster=tmp_path / "class.csv")
    found = rows(tmp_path / "out" / "students.csv", "student")
    expected = SOMEBODY[name] or name
    assert [key for key, row in found.items() if row["status"] != "absent"] == [expected]
    assert len(found) == 4 + (expected == name)


def test_two_students_whose_logins_end_alike_are_two(case: Case, tmp_path: Path) -> None:
    when = "attempt_2026-11-23-21-04-06"
    files = {f"E_a_berg_{when}_a.jsonl": record(RIGHT), f"E_b_berg_{when}_a.jsonl": record(WRONG)}
    graded(case, hand_in(tmp_path / "in", files), tmp_path / "out")
    found = rows(tmp_path / "out" / "students.csv", "student")
    assert {student: row["mode"] for student, row in found.items()} == {
        "a_berg": "1",
        "b_berg": "0",
    }


def test_whom_canvas_hides_is_somebody_and_gets_no_mark_under_that_number(
    case: Case, tmp_path: Path
) -> None:
    files = {
        "anon_Ab3dE_10_a.jsonl": record(RIGHT),
        "LATE_anon_Ab3dE_11_b.jsonl": record(CONTENT),
        "anon_12345_12_a.jsonl": record(RIGHT),
    }
    graded(case, hand_in(tmp_path / "in", files), tmp_path / "out")
    found = rows(tmp_path / "out" / "students.csv", "student")
    assert {student: row["percent"] for student, row in found.items()} == {
        "12345": "50",
        "Ab3dE": "100",
    }
    assert not (tmp_path / "out" / "canvas.csv").exists()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (b"id,name\n7,Anna\n7,Bo\n", "list.csv: 7 stands for both Anna and Bo."),
        (
            "id,name\n7,Jörg\n".encode("cp1252"),
            "list.csv is no CSV table in UTF-8. In Excel, save it as “CSV UTF-8”; elsewhere, "
            "choose the character set UTF-8.",
        ),
    ],
)
def test_a_class_list_that_cannot_be_used_says_what_to_do(
    table: bytes, said: str, case: Case, tmp_path: Path
) -> None:
    (tmp_path / "list.csv").write_bytes(table)
    hand_in(tmp_path / "in", {"a.jsonl": record(RIGHT)})
    with pytest.raises(GradeError) as caught:
        graded(case, tmp_path / "in", tmp_path / "out", roster=tmp_path / "list.csv")
    assert str(caught.value) == said


def test_a_macs_zip_archive_keeps_its_letters(case: Case, tmp_path: Path) -> None:
    packed = zipped(("J--rg.jsonl", record(RIGHT))).replace(b"J--rg", "Jörg".encode())
    hand_in(tmp_path / "in", {"a.zip": packed})
    graded(case, tmp_path / "in", tmp_path / "out")
    assert list(rows(tmp_path / "out" / "gradebook.csv", "hand_in")) == ["a.zip/Jörg.jsonl"]


ROSTER = (
    "Student,ID,SIS User ID,SIS Login ID,Section\r\n"
    "    Points Possible,,,,\r\n"
    '"Berg, Anna",1,s1,aberg,A\r\n"Cole, Bo",2,s2,bcole,A\r\n"=Evil, Eve",3,s3,eve,B\r\n'
)


def test_the_class_list_shows_who_is_absent_and_who_is_not_on_it(
    case: Case, tmp_path: Path
) -> None:
    (tmp_path / "list.csv").write_text(ROSTER, "utf-8", newline="")
    files = {"berganna_1_10_a.jsonl": record(RIGHT, CONTENT), "bcole.jsonl": record(RIGHT)}
    hand_in(tmp_path / "in", {**files, "nobody_9_9_a.jsonl": record(RIGHT)})
    summary = graded(case, tmp_path / "in", tmp_path / "out", roster=tmp_path / "list.csv")
    found = rows(tmp_path / "out" / "students.csv", "student")
    assert (found["1"]["status"], found["1"]["percent"]) == ("graded", "100")
    assert (found["2"]["status"], found["2"]["percent"]) == ("graded", "50")
    assert (found["3"]["status"], found["3"]["percent"]) == ("absent", "")
    stranger = found["nobody_9_9_a.jsonl"]
    assert stranger["status"] == "needs a person"
    assert stranger["reason"] == "Nobody on the class list fits the name of this file."
    assert "  absent          1\n" in str(summary)
    assert (tmp_path / "out" / "canvas.csv").read_bytes().decode("utf-8") == (
        "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Who Says So?\r\n"
        "    Points Possible,,,,,100\r\n"
        '"Berg, Anna",1,s1,aberg,A,100\r\n"Cole, Bo",2,s2,bcole,A,50\r\n'
        '"\'=Evil, Eve",3,s3,eve,B,\r\n'
    )
    assert not (tmp_path / "out" / "moodle.csv").exists()


def named(name: str, *lines: str) -> bytes:
    """A record as the page downloads it when its learner gives a name."""
    return record(json.dumps({"format": 1, "learner": name}, separators=(",", ":")), *lines)


def test_the_name_in_a_record_finds_its_student_where_no_platform_says_who(
    case: Case, tmp_path: Path
) -> None:
    (tmp_path / "list.csv").write_text(ROSTER, "utf-8", newline="")
    files = {
        "answers-anna.jsonl": named("Anna Berg", RIGHT, CONTENT),
        "answers.jsonl": named("BCOLE", RIGHT),
        "evileve_3_10_answers.jsonl": named("Anna Berg", RIGHT),
        "two.jsonl": named("3", RIGHT, '{"format":1,"learner":"Bo Cole"}', CONTENT),
    }
    hand_in(tmp_path / "in", files)
    graded(case, tmp_path / "in", tmp_path / "out", roster=tmp_path / "list.csv")
    found = rows(tmp_path / "out" / "students.csv", "student")
    assert {n: (row["status"], row["percent"]) for n, row in found.items()} == {
        "1": ("graded", "100"),
        "2": ("graded", "50"),
        "3": ("needs a person", ""),
    }
    assert found["3"]["reason"] == (
        "two.jsonl: Different names stand in it: 3 and Bo Cole. evileve_3_10_answers.jsonl: "
        "The name in the file is of somebody else on the class list: Anna Berg."
    )


def test_without_a_class_list_the_name_stands_beside_the_file_and_joins_no_others(
    case: Case, tmp_path: Path
) -> None:
    files = {"a.jsonl": named("=Anna", RIGHT), "b.jsonl": named("=Anna", CONTENT)}
    graded(case, hand_in(tmp_path / "in", files), tmp_path / "out")
    for table, key in (("students.csv", "student"), ("gradebook.csv", "hand_in")):
        found = rows(tmp_path / "out" / table, key)
        assert {n: (row["name"], row["status"]) for n, row in found.items()} == {
            "a.jsonl": ("'=Anna", "graded"),
            "b.jsonl": ("'=Anna", "graded"),
        }
    assert not (tmp_path / "out" / "canvas.csv").exists()


def test_moodle_gets_its_own_table_from_the_names_alone(case: Case, tmp_path: Path) -> None:
    files = {"Anna Berg_77_assignsubmission_file_/answers.jsonl": record(RIGHT, CONTENT)}
    graded(case, hand_in(tmp_path / "in", files), tmp_path / "out")
    assert (tmp_path / "out" / "moodle.csv").read_text("utf-8-sig") == (
        "Identifier,Full name,Email address,Grade,Maximum grade,Last modified (grade)\n"
        "Participant 77,Anna Berg,,100,100,\n"
    )


def _config(folder: Path, text: str) -> Path:
    (folder / "grading.toml").write_text(text, "utf-8")
    return folder / "grading.toml"


@pytest.mark.parametrize(
    ("rule", "percent"),
    [
        ("", "50"),
        ("drop_lowest = 1", "100"),
        ("[weights]\nmode = 3", "75"),
        ('[excused]\n"*" = ["content"]', "100"),
        ('[excused]\n"9" = ["content"]', "50"),
        ("out_of = 20", "50"),
    ],
)
def test_rules_of_the_teacher_change_what_a_hand_in_is_worth(
    rule: str, percent: str, case: Case, tmp_path: Path
) -> None:
    hand_in(tmp_path / "in", {"berganna_1_10_a.jsonl": record(RIGHT)})
    graded(case, tmp_path / "in", tmp_path / "out", config=_config(tmp_path, rule))
    assert rows(tmp_path / "out" / "students.csv", "student")["1"]["percent"] == percent


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("[weights]\nmoed = 3", "there is no exercise or chapter “moed”; did you mean “mode”?"),
        ('[accept]\nmode = ["x"]', "what is to be accepted for mode cannot be an answer: "),
        ("excuse = 1", "grading.toml: there is no rule “excuse”; did you mean “excused”?"),
        ("late = 1", "there is no rule “late”; there are title, out_of, drop_lowest, weights, "),
        ("drop_lowest = -1", "grading.toml: drop_lowest should be a whole number, 0 or more."),
        (
            '[weights]\nmode = "3"',
            "weights should be names of exercises or chapters, each with a number from 0 to a",
        ),
        (
            '[excused]\n"1" = "mode"',
            "excused should be students' ids in quotation marks, each with a list of exercises or",
        ),
        ("x", "grading.toml cannot be used: Expected '='"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_said_in_a_sentence(
    rule: str, said: str, case: Case, tmp_path: Path
) -> None:
    hand_in(tmp_path / "in", {"a.jsonl": record(RIGHT)})
    with pytest.raises(GradeError) as caught:
        graded(case, tmp_path / "in", tmp_path / "out", config=_config(tmp_path, rule))
    assert said in str(caught.value)


def test_a_changed_key_lists_every_changed_mark_and_keeps_listing_it(
    case: Case, tmp_path: Path
) -> None:
    files = {"berganna_1_10_a.jsonl": record(WRONG), "cobo_2_11_a.jsonl": record(RIGHT)}
    hand_in(tmp_path / "in", files)
    graded(case, tmp_path / "in", tmp_path / "out")
    kinder = _config(tmp_path, '[accept]\nmode = ["invented"]')
    for _ in range(2):
        summary = graded(case, tmp_path / "in", tmp_path / "out", config=kinder)
        assert summary.changes == 1
        assert (tmp_path / "out" / "changes.csv").read_text("utf-8-sig") == (
            "student,hand_in,item,before,after\n1,berganna_1_10_a.jsonl,mode,0,1\n"
        )


def test_a_report_among_the_hand_ins_is_no_hand_in(case: Case, tmp_path: Path) -> None:
    """Wherever the teacher writes reports: into the folder of hand-ins, beside them, or both."""
    handins = hand_in(tmp_path / "in", {"berganna_1_10_a.jsonl": record(RIGHT)})
    everything = {"report": True, "feedback": True}
    for out in (handins, handins / "monday", handins / "tuesday", tmp_path / "out", handins):
        graded(case, handins, out, **everything)
        assert list(rows(out / "gradebook.csv", "hand_in")) == ["berganna_1_10_a.jsonl"]


def test_texts_are_listed_marked_and_merged_back_with_their_comments(tmp_path: Path) -> None:
    case = case_of_24(tmp_path / "case")
    text = line("tell", "Anna quotes Ben: it rained.")
    files = {f"s{n}_{n}_{n}_a.jsonl": record(RIGHT, CONTENT, text) for n in (1, 2, 3)}
    hand_in(tmp_path / "in", files)
    graded(case, tmp_path / "in", tmp_path / "out", chapters="1,3")
    listed = tmp_path / "out" / "to_mark.csv"
    given = list(rows(listed, "student").values())
    assert [row["answer"] for row in given] == ["Anna quotes Ben: it rained."] * 3
    assert rows(tmp_path / "out" / "students.csv", "student")["1"]["percent"] == "100"
    again = "=Look at the marks, “quoted” or not?"  # a comment to use for many
    for row, mark in zip(given, ("1/2", "1", ""), strict=True):
        row |= {"comment": again, "mark": mark}
    with (tmp_path / "marked.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(given[0]))
        table.writeheader()
        table.writerows(given)
    options = {"chapters": "1,3", "marks": tmp_path / "marked.csv", "feedback": True}
    graded(case, tmp_path / "in", tmp_path / "out", **options)
    students = rows(tmp_path / "out" / "students.csv", "student")
    assert [students[n]["tell"] for n in "123"] == ["0.5", "1", "noted"]
    assert [students[n]["percent"] for n in "123"] == ["83.3333", "100", "100"]
    merged = rows(listed, "student")
    assert [merged[n]["mark"] for n in "123"] == ["0.5", "1", ""]
    assert {row["comment"] for row in merged.values()} == {f"'{again}"}
    first = listed.read_bytes()
    options["marks"] = listed  # what came out goes in again: nothing grows
    graded(case, tmp_path / "in", tmp_path / "out", **options)
    assert listed.read_bytes() == first
    page = (tmp_path / "out" / "feedback" / "student-1.html").read_text("utf-8")
    assert "Your teacher writes:" in page
    assert again in page


def test_marks_given_by_hand_take_the_place_of_ours(case: Case, tmp_path: Path) -> None:
    hand_in(tmp_path / "in", {"berganna_1_10_a.jsonl": record(RIGHT)})
    marks = tmp_path / "marks.csv"
    marks.write_text("student,item,mark\n1,content,7/10\n", "utf-8")
    graded(case, tmp_path / "in", tmp_path / "out", marks=marks)
    found = rows(tmp_path / "out" / "students.csv", "student")["1"]
    assert (found["content"], found["percent"]) == ("0.7", "85")
    marks.write_text("student,item,mark\n1,content,11\n", "utf-8")
    with pytest.raises(GradeError) as caught:
        graded(case, tmp_path / "in", tmp_path / "out", marks=marks)
    assert str(caught.value) == (
        "marks.csv, line 2: “11” is no mark from 0 to 1, nor a part such as 7/10."
    )


def test_marks_and_rules_for_nobody_are_told(case: Case, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(ROSTER, "utf-8", newline="")
    hand_in(tmp_path / "in", {"berganna_1_10_a.jsonl": record(RIGHT)})
    marks = tmp_path / "marks.csv"  # the first line is all right
    marks.write_text("student,item,mark\n1,content,1\n07,content,1\n3,mode,1\n", "utf-8")
    rules = _config(tmp_path, 'checked = ["1", "a.jsonl"]\n[excused]\n"*" = ["02"]\n"2" = ["01"]')
    options = {"roster": tmp_path / "list.csv", "marks": marks, "config": rules}
    summary = str(graded(case, tmp_path / "in", tmp_path / "out", **options))
    assert "  Your marks or rules name students who are not here: 07 and a.jsonl.\n" in summary
    assert (
        "  Marks for students who handed in nothing stand in their rows and do not count: 3.\n"
    ) in summary
    found = rows(tmp_path / "out" / "students.csv", "student")
    assert (found["1"]["percent"], found["3"]["percent"]) == ("100", "")


def test_a_notebook_that_nobody_answered_asks_nobody_for_its_chapter(
    case: Case, tmp_path: Path
) -> None:
    """Whoever hands in the whole folder that the class was given has not answered all of it."""
    blank = notebook(code("ask.who.answer(...)"), code("ask.sure.answer(...)"))
    files = {
        "anna_1_10_a.jsonl": record(RIGHT, CONTENT),
        "bo_2_11_all.zip": zipped(("01.jsonl", record(RIGHT)), ("02.ipynb", blank)),
    }
    summary = graded(case, hand_in(tmp_path / "in", files), tmp_path / "out")
    found = rows(tmp_path / "out" / "students.csv", "student")
    assert summary.chapters == ("01",)
    assert found["1"]["percent"] == "100"
    assert (found["2"]["status"], found["2"]["reason"], found["2"]["percent"]) == (
        "graded",
        "",
        "50",
    )
    graded(case, tmp_path / "in", tmp_path / "out", chapters="1-2")
    found = rows(tmp_path / "out" / "students.csv", "student")
    assert (found["2"]["status"], found["2"]["percent"]) == ("needs a person", "")
    (tmp_path / "in" / "anna_1_10_a.jsonl").unlink()
    (tmp_path / "in" / "bo_2_11_all.zip").write_bytes(zipped(("02.ipynb", blank)))
    alone = graded(case, tmp_path / "in", tmp_path / "out")
    assert alone.chapters == ("02",)
    assert "anybody answered" in str(summary)
    assert "anybody answered" not in str(alone)


def test_chapters_that_are_not_asked_for_are_left_out(case: Case, tmp_path: Path) -> None:
    hand_in(tmp_path / "in", {"a.jsonl": record(RIGHT, WHO)})
    graded(case, tmp_path / "in", tmp_path / "out", chapters="1")
    row = rows(tmp_path / "out" / "gradebook.csv", "hand_in")["a.jsonl"]
    assert (row["chapters"], row["points"], row["possible"]) == ("01", "1", "2")
    assert row["reason"] == "Exercises of chapters that are not graded now were left out: 1."
    with pytest.raises(GradeError, match=r"There is no chapter '7'\. There are: 01, 02\."):
        graded(case, tmp_path / "in", tmp_path / "out", chapters="1,7")


def class_of(size: int) -> dict[str, bytes]:
    lines = [RIGHT, WRONG, CONTENT, WHO]
    files = {f"s{n}_{n}_{n}_a.jsonl": record(*lines[n % 3 :]) for n in range(size)}
    archived = [(f"z{n}_{9000 + n}_1_a.jsonl", record(RIGHT)) for n in range(30)]
    return {**files, "more.zip": zipped(*archived), "bad.ipynb": b"{"}


def written(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


def test_only_changed_hand_ins_are_read_again(case: Case, tmp_path: Path) -> None:
    hand_in(tmp_path / "in", class_of(5))
    assert graded(case, tmp_path / "in", tmp_path / "out").read == 36
    first = written(tmp_path / "out")
    assert graded(case, tmp_path / "in", tmp_path / "out").read == 0
    assert written(tmp_path / "out") == first
    (tmp_path / "in" / "s3_3_3_a.jsonl").write_bytes(record(RIGHT, CONTENT))
    assert graded(case, tmp_path / "in", tmp_path / "out").read == 1
    graded(case, tmp_path / "in", tmp_path / "fresh")
    assert written(tmp_path / "out") == written(tmp_path / "fresh")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_kill_9_in_the_middle_and_again_gives_what_one_go_gives(case: Case, tmp_path: Path) -> None:
    hand_in(tmp_path / "in", class_of(600))
    program = (
        "import sys, time\nfrom pathlib import Path\n"
        "from workbook import open_case\nfrom workbook.classroom import grade, work\n"
        "whole, seen = work.grade_bundle, []\n"
        "def stopping(*given):\n"
        "    if len(seen) == 2: print('in the middle', flush=True); time.sleep(60)\n"
        "    seen.append(1)\n    return whole(*given)\n"
        "work.grade_bundle = stopping\n"
        "grade.grade(open_case(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))\n"
    )
    folders = [str(case.folder), str(tmp_path / "in"), str(tmp_path / "out")]
    running = subprocess.Popen(
        [sys.executable, "-c", program, *folders], stdout=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "in the middle\n"
    running.kill()
    running.wait(timeout=30)
    running.stdout.close()
    assert not (tmp_path / "out" / "gradebook.csv").exists()
    assert graded(case, tmp_path / "in", tmp_path / "out").read < 632 - 200
    graded(case, tmp_path / "in", tmp_path / "one go")
    assert written(tmp_path / "out") == written(tmp_path / "one go")


def test_two_gradings_at_once_into_one_folder_do_not_mix(case: Case, tmp_path: Path) -> None:
    hand_in(tmp_path / "in", ATTEMPTS)
    (tmp_path / "out" / ".grading").mkdir(parents=True)
    program = (
        "import sys\nfrom pathlib import Path\nfrom workbook.classroom.store import alone\n"
        "with alone(Path(sys.argv[1])): print('at work', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "out" / ".grading")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "at work\n"
        with pytest.raises(GradeError) as caught:
            graded(case, tmp_path / "in", tmp_path / "out")
        other.kill()
    assert str(caught.value) == (
        f"Another grading is writing into {tmp_path / 'out'}. Wait until it is done, or name "
        "another folder."
    )
    assert graded(case, tmp_path / "in", tmp_path / "out").counts["graded"] == 3


def test_every_answer_stands_in_the_table_for_counting(case: Case, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB comes with who-says-so[classroom]")
    files = {"berganna_1_10_a.jsonl": record(WRONG, RIGHT, line("mode", 7))}
    graded(case, hand_in(tmp_path / "in", files), tmp_path / "out")
    with duckdb.connect() as engine:
        table = engine.execute(f"SELECT * FROM '{tmp_path / 'out' / 'answers.parquet'}'")
        names = [column[0] for column in table.description]
        found = [dict(zip(names, row, strict=True)) for row in table.fetchall()]
    assert [(r["try"], r["answer"], r["verdict"], r["score"], r["points"]) for r in found] == [
        (1, '"invented"', "not yet", 0.0, 0.0),
        (2, '"quoted"', "correct", 1.0, 0.6),
        (None, None, "unreadable", None, None),
    ]
    assert {r["student"] for r in found} == {"1"}
    assert found[0]["code"] == "M2"
    assert found[0]["time"] == "2026-11-23T21:04:06.123Z"


def test_many_long_answers_fit_into_little_memory(case: Case, tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="DuckDB comes with who-says-so[classroom]")
    answer = "x" * 19_000
    one = Given("mode", 1, "", answer, "partly", 0.5, 0.5, "M1")
    said = packed([Answered("mode", packed([one]), [""]) for _ in range(100)])
    table = AnswerTable(tmp_path / "answers.parquet", tmp_path, Scale(case))
    for number in range(50):
        handed = Handed(f"{number}.jsonl", False, Marks("graded", given=said))
        table.add(str(number), [handed], Standing("graded"))
    assert table.place() == ""
    table.close()
    assert [path.name for path in tmp_path.iterdir()] == ["answers.parquet"]


def test_a_table_that_cannot_be_made_costs_nothing_else(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB comes with who-says-so[classroom]")

    def failing(*_: object) -> None:
        raise duckdb.OutOfMemoryException("no room\nmore")

    monkeypatch.setattr(AnswerTable, "_convert", failing)
    summary = graded(case, hand_in(tmp_path / "in", ATTEMPTS), tmp_path / "out")
    said = "answers.parquet could not be made (no room); everything else is written."
    assert said in str(summary)
    assert (tmp_path / "out" / "students.csv").exists()
    assert not (tmp_path / "out" / "answers.parquet").exists()
