"""``gradebook.csv``: one row a hand-in; tables that are safe to open in a spreadsheet.

The file begins with a byte-order mark: without one, Excel takes a CSV file for the old encoding of
the computer's language and spoils every name with an accent; other programs skip the mark.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from .marking import Marks
from .naming import Who

__all__ = ["Sheet", "absent_row", "cells", "heading", "number", "row", "safe", "write_gradebook"]

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


def safe(text: str, longest: int = _LONGEST) -> str:
    """``text`` as a cell that a spreadsheet shows and does not run."""
    if text.isalnum() and text.isascii():
        return text if len(text) <= longest else text[: longest - 1] + "…"
    shown = _CONTROL.sub(" ", _UNFIT.sub("\ufffd", text))
    runs = text.startswith(_RUNS) or shown.lstrip().startswith(_RUNS)
    guard = "'" if runs else ""
    shown = shown if len(shown) <= longest else shown[: longest - 1] + "…"
    return guard + shown


Chapters = Mapping[str, Sequence[str]]


def heading(chapters: Chapters) -> list[str]:
    """The names of the columns; each chapter has one, and each exercise."""
    return [*_FIRST, *_columns(chapters)]


def _columns(chapters: Chapters) -> list[str]:
    exercises = [name for names in chapters.values() for name in names]
    return [*(f"chapter {chapter}" for chapter in chapters), *exercises]


def row(
    name: str, one: Who, late: bool, marks: Marks, chapters: Chapters, exercises: Mapping[str, int]
) -> list[str]:
    """One hand-in's cells. What is not known is left empty: an empty cell is no zero."""
    total, count = 0.0, 0
    for points in marks.items.values():
        if not isinstance(points, str):
            total, count = total + points, count + 1
    return [
        safe(name),
        safe(one.student),
        safe(one.name),
        one.attempt,
        "late" if late else "",
        marks.status,
        safe(marks.reason),
        safe(", ".join(marks.chapters)),
        "" if marks.status == "rejected" else str(count),
        number(total) if count else "",
        "" if marks.possible is None else str(marks.possible),
        *cells(marks.items, marks.chapters, chapters, exercises),
    ]


def absent_row(one: Who, chapters: Chapters) -> list[str]:
    """The row of somebody who handed in nothing."""
    cells = dict.fromkeys(heading(chapters), "")
    cells |= {"student": safe(one.student), "name": safe(one.name), "status": "absent"}
    return [*(cells | {"reason": "Nothing was handed in."}).values()]


def cells(
    items: Mapping[str, float | str],
    own: Iterable[str],
    chapters: Chapters,
    exercises: Mapping[str, int],
) -> list[str]:
    """The points of each chapter (of those that are their ``own``) and of each exercise, which
    has its place among the ``exercises``.
    """
    sums = dict.fromkeys(chapters, "")
    for chapter in own:
        earned = [p for n in chapters[chapter] if not isinstance(p := items.get(n, ""), str)]
        sums[chapter] = number(sum(earned)) if earned else ""
    shown = [""] * len(exercises)
    for name, points in items.items():
        if (place := exercises.get(name)) is not None:
            shown[place] = points if isinstance(points, str) else number(points)
    return [*sums.values(), *shown]


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
        self._file = self._part.open("w", encoding="utf-8-sig", newline="")
        self._writer: Any = csv.writer(self._file)

    def add(self, cells: Sequence[str]) -> None:
        """Write one row."""
        self.rows += 1
        self._writer.writerow(cells)

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
