"""The same count over different windows of time: what a day's share depends on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .lettering import lines_of, stop
from .paper import INK, LINE, MARGIN, NORMAL, PALE_INK, PAPER, RULE, SMALL, VOICE_COLOURS, WIDTH
from .picture import Picture
from .sheet import Sheet


@dataclass(frozen=True, slots=True)
class Window:
    """A count (persons) over the days from ``start`` to ``end``, both counted.

    ``high`` is the upper end where sources give a range (persons); ``sure`` is False where a number
    or a day still has to be checked. ``wider`` marks another quantity, not to be compared directly.
    """

    label: str
    start: date
    end: date
    number: int
    quantity: str
    high: int | None = None
    sure: bool = True
    wider: bool = False

    @property
    def days(self) -> int:
        """How many days the window has, its first and its last included."""
        return (self.end - self.start).days + 1

    @property
    def per_day(self) -> float:
        """Persons a day."""
        return self.number / self.days


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate that somebody stated: persons a day, and whose word it is."""

    per_day: float
    label: str


_BAR = VOICE_COLOURS[1]
_WIDE = VOICE_COLOURS[4]
_LINE = VOICE_COLOURS[2]


def executions_per_day(
    years: Sequence[Window], windows: Sequence[Window], said: Rate | None = None, why: str = ""
) -> Picture:
    """Draw a count a day: above, year by year on a calendar; below, window by window.

    ``years`` are windows that follow each other; ``windows`` are any. A rate that was ``said`` is a
    dashed line through both. A ring in place of a dot is a number still to be checked; a square
    counts something else; a bar with two ends is a range. ``why`` stands below, in a sentence.

    Alt text: "Death sentences a day. Year by year: 1936, 3; 1937, 967; … Window by window: …"
    """
    if not windows:
        raise ValueError("there is no window of time to draw: `windows` is empty")
    for window in (*years, *windows):
        if window.days < 1:
            raise ValueError(f"the window “{window.label}” ends before it starts")
        if window.high is not None and window.high < window.number:
            raise ValueError(f"the window “{window.label}” has a range that runs backwards")
    sheet, y = Sheet(), float(MARGIN)
    if years:
        y = _calendar(sheet, years, windows, said, y)
    y = _rows(sheet, windows, said, y)
    if why:
        y = sheet.write(MARGIN, y, lines_of(why, WIDTH - 2 * MARGIN, SMALL), SMALL, PALE_INK)
    return sheet.done(y + MARGIN, _alt(years, windows, said, why), _HEADER, _table(years, windows))


_HEADER = ("Window", "What is counted", "Number", "Days", "A day", "Checked")


def _round(per_day: float) -> str:
    return f"{per_day:,.0f}"


def _high_per_day(window: Window) -> float:
    return (window.high or window.number) / window.days


def _table(years: Sequence[Window], windows: Sequence[Window]) -> list[tuple[str, ...]]:
    return [
        (
            window.label,
            window.quantity,
            f"{window.number:,}" + (f" to {window.high:,}" if window.high else ""),
            f"{window.days:,}",
            _round(window.per_day)
            + (f" to {_round(_high_per_day(window))}" if window.high else ""),
            "yes" if window.sure else "not yet",
        )
        for window in (*years, *windows)
    ]


def _calendar(
    sheet: Sheet,
    years: Sequence[Window],
    windows: Sequence[Window],
    said: Rate | None,
    y: float,
) -> float:
    """Blocks on a calendar: as wide as their days, as high as a day's share; so area is number."""
    first, last = years[0].start, years[-1].end
    left, right, high = MARGIN + 4, WIDTH - MARGIN - 4, 118.0
    most = max([year.per_day for year in years] + ([said.per_day] if said else [])) * 1.02
    y = sheet.write(
        MARGIN, y, f"{_capital(years[0].quantity)} a day, year by year", NORMAL, bold=True
    )
    top = y + (17 if said else 6)
    bottom = top + high

    def across(day: date, after: bool = False) -> float:
        share = ((day - first).days + after) / ((last - first).days + 1)
        return left + share * (right - left)

    for year in years:
        x0, x1 = across(year.start), across(year.end, True)
        tall = year.per_day / most * high
        sheet.block(x0 + 1, bottom - tall, x1 - x0 - 2, tall, fill=_BAR)
        middle = (x0 + x1) / 2
        said_so = _round(year.per_day)
        if tall > 24:
            sheet.write(middle, bottom - tall + 5, said_so, SMALL, PAPER, bold=True, align="center")
        else:
            sheet.write(middle, bottom - tall - 14, said_so, SMALL, align="center")
        sheet.write(middle, bottom + 3, year.label, SMALL, align="center")
    sheet.line([(left, bottom), (right, bottom)], INK, 1)
    for window in windows:
        spans = window.start >= first and window.end <= last and window.days > 800
        if spans and not window.wider:
            x0, x1 = across(window.start), across(window.end, True)
            up = bottom - window.per_day / most * high
            frame = [(x0, bottom), (x0, up), (x1, up), (x1, bottom)]
            sheet.line(frame, PAPER, 3.4)
            sheet.line(frame, INK, 1.6, (4, 2))
            note = f"spread over {window.days:,} days: {_round(window.per_day)}"
            lines = lines_of(note, across(window.start) - left - 6, SMALL, bold=True)
            sheet.write(left, up - 4, lines, SMALL, bold=True)
            sheet.line([(x0 - 14, up + 3), (x0, up + 3)], INK, 1)
    if said:
        at = bottom - said.per_day / most * high
        sheet.line([(left, at), (right, at)], _LINE, 1.8, (6, 2.5))
        note = f"{said.label}: {_round(said.per_day)}"
        sheet.write(left, at - 15, note, SMALL, _LINE, bold=True)
    return bottom + LINE * SMALL + 12


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _rows(sheet: Sheet, windows: Sequence[Window], said: Rate | None, y: float) -> float:
    left, right = MARGIN + 4, WIDTH - MARGIN - 92
    most = max([_high_per_day(window) for window in windows] + ([said.per_day] if said else []))
    most = -(-most // 500) * 500

    def across(per_day: float) -> float:
        return left + per_day / most * (right - left)

    y = sheet.write(MARGIN, y, "Window by window", NORMAL, bold=True) + 2
    for window in windows:
        count = f"{window.number:,}" + (f" to {window.high:,}" if window.high else "")
        total = f"{count} ({window.quantity}) ÷ {window.days:,} days"
        room = WIDTH - 2 * MARGIN - 8
        y = sheet.write(left, y, lines_of(window.label, room, SMALL, bold=True), SMALL, bold=True)
        y = sheet.write(left, y, lines_of(total, room, SMALL), SMALL, PALE_INK)
        middle = y + 7
        sheet.line([(left, middle), (across(most), middle)], RULE, 0.6)
        if said:
            at = across(said.per_day)
            sheet.line([(at, middle - 8), (at, middle + 9)], _LINE, 1.8, (4, 1.6))
        colour = _WIDE if window.wider else _BAR
        x, x2 = across(window.per_day), across(_high_per_day(window))
        if window.high:
            sheet.line([(x, middle), (x2, middle)], colour, 3)
            for end in (x, x2):
                sheet.line([(end, middle - 5), (end, middle + 5)], colour, 2)
        elif window.wider:
            sheet.dot(x, middle, "s", 8, colour, filled=window.sure)
        else:
            sheet.dot(x, middle, "o", 9, colour, filled=window.sure)
        rate = _round(window.per_day)
        if window.high:
            rate += f"–{_round(_high_per_day(window))}"
        sheet.beside(WIDTH - MARGIN, middle, rate, NORMAL, bold=True, align="right")
        y = middle + 13
    bottom = y - 2
    sheet.line([(left, bottom), (across(most), bottom)], INK, 0.8)
    for tick in range(0, int(most) + 1, 500):
        sheet.line([(across(tick), bottom), (across(tick), bottom + 3)], INK, 0.8)
        sheet.write(
            across(tick),
            bottom + 4,
            f"{tick:,}",
            SMALL,
            PALE_INK,
            align="center",
        )
    return bottom + LINE * SMALL + 10


def _alt(years: Sequence[Window], windows: Sequence[Window], said: Rate | None, why: str) -> str:
    told = []
    if years:
        listed = "; ".join(f"{year.label}, {_round(year.per_day)}" for year in years)
        told.append(f"{_capital(years[0].quantity)} a day. Year by year: {listed}.")
    told.append("Window by window:")
    for window in windows:
        rate, count = _round(window.per_day), f"{window.number:,}"
        if window.high:
            rate, count = (
                f"{rate} to {_round(_high_per_day(window))}",
                f"{count} to {window.high:,}",
            )
        open_ = "" if window.sure else ", still to be checked"
        told.append(
            f"{window.label}, {window.quantity}: {count} in {window.days:,} days is {rate} a day"
            f"{open_}."
        )
    if said:
        told.append(f"A dashed line at {_round(said.per_day)} a day: {stop(said.label)}")
    return " ".join([*told, why]).strip()
