"""Worked notebooks to learners' notebooks: the answers go, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbook import built_in_cases, open_case
from workbook.classroom.blanks import make_exercises
from workbook.classroom.literal import typed_answers

CASE = built_in_cases()[0]
FIRST, SECOND = list(open_case(CASE).items)[:2]


def cell(source: str, name: str, kind: str = "code", *tags: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "cell_type": kind,
        "id": name,
        "metadata": {"tags": list(tags), "collapsed": True} if tags else {"collapsed": True},
        "source": source.splitlines(keepends=True),
    }
    if kind == "code":
        output = {"name": "stdout", "output_type": "stream", "text": ["the answer\n"]}
        made |= {"execution_count": 3, "outputs": [output]}
    return made


START = cell(f"from workbook import {CASE} as case\n\nask = case.exercises", "start")
END = cell("ask.hand_in()", "end")


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "solutions").mkdir()
    return tmp_path / "solutions", tmp_path / "exercises"


def put(folder: Path, *cells: dict[str, Any], name: str = "01.ipynb") -> None:
    language = {"name": "python", "version": "3.99.1"}
    metadata = {"language_info": language, "widgets": {}, "kernelspec": {"name": "mine"}}
    made = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps(made), "utf-8")


def made(folders: tuple[Path, Path], *cells: dict[str, Any]) -> dict[str, str]:
    """The learners' cells, by id, made from these between a good start and a good end."""
    put(folders[0], START, *cells, END)
    problems, _ = make_exercises(*folders, write=True)
    assert problems == []
    notebook = json.loads((folders[1] / "01.ipynb").read_text("utf-8"))
    return {one["id"]: "".join(one["source"]) for one in notebook["cells"]}


def said(folders: tuple[Path, Path], *cells: dict[str, Any]) -> list[str]:
    """The problems of a notebook of these cells, without the path before each."""
    put(folders[0], *cells)
    problems, changed = make_exercises(*folders, write=True)
    path = folders[0] / "01.ipynb"
    assert changed == []
    assert not (folders[1] / "01.ipynb").exists()
    assert all(problem.startswith(f"{path}: ") for problem in problems)
    return [problem.removeprefix(f"{path}: ") for problem in problems]


@pytest.mark.parametrize(
    ("worked", "blank"),
    [
        (f'ask.{FIRST}.answer("x")', f"ask.{FIRST}.answer(...)"),
        (f'é = ask.{FIRST}.answer("é") ; "é"  # é', f'é = ask.{FIRST}.answer(...) ; "é"  # é'),
        (f'ask.{FIRST}.answer(\n    ["x", "y"],  # no\n)\n\n', f"ask.{FIRST}.answer(...)\n\n"),
        (
            f'ask.{FIRST}.answer(["x"]); ask.{SECOND}.answer(\n"é")',
            f"ask.{FIRST}.answer(...); ask.{SECOND}.answer(...)",
        ),
        (f'ask.{FIRST}.answer(f(ask.{SECOND}.answer("b")))', f"ask.{FIRST}.answer(...)"),
        (f'ask.{FIRST} \\\n .answer (("a"))', f"ask.{FIRST} \\\n .answer (...)"),
        (
            f"if True:\n\task.{FIRST}.answer(value='''a\nb''')\n",
            f"if True:\n\task.{FIRST}.answer(...)\n",
        ),
        ("# ask.nobody.answer(1)\n'ask.nobody.answer(1)'", None),
        ("x = 1\f\n# odd\u2028 line ends", None),
    ],
)
def test_only_what_stands_between_the_brackets_changes(
    folders: tuple[Path, Path], worked: str, blank: str | None
) -> None:
    assert made(folders, cell(worked, "one"))["one"] == (worked if blank is None else blank)


WORDS = st.lists(st.text(st.characters(exclude_characters="\r\0", codec="utf-8")), min_size=2)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WORDS, WORDS)
def test_whatever_the_answer_and_the_rest_of_the_cell(
    folders: tuple[Path, Path], answer: list[str], other: list[str]
) -> None:
    before, after = f"é = {other!r}; ask.{FIRST}.answer(", f"); u = {other!r}"
    cells = made(folders, cell(f"{before}{answer!r}{after}", "one")) if answer != other else {}
    assert answer == other or cells["one"] == f"{before}...{after}"


def test_hidden_cells_outputs_and_traces_of_the_run_are_gone(folders: tuple[Path, Path]) -> None:
    hidden = cell("Because the book says so.", "why", "markdown", "solution-only")
    question = cell("## Who?", "q", "markdown", "big")
    put(folders[0], START, question, cell(f'ask.{FIRST}.answer("x")', "one"), hidden, END)
    problems, changed = make_exercises(*folders, write=True)
    assert (problems, changed) == ([], [folders[1] / "01.ipynb"])
    text = (folders[1] / "01.ipynb").read_text("utf-8")
    assert not re.search(r"the answer|Because|3\.99|mine|widgets|collapsed", text)
    notebook = json.loads(text)
    assert notebook["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert [one["id"] for one in notebook["cells"]] == ["start", "q", "one", "end"]
    assert [one["metadata"] for one in notebook["cells"]] == [{}, {"tags": ["big"]}, {}, {}]
    assert {one.get("execution_count") for one in notebook["cells"]} == {None}
    nbformat.validate(nbformat.reads(text, as_version=4))
    # the same bytes as nbformat writes, so that saving in Jupyter changes nothing
    assert nbformat.writes(nbformat.reads(text, as_version=4)) + "\n" == text


def test_making_twice_changes_nothing_and_comparing_writes_nothing(
    folders: tuple[Path, Path],
) -> None:
    put(folders[0], START, cell(f'ask.{FIRST}.answer("x")', "one"), END, name="deep/01.ipynb")
    target = folders[1] / "deep" / "01.ipynb"
    assert make_exercises(*folders, write=False) == ([], [target])
    assert not folders[1].exists()
    assert make_exercises(*folders, write=True) == ([], [target])
    assert make_exercises(*folders, write=True) == ([], [])
    target.write_text(target.read_text("utf-8").replace("...", '"x"'), "utf-8")
    assert make_exercises(*folders, write=False) == ([], [target])


def test_every_problem_is_said_in_a_sentence(folders: tuple[Path, Path]) -> None:
    near = FIRST[:-1] + "_"
    assert said(
        folders,
        START,
        cell("%matplotlib inline", "magic"),
        cell(f'ask.{near}.answer("x")', "typo"),
        cell('ask.qqqqqq.answer("x")', "strange"),
        cell(f"ask.{FIRST}.answer(...)", "blank"),
        cell(f"ask.{FIRST}.answer()", "bare"),
        cell('answers[0].answer("x")', "nameless"),
        cell(f'ask.{FIRST}.answer(["x", "y"])', "one"),
        cell('The answer is `["x", "y"]`.', "leak", "markdown"),
        cell("Again.", "leak", "markdown"),
    ) == [
        "the cell “%matplotlib inline” is not plain Python (line 1: invalid syntax).",
        f"there is no exercise “{near}” in {CASE}; did you mean “{FIRST}”?",
        f"there is no exercise “qqqqqq” in {CASE}.",
        f"the answer to {FIRST} is blank already; a worked notebook holds the answer.",
        f"the answer to {FIRST} is blank already; a worked notebook holds the answer.",
        "“answers[0].answer('x')” does not name its exercise; write ask.NAME.answer(…).",
        "its last code cell must call ask.hand_in().",
        f"the answer to {FIRST} stands in the cell leak too; tag that cell solution-only.",
        "the cell id leak stands twice; ids must differ.",
    ]


def test_a_notebook_says_which_case_it_is_about(folders: tuple[Path, Path]) -> None:
    assert said(folders, END) == ["must say once which case it is about: from workbook import NAME"]


def test_a_case_that_is_not_there(folders: tuple[Path, Path]) -> None:
    (problem,) = said(folders, cell("from workbook import nowhere_at_all", "start"), END)
    assert problem.startswith("its case cannot be opened: nowhere_at_all: 1 problem\n")


def test_what_is_no_notebook_and_what_makes_no_valid_one(folders: tuple[Path, Path]) -> None:
    bad = cell("x", "bad id!", "markdown")
    assert said(folders, START, bad, END)[0].startswith(
        "what would be made from it is not a valid notebook: 'bad id!' does not match"
    )
    (folders[0] / "01.ipynb").write_text("{}", "utf-8")
    assert make_exercises(*folders, write=True)[0] == [
        f"{folders[0] / '01.ipynb'}: is not a notebook we can read ('cells')."
    ]


def test_orphans_and_empty_folders_are_reported(folders: tuple[Path, Path]) -> None:
    put(folders[1], START, END, name="old.ipynb")
    put(folders[1], START, END, name=".ipynb_checkpoints/old.ipynb")
    assert make_exercises(*folders, write=True) == (
        [
            f"{folders[0]}: there is no notebook here to make exercises from.",
            f"{folders[1] / 'old.ipynb'}: it has no worked notebook {folders[0] / 'old.ipynb'}; "
            "remove it or add that one.",
        ],
        [],
    )


def test_the_exercises_are_what_the_worked_notebooks_make() -> None:
    root = Path(__file__).parents[1]
    assert make_exercises(root / "solutions", root / "exercises", write=False) == ([], [])


def test_the_reader_of_hand_ins_finds_the_blanks_that_are_made(folders: tuple[Path, Path]) -> None:
    source = f'ask.{FIRST}.answer("x")\ny = ask.{SECOND}.answer(\n["x", "y"]\n)'
    blanks = typed_answers(made(folders, cell(source, "one"))["one"])
    assert [(typed.exercise, typed.value) for typed in blanks] == [(FIRST, ...), (SECOND, ...)]
