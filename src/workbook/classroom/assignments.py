"""The learners' notebooks as a class gets them, and as assignments of an nbgrader course.

An answer cell stays an ordinary cell. ``nbgrader generate_assignment`` would put a line of its own
in the place of every cell that is marked as a solution and has none in it, and ours are blank
already. What counts is the locked cell after it, which asks for the points of that one exercise.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..case import Case
from .gradebook import number
from .literal import typed_answers
from .rules import Rules

__all__ = ["COURSE", "as_given", "write_course"]

COURSE = "nbgrader"
"""The folder of a release in which the course stands."""

_CONFIG = """\
# The course folder of nbgrader. Run its commands here; what they are is in the teacher's guide.
c = get_config()
c.CourseDirectory.course_id = "who-says-so"
"""

_TRIES = (
    "You have three tries for each question; the first is worth most. "
    "After the first try you can ask the form for hints."
)
_NO_TRIES = "Change an answer as often as you like: the last one counts."

_POINTS = "from workbook.classroom.points import points"


def as_given(path: Path, edition: str) -> dict[str, Any]:
    """A learner's notebook as this edition has it: where no verdicts are given, no tries are."""
    made: dict[str, Any] = json.loads(path.read_bytes())
    if edition == "classroom":
        for cell in made["cells"]:
            if cell["cell_type"] == "markdown":
                source = "".join(cell["source"]).replace(_TRIES, _NO_TRIES)
                cell["source"] = source.splitlines(keepends=True)
    return made


def write_course(
    case: Case, notebooks: list[Path], out: Path, edition: str, rules: Rules | None = None
) -> None:
    """Write a course folder with each notebook as an assignment of its own, named as it is."""
    worth = _worth(case, rules or Rules())
    for path in notebooks:
        folder = out / "source" / path.stem
        folder.mkdir(parents=True)
        made = _assignment(as_given(path, edition), case, edition, worth)
        text = json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (folder / path.name).write_text(text, "utf-8", newline="\n")
    (out / "nbgrader_config.py").write_text(_CONFIG, "utf-8", newline="\n")


def _worth(case: Case, rules: Rules) -> Callable[[str], float]:
    """What an exercise counts for everybody, as the rules say; 0 for what is never marked."""
    chapter_of = {name: chapter for chapter, names in case.chapters.items() for name in names}
    excused = set(rules.excused.get("*", ()))

    def worth(name: str) -> float:
        item, chapter = case.items[name], chapter_of[name]
        if excused & {name, chapter} or (item.noted and item.kind != "write"):
            return 0
        return rules.weights.get(name, rules.weights.get(chapter, 1))

    return worth


def _assignment(
    notebook: dict[str, Any], case: Case, edition: str, worth: Callable[[str], float]
) -> dict[str, Any]:
    cells: list[dict[str, Any]] = []
    for cell in notebook["cells"]:
        cells.append(cell)
        if cell["cell_type"] != "code":
            continue
        names = [typed.exercise for typed in typed_answers("".join(cell["source"]))]
        if not names:
            _lock(cell, cell["id"])
        else:
            cell["metadata"]["deletable"] = False
        for name in names:
            if out_of := worth(name):
                cells += _points(case, name, out_of, edition)
    first = next(cell for cell in cells if cell["cell_type"] == "code")
    first["source"] = [first["source"][0], _POINTS + "\n", *first["source"][1:]]
    return {**notebook, "cells": cells}


def _points(case: Case, name: str, out_of: float, edition: str) -> list[dict[str, Any]]:
    """The cells after an answer: one that finds the points, and where only a person can tell, one
    that asks for them.
    """
    said = [f"ask.{name}"]
    written = case.items[name].kind == "write"
    if out_of != 1 and not written:
        said.append(number(out_of))
    if edition != "classroom":
        said.append('policy="best"')
    cell: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "id": f"points-{name.replace('_', '-')}"[:64],
        "metadata": {},
        "outputs": [],
        "source": [f"points({', '.join(said)})"],
    }
    if not written:
        _lock(cell, f"points-{name}", grade=True, points=out_of)
        return [cell]
    _lock(cell, f"shown-{name}")
    point = "1 point" if out_of == 1 else f"{number(out_of)} points"
    asks: dict[str, Any] = {
        "cell_type": "markdown",
        "id": f"marked-{name.replace('_', '-')}"[:64],
        "metadata": {},
        "source": [f"Your teacher reads this text. It can earn {point}."],
    }
    _lock(asks, f"marked-{name}", task=True, points=out_of)
    return [cell, asks]


def _lock(cell: dict[str, Any], grade_id: str, **said: Any) -> None:
    """Mark a cell as nbgrader's, which puts it back as it was before it grades."""
    cell["metadata"]["nbgrader"] = {
        "cell_type": cell["cell_type"],
        "grade": False,
        "grade_id": grade_id,
        "locked": True,
        "schema_version": 3,
        "solution": False,
        "task": False,
        **said,
    }
