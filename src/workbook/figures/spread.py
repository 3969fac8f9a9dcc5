"""How a class's ratings spread on each dial: bars to both sides of the middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .lettering import lines_of, stop, width_of
from .paper import (
    INK,
    LETTER,
    LINE,
    MARGIN,
    NORMAL,
    PALE_INK,
    SMALL,
    WIDTH,
)
from .picture import Picture
from .sheet import Sheet

_FILLS = ("#8a3b00", "#f0b48c", "#9fd0ee", "#00507f")
"""Levels 0 to 3: two warm, two cold, the ends dark; in grey the digits tell."""
_ON = (LETTER, INK, INK, LETTER)
_LEVELS = ("0", "1", "2", "3")


@dataclass(frozen=True, slots=True)
class Spread:
    """How many gave each level to one dial: 0, 1, 2, 3, and "cannot tell"."""

    label: str
    counts: tuple[int, int, int, int, int]


def class_bars(rows: Sequence[Spread], title: str = "", note: str = "") -> Picture:
    """Draw a bar for each row, with 0 and 1 to the left of the middle and 2 and 3 to the right.

    A bar's whole length is everybody who gave a level; “cannot tell” is counted at the right.
    ``note`` stands on top, such as "simulated".

    Alt text: "Fit: 2 gave 0, 5 gave 1, 9 gave 2, 4 gave 3, 1 could not tell. …"
    """
    if not rows:
        raise ValueError("there is no dial to draw: `rows` is empty")
    for row in rows:
        if len(row.counts) != 5 or any(count < 0 for count in row.counts):
            raise ValueError(
                f"“{row.label}” needs five counts, none below 0: of the levels 0, 1, 2 and 3, "
                "and of “cannot tell”"
            )
        if not sum(row.counts):
            raise ValueError(f"nobody rated “{row.label}”, so there is no bar to draw")
    sheet, y = Sheet(), float(MARGIN)
    room = WIDTH - 2 * MARGIN
    for words, size in ((note, SMALL), (title, NORMAL)):
        if words:
            lines = lines_of(words, room, size, bold=True)
            y = sheet.write(MARGIN, y, lines, size, bold=True) + 3
    unknown = max(width_of(f"{row.counts[4]:,}", NORMAL, bold=True) for row in rows)
    edge = WIDTH - MARGIN - max(unknown, width_of("cannot tell", SMALL)) - 8
    middle = (MARGIN + edge) / 2
    half = (edge - MARGIN) / 2
    sheet.write(middle - 5, y, "← lower", SMALL, PALE_INK, align="right")
    sheet.write(middle + 5, y, "higher →", SMALL, PALE_INK)
    sheet.write(WIDTH - MARGIN, y, "cannot tell", SMALL, PALE_INK, align="right")
    y += LINE * SMALL + 2
    top = y
    for row in rows:
        lines = lines_of(row.label, edge - MARGIN, SMALL, bold=True)
        y = sheet.write(MARGIN, y, lines, SMALL, bold=True) + 2
        _bar(sheet, row.counts[:4], middle, half, y)
        said = f"{row.counts[4]:,}"
        sheet.beside(WIDTH - MARGIN, y + 10, said, NORMAL, bold=True, align="right")
        y += 20
        y = _small(sheet, row.counts[:4], middle, half, y) + 5
    sheet.line([(middle, top - 3), (middle, y - 3)], INK, 0.8, (2, 2), under=True)
    y = sheet.write(
        MARGIN,
        y,
        lines_of("Within the bars: the level, and how many gave it.", room, SMALL),
        SMALL,
        PALE_INK,
    )
    header = ("Dial", *_LEVELS, "Cannot tell")
    body = [(row.label, *(f"{count:,}" for count in row.counts)) for row in rows]
    told = " ".join(map(_told, rows))
    head = " ".join(stop(words) for words in (note, title) if words)
    return sheet.done(y + MARGIN, f"{head} {told}".strip(), header, body)


def _starts(counts: Sequence[int], middle: float, half: float) -> list[tuple[float, float]]:
    """Where each level's part begins, and how wide it is (points)."""
    whole = sum(counts) or 1
    wide = [count / whole * half for count in counts]
    x = middle - wide[0] - wide[1]
    parts = []
    for one in wide:
        parts.append((x, one))
        x += one
    return parts


def _said(level: int, count: int) -> str:
    return f"{_LEVELS[level]}: {count:,}"


def _bar(sheet: Sheet, counts: Sequence[int], middle: float, half: float, y: float) -> None:
    for level, (x, wide) in enumerate(_starts(counts, middle, half)):
        if not counts[level]:
            continue
        sheet.block(x, y, wide, 20, fill=_FILLS[level], edge=LETTER, line=1)
        said = _said(level, counts[level])
        if width_of(said, SMALL, bold=True) + 4 <= wide:
            sheet.beside(x + wide / 2, y + 10, said, SMALL, _ON[level], bold=True, align="center")


def _small(sheet: Sheet, counts: Sequence[int], middle: float, half: float, y: float) -> float:
    """Below the bar, what was too wide for its part; the left ones end where the right begin."""
    parts = _starts(counts, middle, half)
    missed = [
        level
        for level, (_, wide) in enumerate(parts)
        if counts[level] and width_of(_said(level, counts[level]), SMALL, bold=True) + 4 > wide
    ]
    if not missed:
        return y
    for side, align in (
        ([one for one in missed if one < 2], "right"),
        ([one for one in missed if one > 1], "left"),
    ):
        if side:
            said = ",  ".join(_said(level, counts[level]) for level in side)
            at = middle - 5 if align == "right" else middle + 5
            sheet.write(at, y + 1, said, SMALL, align=align)
    return y + LINE * SMALL


def _told(row: Spread) -> str:
    given = ", ".join(f"{count:,} gave {level}" for level, count in enumerate(row.counts[:4]))
    return f"{row.label}: {given}, {row.counts[4]:,} could not tell."
