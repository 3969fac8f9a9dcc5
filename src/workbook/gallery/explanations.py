"""Explanations against findings, as a learner, the workbook or a page of it filled them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..case import Case
from ..edition import did_you_mean
from ..figures import Cell, Picture
from ..figures import matrix as draw_matrix
from ..kinds.matrix import MatrixExercise
from ..kinds.weighing import deciding, sorting

__all__ = ["matrix"]

_SORTS = {
    "apart": "tells them apart",
    "leans": "leans a little",
    "flat": "says the same of all",
}


def matrix(case: Case, answer: Mapping[str, Any] | None = None, *, name: str = "") -> Picture:
    """Explanations in rows, findings in columns.

    ``name`` is an exercise of the kind *matrix*, or a ``[[matrix]]`` of ``gallery.toml``; without
    it, the exercise with the most cells. ``answer`` is a learner's, as the exercise takes it;
    without it, the workbook's reading of the exercise, where a cell may defend several values and
    the first is shown.
    """
    if name in case.arranged.matrices:
        if answer is not None:
            raise ValueError(f"the matrix `{name}` is laid out in gallery.toml; it takes no answer")
        made = case.arranged.matrices[name]
        cells = [
            [Cell(value, why) for value, why in zip(row.cells, row.why or ("",) * 99, strict=False)]
            for row in made.row
        ]
        return draw_matrix([row.label for row in made.row], made.findings, cells)
    item = _item(case, name)
    rows = {one.id: one.label for one in item.hypotheses}
    columns = {one.id: one.label for one in item.evidence}
    said = _answered(item, answer) if answer is not None else _read(item)
    whole = all(said[row][column] for row in rows for column in columns)
    ringed = set(deciding(said)) if whole else set()
    cells = [
        [Cell(said[row][column], decides=(row, column) in ringed) for column in columns]
        for row in rows
    ]
    sorts: Sequence[str] = [_SORTS[sorting(said, column)] for column in columns] if whole else ()
    return draw_matrix(list(rows.values()), list(columns.values()), cells, sorts)


def _item(case: Case, name: str) -> MatrixExercise:
    known = {one.id: one for one in case.items.values() if isinstance(one, MatrixExercise)}
    if not known:
        raise ValueError("this case has no exercise of the kind `matrix` that could be shown")
    if name and name not in known:
        near = did_you_mean(name, [*known, *case.arranged.matrices])
        raise ValueError(f"this case has no matrix `{name}`{near}")
    most = max(known, key=lambda one: len(known[one].hypotheses) * len(known[one].evidence))
    return known[name or most]


def _read(item: MatrixExercise) -> dict[str, dict[str, str]]:
    read: dict[str, dict[str, str]] = {one.id: {} for one in item.hypotheses}
    for cell in item.reading:
        read[cell.hypothesis][cell.evidence] = cell.values[0]
    return read


def _answered(item: MatrixExercise, answer: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The cells of an answer; one that is not filled in is an empty text."""
    given = answer.get("cells", {})
    rows, columns = [one.id for one in item.hypotheses], [one.id for one in item.evidence]
    for row in given:
        if row not in rows:
            raise ValueError(f"`{item.id}` has no explanation `{row}`{did_you_mean(row, rows)}")
        for column in given[row]:
            if column not in columns:
                near = did_you_mean(column, columns)
                raise ValueError(f"`{item.id}` has no finding `{column}`{near}")
    return {row: {one: given.get(row, {}).get(one, "") for one in columns} for row in rows}
