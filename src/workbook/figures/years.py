"""How many years lie between what happened and each time that somebody told of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .lettering import counted, lines_of, stop, width_of
from .paper import INK, LINE, MARGIN, NORMAL, PALE_INK, RULE, SMALL, VOICE_COLOURS, WIDTH
from .picture import Picture
from .sheet import Sheet


@dataclass(frozen=True, slots=True)
class Told:
    """A telling: in what form, and from which year to which it was told.

    ``first`` is None where only the end is known, ``last`` where only the beginning is. ``sure`` is
    False where the years are inferred or still to be checked.
    """

    what: str
    first: int | None
    last: int | None
    sure: bool = True


_SHADE = "#ece5d3"
_WAY = VOICE_COLOURS[1]
_BLOCK, _STEP = 2.9, 3.7
Across = Callable[[float], float]


def years_between(
    title: str,
    spoken_of: tuple[int, int],
    events: Sequence[int],
    others: Sequence[Told],
    way: Sequence[Told],
    axis: tuple[int, int],
) -> Picture:
    """Draw what happened over a line of years, ``axis``, and each stage of a ``way`` below it.

    A band marks the years that are ``spoken_of``. Each of the ``events`` is a block in its year,
    and so is each telling of ``others``. A stage of the way has a line from the band to the year in
    which it was told, and says how long after that was. A ring and dashes are inferred.

    Alt text: "…: 1938–1945 is what is spoken of. … 5. scholarly article, 1998: 53 to 60 years …"
    """
    if not way:
        raise ValueError("a way needs at least one stage: `way` is empty")
    for first, last in (spoken_of, axis):
        if first > last:
            raise ValueError(f"the years {first} to {last} run backwards")
    for year in (*spoken_of, *events, *_years([*others, *way])):
        if not axis[0] <= year <= axis[1]:
            raise ValueError(f"the year {year} lies outside the axis, {axis[0]} to {axis[1]}")
    sheet, y = Sheet(), float(MARGIN)
    left, right = MARGIN + 12.0, WIDTH - MARGIN - 12.0

    def across(year: float) -> float:
        return left + (year - axis[0]) / (axis[1] + 1 - axis[0]) * (right - left)

    lines = lines_of(title, WIDTH - 2 * MARGIN, NORMAL, bold=True)
    y = top = sheet.write(MARGIN, y, lines, NORMAL, bold=True) + 3
    happened = f"What happened from {axis[0]} on: {counted(len(events), 'event', True)}"
    y = _stack(sheet, happened, events, axis, across, y)
    if others:
        ends = [told.last or told.first or axis[0] for told in others]
        said = f"When others told of it: {counted(len(others), 'telling', True)}"
        y = _stack(sheet, said, ends, axis, across, y + 4)
    y = _line_of_years(sheet, axis, across, y)
    y = sheet.write(MARGIN, y, "The way of the passage", SMALL, bold=True) + 3
    for number, told in enumerate(way, 1):
        y = _stage(sheet, number, told, spoken_of, across, y)
    x0, x1 = across(spoken_of[0]), across(spoken_of[1] + 1)
    sheet.line([((x0 + x1) / 2, top), ((x0 + x1) / 2, y)], _SHADE, x1 - x0, under=True)
    notes = [f"The band: {_span(*spoken_of)}, of which it tells", "● told then"]
    if not all(told.sure for told in way):
        notes.append("○ inferred, or still to be checked")
    y = sheet.running(notes, y + 4)
    header = ("What", "When", "How long after", "Checked")
    rows = [*_events(events), *_tellings(others), *_tellings(way, spoken_of)]
    alt = _alt(title, spoken_of, events, others, way)
    return sheet.done(y + MARGIN, alt, header, rows)


def distance(told: Told, spoken_of: tuple[int, int]) -> str:
    """How long after what is spoken of somebody told of it, in words."""
    if told.last is not None and told.last <= spoken_of[1]:
        return "in those years"
    if told.first is None:
        return f"up to {(told.last or 0) - spoken_of[0]} years"
    least = max(0, told.first - spoken_of[1])
    if told.last is None:
        return f"{least} years or more"
    most = told.last - spoken_of[0]
    return f"{least} to {most} years" if most > least else f"{most} year{'s' * (most != 1)}"


def _stack(
    sheet: Sheet,
    label: str,
    years: Sequence[int],
    axis: tuple[int, int],
    across: Across,
    y: float,
) -> float:
    """A block for each year named, one on the other, with a label above them."""
    y = sheet.write(MARGIN, y, label, SMALL, bold=True) + 2
    counts = Counter(years)
    floor = y + max(counts.values(), default=0) * _STEP
    for year, count in counts.items():
        for place in range(count):
            at = floor - (place + 1) * _STEP
            sheet.block(across(year + 0.5) - _BLOCK / 2, at, _BLOCK, _BLOCK, fill=INK)
    sheet.line([(across(axis[0]), floor), (across(axis[1] + 1), floor)], RULE, 0.6)
    return floor + 2


def _line_of_years(sheet: Sheet, axis: tuple[int, int], across: Across, y: float) -> float:
    y += 3
    sheet.line([(across(axis[0]), y), (across(axis[1] + 1), y)], INK, 0.8)
    for year in range(-(-axis[0] // 20) * 20, axis[1] + 1, 20):
        sheet.line([(across(year), y), (across(year), y + 3)], INK, 0.8)
        sheet.write(across(year), y + 4, str(year), SMALL, PALE_INK, align="center")
    return y + LINE * SMALL + 9


def _stage(
    sheet: Sheet, number: int, told: Told, spoken_of: tuple[int, int], across: Across, y: float
) -> float:
    far = distance(told, spoken_of)
    room = WIDTH - 2 * MARGIN - width_of(far, SMALL, bold=True) - 10
    sheet.write(WIDTH - MARGIN, y, far, SMALL, bold=True, align="right")
    said = f"{number}. {told.what}, {_when(told)}"
    y = sheet.write(MARGIN, y, lines_of(said, room, SMALL), SMALL) + 3
    edge = across(spoken_of[1] + 1)
    first = across(told.first + 0.5) if told.first is not None else None
    last = across(told.last + 0.5) if told.last is not None else None
    dashes = () if told.sure else (2.2, 1.8)
    if last is not None and last <= edge:
        if first is not None and first < last:
            sheet.line([(first, y), (last, y)], _WAY, 3.2)
    elif first is None:
        sheet.line([(edge, y), (last or edge, y)], _WAY, 1.6, dashes or (2.2, 1.8))
    else:
        sheet.line([(edge, y), (first, y)], _WAY, 1.6, dashes)
        if last is not None and last > first:
            sheet.line([(first, y), (last, y)], _WAY, 3.2, dashes)
    at = last if last is not None else first
    sheet.dot(at or edge, y, "o", 7, _WAY, filled=told.sure)
    return y + 12


def _years(tellings: Sequence[Told]) -> Iterator[int]:
    for told in tellings:
        if told.first is None and told.last is None:
            raise ValueError(f"“{told.what}” needs a year in which it was told")
        yield from (year for year in (told.first, told.last) if year is not None)


def _span(first: int, last: int) -> str:
    return f"{first}–{last}" if first != last else f"{first}"


def _when(told: Told) -> str:
    if told.first is None:
        return f"by {told.last}"
    return f"from {told.first} on" if told.last is None else _span(told.first, told.last)


def _events(years: Sequence[int]) -> Iterator[tuple[str, ...]]:
    for year, count in sorted(Counter(years).items()):
        yield f"What happened: {counted(count, 'event', True)}", str(year), "", ""


def _tellings(
    tellings: Sequence[Told], spoken_of: tuple[int, int] | None = None
) -> Iterator[tuple[str, ...]]:
    for number, told in enumerate(tellings, 1):
        what = f"{number}. {told.what}" if spoken_of else told.what
        far = distance(told, spoken_of) if spoken_of else ""
        yield what, _when(told), far, "yes" if told.sure else "not yet"


def _alt(
    title: str,
    spoken_of: tuple[int, int],
    events: Sequence[int],
    others: Sequence[Told],
    way: Sequence[Told],
) -> str:
    said = [f"{title}. It tells of {_span(*spoken_of)}."]
    if events:
        said.append(f"What happened: {counted(len(events), 'event', True)}, {_most(events)}.")
    if others:
        said.append(f"When others told of it: {counted(len(others), 'telling', True)}.")
    said += [
        stop(f"{number}. {told.what}, {_when(told)}: {distance(told, spoken_of)}")
        for number, told in enumerate(way, 1)
    ]
    return " ".join(said)


def _most(years: Sequence[int]) -> str:
    year, count = Counter(years).most_common(1)[0]
    return f"most of them in {year} ({count})"
