"""Measure other graders on the work that ours does: `python tools/bench_others.py`.

A small class hands in notebooks with the same ten answers each; `nbgrader autograde` and otter's
`grade_submission` grade them, each in an environment of its own. Both run what is handed in, and
ours does not: so the comparison is of what a teacher waits for, and not of programs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat.v4 as notebooks

from elsewhere import ROOT, environment
from workbook import lyushkov

STUDENTS = 8
ASSIGNMENT = "ten"
KEYS: dict[str, Any] = {
    f"answer_{number}": lyushkov.items[name].answer
    for number, name in enumerate(
        [name for name, item in lyushkov.items.items() if item.kind == "choice"][:10], 1
    )
}
_OTTER = """
import sys, time
from otter.api import grade_submission
started = time.perf_counter()
scores = [grade_submission(path, sys.argv[1], quiet=True).total for path in sys.argv[2:]]
print(time.perf_counter() - started, *scores)
"""


def answers(student: int) -> dict[str, Any]:
    """What a student answers: a little more of it is right with each."""
    return {name: key if at <= student + 2 else "?" for at, (name, key) in enumerate(KEYS.items())}


def right(student: int) -> int:
    """How many of a student's answers are right."""
    return sum(given == KEYS[name] for name, given in answers(student).items())


def notebook(given: dict[str, Any], marked: bool) -> Any:
    """A notebook with these answers; ``marked`` with nbgrader's cells of points."""
    cells = []
    for name, answer in given.items():
        cells.append(notebooks.new_code_cell(f"{name} = {answer!r}"))
        if marked:
            cells[-1].metadata["nbgrader"] = _meta(name, solution=True)
            check = f"assert {name} == {KEYS[name]!r}"
            meta = {**_meta(f"test_{name}", grade=True), "points": 1}
            cells.append(notebooks.new_code_cell(check, metadata={"nbgrader": meta}))
    made = notebooks.new_notebook(cells=cells)
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    return made


def _meta(name: str, grade: bool = False, solution: bool = False) -> dict[str, Any]:
    known = {"schema_version": 3, "task": False, "grade_id": name}
    return {**known, "grade": grade, "solution": solution, "locked": grade}


def _write(path: Path, made: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(made), "utf-8")
    return path


def _here(folder: Path) -> dict[str, str]:
    """An environment in which Jupyter's programs keep all that is theirs in a folder."""
    kept = {f"JUPYTER_{name}_DIR": str(folder / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    out = ("PYTHONPATH", "VIRTUAL_ENV")
    known = {name: value for name, value in os.environ.items() if name not in out}
    return {**known, **kept, "IPYTHONDIR": str(folder / "ipython")}


def nbgrader(folder: Path) -> float:
    """The seconds that `nbgrader autograde` takes for the class."""
    python = environment("nbgrader", ROOT / "tests/constraints-nbgrader.txt")
    env = _here(folder)
    env["PATH"] = os.pathsep.join([str(python.parent), env["PATH"]])

    def run(*said: str) -> None:
        command = [str(python), "-W", "ignore", "-m", "nbgrader", *said]
        subprocess.run(command, cwd=folder, env=env, check=True, capture_output=True, text=True)

    _write(folder / f"source/{ASSIGNMENT}/{ASSIGNMENT}.ipynb", notebook(KEYS, True))
    run("generate_assignment", ASSIGNMENT)
    for student in range(STUDENTS):
        path = folder / f"submitted/s{student}/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"
        _write(path, notebook(answers(student), True))
    started = time.perf_counter()
    run("autograde", ASSIGNMENT)
    taken = time.perf_counter() - started
    asked = (
        "from nbgrader.api import Gradebook; g = Gradebook('sqlite:///gradebook.db'); "
        f"print([g.find_submission({ASSIGNMENT!r}, f's{{n}}').score for n in range({STUDENTS})])"
    )
    found = subprocess.run(
        [str(python), "-W", "ignore", "-c", asked],
        cwd=folder, env=env, check=True, capture_output=True, text=True,
    )  # fmt: skip
    _same(json.loads(found.stdout))
    return taken


def otter(folder: Path) -> float:
    """The seconds that otter's `grade_submission` takes for the class, one after the other."""
    python = environment("otter", ROOT / "tools/constraints-otter.txt")
    for name, key in KEYS.items():
        case = {"code": f">>> {name} == {key!r}\nTrue", "hidden": False, "locked": False}
        suite = {"cases": [case], "scored": True, "setup": "", "teardown": "", "type": "doctest"}
        test = {"name": name, "points": 1, "suites": [suite]}
        path = folder / "tests" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"OK_FORMAT = True\ntest = {test!r}\n", "utf-8")
    paths = [
        str(_write(folder / f"s{student}.ipynb", notebook(answers(student), False)))
        for student in range(STUDENTS)
    ]
    env = _here(folder)
    env["PATH"] = os.pathsep.join([str(python.parent), env["PATH"]])

    def run(*said: str) -> str:
        done = subprocess.run(
            [str(python), "-W", "ignore", *said],
            cwd=folder, env=env, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout

    run("-m", "otter", "generate", "-t", "tests", "-o", "autograder.zip")
    taken, *scores = map(float, run("-c", _OTTER, "autograder.zip", *paths).split())
    _same(scores)
    return taken


def _same(scores: list[float]) -> None:
    """A grader that finds other points has not done the work that it is timed for."""
    wanted = [float(right(student)) for student in range(STUDENTS)]
    if scores != wanted:
        raise ValueError(f"it finds {scores}, and {wanted} are right")


def measured(grade: Callable[[Path], float]) -> float | str:
    """Seconds for a hand-in, or why there are none."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            return grade(Path(folder)) / STUDENTS
        except subprocess.CalledProcessError as error:
            return (error.stderr or str(error)).strip().split("\n")[-1][:200]
        except ValueError as error:
            return str(error)


def main(ours: float) -> None:
    """Print a line for each; ``ours`` are our seconds for a hand-in."""
    print(f"{'grader':>24}{'hand-ins/s':>14}{'ours is faster by':>20}", flush=True)
    print(f"{'workbook grade':>24}{1 / ours:>14,.0f}{'':>20}", flush=True)
    for name, grade in (("nbgrader autograde", nbgrader), ("otter grade_submission", otter)):
        found = measured(grade)
        if isinstance(found, str):
            print(f"{name:>24}   not measured: {found}", flush=True)
        else:
            print(f"{name:>24}{1 / found:>14.2f}{found / ours:>19,.0f}×", flush=True)


if __name__ == "__main__":
    main(1 / float(sys.argv[1]) if len(sys.argv) > 1 else 1 / 2500)
