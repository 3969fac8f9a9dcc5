"""How far a class agrees: coefficients with their intervals, or a sentence on why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..agreement import FEWEST_RATERS, FEWEST_UNITS, Estimate
from .lettering import lines_of, stop
from .paper import INK, LINE, MARGIN, PALE_INK, RULE, SMALL, VOICE_COLOURS, WIDTH
from .picture import Picture
from .sheet import Sheet


@dataclass(frozen=True, slots=True)
class Agreed:
    """How far raters agree on something: coefficients with their 95 % intervals.

    ``raters`` rated anything at all; ``units`` (passages) got two ratings or more. ``sentence``
    says why there is no coefficient, where there is none.
    """

    label: str
    raters: int
    units: int
    alpha: Estimate | None = None
    gwet: Estimate | None = None
    sentence: str = ""


_ALPHA, _GWET = VOICE_COLOURS[1], VOICE_COLOURS[2]


def agreement_dots(rows: Sequence[Agreed], note: str = "") -> Picture:
    """Draw Krippendorff's α (a dot) and Gwet's AC (an open square) for each row, with intervals.

    Under 5 raters or 10 passages no coefficient is drawn, whatever the row holds: one more rating
    could turn it round, so a sentence stands there. ``note`` stands on top, such as "simulated".

    Alt text: "Fit, 20 people and 12 passages: α 0.61 (0.42 to 0.75), AC 0.70 (0.55 to 0.81). …"
    """
    if not rows:
        raise ValueError("there is no agreement to draw: `rows` is empty")
    for row in rows:
        for one in (row.alpha, row.gwet):
            if one is not None and not one.low <= one.high <= 1 + 1e-9:
                raise ValueError(
                    f"“{row.label}” has an interval from {one.low:g} to {one.high:g}; it must run "
                    "upwards and end at 1 at most"
                )
    sheet, y = Sheet(), float(MARGIN)
    room = WIDTH - 2 * MARGIN
    if note:
        y = sheet.write(MARGIN, y, lines_of(note, room, SMALL, bold=True), SMALL, bold=True) + 4
    drawn = [one for row in rows if _enough(row) for one in (row.alpha, row.gwet) if one]
    least = min([0.0, *(one.low for one in drawn)])
    least = least // 0.5 * 0.5
    left, right = MARGIN + 14.0, WIDTH - MARGIN - 96.0

    def across(value: float) -> float:
        return left + (value - least) / (1 - least) * (right - left)

    for row in rows:
        head = f"{row.label} · {row.raters:,} people, {row.units:,} passages"
        y = sheet.write(MARGIN, y, lines_of(head, room, SMALL, bold=True), SMALL, bold=True)
        if not (_enough(row) and (row.alpha or row.gwet)):
            y = sheet.write(MARGIN, y, lines_of(_why(row), room, SMALL), SMALL, PALE_INK) + 6
            continue
        for one, name, colour, marker in (
            (row.alpha, "α", _ALPHA, "o"),
            (row.gwet, "AC", _GWET, "s"),
        ):
            if one is None:
                continue
            at = y + 8
            sheet.line([(left, at), (right, at)], RULE, 0.5)
            for tick in _ticks(least):  # beside the bars only: across a word it would strike it out
                strong = INK if tick == 0 else RULE
                sheet.line([(across(tick), at - 8), (across(tick), at + 8)], strong, 0.8, (2, 2))
            sheet.line([(across(one.low), at), (across(one.high), at)], colour, 2.4)
            for end in (one.low, one.high):
                sheet.line([(across(end), at - 4), (across(end), at + 4)], colour, 1.6)
            sheet.dot(across(one.value), at, marker, 8, colour, filled=marker == "o")
            said = f"{name} {_figure(one.value)}"
            sheet.beside(right + 8, at, said, SMALL, colour, bold=True)
            y += 16
        y += 6
    if drawn:
        for tick in _ticks(least):
            sheet.write(
                across(tick), y + 2, f"{tick:g}".replace("-", "−"), SMALL, PALE_INK, align="center"
            )
        y += LINE * SMALL + 4
        notes = "0: what chance would give. 1: full agreement. Bars: 95 % intervals."
        y = sheet.write(MARGIN, y, lines_of(notes, room, SMALL), SMALL, PALE_INK)
        notes = "α: Krippendorff’s. AC: Gwet’s, which holds up when nearly all give one level."
        y = sheet.write(MARGIN, y, lines_of(notes, room, SMALL), SMALL, PALE_INK)
    header = ("What", "People", "Passages", "α", "α, 95 % interval", "AC", "AC, 95 % interval")
    body = [
        (
            row.label,
            f"{row.raters:,}",
            f"{row.units:,}",
            *(cell for one in (row.alpha, row.gwet) for cell in _cells(row, one)),
        )
        for row in rows
    ]
    told = " ".join(map(_told_agreed, rows))
    return sheet.done(y + MARGIN, f"{stop(note)} {told}" if note else told, header, body)


def _enough(row: Agreed) -> bool:
    return row.raters >= FEWEST_RATERS and row.units >= FEWEST_UNITS


def _why(row: Agreed) -> str:
    if row.sentence:
        return row.sentence
    if _enough(row):
        return "There is no figure for agreement here."
    return (
        f"No figure yet: it takes at least {FEWEST_RATERS} people and {FEWEST_UNITS} passages that "
        "two of them rated."
    )


def _ticks(least: float) -> list[float]:
    return [least + 0.5 * step for step in range(round((1 - least) / 0.5) + 1)]


def _figure(value: float) -> str:
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def _cells(row: Agreed, one: Estimate | None) -> tuple[str, str]:
    if one is None or not _enough(row):
        return "no figure", ""
    return _figure(one.value), f"{_figure(one.low)} to {_figure(one.high)}"


def _told_agreed(row: Agreed) -> str:
    head = f"{row.label}, {row.raters:,} people and {row.units:,} passages"
    said = [
        f"{name} {_figure(one.value)} ({_figure(one.low)} to {_figure(one.high)})"
        for name, one in (("α", row.alpha), ("AC", row.gwet))
        if one
    ]
    if not said or not _enough(row):
        return f"{head}: {stop(_why(row))}"
    return f"{head}: {', '.join(said)}."
