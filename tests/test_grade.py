"""Grading: every file gets its row, its status and its reason, and none a silent zero."""

from __future__ import annotations

import csv
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hand_ins import CONTENT_FORM, HAND_INS, MODE_FORM, RIGHT, WHO, code, line, notebook, record
from small_case import small_case
from workbook import Case
from workbook.ask import RECORD_MIME, Ask
from workbook.classroom import work
from workbook.classroom.grade import GradeError, grade
from workbook.classroom.gradebook import safe, write_gradebook
from workbook.classroom.handin import understand
from workbook.classroom.marking import mark
from workbook.classroom.scale import Scale

TABLE = Path(__file__).parents[1] / "book" / "grading.md"
PROMISED = {
    name: (status, reason.replace("\\<", "<"))
    for name, status, reason in re.findall(
        r"^\| (.+?) \| (graded|needs a person|rejected) \| ?(.*?) ?\|$",
        TABLE.read_text("utf-8"),
        re.MULTILINE,
    )
}


EARNED_ZEROS = {
    "a wrong answer (its 0 is earned)": 3,  # the exercise's, its chapter's and the sum
    "the cell of an answered exercise taken out": 1,
    "curly quotation marks around another answer than the record's": 1,  # the record's; no sum
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return small_case(tmp_path_factory.mktemp("case"))


def put(folder: Path, name: str) -> Path:
    """Put the hand-in of a class in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    file, made = HAND_INS[name]
    if isinstance(made, bytes):
        (folder / file).write_bytes(made)
    else:
        made(folder / file)
    return folder / file


def rows(out: Path) -> dict[str, dict[str, str]]:
    """The rows of a gradebook by the hand-in's name."""
    with (out / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["hand_in"]: row for row in csv.DictReader(file)}


def test_the_documented_table_and_the_corpus_have_the_same_classes() -> None:
    assert list(PROMISED) == list(HAND_INS)


@pytest.mark.parametrize("name", HAND_INS)
def test_every_class_of_file_gets_what_the_documentation_says(
    name: str, case: Case, tmp_path: Path
) -> None:
    if name == "a pipe" and not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes in folders")
    if "Windows keeps" in name and sys.platform == "win32":
        pytest.skip("here no file can have that name")
    path = put(tmp_path / "in", name)
    started = time.perf_counter()
    grade(case, tmp_path / "in", tmp_path / "out")
    assert time.perf_counter() - started < 5
    (row,) = rows(tmp_path / "out").values()
    assert row["hand_in"].split("/")[0] == path.name
    assert (row["status"], row["reason"]) == PROMISED[name]
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    zeros = [cell for cell in list(row.values())[9:] if cell == "0"]
    assert len(zeros) == EARNED_ZEROS.get(name, 0)


def test_one_bad_file_costs_one_row(case: Case, tmp_path: Path) -> None:
    alone: dict[str, Any] = {}
    for number, name in enumerate(HAND_INS):
        put(tmp_path / "in" / f"{number:02}", name)
        alone[name] = grade(case, tmp_path / "in" / f"{number:02}", tmp_path / "one")
        (alone[name],) = rows(tmp_path / "one").values()
        shutil.rmtree(tmp_path / "one")
    (tmp_path / "in" / "zz.jsonl").write_bytes(record(RIGHT, WHO))
    summary = grade(case, tmp_path / "in", tmp_path / "out")
    together = rows(tmp_path / "out")
    for (name, row), number in zip(alone.items(), range(len(alone)), strict=True):
        found = together.pop(f"{number:02}/{row['hand_in']}")
        assert {**found, "hand_in": ""} == {**row, "hand_in": ""}, name
    assert [row["points"] for row in together.values()] == ["2"]
    statuses = [status for status, _ in PROMISED.values()]
    counted = [statuses.count(s) for s in ("graded", "needs a person", "rejected")]
    assert str(summary) == (
        f"{len(HAND_INS) + 1} hand-ins\n"
        f"  graded          {counted[0] + 1}\n"
        f"  needs a person  {counted[1]}\n"
        f"  rejected        {counted[2]}\n"
        "  Everybody is asked for the chapters in which anybody answered: 01 and 02.\n"
        f"Written in {tmp_path / 'out'}: gradebook.csv, students.csv, answers.parquet, changes.csv"
    )


def test_ten_thousand_reasons_are_neither_kept_nor_waited_for(case: Case) -> None:
    typed = "\n".join(f"ask.who.answer(['{n}'])" for n in range(9_000))
    broken = code("", {"output_type": "display_data", "data": {RECORD_MIME: 1}})
    broken["outputs"] *= 50_000
    files = {
        "a.jsonl": record(*(line("who", [str(n)]) for n in range(9_990))),
        "b.ipynb": notebook(code(typed[: typed.rindex("\n", 0, 199_000)])),
        "c.ipynb": notebook(broken),
    }
    for name, data in files.items():
        started = time.perf_counter()
        marks = mark(Scale(case), understand(name, data))
        assert time.perf_counter() - started < 5
        assert marks.status == "needs a person"
        assert 0 < len(marks.reason) < 50_000


def test_folders_without_end_cost_one_row(case: Case, tmp_path: Path) -> None:
    inner = tmp_path / "in"
    for _ in range(200):
        inner = inner / "d"
    inner.mkdir(parents=True)
    for folder in (tmp_path / "in", inner):
        (folder / "z.jsonl").write_bytes(record(RIGHT))
    grade(case, tmp_path / "in", tmp_path / "out")
    deep, good = rows(tmp_path / "out").values()
    assert (deep["status"], deep["reason"]) == (
        "rejected",
        "Folders stand in one another more than 100 deep.",
    )
    assert (good["hand_in"], good["points"]) == ("z.jsonl", "1")


def test_the_same_hand_ins_give_the_same_bytes(case: Case, tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl", "C.jsonl"):
        (tmp_path / name).write_bytes(record(RIGHT))
    grade(case, tmp_path, tmp_path)
    first = (tmp_path / "gradebook.csv").read_bytes()
    grade(case, tmp_path, tmp_path)
    assert (tmp_path / "gradebook.csv").read_bytes() == first
    assert first.decode("utf-8") == (
        "\ufeffhand_in,student,name,attempt,late,status,reason,chapters,answered,points,possible,"
        "chapter 01,chapter 02,mode,content,who,sure\r\n"
        "C.jsonl,,,,,graded,,01,1,1,2,1,,1,,,\r\n"
        "a.jsonl,,,,,graded,,01,1,1,2,1,,1,,,\r\n"
        "b.jsonl,,,,,graded,,01,1,1,2,1,,1,,,\r\n"
    )


def test_a_clicked_notebook_alone_grades_as_its_record_does(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBOOK_RECORD", "on")
    path = tmp_path / "in" / "answers.jsonl"
    path.parent.mkdir()
    ask = Ask(case, path)
    ask.mode.answer("invented")
    ask.mode.answer("quoted")
    ask.content.answer("that it rained")
    shown = ask.hand_in()
    assert shown is not None
    output = {"output_type": "display_data", "metadata": {}, "data": shown._repr_mimebundle_()}
    made = notebook(MODE_FORM, CONTENT_FORM, code("ask.hand_in()", output))
    (tmp_path / "in" / "clicked.ipynb").write_bytes(made)
    grade(case, tmp_path / "in", tmp_path / "out")
    found = rows(tmp_path / "out")
    assert found["clicked.ipynb"] == {**found["answers.jsonl"], "hand_in": "clicked.ipynb"}
    assert (found["clicked.ipynb"]["mode"], found["clicked.ipynb"]["status"]) == ("0.6", "graded")


def test_names_that_a_spreadsheet_would_run_are_only_shown(case: Case, tmp_path: Path) -> None:
    names = ["=1+1.jsonl", "+1.jsonl", "-1.jsonl", "@x.jsonl", "\tx.jsonl", " =1.jsonl", "é.jsonl"]
    for name in names:
        (tmp_path / name).write_bytes(record(RIGHT))
    if sys.platform == "linux":
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\n.jsonl")).write_bytes(record(RIGHT))
    grade(case, tmp_path, tmp_path / "out")
    found = set(rows(tmp_path / "out"))
    assert {"'=1+1.jsonl", "'+1.jsonl", "'-1.jsonl", "'@x.jsonl", "' x.jsonl"} <= found
    assert {"' =1.jsonl", "é.jsonl"} <= found
    assert sys.platform != "linux" or "caf\ufffd .jsonl" in found


@given(st.text(st.characters()))
@example("\x1f=1")
@example("\u00a0\t@x")
def test_a_cell_is_safe_whatever_is_in_it(text: str) -> None:
    cell = safe(text)
    assert not cell.strip().startswith(("=", "+", "-", "@"))
    assert cell.isprintable() or not re.search("[\x00-\x1f\x7f]", cell)
    assert len(cell.encode("utf-8")) <= 8004


def test_hidden_files_are_passed_over_and_counted(case: Case, tmp_path: Path) -> None:
    for name in (".DS_Store", "__MACOSX/a.jsonl", ".ipynb_checkpoints/a.ipynb", "ok/a.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(record(RIGHT))
    summary = grade(case, tmp_path, tmp_path / "out")
    assert list(rows(tmp_path / "out")) == ["ok/a.jsonl"]
    assert "  Hidden files and folders passed over: 3\n" in str(summary)


def test_a_link_to_a_folder_is_not_entered(case: Case, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.jsonl").write_bytes(record(RIGHT))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "anna").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    grade(case, tmp_path / "in", tmp_path / "out")
    found = {name: row["reason"] for name, row in rows(tmp_path / "out").items()}
    assert found == {"anna": "It is a link to another place; links are not followed."}


def test_one_file_can_be_graded_alone(case: Case, tmp_path: Path) -> None:
    path = put(tmp_path, "a record")
    grade(case, path, tmp_path / "out")
    assert list(rows(tmp_path / "out")) == ["a.jsonl"]


def test_what_goes_wrong_in_grading_is_said_to_be_ours(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_bytes(record(RIGHT))
    honest = work.understand

    def failing(name: str, data: bytes) -> Any:
        if name == "a.jsonl":
            raise ZeroDivisionError("division by zero")
        return honest(name, data)

    monkeypatch.setattr(work, "understand", failing)
    grade(case, tmp_path, tmp_path / "out")
    found = rows(tmp_path / "out")
    assert (found["a.jsonl"]["status"], found["a.jsonl"]["reason"]) == (
        "needs a person",
        "Grading failed through a fault of ours (ZeroDivisionError); the file is as it was. "
        "Please grade it by hand and tell the makers of this workbook.",
    )
    assert found["b.jsonl"]["points"] == "1"


def test_nothing_to_grade_is_said_in_a_sentence(case: Case, tmp_path: Path) -> None:
    with pytest.raises(GradeError) as caught:
        grade(case, tmp_path / "nowhere", tmp_path)
    assert str(caught.value) == f"There is no file or folder {tmp_path / 'nowhere'}."
    (tmp_path / "file").touch()
    with pytest.raises(GradeError, match=r"gradebook\.csv cannot be written: "):
        grade(case, tmp_path, tmp_path / "file")


def test_a_gradebook_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "gradebook.csv"
    write_gradebook(path, [["old"]])

    def failing() -> Any:
        yield ["new"]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_gradebook(path, failing())
    assert path.read_text("utf-8-sig") == "old\n"
    assert [p.name for p in tmp_path.iterdir()] == ["gradebook.csv"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_kill_9_in_the_middle_leaves_the_old_gradebook(tmp_path: Path) -> None:
    path = tmp_path / "gradebook.csv"
    write_gradebook(path, [["old"]])
    program = (
        "import sys, time\nfrom pathlib import Path\n"
        "from workbook.classroom.gradebook import write_gradebook\n"
        "def rows():\n"
        "    for n in range(10**6):\n"
        "        if n == 50_000: print('writing', flush=True); time.sleep(60)\n"
        "        yield ['new', str(n)]\n"
        "write_gradebook(Path(sys.argv[1]), rows())\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "writing\n"
    running.kill()
    running.wait(timeout=30)
    running.stdout.close()
    assert path.read_text("utf-8-sig") == "old\n"
    write_gradebook(path, [["new"]])
    assert path.read_text("utf-8-sig") == "new\n"


def _graded(case: Case, folder: Path, name: str, data: bytes) -> dict[str, str]:
    (folder / name).write_bytes(data)
    grade(case, folder / name, folder / "out")
    (row,) = rows(folder / "out").values()
    return row


SOUND = notebook(MODE_FORM, code('ask.content.answer("it rained")'), code("ask.hand_in()"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["a.jsonl", "a.ipynb"]),
    st.binary(max_size=200) | st.text(st.characters(codec="utf-8")).map(str.encode),
)
def test_no_bytes_stop_the_batch(case: Case, tmp_path: Path, name: str, data: bytes) -> None:
    row = _graded(case, tmp_path, name, data)
    assert row["status"] in ("rejected", "needs a person")
    assert row["reason"].endswith((".", "?"))
    assert "fault of ours" not in row["reason"]


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        JSON
        | st.fixed_dictionaries(
            {"cell_type": JSON | st.just("code"), "source": JSON | st.just("ask.mode.answer(...)")},
            optional={"outputs": JSON, "metadata": JSON},
        ),
        max_size=4,
    ),
    st.fixed_dictionaries({}, optional={"nbformat": JSON, "metadata": JSON, "cells": JSON}),
)
def test_no_shape_of_notebook_stops_the_batch(
    case: Case, tmp_path: Path, cells: list[Any], other: dict[str, Any]
) -> None:
    row = _graded(case, tmp_path, "a.ipynb", notebook(*cells, **other))
    assert row["status"] in ("rejected", "needs a person")
    assert "fault of ours" not in row["reason"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["mode", "content", "who", "sure", "x"]), JSON, st.integers(0, 3))
@example("who", [["op"]], 2)
def test_no_answer_stops_the_batch(
    case: Case, tmp_path: Path, exercise: str, answer: Any, revision: int
) -> None:
    data = record(line(exercise, answer, revision=revision))
    row = _graded(case, tmp_path, "a.jsonl", data)
    assert row["status"] in ("graded", "needs a person")
    assert "fault of ours" not in row["reason"]
    assert row["status"] == "graded" or "0" not in (row["points"], row.get(exercise, ""))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(SOUND) - 1), st.integers(0, 255))
def test_a_byte_changed_on_the_way_never_earns_a_silent_zero(
    case: Case, tmp_path: Path, at: int, byte: int
) -> None:
    row = _graded(case, tmp_path, "a.ipynb", SOUND[:at] + bytes([byte]) + SOUND[at + 1 :])
    assert "fault of ours" not in row["reason"]
    assert row["points"] != "0"
    assert row["status"] != "graded" or row["points"] == "1"
