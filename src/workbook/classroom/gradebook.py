"""``gradebook.csv``: one row a hand-in, safe to open in a spreadsheet.

The file begins with a byte-order mark: without one, Excel takes a CSV file for the old encoding of
the computer's language and spoils every name with an accent; other programs skip the mark.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from .marking import Marks

__all__ = ["heading", "row", "safe", "write_gradebook"]

_FIRST = ("hand_in", "status", "reason", "chapters", "answered", "points", "possible")

_RUNS = tuple("=+-@\t\r\n＝＋－＠")
"""A spreadsheet may take a cell that begins so for a formula and run it."""

_UNFIT = re.compile("[\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Half characters, which no file can hold, and marks that turn the direction of reading."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

_LONGEST = 2_000


def safe(text: str) -> str:
    """``text`` as a cell that a spreadsheet shows and does not run."""
    shown = _CONTROL.sub(" ", _UNFIT.sub("\ufffd", text))
    runs = text.startswith(_RUNS) or shown.lstrip().startswith(_RUNS)
    guard = "'" if runs else ""
    shown = shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"
    return guard + shown


def heading(exercises: Iterable[str]) -> list[str]:
    """The names of the columns; each exercise has one."""
    return [*_FIRST, *exercises]


def row(name: str, marks: Marks, exercises: Sequence[str]) -> list[str]:
    """One hand-in's cells. What is not known is left empty: an empty cell is no zero."""
    earned = marks.earned
    total = 0.0
    for points in earned:
        total += points
    return [
        safe(name),
        marks.status,
        safe(marks.reason),
        safe(", ".join(marks.chapters)),
        "" if marks.status == "rejected" else str(len(earned)),
        _number(total) if earned else "",
        "" if marks.possible is None else str(marks.possible),
        *(_cell(marks.items.get(name, "")) for name in exercises),
    ]


def _cell(points: float | str) -> str:
    return points if isinstance(points, str) else _number(points)


def _number(value: float) -> str:
    """At most four decimals, and none that say nothing."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def write_gradebook(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write all rows, then put the file in its place at once.

    Until then an earlier gradebook stands untouched, so whoever stops the program in the middle
    has the old file whole and never half a new one.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
