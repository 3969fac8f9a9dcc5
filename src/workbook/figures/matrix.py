"""Explanations against findings: which finding speaks against which, and which cells decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .lettering import counted, lines_of, stop
from .paper import INK, LETTER, LINE, MARGIN, NORMAL, PALE_INK, PAPER, SMALL, VOICE_COLOURS, WIDTH
from .picture import Picture
from .sheet import Sheet

MARKS = {"consistent": "✓", "inconsistent": "✗", "neither": "–", "cannot tell": "?", "": ""}
"""A mark for each thing a cell may say; the empty one is a cell that is not filled in."""

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_AGAINST = VOICE_COLOURS[2]
_FOR = VOICE_COLOURS[3]
_NAMES, _TALLY = 92.0, 46.0


@dataclass(frozen=True, slots=True)
class Cell:
    """What one finding does to one explanation: a key of ``MARKS``, and the reason.

    ``decides`` is for a mark on which alone it hangs which explanation has least against it.
    """

    value: str
    why: str = ""
    decides: bool = False


def matrix(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[Cell]],
    sorts: Sequence[str] = (),
) -> Picture:
    """Draw explanations in ``rows`` against findings in ``columns``, a mark in each cell.

    At the end of a row stands how many findings speak against it; a heavy frame is a mark that
    decides. ``sorts`` says of each finding how well it tells the explanations apart. With one
    finding, the reasons stand beside their cells.

    Alt text: "Two explanations and four findings. Convinced: consistent with “Books”; …"
    """
    if not rows or not columns:
        raise ValueError("a matrix needs at least one explanation and one finding")
    if [len(row) for row in cells] != [len(columns)] * len(rows):
        raise ValueError(
            f"a matrix of {len(rows)} explanations and {len(columns)} findings needs "
            f"{len(rows)} rows of {len(columns)} cells"
        )
    for cell in (cell for row in cells for cell in row):
        if cell.value not in MARKS:
            known = ", ".join(name for name in MARKS if name)
            raise ValueError(f"“{cell.value}” is nothing a cell may say; it is one of: {known}")
    if sorts and len(sorts) != len(columns):
        raise ValueError(f"there are {len(columns)} findings, and `sorts` speaks of {len(sorts)}")
    sheet, y = Sheet(), float(MARGIN)
    if len(columns) == 1:
        y = _column(sheet, rows, columns[0], [row[0] for row in cells], y)
    else:
        y = _table(sheet, rows, len(columns), cells, y)
        y = _key(sheet, columns, sorts, y + 4)
    marks = [f"{mark} {name}" for name, mark in MARKS.items() if name]
    if any(cell.decides for row in cells for cell in row):
        marks.append("heavy frame: take this one mark away, and another explanation leads or ties")
    if len(columns) > 1:
        y = sheet.running(marks, y + 3)
    against = [sum(cell.value == "inconsistent" for cell in row) for row in cells]
    header = ("Explanation", *columns, "Findings against it")
    body = [
        (name, *map(_in_table, row), str(count))
        for name, row, count in zip(rows, cells, against, strict=True)
    ]
    return sheet.done(y + MARGIN, _alt(rows, columns, cells, sorts), header, body)


def _in_table(cell: Cell) -> str:
    said = cell.value or "empty"
    if cell.decides:
        said += ", decides"
    return f"{said} ({cell.why})" if cell.why else said


def _mark(sheet: Sheet, cell: Cell, left: float, top: float, width: float, height: float) -> None:
    fill = _AGAINST if cell.value == "inconsistent" else LETTER if cell.value else PAPER
    if cell.decides:
        sheet.box(left, top, width, height, fill=fill, edge=INK, line=3, round_by=2)
    else:
        edge = _AGAINST if cell.value == "inconsistent" else PALE_INK
        sheet.box(left, top, width, height, fill=fill, edge=edge, dashes=not cell.value, round_by=2)
    colour = {"inconsistent": LETTER, "consistent": _FOR}.get(cell.value, INK)
    sheet.beside(
        left + width / 2, top + height / 2, MARKS[cell.value], 14, colour, bold=True, align="center"
    )


def _table(
    sheet: Sheet, rows: Sequence[str], count: int, cells: Sequence[Sequence[Cell]], y: float
) -> float:
    left = MARGIN + _NAMES
    step = min((WIDTH - MARGIN - _TALLY - left) / count, 52.0)
    for i in range(count):
        sheet.write(left + (i + 0.5) * step, y, _LETTERS[i], NORMAL, bold=True, align="center")
    sheet.write(left + count * step + 4, y + 1, "against", SMALL, PALE_INK)
    y += LINE * NORMAL + 1
    for name, row in zip(rows, cells, strict=True):
        lines = lines_of(name, _NAMES - 6, SMALL, bold=True)
        height = max(27.0, len(lines) * LINE * SMALL + 4)
        sheet.beside(MARGIN, y + height / 2, lines, bold=True)
        for i, cell in enumerate(row):
            _mark(sheet, cell, left + i * step + 2, y + 2, step - 4, height - 4)
        against = sum(cell.value == "inconsistent" for cell in row)
        sheet.beside(
            left + count * step + 22,
            y + height / 2,
            str(against),
            NORMAL,
            bold=True,
            align="center",
        )
        y += height
    return y


def _key(sheet: Sheet, columns: Sequence[str], sorts: Sequence[str], y: float) -> float:
    for i, name in enumerate(columns):
        sheet.write(MARGIN, y, _LETTERS[i], SMALL, bold=True)
        said = f"{name}: {sorts[i]}" if sorts else name
        y = sheet.write(MARGIN + 16, y, lines_of(said, WIDTH - 2 * MARGIN - 16, SMALL), SMALL)
    return y


def _column(
    sheet: Sheet, rows: Sequence[str], finding: str, cells: Sequence[Cell], y: float
) -> float:
    room = WIDTH - 2 * MARGIN
    y = sheet.write(MARGIN, y, lines_of(finding, room, NORMAL, bold=True), NORMAL, bold=True) + 3
    left = MARGIN + _NAMES
    for name, cell in zip(rows, cells, strict=True):
        names = lines_of(name, _NAMES - 6, SMALL, bold=True)
        said = lines_of(cell.why, WIDTH - MARGIN - left - 38, SMALL) if cell.why else []
        height = max(27.0, (1 + len(said)) * LINE * SMALL + 6, len(names) * LINE * SMALL + 6)
        sheet.line([(MARGIN, y), (WIDTH - MARGIN, y)], PALE_INK, 0.6)
        sheet.beside(MARGIN, y + height / 2, names, bold=True)
        _mark(sheet, cell, left, y + height / 2 - 11, 28, 22)
        top = y + (height - (1 + len(said)) * LINE * SMALL) / 2 + 1
        top = sheet.write(left + 36, top, cell.value or "not filled in", SMALL, bold=True)
        sheet.write(left + 36, top, said, SMALL, PALE_INK)
        y += height
    return y


def _alt(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[Cell]],
    sorts: Sequence[str],
) -> str:
    told = [counted(len(rows), "explanation") + f" and {counted(len(columns), 'finding', True)}."]
    for name, row in zip(rows, cells, strict=True):
        said = []
        for column, cell in zip(columns, row, strict=True):
            one = f"{column} {cell.value or 'not filled in'}"
            if cell.why:
                one += f", {cell.why.rstrip('.')}"
            said.append(f"{one} (this mark decides)" if cell.decides else one)
        told.append(stop(f"{name}: {'; '.join(said)}"))
    told += [stop(f"{column}: {said}") for column, said in zip(columns, sorts, strict=False)]
    return " ".join(told)
