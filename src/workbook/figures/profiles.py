"""Ratings of passages, dial by dial: strips that are read from left to right, never a star."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..evidence import UNKNOWN, Level
from .lettering import counted, lines_of, stop, width_of
from .paper import (
    INK,
    LETTER,
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

_BAR = VOICE_COLOURS[1]
_STEP = 11.0
_HIGHEST = 3
_NAMED_AGAIN = 3
"""After so many strips the dials are named again, so that a phone's screen always shows them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one dial says: a level from ``low`` to ``high``, or that nobody can tell.

    ``unknown`` alone (both levels None) is N; beside levels it says that N could be defended, too.
    """

    low: int | None
    high: int | None
    unknown: bool = False

    @classmethod
    def of(cls, level: Level) -> Reading:
        """The reading of one level, 0 to 3 or N."""
        if level == UNKNOWN:
            return cls(None, None, True)
        return cls(int(level), int(level))

    def told(self) -> str:
        """The reading in figures: 2, 1–2, N, or “0–1 or N”."""
        if self.low is None or self.high is None:
            return UNKNOWN
        levels = str(self.low) if self.low == self.high else f"{self.low}–{self.high}"
        return f"{levels} or {UNKNOWN}" if self.unknown else levels


@dataclass(frozen=True, slots=True)
class Profile:
    """One passage, rated for one claim: a reading for each dial, and the verdict in words."""

    passage: str
    claim: str
    readings: Mapping[str, Reading]
    verdict: str = ""


def profile_strips(strips: Sequence[Profile], labels: Mapping[str, str]) -> Picture:
    """Draw a strip for each rated passage: its dials in order, each as high as its level.

    ``labels`` names the dials, in their order. A range is solid up to its lowest level and striped
    up to its highest; N is an empty, dashed frame.

    Alt text: "Two rated passages. “…”, for the claim “…”: Fit 2, Closeness 1–2, … Verdict: low."
    """
    if not strips:
        raise ValueError("there is no rated passage to draw: `strips` is empty")
    for strip in strips:
        _check(strip, labels)
    sheet, y = Sheet(), float(MARGIN)
    step = (WIDTH - 2 * MARGIN) / len(labels)
    for place, strip in enumerate(strips):
        if place:
            sheet.line([(MARGIN, y), (WIDTH - MARGIN, y)], RULE, 0.8)
            y += 6
        y = _head(sheet, strip, y)
        if place % _NAMED_AGAIN == 0:
            y = _names(sheet, list(labels.values()), step, y)
        y = _strip(sheet, [strip.readings[dial] for dial in labels], step, y)
    readings = [one for strip in strips for one in strip.readings.values()]
    notes = []
    if any(one.low != one.high for one in readings):
        notes.append("striped: from the lowest level to the highest")
    if any(one.unknown for one in readings):
        notes.append(f"{UNKNOWN}, dashed: cannot tell from what we have")
    y = sheet.running(notes, y) if notes else y
    header = ("Passage", "Claim", *labels.values(), "Verdict")
    rows = [
        (
            strip.passage,
            strip.claim,
            *(strip.readings[dial].told() for dial in labels),
            strip.verdict,
        )
        for strip in strips
    ]
    return sheet.done(y + MARGIN, _alt(strips, labels), header, rows)


def _check(strip: Profile, labels: Mapping[str, str]) -> None:
    where = f"the rating of {strip.passage}"
    for dial in labels:
        if dial not in strip.readings:
            raise ValueError(f"{where} has no level for the dial `{dial}`")
    for dial, one in strip.readings.items():
        if dial not in labels:
            known = ", ".join(labels)
            raise ValueError(f"{where} sets a dial `{dial}`, and there is none; they are: {known}")
        levels = one.low, one.high
        if levels == (None, None) and one.unknown:
            continue
        if None in levels or not 0 <= (one.low or 0) <= (one.high or 0) <= _HIGHEST:
            said = f"{where} sets `{dial}` to {one.low} to {one.high}"
            raise ValueError(
                f"{said}; a level is 0, 1, 2 or 3, the lower one first, or “{UNKNOWN}”"
            )


def _head(sheet: Sheet, strip: Profile, y: float) -> float:
    room = WIDTH - 2 * MARGIN
    lines = lines_of(strip.passage, room, NORMAL, bold=True)
    y = sheet.write(MARGIN, y, lines, NORMAL, bold=True)
    y = sheet.write(MARGIN, y, lines_of(f"for: {strip.claim}", room, SMALL), SMALL, PALE_INK)
    if strip.verdict:
        y = sheet.write(
            MARGIN, y, lines_of(f"→ {strip.verdict}", room, SMALL, bold=True), bold=True
        )
    return y + 2


def _names(sheet: Sheet, names: Sequence[str], step: float, y: float) -> float:
    """The dials' names, every second one a line lower: side by side they are too wide."""
    for place, name in enumerate(names):
        x = MARGIN + (place + 0.5) * step
        half = width_of(name, SMALL) / 2
        x = min(max(x, MARGIN + half), WIDTH - MARGIN - half)
        low = place % 2
        sheet.write(x, y + low * LINE * SMALL, name, SMALL, align="center")
        if not low:
            middle = MARGIN + (place + 0.5) * step
            sheet.line([(middle, y + 13), (middle, y + 27)], RULE, 0.6)
    return y + 2 * LINE * SMALL + 2


def _strip(sheet: Sheet, readings: Sequence[Reading], step: float, y: float) -> float:
    top = y + LINE * SMALL + 1
    ground = top + _HIGHEST * _STEP
    wide = min(step - 10, 42)
    for place, one in enumerate(readings):
        left = MARGIN + (place + 0.5) * step - wide / 2
        if one.low is None or one.high is None:
            sheet.box(
                left,
                top,
                wide,
                _HIGHEST * _STEP,
                fill=PAPER,
                edge=PALE_INK,
                dashes=True,
                round_by=0,
            )
            middle = (top + ground) / 2
            sheet.beside(left + wide / 2, middle, UNKNOWN, NORMAL, bold=True, align="center")
            continue
        for level in range(_HIGHEST):
            at = ground - (level + 1) * _STEP
            kind = {"fill": _BAR} if level < one.low else {"fill": LETTER}
            if one.low <= level < one.high:
                sheet.block(left, at, wide, _STEP, fill=LETTER, edge=_BAR, hatch="/////")
            else:
                sheet.block(left, at, wide, _STEP, **kind, edge=PALE_INK, line=0.6)
        said = one.told()
        sheet.write(left + wide / 2, y, said, SMALL, INK, bold=True, align="center")
    sheet.line([(MARGIN, ground), (WIDTH - MARGIN, ground)], INK, 1)
    return ground + 8


def _alt(strips: Sequence[Profile], labels: Mapping[str, str]) -> str:
    told = [f"{counted(len(strips), 'rated passage')}."]
    for strip in strips:
        levels = ", ".join(f"{name} {strip.readings[dial].told()}" for dial, name in labels.items())
        told.append(f"{strip.passage}, for the claim {strip.claim.rstrip('.')}: {levels}.")
        if strip.verdict:
            told.append(stop(f"Verdict: {strip.verdict}"))
    return " ".join(told)
