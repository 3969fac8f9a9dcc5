"""What a class answered: pick an exercise, and see the spread and the misconceptions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..case import Case
from ..classroom.grade import grade
from ..classroom.label import LABEL
from ..classroom.simulate import simulate
from ..classroom.tally import Item, Tally, tally
from ..evidence import LEVELS, rubric
from ..figures import Picture, counts
from ..misconceptions import MISCONCEPTIONS
from .frame import Explorer

__all__ = ["STUDENTS", "answers"]

STUDENTS = 40
"""How many a simulated class has."""

_KEPT = ".grading"


def answers(case: Case, report: Path | None = None) -> Explorer:
    """Pick an exercise: how many had it right at once, and which mistake or mark how many gave.

    ``report`` is the folder that ``workbook grade`` wrote. Without one a class of ``STUDENTS`` is
    simulated, and every picture says so. Needs DuckDB; raises ``ValueError`` where nobody answered.
    """
    note = ""
    if report is None:
        note = LABEL
        with TemporaryDirectory() as folder:
            simulate(case, STUDENTS, Path(folder, "in"), seed=8)
            grade(case, Path(folder, "in"), Path(folder, "out"))
            found = _counted(case, Path(folder, "out"))
    else:
        found = _counted(case, report)
    marked = {item.name: item for item in found.items if item.answered and item.first is not None}
    rated = list(dict.fromkeys(spread.item for spread in found.spreads))
    names = [name for name in case.items if name in marked or name in rated]
    if not names:
        raise ValueError("nobody in this class has answered anything; grade its hand-ins first")

    def look(item: str) -> tuple[list[str], Picture]:
        title = case.items[item].title
        if item in marked:
            rows = _mistakes(marked[item])
            return _told(title, rows, marked[item].answered, note), counts(title, rows, note)
        rows = _levels(found, item)
        return _told(title, rows, 0, note), counts(title, rows, note)

    def controls(widgets: Any) -> Mapping[str, Any]:
        options = [(f"{case.items[name].title} ({name})", name) for name in names]
        wide = {"width": "100%", "max_width": "662px"}
        return {
            "item": widgets.Dropdown(
                options=options, value=_hardest(marked, names), description="Exercise", layout=wide
            )
        }

    return Explorer(look(_hardest(marked, names))[1], controls, look)


def _counted(case: Case, out: Path) -> Tally:
    with TemporaryDirectory() as folder:
        return tally(case, out, Path(folder), list(case.chapters))


def _hardest(marked: Mapping[str, Item], names: list[str]) -> str:
    """Where most went wrong at first: what one wants to see first."""
    return min(marked, key=lambda name: marked[name].first or 0.0) if marked else names[0]


def _mistakes(item: Item) -> list[tuple[str, int]]:
    right = round((item.first or 0.0) * item.answered)
    rows = [("Right at once", right)]
    rows += [(MISCONCEPTIONS[code].name, people) for code, people in item.mistakes]
    other = item.answered - right - sum(people for _, people in item.mistakes)
    return [*rows, ("Something else", other)] if other > 0 else rows


def _levels(found: Tally, item: str) -> list[tuple[str, int]]:
    labels = {dial.id: dial.label for dial in rubric()}
    rows = []
    for spread in found.spreads:
        if spread.item == item and spread.stage != "blind":
            what = labels[spread.dial] + (f", {spread.passage}" if spread.passage else "")
            given = zip(LEVELS, spread.counts, strict=True)
            rows += [(f"{what}: {level}", people) for level, people in given if people]
    return rows


def _told(title: str, rows: list[tuple[str, int]], answered: int, note: str) -> list[str]:
    many = f"{answered:,} answered. " if answered else ""
    listed = "; ".join(f"{what}: {people:,}" for what, people in rows)
    return [*([note] if note else []), f"{title}. {many}{listed}."]
