"""``gradebook.csv``: one row a hand-in; tables that are safe to open in a spreadsheet.

The file begins with a byte-order mark: without one, Excel takes a CSV file for the old encoding of
the computer's language and spoils every name with an accent; other programs skip the mark.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from .marking import Marks
from .naming import Who

__all__ = [
    "Columns",
    "Sheet",
    "absent_row",
    "comma_separated",
    "heading",
    "number",
    "row",
    "safe",
    "write_gradebook",
]

_FIRST = (
    "hand_in",
    "student",
    "name",
    "attempt",
    "late",
    "status",
    "reason",
    "chapters",
    "answered",
    "points",
    "possible",
)

_RUNS = tuple("=+-@\t\r\n＝＋－＠")
"""A spreadsheet may take a cell that begins so for a formula and run it."""

_UNFIT = re.compile("[\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Half characters, which no file can hold, and marks that turn the direction of reading."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

_LONGEST = 2_000


_tame = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ,;:._/()-]*").fullmatch
"""What most names and reasons are: nothing to be changed in them."""


def safe(text: str, longest: int = _LONGEST) -> str:
    """``text`` as a cell that a spreadsheet shows and does not run."""
    if not text or (len(text) <= longest and _tame(text)):
        return text
    shown = _CONTROL.sub(" ", _UNFIT.sub("\ufffd", text))
    runs = text.startswith(_RUNS) or shown.lstrip().startswith(_RUNS)
    guard = "'" if runs else ""
    shown = shown if len(shown) <= longest else shown[: longest - 1] + "…"
    return guard + shown


def comma_separated(cells: Sequence[str]) -> str:
    """Cells as a row of CSV without the line's end, as Python's ``csv`` writes it."""
    row = ",".join(cells)
    if '"' in row or "\n" in row or "\r" in row or row.count(",") >= len(cells):
        return ",".join([_marked(cell) if _needs_marks(cell) else cell for cell in cells])
    return row


_needs_marks = re.compile('[,"\r\n]').search


def _marked(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


Chapters = Mapping[str, Sequence[str]]


class Columns:
    """The columns of points: one for each chapter, then one for each exercise."""

    def __init__(self, chapters: Chapters) -> None:
        exercises = [name for names in chapters.values() for name in names]
        self.names = [*(f"chapter {chapter}" for chapter in chapters), *exercises]
        self._empty = [""] * len(self.names)
        self._chapters = {chapter: place for place, chapter in enumerate(chapters)}
        places = enumerate(exercises, len(chapters))
        home = {name: chapter for chapter, names in chapters.items() for name in names}
        self._places = {name: (place, home[name]) for place, name in places}

    def row(self, items: Mapping[str, float | str], own: Collection[str]) -> str:
        """The points of each chapter (of those that are their ``own``) and of each exercise, as
        the end of a row of CSV.
        """
        shown = self._empty.copy()
        places = self._places
        sums: dict[str, float] = {}
        for name, points in items.items():
            if name not in places:
                continue
            place, chapter = places[name]
            if isinstance(points, str):
                shown[place] = points
            else:
                shown[place] = number(points)
                sums[chapter] = sums.get(chapter, 0.0) + points
        for chapter, earned in sums.items():
            if chapter in own:
                shown[self._chapters[chapter]] = number(earned)
        return ",".join(shown)


def heading(columns: Columns) -> list[str]:
    """The names of the columns of a gradebook."""
    return [*_FIRST, *columns.names]


def row(name: str, one: Who, late: bool, marks: Marks, columns: Columns) -> str:
    """One hand-in's row of CSV. What is not known is left empty: an empty cell is no zero."""
    earned = [points for points in marks.items.values() if not isinstance(points, str)]
    first = (
        safe(name),
        safe(one.student),
        safe(one.name),
        one.attempt,
        "late" if late else "",
        marks.status,
        safe(marks.reason),
        safe(", ".join(marks.chapters)),
        "" if marks.status == "rejected" else str(len(earned)),
        number(sum(earned)) if earned else "",
        "" if marks.possible is None else str(marks.possible),
    )
    return f"{comma_separated(first)},{columns.row(marks.items, marks.chapters)}"


def absent_row(one: Who, columns: Columns) -> list[str]:
    """The row of somebody who handed in nothing."""
    cells = dict.fromkeys(heading(columns), "")
    cells |= {"student": safe(one.student), "name": safe(one.name), "status": "absent"}
    return [*(cells | {"reason": "Nothing was handed in."}).values()]


@lru_cache(maxsize=10_000)
def number(value: float) -> str:
    """At most four decimals, and none that say nothing."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


class Sheet:
    """A table being written; it takes the place of an earlier one only when it is whole.

    Until then an earlier table stands untouched, so whoever stops the program in the middle
    has the old file whole and never half a new one.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self._part = path.with_name(f".{path.name}.{os.getpid()}.part")
        self._file = self._part.open("w", encoding="utf-8", newline="")
        self._file.write("\ufeff")

    def add(self, cells: Sequence[str]) -> None:
        """Write one row."""
        self.add_row(comma_separated(cells))

    def add_row(self, row: str) -> None:
        """Write one row that is CSV already, but for the line's end."""
        self.rows += 1
        self._file.write(f"{row}\r\n")

    def place(self) -> None:
        """Put the table in its place."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.replace(self.path)

    def close(self) -> None:
        """Take away what was not put in its place."""
        self._file.close()
        self._part.unlink(missing_ok=True)


def write_gradebook(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write all rows, then put the file in its place at once."""
    sheet = Sheet(path)
    try:
        for cells in rows:
            sheet.add(cells)
        sheet.place()
    finally:
        sheet.close()
