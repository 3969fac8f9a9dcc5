"""The lives of a body's members, from its election to the death of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .lettering import lines_of, width_of
from .paper import (
    INK,
    LINE,
    MARGIN,
    NORMAL,
    PALE_INK,
    PAPER,
    RULE,
    SMALL,
    VOICE_COLOURS,
    WIDTH,
)
from .picture import Picture
from .sheet import Sheet


@dataclass(frozen=True, slots=True)
class Fate:
    """How one life ended: the day, the manner in a word or two, and whether it is checked.

    ``by_state`` says that the state which the body had founded killed this member.
    """

    name: str
    died: date
    manner: str
    by_state: bool
    sure: bool = True


_STATE, _OTHER = VOICE_COLOURS[2], VOICE_COLOURS[1]
_ROW = 16.0
_SHADE = "#ece5d3"


def committee_fates(
    title: str,
    start: int,
    fates: Sequence[Fate],
    shade: tuple[int, int] | None = None,
    shade_label: str = "",
) -> Picture:
    """Draw a line for each member, from the year ``start`` to the year of death.

    The shortest line is on top. A square is a member whom the state killed, an open circle any
    other death. ``shade`` lays a band over the years from its first to its last, both whole. A star
    is a date still to be checked.

    Alt text: "…: 21 members. 11 were killed by the state: 9 executed, … In 1936–38: 9. …"
    """
    if not fates:
        raise ValueError("there is nobody whose fate could be drawn: `fates` is empty")
    for fate in fates:
        if fate.died.year < start:
            raise ValueError(
                f"{fate.name} died in {fate.died.year}, before the picture’s first year, {start}"
            )
    if shade and shade[0] > shade[1]:
        raise ValueError(f"the years {shade[0]} to {shade[1]} run backwards")
    ordered = sorted(fates, key=lambda fate: (fate.died, fate.name))
    sheet, y = Sheet(), float(MARGIN)
    lines = lines_of(title, WIDTH - 2 * MARGIN, NORMAL, bold=True)
    y = sheet.write(MARGIN, y, lines, NORMAL, bold=True) + 3
    names = max(width_of(_name(fate), SMALL) for fate in fates) + 8
    left, right = MARGIN + names, WIDTH - MARGIN - 8.0
    last = -(-(ordered[-1].died.year + 1) // 10) * 10

    def across(year: float) -> float:
        return left + (year - start) / (last - start) * (right - left)

    if shade:
        x0, x1 = across(shade[0]), across(shade[1] + 1)
        if shade_label:
            sheet.write((x0 + x1) / 2, y, shade_label, SMALL, bold=True, align="center")
            y += LINE * SMALL + 1
        sheet.block(x0, y, x1 - x0, len(ordered) * _ROW + 2, fill=_SHADE)
    for fate in ordered:
        _life(sheet, fate, left, right, across(_moment(fate.died)), y + _ROW / 2)
        y += _ROW
    y += 2
    sheet.line([(left, y), (right, y)], INK, 0.8)
    for year in (start, *range(-(-(start + 5) // 10) * 10, last + 1, 10)):
        sheet.line([(across(year), y), (across(year), y + 3)], INK, 0.8)
        sheet.write(across(year), y + 4, str(year), SMALL, PALE_INK, align="center")
    y += LINE * SMALL + 8
    notes = ["■ killed by the state that they had founded", "○ any other death"]
    if not all(fate.sure for fate in fates):
        notes.append("* date still to be checked")
    y = sheet.running(notes, y)
    header = ("Name", "Died", "How", "Killed by the state", "Checked")
    rows = [
        (
            fate.name,
            fate.died.isoformat(),
            fate.manner,
            "yes" if fate.by_state else "no",
            "yes" if fate.sure else "not yet",
        )
        for fate in ordered
    ]
    return sheet.done(y + MARGIN, _alt(title, ordered, shade, shade_label), header, rows)


def _name(fate: Fate) -> str:
    return fate.name if fate.sure else f"{fate.name}*"


def _moment(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _life(sheet: Sheet, fate: Fate, left: float, right: float, end: float, at: float) -> None:
    colour = _STATE if fate.by_state else _OTHER
    sheet.beside(left - 6, at, _name(fate), SMALL, align="right")
    sheet.line([(left, at), (end, at)], colour if fate.by_state else RULE, 1.8)
    said = f"{fate.died.year} {fate.manner}"
    wide = width_of(said, SMALL)
    if end + 8 + wide <= WIDTH - MARGIN:
        sheet.beside(end + 8, at, said, SMALL)
    else:
        sheet.block(end - 12 - wide, at - 6, wide + 4, 12, fill=PAPER)
        sheet.beside(end - 10, at, said, SMALL, align="right")
    if fate.by_state:
        sheet.dot(end, at, "s", 7.5, colour)
    else:
        sheet.dot(end, at, "o", 7.5, colour, filled=False)


def _alt(title: str, fates: Sequence[Fate], shade: tuple[int, int] | None, shade_label: str) -> str:
    killed = [fate for fate in fates if fate.by_state]
    told = [
        f"{title}: {len(fates)} members. {_many(len(killed), fates)} killed by the state that they "
        "had founded."
    ]
    if shade:
        within = [fate for fate in killed if shade[0] <= fate.died.year <= shade[1]]
        years = shade_label or f"{shade[0]} to {shade[1]}"
        told.append(f"{len(within)} of these deaths fall in {years}.")
    counts = Counter(fate.manner for fate in fates)
    told.append("; ".join(f"{manner}: {count}" for manner, count in counts.most_common()) + ".")
    each = "; ".join(f"{_name(fate)} {fate.died.year}, {fate.manner}" for fate in fates)
    told.append(f"In the order of their deaths: {each}.")
    if not all(fate.sure for fate in fates):
        told.append("A star is a date still to be checked.")
    return " ".join(told)


def _many(count: int, fates: Sequence[Fate]) -> str:
    return "One was" if count == 1 and len(fates) > 1 else f"{count} were"
