"""The notebooks of a class as assignments of an nbgrader course: whole, locked and without keys."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from test_release import secrets
from workbook import open_case
from workbook.classroom.assignments import as_given, write_course
from workbook.classroom.release import ReleaseError, release
from workbook.classroom.rules import Rules

CASE = open_case("lyushkov")
ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "exercises").glob("*.ipynb"))


def course(folder: Path, edition: str = "classroom", **rules: Any) -> dict[str, list[Any]]:
    """The cells of every assignment of a course, by the chapter's number."""
    write_course(CASE, NOTEBOOKS, folder, edition, Rules(**rules))
    found = sorted(folder.glob("source/*/*.ipynb"))
    assert [path.parent.name for path in found] == [path.stem for path in NOTEBOOKS]
    return {path.name[:2]: json.loads(path.read_bytes())["cells"] for path in found}


def worth(cells: list[Any]) -> dict[str, float]:
    """What can be earned in an assignment: the points of each cell that has any, by its id."""
    marked = (cell["metadata"].get("nbgrader", {}) for cell in cells)
    return {one["grade_id"]: one["points"] for one in marked if "points" in one}


def test_every_exercise_that_is_marked_has_a_locked_cell_of_one_point(tmp_path: Path) -> None:
    import nbformat

    for chapter, cells in course(tmp_path).items():
        items = {name: CASE.items[name] for name in CASE.chapters[chapter]}
        points = {f"points-{name}": 1 for name, item in items.items() if not item.noted}
        written = {f"marked-{n}": 1 for n, item in items.items() if item.kind == "write"}
        assert worth(cells) == points | written
        ours = [c["metadata"]["nbgrader"] for c in cells if "nbgrader" in c["metadata"]]
        assert all(one["locked"] and one["schema_version"] == 3 for one in ours)
        names = [one["grade_id"] for one in ours]
        assert len(set(names)) == len(names)
        assert all(re.fullmatch(r"[A-Za-z0-9_-]+", name) for name in names)
        assert len({cell["id"] for cell in cells}) == len(cells)
        for before, cell in pairwise(cells):
            if cell["metadata"].get("nbgrader", {}).get("grade"):
                name = cell["metadata"]["nbgrader"]["grade_id"].removeprefix("points-")
                assert before["source"] == [f"ask.{name}.answer(...)"]
                assert cell["source"] == [f"points(ask.{name})"]
        path = next((tmp_path / "source").glob(f"{chapter}-*/*.ipynb"))
        nbformat.validate(nbformat.read(path, 4))


def test_an_assignment_counts_as_the_rules_say(tmp_path: Path) -> None:
    first, *others = CASE.chapters["01"]
    found = course(
        tmp_path,
        weights={"01": 2, first: 0.5, "05": 3},
        excused={"*": [others[0], "02"], "1234": [others[1]]},
    )
    assert worth(found["01"]) == {
        f"points-{name}": 0.5 if name == first else 2.0
        for name in CASE.chapters["01"]
        if name != others[0]
    }
    sources = ["".join(cell["source"]) for cell in found["01"]]
    assert f"points(ask.{first}, 0.5)" in sources
    assert f"points(ask.{others[1]}, 2)" in sources
    assert worth(found["02"]) == {}
    assert ["Your teacher reads this text. It can earn 3 points."] in [
        cell["source"] for cell in found["05"]
    ]


def test_a_class_is_told_of_no_tries_where_there_are_none(tmp_path: Path) -> None:
    for path in NOTEBOOKS:
        told = json.dumps(as_given(path, "classroom"))
        assert not re.search(r"\btries\b|for hints", told), path.name
        assert as_given(path, "self-study") == json.loads(path.read_bytes())
    cells = course(tmp_path / "self-study", "self-study")["01"]
    assert any(cell["source"] == ['points(ask.odd_marks, policy="best")'] for cell in cells)


def test_no_assignment_holds_an_answer(tmp_path: Path) -> None:
    course(tmp_path)
    hidden = secrets()
    for path in tmp_path.rglob("*"):
        if path.is_file():
            text = " ".join(path.read_text("utf-8").split())
            for secret in hidden:
                piece = " ".join(secret.split())
                assert piece not in text, f"{path.name} holds “{piece[:80]}”"
                assert json.dumps(piece, ensure_ascii=False)[1:-1] not in text, path.name


def test_rules_that_cannot_be_followed_make_no_release(tmp_path: Path) -> None:
    rules = tmp_path / "grading.toml"
    rules.write_text("[weights]\nnobody = 2\n", "utf-8")
    with pytest.raises(ReleaseError, match=r"grading\.toml: there is no exercise or chapter “nob"):
        release(CASE, tmp_path / "out", source=ROOT, nbgrader=True, config=rules)
    with pytest.raises(ReleaseError, match="Only an nbgrader course has points in it"):
        release(CASE, tmp_path / "out", source=ROOT, config=rules)
    assert not (tmp_path / "out").exists()
