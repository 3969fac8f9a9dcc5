"""The rooms of the house: imports run in one direction, and looking in costs little."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import workbook

ROOT = Path(workbook.__file__).parent
ORDER = [
    "edition",
    "attribution",
    "layout",
    "feedback",
    "scoring",
    "evidence",
    "quotations",
    "crediting",
    "kinds",
    "misconceptions",
    "judging",
    "telling",
    "exercise",
    "faults",
    "coverage",
    "shape",
    "reading",
    "facts",
    "claims",
    "declared",
    "knowledge",
    "loading",
    "arranged",
    "objectives",
    "case",
    "kernel",
    "record",
    "spacing",
    "sums",
    "growth",
    "progress",
    "classmates",
    "agreement",
    "figures",
    "gallery",
    "forms",
    "misprints",
    "printed",
    "ask",
    "theme",
    "book",
    "classroom",
    "explorers",
    "cli",
]


def _imports(tree: ast.AST, depth: int) -> set[str]:
    """The rooms a module imports at its top or in its functions, but for type checking only."""
    found = set()
    guarded = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in guarded or not isinstance(node, ast.ImportFrom):
            continue
        if node.level == depth:
            found |= {node.module.split(".")[0]} if node.module else {a.name for a in node.names}
        elif node.level == 0 and node.module and node.module.startswith("workbook."):
            found.add(node.module.split(".")[1])
    return found


@pytest.mark.parametrize(
    "room", [room for room in ORDER if (ROOT / room).exists() or (ROOT / f"{room}.py").exists()]
)
def test_a_room_imports_only_from_rooms_above_it(room: str) -> None:
    single = ROOT / f"{room}.py"
    modules = [single] if single.exists() else sorted((ROOT / room).glob("**/*.py"))
    allowed = set(ORDER[: ORDER.index(room)])
    if room == "case":
        allowed.add("ask")  # the door; case.py says why
    for module in modules:
        depth = 1 if module == single else 2
        wrong = _imports(ast.parse(module.read_text("utf-8")), depth) & set(ORDER) - allowed
        assert wrong - {room} == set(), f"{module.name} imports {wrong}"


def test_every_room_is_in_the_plan() -> None:
    rooms = {p.stem for p in ROOT.glob("*.py")} | {
        p.parent.name for p in ROOT.glob("*/__init__.py")
    }
    assert rooms - {"__init__"} <= set(ORDER)


def test_checking_an_answer_imports_neither_widgets_nor_matplotlib() -> None:
    code = (
        "import sys; from workbook import lyushkov as case; "
        "case.exercises.who_remembers.answer(['gerdowning']); "
        "print([m for m in ('matplotlib', 'ipywidgets', 'anywidget', 'IPython', 'nbformat', "
        "'numpy') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={"WORKBOOK_RECORD": "off", "PYTHONPATH": str(ROOT.parent)},
    )
    assert done.stdout.strip() == "[]"


def test_no_room_names_a_case() -> None:
    for module in ROOT.glob("**/*.py"):
        tree = ast.parse(module.read_text("utf-8"))
        documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        for node in ast.walk(tree):
            if isinstance(node, documented) and ast.get_docstring(node) is not None:
                node.body = node.body[1:]
        for name in workbook.case.built_in_cases():
            assert name not in ast.unparse(tree), f"{module.name} names {name}"
