"""``solutions/`` to ``exercises/``: the learners' notebooks are the worked ones with blanks.

The worked notebooks are ours, so Python's own parser reads them here; hand-ins never come this way.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..case import Case, CaseError, open_case
from ..edition import did_you_mean

__all__ = ["make_exercises"]

_HIDDEN_TAG = "solution-only"

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
"""The same for every notebook and every machine: a version number in it would change each year."""


def make_exercises(solutions: Path, out: Path, write: bool) -> tuple[list[str], list[Path]]:
    """Make a learner's notebook in ``out`` from each worked one in ``solutions``.

    Returns every problem in a sentence of its own, and the paths in ``out`` that changed, or with
    ``write=False`` would change. A notebook with a problem is not written.
    """
    problems: list[str] = []
    changed: list[Path] = []
    sources = _notebooks(solutions)
    if not sources:
        problems.append(f"{solutions}: there is no notebook here to make exercises from.")
    for name in sources:
        made = _Making(solutions / name)
        problems += [f"{solutions / name}: {said}" for said in made.problems]
        target = out / name
        if made.problems or (target.is_file() and target.read_bytes() == made.data):
            continue
        changed.append(target)
        if write:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(made.data)
    problems += [
        f"{out / name}: it has no worked notebook {solutions / name}; remove it or add that one."
        for name in _notebooks(out)
        if name not in sources
    ]
    return problems, changed


def _notebooks(folder: Path) -> list[Path]:
    """The notebooks under a folder, relative to it; what editors hide there is none of them."""
    found = (path.relative_to(folder) for path in folder.rglob("*.ipynb"))
    return sorted(path for path in found if not any(part.startswith(".") for part in path.parts))


class _Making:
    """The making of one learner's notebook: its bytes, and what is wrong with its source."""

    def __init__(self, path: Path) -> None:
        self.problems: list[str] = []
        self.data = b""
        self._removed: list[tuple[str, str]] = []
        try:
            raw = json.loads(path.read_bytes())
            worked = [cell for cell in raw["cells"] if not _is_hidden(cell)]
            sources = [_joined(cell["source"]) for cell in worked]
            kinds = [cell["cell_type"] for cell in worked]
        except (OSError, ValueError, KeyError, TypeError) as error:
            self.problems.append(f"is not a notebook we can read ({error}).")
            return
        trees = self._parsed(sources, kinds)
        case = self._case(trees.values())
        cells = []
        for number, (cell, source) in enumerate(zip(worked, sources, strict=True)):
            if number in trees:
                source = self._blanked(source, trees[number], case)
            cells.append(_cleaned(cell, source))
        self._check_end(trees, kinds)
        self._check_leaks(cells)
        notebook = {"cells": cells, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}
        if self._ids_differ(cells):
            self._check_format(notebook)
        text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
        self.data = (text + "\n").encode("utf-8")

    def _parsed(self, sources: list[str], kinds: list[str]) -> dict[int, ast.Module]:
        trees = {}
        for number, (source, kind) in enumerate(zip(sources, kinds, strict=True)):
            if kind != "code":
                continue
            try:
                trees[number] = ast.parse(source)
            except SyntaxError as error:
                first = source.strip().split("\n", 1)[0]
                self.problems.append(
                    f"the cell “{first}” is not plain Python (line {error.lineno}: {error.msg})."
                )
        return trees

    def _case(self, trees: Any) -> Case | None:
        """The case that the notebook imports."""
        names = [
            alias.name
            for tree in trees
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "workbook"
            for alias in node.names
        ]
        if len(names) != 1:
            self.problems.append("must say once which case it is about: from workbook import NAME")
            return None
        try:
            return open_case(names[0])
        except CaseError as error:
            self.problems.append(f"its case cannot be opened: {error}")
            return None

    def _blanked(self, source: str, tree: ast.Module, case: Case | None) -> str:
        """``source`` with all that stands between the brackets of each ``.answer()`` made ``...``.

        All of it, comments too: a comment on an answer gives the answer away.
        """
        data = source.encode("utf-8")
        starts = [0]
        for line in data.split(b"\n"):
            starts.append(starts[-1] + len(line) + 1)
        cuts: list[tuple[int, int]] = []
        for call in _answer_calls(tree):
            self._check_call(call, case)
            head = starts[(call.func.end_lineno or 1) - 1] + (call.func.end_col_offset or 0)
            end = starts[(call.end_lineno or 1) - 1] + (call.end_col_offset or 0)
            if cuts and head < cuts[-1][1]:
                continue  # it stands in an answer that is cut already
            cuts.append((data.index(b"(", head) + 1, end - 1))
            inside = data[slice(*cuts[-1])].decode("utf-8").strip()
            if len(call.args) == 1 and isinstance(call.args[0], ast.List | ast.Dict | ast.Tuple):
                self._removed.append((_exercise(call), inside))
        for start, end in reversed(cuts):
            data = data[:start] + b"..." + data[end:]
        return data.decode("utf-8")

    def _check_call(self, call: ast.Call, case: Case | None) -> None:
        name = _exercise(call)
        if not name:
            self.problems.append(
                f"“{ast.unparse(call)}” does not name its exercise; write ask.NAME.answer(…)."
            )
        elif case and name not in case.items:
            near = did_you_mean(name, case.items) or "."
            self.problems.append(f"there is no exercise “{name}” in {case.id}{near}")
        values = [*call.args, *(keyword.value for keyword in call.keywords)]
        if all(isinstance(v, ast.Constant) and v.value is ... for v in values):
            self.problems.append(
                f"the answer to {name} is blank already; a worked notebook holds the answer."
            )

    def _check_end(self, trees: dict[int, ast.Module], kinds: list[str]) -> None:
        last = max((n for n, kind in enumerate(kinds) if kind == "code"), default=None)
        if last is None or last not in trees:
            ends = last is not None  # a cell that is not Python has its own problem
        else:
            ends = any(
                isinstance(node, ast.Call) and _attribute(node.func) == "hand_in"
                for node in ast.walk(trees[last])
            )
        if not ends:
            self.problems.append("its last code cell must call ask.hand_in().")

    def _check_leaks(self, cells: list[dict[str, Any]]) -> None:
        for cell in cells:
            source = _joined(cell["source"])
            for name, removed in self._removed:
                if removed in source:
                    self.problems.append(
                        f"the answer to {name} stands in the cell {cell['id']} too; tag that cell "
                        f"{_HIDDEN_TAG}."
                    )

    def _ids_differ(self, cells: list[dict[str, Any]]) -> bool:
        ids = [cell["id"] for cell in cells]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        self.problems += [f"the cell id {name} stands twice; ids must differ." for name in twice]
        return not twice

    def _check_format(self, notebook: dict[str, Any]) -> None:
        import nbformat  # heavy, and needed by nobody who grades

        try:
            nbformat.validate(notebook)
        except nbformat.ValidationError as error:
            said = str(error).split("\n", 1)[0]
            self.problems.append(f"what would be made from it is not a valid notebook: {said}")


def _is_hidden(cell: dict[str, Any]) -> bool:
    return _HIDDEN_TAG in cell["metadata"].get("tags", [])


def _joined(source: Any) -> str:
    return source if isinstance(source, str) else "".join(source)


def _cleaned(cell: dict[str, Any], source: str) -> dict[str, Any]:
    """A cell with nothing of the run it comes from."""
    made = {
        # Older notebooks have no ids; one made from the words stays as long as the words do.
        "id": cell.get("id") or hashlib.sha256(source.encode("utf-8")).hexdigest()[:8],
        "cell_type": cell["cell_type"],
        "metadata": {"tags": tags} if (tags := cell["metadata"].get("tags")) else {},
        "source": source.splitlines(keepends=True),
    }
    if cell["cell_type"] == "code":
        made |= {"execution_count": None, "outputs": []}
    elif "attachments" in cell:
        made["attachments"] = cell["attachments"]
    return made


def _answer_calls(tree: ast.Module) -> Iterator[ast.Call]:
    """Every call of a method ``answer``, in the order of the source."""
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _attribute(node.func) == "answer"
    ]
    yield from sorted(calls, key=lambda call: (call.lineno, call.col_offset))


def _attribute(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else ""


def _exercise(call: ast.Call) -> str:
    """The exercise's name in ``ask.NAME.answer``; "" where it does not stand there."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    return owner.attr if isinstance(owner, ast.Attribute) else ""
