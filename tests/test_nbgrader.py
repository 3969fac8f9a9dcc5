"""With the real nbgrader, in an environment of its own: what it finds is what we find."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from conftest import load_tool
from workbook import Case, open_case
from workbook.ask import Ask
from workbook.classroom.grade import Options, grade
from workbook.classroom.release import release

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / "tests/constraints-nbgrader.txt"
CASE = open_case("lyushkov")
FIRST, SECOND = "01-what-is-on-the-page", "05-copy-and-original"
MISSING = "template_line"
"""The exercise of the first chapter that nobody answers who leaves one out."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def python() -> Path:
    """The Python of an environment with nbgrader and the teacher's package, kept between runs."""
    try:
        found: Path = load_tool("elsewhere").environment("nbgrader", LOCKED)
    except subprocess.CalledProcessError as error:
        if os.environ.get("CI") != "true":
            pytest.skip("nbgrader could not be installed: no index of packages within reach")
        pytest.fail(error.stderr)
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(subprocess.check_output([found, "-c", where], text=True).strip())
    (site / "teachers-package.pth").write_text(f"{ROOT / 'src'}\n", "utf-8")
    return found


def wrong(name: str) -> Any:
    """An answer that is not right, or not wholly."""
    item = CASE.items[name]
    return next(w for m in CASE.compiled[name][1]["mistakes"] if (w := item.whole(m)) is not None)


def answers(chapter: str) -> Iterator[tuple[str, Any]]:
    """An answer to each exercise of a chapter but ``MISSING``: every third is not right."""
    for place, name in enumerate(CASE.chapters[chapter]):
        if name == MISSING:
            continue
        if CASE.items[name].noted:
            yield name, "The comment keeps what the print says, and raises it."
        else:
            yield name, wrong(name) if place % 3 == 1 else CASE.items[name].answer


class Course:
    """A course folder, nbgrader for it, and the students' package."""

    def __init__(self, python: Path, folder: Path) -> None:
        self.python = python
        self.released = release(
            CASE, folder / "class", source=ROOT, chapters=["01", "05"], site=False, nbgrader=True
        )
        self.root = self.released / "nbgrader"
        package = next(self.released.glob("*.whl"))
        self.students_package = folder / "package"
        zipfile.ZipFile(package).extractall(self.students_package)
        kept = ("CONFIG", "DATA", "RUNTIME")
        out = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")  # its own packages, read fast next time
        self.env = {name: value for name, value in os.environ.items() if name not in out}
        self.env |= {f"JUPYTER_{name}_DIR": str(folder / name) for name in kept}
        self.env |= {"IPYTHONDIR": str(folder / "ipython"), "WORKBOOK_RECORD": "on"}
        self.found: dict[str, dict[str, Any]] = {}
        self.env["PATH"] = os.pathsep.join([str(python.parent), self.env["PATH"]])

    def nbgrader(self, *said: str) -> None:
        command = [self.python, "-W", "ignore", "-m", "nbgrader", *said]
        done = subprocess.run(command, cwd=self.root, env=self.env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-3000:]
        assert "ERROR" not in done.stderr, done.stderr[-3000:]

    def keyless(self) -> Case:
        return open_case(self.students_package / "workbook/cases" / CASE.id)

    def hand_in(self, student: str, name: str, typed: dict[str, Any]) -> Path:
        """A student's folder with the released notebook, and what they typed into it."""
        folder = self.root / "submitted" / student / name
        folder.mkdir(parents=True)
        path = folder / f"{name}.ipynb"
        made = json.loads((self.root / "release" / name / path.name).read_bytes())
        for cell in made["cells"]:
            for exercise, value in typed.items():
                if cell["source"] == [f"ask.{exercise}.answer(...)"]:
                    said = value if isinstance(value, str) else value[0]
                    cell["source"] = [f"ask.{exercise}.answer({said})"]
        path.write_text(json.dumps(made), "utf-8")
        return path

    def run_as_a_student(self, path: Path) -> None:
        """Run all cells with the students' package, as in JupyterLab."""
        program = (
            "import sys, nbformat, nbclient\n"
            "notebook = nbformat.read(sys.argv[1], 4)\n"
            "nbclient.NotebookClient(notebook, kernel_name='python3').execute()\n"
            "nbformat.write(notebook, sys.argv[1])\n"
        )
        env = {**self.env, "PYTHONPATH": str(self.students_package)}
        command = [self.python, "-W", "ignore", "-c", program, str(path)]
        done = subprocess.run(command, cwd=path.parent, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-3000:]

    def click(self, path: Path, chapter: str) -> bytes:
        """Click a chapter's answers, some only after a wrong one; returns the record."""
        ask = Ask(self.keyless(), path.with_name("answers.jsonl"))
        for place, (name, value) in enumerate(answers(chapter)):
            if place % 2 and not CASE.items[name].noted:
                ask[name].answer(wrong(name))
            ask[name].answer(value)
        made = json.loads(path.read_bytes())
        assert made["cells"][-1]["source"] == ["ask.hand_in()"]
        shown = ask.hand_in()
        assert shown is not None
        output = {"output_type": "display_data", "metadata": {}, "data": shown._repr_mimebundle_()}
        made["cells"][-1]["outputs"] = [output]
        path.write_text(json.dumps(made), "utf-8")
        record = path.with_name("answers.jsonl")
        said = record.read_bytes()
        record.unlink()
        return said

    def read(self) -> dict[str, dict[str, Any]]:
        """What the gradebook holds, by student and assignment: points by cell, and the rest."""
        program = (
            "import json\nfrom nbgrader.api import Gradebook\n"
            "with Gradebook('sqlite:///gradebook.db') as book:\n"
            "  print(json.dumps({f'{s.student_id}/{a.name}': {'score': n.score, 'cells':\n"
            "    {g.name: [g.auto_score, g.needs_manual_grade, bool(g.failed_tests)]\n"
            "     for g in n.grades}} for a in book.assignments for s in a.submissions\n"
            "     for n in s.notebooks}))\n"
        )
        command = [self.python, "-W", "ignore", "-c", program]
        done = subprocess.run(command, cwd=self.root, env=self.env, stdout=-1, check=True)
        found: dict[str, dict[str, Any]] = json.loads(done.stdout)
        return found


@pytest.fixture(scope="module")
def course(python: Path, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course whose class has handed in and was graded."""
    folder = tmp_path_factory.mktemp("course")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBOOK_RECORD", "on")
        made = Course(python, folder)
        made.nbgrader("generate_assignment", "*")
        typed = {name: repr(value) for name, value in answers("01")}
        path = made.hand_in("typed", FIRST, typed)
        made.run_as_a_student(path)
        path.with_name("answers.jsonl").unlink()
        made.click(made.hand_in("clicked", SECOND, {}), "05")
        path = made.hand_in("record", FIRST, {})
        record = made.click(path, "01")
        path.write_bytes((made.root / "release" / FIRST / path.name).read_bytes())
        path.with_name("answers.jsonl").write_bytes(record)
        path.with_name("answers.jsonl").chmod(0o444)  # as nbgrader's exchange hands it over
        made.hand_in("curly", FIRST, {"number_75": "“note”", "odd_marks": "20 + 1"})
        made.nbgrader("autograde", "*")
        made.nbgrader("generate_feedback", "*")
        made.found = made.read()
    return made


def test_nbgrader_finds_the_points_that_workbook_grade_finds(
    course: Course, tmp_path: Path
) -> None:
    options = Options(release=course.released)
    grade(CASE, course.root / "submitted", tmp_path / "report", options)
    with (tmp_path / "report/students.csv").open(encoding="utf-8-sig", newline="") as file:
        ours = {row["student"]: row for row in csv.DictReader(file)}
    theirs = course.found
    partly = 0
    for student, name in (("typed", FIRST), ("clicked", SECOND), ("record", FIRST)):
        one = theirs[f"{student}/{name}"]
        assert one["score"] == pytest.approx(float(ours[student]["points"]), abs=1e-3)
        for exercise in CASE.chapters[name[:2]]:
            if CASE.items[exercise].noted:
                assert one["cells"][f"marked-{exercise}"] == [None, True, False]
                continue
            score, by_hand, _ = one["cells"][f"points-{exercise}"]
            assert score == pytest.approx(float(ours[student][exercise] or 0), abs=1e-4)
            assert by_hand is False
            partly += 0 < score < 1
    assert partly >= 3, "credit for a part arrives"
    assert theirs[f"typed/{FIRST}"]["cells"][f"points-{MISSING}"][0] == 0


def test_nbgrader_shows_what_a_person_must_look_at(course: Course) -> None:
    cells = course.found[f"curly/{FIRST}"]["cells"]
    assert cells["points-number_75"] == [0, False, True]
    assert cells["points-odd_marks"] == [1, False, False], "it was worked out by a line of Python"
    said = feedback(course, "curly", FIRST)
    assert "Curly quotation marks (“ ”) stand in the answer; Python needs straight ones" in said
    assert "A person must look at this answer; the reason stands above." in said
    assert f"what was chosen in its forms is unknown: {MISSING}." in said


def feedback(course: Course, student: str, name: str) -> str:
    page = course.root / "feedback" / student / name / f"{name}.html"
    return " ".join(unescape(page.read_text("utf-8")).split())


def test_the_feedback_of_nbgrader_has_the_reply_and_no_key_of_what_is_open(course: Course) -> None:
    for student, name in (("typed", FIRST), ("clicked", SECOND), ("record", FIRST)):
        said = feedback(course, student, name)
        for exercise in CASE.chapters[name[:2]]:
            key = CASE.compiled[exercise][1]
            shown = " ".join(key["because"].split()) in said
            assert shown == (exercise != MISSING and not CASE.items[exercise].noted), exercise
    text = dict(answers("05"))["fair_paraphrase"]
    assert f"Your answer: {text}" in feedback(course, "clicked", SECOND)
    assert "No answer was handed in." in feedback(course, "record", FIRST)


def test_a_student_sees_that_points_come_later_and_no_mark(course: Course) -> None:
    made = json.loads((course.root / "submitted/typed" / FIRST / f"{FIRST}.ipynb").read_bytes())
    cells = [cell for cell in made["cells"] if "".join(cell["source"]).startswith("points(")]
    assert len(cells) == len(CASE.chapters["01"])
    for cell in cells:
        (output,) = cell["outputs"]
        assert output["data"]["text/plain"] == [
            "The points are counted here after you have handed in. Leave this cell as it is."
        ]
