"""What a reveal moved: levels before and after voice and chain were shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..evidence import UNKNOWN, Level
from .lettering import lines_of, stop
from .paper import INK, LINE, MARGIN, NORMAL, PALE_INK, RULE, SMALL, VOICE_COLOURS, WIDTH
from .picture import Picture
from .sheet import Sheet


@dataclass(frozen=True, slots=True)
class Shift:
    """The levels of one dial before and after: how many people made each pair of them."""

    dial: str
    moves: Mapping[tuple[Level, Level], int]


@dataclass(frozen=True, slots=True)
class Reveal:
    """One passage, rated for one claim before and after voice and chain were shown."""

    passage: str
    claim: str
    shifts: Sequence[Shift]


_UP, _DOWN, _SAME = VOICE_COLOURS[1], VOICE_COLOURS[2], VOICE_COLOURS[0]
_ROWS: tuple[Level, ...] = (3, 2, 1, 0, UNKNOWN)
_ROW = 25.0
_DASHES: dict[str, tuple[float, ...]] = {_UP: (), _DOWN: (4, 2), _SAME: ()}


def reveal_slopes(reveals: Sequence[Reveal], note: str = "") -> Picture:
    """Draw what a reveal moved: a line for each pair of levels, from before to after.

    A line is as heavy as the number of people on it; the circles count who stands where. A line
    that falls is dashed. ``note`` stands on top, such as "simulated".

    Alt text: "“…”, for the claim “…”. Fit: 3 stayed, 2 went down (2 to 1: 2), none went up. …"
    """
    if not reveals:
        raise ValueError("there is no rating before and after to draw: `reveals` is empty")
    for reveal in reveals:
        for shift in reveal.shifts:
            _check_shift(reveal, shift)
    sheet, y = Sheet(), float(MARGIN)
    if note:
        y = _note(sheet, note, y)
    for reveal in reveals:
        room = WIDTH - 2 * MARGIN
        lines = lines_of(reveal.passage, room, NORMAL, bold=True)
        y = sheet.write(MARGIN, y, lines, NORMAL, bold=True)
        y = sheet.write(MARGIN, y, lines_of(f"for: {reveal.claim}", room, SMALL), SMALL, PALE_INK)
        y = _panels(sheet, reveal.shifts, y + 3)
    y = sheet.running(
        [
            "blue: up",
            "orange and dashed: down",
            "grey: the same, or to or from N",
            "in a circle: how many",
        ],
        y,
    )
    header = ("Passage", "Claim", "Dial", "Words alone", "Voice and chain shown", "People")
    rows = [
        (reveal.passage, reveal.claim, shift.dial, str(before), str(after), str(count))
        for reveal in reveals
        for shift in reveal.shifts
        for (before, after), count in _in_order(shift)
    ]
    told = " ".join(_told_reveal(reveal) for reveal in reveals)
    return sheet.done(y + MARGIN, f"{stop(note)} {told}" if note else told, header, rows)


def _note(sheet: Sheet, note: str, y: float) -> float:
    lines = lines_of(note, WIDTH - 2 * MARGIN, SMALL, bold=True)
    return sheet.write(MARGIN, y, lines, SMALL, bold=True) + 4


def _check_shift(reveal: Reveal, shift: Shift) -> None:
    if not sum(shift.moves.values()):
        raise ValueError(f"nobody rated “{shift.dial}” of {reveal.passage} before and after")
    for pair, count in shift.moves.items():
        if any(level not in _ROWS or isinstance(level, bool) for level in pair) or count < 0:
            said = f"“{shift.dial}” of {reveal.passage} moves from {pair[0]} to {pair[1]}"
            raise ValueError(f"{said}, {count} times; a level is 0, 1, 2 or 3, or “{UNKNOWN}”")


def _in_order(shift: Shift) -> list[tuple[tuple[Level, Level], int]]:
    return sorted(
        ((pair, count) for pair, count in shift.moves.items() if count),
        key=lambda move: tuple(map(_ROWS.index, move[0])),
    )


def _way(before: Level, after: Level) -> int:
    if before == after or isinstance(before, str) or isinstance(after, str):
        return 0
    return 1 if after > before else -1


def _panels(sheet: Sheet, shifts: Sequence[Shift], y: float) -> float:
    """Two panels side by side; a third stands below."""
    half = WIDTH / 2
    below = y
    for place, shift in enumerate(shifts):
        left = (place % 2) * half
        below = _panel(sheet, shift, left + MARGIN + 4, left + half - MARGIN - 4, y)
        if place % 2:
            y = below
    return below


def _panel(sheet: Sheet, shift: Shift, left: float, right: float, y: float) -> float:
    y = sheet.write((left + right) / 2, y, shift.dial, NORMAL, bold=True, align="center")
    sheet.write(left, y, "before", SMALL, PALE_INK)
    sheet.write(right, y, "after", SMALL, PALE_INK, align="right")
    y += LINE * SMALL + 2
    rows = {level: y + (place + 0.5) * _ROW for place, level in enumerate(_ROWS)}
    rows[UNKNOWN] += 4
    ends = left + 25, right - 25
    for level, at in rows.items():
        sheet.beside(left, at, str(level), SMALL, bold=True)
        sheet.beside(right, at, str(level), SMALL, bold=True, align="right")
        sheet.line([(ends[0], at), (ends[1], at)], RULE, 0.4)
    whole = sum(shift.moves.values())
    for (before, after), count in _in_order(shift):
        colour = {1: _UP, -1: _DOWN, 0: _SAME}[_way(before, after)]
        wide = 1.4 + 5 * count / whole if whole > 1 else 2.2
        path = [(ends[0], rows[before]), (ends[1], rows[after])]
        sheet.line(path, colour, wide, tuple(2.2 / wide * dash for dash in _DASHES[colour]))
    for side, x in enumerate(ends):
        for level, at in rows.items():
            count = sum(n for pair, n in shift.moves.items() if pair[side] == level)
            if count:
                sheet.dot(x, at, "o", 20, INK, filled=False)
                sheet.beside(x, at, f"{count:,}", SMALL, bold=True, align="center")
    return rows[UNKNOWN] + _ROW / 2 + 6


def _told_reveal(reveal: Reveal) -> str:
    told = [f"{reveal.passage}, for the claim {stop(reveal.claim)}"]
    for shift in reveal.shifts:
        moves = _in_order(shift)
        parts = []
        for way, name in ((0, "stayed"), (1, "went up"), (-1, "went down")):
            some = [(pair, n) for pair, n in moves if _way(*pair) == way and UNKNOWN not in pair]
            several = ", ".join(f"{a} to {b}: {n}" for (a, b), n in some)
            count = sum(n for _, n in some)
            parts.append(f"{count} {name} ({several})" if count else f"none {name}")
        unknown = [(pair, n) for pair, n in moves if UNKNOWN in pair]
        if unknown:
            parts.append("with N: " + ", ".join(f"{a} to {b}: {n}" for (a, b), n in unknown))
        told.append(f"{shift.dial}: {'; '.join(parts)}.")
    return " ".join(told)
